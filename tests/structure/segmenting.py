"""A text as pages give it, segmented, and what came of it in short."""

from __future__ import annotations

from indexer.model import Resolution
from indexer.reading.plain import read_plain
from indexer.structure import segment


def parse(text: str) -> Resolution:
    """Return the one resolution of a text."""
    (document,) = read_plain("test.txt", text)
    return segment(document)


def outline(resolution: Resolution) -> list[str]:
    """Return path, type and number of every clause."""
    return [f"{clause.path} {clause.type} {clause.number or '-'}" for clause in resolution.clauses]


def codes(resolution: Resolution) -> list[str]:
    """Return the codes of the problems."""
    return [problem.code for problem in resolution.problems]


RUSSIAN = """
 71/399. Охрана горных озер

 Генеральная Ассамблея,

 ссылаясь на свои решения об озерах,

 отмечая:

 а) холод;

 b) глубину,

 1. призывает беречь озера;

 2. просит:

 а) считать рыб:

 i) малых;

 ii) больших;

 b) измерять воду;

и сообщать об этом каждый год;

Отчетность

 3. постановляет вернуться к вопросу об озерах.

12-е пленарное заседание,
5 июля 2017 года

Приложение

Правила счета рыб

 1. Рыбы считаются утром:

 а) по одной;

 • парами;

 2. Вода не мутится.
"""
