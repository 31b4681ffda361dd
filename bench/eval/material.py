"""The measuring material: where it lies, a fair sample of it, and the tools that belong to it.

The material (official XML, page text, tables of known errors, scoring tools) is no part of the product. The tools are
run as programs; none of their code is repeated here.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]

_ASSEMBLY_NUMBER = re.compile(r"((?:E?S-)?\d+)_(\d+)")  # A_RES_79_100-2423545E.xml, 75_101A-B_R.xml
_COUNCIL_NUMBER = re.compile(r"\d{3,4}")  # S_RES_2508 (2020)-2002064E.xml, SC_2582_2021-R.xml
_COUNCIL_PREFIX = "SC/"  # under which the table of wrong links knows the files of the Security Council


@dataclass(frozen=True, slots=True)
class Material:
    """The folder of the measuring material."""

    folder: Path

    @property
    def archives(self) -> list[Path]:
        """The zip archives of official XML."""
        return sorted((self.folder / "data" / "unxml").glob("*.zip"))

    @property
    def gold_tables(self) -> Path:
        """The folder of wrong links, unlinked citations and pairs of PDF and XML."""
        return self.folder / "data" / "gold"

    @property
    def pdf_folder(self) -> Path:
        """The folder of real PDFs and of the zip archive with the text of many more."""
        return self.folder / "data" / "pdf"

    def run_tool(self, name: str, *arguments: str | Path) -> str:
        """Run a tool of the material and return what it printed; raises `CalledProcessError` when it fails."""
        command = [sys.executable, str(self.folder / "tools" / name), *map(str, arguments)]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout

    def pdf_pairs(self) -> Iterator[tuple[str, str, str]]:
        """Yield symbol, name of the page text, and name of the English XML of each pair."""
        with (self.gold_tables / "pdf_pairs.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows)
            yield from ((symbol, text, xml) for symbol, text, xml in rows)

    def unpack_texts(self, names: list[str], folder: Path) -> None:
        """Unpack texts that an extractor took out of PDFs."""
        (archive,) = self.pdf_folder.glob("*pdftext*.zip")
        with zipfile.ZipFile(archive) as opened:
            held = {PurePosixPath(member).name: member for member in opened.namelist()}
            for name in names:
                _unpack(opened, held[name], folder / name)


def find_material() -> Material | None:
    """Return the material at ``CLAUSULA_SHARED``, else beside the project root, or None where there is none."""
    folder = Path(os.environ.get("CLAUSULA_SHARED", ROOT.parent / "shared"))
    return Material(folder) if (folder / "data" / "unxml").is_dir() and (folder / "tools").is_dir() else None


def unpack_sample(material: Material, percent: float, folder: Path) -> int:
    """Unpack the XML of a sample of resolutions, each in all its languages, and return the number of files.

    The sample depends on the numbers of the resolutions only: the same everywhere, and a larger one holds every
    smaller one.
    """
    count = 0
    for archive in material.archives:
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                if name.endswith(".xml") and in_sample(sample_key(archive, name), percent):
                    _unpack(opened, name, folder / archive_name(archive, name))
                    count += 1
    return count


def unpack_named(material: Material, names: set[str], folder: Path) -> None:
    """Unpack the XML files of these names."""
    for archive in material.archives:
        with zipfile.ZipFile(archive) as opened:
            for name in names.intersection(opened.namelist()):
                _unpack(opened, name, folder / archive_name(archive, name))


def _unpack(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(archive.read(name))


def archive_name(archive: Path, member: str) -> str:
    """Return the name under which the tables of the material know a member of an archive."""
    return (_COUNCIL_PREFIX if archive.name.startswith("SC") else "") + member


def sample_key(archive: Path, member: str) -> str:
    """Return what all language versions of a resolution have in common: its number."""
    pattern = _COUNCIL_NUMBER if archive.name.startswith("SC") else _ASSEMBLY_NUMBER
    stem = PurePosixPath(member).stem
    found = pattern.search(stem)
    return found[0] if found else stem


def in_sample(key: str, percent: float) -> bool:
    """Whether a resolution belongs to a sample of so many percent."""
    return zlib.crc32(key.encode()) % 10_000 < percent * 100
