"""Chinese words, and words inside words."""

from __future__ import annotations

import pytest

from indexer.lang import get_language
from indexer.lang.tables import table
from tests.lang.meeting import holds, surfaces

TEXT = "安全理事会第1373（2001）号决议"


@pytest.mark.parametrize("query", ["理事会", "决议", "安全理事会", "1373 (2001)", "１３７３（２００１）", "安全"])
def test_c26_word_inside_a_run(query: str) -> None:
    assert holds("zh", query, TEXT)


def test_c26_highlight_is_the_word() -> None:
    (council,) = [token for token in get_language("zh").tokens(TEXT) if token.form == "理事会"]
    assert TEXT[council.start : council.end] == "理事会"
    assert (council.start, council.end) == (2, 5)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("中国", "发展中国家"),
        ("中国", "小岛屿发展中国家和内陆发展中国家"),
        ("秘书", "秘书长的报告"),
        ("第七", "第七十九届会议"),
        ("四年", "二〇二四年"),
    ],
)
def test_characters_across_words_do_not_meet(query: str, text: str) -> None:
    assert not holds("zh", query, text)


def test_nested_words_share_positions() -> None:
    tokens = get_language("zh").tokens("发展中国家")
    assert [(token.form, token.position) for token in tokens] == [
        ("发展中国家", 0),
        ("发展", 0),
        ("中", 1),
        ("国家", 2),
    ]


@pytest.mark.parametrize("query", ["国家", "发展", "发展中国家"])
def test_parts_are_found(query: str) -> None:
    assert holds("zh", query, "最不发达国家和发展中国家的发展")


def test_mixed_scripts() -> None:
    assert surfaces("zh", "A/RES/58/208号决议、COVID-19疫情") == [
        *("A/RES/58/208", "号", "决议"),
        *("COVID-19", "COVID", "19", "疫情"),
    ]


@pytest.mark.parametrize("row", table("zh/words"), ids=lambda row: row["word"])
def test_own_words(row: dict[str, str]) -> None:
    assert row["word"] in surfaces("zh", row["example"])
