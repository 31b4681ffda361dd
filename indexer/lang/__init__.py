"""Words, base forms and folding of the six languages.

`get_language` gives one object for a language; index and query use the same one, with the same lexicon.

| module | what |
|---|---|
| `base` | the interface: `Token`, `Language`, `Lexicon` |
| `words` | units, symbols, numbers and compounds: what languages written with spaces share |
| `russian`, `morphology`, `evidence` | Russian: the words, the dictionary, what a corpus proves |
| `stemmed` | English, French, Spanish |
| `arabic`, `chinese` | one each |
| `homoglyphs`, `tables` | letters of the wrong script; reading ``data/`` |

To add a language, add its code to `indexer.model.LANGUAGES`. For a Snowball language add a `StemRules` and the tables
``data/<code>/stems.toml`` and ``abbreviations.toml``. For another one write a module whose class has the methods of
`Language` (descend from `SpacedLanguage` and say in ``word`` what a single word is) and name it in `_BUILDERS`. Every
row of a table carries an example; ``tests/lang`` runs the examples, and the laws of tokens for every code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from indexer.errors import UnknownLanguageError
from indexer.lang.arabic import Arabic
from indexer.lang.base import Base, Form, Language, Lexicon, Token
from indexer.lang.chinese import Chinese
from indexer.lang.russian import Russian
from indexer.lang.stemmed import Stemmed
from indexer.model import LANGUAGES

__all__ = ["Base", "Form", "Language", "Lexicon", "Token", "get_language"]

_BUILDERS: dict[str, Callable[[Lexicon | None], Language]] = {
    "ar": Arabic,
    "zh": lambda lexicon: Chinese(),
    "en": lambda lexicon: Stemmed("en"),
    "fr": lambda lexicon: Stemmed("fr"),
    "ru": Russian,
    "es": lambda lexicon: Stemmed("es"),
}


def get_language(code: str, lexicon: Lexicon | None = None) -> Language:
    """Return the language of a code, with the base forms that a corpus proved.

    Objects are safe to share between threads and remember the words they have seen; without a lexicon all callers
    share one. Raises UnknownLanguageError for a code outside `LANGUAGES`.
    """
    if code not in _BUILDERS:
        raise UnknownLanguageError(f"unknown language {code!r}; known: {', '.join(LANGUAGES)}")
    return _BUILDERS[code](lexicon) if lexicon else _without_lexicon(code)


@cache
def _without_lexicon(code: str) -> Language:
    return _BUILDERS[code](None)
