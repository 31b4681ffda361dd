"""Everything a build has to say about what it read, one JSON object a line, as it is found."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from indexer.model import ClausePath, LanguageCode, Symbol


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing worth a look.

    ``code`` names its kind, ``message`` says it in words, ``where`` is the source. The rest is set where it applies:
    the resolution, the language version and the clause, and of a citation its surface, kind and candidates.
    """

    code: str
    message: str
    where: str
    symbol: Symbol | None = None
    lang: LanguageCode | None = None
    clause: ClausePath | None = None
    surface: str | None = None
    kind: str | None = None
    candidates: tuple[str, ...] = ()


class FindingsFile:
    """A context manager that writes findings to a file, or nowhere without one; memory holds none of them."""

    def __init__(self, path: Path | None) -> None:
        self._file: BinaryIO | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb")
        self._encode = msgspec.json.Encoder().encode

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def write(self, finding: Finding) -> None:
        """Write one finding."""
        if self._file:
            self._file.write(self._encode(finding) + b"\n")
