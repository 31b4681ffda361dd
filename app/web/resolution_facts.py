"""What is known about a resolution beside its text: organ, session, date, subjects, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.labels import Label, label
from app.model import FilterName, SearchRequest
from app.web.addresses import Addresses, official_address
from app.web.i18n import Messages
from indexer.model import LanguageCode, Proceedings, Resolution, Vote


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value of a fact; ``href`` leads to the clauses that share it, or to the document that it names."""

    label: Label
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the facts about a resolution; ``datetime`` is set for a date."""

    name: str
    values: tuple[FactValue, ...]
    datetime: str | None = None


def facts(resolution: Resolution, words: Messages, addresses: Addresses) -> Iterator[Fact]:
    """Yield the facts that the source tells, in the order for showing."""

    def shared(name: FilterName, *values: str) -> tuple[FactValue, ...]:
        return tuple(
            FactValue(label(name, value, words.lang), addresses.search(SearchRequest(filters={name: (value,)})))
            for value in values
        )

    yield Fact(words.text("resolution.body"), shared("body", resolution.body))
    if resolution.session:
        yield Fact(words.text("resolution.session"), shared("session", resolution.session))
    if resolution.date:
        date = FactValue(Label(words.date(resolution.date), words.lang))
        yield Fact(words.text("resolution.date"), (date,), datetime=resolution.date)
    yield from _proceedings(resolution.proceedings, resolution.lang, words)
    if resolution.subjects:
        yield Fact(words.text("resolution.subjects"), shared("subject", *resolution.subjects))


def _proceedings(proceedings: Proceedings, lang: LanguageCode, words: Messages) -> Iterator[Fact]:
    if proceedings.mode:
        adopted = [words.text(f"adopted.{proceedings.mode.value}")]
        if proceedings.vote:
            adopted.append(_vote(proceedings.vote, words))
        yield Fact(words.text("texts.adopted"), tuple(FactValue(Label(said, words.lang)) for said in adopted))
    if proceedings.agenda:
        items = (f"{item.number} {item.title}".strip() for item in proceedings.agenda)
        yield Fact(words.text("texts.agenda"), tuple(FactValue(Label(item, lang)) for item in items))
    for name, symbol in (
        (words.text("texts.draft"), proceedings.draft),
        (words.text("texts.report"), proceedings.report),
        (words.text("texts.meeting"), proceedings.meeting),
    ):
        if symbol:
            yield Fact(name, (FactValue(Label(symbol), official_address(lang, symbol)),))


def _vote(vote: Vote, words: Messages) -> str:
    counts = {"favour": vote.in_favour, "against": vote.against, "abstaining": vote.abstaining}
    return words.text("texts.vote", **{side: ballot.count for side, ballot in counts.items()})
