"""Every constant that decides the order or the look of an answer, with the query that moved it."""

from __future__ import annotations

EXACT_BOOST = 0.3
"""What a form as typed adds to the weight of its word: «права» ranks «права» before «право», but not far before."""

MAX_WINDOW = 10_000
"""The last hit that can be paged to; nobody reads on, and every page of a browse would sort the corpus."""

PARTIAL_SHARE = 0.5
"""A partial hit holds more than this share of the words: «пункт 5» must not bring every «пункт 6»."""

MAX_PARTIAL = 200
"""Partial hits are help, not an answer: this many at most follow the full ones."""

SNIPPET_ABOVE = 600
"""A clause of more code points than this is shown by its best passage."""

SNIPPET_LENGTH = 320
"""Code points of a passage, before it is widened to whole words."""

MAX_FACET_VALUES = 50
"""Values of one facet in an answer; selected values always stay."""

MAX_EXPANSIONS = 128
"""Words that a prefix stands for at most, the most frequent first."""
