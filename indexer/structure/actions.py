"""Reads the verbs of a clause as canonical actions: the one that opens it and those coordinated with it.

The rules are those of UN drafting: a resolution is one sentence whose subject is the organ, preambular paragraphs are
its participles and operative paragraphs its predicates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from indexer.model import Action, Addressee, ClauseType, LanguageCode
from indexer.structure.addressees import AddresseeReader, addressee_reader
from indexer.structure.formulas import FormulaMatcher, FormulaSet, Match, formula_matcher, load_table
from indexer.structure.words import Words

OPENING_SETS: dict[ClauseType, FormulaSet] = {
    ClauseType.PREAMBULAR: "pre",
    ClauseType.OPERATIVE: "op",
    ClauseType.SUBPARAGRAPH: "op",
}

APOSTROPHES = ("'", "’")
ENUMERATOR = re.compile(r"\s*(?:\d{1,3}\s*(?:[.)]|[-–—](?=\s))|\(?(?:\d{1,3}|[^\W\d_]{1,4})\))\s*")


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What holds of an action in every language; the meaning of the fields is in ``data/actions.toml``."""

    id: str
    family: str
    strength: int
    polarity: int
    addressee: str
    labels: dict[LanguageCode, str]
    base: str | None = None
    group: str | None = None
    opening_only: bool = False


@cache
def load_actions() -> dict[str, ActionFacts]:
    """Return the facts of every action by id, in the order of the table."""
    rows = load_table(None, "actions")
    return {
        id_: ActionFacts(
            id_,
            row["family"],
            row["strength"],
            row["polarity"],
            row["addressee"],
            row["label"],
            row.get("base"),
            row.get("group"),
            row.get("opening_only", False),
        )
        for id_, row in rows.items()
    }


def action_label(id: str, lang: LanguageCode) -> str:
    """Return the name of an action for people; in English, or the id, where the language has none."""
    facts = load_actions().get(id)
    if facts is None:
        return id
    return facts.labels.get(lang) or facts.labels.get("en") or id


def find_actions(text: str, lang: LanguageCode, type: ClauseType) -> tuple[Action, ...]:
    """Return the actions of a clause, the opening one first.

    Empty for types that take no action and for clauses that no formula opens. Offsets count code points of
    ``text``, whether or not its enumerator still stands before it. Never raises on content.
    """
    at = OPENING_SETS.get(type)
    if at is None:
        return ()
    strict = type is ClauseType.SUBPARAGRAPH  # most sub-paragraphs carry on their parent's sentence
    matcher = formula_matcher(lang)
    enumerator = ENUMERATOR.match(text)
    words = matcher.words(text, enumerator.end() if enumerator else 0)
    opening = matcher.match_opening(words, at, strict=strict)
    if opening is None or (strict and load_actions()[opening.formula.action].opening_only):
        return ()
    reader = addressee_reader(lang)
    opening_action = _action(text, words, opening, matcher, reader)
    return opening_action, *_inner_actions(text, words, opening, matcher, reader)


def _inner_actions(
    text: str, words: Words, opening: Match, matcher: FormulaMatcher, reader: AddresseeReader
) -> Iterator[Action]:
    """Yield the further verbs of the organ: of the same form as the first and coordinated with it."""
    index = opening.end
    while found := matcher.next_coordinated(text, words, index, opening.found_in):
        index = found.end
        if not load_actions()[found.formula.action].opening_only:
            yield replace(_action(text, words, found, matcher, reader), inner=True)


def _action(text: str, words: Words, match: Match, matcher: FormulaMatcher, reader: AddresseeReader) -> Action:
    """Turn a formula found into an action: its surface with the modifiers inside and after it, its addressees."""
    formula = match.formula
    facts = load_actions()[formula.action]
    base = matcher.match(words, match.start, match.found_in, facts.base) if facts.base else None
    if base is None:
        id_, compound, alternatives = facts.id, None, formula.alternatives
        end, trailing, conjunction = matcher.trailing(words, match.end)
    else:
        id_, compound, alternatives = base.formula.action, facts.id, base.formula.alternatives + formula.alternatives
        end, trailing, conjunction = base.end, (), False
    start_, end_ = words.spans[match.start][0], words.spans[end - 1][1]
    if text[end_ : end_ + 1] in APOSTROPHES:  # an elided word takes its apostrophe along: «souligne qu’»
        end_ += 1
    addressees: tuple[Addressee, ...] = ()
    if facts.addressee != "none" and base is None:
        region = match.gap or (end, len(words))
        addressees = reader.read(
            text,
            words,
            *region,
            verb=words.keys[match.end - 1],
            accept="known" if conjunction else "proven" if facts.addressee == "optional" else "likely",
        )
    return Action(
        id_,
        text[start_:end_],
        start_,
        end_,
        tuple(a for a in dict.fromkeys(alternatives) if a != id_),
        tuple(dict.fromkeys(match.modifiers + trailing)),
        compound,
        addressees=addressees,
    )
