"""Figures that reading real PDFs must not fall below, against the official XML of the same resolutions."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from indexer.export import resolution_json
from indexer.parse import parse
from indexer.reading.pdf import read_pdf

# Clauses, in parts: tables, which the XML marks as such and the closed list of clause types does not have, count
# against precision; one clause of the XML prints a repeated footnote mark as text.
FLOORS = {"seg": 0.996, "notes": 0.998, "cites": 0.995, "number": 0.998, "title": 1.0, "date": 1.0}


@pytest.fixture(scope="module")
def figures(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The scores of all PDFs of the measuring material."""
    folder = tmp_path_factory.mktemp("pdf")
    pdfs = sorted((shared / "data" / "pdf").glob("*.pdf"))
    if not pdfs:
        pytest.skip("the measuring material holds no PDF")
    tables = shared / "data" / "gold"
    _unpack_xml(shared, tables, {pdf.with_suffix(".txt").name for pdf in pdfs}, folder / "xml")
    _run(shared, "akn_gold.py", folder / "xml", "--base", folder / "xml", "--out", folder / "gold.jsonl")
    with (folder / "product.jsonl").open("w", encoding="utf-8") as out:
        for pdf in pdfs:
            out.writelines(f"{line}\n" for line in _read(pdf))
    options: list[str | Path] = [
        "--errata",
        tables / "link_errata.tsv",
        "--unlinked",
        tables / "unlinked.tsv",
        "--lenient-parts",
        "--given",
    ]
    scores = folder / "scores.json"
    _run(shared, "score_parse.py", folder / "gold.jsonl", folder / "product.jsonl", *options, "--json", scores)
    found: dict[str, Any] = json.loads(scores.read_text(encoding="utf-8"))["en"]
    assert found["documents"] == len(pdfs)
    return found


def _unpack_xml(shared: Path, tables: Path, names: set[str], folder: Path) -> None:
    with (tables / "pdf_pairs.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wanted = {row["xml"] for row in rows if row["text"] in names}
    for archive in sorted((shared / "data" / "unxml").glob("GA*.zip")):
        with zipfile.ZipFile(archive) as opened:
            for member in wanted & set(opened.namelist()):
                opened.extract(member, folder)


def _read(pdf: Path) -> list[str]:
    """The resolutions of a PDF as JSON without «the present resolution», which the XML never marks."""
    lines = []
    for document in read_pdf(pdf.name, pdf.read_bytes()).documents:
        record = resolution_json(parse(document))
        for part in (*_parts(record, "clauses"), *_parts(record, "footnotes")):
            part["citations"] = [cited for cited in part["citations"] if cited["kind"] != "self"]
        lines.append(json.dumps(record, ensure_ascii=False))
    return lines


def _parts(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = record[key]
    return parts


def _run(shared: Path, tool: str, *arguments: str | Path) -> None:
    command = [sys.executable, str(shared / "tools" / tool), *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.PIPE)


@pytest.mark.parametrize(("measure", "floor"), FLOORS.items())
def test_floor(figures: dict[str, Any], measure: str, floor: float) -> None:
    score = figures[measure]
    assert (score["F1"] if isinstance(score, dict) else score) >= floor
