"""Which text a number means: the body that adopted it, and so its symbol.

``58/208`` may be of the General Assembly or the Human Rights Council, ``1996/31`` of the Economic and Social Council
or the Commission on Human Rights. The organ named at the number decides, then the date, then what the document said
before, then who speaks. A number that none of these bodies can have adopted has no symbol.
"""

from __future__ import annotations

import re

from indexer.citing.assembly_sessions import LAST_SESSION, fits_roman_session, special_sessions
from indexer.citing.gazetteer import load_gazetteer
from indexer.citing.names import Sort
from indexer.citing.numbers import Number
from indexer.citing.passage import Passage
from indexer.model import Body, CitationKind, Symbol
from indexer.symbols import (
    FIRST_DECISION,
    FIRST_SLASH_SESSION,
    council_year,
    from_roman,
    roman,
    roman_symbol,
    session_symbol,
    year_symbol,
)
from indexer.text.dates import chinese_digits, chinese_number

_COUNCIL_YEARS = 1946, 2099
_MISPRINT = 6  # years by which a printed date may be wrong
_HRC_FIRST_YEAR = 2006
_HRC_SESSIONS_A_YEAR = 3
_COMMISSION_REPORT = re.compile(r"E/\d{4}/\d{2}(?:/Rev\.\d)?(?:-E/CN\.\d+/\d{4}/\d+)?(?![\d/])")
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
        return None if in_doubt else _council_symbol(m)
    if m["bare"]:
        return _bare(passage, number)
    if whose is not None and whose.body is None and (whose.sure or (m["y"] and whose.named)):
        return None
    named = whose.body if whose else None
    if m["y"]:
        return year_symbol(m["y"], int(m["yn"]), part, _year_body(passage, named), decision=decision)
    if m["on"]:
        return _roman_symbol(passage, number, part or passage.references.parts.get(m["op"] or "", m["op"] or ""))
    if _misprinted(m):
        return _swapped(m, part)
    body_of_number = _body_of(passage, number)
    if body_of_number is None:
        return None
    return session_symbol(_session(passage, m), int(m["n"]), part, body_of_number, decision=decision)


def _council_symbol(m: re.Match[str]) -> Symbol | None:
    """Take the year as printed, unless the Council did not exist in it: 2140 (2140) is of 2014."""
    printed, counted = int(m["sy"]), council_year(int(m["sn"]))
    year = printed if _COUNCIL_YEARS[0] <= printed <= _COUNCIL_YEARS[1] else counted
    return Symbol(f"S/RES/{int(m['sn'])}({year})") if year else None


def _year_body(passage: Passage, named: Body | None) -> Body:
    """Return the body of ``year/number``: the Commission on Human Rights if it is named and the Council is not."""
    if named in ("ECOSOC", "CHR"):
        return named
    organs = {mention.target for mention in passage.of_sort(Sort.ORGAN)}
    speaker = passage.setting.body
    return "CHR" if ("CHR" in organs and "E" not in organs) or speaker == "CHR" else "ECOSOC"


def _roman_symbol(passage: Passage, number: Number, part: str) -> Symbol | None:
    """Return the symbol of ``number (ROMAN session)``: of the body named at it, or one that can have adopted it."""
    m, whose = number.match, number.whose
    session = _old_session(passage, m)
    old_number = int(chinese_digits(m["on"]))
    count = from_roman(session)
    named = whose.body if whose else None
    if count is None or (whose and whose.sure) or named == "CHR":
        return roman_symbol(str(old_number), session, part, named)
    bodies: tuple[Body, ...] = ("ECOSOC", "GA") if named == "ECOSOC" else ("GA", "ECOSOC")
    for body in bodies:
        in_time = body != "GA" or not number.dates or int(number.dates[0][:4]) - count in (1944, 1945, 1946)
        if in_time and fits_roman_session(body, old_number, count):
            return roman_symbol(str(old_number), session, part, body)
    return None  # 574 (XXVII) of 1998 is of the Economic Commission for Latin America and the Caribbean


def _misprinted(m: re.Match[str]) -> bool:
    return not m["k"] and int(m["s"]) > LAST_SESSION


def _swapped(m: re.Match[str], part: str) -> Symbol | None:
    """307/76 of Arabic print: no session has that number, so it was set from right to left."""
    session = int(m["n"])
    swapped = FIRST_SLASH_SESSION <= session <= LAST_SESSION
    return session_symbol(str(session), int(m["s"]), part, "GA") if swapped else None


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
    elsewhere = whose is not None and whose.body is None  # another organ is named in the sentence
    dated = _body_by_date(session, number.dates)
    if dated and not (dated == "HRC" and elsewhere and whose is not None and whose.named):
        return seen.setdefault(key, dated)
    regular = int(m["s"]) if not m["k"] else None
    if number.dates and regular is not None and not number.own:
        years_off = abs(int(number.dates[0][:4]) - 1945 - regular)
        if regular < FIRST_SLASH_SESSION or elsewhere or years_off > _MISPRINT:
            return None  # 31/1 of 2022 is of the Commission on Crime Prevention and Criminal Justice
    if not number.own:
        if key in seen:
            return seen[key]
        if _in_council_report(passage, m):
            return "HRC"
        if not number.dates and any(r.end() <= m.start() for r in _COMMISSION_REPORT.finditer(passage.folded)):
            return None  # (E/2020/27), chap. I, sect. C, resolution 59/1: the Commission for Social Development's
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
        if opened is not None and (session.startswith("ES") or abs(year - opened) <= 1):
            return "GA"
        return "HRC" if year >= _HRC_FIRST_YEAR else None  # S-27 of 2017; the Assembly's was in 2002
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
    letters, number = passage.references.symbol_sessions, roman(chinese_number(m["od"]))
    if re.fullmatch(letters["emergency"], m["oa"]):
        return f"ES-{number}"
    return f"S-{number}" if re.fullmatch(letters["special"], m["oa"]) else number


def fits_year(m: re.Match[str]) -> bool:
    """Tell whether the Security Council adopted a resolution with this number in this year."""
    return str(council_year(int(m["sn"]))) == m["sy"]


def body_by_date(session: int, dates: list[str]) -> Body | None:
    """Tell which body was in a regular session with this number at the date."""
    return _body_by_date(str(session), dates)
