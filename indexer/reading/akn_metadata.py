"""What an AKN4UN file declares about its resolution: subjects, goals, dates, and how it came about.

The declarations are made by hand and unevenly: a date of the year 1 stands for none, symbols lie in fields of other
things, terms carry entities that were escaped twice (``women&#39;s health``).
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lxml import etree

from indexer import symbols
from indexer.model import AdoptionMode, AgendaItem, Ballot, Proceedings, Vote
from indexer.reading.akn_text import clean_text, raw_text

UNKNOWN_YEAR = "0001"  # the date that stands for none
SUBJECT_LISTS = ("UNBIS Thesaurus", "UNBIS")  # the librarians' subjects; else those derived from development goals
GOAL_LIST = "SDGO"

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_GOAL = re.compile(r"\d{1,2}(?:\.[\da-z]{1,2})?")
_SYMBOL = re.compile(r"[A-Z]+(?:[./][\w.\-]+)+(?: \(Resumption \d+\))?")
_ITEM = re.compile(r"(\d{1,3})(?:\s*\(?\s*([a-z]{1,2}|[\u0621-\u064a]\s?[\u0621-\u064a]?ـ?)\s*\))?")
_INDEXED_ITEM = re.compile(r"(\d{1,3})([a-z]{0,2})")  # of the library's index: 71c, 163a[2]
_BRACKETS = "[]［］【】 \t\r\n"
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_ON_BEHALF = re.compile(r"\s*\((?:on behalf|in (?:its|his|her|their) capacity)[^()]*\)")
_COUNTS = re.compile(r"\b\d+-\d+-\d+\b")  # «Adopted 13-0-2»


def read_subjects(root: etree._Element) -> tuple[str, ...]:
    """Return the subjects in small letters, in order and without doubles: of the first list that has any."""
    listed: dict[str, dict[str, None]] = {name: {} for name in SUBJECT_LISTS}
    for keyword in root.iter("{*}keyword"):
        if keyword.get("refersTo"):
            continue
        if (terms := listed.get(keyword.get("dictionary") or "")) is not None:
            term = _plain((keyword.get("showAs") or keyword.get("value") or "").replace("_", " ")).lower()
            if term:
                terms[term] = None
    return next((tuple(terms) for terms in listed.values() if terms), ())


def read_goals(root: etree._Element) -> tuple[str, ...]:
    """Return the Sustainable Development Goals and targets that a file is classified under: ``6``, ``16.9``."""
    declared = (k.get("value") or "" for k in root.iter("{*}keyword") if k.get("dictionary") == GOAL_LIST)
    return tuple(dict.fromkeys(value for value in declared if _GOAL.fullmatch(value)))


def read_adoption_date(scope: etree._Element) -> str | None:
    """Return the ISO date of adoption declared in an element, or None.

    Three places may hold it; the first two are left at year 1 when the editor did not fill them in.
    """
    dates = [e.get("date") for e in scope.iter("{*}FRBRdate") if e.get("name") == "adoption"]
    dates += [e.get("date") for e in scope.iter("{*}docDate") if "adoption" in (e.get("refersTo") or "")]
    dates += [e.get("date") for e in scope.iter("{*}step") if e.get("outcome") == "adopted"]
    return next((d for d in dates if d and _ISO_DATE.fullmatch(d) and not d.startswith(UNKNOWN_YEAR)), None)


def read_proceedings(root: etree._Element) -> Proceedings:
    """Return how the resolution came about; what is not declared stays None or empty."""
    draft, later, recommended, adopted = (
        next((step for step in root.iter("{*}step") if step.get("outcome") == outcome), None)
        for outcome in ("draftResolution", "draftResolutionAdditionalSponsors", "recommendedForAdoption", "adopted")
    )
    wording = _plain(_attribute(draft, "by"))
    first = split_sponsors(wording)
    vote = _vote(root)
    return Proceedings(
        agenda=tuple(_agenda(root)),
        draft=_symbol(_attribute(draft, "as")),
        sponsors=tuple(dict.fromkeys([*first, *split_sponsors(_plain(_attribute(later, "by")))])),
        submitted=wording if wording and (not first or _ON_BEHALF.search(wording)) else None,
        note=_note(root),
        report=_symbol(_attribute(recommended, "as"), _attribute(recommended, "by")),
        meeting=_symbol(_attribute(adopted, "as")),
        mode=_mode([*_outcomes(root), _attribute(adopted, "by"), _attribute(adopted, "as")], vote),
        vote=vote,
    )


def split_sponsors(wording: str) -> tuple[str, ...]:
    """Return the names in ``Chad, Nepal and Peru (on behalf of the Group of 77 and China)``, without the groups.

    Empty for a wording that names no State: «submitted by the Chair of the Committee».
    """
    names, start = [], 0
    wording = _ON_BEHALF.sub("", wording)
    whole = [found.span() for found in _tables().whole_names.finditer(wording)]
    for between in _BETWEEN_NAMES.finditer(wording):
        if not any(begin <= between.start() < end for begin, end in whole):
            names.append(wording[start : between.start()])
            start = between.end()
    names = [bare for name in (*names, wording[start:]) if (bare := name.strip(" ."))]
    if any(name[0].islower() or name.split()[0] in _tables().offices for name in names):
        return ()
    return tuple(names)


def _agenda(root: etree._Element) -> Iterator[AgendaItem]:
    """Yield the items on the cover page, or those of the library's index where it has none.

    The index gives the items of the Security Council no number, and numbers of its own, in brackets, to topics.
    """
    numbers = [text for text in _inlines(root, "agenda item") if text]
    titles = [text for text in _inlines(root, "agenda item name") if text]
    found = [_item_number(m[1], m[2]) for text in numbers for m in _ITEM.finditer(symbols.fold(text))]
    if found:
        for place, number in enumerate(dict.fromkeys(found)):
            yield AgendaItem(number, titles[place] if place < len(titles) else "")
        return
    for keyword in root.iter("{*}keyword"):
        value = keyword.get("value") or ""
        indexed = _INDEXED_ITEM.match(value)
        if keyword.get("refersTo") == "agenda" and (indexed or not value.startswith("[")):
            title = _plain(keyword.get("showAs") or "").rstrip(".")
            yield AgendaItem(_item_number(indexed[1], indexed[2]) if indexed else "", title)


def _item_number(number: str, letter: str | None) -> str:
    latin = re.sub(r"[\sـ]", "", letter or "").translate(_tables().abjad)
    return f"{number}.{latin}" if latin else number


def _inlines(root: etree._Element, name: str) -> Iterator[str]:
    for cover in root.iter("{*}coverPage"):
        for inline in cover.iter("{*}inline"):
            if inline.get("name") == name:
                yield clean_text(raw_text(inline))


def _note(root: etree._Element) -> str | None:
    """Return the procedural note: «on the report of the Third Committee (A/79/458/Add.2, para. 90)»."""
    notes = (clean_text(raw_text(e)).strip(_BRACKETS) for e in root.iter("{*}docProponent"))
    return next(filter(None, notes), None)


def _outcomes(root: etree._Element) -> Iterator[str]:
    for voting in root.iter("{*}voting"):
        yield voting.get("outcome") or ""


def _mode(wordings: Iterable[str], vote: Vote | None) -> AdoptionMode | None:
    modes = _tables().modes
    for wording in wordings:
        folded = re.sub(r"\W", "", wording).lower()
        if mode := next((mode for phrase, mode in modes.items() if phrase in folded), None):
            return AdoptionMode(mode)
        if _COUNTS.search(wording):
            return AdoptionMode.RECORDED_VOTE
    return AdoptionMode.RECORDED_VOTE if vote else None


def _vote(root: etree._Element) -> Vote | None:
    ballots = {
        e.get("refersTo") or "": _ballot(e) for voting in root.iter("{*}voting") for e in voting.iter("{*}count")
    }
    if not any(ballot.count for ballot in ballots.values()):
        return None
    none = Ballot()
    return Vote(ballots.get("inFavour", none), ballots.get("against", none), ballots.get("abstaining", none))


def _ballot(count: etree._Element) -> Ballot:
    value = count.get("value") or ""
    members = tuple(filter(None, (_plain(raw_text(e)) for e in count.iter("{*}organization"))))
    return Ballot(int(value) if value.isdecimal() else len(members), members)


def _symbol(*declared: str) -> str | None:
    """Return the first symbol in these values: of «A/78/L.5 (as amended in …)»; «S/PV9261» gets the stop it lacks."""
    for value in declared:
        if found := _SYMBOL.search(clean_text(symbols.fold(value))):
            return re.sub(r"/PV(?=\d)", "/PV.", found[0])
    return None


def _attribute(element: etree._Element | None, name: str) -> str:
    return (element.get(name) or "") if element is not None else ""


def _plain(text: str) -> str:
    return clean_text(html.unescape(text))


@dataclass(frozen=True, slots=True)
class _Tables:
    """What `data/akn.toml` says of metadata; ``whole_names`` finds names that "and" does not divide, and brackets."""

    abjad: dict[int, str]
    modes: dict[str, AdoptionMode]
    whole_names: re.Pattern[str]
    offices: frozenset[str]


@cache
def _tables() -> _Tables:
    data = tomllib.loads(resources.files("indexer.reading").joinpath("data/akn.toml").read_text(encoding="utf-8"))
    names = "|".join(map(re.escape, data["sponsors"]["names_with_and"]))
    return _Tables(
        abjad={ord(arabic): latin for arabic, latin in data["abjad"].items()},
        modes={phrase: AdoptionMode(mode) for phrase, mode in data["modes"].items()},
        whole_names=re.compile(rf"{names}|\([^()]*\)", re.IGNORECASE),
        offices=frozenset(data["sponsors"]["offices"]),
    )
