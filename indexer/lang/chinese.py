"""Chinese: words of a dictionary, with the words inside long words.

Runs of Chinese characters are cut by rjieba: the dictionary and algorithm of jieba in Rust, ready as a wheel, ten
times as fast as the Python original, and without the model files that pkuseg or LTP need. Its guessing of unknown
words is off, since the guess depends on the neighbours and a query has others; what the dictionary and
``data/zh/words.toml`` do not know stands as single characters, found in order by a phrase.

A long word is a compound: 安全理事会 is also 安全 and 理事会. Its parts tile it, so 发展中国家 is 发展, 中, 国家 and
is not found by 中国. Words of three characters or fewer stay whole (秘书 is not in 秘书长).

Full-width letters, digits and brackets count as ASCII; Latin words, numbers and symbols are cut as in other
languages. Traditional characters are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log
from typing import Any

import rjieba

from indexer.lang.base import Base, Form, Lexicon
from indexer.lang.tables import table
from indexer.lang.words import UNIT, Piece, SpacedLanguage, plain_form, without_marks
from indexer.text.normalise import strip_accents

WHOLE_LENGTH = 3
# Long runs seldom come twice; words do.
CACHED_RUNS = 1 << 12
CACHED_WORDS = 1 << 16
# The sum of all frequencies in jieba's dictionary.
DICTIONARY_TOTAL = 60_101_967

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DIGITS = "一二三四五六七八九十百千万〇零"
# Long numerals are one word whatever the dictionary has: 第七 is not in 第七十九.
_RUNS = re.compile(
    f"(?P<numeral>第[{_DIGITS}]{{2,}}|[{_DIGITS}]{{3,}})|(?P<han>(?:(?!第?[{_DIGITS}]{{3}})[{_HAN}])++)|[^{_HAN}]++"
)


class Chinese(SpacedLanguage):
    """Chinese, simplified or traditional as printed."""

    def __init__(self) -> None:
        super().__init__("zh", CACHED_RUNS)

    def learn(self, counts: Mapping[Form, int]) -> Lexicon:
        """Return nothing: words do not depend on a corpus."""
        return {}

    def word(self, word: str) -> tuple[Form, tuple[Base, ...]]:
        """Return form and base of a word without Chinese characters."""
        form = Form(without_marks(plain_form(word)))
        return form, (Base(strip_accents(form)),)

    def split(self, unit: str, offset: int, position: int) -> list[Piece]:
        """Take a unit apart: Chinese runs by the dictionary, the rest as elsewhere."""
        pieces: list[Piece] = []
        for run in _RUNS.finditer(unit):
            start = offset + run.start()
            if run["numeral"]:
                pieces.append(Piece(start, offset + run.end(), position, Form(run[0]), (Base(run[0]),)))
                position += 1
            elif run["han"]:
                for word in _jieba().cut(run[0], False):
                    nested = _nested(word)
                    pieces += [piece.moved(start, position) for piece in nested]
                    start += len(word)
                    position += nested[-1].position + 1
            else:
                for inner in UNIT.finditer(run[0]):
                    more = super().split(inner[0], start + inner.start(), position)
                    pieces += more
                    position = more[-1].position + 1
        return pieces


@lru_cache(maxsize=CACHED_WORDS)
def _nested(word: str) -> tuple[Piece, ...]:
    """Return a word and, behind it, the words that tile it, and theirs; a word has the position of its first part."""
    pieces = [Piece(0, len(word), 0, Form(word), (Base(word),))]
    offset = position = 0
    for tile in _tiles(word):
        inner = _nested(tile)
        pieces += [piece.moved(offset, position) for piece in inner]
        offset += len(tile)
        position += inner[-1].position + 1
    return tuple(pieces)


def _tiles(word: str) -> tuple[str, ...]:
    """Return the likeliest shorter words that make up a long word; empty if it stays whole."""
    if len(word) <= WHOLE_LENGTH:
        return ()
    # best[i]: likelihood and tiles of the first i characters
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        best.append(
            max(
                (best[start][0] + _likelihood(word[start:end]), (*best[start][1], word[start:end]))
                for start in range(end)
                if end - start < len(word)
            )
        )
    tiles = best[-1][1]
    return tiles if any(len(tile) > 1 for tile in tiles) else ()


def _likelihood(word: str) -> float:
    jieba = _jieba()
    frequency = jieba.suggest_freq(word) if jieba.has_word(word) else 0
    if not frequency and len(word) > 1:
        return float("-inf")
    return log(max(frequency, 1) / DICTIONARY_TOTAL)


@cache
def _jieba() -> Any:
    """Return the dictionary with the words of the United Nations; one a process, only read from here on."""
    jieba = rjieba.Jieba()
    for row in table("zh/words"):
        jieba.add_word(row["word"], None, None)
    return jieba
