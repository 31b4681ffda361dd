"""The grammar of United Nations document symbols: any spelling in, one canonical `Symbol` out.

Canonical form: Latin letters, no spaces, part letter last.

    A/RES/58/208  A/RES/57/270B  A/RES/217(III)A  A/RES/S-21/2  A/RES/3201(S-VI)     General Assembly
    A/DEC/58/401                                                                     its decisions (our id)
    S/RES/1325(2000)  S/PRST/2004/40                                                 Security Council
    E/RES/1996/31  E/RES/1503(XLVIII)  E/DEC/1995/313                                Economic and Social Council
    A/HRC/RES/16/21  A/HRC/DEC/6/102  E/CN.4/RES/2005/80                             human rights bodies
    A/58/98  A/C.2/54/2  A/58/483/Add.3  A/CONF.157/24(PartI)                        documents, as printed
    SALES/95.XIII.18                                                                 sales numbers, less the language

Which body numbers how: General Assembly session/number since the 31st session (1976), before that number (ROMAN
session); special sessions in the old form up to S-VII and ES-V; Economic and Social Council year/number since 1978.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources

from indexer.errors import InvalidSymbolError
from indexer.model import Body, CitationKind, Symbol

FIRST_SLASH_SESSION = 31  # 1976: earlier General Assembly resolutions are number (ROMAN)
LAST_ASSEMBLY_ROMAN = 30  # (XXXI) and above are the Economic and Social Council's: 1503 (XLVIII)
FIRST_DECISION: dict[Body, int] = {"GA": 401, "ECOSOC": 201, "HRC": 101, "CHR": 101}

_LOOKALIKES = str.maketrans(
    "АВСЕНІЈКМОРЅТХУаевіјкморсѕтхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHIJKMOPSTXYaebijkmopcstxyABEZHIKMNOPTYX"
)
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_SOLIDI = dict.fromkeys(map(ord, "\u2044\u2215\uff0f"), "/")
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"), " "
)
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # （ＸＸ） of Chinese print
_DIGITS = {zero + n: str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
_FOLD: dict[int, str | int] = {**_LOOKALIKES, **_WIDE, **_HYPHENS, **_SOLIDI, **_SPACES, **_DIGITS}
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def fold(text: str) -> str:
    """Return the text with the letters, digits and signs of document symbols in plain Latin.

    Length and offsets stay. Only for looking at symbols: it makes Latin out of any Cyrillic or Greek lookalike.
    """
    return text.translate(_FOLD)


# Words of a document symbol that are not in capitals; RES and DEC only before a number: UNEP/EA.5/Res.14.
_WORDS = {
    "ADD": "Add", "AMEND": "Amend", "ANNEX": "Annex", "CORR": "Corr", "DEC": "Dec", "INCOME": "Income",
    "INTRODUCTION": "Introduction", "MISC": "Misc", "PART": "Part", "PARTS": "Parts", "RES": "Res", "REV": "Rev",
    "SECT": "Sect", "SECTS": "Sects", "SUMMARY": "Summary", "VOL": "Vol", "VOLS": "Vols",
}  # fmt: skip
_WORD = re.compile(
    rf"(?<![A-Za-z])(?:(?:RES|DEC)(?=\.)|(?:{'|'.join(_WORDS.keys() - {'RES', 'DEC'})})(?![a-z]))", re.I
)

_PART = r"(?P<p>[A-Z](?:[-,][A-Z])*)?"
_ROMAN = r"\((?P<k>E?S-)?(?P<r>[IVXLC]+)\)"
_FULL = re.compile(
    rf"""
      A/(?P<ga>RES|DEC)/(?P<gs>(?:E?S-)?\d{{1,3}})/(?P<gn>\d{{1,3}}){_PART}
    | (?P<old>[AET])/RES/(?P<on>\d{{1,4}})(?P<op1>[A-Z])?{_ROMAN}(?P<op>[A-Z](?:[-,][A-Z])*)?
    | S/RES/(?P<sn>\d{{1,4}})(?:/?\(?(?P<sy>\d{{4}})\)?)?
    | S/PRST/(?P<py>\d{{4}})/(?P<pn>\d{{1,3}})
    | E/(?P<e>RES|DEC)/(?P<ey>\d{{4}})/(?P<en>\d{{1,3}})(?P<ep>[A-Z](?:[-,][A-Z])*)?
    | A/HRC/(?P<h>RES|DEC|PRST)/(?P<hs>(?:S-)?\d{{1,2}})/(?P<hn>\d{{1,3}})
    | E/CN\.4/(?P<c>RES|DEC)/(?P<cy>\d{{4}})/(?P<cn>\d{{1,3}})
    | E/CN\.4/RES/(?P<con>\d{{1,3}})\((?P<cor>[IVXLC]+)\)
    """,
    re.X,
)
_BARE = re.compile(
    rf"""
      (?P<s>(?:E?S-)?\d{{1,3}})/(?P<n>\d{{1,3}}){_PART}
    | (?P<y>19[4-9]\d|20\d\d)/(?P<yn>\d{{1,3}})(?P<yp>[A-Z](?:[-,][A-Z])*)?
    | (?P<on>\d{{1,4}})(?P<op1>[A-Z])?{_ROMAN}(?P<op>[A-Z])?
    | (?P<sn>\d{{1,4}})\((?P<sy>19[4-9]\d|20\d\d)\)
    """,
    re.X,
)
_SALES = re.compile(
    r"(?:SALES/|(?:.*?(?:№|No\.?|N[°o]|n[úu]m\.?|numéro|编号|[:：\s]))?\s*(?:de vent[ea])?\s*:?\s*[AECFRS]\.)"
    r"(?P<year>\d{2})\.(?P<category>[IVXLC]+)\.(?P<rest>(?:[A-Z]\.)?\d[\dA-Z]*(?:\.\d+)*)",
    re.I,
)
SERIES = (
    "A|S|E|T|ST|TD|DP|CRC|CCPR|CEDAW|CERD|CAT|CMW|CRPD|CED|CAC|CTOC|FCCC|UNEP|HSP|HRI|ISBA|SPLOS|LOS|ECE|NPT|CD|BWC"
    "|CCW|APLC|GC|GOV|JIU|ICCD|DC|DPI|UNW|WHO|IDB|GCED|TPNW|CBD|ICC|ICAO|FAO|ILO|UNHCR|ESCAP|ID|IOC|IPBES|WT"
)
"""First parts of document symbols, as a pattern."""

_DOCUMENT = re.compile(rf"(?:{SERIES})(?:/[A-Za-z0-9.\-]*[A-Za-z0-9](?:\([A-Za-z0-9.,\-]+\))?)+")


@lru_cache(maxsize=65_536)
def parse_symbol(text: str, *, body: Body | None = None) -> Symbol:
    """Return the canonical form of a document symbol.

    Takes lookalike letters, full-width signs, any dashes and spaces, and small letters. Short forms (``58/208``,
    ``1325 (2000)``, ``1996/31``, ``217 А (III)``) are read by their shape; where bodies share a shape (``16/21``,
    ``1503 (XLVIII)``) ``body`` decides. Idempotent. Raises `InvalidSymbolError` for anything else: prose, fractions
    (``24/7``), a year and the next (``2002/2003``), a proportion (``50/50``) unless ``body`` is given.
    """
    printed = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLD).strip(" .,;*")
    compact = re.sub(r"\s+", "", printed)
    symbol = None
    if compact and len(compact) <= 80:
        upper = compact.upper()
        symbol = _full(upper) or _short(upper, body) or _sales(text.strip(), printed) or _document(compact)
    if symbol is None:
        raise InvalidSymbolError(f"“{text}” is no document symbol: write it like A/RES/58/208, 58/208 or 1325 (2000)")
    return symbol


def _full(upper: str) -> Symbol | None:
    m = _FULL.fullmatch(upper.removeprefix("UN"))
    if not m:
        return None
    if m["ga"]:
        kind = "DEC" if m["ga"] == "DEC" else "RES"
        return Symbol(f"A/{kind}/{m['gs']}/{m['gn']}{m['p'] or ''}")
    if m["old"]:
        return Symbol(f"{m['old']}/RES/{m['on']}({m['k'] or ''}{m['r']}){m['op1'] or m['op'] or ''}")
    if m["sn"]:
        return _council(int(m["sn"]), m["sy"])
    if m["py"]:
        return Symbol(f"S/PRST/{m['py']}/{m['pn']}")
    if m["e"]:
        return Symbol(f"E/{m['e']}/{m['ey']}/{m['en']}{m['ep'] or ''}")
    if m["h"]:
        return Symbol(f"A/HRC/{m['h']}/{m['hs']}/{m['hn']}")
    if m["c"]:
        return Symbol(f"E/CN.4/{m['c']}/{m['cy']}/{m['cn']}")
    return Symbol(f"E/CN.4/RES/{m['con']}({m['cor']})")


def _short(upper: str, body: Body | None) -> Symbol | None:
    m = _BARE.fullmatch(upper)
    if not m:
        return None
    if m["s"]:
        return session_symbol(m["s"], int(m["n"]), m["p"] or "", body)
    if m["y"]:
        year_body: Body = "CHR" if body == "CHR" else "ECOSOC"
        return year_symbol(m["y"], int(m["yn"]), m["yp"] or "", year_body)
    if m["on"]:
        return roman_symbol(m["on"], (m["k"] or "") + m["r"], m["op1"] or m["op"] or "", body)
    return _council(int(m["sn"]), m["sy"])


def session_symbol(
    session: str, number: int, part: str = "", body: Body | None = None, *, decision: bool | None = None
) -> Symbol | None:
    """Return the symbol of ``session/number``, or None where no body numbers so.

    Without a body the General Assembly is meant from its 31st session on; a proportion (50/50) is refused. Without
    ``decision`` the number decides: decisions start at 401 in the Assembly, at 101 in the Human Rights Council.
    """
    regular = session.isdigit()
    if body is None and (regular and (int(session) < FIRST_SLASH_SESSION or int(session) == number)):
        return None
    kind = "RES"
    if body == "HRC":
        if (decision is None and number >= FIRST_DECISION["HRC"]) or decision:
            kind = "DEC"
        return Symbol(f"A/HRC/{kind}/{session}/{number}") if not part and not session.startswith("ES") else None
    if body not in (None, "GA") or (regular and int(session) < FIRST_SLASH_SESSION):
        return None
    if number >= FIRST_DECISION["GA"] or decision:
        kind = "DEC"
    return Symbol(f"A/{kind}/{session}/{number}{part}")


def year_symbol(
    year: str, number: int, part: str = "", body: Body = "ECOSOC", *, decision: bool | None = None
) -> Symbol:
    """Return the symbol of ``year/number`` of the Economic and Social Council or the Commission on Human Rights."""
    if decision is None:
        decision = number >= FIRST_DECISION[body]
    prefix = "E/CN.4" if body == "CHR" else "E"
    return Symbol(f"{prefix}/{'DEC' if decision else 'RES'}/{year}/{number}{part}")


def roman_symbol(number: str, session: str, part: str = "", body: Body | None = None) -> Symbol:
    """Return the symbol of ``number (ROMAN)``: the Assembly's up to session XXX unless ``body`` says else."""
    if body == "CHR":
        return Symbol(f"E/CN.4/RES/{number}({session})")
    council = body == "ECOSOC" or (from_roman(session.rpartition("-")[2]) or 0) > LAST_ASSEMBLY_ROMAN
    return Symbol(f"{'E' if council else 'A'}/RES/{number}({session}){part}")


