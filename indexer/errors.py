"""The one exception tree of Clausula.

ClausulaError
├── InputError            something given from outside cannot be used
│   ├── UnreadableSourceError      a file that no reader understands
│   ├── EmptyCorpusError      sources that hold no resolution
│   ├── InvalidSymbolError    text that is no document symbol
│   └── UnknownLanguageError  a language code outside ar zh en fr ru es
└── StoreError            an index that cannot be used
    ├── IndexMissingError     no index where one was expected
    ├── IndexDamagedError     an index whose files do not match its manifest
    ├── IndexOutdatedError    an index of another schema version
    ├── IndexBusyError        another process is writing
    └── IndexUnwritableError  the system refused to write: a full disk, a folder that may not be written

Reading, segmenting, citing and query parsing never raise on content: they return problems or notices.
"""

from __future__ import annotations


class ClausulaError(Exception):
    """Root of every error that Clausula raises on purpose; its text says what to do."""


class InputError(ClausulaError):
    """Something given from outside cannot be used."""


class UnreadableSourceError(InputError):
    """A file that no reader understands; carries the source's name and the reason."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class EmptyCorpusError(InputError):
    """The sources hold no resolution."""


class InvalidSymbolError(InputError):
    """Text that is no document symbol."""


class UnknownLanguageError(InputError):
    """A language code outside ar, zh, en, fr, ru and es."""


class FetchError(InputError):
    """Something that cannot be fetched; the text says why and what to do."""


class StoreError(ClausulaError):
    """An index that cannot be used."""


class IndexMissingError(StoreError):
    """No index where one was expected."""


class IndexDamagedError(StoreError):
    """An index whose files do not match its manifest."""


class IndexOutdatedError(StoreError):
    """An index written with another schema version."""


class IndexFullError(StoreError):
    """More terms, documents or words than the format of the index has numbers for."""


class IndexBusyError(StoreError):
    """Another process is writing to the index."""


class IndexUnwritableError(StoreError):
    """The system refused to write an index: a full disk, a folder or file system that may not be written."""


class SettingError(ClausulaError):
    """A setting has a value that it does not take."""
