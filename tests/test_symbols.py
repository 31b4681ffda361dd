"""Document symbols: any spelling in, one canonical form out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import InvalidSymbolError
from indexer.model import Body, CitationKind
from indexer.symbols import (
    body_of,
    council_year,
    expand_parts,
    fold,
    from_roman,
    kind_of,
    parent,
    parse_symbol,
    printed,
    roman,
    session_of,
    year_of,
)

# As printed, the body that speaks, canonical.
PAIRS: list[tuple[str, Body | None, str]] = [
    ("A/RES/58/208", None, "A/RES/58/208"),
    ("A/RES/57/270B", None, "A/RES/57/270B"),
    ("57/270 B", "GA", "A/RES/57/270B"),
    ("57/270 \u0412", "GA", "A/RES/57/270B"),  # Cyrillic В
    ("S-21/2", "GA", "A/RES/S-21/2"),
    ("S\u201121/2", "GA", "A/RES/S-21/2"),
    ("ES-10/2", "GA", "A/RES/ES-10/2"),
    ("217 \u0410 (III)", "GA", "A/RES/217(III)A"),  # Cyrillic А
    ("2106 \u0410 (\u0425\u0425)", "GA", "A/RES/2106(XX)A"),  # Cyrillic А, ХХ
    ("2106 (XX)", "GA", "A/RES/2106(XX)"),
    ("3201 (S-VI)", "GA", "A/RES/3201(S-VI)"),
    ("2252 (ES-V)", "GA", "A/RES/2252(ES-V)"),
    ("377A(V)", "GA", "A/RES/377(V)A"),
    ("41/6J", "GA", "A/RES/41/6J"),
    ("1325 (2000)", "SC", "S/RES/1325(2000)"),
    ("1514 (XV)", "GA", "A/RES/1514(XV)"),
    ("1503 (XLVIII)", "ECOSOC", "E/RES/1503(XLVIII)"),
    ("1995/313", "ECOSOC", "E/DEC/1995/313"),
    ("1996/31", "ECOSOC", "E/RES/1996/31"),
    ("2005/80", "CHR", "E/CN.4/RES/2005/80"),
    ("16/21", "HRC", "A/HRC/RES/16/21"),
    ("6/102", "HRC", "A/HRC/DEC/6/102"),
    ("S-9/1", "HRC", "A/HRC/RES/S-9/1"),
    ("58/401", "GA", "A/DEC/58/401"),
    ("\u0410/58/98", None, "A/58/98"),
    ("\u0410/\u0421.2/54/2", None, "A/C.2/54/2"),
    ("A/CONF.171/13", None, "A/CONF.171/13"),
    ("A/58/483/Add.3", None, "A/58/483/Add.3"),
    ("A/S-23/10/Rev.1", None, "A/S-23/10/Rev.1"),
    ("E/CN.4/1998/53/Add.2", None, "E/CN.4/1998/53/Add.2"),
    ("A/CONF.157/24 (Part I)", None, "A/CONF.157/24(PartI)"),
    ("S/PRST/2004/40", None, "S/PRST/2004/40"),
    ("№ R.95.XIII.18", None, "SALES/95.XIII.18"),
    ("Sales No. E.02.II.A.7", None, "SALES/02.II.A.7"),
    ("ST/SGB/2003/13", None, "ST/SGB/2003/13"),
]

MORE: list[tuple[str, str]] = [
    ("58/208", "A/RES/58/208"),
    ("a/res/58/208", "A/RES/58/208"),
    ("\uff21/\uff32\uff25\uff33/\uff15\uff18/\uff12\uff10\uff18", "A/RES/58/208"),  # full width
    ("A/RES/58\u00a0/\u00a0208", "A/RES/58/208"),
    ("A\u2215RES\u221558\u2215208", "A/RES/58/208"),
    ("A/RES/58\u200b/208", "A/RES/58/208"),
    ("\u0391/58/98", "A/58/98"),  # Greek Α
    ("S/RES/2504 (2020)", "S/RES/2504(2020)"),
    ("S/RES/1373", "S/RES/1373(2001)"),
    ("A/RES/217A(III)", "A/RES/217(III)A"),
    ("A/RES/75/101A-B", "A/RES/75/101A-B"),
    ("A/RES/ES-11/1", "A/RES/ES-11/1"),
    ("A/RES/S-32/1", "A/RES/S-32/1"),
    ("S/PRST/2020/11", "S/PRST/2020/11"),
    ("S/2020/1", "S/2020/1"),
    ("a/58/483/add.3", "A/58/483/Add.3"),
    ("UNEP/EA.5/Res.14", "UNEP/EA.5/Res.14"),
    ("1503 (XLVIII)", "E/RES/1503(XLVIII)"),
    ("A/58/98.", "A/58/98"),
]


@pytest.mark.parametrize(("text", "body", "canonical"), PAIRS)
def test_printed_forms(text: str, body: Body | None, canonical: str) -> None:
    assert parse_symbol(text, body=body) == canonical


@pytest.mark.parametrize(("text", "canonical"), MORE)
def test_other_spellings(text: str, canonical: str) -> None:
    assert parse_symbol(text) == canonical


@pytest.mark.parametrize(
    "text",
    ["и/или", "and/or", "ВИЧ/СПИД", "HIV/AIDS", "24/7", "2002/2003", "1998-1999", "50/50", "OL/км", "", "резолюция"],
)
def test_what_is_no_symbol(text: str) -> None:
    with pytest.raises(InvalidSymbolError):
        parse_symbol(text)


@pytest.mark.parametrize(("text", "body", "canonical"), PAIRS)
def test_canonical_and_short_form_lead_back(text: str, body: Body | None, canonical: str) -> None:
    symbol = parse_symbol(text, body=body)
    assert parse_symbol(symbol) == symbol
    assert parse_symbol(printed(symbol), body=body_of(symbol)) == symbol


@pytest.mark.parametrize(
    ("symbol", "short"),
    [
        ("A/RES/57/270B", "57/270 B"),
        ("A/RES/217(III)A", "217 A (III)"),
        ("S/RES/1325(2000)", "1325 (2000)"),
        ("A/HRC/RES/16/21", "16/21"),
        ("E/DEC/1995/13", "E/DEC/1995/13"),  # 1995/13 would be a resolution
        ("A/58/98", "A/58/98"),
    ],
)
def test_printed(symbol: str, short: str) -> None:
    assert printed(symbol) == short


def test_parts() -> None:
    assert parent("A/RES/57/270B") == "A/RES/57/270"
    assert parent("A/RES/217(III)A") == "A/RES/217(III)"
    assert parent("A/RES/57/270") is None
    assert parent("A/58/98") is None
    assert expand_parts("A/RES/75/101A-B") == ("A/RES/75/101A", "A/RES/75/101B")
    assert expand_parts("A/RES/51/211A-C") == ("A/RES/51/211A", "A/RES/51/211B", "A/RES/51/211C")
    assert expand_parts("A/RES/58/208") == ("A/RES/58/208",)


@pytest.mark.parametrize(
    ("symbol", "body", "session", "year", "kind"),
    [
        ("A/RES/58/208", "GA", "58", None, CitationKind.RESOLUTION),
        ("A/RES/217(III)A", "GA", "3", None, CitationKind.RESOLUTION),
        ("A/RES/3201(S-VI)", "GA", "S-6", None, CitationKind.RESOLUTION),
        ("A/RES/ES-10/2", "GA", "ES-10", None, CitationKind.RESOLUTION),
        ("A/DEC/58/401", "GA", "58", None, CitationKind.DECISION),
        ("S/RES/1325(2000)", "SC", None, 2000, CitationKind.RESOLUTION),
        ("S/PRST/2004/40", "SC", None, 2004, CitationKind.PRESIDENTIAL_STATEMENT),
        ("E/RES/1996/31", "ECOSOC", None, 1996, CitationKind.RESOLUTION),
        ("A/HRC/RES/16/21", "HRC", "16", None, CitationKind.RESOLUTION),
        ("E/CN.4/RES/2005/80", "CHR", None, 2005, CitationKind.RESOLUTION),
        ("A/C.2/54/2", "GA", "54", None, CitationKind.DOCUMENT),
        ("S/2020/1", "SC", None, 2020, CitationKind.DOCUMENT),
        ("SALES/95.XIII.18", None, None, None, CitationKind.SALES),
        ("FCCC/CP/2015/10", None, None, None, CitationKind.DOCUMENT),
    ],
)
def test_what_a_symbol_tells(
    symbol: str, body: Body | None, session: str | None, year: int | None, kind: CitationKind
) -> None:
    assert (body_of(symbol), session_of(symbol), year_of(symbol), kind_of(symbol)) == (body, session, year, kind)


def test_council_year() -> None:
    assert council_year(1325) == 2000
    assert council_year(15) == 1946
    assert council_year(99_999) is None


def test_fold_keeps_length() -> None:
    text = "резолюция 217 А (ІІІ)\u00a0ａ"
    assert len(fold(text)) == len(text)
    assert "217 A (III) a" in fold(text)


@given(st.integers(1, 399))
def test_roman_numbers_lead_back(number: int) -> None:
    assert from_roman(roman(number)) == number


_SESSIONS = st.one_of(st.integers(31, 99).map(str), st.integers(8, 32).map("S-{}".format))
_PART = st.sampled_from(["", "A", "B", "J"])
_SYMBOLS = st.one_of(
    st.builds("A/RES/{}/{}{}".format, _SESSIONS, st.integers(1, 400), _PART),
    st.builds("A/DEC/{}/{}".format, st.integers(31, 99), st.integers(401, 600)),
    st.builds(lambda n, s, p: f"A/RES/{n}({roman(s)}){p}", st.integers(1, 3541), st.integers(1, 30), _PART),
    st.builds("S/RES/{}({})".format, st.integers(1, 3000), st.integers(1946, 2030)),
    st.builds("E/RES/{}/{}".format, st.integers(1978, 2030), st.integers(1, 200)),
    st.builds("A/HRC/RES/{}/{}".format, st.integers(1, 60), st.integers(1, 100)),
    st.builds("A/{}/{}/Add.{}".format, st.integers(31, 99), st.integers(1, 999), st.integers(1, 20)),
    st.builds("S/PRST/{}/{}".format, st.integers(1994, 2030), st.integers(1, 99)),
)


@given(_SYMBOLS)
def test_canonical_symbols_are_fixed_points(symbol: str) -> None:
    parsed = parse_symbol(symbol)
    assert parsed == symbol
    assert parse_symbol(printed(parsed), body=body_of(parsed)) == parsed
    whole = parent(parsed)
    assert whole is None or parsed.startswith(whole)


@given(st.text(max_size=40))
def test_any_text_is_a_symbol_or_refused(text: str) -> None:
    try:
        symbol = parse_symbol(text)
    except InvalidSymbolError:
        return
    assert parse_symbol(symbol) == symbol
