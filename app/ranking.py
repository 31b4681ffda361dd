"""Every constant that decides the order or the look of an answer, with the query that moved it."""

from __future__ import annotations

EXACT_BOOST = 0.3
"""What a form as typed adds to the weight of its word: «права» ranks «права» before «право», but not far before."""

PAIR_BOOST = 0.5
"""What neighbours of the query that stand near each other in the text add, as a share of their words' weight:
“sport for development and peace” is not a clause on peace that mentions sport."""

PAIR_DISTANCE = 3
"""How far such neighbours may stand apart: «насилие над женщинами», «насилие в отношении женщин»."""

MAX_PAIRS = 12
"""Pairs of neighbours that are looked for; a pasted clause is found by its rare words."""

LATER_CLAUSES = 0.9
"""Each further clause of a resolution counts this share of the one before: «незаконный рыбный промысел» had a hundred
clauses of nine resolutions before those of any other."""

LEAST_SHARE = 0.1
"""No clause counts less than this share of its score for coming after others of its resolution; at 0.4 the same query
still showed nine resolutions in five pages."""

TITLE_BOOST = 0.8
"""What a title with all words of the query adds to the score of its resolution's clauses: “sovereign debt
restructuring” is a resolution before it is a clause."""

DENSITY_BOOST = 0.1
"""What it adds when many clauses of a resolution answer, on a scale of logarithms: “sexual abuse by UN peacekeepers”
is not a passing mention."""

COVERAGE_POWER = 2.0
"""How much the share of words that a partial hit holds counts beside their score: «школы без травли» must not bring
first who says «травля» thrice."""

BINDING_WORTH = 0.15
"""What a word that only binds others counts in a partial hit: «насилие над женщинами» is «насилие против женщин»."""

MAX_WINDOW = 10_000
"""The last hit that can be paged to; nobody reads on, and every page of a browse would sort the corpus."""

PARTIAL_SHARE = 0.25
"""A partial hit holds at least this share of the words' weight: «патенты не должны мешать торговле лекарствами» is
half-remembered."""

PARTIAL_SHARE_OF_FEW = 0.5
"""Of one or two telling words it holds more than this share: «пункт 5» must not bring every «пункт 6»."""

MAX_PARTIAL = 200
"""Partial hits are help, not an answer: this many at most follow the full ones."""

SPELLING_WEIGHT = 0.9
"""What the word that was meant counts for the one that was typed: «безопастность» is «безопасность»."""

SHORT_SPELLING_WEIGHT = 0.5
"""The same for a word of few letters: “robots” is hardly “roots”."""

RARE = 2
"""A word that no more clauses hold may be a slip of the pen, of the reader or of the printer."""

MORE_FREQUENT = 50
"""A correction of a word that the index holds is in this many times as many clauses."""

MAX_FUZZY = 32
"""Words that «слово~» stands for at most, the nearest first."""

SNIPPET_ABOVE = 600
"""A clause of more code points than this is shown by its best passage."""

SNIPPET_LENGTH = 320
"""Code points of a passage, before it is widened to whole words."""

MAX_FACET_VALUES = 50
"""Values of one facet in an answer; selected values always stay."""

MAX_EXPANSIONS = 128
"""Words that a prefix stands for at most, the most frequent first."""
