"""One id for citations of the same thing."""

from __future__ import annotations

from functools import cache

from indexer.citing import load_gazetteer
from indexer.model import TargetId


@cache
def folded(target: TargetId) -> TargetId:
    """Return the instrument for a resolution that adopted just this one, any other target as it is.

    A/RES/44/25 is counted as ins:crc; A/RES/55/25, which adopted three conventions, stays what it is.
    """
    adopted = load_gazetteer().adopted_by(target)
    return adopted[0].id if len(adopted) == 1 else target
