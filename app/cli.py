"""All verbs of the command line: those of the indexer, and ``search`` and ``serve``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast, get_args

import click

from app.model import FILTERS, FilterName, Hit, SearchPage, SearchRequest
from app.search import search as search_clauses
from app.serving import run
from app.settings import read_settings
from app.watch.logs import LogFormat, log_config
from app.watch.metrics import SHARED_FOLDER
from indexer.build import build_index
from indexer.cli import Verbs, corpus_folder, index_option, print_json
from indexer.cli import main as indexing
from indexer.errors import IndexMissingError
from indexer.model import LANGUAGES, ClauseType
from indexer.progress import say
from indexer.store import open_snapshot

DEFAULT_HOST = "127.0.0.1"  # reachable from this machine only, until someone decides otherwise
DEFAULT_PORT = 8000
GRACE_SECONDS = 2  # for requests that are being answered when the service is told to stop


@click.group(cls=Verbs, commands=dict(indexing.commands), context_settings=indexing.context_settings)
@click.version_option(package_name="clausula")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Clausula: search United Nations resolutions clause by clause."""
    ctx.forward(indexing)


@main.command()
@click.argument("query")
@click.option("--lang", multiple=True, type=click.Choice(LANGUAGES), help="Only this language (repeat for more).")
@click.option(
    "--type", "types", multiple=True, type=click.Choice([t.value for t in ClauseType]), help="Only this clause type."
)
@click.option("--cites", multiple=True, help="Only clauses citing this symbol or instrument.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="How many hits to show.")
@click.option("--json", "as_json", is_flag=True, help="Print the same JSON as the service.")
@index_option
def search(
    query: str,
    lang: tuple[str, ...],
    types: tuple[str, ...],
    cites: tuple[str, ...],
    limit: int,
    as_json: bool,
    index: Path,
) -> None:
    """Search the index for QUERY, as the service does."""
    given = {"lang": lang, "type": types, "cites": cites}
    filters = cast("dict[FilterName, tuple[str, ...]]", {name: given[name] for name in FILTERS if given.get(name)})
    page = search_clauses(open_snapshot(index), SearchRequest(q=query, filters=filters, per_page=limit, facets=()))
    if as_json:
        print_json(page)
    else:
        show(page)


@main.command()
@index_option
@click.option("--host", default=DEFAULT_HOST, envvar="CLAUSULA_HOST", show_default=True, help="Address to listen on.")
@click.option("--port", type=int, default=DEFAULT_PORT, envvar="CLAUSULA_PORT", show_default=True, help="Port.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--root-path", default="", envvar="CLAUSULA_ROOT_PATH", help="Path prefix under which a proxy offers the service."
)
@click.option(
    "--log-format",
    type=click.Choice(get_args(LogFormat)),
    default="auto",
    show_default=True,
    envvar="CLAUSULA_LOG_FORMAT",
    help="auto: text on a terminal, else one JSON object a line.",
)
def serve(index: Path, host: str, port: int, workers: int, root_path: str, log_format: LogFormat) -> None:
    """Serve search pages and API; build the index from corpus/ first when none exists.

    Limits and the like are set by environment variables: docs/operations.md lists them.
    """
    read_settings()  # a wrong setting is told before anything is built
    ensure_index(index)
    os.environ["CLAUSULA_INDEX"] = str(index)  # workers are processes of their own and read settings from there
    say(f"clausula: serving {index} on http://{host}:{port}{root_path}")
    with shared_metrics(workers):
        run(
            "app.main:app",
            host=host,
            port=port,
            workers=workers,
            root_path=root_path,
            log_config=log_config(log_format),
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            server_header=False,
        )


@contextmanager
def shared_metrics(workers: int) -> Iterator[None]:
    """Give several workers a folder in which they sum up their metrics."""
    if workers == 1 or SHARED_FOLDER in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="clausula-metrics-") as folder:
        os.environ[SHARED_FOLDER] = folder
        yield


def ensure_index(index: Path) -> None:
    """Build the index from the corpus folder when there is none; one that exists is left as it is."""
    try:
        open_snapshot(index)
    except IndexMissingError:
        say(f"clausula: no index in {index} yet: building it from {corpus_folder()}")
        for line in build_index([corpus_folder()], index).lines():
            say(line)


def show(page: SearchPage) -> None:
    """Print hits for a person to read; matched words are bold on a terminal."""
    for notice in page.notices:
        say(f"note: {notice.message}")
    for hit in page.hits:
        head = [
            hit.symbol,
            hit.lang,
            hit.type,
            *([hit.number] if hit.number else []),
            *([hit.date] if hit.date else []),
        ]
        click.secho("  ".join(head), fg="cyan")
        click.echo(bold(hit))
        click.echo()
    say(f"{page.total:,} clauses")


def bold(hit: Hit) -> str:
    """Return the clause's text with matched words bold; click drops the codes where no terminal reads them."""
    parts: list[str] = []
    done = 0
    for start, end in hit.highlights:
        parts += [hit.text[done:start], click.style(hit.text[start:end], bold=True)]
        done = end
    return "".join([*parts, hit.text[done:]])