def _council(number: int, year: str | None) -> Symbol | None:
    found = year or council_year(number)
    return Symbol(f"S/RES/{number}({found})") if found else None


def council_year(number: int) -> int | None:
    """Return the year in which the Security Council adopted its resolution with this number, as far as is tabled."""
    return next((year for year, last in _council_numbers() if 0 < number <= last), None)


@cache
def _council_numbers() -> tuple[tuple[int, int], ...]:
    """The number of the last resolution of each year, ascending."""
    text = resources.files("indexer").joinpath("data/sessions.toml").read_text(encoding="utf-8")
    return tuple((int(year), last) for year, last in tomllib.loads(text)["security_council"]["last_number"].items())


def _sales(text: str, printed: str) -> Symbol | None:
    m = _SALES.fullmatch(printed) or _SALES.fullmatch(text)
    return Symbol(f"SALES/{m['year']}.{m['category'].upper()}.{m['rest'].upper()}") if m else None


def _document(compact: str) -> Symbol | None:
    if not any(char.isdigit() for char in compact):
        return None
    symbol = compact if any(char.isupper() for char in compact) else compact.upper()
    symbol = _WORD.sub(lambda m: _WORDS[m[0].upper()], symbol)
    return Symbol(symbol) if _DOCUMENT.fullmatch(symbol) else None


