"""Words typed with the wrong keyboard layout on: «htpjk.wbz» for «резолюция», «кшпреы» for “rights”."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from app.query.scripts import languages_for, languages_written_so, script_of
from indexer.model import LanguageCode


def retyped(word: str) -> Iterator[tuple[str, tuple[LanguageCode, ...]]]:
    """Yield what the keys of a word give in other layouts, with the languages that the result may be of."""
    typed = word.lower()
    script = script_of(typed)
    for lang, to_layout, to_latin in _layouts():
        if script is None:
            text = typed.translate(to_layout)
            if text != typed and not any(sign.isascii() and sign.isalpha() for sign in text):
                yield text, (lang,)
        elif script.lang == lang:
            text = typed.translate(to_latin)
            if text.isascii():
                yield text, languages_written_so(text)


@cache
def _layouts() -> tuple[tuple[LanguageCode, dict[int, str], dict[int, str]], ...]:
    table: dict[str, Any] = tomllib.loads(
        (files("app.query") / "data" / "keyboards.toml").read_text(encoding="utf-8")
    )
    latin = table["latin"]
    return tuple(
        (
            next(lang for lang in languages_for(row["keys"]) if lang == row["lang"]),
            dict(zip(map(ord, latin), row["keys"], strict=True)),
            dict(zip(map(ord, row["keys"]), latin, strict=True)),
        )
        for row in table["layout"]
    )
