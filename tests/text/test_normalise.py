"""Folding keeps the way back to the text as given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalise import normalise, strip_accents

TRICKY = "иеаᄀ\u1161\u11a8 \n\u0306\u0308\u0301\u0327\u00ad\u200b\u2067ﬁﻻ（１²₂⼀ﷺ"
texts = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(TRICKY)))


@pytest.mark.parametrize(
    ("given_text", "clean"),
    [
        ("Росси\u0438\u0306скии\u0306", "Российский"),
        ("резо\u00adлюция", "резолюция"),
        ("Ассам\u00ad\nблеи", "Ассамблеи"),
        ("Ассам\u00ad \r\n  блеи", "Ассамблеи"),
        ("Со\u200bвет", "Совет"),
        ("（２００１）", "(2001)"),
        ("ﬁn", "fin"),
        ("ﻻجئ", "لاجئ"),
        ("CO₂", "CO2"),
        ("докладе⁴", "докладе⁴"),
        ("ﷺ", "ﷺ"),
    ],
)
def test_folds(given_text: str, clean: str) -> None:
    assert normalise(given_text).text == clean


def test_clean_text_needs_no_map() -> None:
    assert normalise("Устав").starts == ()


def test_span_leads_back() -> None:
    text = "резо\u00adлюция и\u0306од"
    clean = normalise(text)
    start, end = clean.span(clean.text.index("й"), clean.text.index("й") + 1)
    assert text[start:end] == "и\u0306"
    assert text[slice(*clean.span(0, len("резолюция")))] == "резо\u00adлюция"


@given(texts)
def test_laws(text: str) -> None:
    clean = normalise(text)
    assert unicodedata.is_normalized("NFC", clean.text)
    assert normalise(clean.text).text == clean.text
    if clean.starts:
        assert len(clean.starts) == len(clean.ends) == len(clean.text)
        assert list(clean.starts) == sorted(clean.starts)
        assert list(clean.ends) == sorted(clean.ends)
        assert all(start < end <= len(text) for start, end in zip(clean.starts, clean.ends, strict=True))


def test_strip_accents() -> None:
    assert strip_accents("général") == "general"
    assert strip_accents("años", keep="ñ") == "años"
    assert strip_accents("años") == "anos"
