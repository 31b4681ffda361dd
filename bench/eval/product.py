"""What Clausula reads: the lines of ``clausula parse``, and how fast it makes them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from indexer.build import parse_sources
from indexer.export import resolution_json
from indexer.gathering import parse_source
from indexer.model import Problem, Resolution
from indexer.reading.sources import find_sources

Line = dict[str, Any]
"""One line of ``clausula parse``, decoded."""


def write_lines(paths: Iterable[Path], target: Path) -> int:
    """Write what ``clausula parse`` prints for these paths, on all cores, and return the number of lines."""
    count = 0
    with target.open("wb") as file:
        for item in parse_sources(list(find_sources(paths))):
            if isinstance(item, Resolution):
                file.write(msgspec.json.encode(resolution_json(item)) + b"\n")
                count += 1
    return count


def read_lines(path: Path) -> Iterable[Line]:
    """Yield the lines of a file that `write_lines` made."""
    with path.open("rb") as file:
        yield from map(msgspec.json.decode, file)


def write_without_self(path: Path, target: Path) -> Path:
    """Write the same lines without citations of kind ``self``, and return the target."""
    with target.open("wb") as file:
        for line in read_lines(path):
            for holder in (*line["clauses"], *line["footnotes"]):
                holder["citations"] = [citation for citation in holder["citations"] if citation["kind"] != "self"]
            file.write(msgspec.json.encode(line) + b"\n")
    return target


@dataclass(frozen=True, slots=True)
class Speed:
    """One core at work on XML: ``bare`` is what lxml alone takes to parse the same files."""

    clauses: int
    seconds: float
    bare: float

    @property
    def rate(self) -> float:
        """Clauses a second, actions and citations included."""
        return self.clauses / self.seconds if self.seconds else 0.0

    @property
    def ratio(self) -> float:
        """How many times longer it takes than bare parsing."""
        return self.seconds / self.bare if self.bare else 0.0


def measure_speed(files: Iterable[Path]) -> Speed:
    """Read and parse files one after another in this process, in processor time; tables are loaded beforehand."""
    sources = list(find_sources(files))
    contents = [source.load() for source in sources]
    for source in sources[:12]:
        list(parse_source(source))
    started = time.process_time()
    for content in contents:
        etree.fromstring(content, etree.XMLParser(recover=True))
    bare = time.process_time() - started
    started = time.process_time()
    clauses = 0
    for source in sources:
        clauses += sum(len(item.clauses) for item in parse_source(source) if not isinstance(item, Problem))
    return Speed(clauses, time.process_time() - started, bare)
