"""Finds the formula that opens a clause: a trie of folded words for each language, built once from the tables.

A formula is a run of words ("takes note of"); modifiers ("also", "with satisfaction") may stand before it and between
any two of its words, and some formulas have a gap ("обращается к … с призывом"). Chinese is matched character by
character, every other language word by word. Languages differ by the ``[matching]`` table of their data alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from indexer.model import LanguageCode
from indexer.structure.words import WordFolder, Words

PARTING = frozenset(",;،؛，；")  # a comma or semicolon before a verb coordinates it
TATWEEL = "\u0640"  # closes a formula whose last letter is a prefix of the next word
GAP_LIMIT = {"word": 40, "character": 80}  # how much may stand in the gap of a discontinuous formula

FormulaSet = Literal["pre", "op"]
"""Participial formulas of preambular paragraphs, finite formulas of operative ones."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What a formula stands for: an action, its other readings in order of frequency, modifiers that it implies."""

    action: str
    alternatives: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A formula found in a list of words.

    ``start`` and ``end`` are word indices of the formula itself: modifiers before it are recorded but lie outside.
    ``depth`` counts the formula's own words, ``found_in`` is the set that lists it, ``gap`` spans the words of a gap.
    """

    formula: Formula
    start: int
    end: int
    depth: int
    found_in: FormulaSet
    modifiers: tuple[str, ...] = ()
    gap: tuple[int, int] | None = None


@dataclass(slots=True)
class _Node:
    """A state of the trie; ``gap`` follows any words, ``prefixes`` match the head of a word (Arabic ``بـ``)."""

    formula: Formula | None = None
    words: dict[str, _Node] = field(default_factory=dict)
    prefixes: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None


@dataclass(slots=True)
class _ModifierNode:
    """A state of the trie of modifiers; ``id`` is None inside a modifier, empty for a filler."""

    id: str | None = None
    inside_only: bool = False
    words: dict[str, _ModifierNode] = field(default_factory=dict)


def load_table(lang: LanguageCode | None, name: str) -> dict[str, Any]:
    """Return a TOML table of ``indexer/structure/data``, of one language or, with None, of all."""
    folder = files("indexer.structure") / "data"
    path = (folder / lang if lang else folder) / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class FormulaMatcher:
    """Matches the formulas of one language. Immutable once built; threads may share it."""

    def __init__(self, lang: LanguageCode) -> None:
        table = load_table(lang, "actions")
        matching: dict[str, Any] = table["matching"]
        self._gap_limit = GAP_LIMIT[matching.get("unit", "word")]
        self._folder = folder = WordFolder(matching)
        self._proclitic: str | None = matching.get("proclitic")
        self._trailing: bool = matching.get("trailing_modifiers", True)
        self._conjunctions = frozenset(matching.get("conjunctions", ()))
        self._subordinators = frozenset(
            key for text in matching.get("subordinators", ()) for key in folder.keys(text)
        )
        self._opening_only = frozenset(folder.keys(text) for text in matching.get("opening_only", ()))
        self._complementizers = [folder.keys(text) for text in matching.get("complementizers", ())]
        self._modifiers = _ModifierNode()
        self._roots: dict[FormulaSet, _Node] = {"pre": _Node(), "op": _Node()}
        self._load_modifiers(load_table(lang, "modifiers")["modifier"])
        self._load_formulas(table, load_table(lang, "ambiguous")["ambiguous"])
        self._heads = {at: frozenset({*self._modifiers.words, *root.words}) for at, root in self._roots.items()}

    def words(self, text: str, start: int = 0) -> Words:
        """Return the words of a text as the matcher compares them."""
        return self._folder.words(text, start)

    def match(self, words: Words, index: int, at: FormulaSet, base: str | None = None) -> Match | None:
        """Return the longest formula that stands at a word, after any modifiers; with ``base`` one of that action."""
        best: Match | None = None
        for found in self._walk(at, words, index):
            if base is not None and found.formula.action != base:
                continue
            if best is None or (found.depth, -found.end) > (best.depth, -best.end):
                best = found
        return best

    def match_opening(self, words: Words, at: FormulaSet, *, strict: bool = False) -> Match | None:
        """Return the formula at the head of a clause.

        Where the right set has none the other is tried, unless ``strict``.
        """
        if not words:
            return None
        found = self._match_without_proclitic(words, 0, at)
        if strict:
            return None if found is None or self._is_opening_only(words, found) else found
        return found or self._match_without_proclitic(words, 0, "op" if at == "pre" else "pre")

    def next_coordinated(self, text: str, words: Words, index: int, at: FormulaSet) -> Match | None:
        """Return the next formula, from a word on, that a comma, semicolon or conjunction coordinates with the first.

        A verb under a subordinator («приняв которую») is no predicate of the organ.
        """
        heads, conjunctions, proclitic = self._heads[at], self._conjunctions, self._proclitic
        keys, spans = words.keys, words.spans
        for i in range(index, len(keys)):
            if (
                (keys[i] in heads or (proclitic and keys[i].startswith(proclitic)))
                and (keys[i - 1] in conjunctions or not PARTING.isdisjoint(text[spans[i - 1][1] : spans[i][0]]))
                and (found := self._match_without_proclitic(words, i, at))
                and not self._is_opening_only(words, found)
                and not (found.end < len(words) and words.keys[found.end] in self._subordinators)
            ):
                return found
        return None

    def _is_opening_only(self, words: Words, found: Match) -> bool:
        return tuple(words.keys[found.start : found.end]) in self._opening_only

    def _match_without_proclitic(self, words: Words, index: int, at: FormulaSet) -> Match | None:
        """Match with the conjunction that a word carries (Arabic و) left out, then with the word as it stands.

        Where the former succeeds, ``words`` keeps the word without its conjunction.
        """
        key, (start, end) = words.keys[index], words.spans[index]
        if self._proclitic and key.startswith(self._proclitic):
            words.keys[index] = key.removeprefix(self._proclitic)
            words.spans[index] = (start + len(self._proclitic), end)
            if found := self.match(words, index, at):
                return found
            words.keys[index], words.spans[index] = key, (start, end)
        return self.match(words, index, at)

    def trailing(self, words: Words, index: int) -> tuple[int, tuple[str, ...], bool]:
        """Return where the modifiers after a formula end, their ids, and whether a conjunction ("that") follows.

        The end lies after the conjunction.
        """
        ids: list[str] = []
        while self._trailing:
            spans = [(end, id_) for end, id_, inside in self._modifiers_at(words, index) if id_ and not inside]
            if not spans:
                break
            index, id_ = max(spans)
            ids.append(id_)
        for keys in self._complementizers:
            if tuple(words.keys[index : index + len(keys)]) == keys:
                return index + len(keys), tuple(ids), True
        return index, tuple(ids), False

    def _walk(self, at: FormulaSet, words: Words, index: int) -> Iterator[Match]:
        """Yield every formula that the words from ``index`` on spell, modifiers skipped."""
        keys, total = words.keys, len(words)
        stack: list[tuple[_Node, int, int, int, tuple[str, ...], tuple[int, int] | None]]
        stack = [(self._roots[at], index, -1, 0, (), None)]
        while stack:
            node, i, start, depth, ids, gap = stack.pop()
            if i >= total:
                continue
            key = keys[i]
            steps = [(follower, i, gap)] if (follower := node.words.get(key)) else []
            if node.gap:
                reach = range(i + 1, min(i + 1 + self._gap_limit, total))
                steps += [(node.gap.words[keys[j]], j, (i, j)) for j in reach if keys[j] in node.gap.words]
            for follower, place, passed in steps:
                begin = place if start < 0 else start
                stack.append((follower, place + 1, begin, depth + 1, ids, passed))
                if follower.formula and not self._ends_inside_modifier(words, begin, place + 1):
                    modifiers = ids + follower.formula.modifiers
                    yield Match(follower.formula, begin, place + 1, depth + 1, at, modifiers, passed)
            for prefix, follower in node.prefixes.items():
                if key.startswith(prefix) and len(key) > len(prefix) and follower.formula:
                    yield Match(follower.formula, start, i, depth + 1, at, ids + follower.formula.modifiers, gap)
            if key in self._modifiers.words:
                for end, id_, inside in self._modifiers_at(words, i):
                    if not (inside and start < 0):
                        stack.append((node, end, start, depth, (*ids, id_) if id_ else ids, gap))

    def _ends_inside_modifier(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a modifier runs on past it: no «Demande à» in «Demande à cet égard», no 赞赏 in 赞赏地"""
        heads = self._modifiers.words
        return any(
            stop > end
            for i in range(start, end)
            if words.keys[i] in heads
            for stop, _, _ in self._modifiers_at(words, i)
        )

    def _modifiers_at(self, words: Words, index: int) -> Iterator[tuple[int, str, bool]]:
        """Yield the end, the id (empty for a filler) and the inside-only mark of the modifiers at a word."""
        node: _ModifierNode | None = self._modifiers
        for i in range(index, len(words)):
            node = node.words.get(words.keys[i]) if node else None
            if node is None:
                return
            if node.id is not None:
                yield i + 1, node.id, node.inside_only

    def _load_modifiers(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            id_ = "" if row["kind"] == "filler" else row["id"]
            for inside_only, key in ((False, "words"), (True, "inside")):
                for text in row.get(key, ()):
                    node = self._modifiers
                    for word in self._folder.keys(text):
                        node = node.words.setdefault(word, _ModifierNode())
                    node.id, node.inside_only = id_, inside_only

    def _load_formulas(self, table: dict[str, Any], ambiguous: list[dict[str, Any]]) -> None:
        readings = {(row["formula"], row["at"]): (row["default"], tuple(row["alternatives"])) for row in ambiguous}
        for row in table["action"]:
            for at in ("pre", "op", "any"):
                for text in row.get(at, ()):
                    action, alternatives = readings.get((text, at), (row["id"], ()))
                    self._add(text, at, Formula(action, alternatives))
        for row in table.get("formula", ()):
            action, alternatives = readings.get((row["text"], row["at"]), (row["actions"][0], ()))
            self._add(row["text"], row["at"], Formula(action, alternatives, tuple(row["modifiers"])))

    def _add(self, text: str, at: str, formula: Formula) -> None:
        sets: tuple[FormulaSet, ...] = ("pre", "op") if at == "any" else ("pre",) if at == "pre" else ("op",)
        for formula_set in sets:
            node = self._roots[formula_set]
            parts = text.split("...")
            for number, part in enumerate(parts):
                if number:
                    node.gap = node.gap or _Node()
                    node = node.gap
                prefixed = part.endswith(TATWEEL)
                keys = self._folder.keys(part.removesuffix(TATWEEL))
                for place, key in enumerate(keys):
                    followers = node.prefixes if prefixed and place == len(keys) - 1 else node.words
                    node = followers.setdefault(key, _Node())
            node.formula = formula


@cache
def formula_matcher(lang: LanguageCode) -> FormulaMatcher:
    """Return the matcher of a language; built at its first use."""
    return FormulaMatcher(lang)
