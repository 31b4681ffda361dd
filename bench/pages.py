"""``python -m bench.pages``: what a page of results weighs, and how long it takes beside the same answer as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

import click
from starlette.requests import Request

from app.api.responses import Json
from app.model import SearchRequest
from app.search import search
from app.settings import read_settings
from app.web.render import STATIC, render, visit
from app.web.search_page import search_view
from bench.speed.timing import time_in_turns
from indexer.store import Snapshot, open_snapshot

MAX_WEIGHT = 80_000  # bytes of a page with its static files, uncompressed
MAX_RATIO = 2.0  # of the time of the page to that of the JSON
STATIC_OF_RESULTS = ("clausula.css", "clausula.js", "clausula.svg")
QUESTIONS = (
    "права мигрантов",
    "устойчивое развитие",
    '"права человека"',
    "CEDAW",
    "Конвенция о ликвидации всех форм дискриминации в отношении женщин",
    "human rights",
    "حقوق الإنسان",
    "可持续发展",
    "79/1",
)


@click.command()
@click.argument("questions", nargs=-1)
@click.option(
    "--index", type=click.Path(exists=True, path_type=Path), help="The index; else that of $CLAUSULA_INDEX."
)
@click.option("--rounds", default=5, show_default=True, help="How often each question is asked.")
@click.option("--budget", default=60.0, show_default=True, help="Seconds for pages, and as many for JSON.")
def main(questions: tuple[str, ...], index: Path | None, rounds: int, budget: float) -> None:
    """Ask QUESTIONS (else a few in several languages) as pages and as JSON in turns; exit 1 beyond a goal."""
    snapshot = open_snapshot(index or read_settings().index)
    asked = questions or QUESTIONS
    static = sum((STATIC / name).stat().st_size for name in STATIC_OF_RESULTS)
    weights = {q: len(answer_page(snapshot, q)) + static for q in asked}
    engines = {"page": partial(answer_page, snapshot), "json": partial(answer_json, snapshot)}
    times = time_in_turns(engines, asked, rounds=rounds, budget=budget)
    ratio = times["page"].median / times["json"].median
    for q, weight in weights.items():
        click.echo(f"{weight / 1000:7.1f} kB  {q}")
    click.echo(f"{median(weights.values()) / 1000:7.1f} kB  in the median, {static / 1000:.1f} of them static files")
    click.echo(f"{times['page'].median:.1f} ms a page, {times['json'].median:.1f} ms its JSON: {ratio:.2f} times")
    if missed := beyond(list(weights.values()), ratio):
        raise click.ClickException("; ".join(missed))


def beyond(weights: Sequence[int], ratio: float) -> list[str]:
    """Return what is beyond the goals, in words."""
    heavy = sum(weight >= MAX_WEIGHT for weight in weights)
    return [
        *([f"{heavy} of {len(weights)} pages weigh {MAX_WEIGHT // 1000} kB or more"] if heavy else []),
        *(
            [f"a page takes {ratio:.2f} times as long as its JSON, more than {MAX_RATIO:g}"]
            if ratio > MAX_RATIO
            else []
        ),
    ]


def answer_page(snapshot: Snapshot, q: str) -> bytes:
    """Return the page of results for a query, in Russian."""
    request, question = _request(), SearchRequest(q=q)
    here = visit(request)
    answer = search(snapshot, question, ui=here.words.lang)
    view = search_view(answer, question, here.words, here.addresses, snapshot.stats())
    return bytes(render(request, "search.html", view).body)


def answer_json(snapshot: Snapshot, q: str) -> bytes:
    """Return the same answer as the API gives it."""
    return bytes(Json(search(snapshot, SearchRequest(q=q), ui="ru")).body)


def _request() -> Request:
    headers = [(b"host", b"localhost"), (b"accept-language", b"ru")]
    return Request(
        {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": headers}
    )


if __name__ == "__main__":
    main()
