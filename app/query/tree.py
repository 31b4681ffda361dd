"""What a query says, free of any language or index.

A tree keeps the words as typed; which terms they stand for is decided by `app.query.plan`, which knows the
languages of the index.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.model import FilterName


@dataclass(frozen=True, slots=True)
class Word:
    """One word in any of its forms, or with ``exact`` only as typed."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in this order, each in any of its forms, or with ``exact`` only as typed."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word spelt nearly so."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two words in either order with fewer than ``distance`` words between them."""

    left: Word
    right: Word
    distance: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a column: ``type:operative``."""

    name: FilterName
    value: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Clauses that name a text by its number or a name of its own, not by the head of its title alone."""

    target: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the children; never fewer than two."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children; never fewer than two."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever the child does not match; the child is never a ``Not``."""

    child: Node


Node = Word | Phrase | Prefix | Fuzzy | Near | Filter | Naming | And | Or | Not


def render(node: Node) -> str:
    """Return the tree as a query that parses to the same tree, with every operator written out."""
    match node:
        case Word(text, exact):
            return f"={text}" if exact else text
        case Phrase(text, exact):
            return f'="{text}"' if exact else f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text):
            return f"{text}~"
        case Near(left, right, distance):
            return f"{render(left)} NEAR/{distance} {render(right)}"
        case Filter(name, value):
            return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
        case Naming(target):
            return f'names:"{target}"' if " " in target else f"names:{target}"
        case Not(child):
            return f"NOT {_operand(child)}"
        case And(children):
            return " AND ".join(_operand(child) for child in children)
        case Or(children):
            return " OR ".join(_operand(child) for child in children)


def _operand(node: Node) -> str:
    return f"({render(node)})" if isinstance(node, And | Or | Near) else render(node)
