"""What elements of web pages mean, and the words that tell the furniture of sites (``data/web.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")


def names_chrome(name: str) -> bool:
    """Whether a class, an id or a role names furniture of a site: ``site-nav``, ``page_footer``."""
    return not _words("chrome").isdisjoint(_WORD.findall(name.lower()))


def heads_notes(text: str) -> bool:
    """Whether a paragraph is the heading of the footnotes: ``Notes``, ``Примечания:``."""
    return text.strip(" .:—–-_*").lower() in _words("note_heading")


@cache
def tags(kind: str) -> frozenset[str]:
    """Return the elements of a kind: ``unseen``, ``block``, ``container``."""
    return frozenset(_table()["tags"][kind])


@cache
def _table() -> dict[str, Any]:
    data = resources.files(__package__).joinpath("data/web.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for row in _table()[kind] for word in row["words"])
