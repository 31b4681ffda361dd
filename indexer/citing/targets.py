"""Which text a number means: the body that adopted it, and so its symbol.

``58/208`` may be of the General Assembly or the Human Rights Council, ``1996/31`` of the Economic and Social Council
or the Commission on Human Rights. The organ named at the number decides, then the date, then what the document said
before, then who speaks. A number that none of these bodies can have adopted has no symbol.
"""

from __future__ import annotations

import re

from indexer.citing.assembly_sessions import special_sessions
from indexer.citing.gazetteer import load_gazetteer
from indexer.citing.names import Sort
from indexer.citing.numbers import Number
from indexer.citing.passage import Passage
from indexer.model import Body, CitationKind, Symbol
from indexer.symbols import (
    FIRST_DECISION,
    FIRST_SLASH_SESSION,
    LAST_ASSEMBLY_ROMAN,
    council_year,
    from_roman,
    roman,
    roman_symbol,
    session_symbol,
    year_symbol,
)

_HRC_FIRST_YEAR = 2006
_HRC_SESSIONS_A_YEAR = 3
_HRC_REPORT = re.compile(
    r"A/\d{2}/53(?:/Add\.\d)?(?:/Corr\.\d)?(?![\d/])"
)  # Supplement No. 53 of the Assembly's records


def symbol_of(passage: Passage, number: Number, part: str) -> Symbol | None:
    """Return the symbol of a number with one of its part letters, or None if no body of the corpus adopted it."""
    m, whose = number.match, number.whose
    decision = True if number.kind is CitationKind.DECISION else None
    if m["sn"]:
        # «общая рекомендация № 39 (2022)» somewhere after the word for resolution is none of the Council's.
        in_doubt = not (number.close or number.listed) and not fits_year(m)
        return None if in_doubt else Symbol(f"S/RES/{int(m['sn'])}({m['sy']})")
    if m["bare"]:
        return _bare(passage, number)
    if whose is not None and whose.body is None and (whose.sure or (m["y"] and whose.named)):
        return None
    named = whose.body if whose else None
    if m["y"]:
        return year_symbol(m["y"], int(m["yn"]), part, _year_body(passage, named), decision=decision)
    if m["on"]:
        if number.dates and m["r"] and not m["ok"] and not _fits_session(m["r"], number.dates[0]):
            return None  # 574 (XXVII) of 1998 is of the Economic Commission for Latin America and the Caribbean
        part = part or passage.references.parts.get(m["op"] or "", m["op"] or "")
        return roman_symbol(str(int(m["on"])), _old_session(passage, m), part, named)
    body_of_number = _body_of(passage, number)
    if body_of_number is None:
        return None
    return session_symbol(_session(passage, m), int(m["n"]), part, body_of_number, decision=decision)


def _year_body(passage: Passage, named: Body | None) -> Body:
    """Return the body of ``year/number``: the Commission on Human Rights if it is named and the Council is not."""
    if named in ("ECOSOC", "CHR"):
        return named
    organs = {mention.target for mention in passage.of_sort(Sort.ORGAN)}
    speaker = passage.setting.body
    return "CHR" if ("CHR" in organs and "E" not in organs) or speaker == "CHR" else "ECOSOC"


def _fits_session(numeral: str, date: str) -> bool:
    session = from_roman(numeral)
    return session is None or session > LAST_ASSEMBLY_ROMAN or int(date[:4]) - session in (1944, 1945, 1946)


def _bare(passage: Passage, number: Number) -> Symbol | None:
    """«резолюция 1514», “Security Council resolution 2250”: the gazetteer and the Council's count give the rest."""
    body = number.whose.body if number.whose else passage.setting.body
    if body == "SC":
        year = council_year(int(number.match["bare"]))
        return Symbol(f"S/RES/{number.match['bare']}({year})") if year else None
    return load_gazetteer().adopted_by_number(number.match["bare"]) if body == "GA" else None


def _body_of(passage: Passage, number: Number) -> Body | None:
    """Return the body of ``session/number``: the Assembly or the Human Rights Council, or neither."""
    m, whose, seen = number.match, number.whose, passage.setting.seen
    session = _session(passage, m)
    key = f"{session}/{m['n']}"
    if whose is not None and whose.sure and whose.body in ("GA", "HRC"):
        return seen.setdefault(key, whose.body)
    dated = _body_by_date(session, number.dates)
    if dated:
        return seen.setdefault(key, dated)
    regular = int(m["s"]) if not m["k"] else None
    elsewhere = whose is not None and whose.body is None  # another organ is named in the sentence
    if number.dates and regular is not None and (regular < FIRST_SLASH_SESSION or elsewhere):
        return None  # 31/1 of 2022 is of the Commission on Crime Prevention and Criminal Justice
    if not number.own:
        if key in seen:
            return seen[key]
        if _in_council_report(passage, m):
            return "HRC"
    if whose is not None and whose.body in ("GA", "HRC") and not _too_high(number, whose.body):
        return whose.body
    if passage.setting.body == "HRC":
        return "HRC"
    return "GA" if regular is None or regular >= FIRST_SLASH_SESSION else None


def _too_high(number: Number, body: Body) -> bool:
    """The Human Rights Council adopts no hundred resolutions a session: 56/266 is the Assembly's."""
    resolution = number.kind is CitationKind.RESOLUTION
    return body == "HRC" and resolution and int(number.match["n"]) >= FIRST_DECISION["HRC"]


def _body_by_date(session: str, dates: list[str]) -> Body | None:
    """Tell the Assembly from the Human Rights Council by the date: 46/182 is of 1991, 46/6 of 2021."""
    if not dates:
        return None
    year = int(dates[0][:4])
    if not session.isdigit():
        opened = special_sessions().get(session)
        if opened is not None:
            return "GA" if session.startswith("ES") or abs(year - opened) <= 1 else None
        return "HRC" if year >= _HRC_FIRST_YEAR else None
    if year - int(session) in (1945, 1946):
        return "GA"
    expected = _HRC_FIRST_YEAR + int(session) / _HRC_SESSIONS_A_YEAR
    return "HRC" if year >= _HRC_FIRST_YEAR and abs(year - expected) <= 1.5 else None


def _in_council_report(passage: Passage, m: re.Match[str]) -> bool:
    """«(A/73/53), гл. IV, разд. A, резолюция 37/17»: the Human Rights Council reports in Supplement No. 53."""
    return not m["k"] and any(report.end() <= m.start() for report in _HRC_REPORT.finditer(passage.folded))


def _session(passage: Passage, m: re.Match[str]) -> str:
    if not m["k"]:
        return str(int(m["s"]))
    emergency = passage.references.symbol_sessions.get("emergency")
    return f"{'ES' if m['k'] == 'ES' or (emergency and re.fullmatch(emergency, m['k'])) else 'S'}-{int(m['s'])}"


def _old_session(passage: Passage, m: re.Match[str]) -> str:
    if m["r"]:
        return (f"{m['ok']}-" if m["ok"] else "") + str(m["r"])
    letters, number = passage.references.symbol_sessions, roman(int(m["od"]))
    if re.fullmatch(letters["emergency"], m["oa"]):
        return f"ES-{number}"
    return f"S-{number}" if re.fullmatch(letters["special"], m["oa"]) else number


def fits_year(m: re.Match[str]) -> bool:
    """Tell whether the Security Council adopted a resolution with this number in this year."""
    return str(council_year(int(m["sn"]))) == m["sy"]


def body_by_date(session: int, dates: list[str]) -> Body | None:
    """Tell which body was in a regular session with this number at the date."""
    return _body_by_date(str(session), dates)
