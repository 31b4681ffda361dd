"""The query language: text in, a tree and notices out.

    query   = both, { "OR", both }
    both    = operand, { [ "AND" ], operand }
    operand = { "NOT" | "-" }, atom
    atom    = "(", query, ")" | term, [ "NEAR/n", term ]
    term    = word | "=word" | '"words"' | '="words"' | "prefix*" | "word~" | "field:value" | "names:target"

Total: every string parses, in time linear in its length. An operator without operands, an odd bracket or an
unclosed quotation mark is passed over with a notice, and the rest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.model import Notice
from app.query.lexer import Kind, Lexeme, Lexer
from app.query.tree import And, Filter, Fuzzy, Naming, Near, Node, Not, Or, Phrase, Prefix, Word

MAX_WORDS = 64  # a pasted clause of more words is found by its first sixty-four
MAX_DEPTH = 20  # brackets in brackets


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as understood; ``tree`` is None when nothing is asked for."""

    tree: Node | None
    notices: tuple[Notice, ...] = ()


def parse_query(text: str) -> ParsedQuery:
    """Parse the text of a query. Never raises."""
    lexer = Lexer(text)
    parser = _Parser(list(lexer))
    tree = parser.parse()
    notices = _one_a_kind([*lexer.notices, *parser.notices])
    if tree is None and text.strip():
        notices.append(Notice("no_words", "The query holds no word to search for."))
    return ParsedQuery(tree, tuple(notices))


def _one_a_kind(notices: Iterable[Notice]) -> list[Notice]:
    """Return the first notice of each code, in the order of their positions: «))))» is one mistake, not four."""
    first: dict[str, Notice] = {}
    for notice in sorted(notices, key=lambda notice: notice.position or 0):
        first.setdefault(notice.code, notice)
    return list(first.values())


class _Parser:
    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self.notices: list[Notice] = []
        self._lexemes = lexemes
        self._at = 0
        self._depth = 0
        self._words = 0

    def parse(self) -> Node | None:
        parts = []
        while self._at < len(self._lexemes):
            part = self._query()
            if part is not None:
                parts.append(part)
            stray = self._take(Kind.CLOSE)
            if stray is not None:
                self._notice("unbalanced_bracket", "A closing bracket has no opening one.", stray)
        return _join(And, parts)

    def _query(self) -> Node | None:
        alternatives = [self._both()]
        while (operator := self._take(Kind.OR)) is not None:
            right = self._both()
            if right is None or alternatives[-1] is None:
                self._dangling(operator)
            alternatives.append(right)
        return _join(Or, [node for node in alternatives if node is not None])

    def _both(self) -> Node | None:
        parts: list[Node] = []
        dangling: Lexeme | None = None
        while (lexeme := self._peek()) is not None and lexeme.kind not in (Kind.OR, Kind.CLOSE):
            if lexeme.kind is Kind.AND:
                self._at += 1
                if dangling is not None or not parts:
                    self._dangling(lexeme)
                dangling = lexeme
                continue
            operand = self._operand()
            if operand is not None:
                parts.append(operand)
                dangling = None
        if dangling is not None and parts:
            self._dangling(dangling)
        return _join(And, parts)

    def _operand(self) -> Node | None:
        negations: list[Lexeme] = []
        while (sign := self._take(Kind.NOT)) is not None:
            negations.append(sign)
        atom = self._atom()
        if atom is None:
            for sign in negations:
                self._dangling(sign)
            return None
        return _negated(atom) if len(negations) % 2 else atom

    def _atom(self) -> Node | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind in (Kind.AND, Kind.OR, Kind.CLOSE):
            return None
        self._at += 1
        if lexeme.kind is Kind.OPEN:
            return self._group(lexeme)
        if lexeme.kind is Kind.NEAR:
            self._dangling(lexeme)
            return None
        term = self._term(lexeme)
        return None if term is None else self._near(term)

    def _group(self, opening: Lexeme) -> Node | None:
        if self._depth >= MAX_DEPTH:
            # The bracket is passed over; its closing partner is then a stray one, with a notice of its own.
            self._notice("too_deep", f"Brackets are read {MAX_DEPTH} deep.", opening)
            return None
        self._depth += 1
        node = self._query()
        self._depth -= 1
        if self._take(Kind.CLOSE) is None:
            self._notice("unbalanced_bracket", "An opening bracket is not closed.", opening)
        return node

    def _term(self, lexeme: Lexeme) -> Node | None:
        if lexeme.name is not None:
            return Filter(lexeme.name, lexeme.text)
        if lexeme.kind is Kind.NAMING:
            return Naming(lexeme.text)
        self._words += len(lexeme.text.split())
        if self._words > MAX_WORDS:
            self._notice("too_many_words", f"Only the first {MAX_WORDS} words were searched for.", lexeme)
            return None
        if lexeme.kind is Kind.PREFIX:
            return Prefix(lexeme.text)
        if lexeme.kind is Kind.FUZZY:
            return Fuzzy(lexeme.text)
        if lexeme.kind is Kind.PHRASE:
            return Phrase(lexeme.text, lexeme.exact)
        return Word(lexeme.text, lexeme.exact)

    def _near(self, left: Node) -> Node | None:
        operator = self._take(Kind.NEAR)
        if operator is None:
            return left
        after = self._peek()
        right = None
        if after is not None and after.kind is Kind.WORD:
            self._at += 1
            right = self._term(after)
        if isinstance(left, Word) and isinstance(right, Word):
            return Near(left, right, operator.distance)
        self._notice("near_needs_words", "NEAR joins two single words; it was read as AND.", operator)
        return _join(And, [node for node in (left, right) if node is not None])

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, kind: Kind) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind is not kind:
            return None
        self._at += 1
        return lexeme

    def _dangling(self, operator: Lexeme) -> None:
        self._notice("dangling_operator", "An operator lacks what it should join.", operator)

    def _notice(self, code: str, message: str, lexeme: Lexeme) -> None:
        self.notices.append(Notice(code, message, lexeme.position))


def _negated(node: Node) -> Node:
    return node.child if isinstance(node, Not) else Not(node)


def _join(kind: type[And] | type[Or], parts: Sequence[Node]) -> Node | None:
    """Return the parts as one node, without brackets that say nothing and without saying anything twice.

    (a AND b) AND c is a AND b AND c; a AND a is a.
    """
    flat = (node for part in parts for node in (part.children if isinstance(part, kind) else (part,)))
    children = list(dict.fromkeys(flat))
    if not children:
        return None
    return children[0] if len(children) == 1 else kind(tuple(children))
