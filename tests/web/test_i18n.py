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


OTHERS = [lang for lang in UI_LANGUAGES if lang != "en"]


def test_the_interface_speaks_the_languages_of_the_texts() -> None:
    assert set(UI_LANGUAGES) == set(LANGUAGES)


@pytest.mark.parametrize("lang", OTHERS)
def test_locales_say_the_same_things(lang: UiLanguage) -> None:
    words, english = messages(lang), messages("en")
    assert {table: set(entries) for table, entries in words.tables.items()} == {
        table: set(entries) for table, entries in english.tables.items()
    }
    assert set(words.lists) == set(english.lists)
    assert set(words.plurals) == set(english.plurals)


@pytest.mark.parametrize("lang", OTHERS)
def test_locales_fill_in_the_same_values(lang: UiLanguage) -> None:
    english = messages("en").tables
    for table, entries in messages(lang).tables.items():
        for key, message in entries.items():
            assert placeholders(message) == placeholders(english[table][key]), f"{table}.{key}"


@pytest.mark.parametrize("lang", OTHERS)
def test_no_message_was_left_in_english(lang: UiLanguage) -> None:
    same = {
        "site.name", "site.api", "resolution.json", "resolution.session", "resolution.date", "facet.session",
        "facet.action", "session.regular", "session.other", "search.page_number", "type.annex", "format.thousands",
        "format.date", "format.dir", "format.comma", "keys.tab", "keys.enter", "keys.escape", "keys.slash",
        "keys.arrows",
    }  # fmt: skip
    english = messages("en").tables
    for table, entries in messages(lang).tables.items():
        for key, message in entries.items():
            assert message != english[table][key] or f"{table}.{key}" in same, f"{table}.{key}"


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
    asked = set(re.findall(r'text\(\s*"([a-z_]+\.[a-zA-Z_]+)"', text))
    assert asked <= known
    composed = {
        "sort",
        "facet",
        "type",
        "one_type",
        "body",
        "lang",
        "notice",
        "session",
        "format",
        "adopted",
        "means",
        "keys",
    }  # f"{table}.{…}"
    named = set(re.findall(r'"([a-z_]+)"', text))  # f"error.{key}_text"
    begun = tuple(re.findall(r'text\(\s*f"([a-z_]+\.[a-z_]+)\{', text))  # f"texts.mode_{…}"
    left = {key for key in known - asked if key.split(".")[0] not in composed and not key.startswith(begun)}
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


@pytest.mark.parametrize(
    ("lang", "n", "category"),
    [
        ("fr", 0, "one"), ("fr", 1, "one"), ("fr", 2, "other"),
        ("es", 0, "other"), ("es", 1, "one"),
        ("zh", 1, "other"),
        ("ar", 0, "zero"), ("ar", 1, "one"), ("ar", 2, "two"), ("ar", 3, "few"), ("ar", 10, "few"),
        ("ar", 11, "many"), ("ar", 99, "many"), ("ar", 100, "other"),
        ("ar", 102, "other"), ("ar", 103, "few"), ("ar", 111, "many"),
    ],
)  # fmt: skip
def test_plurals_of_other_languages(lang: UiLanguage, n: int, category: str) -> None:
    assert plural_category(lang, n) == category


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
        ("de, en;q=0.4, ru;q=0.8", "ru"),
        ("fr-CA, en;q=0.4, ru;q=0.8", "fr"),
        ("de, en;q=0.1", "en"),
        ("RU-ru;q=0.3, EN;q=0.2", "ru"),
        ("en;q=0, ru;q=0.1", "ru"),
        ("zh, ar", "zh"),
        ("de, pt", "ru"),
        ("en;q=high", "ru"),
        ("en;q=nan", "ru"),
        (";;,,=", "ru"),
    ],
)
def test_negotiation(header: str, lang: UiLanguage) -> None:
    assert negotiate(header) == lang


def test_unknown_interface_language_speaks_the_default() -> None:
    assert messages("de").lang == i18n.DEFAULT_UI


def test_unknown_message_is_a_fault() -> None:
    with pytest.raises(KeyError):
        messages("en").text("search.no_such_message")
