"""What the language versions say about one another: actions and ids against the English version.

No gold is needed: the versions were translated clause by clause, so the same clause has the same id and does the
same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.eval.product import Line

PARAGRAPHS = frozenset({"preambular", "operative"})  # an item of a list need not open with a verb
MEASURE_AGAINST = "en"


@dataclass(slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(slots=True)
class Agreement:
    """Figures of one language, with what disagrees, counted by kind."""

    with_action: Share = field(default_factory=Share)
    same_action: Share = field(default_factory=Share)
    same_ids: Share = field(default_factory=Share)
    without_action: Counter[str] = field(default_factory=Counter)
    other_actions: Counter[str] = field(default_factory=Counter)
    other_ids: Counter[str] = field(default_factory=Counter)


def compare_languages(lines: Iterable[Line]) -> dict[str, Agreement]:
    """Return the figures by language.

    ``with_action``: paragraphs that have an opening action. ``same_action``: of those that the English version has
    under the same id, both with an action, the ones whose actions agree: the same, or one that the other lists as an
    alternative or in a compound. ``same_ids``: ids in both versions, of the ids in either.
    """
    found: dict[str, Agreement] = {}
    versions: dict[str, dict[str, Line]] = {}
    for line in lines:
        of_symbol = versions.setdefault(line["symbol"], {})
        of_symbol.setdefault(line["lang"], line)
    for of_symbol in versions.values():
        english = of_symbol.get(MEASURE_AGAINST)
        for lang, line in of_symbol.items():
            figures = found.setdefault(lang, Agreement())
            _count_actions(line, figures)
            if english and line is not english:
                _compare_ids(line, english, figures)
                _compare_actions(line, english, figures)
    return found


def _count_actions(line: Line, figures: Agreement) -> None:
    for clause in line["clauses"]:
        if clause["type"] in PARAGRAPHS:
            figures.with_action.whole += 1
            figures.with_action.part += clause["action"] is not None
            if clause["action"] is None:
                figures.without_action[" ".join(clause["text"].split()[:3])] += 1


def _compare_ids(line: Line, english: Line, figures: Agreement) -> None:
    own, other = ({clause["id"] for clause in version["clauses"]} for version in (line, english))
    figures.same_ids.whole += len(own | other)
    figures.same_ids.part += len(own & other)
    if own != other:
        missing, further = sorted(other - own), sorted(own - other)
        shown = [f"-{_path(one)}" for one in missing[:3]] + [f"+{_path(one)}" for one in further[:3]]
        figures.other_ids[f"{line['symbol']}: {' '.join(shown)}"] += len(missing) + len(further)


def _compare_actions(line: Line, english: Line, figures: Agreement) -> None:
    others = {clause["id"]: clause for clause in english["clauses"]}
    for clause in line["clauses"]:
        other = others.get(clause["id"])
        if other is None or clause["type"] not in PARAGRAPHS or not (clause["action"] and other["action"]):
            continue
        figures.same_action.whole += 1
        if _readings(clause) & _readings(other):
            figures.same_action.part += 1
        else:
            surface = clause["actions"][0]["surface"]
            figures.other_actions[f"«{surface}» {clause['action']}, en {other['action']}"] += 1


def _readings(clause: Line) -> set[str]:
    """The opening action, the compound that it belongs to, and what else its formula may stand for."""
    opening = clause["actions"][0]
    compound = [opening["compound"]] if opening["compound"] else []
    return {opening["id"], *opening["alternatives"], *compound}


def _path(clause_id: str) -> str:
    return clause_id.split("#")[1]
