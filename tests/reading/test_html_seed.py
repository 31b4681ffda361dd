"""The seed resolution saved as a web page, of today and of the 1990s, parses to the same clauses and footnotes."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.reading.document import Block
from tests.reading.seed import agrees_with_gold, marked, seed_document

MENU = '<ul class="menu">' + "".join(f'<li><a href="/{n}">Раздел {n}</a></li>' for n in range(6)) + "</ul>"


def today() -> str:
    """Paragraphs, raised marks that link to notes, an ordered list for a few of the numbers, and a site around."""
    document = seed_document()

    def mark(number: int) -> str:
        return f'<sup id="ref{number}"><a href="#fn{number}">{number}</a></sup>'

    title, *rest = document.blocks
    body = "\n".join(f"<p>{marked(block, mark, html.escape)}</p>" for block in rest)
    notes = "\n".join(
        f'<li id="fn{note.number}"><p>{html.escape(note.text)} <a href="#ref{note.number}">↩</a></p></li>'
        for note in document.notes
    )
    return f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>Документы</title><script>var a = "1. постановляет";</script></head>
<body><header role="banner"><a href="/">Главная</a></header><nav><a href="/ru">Русский</a></nav>{MENU}
<main><h1>{marked(title, mark, html.escape)}</h1>
{body}
<section class="footnotes"><hr><ol>
{notes}
</ol></section></main>
<footer><p>© Все права защищены</p></footer></body></html>"""


def old_paragraphs() -> str:
    """``<p>`` never closed, marks as ``1/`` in the text and ``1/ …`` at the end, code page of Windows."""
    document = seed_document()

    def mark(number: int) -> str:
        return f" {number}/"

    body = "\n".join(f"<p>{marked(block, mark, html.escape)}" for block in document.blocks)
    notes = "\n".join(f"<p>{note.number}/ {html.escape(note.text)}" for note in document.notes)
    return f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251">
<TITLE>A/RES/58/208</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>
{body}
<hr>
<center><b>Примечания</b></center>
{notes}
</BODY></HTML>"""


def linked_brackets() -> str:
    """``[1]`` in the text and before the notes, each linked to the other, as word processors save pages."""
    document = seed_document()

    def mark(number: int) -> str:
        return f'<a href="#_ftn{number}" name="_ftnref{number}"><span class=MsoRef>[{number}]</span></a>'

    body = "\n".join(f"<p class=MsoNormal>{marked(block, mark, html.escape)}</p>" for block in document.blocks)
    notes = "\n".join(
        f'<div id="ftn{note.number}"><p class=MsoFootnoteText><a href="#_ftnref{note.number}">'
        f"[{note.number}]</a> {html.escape(note.text)}</p></div>"
        for note in document.notes
    )
    return f"<html><body><div class=Section1>{body}</div><br clear=all><hr align=left>{notes}</body></html>"


def typewritten() -> str:
    """``<pre>``: wrapped lines, paragraphs indented, the notes under a rule."""
    document = seed_document()

    def mark(number: int) -> str:
        return f" {number}/"

    def wrapped(text: str, indent: str) -> str:
        return textwrap.fill(text, 72, initial_indent=indent, break_on_hyphens=False, break_long_words=False)

    body = "\n\n".join(wrapped(marked(block, mark), "     ") for block in document.blocks[:-1])
    last = document.blocks[-1].text.replace(", ", ",\n", 1)
    notes = "\n\n".join(wrapped(f"{note.number}/ {note.text}", "     ") for note in document.notes)
    text = f"{body}\n\n{last}\n\n{'_' * 15}\n\n{notes}\n"
    return f"<html><title>58/208</title><body><pre>\n{html.escape(text, quote=False)}</pre></body></html>"


@pytest.mark.parametrize(
    ("form", "encoding"),
    [
        (today, "utf-8"),
        (today, "utf-16"),
        (old_paragraphs, "windows-1251"),
        (old_paragraphs, "utf-8"),
        (old_paragraphs, "koi8-r"),
        (linked_brackets, "utf-8"),
        (linked_brackets, "windows-1251"),
        (typewritten, "koi8-r"),
        (typewritten, "utf-8"),
    ],
)
def test_seed_as_a_web_page(form: Callable[[], str], encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "58-208.html"
    path.write_bytes(form().encode(encoding, errors="xmlcharrefreplace"))
    agrees_with_gold(path)


def test_marks_are_printed_where_they_hang() -> None:
    block = Block("вода и рыба", marks=())
    assert marked(block, str) == "вода и рыба"
