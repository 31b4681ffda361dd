"""From the tree of a query to a query of the index.

A word stands for its base forms in every language that it may be of; the form as typed adds a little weight. The
plan also keeps the words apart (`Plan.words`), so that clauses holding most of them can be found, and says what to
mark in a text (`Plan.patterns`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.query.pattern import Pattern, Slot, slots_of
from app.query.scripts import is_spaced, languages_for
from app.query.tree import And, Filter, Near, Node, Not, Or, Phrase, Prefix, Word
from app.ranking import EXACT_BOOST, MAX_EXPANSIONS
from indexer.lang.base import Language, Token
from indexer.model import LanguageCode
from indexer.store import query as store
from indexer.store.query import StoreQuery
from indexer.store.schema import base_field, form_field

Languages = Mapping[LanguageCode, Language]
FilterReader = Callable[[Filter], StoreQuery]

NOTHING = store.Or(())
Patterns = dict[LanguageCode, list[Pattern]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as the index takes it.

    ``full`` matches the clauses that answer in full. ``words`` are the parts of which a clause may lack some and
    still answer in part, provided that it meets ``conditions``; empty when the query leaves no choice.
    """

    full: StoreQuery
    words: tuple[StoreQuery, ...] = ()
    conditions: StoreQuery | None = None
    patterns: Patterns = field(default_factory=dict)


def plan_query(tree: Node, languages: Languages, read_filter: FilterReader) -> Plan:
    """Return what to ask the index. ``languages`` are those to search in, with the lexicon of the index."""
    tree = split_unspaced(tree, languages)
    planner = _Planner(languages, read_filter)
    full = planner.query(tree)
    words: tuple[StoreQuery, ...] = ()
    conditions = None
    if isinstance(tree, And):
        wanted = [child for child in tree.children if not isinstance(child, Filter | Not)]
        required = [child for child in tree.children if isinstance(child, Filter | Not)]
        if len(wanted) > 1:
            words = tuple(planner.query(child, marked=False) for child in wanted)
            conditions = planner.all_of(required, marked=False) if required else None
    return Plan(full, words, conditions, planner.patterns)


def split_unspaced(node: Node, languages: Languages) -> Node:
    """Return the tree with a run of Chinese taken as its words: a question has no spaces to tell them apart."""
    match node:
        case Word(text, exact=False):
            running = [] if is_spaced(text) else [lang for lang in languages_for(text) if lang in languages]
            words = _words_of(languages[running[0]].tokens(text), text) if running else ()
            return And(words) if len(words) > 1 else node
        case And(children):
            return And(tuple(_conjuncts(split_unspaced(child, languages) for child in children)))
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

    def __init__(self, languages: Languages, read_filter: FilterReader) -> None:
        self.patterns: Patterns = {}
        self._languages = languages
        self._read_filter = read_filter
        self._word = 0

    def query(self, node: Node, *, marked: bool = True) -> StoreQuery:
        match node:
            case Word(text, exact):
                return self._in_languages(text, lambda lang: self._word_in(lang, text, exact, marked))
            case Phrase(text, exact):
                return self._in_languages(text, lambda lang: self._phrase_in(lang, text, exact, marked))
            case Prefix(text):
                return self._in_languages(text, lambda lang: self._prefix_in(lang, text, marked))
            case Near(left, right, distance):
                return self._in_languages(left.text, lambda lang: self._near_in(lang, left, right, distance, marked))
            case Filter():
                return store.Boost(self._read_filter(node), 0.0)
            case Not(child):
                return store.AndNot(store.Everything(), self.query(child, marked=False))
            case Or(children):
                return store.Or(tuple(self.query(child, marked=marked) for child in children))
            case And(children):
                return self.all_of(children, marked=marked)

    def all_of(self, nodes: Sequence[Node], *, marked: bool) -> StoreQuery:
        """Return the conjunction, with what stands behind NOT taken off at the end."""
        wanted = [self.query(node, marked=marked) for node in nodes if not isinstance(node, Not)]
        unwanted = [self.query(node.child, marked=False) for node in nodes if isinstance(node, Not)]
        found: StoreQuery = store.Everything()
        if wanted:
            found = wanted[0] if len(wanted) == 1 else store.And(tuple(wanted))
        return store.AndNot(found, store.Or(tuple(unwanted))) if unwanted else found

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


def _terms(name: str, texts: frozenset[str] | set[str]) -> list[StoreQuery]:
    return [store.Term(name, text) for text in sorted(texts)]


def _phrase(name: str, slots: tuple[Slot, ...]) -> StoreQuery:
    if len(slots) == 1:
        return store.Or(tuple(_terms(name, set(_alternatives(slots[0])))))
    return store.Phrase(name, tuple(_alternatives(slot) for slot in slots))


def _alternatives(slot: Slot) -> tuple[str, ...]:
    return tuple(sorted(slot.bases | slot.forms))
