"""Paths of clauses, each used once in a document."""

from __future__ import annotations

from collections import Counter

from indexer.model import ClausePath


class Paths:
    """Gives out paths.

    A path that is taken gets ``~2``, ``~3`` … behind it (``op1~2``: paragraph 1 of a second section that counts
    anew); its children hang on the path so made (``op1~2.a``).
    """

    def __init__(self) -> None:
        self._uses: Counter[str] = Counter()
        self.repeated: list[ClausePath] = []

    def claim(self, path: str) -> ClausePath:
        """Return the path itself, or the next free one made of it."""
        self._uses[path] += 1
        if self._uses[path] == 1:
            return ClausePath(path)
        unique = ClausePath(f"{path}~{self._uses[path]}")
        self.repeated.append(unique)
        return unique

    def taken(self, path: str) -> bool:
        """Whether the path was given out."""
        return self._uses[path] > 0
