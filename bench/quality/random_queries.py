"""Random and mutated queries: none may raise, and the answer says what it found."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from app.model import SearchRequest
from app.search import search
from indexer.store import Snapshot

SEED = 5
SIGNS = "()\"«»“”=-*~:/.,;’'\\^[]{}<>|&+!?№% \t\n\x00\u00ad\u0301\u200f\ufeff"
WORDS = (
    "права", "мигрантов", "развитие", "устойчивое", "rights", "human", "droits", "derechos",
    "الأمم", "المتحدة", "安全理事会", "AND", "OR", "NOT", "И", "ИЛИ", "НЕ", "NEAR/5", "NEAR/0",
    "type:operative", "lang:ru", "cites:58/208", "body:SC", "year:1999..2003", "symbol:A/RES/58/*",
    "58/208", "а/рез/58/208", "217 А (III)", "1325", "cedaw", "клдж", "ссылающиеся на", "citing",
    "提到", "миграц*", "слово~", "htpjk.wbz", "безопастность", "ǅ", "İ", "ß", "\ud800", "𝔘",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endured:
    """How many queries were asked, which raised, and the slowest with its milliseconds."""

    queries: int
    raised: tuple[str, ...]
    slowest: tuple[str, float]


def endure(snapshot: Snapshot, number: int) -> Endured:
    """Ask so many random queries."""
    raised: list[str] = []
    slowest = ("", 0.0)
    for q in random_queries(number):
        started = time.perf_counter()
        try:
            search(snapshot, SearchRequest(q, per_page=3, facets=()))
        except Exception as error:
            raised.append(f"{q!r}: {type(error).__name__}: {error}")
        slowest = max(slowest, (q, (time.perf_counter() - started) * 1000), key=lambda pair: pair[1])
    return Endured(number, tuple(raised), slowest)


def random_queries(number: int, seed: int = SEED) -> Iterator[str]:
    """Yield queries of words and signs, and slips in them; the same for the same seed."""
    dice = random.Random(seed)
    for _ in range(number):
        parts = [dice.choice(WORDS) if dice.random() < 0.7 else dice.choice(SIGNS) for _ in range(dice.randint(1, 9))]
        yield _mutated(dice.choice(("", " ")).join(parts), dice)


def _mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(0, 3)):
        at = dice.randrange(len(text) + 1)
        match dice.randrange(4):
            case 0:
                text = text[:at] + dice.choice(SIGNS) + text[at:]
            case 1:
                text = text[:at] + text[at + 1 :]
            case 2:
                text = text[:at] + text[at:][::-1]
            case _:
                text = text[:at] + chr(dice.randrange(1, 0x30000)) + text[at:]
    return text
