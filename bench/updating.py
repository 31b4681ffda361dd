"""What an update of one resolution costs beside a build of everything.

``python -m bench.updating SOURCE …`` copies zip archives of resolutions, builds an index of them, changes the text of
one resolution in one archive and updates; then it updates once more with nothing changed. All three are real commands
in processes of their own, so the start of the interpreter counts.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import click

CHANGED = re.compile(rb"(<content[^>]*>\s*<p[^>]*>)")


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--times", default=3, show_default=True, help="Updates with one changed resolution.")
@click.option("--index", type=click.Path(path_type=Path), help="Where to build; kept.  [default: a temporary folder]")
def main(sources: tuple[Path, ...], times: int, index: Path | None) -> None:
    """Build, change one resolution, update; print seconds and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder) / "corpus", index or Path(folder) / "index"
        archives = copy_archives(sources, corpus)
        built = seconds("build", corpus, index)
        click.echo(f"build            {built:8.1f} s")
        for place in range(times):
            changed = change_one(archives[place % len(archives)], f"{place + 1} ".encode())
            updated = seconds("update", corpus, index)
            click.echo(f"update of one    {updated:8.1f} s  {updated / built:.2%} of the build  ({changed})")
        unchanged = seconds("update", corpus, index)
        click.echo(f"nothing changed  {unchanged:8.1f} s  {unchanged / built:.2%}")


def copy_archives(sources: tuple[Path, ...], folder: Path) -> list[Path]:
    """Copy the archives at or below the sources and return the copies."""
    folder.mkdir()
    found = [path for source in sources for path in (sorted(source.rglob("*.zip")) if source.is_dir() else [source])]
    return [shutil.copyfile(path, folder / path.name) for path in found]


def change_one(archive: Path, text: bytes) -> str:
    """Put a text before the first paragraph of the first member that has one; returns the member's name."""
    fresh = archive.with_suffix(".new")
    changed = ""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in sorted(old.infolist(), key=lambda info: info.filename):
            content = old.read(info)
            if not changed and info.filename.endswith(".xml") and CHANGED.search(content):
                content = CHANGED.sub(lambda found: found[1] + text, content, count=1)
                changed = info.filename
            new.writestr(info, content)
    fresh.replace(archive)
    return changed


def seconds(verb: str, corpus: Path, index: Path) -> float:
    """Return how long a verb of the command line takes; exit codes above 1 end the bench."""
    started = time.monotonic()
    command = [sys.executable, "-m", "indexer", verb, str(corpus), "--index", str(index)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode > 1:
        raise click.ClickException(ended.stderr)
    return time.monotonic() - started


if __name__ == "__main__":
    main()
