"""Sessions: «на ее пятьдесят девятой, а не шестидесятой, сессии», “twenty-fourth special session”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.citing.assembly_sessions import LAST_SESSION
from indexer.citing.names import Mention, Sort
from indexer.citing.passage import Passage, citation
from indexer.model import Citation, CitationKind, TargetId

_NEAR = 90  # characters between the organ and “its … session”


@dataclass(frozen=True, slots=True)
class _Ordinal:
    start: int
    end: int
    number: int
    negated: bool = False


def find_sessions(passage: Passage) -> list[Citation]:
    """Return the sessions of the General Assembly and the Human Rights Council that a passage names."""
    forms = passage.references.session
    if not passage.of_sort(Sort.ORDINAL) and not forms.numeric.search(passage.text):
        return []
    groups = _after_noun(passage) if forms.noun_first else _before_noun(passage)
    return [cited for group in groups for cited in group]


def _ordinals(passage: Passage) -> list[_Ordinal]:
    words = [_Ordinal(m.start, m.end, int(m.target)) for m in passage.of_sort(Sort.ORDINAL)]
    digits = [
        _Ordinal(m.start(), m.end(), int(m["n"])) for m in passage.references.session.numeric.finditer(passage.text)
    ]
    return sorted((o for o in (*words, *digits) if 0 < o.number <= LAST_SESSION), key=lambda o: o.start)


def _before_noun(passage: Passage) -> Iterator[list[Citation]]:
    """Runs of ordinals that share the noun after them."""
    forms, text = passage.references.session, passage.text
    ordinals = _ordinals(passage)
    at = 0
    while at < len(ordinals):
        run = [ordinals[at]]
        while at + len(run) < len(ordinals):
            following = ordinals[at + len(run)]
            joint = forms.joiner.fullmatch(text, run[-1].end, following.start)
            if not joint:
                break
            run.append(_Ordinal(following.start, following.end, following.number, bool(joint["not"])))
        comma = 1 if text[run[-1].end : run[-1].end + 1] == "," else 0
        noun = forms.noun.match(text, run[-1].end + comma)
        at += len(run)
        if noun:
            series = _series(passage, noun, run[0].start)
            if series is not None:
                yield [_session(passage, o, series, noun.end() if len(run) == 1 else o.end) for o in run]


def _after_noun(passage: Passage) -> Iterator[list[Citation]]:
    """Arabic: الدورة الاستثنائية الرابعة والعشرون."""
    forms, text = passage.references.session, passage.text
    ordinals = {o.start: o for o in _ordinals(passage)}
    for noun in forms.noun.finditer(text):
        at, kind = noun.end(), ""
        for name, pattern in (("ES-", forms.emergency), ("S-", forms.special)):
            m = pattern.match(text, at + 1) if pattern else None
            if m:
                at, kind = m.end(), name
                break
        first = ordinals.get(at + 1) or next((o for s, o in ordinals.items() if at < s <= at + 3), None)
        if first is None:
            continue
        run = [first]
        while True:
            joint = forms.joiner.match(text, run[-1].end)
            following = ordinals.get(joint.end()) if joint else None
            if joint is None or following is None:
                break
            run.append(_Ordinal(following.start, following.end, following.number, bool(joint["not"])))
        whose = _whose(passage, noun.start(), run[-1].end, own=bool(noun["own"]))
        if whose is not None:
            yield [
                citation(
                    passage,
                    noun.start() if len(run) == 1 else o.start,
                    o.end,
                    CitationKind.SESSION,
                    id=TargetId(f"session:{whose}/{kind}{o.number}"),
                    negated=o.negated,
                )
                for o in run
            ]


def _series(passage: Passage, noun: re.Match[str], start: int) -> str | None:
    """Return ``A/``, ``A/S-``, ``A/HRC/`` for the session that the noun speaks of; None for other organs."""
    kind = "ES-" if noun["emergency"] else "S-" if noun["special"] else ""
    whose = _whose(passage, start, noun.end(), own=False)
    return f"{whose}/{kind}" if whose else None


def _whose(passage: Passage, start: int, end: int, *, own: bool) -> str | None:
    """Return whose session it is: named after it, named before it, or “its” of the body that speaks."""
    after = passage.references.links.organ.match(passage.text, end)
    named = passage.organ_at.get(after.end()) if after else None
    if named:
        return _assembly(named)
    marker = own or any(
        m.end <= start and len(passage.text[m.end : start]) <= 24 and "," not in passage.text[m.end : start]
        for m in passage.of_sort(Sort.OWN)
    )
    organs = passage.of_sort(Sort.ORGAN, Sort.COUNCIL, Sort.OTHER_ORGAN)
    before = next((m for m in reversed(organs) if m.end <= start), None)
    if before and (not passage.text[before.end : start].strip(" 第") or (marker and start - before.end <= _NEAR)):
        return _assembly(before)
    if not marker:
        return None
    return {"GA": "A", "HRC": "A/HRC"}.get(passage.setting.body)


def _assembly(organ: Mention) -> str | None:
    return {"A": "A", "HRC": "A/HRC"}.get(organ.target)


def _session(passage: Passage, ordinal: _Ordinal, series: str, end: int) -> Citation:
    return citation(
        passage,
        ordinal.start,
        end,
        CitationKind.SESSION,
        id=TargetId(f"session:{series}{ordinal.number}"),
        negated=ordinal.negated,
    )
