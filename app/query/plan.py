"""From the tree of a query to a query of the index.

A word stands for its base forms in every language that it may be of; the form as typed adds a little weight. The
plan also keeps the words apart (`Plan.parts`), so that clauses holding most of them can be found and scores
explained, and says what to mark in a text (`Plan.patterns`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.query.pattern import Pattern, Slot, slots_of
from app.query.scripts import is_spaced, languages_for, languages_written_so
from app.query.synonyms import is_binding
from app.query.tree import And, Filter, Fuzzy, Naming, Near, Node, Not, Or, Phrase, Prefix, Word, render
from app.ranking import BINDING_WORTH, EXACT_BOOST, MAX_EXPANSIONS, MAX_PAIRS, PAIR_DISTANCE
from indexer.lang.base import Language, Token
from indexer.model import LanguageCode
from indexer.store import query as store
from indexer.store.query import StoreQuery
from indexer.store.schema import base_field, form_field

Languages = Mapping[LanguageCode, Language]
FilterReader = Callable[[Filter], StoreQuery]
NamingReader = Callable[[Naming], tuple[StoreQuery, tuple[str, ...]]]
"""Gives the clauses that cite a text by name or number, and its names."""
Speller = Callable[[LanguageCode, str], tuple[str, ...]]
"""Gives the forms of the index that are spelt nearly as a folded word."""

NOTHING = store.Or(())
Patterns = dict[LanguageCode, list[Pattern]]


@dataclass(frozen=True, slots=True)
class Stand:
    """What may stand for a word: a synonym, or the word that was meant; ``weight`` is what it counts beside it."""

    text: str
    weight: float
    how: str


StandIns = Callable[[Word], tuple[Stand, ...]]


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in as planned."""

    stand: Stand
    query: StoreQuery
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that all have to match: most often a word. ``marks`` are the numbers of its marks.

    ``worth`` is what it counts beside others: a preposition hardly anything.
    """

    text: str
    marks: range
    query: StoreQuery
    worth: float = 1.0
    stand_ins: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as the index takes it.

    ``full`` matches the clauses that answer in full. A clause may lack some of the ``parts`` and still answer in
    part, provided that it meets ``conditions``. ``pairs`` match neighbours of the query that are neighbours in the
    text; ``liked`` adds to the score of what matches anyway.
    """

    full: StoreQuery
    parts: tuple[Part, ...] = ()
    conditions: StoreQuery | None = None
    pairs: tuple[StoreQuery, ...] = ()
    liked: StoreQuery | None = None
    patterns: Patterns = field(default_factory=dict)


def no_stand_ins(word: Word) -> tuple[Stand, ...]:
    """Return nothing: words stand for themselves."""
    return ()


def no_spelling(lang: LanguageCode, form: str) -> tuple[str, ...]:
    """Return nothing: without an index no spelling is known."""
    return ()


def no_names(naming: Naming) -> tuple[StoreQuery, tuple[str, ...]]:
    """Return nothing: without an index no text is named."""
    return NOTHING, ()


def plan_query(
    tree: Node,
    languages: Languages,
    read_filter: FilterReader,
    *,
    read_naming: NamingReader = no_names,
    stand_ins: StandIns = no_stand_ins,
    spelt_so: Speller = no_spelling,
    liked: Sequence[Node] = (),
) -> Plan:
    """Return what to ask the index. ``languages`` are those to search in, with the lexicon of the index."""
    tree = split_unspaced(tree, languages)
    planner = _Planner(languages, read_filter, read_naming, spelt_so)
    children = tree.children if isinstance(tree, And) else (tree,)
    words = [child for child in children if not isinstance(child, Filter | Naming | Not)]
    parts = tuple(planner.part(child, stand_ins) for child in words)
    required = [planner.query(child) for child in children if isinstance(child, Filter | Naming)]
    unwanted = [planner.query(child.child, marked=False) for child in children if isinstance(child, Not)]
    return Plan(
        full=_without(_all([*(part.query for part in parts), *required]), unwanted),
        parts=parts,
        conditions=_without(_all(required), unwanted) if required or unwanted else None,
        pairs=tuple(planner.pairs(list(zip(words, parts, strict=True)))),
        liked=store.Or(tuple(planner.query(node, marked=False) for node in liked)) if liked else None,
        patterns=planner.patterns,
    )


