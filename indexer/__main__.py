"""``python -m indexer``: the indexing verbs."""

from indexer.cli import main

if __name__ == "__main__":
    main(prog_name="python -m indexer")
