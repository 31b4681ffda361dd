"""``python -m bench.speed``: build one index of one or more languages, and compare it with those of the peers."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import click

from bench.speed.documents import ALL_FACETS, FACETS, KINDS, Question, questions
from bench.speed.engines import Engine, Fts5, Ours, Peer, StockWhoosh, Tantivy, TantivyCounting
from bench.speed.report import Figures, missed, show_figures, show_times, show_writing
from bench.speed.serving import measure_serving
from bench.speed.timing import Times, time_in_turns
from bench.speed.writing import Writing, searchable_size, write_ours, write_peer
from indexer.cli import Languages
from indexer.model import LANGUAGES, LanguageCode
from indexer.progress import say
from indexer.store import IndexWriter, Snapshot, open_snapshot

PEERS: dict[str, type[Peer]] = {peer.name: peer for peer in (StockWhoosh, Fts5, Tantivy)}
AGREEING = 20  # questions of each kind for which the engines must find equally many documents
GROWTH = 5  # the whole is compared with one resolution in so many


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--lang", "languages", type=Languages(), default="ru", show_default=True, help="Languages to index.")
@click.option("--index", type=click.Path(exists=True, path_type=Path), help="Use this index instead of building one.")
@click.option("--peers", default=",".join(PEERS), show_default=True, help="Peers, as a comma list.")
@click.option("--questions", "count", default=100, show_default=True, help="Questions of each kind.")
@click.option("--rounds", default=5, show_default=True, help="How often each question is asked.")
@click.option("--budget", default=20.0, show_default=True, help="Seconds an engine gets for a kind of question.")
@click.option("--seed", default=1, show_default=True, help="Seed of the questions.")
@click.option("--work", type=click.Path(path_type=Path), help="Folder for the indexes, kept.  [default: none]")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write the figures to this file too.")
def main(
    sources: tuple[Path, ...],
    languages: tuple[LanguageCode, ...],
    index: Path | None,
    peers: str,
    count: int,
    rounds: int,
    budget: float,
    seed: int,
    work: Path | None,
    target: Path | None,
) -> None:
    """Build an index of SOURCES (default: the official resolutions where CLAUSULA_SHARED has them) and time it.

    The questions are in the first of the languages.
    """
    given = list(sources) or official_sources()
    if not given and index is None:
        raise click.UsageError(
            "name files of resolutions (the United Nations Digital Library offers them), or set CLAUSULA_SHARED"
        )
    with ExitStack() as stack:
        folder = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clausula-speed-")))
        folder.mkdir(parents=True, exist_ok=True)
        writings: dict[str, Writing] = {}
        if index is None:
            index = folder / "clausula"
            say("building the index of Clausula")
            writings[Ours.name] = write_ours(given, index, languages)
        snapshot = open_snapshot(index)
        engines: dict[str, Engine] = {Ours.name: Ours(snapshot)}
        for name in filter(None, peers.split(",")):
            place = folder / name.replace(" ", "-")
            if not place.exists():
                say(f"writing the index of {name}")
                writings[name] = write_peer(PEERS[name], index, place)
            engines[name] = PEERS[name](place)
            if name == Tantivy.name:
                engines[TantivyCounting.name] = TantivyCounting(place)
        click.echo(f"{len(snapshot):,} documents, {languages[0]} asked; {os.cpu_count()} cores")
        figures: Figures = {}
        if writings:
            writings.setdefault(Ours.name, Writing(float("nan"), float("nan"), searchable_size(index)))
            figures["build"] = show_writing(writings)
        asked = {kind: questions(snapshot, kind, languages[0], count, seed) for kind in KINDS}
        check_agreement(engines, asked)
        ask = partial(time_in_turns, rounds=rounds, budget=budget)
        figures["top"] = show_times("ten best", top_times(engines, asked, ask))
        figures["faceted"] = show_times(f"ten best, and {', '.join(FACETS)}", faceted_times(engines, asked, ask))
        figures["growth"] = show_figures("growth: a fifth to the whole", growth(snapshot, folder, asked, ask))
        say("starting a worker")
        figures["serving"] = show_figures(
            "one worker, one client", measure_serving(index, asked["and2"], rounds=rounds, budget=budget)
        )
    short = missed(figures)
    click.echo(f"\n{len(short)} figures beyond their goal" + (":" if short else ""))
    for line in short:
        click.echo(f"  {line}")
    if target:
        target.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def official_sources() -> list[Path]:
    """Return the archives of official resolutions, none where they are not at hand."""
    shared = Path(os.environ.get("CLAUSULA_SHARED", "../shared"))
    return sorted((shared / "data" / "unxml").glob("*.zip"))


def check_agreement(engines: Mapping[str, Engine], asked: Mapping[Any, list[Question]]) -> None:
    """Raise `AssertionError` unless all engines find equally many documents."""
    for question in (question for some in asked.values() for question in some[:AGREEING]):
        found = {name: engine.count(question) for name, engine in engines.items()}
        assert len(set(found.values())) == 1, f"{question}: {found}"


def top_times(engines: Mapping[str, Engine], asked: Any, ask: Callable[..., Any]) -> dict[str, dict[str, Times]]:
    """Return the times for the ten best documents, by kind of question and engine."""
    return {kind: ask({name: engine.top for name, engine in engines.items()}, some) for kind, some in asked.items()}


def faceted_times(engines: Mapping[str, Engine], asked: Any, ask: Callable[..., Any]) -> dict[str, dict[str, Times]]:
    """Return the times with counts of three facets, and of all facets over everything."""
    chosen = {name: engine for name, engine in engines.items() if name != TantivyCounting.name}
    calls = {name: partial(_faceted, engine) for name, engine in chosen.items()}
    times = {kind: ask(calls, some) for kind, some in asked.items()}
    times["everything"] = ask({name: partial(_everything, engine) for name, engine in chosen.items()}, [None])
    return times


def _faceted(engine: Engine, question: Question) -> object:
    return engine.faceted(question, FACETS)


def _everything(engine: Engine, _: None) -> object:
    return engine.faceted(None, ALL_FACETS)


def growth(snapshot: Snapshot, folder: Path, asked: Any, ask: Callable[..., Any]) -> dict[str, float]:
    """Return how much longer faceted questions take on the whole than on a fifth of the resolutions."""
    with IndexWriter(folder / "fifth") as writer:
        writer.use_lexicons({lang: lexicon for lang in LANGUAGES if (lexicon := snapshot.lexicon(lang))})
        for number, record in enumerate(snapshot.resolutions()):
            if number % GROWTH == 0:
                writer.add(snapshot.load(record))
        writer.commit()
    fifth = Ours(open_snapshot(folder / "fifth"))
    calls = {"fifth": partial(_faceted, fifth), "whole": partial(_faceted, Ours(snapshot))}
    times = {kind: ask(calls, some) for kind, some in asked.items()}
    return {kind: both["whole"].median / both["fifth"].median for kind, both in times.items()}


if __name__ == "__main__":
    main()
