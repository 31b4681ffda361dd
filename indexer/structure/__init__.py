"""From raw documents to typed, numbered clauses, their actions and addressees."""

from __future__ import annotations

from indexer.structure.actions import find_actions
from indexer.structure.segment import is_resolution, segment

__all__ = ["find_actions", "is_resolution", "segment"]
