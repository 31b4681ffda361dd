"""The verb ``fetch``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from indexer.errors import FetchError
from indexer.fetching.download import Downloader, Outcome, Progress
from indexer.fetching.provenance import alone_in
from indexer.fetching.targets import Target, find_targets, releases
from indexer.model import LanguageCode
from indexer.progress import say

DEFAULT_FOLDER = Path("var/corpus")
EXIT_PROBLEMS = 1


class Addresses(click.ParamType[tuple[str, str]]):
    """NAME=ADDRESS."""

    name = "name=address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return name and address, or fail."""
        if isinstance(value, tuple):
            return value
        name, found, address = value.partition("=")
        if not found:
            self.fail(f"{value} is not of the form NAME=ADDRESS", param, ctx)
        return name, address


def fetch_verb(languages_option: Callable[[Any], Any], wait_option: Callable[[Any], Any]) -> click.Command:
    """Return the command; the options of languages and of waiting are those of the other verbs."""

    @click.command(epilog="Releases: " + "; ".join(f"{one.name}, {one.title}" for one in releases()) + ".")
    @click.argument("wanted", nargs=-1, required=True, metavar="RELEASE|SYMBOL …")
    @languages_option
    @click.option(
        "--to",
        type=click.Path(path_type=Path),
        default=DEFAULT_FOLDER,
        show_default=True,
        help="Folder for the files.",
    )
    @click.option(
        "--address",
        "addresses",
        type=Addresses(),
        multiple=True,
        envvar="CLAUSULA_ADDRESSES",
        show_envvar=True,
        help="Another address for a release, or for 'documents' with {symbol} and {lang} in it.",
    )
    @click.option(
        "--pause", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds between requests."
    )
    @wait_option
    @click.option("--dry-run", is_flag=True, help="Only print what would be fetched.")
    def fetch(
        wanted: tuple[str, ...],
        languages: tuple[LanguageCode, ...],
        to: Path,
        addresses: tuple[tuple[str, str], ...],
        pause: float,
        wait: float,
        dry_run: bool,
    ) -> None:
        """Download releases of the UN's machine-readable resolutions, or single documents by symbol (A/RES/58/208).

        What is there and has not changed is not sent again, what was broken off goes on where it ended. Build an
        index of the folder afterwards. Exit code 1 when something could not be had. Two at once never write to one
        folder: the second leaves, or waits as long as --wait says.
        """
        targets = find_targets(wanted, languages, dict(addresses))
        if dry_run:
            for target in targets:
                click.echo(f"{to / target.file}  {target.address}")
            return
        with alone_in(to, wait):
            failed = _fetch_all(targets, to, pause)
        if failed < len(targets):
            say(f"clausula: next: clausula build {to}")
        if failed:
            sys.exit(EXIT_PROBLEMS)

    return fetch


def _fetch_all(targets: tuple[Target, ...], folder: Path, pause: float) -> int:
    """Fetch what can be had; return how many files could not."""
    downloader, failed = Downloader(folder, pause=pause), 0
    for target in targets:
        try:
            with _progress(target) as progress:
                outcome = downloader.fetch(target, progress)
        except FetchError as error:
            say(f"clausula: {error}")
            failed += 1
            continue
        say(f"{target.what}: {'not changed' if outcome is Outcome.UNCHANGED else 'fetched'}: {folder / target.file}")
    return failed


@contextmanager
def _progress(target: Target) -> Iterator[Progress]:
    """Show a bar on a terminal."""
    with tqdm(
        desc=target.what, unit="B", unit_scale=True, file=sys.stderr, disable=None, leave=False, dynamic_ncols=True
    ) as bar:

        def show(there: int, total: int | None) -> None:
            bar.total = total
            bar.update(there - bar.n)

        yield show
