"""The interface's six languages: messages, plural forms, numbers, dates, and which of them a reader wants.

Messages are data (``locale/<lang>/``, a file for each page or kind of text), the same keys in all; the plural
rules are those of Unicode's CLDR.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal, cast, get_args

_FOLDER = resources.files("app.web") / "locale"

UiLanguage = Literal["ru", "en", "fr", "es", "ar", "zh"]
UI_LANGUAGES: tuple[UiLanguage, ...] = get_args(UiLanguage)
DEFAULT_UI: UiLanguage = "ru"
Direction = Literal["ltr", "rtl"]

Category = Literal["zero", "one", "two", "few", "many", "other"]


@dataclass(frozen=True, slots=True)
class Messages:
    """What the interface says in one language. An unknown key is a fault of the program: KeyError."""

    lang: UiLanguage
    tables: Mapping[str, Mapping[str, str]] = field(repr=False)
    lists: Mapping[str, tuple[str, ...]] = field(repr=False)
    plurals: Mapping[str, Mapping[str, str]] = field(repr=False)

    @property
    def dir(self) -> Direction:
        """The direction in which the language is written."""
        return cast(Direction, self.tables["format"]["dir"])

    def text(self, key: str, **values: object) -> str:
        """Return the message under ``table.key`` with its ``{names}`` filled in."""
        table, _, name = key.partition(".")
        message = self.tables[table][name]
        return message.format(**values) if values else message

    def find(self, key: str) -> str | None:
        """Return the message under ``table.key``, None where the locale has none."""
        table, _, name = key.partition(".")
        return self.tables.get(table, {}).get(name)

    def list(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under ``table.key``."""
        return self.lists[key]

    def count(self, noun: str, n: int) -> str:
        """Return ``n`` with its noun in the plural form that the language wants: «5 пунктов»."""
        return self.plurals[noun][plural_category(self.lang, n)].format(n=self.number(n))

    def number(self, n: int) -> str:
        """Return a whole number with its thousands set apart."""
        return f"{n:,}".replace(",", self.tables["format"]["thousands"])

    def date(self, iso: str) -> str:
        """Return an ISO date (``2003-12-23``) in words; what is no full date comes back as it is."""
        parts = iso.split("-")
        months = self.lists["format.months"]
        if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= len(months):
            return iso
        year, month, day = parts
        return self.text("format.date", day=int(day), month=months[int(month) - 1], year=year)


def messages(lang: str) -> Messages:
    """Return the messages of an interface language; those of the default one for any other language."""
    return _load(ui_language(lang) or DEFAULT_UI)


def ui_language(code: str | None) -> UiLanguage | None:
    """Return the code as an interface language, None if the interface does not speak it."""
    return code if code in UI_LANGUAGES else None


def negotiate(accept_language: str) -> UiLanguage:
    """Return the interface language that an ``Accept-Language`` header (RFC 9110, 12.5.4) likes best.

    A region (``en-GB``) counts as its language; a header that names none of them, or is no header at all,
    gives the default.
    """
    best: UiLanguage = DEFAULT_UI
    best_weight = 0.0
    for item in accept_language.split(","):
        tag, _, parameter = item.partition(";")
        lang = ui_language(tag.strip().lower().partition("-")[0])
        weight = _quality(parameter)
        if lang is not None and weight > best_weight:
            best, best_weight = lang, weight
    return best


def plural_category(lang: UiLanguage, n: int) -> Category:
    """Return the CLDR category of a whole number: ``one`` for 21 in Russian, ``other`` in English."""
    return _PLURALS[lang](n)


def _russian_plural(n: int) -> Category:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "few"
    return "many"


def _one_or_other(n: int) -> Category:
    return "one" if n == 1 else "other"


def _french_plural(n: int) -> Category:
    return "one" if n < 2 else "other"


def _arabic_plural(n: int) -> Category:
    exact: dict[int, Category] = {0: "zero", 1: "one", 2: "two"}
    if n in exact:
        return exact[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


def _no_plural(n: int) -> Category:
    return "other"


# Of CLDR's "many" for whole millions in French and Spanish («un million de …») no number here is in need.
_PLURALS: dict[UiLanguage, Callable[[int], Category]] = {
    "ru": _russian_plural,
    "en": _one_or_other,
    "fr": _french_plural,
    "es": _one_or_other,
    "ar": _arabic_plural,
    "zh": _no_plural,
}


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _read(lang: UiLanguage) -> dict[str, dict[str, Any]]:
    """Return the tables of all files of a language. The same entry in two files is a fault: ValueError."""
    tables: dict[str, dict[str, Any]] = {}
    for source in sorted(_FOLDER.joinpath(lang).iterdir(), key=lambda entry: entry.name):
        for name, entries in tomllib.loads(source.read_text(encoding="utf-8")).items():
            table = tables.setdefault(name, {})
            if twice := table.keys() & entries.keys():
                raise ValueError(f"{lang}/{source.name}: {name}.{min(twice)} is already in another file")
            table.update(entries)
    return tables


@cache
def _load(lang: UiLanguage) -> Messages:
    raw = _read(lang)
    plurals = raw.pop("count")
    tables: dict[str, dict[str, str]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for table, entries in raw.items():
        tables[table] = {key: value for key, value in entries.items() if isinstance(value, str)}
        for key, value in entries.items():
            if isinstance(value, list):
                lists[f"{table}.{key}"] = tuple(value)
    return Messages(lang, tables, lists, plurals)
