"""Interface messages, plural forms, numbers, dates and the choice of language."""

from __future__ import annotations

import re
import string

import pytest

from app.model import FACETS, FILTERS
from app.web import i18n
from app.web.i18n import UI_LANGUAGES, UiLanguage, messages, negotiate, plural_category
from indexer.model import LANGUAGES, ClauseType
from tests.conftest import ROOT

WEB = ROOT / "app" / "web"


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_locales_say_the_same_things() -> None:
    russian, english = messages("ru"), messages("en")
    assert {table: set(entries) for table, entries in russian.tables.items()} == {
        table: set(entries) for table, entries in english.tables.items()
    }
    assert set(russian.lists) == set(english.lists)
    assert set(russian.plurals) == set(english.plurals)


def test_locales_fill_in_the_same_values() -> None:
    russian, english = messages("ru").tables, messages("en").tables
    for table, entries in russian.items():
        for key, message in entries.items():
            assert placeholders(message) == placeholders(english[table][key]), f"{table}.{key}"


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_messages_are_said_and_name_everything(lang: UiLanguage) -> None:
    words = messages(lang)
    assert all(message for entries in words.tables.values() for message in entries.values())
    assert set(words.tables["type"]) == set(words.tables["one_type"]) == {kind.value for kind in ClauseType}
    assert set(words.tables["lang"]) == set(LANGUAGES)
    assert set(words.tables["facet"]) == {*FACETS, *FILTERS}
    assert len(words.list("format.months")) == 12


def test_templates_and_code_ask_for_messages_that_exist_and_all_are_asked_for() -> None:
    sources = [*WEB.glob("templates/*.html"), *WEB.glob("*.py"), ROOT / "app" / "labels.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    words = messages("en")
    known = {f"{table}.{key}" for table, entries in words.tables.items() for key in entries}
    asked = set(re.findall(r'text\("([a-z_]+\.[a-zA-Z_]+)"', text))
    assert asked <= known
    composed = {"sort", "facet", "type", "one_type", "body", "lang", "notice", "session", "format"}  # f"{table}.{…}"
    named = set(re.findall(r'"([a-z_]+)"', text))  # f"error.{key}_text"
    left = {key for key in known - asked if key.split(".")[0] not in composed}
    assert {key for key in left if key.split(".")[1].removesuffix("_text") not in named} == set()


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_every_notice_of_the_query_language_is_translated(lang: UiLanguage) -> None:
    sources = [*(ROOT / "app" / "query").glob("*.py"), *(ROOT / "app").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'[Nn]otice\(\s*"([a-z_]+)"', text))
    assert codes
    assert codes <= set(messages(lang).tables["notice"])


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 пунктов"),
        (1, "1 пункт"),
        (2, "2 пункта"),
        (5, "5 пунктов"),
        (11, "11 пунктов"),
        (12, "12 пунктов"),
        (21, "21 пункт"),
        (22, "22 пункта"),
        (25, "25 пунктов"),
        (111, "111 пунктов"),
        (112, "112 пунктов"),
        (121, "121 пункт"),
        (1004, "1\u00a0004 пункта"),
        (1_234_567, "1\u00a0234\u00a0567 пунктов"),
    ],
)
def test_russian_plurals(n: int, said: str) -> None:
    assert messages("ru").count("clauses", n) == said


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 clauses"), (1, "1 clause"), (2, "2 clauses"), (21, "21 clauses"), (1004, "1,004 clauses")]
)
def test_english_plurals(n: int, said: str) -> None:
    assert messages("en").count("clauses", n) == said


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_every_plural_form_that_the_rules_ask_for_is_written(lang: UiLanguage) -> None:
    wanted = {plural_category(lang, n) for n in range(200)}
    for noun, forms in messages(lang).plurals.items():
        assert set(forms) == wanted, noun


@pytest.mark.parametrize(
    ("lang", "iso", "said"),
    [
        ("ru", "2003-12-23", "23 декабря 2003 года"),
        ("ru", "1948-05-01", "1 мая 1948 года"),
        ("en", "2003-12-23", "23 December 2003"),
        ("en", "2003", "2003"),
        ("en", "2003-13-01", "2003-13-01"),
        ("ru", "when", "when"),
    ],
)
def test_dates(lang: UiLanguage, iso: str, said: str) -> None:
    assert messages(lang).date(iso) == said


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "ru"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, en;q=0.4, ru;q=0.8", "ru"),
        ("de, en;q=0.1", "en"),
        ("RU-ru;q=0.3, EN;q=0.2", "ru"),
        ("en;q=0, ru;q=0.1", "ru"),
        ("zh, ar", "ru"),
        ("en;q=high", "ru"),
        ("en;q=nan", "ru"),
        (";;,,=", "ru"),
    ],
)
def test_negotiation(header: str, lang: UiLanguage) -> None:
    assert negotiate(header) == lang


def test_unknown_interface_language_speaks_the_default() -> None:
    assert messages("fr").lang == i18n.DEFAULT_UI


def test_unknown_message_is_a_fault() -> None:
    with pytest.raises(KeyError):
        messages("en").text("search.no_such_message")
