"""A small corpus of our own sentences in two editions, and what an index of each answers.

An edition changes some of the files. Whoever finds an index of neither edition has found a broken one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from app.model import SearchRequest
from app.search import search
from indexer.store import open_snapshot

CHANGED_EVERY = 10  # one file in so many differs between editions
QUESTIONS = ("bees", "counting lighthouses", '"sea of bees"', "A/RES/57/270B", "report*", "edition")
PER_PAGE = 20
EDITIONS = ("copper", "silver")  # words of one stem each, so that any answer tells which edition it is of

_TEXT = """United Nations A/RES/{session}/{number}

Resolution adopted by the General Assembly on {day} December {year}

{session}/{number}. Bees of island {number}

The General Assembly,

Recalling its resolutions 57/270 B of 23 June 2003 and 41/60 J on the same subject,

Noting the report of the Secretary-General on the sea of bees (A/58/98),

1. Requests the Secretary-General to count the lighthouses of island {number};

2. Decides to consider the {edition} edition of this report on bees.
"""


class Found(msgspec.Struct, frozen=True):
    """One hit of an answer, as far as it must not change."""

    id: str
    text: str


class Answer(msgspec.Struct, frozen=True):
    """An answer, as far as it must not change."""

    total: int
    hits: tuple[Found, ...]


Answers = tuple[Answer, ...]
"""What an index answers to `QUESTIONS`."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of small resolutions, one a file."""

    folder: Path
    files: int

    def write(self, edition: int) -> None:
        """Make the folder hold this edition: files that do not differ are left alone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, self.files + 1):
            path = self.folder / f"{number}.txt"
            content = self._text(number, EDITIONS[edition if number % CHANGED_EVERY == 0 else 0])
            if not path.exists() or path.read_text("utf-8") != content:
                path.write_text(content, "utf-8")

    def _text(self, number: int, edition: str) -> str:
        session = 60 + number % 15
        return _TEXT.format(session=session, number=number, day=1 + number % 30, year=1945 + session, edition=edition)


def answers_of(index: Path) -> Answers:
    """Return what an index in this folder answers now; raises what opening and searching raise."""
    snapshot = open_snapshot(index)
    pages = (search(snapshot, SearchRequest(q=question, per_page=PER_PAGE)) for question in QUESTIONS)
    return tuple(answer_of(msgspec.to_builtins(page)) for page in pages)


def answer_of(page: Any) -> Answer:
    """Return the part of a page of results, as JSON has it, that must not change."""
    return msgspec.convert(page, Answer)