def split_unspaced(node: Node, languages: Languages) -> Node:
    """Return the tree with a run of Chinese taken as its words: a question has no spaces to tell them apart."""
    match node:
        case Word(text, exact=False):
            running = [] if is_spaced(text) else [lang for lang in languages_for(text) if lang in languages]
            words = tuple(dict.fromkeys(_words_of(languages[running[0]].tokens(text), text))) if running else ()
            return And(words) if len(words) > 1 else node
        case And(children):
            conjuncts = dict.fromkeys(_conjuncts(split_unspaced(child, languages) for child in children))
            return And(tuple(conjuncts)) if len(conjuncts) > 1 else next(iter(conjuncts))
        case Or(children):
            return Or(tuple(split_unspaced(child, languages) for child in children))
        case Not(child):
            return Not(split_unspaced(child, languages))
        case _:
            return node


def _conjuncts(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield from node.children if isinstance(node, And) else (node,)


def _words_of(tokens: list[Token], text: str) -> tuple[Word, ...]:
    """Return the words side by side, the longest where several begin at one position."""
    longest: dict[int, Token] = {}
    for token in tokens:
        known = longest.get(token.position)
        if known is None or token.end > known.end:
            longest[token.position] = token
    words, reached = [], 0
    for _, token in sorted(longest.items()):
        if token.start >= reached:
            words.append(Word(text[token.start : token.end]))
            reached = token.end
    return tuple(words)


class _Planner:
    """Walks a tree once. ``patterns`` gathers what to mark, word by word."""

    def __init__(
        self, languages: Languages, read_filter: FilterReader, read_naming: NamingReader, spelt_so: Speller
    ) -> None:
        self.patterns: Patterns = {}
        self._languages = languages
        self._read_filter = read_filter
        self._read_naming = read_naming
        self._spelt_so = spelt_so
        self._word = 0

    def part(self, node: Node, stand_ins: StandIns) -> Part:
        before = self._word
        query = self.query(node)
        stands = stand_ins(node) if isinstance(node, Word) and not node.exact else ()
        marks = range(before + 1, self._word + 1)
        planned = tuple(self._stand_in(stand, marks[0]) for stand in stands)
        return Part(render(node), marks, query, self._worth(node), planned)

    def _worth(self, node: Node) -> float:
        if not isinstance(node, Word) or node.exact:
            return 1.0
        langs = [lang for lang in languages_written_so(node.text) if lang in self._languages]
        return BINDING_WORTH if any(is_binding(node.text, lang) for lang in langs) else 1.0

    def query(self, node: Node, *, marked: bool = True) -> StoreQuery:
        match node:
            case Word(text, exact):
                return self._in_languages(text, lambda lang: self._word_in(lang, text, exact, marked))
            case Phrase(text, exact):
                return self._in_languages(text, lambda lang: self._phrase_in(lang, text, exact, marked))
            case Prefix(text):
                return self._in_languages(text, lambda lang: self._prefix_in(lang, text, marked))
            case Fuzzy(text):
                return self._in_languages(text, lambda lang: self._fuzzy_in(lang, text, marked))
            case Near(left, right, distance):
                return self._in_languages(left.text, lambda lang: self._near_in(lang, left, right, distance, marked))
            case Filter():
                return store.Boost(self._read_filter(node), 0.0)
            case Naming():
                citing, names = self._read_naming(node)
                printing = tuple(self.query(Phrase(name), marked=marked) for name in names)
                return store.Boost(store.Or((citing, *printing)), 0.0)
            case Not(child):
                return store.AndNot(store.Everything(), self.query(child, marked=False))
            case Or(children):
                return store.Or(tuple(self.query(child, marked=marked) for child in children))
            case And(children):
                wanted = [self.query(child, marked=marked) for child in children if not isinstance(child, Not)]
                unwanted = [self.query(child.child, marked=False) for child in children if isinstance(child, Not)]
                return _without(_all(wanted), unwanted)

    def pairs(self, parts: Sequence[tuple[Node, Part]]) -> Iterator[StoreQuery]:
        """Yield for each two telling words that follow each other in the query that they stand near, by language."""
        words = [
            node.text if isinstance(node, Word) and not node.exact else None
            for node, part in parts
            if part.worth == 1.0
        ]
        for left, right in list(pairwise(words))[:MAX_PAIRS]:
            if left is None or right is None:
                continue
            for lang in languages_for(left):
                if lang in self._languages and lang in languages_for(right):
                    ends = (slots_of(self._languages[lang].tokens(word), exact=False) for word in (left, right))
                    slots = tuple(
                        slot for side, found in zip((-1, 0), ends, strict=True) for slot in found[side:][:1]
                    )
                    if len(slots) == 2:
                        yield _phrase(base_field(lang), slots, slop=PAIR_DISTANCE)

    def _stand_in(self, stand: Stand, mark: int) -> StandIn:
        patterns, self.patterns, word = self.patterns, {}, self._word
        self._word = mark - 1  # a stand-in answers the word that it stands for
        query = self.query(Phrase(stand.text))
        planned = StandIn(stand, query, self.patterns)
        self.patterns, self._word = patterns, word
        return planned

    def _in_languages(self, text: str, query_in: Callable[[LanguageCode], list[StoreQuery]]) -> StoreQuery:
        """Return the alternatives of all languages that the text may be of; they are one word of the query."""
        self._word += 1
        parts = [part for lang in languages_for(text) if lang in self._languages for part in query_in(lang)]
        return parts[0] if len(parts) == 1 else store.Or(tuple(parts))

    def _word_in(self, lang: LanguageCode, text: str, exact: bool, marked: bool) -> list[StoreQuery]:
        language = self._languages[lang]
        tokens = language.tokens(text)
        slots = slots_of(tokens, exact=exact)
        if marked:
            self._mark(lang, slots)
        if not slots:
            return []
        forms = slots_of(tokens, exact=True)
        if len(slots) == 1:
            if exact:
                return _terms(form_field(lang), slots[0].forms)
            return [
                *_terms(base_field(lang), slots[0].bases),
                *(store.Boost(term, EXACT_BOOST) for term in _terms(form_field(lang), forms[0].forms)),
            ]
        # A compound is found by its parts side by side («государства - члены») and as a whole.
        whole = [token for token in tokens if token.position == tokens[0].position and token.end == tokens[-1].end]
        if exact:
            return [_phrase(form_field(lang), slots)]
        return [
            _phrase(base_field(lang), slots),
            *_terms(base_field(lang), {base for token in whole for base in token.bases}),
        ]

    def _phrase_in(self, lang: LanguageCode, text: str, exact: bool, marked: bool) -> list[StoreQuery]:
        slots = slots_of(self._languages[lang].tokens(text), exact=exact)
        if marked:
            self._mark(lang, slots)
        return [_phrase(form_field(lang) if exact else base_field(lang), slots)] if slots else []

    def _prefix_in(self, lang: LanguageCode, text: str, marked: bool) -> list[StoreQuery]:
        language = self._languages[lang]
        tokens = language.tokens(text)
        if not tokens:
            return []
        beginning = language.fold(text) if tokens[0].end == len(text) else tokens[-1].form
        if marked:
            self._mark(lang, (Slot(prefix=beginning),))
        return [store.Prefix(form_field(lang), beginning, MAX_EXPANSIONS)]

    def _fuzzy_in(self, lang: LanguageCode, text: str, marked: bool) -> list[StoreQuery]:
        language = self._languages[lang]
        forms = self._spelt_so(lang, language.fold(text))
        slot = Slot(forms=frozenset(form for spelt in forms for form in (language.fold(spelt),)))
        if marked and forms:
            self._mark(lang, (slot,))
        return _terms(form_field(lang), slot.forms)

    def _near_in(self, lang: LanguageCode, left: Word, right: Word, distance: int, marked: bool) -> list[StoreQuery]:
        exact = left.exact and right.exact
        slots: list[Slot] = []
        for word in (left, right):
            of_word = slots_of(self._languages[lang].tokens(word.text), exact=exact)
            if marked:
                self._mark(lang, of_word)
            slots.extend(of_word[:1])
        name = form_field(lang) if exact else base_field(lang)
        if len(slots) < 2:
            return []
        return [store.Phrase(name, tuple(_alternatives(slot) for slot in slots), slop=distance, ordered=False)]

    def _mark(self, lang: LanguageCode, slots: tuple[Slot, ...]) -> None:
        if slots:
            self.patterns.setdefault(lang, []).append(Pattern(slots, self._word))


def _all(queries: Sequence[StoreQuery]) -> StoreQuery:
    if not queries:
        return store.Everything()
    return queries[0] if len(queries) == 1 else store.And(tuple(queries))


def _without(wanted: StoreQuery, unwanted: Sequence[StoreQuery]) -> StoreQuery:
    return store.AndNot(wanted, store.Or(tuple(unwanted))) if unwanted else wanted


def _terms(name: str, texts: frozenset[str] | set[str]) -> list[StoreQuery]:
    return [store.Term(name, text) for text in sorted(texts)]


def _phrase(name: str, slots: tuple[Slot, ...], slop: int = 1) -> StoreQuery:
    if len(slots) == 1:
        return store.Or(tuple(_terms(name, set(_alternatives(slots[0])))))
    return store.Phrase(name, tuple(_alternatives(slot) for slot in slots), slop)


def _alternatives(slot: Slot) -> tuple[str, ...]:
    return tuple(sorted(slot.bases | slot.forms))