_HEADED = re.compile(r"(?P<head>A|S|E|A/HRC|E/CN\.4)/(?:RES|DEC|PRST)/")
_PARTS = re.compile(r"(?P<stem>.*[\d)])(?P<parts>[A-Z](?:[-,][A-Z])*)")
_BODIES: dict[str, Body] = {"A": "GA", "S": "SC", "E": "ECOSOC", "A/HRC": "HRC", "E/CN.4": "CHR"}


def body_of(symbol: str) -> Body | None:
    """Return the body whose resolution, decision or document a canonical symbol names, if the corpus collects it."""
    for prefix in ("A/HRC", "E/CN.4", "A", "S", "E"):
        if symbol.startswith(prefix + "/"):
            return _BODIES[prefix]
    return None


def kind_of(symbol: str) -> CitationKind:
    """Return what sort of document a canonical symbol names."""
    if symbol.startswith("SALES/"):
        return CitationKind.SALES
    m = re.match(r"(?:[AEST]|A/HRC|E/CN\.4)/(RES|DEC|PRST)/", symbol)
    kinds = {
        "RES": CitationKind.RESOLUTION,
        "DEC": CitationKind.DECISION,
        "PRST": CitationKind.PRESIDENTIAL_STATEMENT,
    }
    return kinds[m[1]] if m else CitationKind.DOCUMENT


