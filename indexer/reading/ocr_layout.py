"""The layout of a scanned page: its columns, the rules over its footnotes, its running head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""A page in shades of grey, one byte a dot, rows from the top."""

INK: Final = 128  # darker dots are ink
_GUTTER_INK: Final = 0.02  # of the rows that may hold ink between two columns: specks, and heads over both
_GUTTER_WIDTH: Final = 0.008  # of the page, at least
_MIDDLE: Final = (0.35, 0.65)  # of the page, where a gutter may lie
_RULE_INK: Final = 0.08  # of the left half of a column: rules take a fifth of the column and more
_RULE_HEIGHT: Final = 0.004  # of the page, at most
_HEAD_HEIGHT: Final = 0.1  # of the page: what stands across the gutter above is a running head with its rule
_SPECKS: Final = 0.015  # of the dots of a white band that may be ink
_MARGIN: Final = 0.01
_LETTER_HEIGHT: Final = 8  # dots; lower blots are stops and dirt
_FEW_LETTERS: Final = 4
_ON_LINE: Final = 0.2  # of the height of a letter, within which a sign stands on the line
_RAISED: Final = 0.3  # of the height of a letter, that the foot of a mark stands above the line
_MARK_HEIGHT: Final = (0.45, 1.1)  # of a letter: quotation marks are lower
_MARK_WIDTH: Final = 0.15
_SPECK: Final = 0.002  # of a row or column of dots: less ink is dirt


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a column to be read from top to bottom; ``notes`` says that it is the footnotes under the rule."""

    left: int
    top: int
    right: int
    bottom: int
    notes: bool = False


def find_zones(picture: Picture) -> list[Zone]:
    """Return the zones of a page in reading order: each column, then its notes. Running heads are left out."""
    ink = picture < INK
    height, width = ink.shape
    rows, columns = (np.flatnonzero(ink.sum(axis=axis) > _SPECK * size) for axis, size in ((1, width), (0, height)))
    if not rows.size or not columns.size:
        return []
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    gutter = _find_gutter(ink[top:bottom])
    if gutter:
        top = _below_head(ink, gutter, top)
    edges = [(int(columns[0]), int(columns[-1]) + 1)]
    if gutter:
        edges = [(int(columns[0]), gutter), (gutter, int(columns[-1]) + 1)]
    zones: list[Zone] = []
    for left, right in edges:
        rule = _find_rule(ink, left, right, top, bottom)
        if rule is None:
            zones.append(Zone(left, top, right, bottom))
        else:
            margin = max(2, int(height * _RULE_HEIGHT))
            zones.append(Zone(left, top, right, rule - margin))
            zones.append(Zone(left, rule + margin, right, bottom, notes=True))
    return [
        zone
        for zone in zones
        if zone.bottom - zone.top > _MARGIN * height and zone.right - zone.left > _MARGIN * width
    ]


def _below_head(ink: NDArray[np.bool_], gutter: int, top: int) -> int:
    """Where the columns begin, below what stands across the gutter at the top of the page."""
    reach = int(_GUTTER_WIDTH * ink.shape[1] / 2)
    limit = int(_HEAD_HEIGHT * ink.shape[0])
    crossing = np.flatnonzero(ink[:limit, gutter - reach : gutter + reach].any(axis=1))
    return max(top, int(crossing[-1]) + reach) if crossing.size else top


def _find_gutter(ink: NDArray[np.bool_]) -> int | None:
    """The middle of the widest white band between two columns."""
    height, width = ink.shape
    share: NDArray[np.float64] = ink.sum(axis=0) / max(1, height)
    first, last = (int(part * width) for part in _MIDDLE)
    white: NDArray[np.bool_] = np.less_equal(share[first:last], _GUTTER_INK)
    start, end = max(_runs(white), key=lambda run: run[1] - run[0], default=(0, 0))
    return first + (start + end) // 2 if end - start >= _GUTTER_WIDTH * width else None


def _find_rule(ink: NDArray[np.bool_], left: int, right: int, top: int, bottom: int) -> int | None:
    """The row of the last rule over footnotes: thin, on the left, with white around, often dashed."""
    half = ink[top:bottom, left : (left + right) // 2]
    if not half.size:
        return None
    share = half.mean(axis=1)
    tall = max(4, int(_RULE_HEIGHT * ink.shape[0]))
    for start, end in reversed(_runs(share > _SPECKS)):
        apart = _is_white(half[max(0, start - tall) : start]) and _is_white(half[end : end + tall // 2])
        if end - start <= tall and apart and share[start:end].max() >= _RULE_INK:
            return top + (start + end) // 2
    return None


def measure_line(ink: NDArray[np.bool_]) -> tuple[float, float, tuple[int, ...]]:
    """Return base, height of small letters and places of raised signs of the line in a strip of ink.

    A raised sign is a blot of the size of a figure whose foot stands clear above the line, as a footnote mark's does.
    """
    blots = []
    columns: NDArray[np.bool_] = np.any(ink, axis=0)
    for left, right in _runs(columns):
        rows = np.flatnonzero(ink[:, left:right].any(axis=1))
        blots.append((left, int(rows[0]), right, int(rows[-1]) + 1))
    letters = np.array([blot for blot in blots if blot[3] - blot[1] >= _LETTER_HEIGHT], dtype=float)
    if len(letters) < _FEW_LETTERS:
        return float(ink.shape[0]), float(ink.shape[0]), ()
    height = float(np.median(letters[:, 3] - letters[:, 1]))
    slope, base = 0.0, float(np.median(letters[:, 3]))
    for _ in range(3):  # most letters stand on the line; a scan is never quite straight
        off = np.abs(letters[:, 3] - slope * letters[:, 0] - base)
        standing = letters[off <= max(_ON_LINE * height, float(np.median(off)))]
        slope, base = (float(value) for value in np.polyfit(standing[:, 0], standing[:, 3], 1))
    low, high = (part * height for part in _MARK_HEIGHT)
    raised = tuple(
        (left + right) // 2
        for left, top, right, bottom in blots
        if slope * left + base - bottom > _RAISED * height
        and low <= bottom - top <= high
        and right - left >= _MARK_WIDTH * height
    )
    return base, height, raised


def _is_white(band: NDArray[np.bool_]) -> bool:
    return not band.size or float(band.mean()) <= _SPECKS


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The unbroken runs of true values, as (start, end)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
