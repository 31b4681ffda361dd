"""The indexing verbs of the command line: ``python -m indexer …``.

Results go to stdout, progress and logs to stderr. Exit code 0: done; 1: done with problems, which are listed;
2: wrong usage, unusable input, or an index that cannot be used or written.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, TextIO, cast

import click
import msgspec

from indexer.build import build_index, parse_sources
from indexer.citing import find_citations
from indexer.defaults import DEFAULT_CORPUS, DEFAULT_INDEX
from indexer.errors import ClausulaError, EmptyCorpusError
from indexer.export import citations_json, problem_json, resolution_json
from indexer.fetching.command import fetch_verb
from indexer.lang import get_language
from indexer.model import LANGUAGES, LanguageCode, Problem
from indexer.progress import say
from indexer.reading.sources import find_sources
from indexer.store import check_index, open_snapshot
from indexer.update import update_index

EXIT_PROBLEMS = 1
EXIT_UNUSABLE = 2


class Verbs(click.Group):
    """A group whose commands end with a plain message, never with a traceback, on every error of Clausula's own."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; errors of Clausula leave with exit code 2."""
        try:
            return super().invoke(ctx)
        except ClausulaError as error:
            say(f"clausula: {error}")
            ctx.exit(EXIT_UNUSABLE)


class Languages(click.ParamType[tuple[LanguageCode, ...]]):
    """A comma list of language codes."""

    name = "languages"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[LanguageCode, ...]:
        """Return the codes, or fail naming the one that is unknown."""
        if isinstance(value, tuple):
            return value
        codes = [code.strip() for code in value.split(",") if code.strip()]
        if unknown := [code for code in codes if code not in LANGUAGES]:
            self.fail(f"{unknown[0]} is not one of {', '.join(LANGUAGES)}", param, ctx)
        return cast("tuple[LanguageCode, ...]", tuple(codes))


index_option = click.option(
    "--index",
    type=click.Path(path_type=Path),
    default=DEFAULT_INDEX,
    envvar="CLAUSULA_INDEX",
    show_default=True,
    show_envvar=True,
    help="Folder of the index.",
)
languages_option = click.option(
    "--lang", "languages", type=Languages(), default=LANGUAGES, help="Only these languages, as a comma list."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that read and parse.  [default: all cores]"
)
findings_option = click.option(
    "--report",
    "findings",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write everything that the report counts to this file, one JSON object a line.",
)
wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another that is writing to the same folder.",
)
language_option = click.option(
    "--lang", type=click.Choice(LANGUAGES), default="ru", show_default=True, help="The language of the text."
)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clausula")
def main() -> None:
    """Find clauses of United Nations resolutions: build and inspect an index."""
    for stream in (sys.stdout, sys.stderr):  # resolutions are printed in six scripts, whatever the locale
        cast("Any", stream).reconfigure(encoding="utf-8", errors="backslashreplace")


main.add_command(fetch_verb(languages_option, wait_option))


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@index_option
@jobs_option
@languages_option
@findings_option
@wait_option
def build(
    sources: tuple[Path, ...],
    index: Path,
    jobs: int | None,
    languages: tuple[LanguageCode, ...],
    wait: float,
    findings: Path | None,
) -> None:
    """Build an index from SOURCES (files, folders, zip archives; default: corpus/) and swap it in whole.

    Ends with a report; exit code 1 when a source could not be read. Two at once never write to one index: the second
    leaves, or waits as long as --wait says.
    """
    report = build_index(
        sources or [corpus_folder()], index, languages=languages, jobs=jobs, findings=findings, wait=wait
    )
    for line in report.lines():
        click.echo(line)
    if not report.clean:
        sys.exit(EXIT_PROBLEMS)


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@index_option
@jobs_option
@findings_option
@wait_option
@click.option("--prune", is_flag=True, help="Remove what came from files that are no longer below SOURCES.")
def update(
    sources: tuple[Path, ...], index: Path, jobs: int | None, findings: Path | None, wait: float, prune: bool
) -> None:
    """Bring an index up to date with SOURCES (default: corpus/): only what changed is read again.

    Changes are told by content. What came from elsewhere stays. Exit code 1 when a source could not be read.
    """
    report = update_index(sources or [corpus_folder()], index, prune=prune, jobs=jobs, findings=findings, wait=wait)
    for line in report.lines():
        click.echo(line)
    if not report.clean:
        sys.exit(EXIT_PROBLEMS)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@jobs_option
@languages_option
def parse(files: tuple[Path, ...], jobs: int | None, languages: tuple[LanguageCode, ...]) -> None:
    """Print one JSON object a resolution and language in FILES, one a line.

    The language versions of a resolution come one after another, with the same ids for the same clauses.
    """
    found = False
    problems = False
    for item in parse_sources(list(find_sources(files)), languages=languages, jobs=jobs):
        if isinstance(item, Problem):
            say(f"clausula: {item.where}: {item.message} [{item.code}]")
            problems = problems or not item.code.startswith("skipped-")
        else:
            found = True
            print_json(resolution_json(item))
    if not found:
        raise EmptyCorpusError(f"no resolution was found in {', '.join(map(str, files))}")
    if problems:
        sys.exit(EXIT_PROBLEMS)


@main.command()
@click.argument("text")
@language_option
@click.option("--index", type=click.Path(path_type=Path), help="Use the lexicon that this index learned.")
def analyze(text: str, lang: LanguageCode, index: Path | None) -> None:
    """Show how TEXT becomes index terms: surface, offsets and base forms, one JSON object a token."""
    language = open_snapshot(index).language(lang) if index else get_language(lang)
    for token in language.tokens(text):
        print_json(
            {
                "surface": text[token.start : token.end],
                "start": token.start,
                "end": token.end,
                "position": token.position,
                "form": token.form,
                "bases": list(token.bases),
            }
        )


@main.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
@language_option
def cites(file: TextIO, lang: LanguageCode) -> None:
    """Print the citations found in FILE (default: standard input), one JSON object each."""
    for citation in citations_json(find_citations(file.read(), lang)):
        print_json(citation)


@main.command()
@index_option
def check(index: Path) -> None:
    """Verify an index from end to end; exit code 1 if it is damaged."""
    problems = check_index(index)
    for problem in problems:
        print_json(problem_json(problem))
    if problems:
        say(f"clausula: {index} is damaged: build it again with 'clausula build SOURCE … --index {index}'")
        sys.exit(EXIT_PROBLEMS)
    say(f"clausula: {index} is whole")


@main.command()
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(index: Path, as_json: bool) -> None:
    """Show what an index holds: counts by language, body, session and clause type."""
    counted = msgspec.to_builtins(open_snapshot(index).stats())
    if as_json:
        print_json(counted)
        return
    for name, value in counted.items():
        if isinstance(value, dict):
            click.echo(f"{name}:")
            for key, count in value.items():
                click.echo(f"  {key:<16}{count:>12,}" if isinstance(count, int) else f"  {key:<16}{count}")
        else:
            click.echo(f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}")


def corpus_folder() -> Path:
    """Return the folder that is built when no source is named."""
    return Path(os.environ.get("CLAUSULA_CORPUS", DEFAULT_CORPUS))


def print_json(value: object) -> None:
    """Print a value as one line of JSON."""
    click.echo(msgspec.json.encode(value).decode())
