"""The query language: what parses to what, and that everything parses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.query import parse_query, render
from app.query.grammar import MAX_DEPTH, MAX_WORDS
from app.query.lexer import MAX_LENGTH, MAX_WORD
from app.query.tree import And, Filter, Near, Not, Or, Phrase, Prefix, Word

READINGS = {
    # words and operators
    "мир": "мир",
    "права мигрантов": "права AND мигрантов",
    "права И мигрантов": "права AND мигрантов",
    "права и мигрантов": "права AND и AND мигрантов",
    "мир OR война": "мир OR война",
    "мир ИЛИ война": "мир OR война",
    "мир или война": "мир AND или AND война",
    "a b OR c d": "(a AND b) OR (c AND d)",
    "a (b OR c) d": "a AND (b OR c) AND d",
    "(a AND b) AND c": "a AND b AND c",
    "дети NOT войны": "дети AND NOT войны",
    "дети НЕ войны": "дети AND NOT войны",
    "дети -войны": "дети AND NOT войны",
    'дети -"в войне"': 'дети AND NOT "в войне"',
    "дети -(война OR мир)": "дети AND NOT (война OR мир)",
    "NOT NOT мир": "мир",
    "NOT (NOT мир)": "мир",
    "мир - война – труд": "мир AND война AND труд",
    # phrases
    '"права человека"': '"права человека"',
    "«права  человека»": '"права человека"',
    "“human rights”": '"human rights"',
    "«Повестка „2030“»": '"Повестка 2030"',
    # exact forms and prefixes
    "=мигрантов": "=мигрантов",
    '="права человека"': '="права человека"',
    "= мигрантов": "мигрантов",
    "миграц*": "миграц*",
    # words that hold signs
    "государства-члены": "государства-члены",
    "l'assemblée": "l'assemblée",
    "L’Assemblée": "L’Assemblée",
    "58/208": "58/208",
    "II.C": "II.C",
    "п. 5": "п AND 5",
    "И. Иванов": "и AND Иванов",
    # filters
    "type:operative": "type:operative",
    "cites:ins:cedaw": "cites:ins:cedaw",
    "cites:A/RES/217(III)A": "cites:A/RES/217(III)A",
    'subject:"migrant  workers"': 'subject:"migrant workers"',
    "year:1999..2003": "year:1999..2003",
    "year:..2003": "year:..2003",
    "symbol:A/RES/58/*": "symbol:A/RES/58/*",
    "names:ins:crc школы": "names:ins:crc AND школы",
    "names:*": "names",
    'names:"217 А (III)"': 'names:"217 А (III)"',
    "мир -lang:en": "мир AND NOT lang:en",
    # what is no filter is text
    "secret_field:x": "secret_field AND x",
    "_all:мир": "all AND мир",
    "type:secret": "type AND secret",
    "type: operative": "type AND operative",
    "url: мир": "url AND мир",
    "text:*": "text",
    "type:*": "type",
    "cites:*": "cites",
    # nearness
    "мир NEAR/5 развитие": "мир NEAR/5 развитие",
    "мир NEAR/0 развитие": "мир NEAR/1 развитие",
    # nothing counts twice
    "мир мир мир": "мир",
    "a b OR b OR a b": "(a AND b) OR b",
}


@pytest.mark.parametrize(("text", "reading"), READINGS.items())
def test_reading(text: str, reading: str) -> None:
    tree = parse_query(text).tree
    assert tree is not None
    assert render(tree) == reading


def test_nodes() -> None:
    text = 'a =b "c d" efg* (f OR -g) h NEAR/3 i type:title'
    assert parse_query(text).tree == And(
        (
            Word("a"),
            Word("b", exact=True),
            Phrase("c d"),
            Prefix("efg"),
            Or((Word("f"), Not(Word("g")))),
            Near(Word("h"), Word("i"), 3),
            Filter("type", "title"),
        )
    )


ODD = {  # query: what is left of it, and the notices with their places
    '"': ("", [("unclosed_quote", 0), ("no_words", None)]),
    '"мир и': ("мир AND и", [("unclosed_quote", 0)]),
    'мир"': ("мир", [("unclosed_quote", 3)]),
    '""': ("", [("empty_phrase", 0), ("no_words", None)]),
    "AND": ("", [("dangling_operator", 0), ("no_words", None)]),
    "NOT": ("", [("dangling_operator", 0), ("no_words", None)]),
    "мир AND": ("мир", [("dangling_operator", 4)]),
    "AND мир": ("мир", [("dangling_operator", 0)]),
    "мир AND AND труд": ("мир AND труд", [("dangling_operator", 8)]),
    "мир OR": ("мир", [("dangling_operator", 4)]),
    "мир AND OR труд": ("мир OR труд", [("dangling_operator", 4)]),
    "(": ("", [("unbalanced_bracket", 0), ("no_words", None)]),
    ")": ("", [("unbalanced_bracket", 0), ("no_words", None)]),
    "((": ("", [("unbalanced_bracket", 0), ("no_words", None)]),
    "a) мир": ("a AND мир", [("unbalanced_bracket", 1)]),
    "мир:": ("мир", []),
    ":мир": ("мир", []),
    "[a TO": ("a AND TO", []),
    "{a TO b]": ("a AND TO AND b", []),
    "^": ("", [("no_words", None)]),
    "мир^x": ("мир", [("weight_ignored", 3)]),
    "мир^2.5 труд": ("мир AND труд", [("weight_ignored", 3)]),
    "~": ("", [("no_words", None)]),
    "\\": ("", [("no_words", None)]),
    "слово~": ("слово~", []),
    "слово~2": ("слово~", []),
    "мир~": ("мир", [("fuzzy_too_short", 0)]),
    "58/208~": ("58/208", [("fuzzy_too_short", 0)]),
    "*": ("", [("wildcard_ignored", 0), ("no_words", None)]),
    "с*": ("", [("prefix_too_short", 0), ("no_words", None)]),
    "*слово*": ("слово*", [("wildcard_ignored", 0)]),
    "сло*во": ("сло*", [("wildcard_ignored", 3)]),
    "пр*": ("", [("prefix_too_short", 0), ("no_words", None)]),
    "国*": ("国*", []),
    "<": ("", [("no_words", None)]),
    "\x00": ("", [("no_words", None)]),
    "мир\ud800": ("мир", []),
    "": ("", []),
    "   ": ("", []),
    "type:foo": ("type AND foo", [("unknown_filter_value", 0)]),
    "year:soon": ("year AND soon", [("unknown_filter_value", 0)]),
    "мир NEAR/5": ("мир", [("near_needs_words", 4)]),
    'мир NEAR/5 "права человека"': ('мир AND "права человека"', [("near_needs_words", 4)]),
    "NEAR/5 мир": ("мир", [("dangling_operator", 0)]),
}


@pytest.mark.parametrize(("text", "answer"), ODD.items())
def test_odd_input(text: str, answer: tuple[str, list[tuple[str, int | None]]]) -> None:
    parsed = parse_query(text)
    assert ("" if parsed.tree is None else render(parsed.tree)) == answer[0]
    assert [(notice.code, notice.position) for notice in parsed.notices] == answer[1]


def test_bounds() -> None:
    long = parse_query(" ".join(f"мир{number}" for number in range(MAX_LENGTH))[: MAX_LENGTH + 1])
    assert {notice.code for notice in long.notices} == {"query_too_long", "too_many_words"}
    assert isinstance(long.tree, And)
    assert len(long.tree.children) == MAX_WORDS
    assert parse_query("мир " * 1000).tree is None
    assert parse_query("я" * (MAX_WORD + 1) + " мир").tree == Word("мир")
    deep = parse_query("(" * 200 + "мир" + ")" * 200)
    assert deep.tree == Word("мир")
    assert {notice.code for notice in deep.notices} == {"too_deep", "unbalanced_bracket"}
    assert parse_query("(" * MAX_DEPTH + "мир" + ")" * MAX_DEPTH).notices == ()


@pytest.mark.parametrize("piece", ['"', "«", "(", ")", "-", "=", "*", "a:", "type:", "NOT ", "a OR ", "a NEAR/5 "])
def test_hostile_input_is_cut_short_and_says_so(piece: str) -> None:
    parsed = parse_query(piece * (MAX_LENGTH + 1))
    assert {notice.code for notice in parsed.notices} & {"query_too_long", "query_refused"}


SIGNS = tuple('()"«»=-*: ’й，\u00ad')
TERMS = (
    "мир",
    "права",
    "И",
    "ИЛИ",
    "НЕ",
    "AND",
    "OR",
    "NOT",
    "NEAR/3",
    "type:",
    "year:",
    "1999..2003",
    "A/RES/58/208",
)
PIECES = st.sampled_from((*SIGNS, *TERMS, "operative", "№ 5"))
SOUP = st.lists(PIECES, max_size=30).map("".join)


@given(st.text() | SOUP)
def test_every_string_parses_and_notices_point_into_it(text: str) -> None:
    for notice in parse_query(text).notices:
        assert notice.position is None or 0 <= notice.position <= len(text)


@given(st.text() | SOUP)
def test_a_rendered_tree_parses_to_itself_without_notices(text: str) -> None:
    tree = parse_query(text).tree
    if tree is not None:
        again = parse_query(render(tree))
        assert again.tree == tree
        assert again.notices == ()
