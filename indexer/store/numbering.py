"""The numbers of documents: those of one language lie side by side, whatever the order in which they came.

A build takes the versions of a resolution together. Numbered so, the documents of a query in one language would be
spread over those of six, and whatever is worked out over a window of documents would cost six times as much.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from indexer.model import LanguageCode

IntArray = npt.NDArray[np.int32]

GONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """Where what came as the how-manieth finally stands.

    ``resolutions`` and ``docs`` list by final number the number of arrival; ``first_docs`` are the final numbers of
    the first documents of the resolutions, one entry more than there are resolutions. What an index already holds
    counts as having come first.
    """

    resolutions: IntArray
    docs: IntArray
    first_docs: IntArray

    @classmethod
    def by_language(
        cls,
        languages: Sequence[LanguageCode],
        sizes: Sequence[int],
        *,
        gone: Collection[int] = (),
        instead: Mapping[int, int] = MappingProxyType({}),
    ) -> Numbering:
        """Return the numbers for resolutions of these languages and sizes.

        Languages follow each other as they first came, the resolutions of each as they came. Those ``gone`` get no
        numbers; a resolution that came ``instead`` of another stands where that one would.
        """
        place_of = {lang: place for place, lang in enumerate(dict.fromkeys(languages))}
        staying = np.array([came for came in range(len(languages)) if came not in gone], np.int32)
        stands = [instead.get(came, came) for came in staying.tolist()]
        order = staying[np.lexsort((stands, [place_of[languages[came]] for came in staying.tolist()]))]
        came_sizes = np.array(sizes, np.int32)
        came_first = np.cumsum(came_sizes) - came_sizes
        first_docs = np.concatenate(([0], np.cumsum(came_sizes[order]))).astype(np.int32)
        moved = np.repeat(came_first[order] - first_docs[:-1], came_sizes[order])
        return cls(order, (np.arange(len(moved)) + moved).astype(np.int32), first_docs)

    @property
    def resolution_of(self) -> IntArray:
        """The resolution of each document, both by their final numbers."""
        return np.repeat(np.arange(len(self.resolutions), dtype=np.int32), np.diff(self.first_docs))


def inverse(order: IntArray, came: int | None = None) -> IntArray:
    """Return for each number of arrival the final one, given the list the other way round.

    ``came`` is the count of arrivals, where some got no final number: they have `GONE`.
    """
    final = np.full(len(order) if came is None else came, GONE, np.int32)
    final[order] = np.arange(len(order), dtype=np.int32)
    return final
