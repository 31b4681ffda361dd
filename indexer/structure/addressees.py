"""Reads whom a verb is addressed to: «призывает государства-члены и систему Организации Объединенных Наций …».

An addressee phrase follows its verb and ends where the task begins: at an infinitive, a conjunction, a preposition
or a comma. Phrases are coordinated; each of them is one addressee, with the id of the body that its head names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from indexer.model import Addressee, LanguageCode
from indexer.structure.formulas import load_table
from indexer.structure.phrases import ListedPhrases, PhraseGrammar, Runs
from indexer.structure.russian_phrases import RussianPhrases
from indexer.structure.words import WordFolder, Words

NAME_GAP = 8  # words that may stand in the gap of a name: "intergovernmental, regional and subregional organizations"
LOOKAHEAD = 6  # determiners before a name: "all other relevant …"
TASK_REACH = 30  # words between an addressee and its task: "Requests the Committee, at its next session, to …"
ENDING = frozenset(';:.()«»“”"；：。（）')  # no addressee runs over these
COMMA = frozenset(",،，、")

Acceptance = Literal["likely", "proven", "known"]
"""When an addressee outside the table counts: if its task follows somewhere, if it follows at once, never."""


def addressee_label(id: str, lang: LanguageCode) -> str:
    """Return the name of an addressee for people; in English, or the id, where the language has none."""
    labels: dict[str, str] = load_addressees().get(id, {}).get("label", {})
    return labels.get(lang) or labels.get("en") or id


@cache
def load_addressees() -> dict[str, Any]:
    """Return the facts of every addressee by id, in the order of the table."""
    return load_table(None, "addressees")


@dataclass(slots=True)
class _Name:
    """A state of the trie of names; ``gap`` follows a few words more."""

    id: str | None = None
    words: dict[str, _Name] = field(default_factory=dict)
    gap: _Name | None = None


@dataclass(slots=True)
class _Member:
    """A coordinated phrase while it is read: word indices, and the body that its head names."""

    start: int
    end: int
    id: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.end == self.start


class AddresseeReader:
    """Reads the addressees of one language. Immutable once built; threads may share it."""

    def __init__(self, lang: LanguageCode) -> None:
        table = load_table(lang, "addressees")
        phrase: dict[str, Any] = table["phrase"]
        self._folder = WordFolder(load_table(lang, "actions")["matching"])
        self._openers = Runs(map(self._folder.keys, phrase.get("openers", ())))
        self._conjunctions = Runs(map(self._folder.keys, phrase.get("conjunctions", ())))
        self._known_only: bool = phrase.get("known_only", False)
        self._grammar: PhraseGrammar = (
            RussianPhrases(phrase) if phrase.get("cases", False) else ListedPhrases(phrase, self._folder.keys)
        )
        self._names = _Name()
        initial_forms = [(str(bare), str(joined)) for bare, joined in phrase.get("initial_forms", ())]
        for row in table["addressee"]:
            for text in row["names"]:
                self._add(text, row["id"], initial_forms)

    def read(
        self, text: str, words: Words, start: int, stop: int, *, verb: str = "", accept: Acceptance = "likely"
    ) -> tuple[Addressee, ...]:
        """Return the addressees in ``words[start:stop]``, the first of them right at ``start``.

        ``verb`` is the last word of the governing formula, folded. ``accept`` concerns a first addressee that is not
        in the table; where it does not count the answer is empty.
        """
        members, end = self._members(text, words, start, stop, verb)
        if not members:
            return ()
        if members[0].id is None:
            if self._known_only or accept == "known":
                return ()
            reach = end + (1 if accept == "proven" else TASK_REACH)
            if not any(self._grammar.begins_task(words, i, stop) for i in range(end, min(reach, stop))):
                return ()
        spans = [(words.spans[m.start][0], words.spans[m.end - 1][1], m.id) for m in members]
        return tuple(Addressee(text[a:b], a, b, id_) for a, b, id_ in spans)

    def _members(self, text: str, words: Words, index: int, stop: int, verb: str) -> tuple[list[_Member], int]:
        """Read coordinated phrases until something ends them; return them and the word that did."""
        members: list[_Member] = []
        if index >= stop or self._grammar.begins_task(words, index, stop):
            return members, index
        index = self._openers.skip(words, index, stop)
        current = _Member(index, index)
        while index < stop:
            if not current.is_empty:
                after = self._after_joint(text, words, index, stop, verb, current)
                if after is None:
                    break
                index, begins = after
                if begins:
                    members.append(current)
                    current = _Member(index, index)
            name_end, id_ = self._name_at(words, index, stop)
            if id_ is not None:
                if self._known_only and current.id is not None:  # Arabic joins by a letter: «الدول والمنظمات»
                    members.append(current)
                    current = _Member(index, index)
                if current.id is None and self._name_after_determiners(words, current.start, stop) == (name_end, id_):
                    current.id = id_
                index = current.end = name_end
            elif self._ends_phrase(words, index, stop, current):
                break
            else:
                index += 1
                current.end = index
        while not current.is_empty and words.keys[current.end - 1] in self._openers:
            current.end -= 1
        if not current.is_empty:
            members.append(current)
        return members, index

    def _after_joint(
        self, text: str, words: Words, index: int, stop: int, verb: str, current: _Member
    ) -> tuple[int, bool] | None:
        """Pass a comma or conjunction before a word, if there is one.

        Return the word to read on from and whether it begins a further addressee, or None where the reading ends.
        """
        between = frozenset(text[words.spans[index - 1][1] : words.spans[index][0]])
        if not ENDING.isdisjoint(between):
            return None
        after = self._conjunctions.skip(words, index, stop)
        joined = after > index
        if not joined and COMMA.isdisjoint(between):
            return index, False
        begin = self._openers.skip(words, after, stop)
        if begin >= stop:
            return None
        if self._name_after_determiners(words, begin, stop)[1] is not None:
            return begin, True
        if self._known_only:
            return None
        if self._grammar.begins_member(words, begin, stop, verb, joined=joined, opened=begin > after):
            return begin, True
        if self._grammar.continues(words, begin, current.end - 1, joined=joined):
            return begin, False
        return None

    def _ends_phrase(self, words: Words, index: int, stop: int, current: _Member) -> bool:
        if self._known_only and current.id is not None:
            return True
        within_unnamed = current.id is None and not current.is_empty
        return self._grammar.ends_phrase(words, index, stop, within_unnamed=within_unnamed)

    def _name_after_determiners(self, words: Words, index: int, stop: int) -> tuple[int, str | None]:
        """Return the end and the id of the name at a word or after determiners: «все соответствующие органы»."""
        for _ in range(LOOKAHEAD):
            found = self._name_at(words, index, stop)
            if found[1] is not None:
                return found
            length = self._grammar.determiner_length(words, index, stop)
            if not length:
                break
            index += length
        return index, None

    def _name_at(self, words: Words, index: int, stop: int) -> tuple[int, str | None]:
        """Return the end and the id of the longest name at a word; an id of None where there is none."""
        best, id_ = index, None
        stack: list[tuple[_Name, int]] = [(self._names, index)]
        while stack:
            node, i = stack.pop()
            if node.id is not None and i > best:
                best, id_ = i, node.id
            if i < stop and (follower := node.words.get(words.keys[i])):
                stack.append((follower, i + 1))
            if node.gap:
                for j in range(i, min(i + NAME_GAP, stop)):
                    if follower := node.gap.words.get(words.keys[j]):
                        stack.append((follower, j + 1))
                        break
                    if not self._grammar.fills_gap(words, j):
                        break
        return best, id_

    def _add(self, text: str, id_: str, initial_forms: list[tuple[str, str]]) -> None:
        joined = (new + text.removeprefix(old) for old, new in initial_forms if text.startswith(old))
        for variant in (text, *joined):
            node = self._names
            for number, part in enumerate(variant.split("...")):
                if number:
                    node.gap = node.gap or _Name()
                    node = node.gap
                for key in self._folder.keys(part):
                    node = node.words.setdefault(key, _Name())
            node.id = id_


@cache
def addressee_reader(lang: LanguageCode) -> AddresseeReader:
    """Return the reader of a language; built at its first use."""
    return AddresseeReader(lang)