def session_of(symbol: str) -> str | None:
    """Return the session in Arabic digits (``58``, ``S-21``, ``3`` for ``(III)``), if the symbol has one."""
    old = re.search(r"\((E?S-)?([IVXLC]+)\)[A-Z]?$", symbol)
    if old:
        number = from_roman(old[2])
        return f"{old[1] or ''}{number}" if number else None
    new = re.match(r"A/(?:HRC/)?(?:(?:RES|DEC|PRST|C\.\d|BUR|INF)/)?((?:E?S-)?\d{1,3})/", symbol)
    return new[1] if new else None


def year_of(symbol: str) -> int | None:
    """Return the year that a symbol itself prints (``S/RES/1325(2000)``, ``E/RES/1996/31``), if any."""
    m = re.search(r"\(((?:19|20)\d\d)\)$", symbol) or re.match(
        r"(?:S|E|E/CN\.\d+|S/PRST|E/(?:RES|DEC)|E/CN\.4/(?:RES|DEC))/((?:19|20)\d\d)/", symbol
    )
    return int(m[1]) if m else None


def parent(symbol: str) -> Symbol | None:
    """Return the whole of which a symbol is a part: ``A/RES/57/270`` of ``A/RES/57/270B``; None for a whole."""
    m = _PARTS.fullmatch(symbol)
    return Symbol(m["stem"]) if m and _HEADED.match(symbol) else None


def expand_parts(symbol: str) -> tuple[Symbol, ...]:
    """Return one symbol for every part: both of ``A/RES/75/101A-B``, all of ``A-D``; the symbol itself if whole."""
    m = _PARTS.fullmatch(symbol)
    if not m or not _HEADED.match(symbol) or len(m["parts"]) == 1:
        return (Symbol(symbol),)
    letters: list[str] = []
    for piece in m["parts"].split(","):
        first, _, last = piece.partition("-")
        letters += [chr(code) for code in range(ord(first), ord(last or first) + 1)]
    return tuple(Symbol(m["stem"] + letter) for letter in letters)


_PRINTED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?:A|E|A/HRC|E/CN\.4)/(?:RES|DEC)/([^/()]+/\d+)([A-Z])?"), lambda m: _spaced(m[1], m[2])),
    (re.compile(r"S/RES/(\d+)(\(\d{4}\))"), lambda m: f"{m[1]} {m[2]}"),
    (re.compile(r"(?:A|E|E/CN\.4)/RES/(\d+)(\([^)]+\))([A-Z])?"), lambda m: f"{_spaced(m[1], m[3])} {m[2]}"),
)


def printed(symbol: str) -> str:
    """Return the usual short form in print: ``57/270 B``, ``217 A (III)``, ``1325 (2000)``, ``A/58/98``.

    ``parse_symbol(printed(s), body=body_of(s)) == s`` for every canonical symbol: what the short form would not tell
    (a decision with a number as low as a resolution's) is printed in full.
    """
    for pattern, short in _PRINTED:
        m = pattern.fullmatch(symbol)
        if m:
            try:
                same = parse_symbol(short(m), body=body_of(symbol)) == symbol
            except InvalidSymbolError:
                same = False
            return short(m) if same else symbol
    return symbol


def _spaced(number: str, part: str | None) -> str:
    return f"{number} {part}" if part else number


_NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_NUMBER = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_PAIRS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def from_roman(numeral: str) -> int | None:
    """Read a Roman number below 400; None for anything else."""
    if not numeral or not _ROMAN_NUMBER.fullmatch(numeral):
        return None
    values = [_NUMERALS[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(value if value >= after else -value for value, after in zip(values, following, strict=True))


def roman(number: int) -> str:
    """Return a number from 1 to 399 in Roman numerals."""
    numeral = ""
    for value, letters in _ROMAN_PAIRS:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral
