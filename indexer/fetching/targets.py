"""What can be fetched: releases by name, documents by symbol and language. No I/O but for the table of addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from indexer.errors import FetchError, InvalidSymbolError
from indexer.model import LanguageCode
from indexer.symbols import parse_symbol

Kind = Literal["zip", "pdf"]

DOCUMENTS = "documents"  # the name of the document service among the addresses


@dataclass(frozen=True, slots=True)
class Target:
    """One file to fetch: from which address, under which name, and what it must be."""

    address: str
    file: str
    kind: Kind
    what: str  # for people


@dataclass(frozen=True, slots=True)
class Release:
    """A release of many resolutions in one archive."""

    name: str
    title: str
    address: str
    file: str


@cache
def releases() -> tuple[Release, ...]:
    """Return the releases that are known by name."""
    return tuple(Release(**row) for row in _table()["release"])


def find_targets(
    wanted: Sequence[str], languages: Sequence[LanguageCode], addresses: Mapping[str, str]
) -> tuple[Target, ...]:
    """Return what names of releases and symbols of documents stand for, each once.

    ``addresses`` replace those of the table. Raises `FetchError` for what is neither, and for what is no address.
    """
    known = {release.name: release for release in releases()}
    if unknown := addresses.keys() - known.keys() - {DOCUMENTS}:
        raise FetchError(f"{min(unknown)} has no address: there are {', '.join((*known, DOCUMENTS))}")
    for address in addresses.values():
        if urlsplit(address).scheme not in ("http", "https"):
            raise FetchError(f"{address} is no address: it must begin with https:// or http://")
    found: dict[Target, None] = {}
    for name in wanted:
        if release := known.get(name):
            found[Target(addresses.get(name, release.address), release.file, "zip", release.title)] = None
        else:
            found.update(dict.fromkeys(_documents(name, languages, addresses, tuple(known))))
    return tuple(found)


def _documents(
    text: str, languages: Sequence[LanguageCode], addresses: Mapping[str, str], known: Sequence[str]
) -> Iterator[Target]:
    try:
        symbol = parse_symbol(text)
    except InvalidSymbolError as error:
        names = ", ".join(known)
        raise FetchError(f"{text} is neither the symbol of a document nor one of the releases {names}") from error
    template: str = addresses.get(DOCUMENTS, _table()["documents"]["address"])
    name = re.sub(r"[^\w.-]+", "_", symbol).strip("_")
    for lang in languages:
        address = template.replace("{symbol}", quote(symbol, safe="")).replace("{lang}", lang)
        yield Target(address, f"{name}.{lang}.pdf", "pdf", f"{symbol} in {lang}")


@cache
def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("data/addresses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
