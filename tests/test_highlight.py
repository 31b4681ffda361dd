"""Marks and passages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.highlight import best_passage, find_highlights, merge
from app.query import parse_query
from app.query.pattern import Mark
from app.query.plan import NOTHING, plan_query
from app.ranking import SNIPPET_ABOVE, SNIPPET_LENGTH
from indexer.lang import get_language
from indexer.model import LanguageCode

MARKED = [  # language, query, text with marks in brackets
    ("ru", "мигрант", "права [мигрантов] и членов их семей"),
    ("ru", "устав", "статьи 51 [Устава] Организации"),
    ("ru", "отчет", "представил [отчёт] о работе"),
    ("ru", "человек", "права [человека] и достоинство [людей]"),
    ("ru", "государство", "призывает [государства]-члены и другие [государства]"),
    ("ru", "государство-член", "призывает [государства-члены] и другие государства"),
    ("ru", "мигрант -дети", "[мигранты] и их дети"),
    ("ru", "NOT мигрант", "мигранты"),
    ("ru", '"права мигрантов"', "[права мигрантов], права детей и мигрантов"),
    ("ru", "=права", "[права] и право"),
    ("ru", "миграц*", "[миграция] и [миграционный] поток"),
    ("ru", "type:operative мир", "[мир] и безопасность"),
    ("en", '"human rights"', "[human rights] and human dignity"),
    ("en", "right", "human [rights] and the [right] to food"),
    ("fr", "l'assemblée", "L’[Assemblée] générale"),
    ("fr", "assemblee generale", "L’[Assemblée] [générale]"),
    ("ar", "الامم", "ميثاق [الأمم] المتحدة"),
    ("zh", "理事会", "安全[理事会]的决议"),
]


@pytest.mark.parametrize(("lang", "query", "marked"), MARKED)
def test_marks(lang: LanguageCode, query: str, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    language = get_language(lang)
    tree = parse_query(query).tree
    assert tree is not None
    plan = plan_query(tree, {lang: language}, lambda _: NOTHING)
    spans = merge((mark.start, mark.end) for mark in find_highlights(text, language, plan.patterns.get(lang, ())))
    assert with_brackets(text, spans) == marked


def with_brackets(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)).map(lambda pair: (pair[0], sum(pair))))


@given(SPANS)
def test_merged_spans_ascend_without_overlap_and_cover_the_same(spans: list[tuple[int, int]]) -> None:
    merged = merge(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(merged))
    assert {at for span in merged for at in range(*span)} == {at for span in spans for at in range(*span)}


def test_a_short_text_has_no_passage() -> None:
    assert best_passage("x" * SNIPPET_ABOVE, [Mark(3, 4, 1)]) is None


def test_the_passage_holds_most_words_of_the_query() -> None:
    text = "начало " * 60 + "мир и труд рядом " + "середина " * 60 + "мир мир мир " + "конец " * 20
    near, far = text.index("мир"), text.rindex("мир мир мир")
    marks = [
        Mark(near, near + 3, 1),
        Mark(near + 6, near + 10, 2),
        *(Mark(far + step, far + step + 3, 1) for step in (0, 4, 8)),
    ]
    snippet = best_passage(text, marks)
    assert snippet is not None
    passage = text[snippet.start : snippet.end]
    assert "мир и труд" in passage
    assert text[snippet.start - 1] == " "
    assert text[snippet.end] == " "


@given(st.text("аб ", min_size=SNIPPET_ABOVE + 1, max_size=SNIPPET_ABOVE + 400), st.data())
def test_a_passage_lies_in_the_text_and_holds_its_first_mark(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(text) - 4), max_size=5))
    marks = [Mark(start, start + 3, number) for number, start in enumerate(sorted(starts))]
    snippet = best_passage(text, marks)
    assert snippet is not None
    assert 0 <= snippet.start < snippet.end <= len(text)
    assert snippet.end - snippet.start <= SNIPPET_LENGTH + 62
    assert not marks or any(snippet.start <= mark.start and mark.end <= snippet.end for mark in marks)
