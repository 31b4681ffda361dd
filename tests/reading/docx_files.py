"""DOCX files made by hand for the tests: just the parts that a reader looks at."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT_W = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def docx(body: str, parts: Mapping[str, str] | None = None, *, namespace: str = W) -> bytes:
    """Return a DOCX with this content of ``w:body`` and these parts (``footnotes`` …: the content of their root)."""
    parts = parts or {}
    kinds = {name.rstrip("0123456789"): name for name in parts}
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({kind: f"{name}.xml" for kind, name in kinds.items()}),
        "word/document.xml": f"<w:document {namespace}><w:body>{body}</w:body></w:document>",
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for name, content in parts.items():
        root = roots.get(name.rstrip("0123456789"), name)
        members[f"word/{name}.xml"] = f"<w:{root} {namespace}>{content}</w:{root}>"
    return package(members)


def package(members: Mapping[str, str]) -> bytes:
    """Return a zip archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def paragraph(*inline: str, properties: str = "") -> str:
    """Return a paragraph of these runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inline)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def note_call(number: int, kind: str = "footnote") -> str:
    """Return the reference to a note."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(texts: Iterable[tuple[int, str]], kind: str = "footnote") -> str:
    """Return the content of ``footnotes.xml``, with the separator that Word keeps there."""
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return separator + "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{run(" " + text)}</w:p></w:{kind}>'
        for number, text in texts
    )


def numbered(list_id: int, level: int = 0) -> str:
    """Return the properties that put a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def lists(*definitions: Iterable[tuple[str, str]]) -> str:
    """Return the content of ``numbering.xml``: for each list the (format, text) of its levels; ids count from 1."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">'
        + "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (format_, text) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for at, levels in enumerate(definitions, start=1)
    )
    concrete = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(definitions) + 1)
    )
    return abstract + concrete
