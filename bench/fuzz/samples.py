"""Sound files of every format, made from sentences of our own, for mutants to be made of."""

from __future__ import annotations

from pathlib import Path

from tests.reading.docx_files import docx, note_call, notes, paragraph, run
from tests.reading.pdf_writer import lines, note, write_pdf

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "reading" / "fixtures"

TEXTS = (
    "United Nations A/RES/58/208",
    "Resolution adopted by the General Assembly on 23 December 2003",
    "58/208. Rights of migrant workers",
    "The General Assembly,",
    "Recalling its resolutions 57/270 B of 23 June 2003 and 41/60 J on the same subject,",
    "Noting the report of the Secretary-General (A/58/98),",
    "1. Requests the Secretary-General to report on the rights of migrant workers;",
    "(a) To consult Member States;",
    "2. Decides to remain seized of the matter.",
)


def samples() -> dict[str, tuple[bytes, ...]]:
    """Return sound files by a name that tells the format."""
    text = "\n\n".join(TEXTS)
    body = "".join(f"<p>{one}</p>" for one in TEXTS)
    html = f"<html lang='en'><body>{body}<p>3. Thanks all <sup>1</sup>.</p><hr><p>1/ A note.</p></body></html>"
    inline = "".join(paragraph(run(one)) for one in TEXTS) + paragraph(run("3. Thanks all."), note_call(1))
    page = [mark for at, one in enumerate(TEXTS) for mark in lines([one], 700 - 30 * at)]
    return {
        "x.txt": (text.encode(), text.encode("utf-16"), text.encode("gb18030")),
        "x.html": (html.encode(), html.encode("windows-1251")),
        "x.xml": tuple(path.read_bytes() for path in sorted(FIXTURES.glob("*.xml"))),
        "x.docx": (docx(inline), docx(inline, {"footnotes": notes([(1, "A note.")])})),
        "x.pdf": (write_pdf([page, [*page, *note("1", "A note.", 80)]]), write_pdf([page])),
    }
