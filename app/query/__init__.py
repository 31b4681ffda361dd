"""From the text of a query to a tree, and from a tree to a query of the index."""

from app.query.grammar import ParsedQuery, parse_query
from app.query.tree import Node, render

__all__ = ["Node", "ParsedQuery", "parse_query", "render"]
