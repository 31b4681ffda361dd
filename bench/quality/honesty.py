"""Highlights are honest: every mark is a form of a query word, and every word of a full answer is marked."""

from __future__ import annotations

import random
from dataclasses import dataclass

from app.highlight import find_highlights
from app.model import SearchRequest
from app.query.grammar import parse_query
from app.query.plan import NOTHING, plan_query
from app.query.scripts import is_spaced
from app.search import search
from app.vocabulary import vocabulary
from indexer.model import LanguageCode
from indexer.store import Snapshot

SEED = 5
COMMON = 20  # clauses that a word stands in: rarer ones seldom meet another


@dataclass(frozen=True, slots=True)
class Honesty:
    """How many full answers were looked at, and what was wrong with which."""

    hits: int
    faults: tuple[str, ...]


def check_highlights(snapshot: Snapshot, lang: LanguageCode, number: int) -> Honesty:
    """Ask for pairs of words drawn from clauses until so many full answers were looked at."""
    dice = random.Random(SEED)
    words = vocabulary(snapshot, lang)
    language = snapshot.language(lang)
    common = {form for form, count in words.counts.items() if count >= COMMON and form.isalpha()}
    docs = [number for number, code in enumerate(snapshot.columns["lang"].mask((lang,))) if code]
    hits, faults = 0, []
    for _ in range(number):
        if hits >= number or not docs:
            break
        text = snapshot.record(dice.choice(docs)).text
        held = sorted({text[t.start : t.end] for t in language.tokens(text) if t.form in common})
        if len(held) < 2:
            continue
        one, other = dice.sample(held, 2)
        q = f"{one} AND {other}" if is_spaced(one) else one
        page = search(snapshot, SearchRequest(q, {"lang": (lang,)}, facets=()))
        for hit in page.hits:
            if not hit.partial:
                hits += 1
                faults += [
                    f"{q}: {hit.id}: {fault}" for fault in _faults(snapshot, lang, q, hit.text, hit.highlights)
                ]
    return Honesty(hits, tuple(faults))


def _faults(
    snapshot: Snapshot, lang: LanguageCode, q: str, text: str, highlights: tuple[tuple[int, int], ...]
) -> list[str]:
    """Return what is wrong with the marks of a full answer, told by the words alone."""
    language = snapshot.language(lang)
    tree = parse_query(q).tree
    assert tree is not None
    sought = {base for token in language.tokens(q.replace(" AND ", " ")) for base in token.bases}
    faults = []
    for start, end in highlights:
        marked = {base for token in language.tokens(text[start:end]) for base in token.bases}
        if sought.isdisjoint(marked):
            faults.append(f"«{text[start:end]}» is no form of a word of the query")
    plan = plan_query(tree, {lang: language}, lambda _: NOTHING)
    seen = {mark.word for mark in find_highlights(text, language, plan.patterns.get(lang, ()))}
    faults += [f"«{part.text}» is not marked" for part in plan.parts if seen.isdisjoint(part.marks)]
    return faults
