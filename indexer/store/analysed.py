"""Texts as the numbers of their words: what analysis hands to the index, small enough to send between processes.

A *word* is a form with its base forms. Nearly all that Python has to do for an index is done here, once a token; what
follows (`indexer.store.inversion`) is NumPy.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.lang.base import Base, Form, Language
from indexer.model import LanguageCode

Word = tuple[Form, tuple[Base, ...]]
Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class AnalysedTexts:
    """Texts of one language, word by word.

    ``numbers`` has for each token the place of its word in ``words``, ``positions`` its position in the text; text
    ``t`` has ``tokens[t]`` of them.
    """

    lang: LanguageCode
    words: tuple[Word, ...]
    numbers: Numbers
    positions: Numbers
    tokens: Numbers


def analyse(texts: Iterable[str], language: Language) -> AnalysedTexts:
    """Return the words of the texts as the language tells them."""
    known: defaultdict[Word, int] = defaultdict()
    known.default_factory = known.__len__
    numbers, positions, counts = array("I"), array("I"), array("I")
    for text in texts:
        tokens = language.tokens(text)
        numbers.extend([known[token.form, token.bases] for token in tokens])
        positions.extend([token.position for token in tokens])
        counts.append(len(tokens))
    return AnalysedTexts(
        language.code,
        tuple(known),
        np.frombuffer(numbers, np.uint32),
        np.frombuffer(positions, np.uint32),
        np.frombuffer(counts, np.uint32),
    )
