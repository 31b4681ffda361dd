"""What a request asks: its words, filters and named texts, in the terms of one index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.meaning import canonical, known_readings, same_targets, values_meant
from app.model import Notice, SearchRequest
from app.query.citing import CitingQuestion, read_citing, without_scope
from app.query.grammar import parse_query
from app.query.plan import NOTHING, Languages, Plan, Stand, plan_query
from app.query.scripts import languages_for, languages_written_so
from app.query.synonyms import is_binding, synonyms
from app.query.targets import Named, find_targets
from app.query.tree import And, Filter, Fuzzy, Naming, Node, Not, Or, Phrase, Prefix, Word, render
from app.ranking import MAX_EXPANSIONS, MAX_FUZZY, SPELLING_WEIGHT
from app.spelling import Correction, allowed_errors, corrections, spelt_so
from app.vocabulary import vocabulary
from indexer.citing import load_gazetteer
from indexer.model import LANGUAGES, ClauseType
from indexer.store import Snapshot
from indexer.store import query as store
from indexer.store.query import StoreQuery
from indexer.symbols import printed

FOOTNOTES = Filter("type", ClauseType.FOOTNOTE.value)


@dataclass(frozen=True, slots=True)
class Wider:
    """The query that takes clauses citing what it names by a short name alone, too: «Конвенция»."""

    text: str
    query: StoreQuery


@dataclass(frozen=True, slots=True)
class Question:
    """A request as understood; ``wider`` is None where it names nothing that has short names."""

    request: SearchRequest
    plan: Plan | None
    targets: tuple[Named, ...]
    interpreted: str
    notices: tuple[Notice, ...]
    asks_citations: bool = False
    wider: Wider | None = None

    @property
    def cited(self) -> tuple[Named, ...]:
        """The targets whose citations are asked for."""
        return tuple(named for named in self.targets if named.whole or self.asks_citations)

    @property
    def names_one_target(self) -> bool:
        """Whether the query is the name of one target and nothing else."""
        return len(self.targets) == 1 and self.targets[0].whole

    @property
    def wants_footnotes(self) -> bool:
        """Whether footnotes are asked for by their type; else the clauses that they hang on stand for them."""
        return ClauseType.FOOTNOTE.value in self.request.filters.get("type", ())


def understand(snapshot: Snapshot, request: SearchRequest) -> Question:
    """Return what a request asks, in the terms of this snapshot."""
    parsed = parse_query(request.q)
    if parsed.tree is None:
        return Question(request, None, (), "", parsed.notices)
    languages = searched_languages(snapshot, request)
    tree = parsed.tree
    citing = _asked_citations(snapshot, request.q, tree)
    if citing:
        targets = citing.targets
        tree, left = _without_names(citing, request)
    else:
        targets, left = _known(snapshot, _named(request.q, tree)), parsed.notices
    asked = targets if citing else tuple(named for named in targets if named.whole)
    odd = list(corrections(snapshot, citing.rest if citing else request.q, tree, tuple(languages)))
    if targets and not citing:
        odd = []  # a symbol or a name is no slip of the pen

    def read_filter(condition: Filter) -> StoreQuery:
        meant = values_meant(condition.name, condition.value, snapshot.columns)
        return store.Or(tuple(store.Term(condition.name, value) for value in meant)) if meant else NOTHING

    def read_naming(naming: Naming) -> tuple[StoreQuery, tuple[str, ...]]:
        values = values_meant("cites", naming.target, snapshot.columns)
        named = tuple(store.Term("names", value) for value in values)
        return store.Or(named), tuple(dict.fromkeys(_own_names(same_targets(canonical(naming.target)), languages)))

    def stand_ins(word: Word) -> tuple[Stand, ...]:
        meant = [
            Stand(slip.meant, SPELLING_WEIGHT, slip.how) for slip in odd if slip.unknown and slip.typed == word.text
        ]
        for lang in languages_written_so(word.text):
            if lang in languages:
                meant += [Stand(other.text, other.weight, "synonym") for other in synonyms(word.text, lang)]
        return tuple(meant)

    plan = plan_query(
        tree,
        languages,
        read_filter,
        read_naming=read_naming,
        stand_ins=stand_ins,
        spelt_so=lambda lang, form: spelt_so(snapshot, lang, form),
        liked=tuple(_names(request.q, asked, languages)),
    )
    notices = (
        *left,
        *_ambiguous(targets),
        *_bounded(snapshot, tree, languages),
        *_offered(request.q, odd),
    )
    widened = _by_any_name(tree)
    wider = Wider(render(widened), plan_query(widened, languages, read_filter).full) if widened != tree else None
    return Question(request, plan, targets, render(tree), notices, citing is not None, wider)


def searched_languages(snapshot: Snapshot, request: SearchRequest) -> Languages:
    """Return the languages that the index holds and the request does not rule out."""
    held = snapshot.columns["lang"].values
    wanted = request.filters.get("lang") or held
    return {lang: snapshot.language(lang) for lang in LANGUAGES if lang in held and lang in wanted}


def _asked_citations(snapshot: Snapshot, q: str, tree: Node) -> CitingQuestion | None:
    """Return what a question for citations asks; None when it is none, or the index knows nothing that it names."""
    asked = read_citing(q) if _is_plain(tree) else None
    if asked is None:
        return None
    targets = _known(snapshot, asked.targets)
    return replace(asked, targets=tuple(replace(one, whole=False) for one in targets)) if targets else None


def _is_plain(tree: Node) -> bool:
    """Whether a query is words, phrases and filters, all of which have to match."""
    children = tree.children if isinstance(tree, And) else (tree,)
    return all(
        isinstance(child, Filter | Naming) or (isinstance(child, Word | Phrase) and not child.exact)
        for child in children
    )


def _named(q: str, tree: Node) -> tuple[Named, ...]:
    """Return what a query names; «резолюция 1325» is a name and nothing else."""
    found = find_targets(q)
    bare = without_scope(q) if not any(named.whole for named in found) and _is_plain(tree) else None
    alone = find_targets(bare) if bare else ()
    return alone if len(alone) == 1 and alone[0].whole else found


def _known(snapshot: Snapshot, targets: Sequence[Named]) -> tuple[Named, ...]:
    known = (known_readings(named, snapshot.columns) for named in targets)
    return tuple(named for named in known if named is not None)


def _without_names(citing: CitingQuestion, request: SearchRequest) -> tuple[Node, tuple[Notice, ...]]:
    """Return the query with what it names as conditions and the rest of its words."""
    rest = parse_query(citing.rest)
    cited: list[Node] = []
    for named in citing.targets:
        readings = tuple(
            Naming(reading) if any(map(load_gazetteer().get, same_targets(reading))) else Filter("cites", reading)
            for reading in named.readings
        )
        cited.append(readings[0] if len(readings) == 1 else Or(readings))
    words = rest.tree.children if isinstance(rest.tree, And) else (rest.tree,) if rest.tree else ()
    types = any(isinstance(word, Filter) and word.name == "type" for word in words)
    unwanted = () if types or request.filters.get("type") else (Not(FOOTNOTES),)
    children = (*cited, *unwanted, *words)
    tree = And(tuple(dict.fromkeys(children))) if len(children) > 1 else children[0]
    return tree, tuple(notice for notice in rest.notices if notice.code != "no_words")


def _by_any_name(node: Node) -> Node:
    """Return the query with what it names cited in any way."""
    match node:
        case Naming(target):
            return Filter("cites", target)
        case And(children):
            return And(tuple(_by_any_name(child) for child in children))
        case Or(children):
            return Or(tuple(_by_any_name(child) for child in children))
        case _:
            return node  # what is not wanted stays what it is


def _names(q: str, targets: Sequence[Named], languages: Languages) -> Iterator[Node]:
    """Yield the names of targets, as typed and as texts print them: clauses that name what they cite come first."""
    for named in targets:
        for name in dict.fromkeys(_spellings(q[named.start : named.end], named, languages)):
            if parse_query(name).tree is not None:
                yield Phrase(name)
        for word in dict.fromkeys(q[named.start : named.end].split()):
            binds = any(is_binding(word, lang) for lang in languages_written_so(word) if lang in languages)
            if parse_query(word).tree is not None and not binds:
                yield Word(word)


def _spellings(typed: str, named: Named, languages: Languages) -> Iterator[str]:
    yield typed
    for reading in named.readings:
        if load_gazetteer().get(reading) is None:
            yield printed(reading)
    yield from _own_names(named.readings, languages)


def _own_names(targets: Iterable[str], languages: Languages) -> Iterator[str]:
    """Yield the names of instruments in the languages searched, which mean nothing else wherever they stand."""
    for instrument in filter(None, map(load_gazetteer().get, targets)):
        for lang in languages:
            yield from filter(None, (instrument.names.get(lang), *instrument.short.get(lang, ())))


def _ambiguous(targets: Sequence[Named]) -> Iterator[Notice]:
    for named in targets:
        if len(named.readings) > 1:
            listed = ", ".join(named.readings)
            yield Notice("ambiguous_target", f"This may mean any of: {listed}.", named.start)


def _bounded(snapshot: Snapshot, tree: Node, languages: Languages) -> Iterator[Notice]:
    """Yield a notice where «слов*» or «слово~» stands for more words than are looked for."""
    for node in _leaves(tree):
        if not isinstance(node, Prefix | Fuzzy):
            continue
        for lang in languages_for(node.text):
            if lang in languages:
                form, words = languages[lang].fold(node.text), vocabulary(snapshot, lang)
                if isinstance(node, Prefix) and words.number_beginning(form) > MAX_EXPANSIONS:
                    message = f"«{node.text}*» begins more words than the {MAX_EXPANSIONS} most frequent looked for."
                    yield Notice("prefix_cut", message)
                    break
                if isinstance(node, Fuzzy) and len(words.near(form, allowed_errors(form))) > MAX_FUZZY:
                    message = f"«{node.text}~» is near more words than the {MAX_FUZZY} nearest looked for."
                    yield Notice("fuzzy_cut", message)
                    break


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)
        case Not(child):
            yield from _leaves(child)
        case _:
            yield node


def _offered(q: str, odd: Sequence[Correction]) -> Iterator[Notice]:
    if odd:
        better = q
        for slip in odd:
            better = better.replace(slip.typed, slip.meant)
        yield Notice("did_you_mean", f"Did you mean: {better}?", q.find(odd[0].typed), better)
