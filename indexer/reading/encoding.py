"""Bytes to text: which encoding a file is in, by its mark, its own word, or its letters.

UTF-8 and UTF-16 prove themselves. What is left are the code pages that resolutions were typed and saved in before
Unicode; they all decode anything, so `chardet` judges by how often letters follow each other in each language.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

import chardet

from indexer.model import Problem

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CODE_PAGES: Final = (
    "windows-1251",
    "koi8-r",
    "iso-8859-5",
    "cp866",
    "windows-1256",
    "iso-8859-6",
    "gb18030",
    "big5",
    "windows-1252",
    "iso-8859-15",
)
"""What a file without a mark may be in: the code pages of the six languages under DOS, Windows and Unix."""

# A file that calls itself by the first of these means the second, which holds all its letters and more: browsers
# read them so (WHATWG Encoding Standard).
_MEANT: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}

_BROKEN: Final = re.compile("[\udc80-\udcff]+")
_BEYOND_ASCII: Final = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
_DAMAGED_SHARE: Final = 0.5  # broken places to sound letters beyond ASCII, at most, in a text still taken for UTF-8
_TAGS: Final = re.compile(rb"<[^<>]*>")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_ENOUGH_HIGH: Final = 200  # bytes beyond ASCII: the letters of so many speak louder than a label
_LETTERS: Final = re.compile(r"[^\W\d_a-zA-Z]")
_EXAMINED: Final = 65_536  # bytes that are enough to be sure

_CONTROLS: Final = bytes([*range(0x09), *range(0x0E, 0x20)])  # no text has them, but Cyrillic in UTF-16 is half 04
_CONTROL_SHARE: Final = 0.2  # of the bytes, in UTF-16 of any alphabet; a text with stray zeros has far fewer
_EXPECTED: Final = re.compile(
    r"[\t\n\f\r -\u024f\u0400-\u04ff\u0600-\u06ff\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
_EXPECTED_SHARE: Final = 0.9
_COMMON: Final = re.compile("[ \n\r\ta-zа-яا的，。、和]")
_COMMON_CHINESE: Final = re.compile("[的，。、和]")
_COMMON_CHINESE_SHARE: Final = 0.02


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file and what was odd about its bytes; never raises.

    A byte order mark decides, then sound UTF-8, then the encoding that the file ``declared`` unless its letters
    clearly contradict, then its letters. Problems: ``guessed-encoding`` where nothing but the letters told,
    ``undecodable-bytes`` where bytes that fit no letter became U+FFFD.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], name)
    if proved := _proved(data):
        return _decode_as(data, proved)
    if _damaged_utf8(data):
        return _decode_as(data, "utf-8")
    named, guessed = _known(declared), _guess(data)
    if named and (guessed is None or not _contradicts(data, named, guessed)):
        return _decode_as(data, named)
    if guessed is None:
        return _decode_as(data, "utf-8")
    text, problems = _decode_as(data, guessed)
    why = (
        f"it calls itself {declared}, but its letters are" if named else "nothing names its encoding; its letters are"
    )
    return text, (Problem("guessed-encoding", f"{why} {guessed}"), *problems)


def _decode_as(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    text = data.decode(encoding, errors="replace")
    if "\ufffd" not in text:
        return text, ()
    lost = text.count("\ufffd") - data.decode(encoding, errors="ignore").count("\ufffd")
    if not lost:
        return text, ()  # the file itself holds the sign
    message = f"{lost} bytes or more are not {encoding.upper()} and were replaced by U+FFFD"
    return text, (Problem("undecodable-bytes", message),)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _proved(data: bytes) -> str | None:
    """Unicode that proves itself. Cyrillic in UTF-16 is sound UTF-8 too, but full of control characters."""
    if _decodes(data, "utf-8") and _control_share(data) < _CONTROL_SHARE:
        return "utf-8"
    return _utf16(data) or ("utf-8" if _decodes(data, "utf-8") else None)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: control characters among the bytes, the letters of a language among the characters."""
    sample = data[: _EXAMINED // 2 * 2]
    crowded = _control_share(sample) >= _CONTROL_SHARE
    found: dict[str, int] = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        common = len(_COMMON.findall(text))
        expected = len(_EXPECTED.findall(text)) >= _EXPECTED_SHARE * len(text) > 0
        # Chinese has few control characters; its commonest signs cannot come from pairs of ASCII letters
        chinese = len(_COMMON_CHINESE.findall(text)) >= _COMMON_CHINESE_SHARE * len(text)
        if expected and (crowded or chinese):
            found[encoding] = common
    # Latin letters read in the wrong order pass for Chinese, but for none of its common signs
    return max(found, key=found.__getitem__, default=None)


def _control_share(data: bytes) -> float:
    sample = data[:_EXAMINED]
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample) if sample else 0.0


def _damaged_utf8(data: bytes) -> bool:
    """Whether most letters beyond ASCII are sound UTF-8: a cut or a lone surrogate makes no other encoding."""
    text = data.decode("utf-8", errors="surrogateescape")
    broken = len(_BROKEN.findall(text))
    sound = len(_BEYOND_ASCII.findall(text))
    return 0 < broken <= _DAMAGED_SHARE * sound


def _known(name: str | None) -> str | None:
    """The encoding that a file means by a name, or None for a name that means none."""
    stripped = (name or "").strip()
    try:
        b" ".decode(stripped)  # refuses codecs that are no encodings of text, as rot13
        known = codecs.lookup(stripped).name
    except (LookupError, ValueError):
        return None
    return None if known.startswith("utf") else _MEANT.get(known, known)  # Unicode has proved itself before


def _contradicts(data: bytes, named: str, guessed: str) -> bool:
    """Whether the letters of a text of some length speak for another encoding than the one it names."""
    sample = data[:_EXAMINED]
    if not _decodes(data, named):
        return True
    if len(_HIGH.findall(sample)) < _ENOUGH_HIGH:
        return False
    ours, theirs = (_LETTERS.findall(sample.decode(name, errors="replace")) for name in (named, guessed))
    same = (Counter(ours) & Counter(theirs)).total()  # windows-1252 and ISO 8859-15 differ in a few signs only
    return same < len(theirs) / 2


def _guess(data: bytes) -> str | None:
    """The code page by its letters, or None where the bytes are no text."""
    text = _TAGS.sub(b" ", data[:_EXAMINED])  # chardet would believe what a page calls itself
    found = chardet.detect(text, max_bytes=_EXAMINED, include_encodings=_CODE_PAGES)
    return found["encoding"]
