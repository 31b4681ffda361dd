"""Every encoding that the six languages were saved in is told by its letters."""

from __future__ import annotations

import codecs
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.encoding import decode
from tests.reading.seed import SEED, agrees_with_gold

TEXT = "71/399. Озера\n\nГенеральная Ассамблея,"
SENTENCES = {
    row["code"]: row["example"]
    for row in tomllib.loads(
        resources.files("indexer.reading").joinpath("data/languages.toml").read_text(encoding="utf-8")
    )["language"]
}
OLD = {
    "ru": ("windows-1251", "koi8-r", "iso-8859-5", "cp866"),
    "ar": ("windows-1256", "iso-8859-6"),
    "zh": ("gb18030", "big5"),
    "en": ("windows-1252",),
    "fr": ("windows-1252", "iso-8859-15"),
    "es": ("windows-1252", "iso-8859-15"),
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize(
    ("lang", "encoding"), [(lang, encoding) for lang, old in OLD.items() for encoding in (*UNICODE, *old)]
)
def test_a_sentence_of_each_language_survives(lang: str, encoding: str) -> None:
    sentence = SENTENCES[lang] + (".\n" if lang != "zh" else "。\n")
    sentence = sentence.encode(encoding, errors="ignore").decode(encoding)  # big5 has no simplified letters
    text, problems = decode(sentence.encode(encoding))
    assert text == sentence
    guessed = encoding in OLD[lang] and not sentence.isascii()
    assert [problem.code for problem in problems] == ["guessed-encoding"] * guessed


@given(
    st.sampled_from([(lang, encoding) for lang, old in OLD.items() for encoding in old if encoding != "big5"]),
    st.integers(min_value=1, max_value=6),
    st.sampled_from([" ", "\n", "\r\n", " 12. ", "; ", "\t"]),
)
def test_sentences_in_any_setting_survive(form: tuple[str, str], times: int, between: str) -> None:
    lang, encoding = form
    text = between.join([SENTENCES[lang].encode(encoding, errors="ignore").decode(encoding)] * times)
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_unicode_proves_itself(data: bytes) -> None:
    assert decode(data) == (TEXT, ())


@pytest.mark.parametrize(
    ("declared", "encoding", "codes"),
    [
        ("windows-1251", "windows-1251", []),
        ("WINDOWS-1251", "windows-1251", []),
        ("windows-1251", "utf-8", []),  # saved anew by a browser, its label left as it was
        ("windows-1251", "koi8-r", ["guessed-encoding"]),
        ("no such encoding", "koi8-r", ["guessed-encoding"]),
        ("rot13", "koi8-r", ["guessed-encoding"]),
        ("", "koi8-r", ["guessed-encoding"]),
    ],
)
def test_letters_contradict_a_wrong_label(declared: str, encoding: str, codes: list[str]) -> None:
    text = " ".join([SENTENCES["ru"]] * 6)
    found, problems = decode(text.encode(encoding), declared)
    assert found == text
    assert [problem.code for problem in problems] == codes


def test_a_label_decides_where_letters_are_few() -> None:
    assert decode("café".encode("iso-8859-1"), "iso-8859-1") == ("café", ())
    assert decode("“café”".encode("windows-1252"), "iso-8859-1") == ("“café”", ())
    assert decode("озеро".encode("gb18030"), "gb2312") == ("озеро", ())


@pytest.mark.parametrize(
    ("data", "text", "lost"),
    [
        ("лампы горят".encode() + b"\xff", "лампы горят\ufffd", 1),
        ("лампы горят".encode()[:-1], "лампы горя\ufffd", 1),
        ("лампы \ud800 горят".encode("utf-8", "surrogatepass"), "лампы \ufffd\ufffd\ufffd горят", 3),
    ],
)
def test_damaged_utf8_stays_utf8(data: bytes, text: str, lost: int) -> None:
    found, (problem,) = decode(data)
    assert (found, problem.code) == (text, "undecodable-bytes")
    assert problem.message.startswith(f"{lost} bytes")


def test_a_replacement_sign_of_the_file_itself_is_no_problem() -> None:
    assert decode("5\ufffd13 мая".encode()) == ("5\ufffd13 мая", ())


def test_lone_surrogates_of_utf16_are_replaced() -> None:
    data = codecs.BOM_UTF16_LE + "лампы ".encode("utf-16-le") + b"\x00\xd8" + " горят".encode("utf-16-le")
    text, (problem,) = decode(data)
    assert (text, problem.code) == ("лампы \ufffd горят", "undecodable-bytes")


def test_zeros_in_a_text_do_not_make_it_utf16() -> None:
    text = "The General\x00 Assembly\x00 decides to light all lamps."
    assert decode(text.encode()) == (text, ())


@given(st.binary(max_size=200), st.text(max_size=10))
def test_any_bytes_give_text_without_surrogates(data: bytes, declared: str) -> None:
    text, _ = decode(data, declared)
    text.encode()


@given(st.text())
def test_utf8_is_never_mistaken(text: str) -> None:
    crowded = sum(char < " " and char not in "\t\n\v\f\r" for char in text)
    if crowded * 10 < len(text) and not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, ())


# What KOI8-R lacks, and how people typed it
TYPED = str.maketrans("–«»№", '-""N')


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_seed_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "58-208.txt"
    path.write_bytes(SEED.read_text(encoding="utf-8").encode(encoding))
    agrees_with_gold(path)


@pytest.mark.parametrize(("encoding", "table"), [("windows-1251", {}), ("koi8-r", TYPED)])
def test_seed_in_code_pages(encoding: str, table: dict[int, int], tmp_path: Path) -> None:
    """The replacement signs of the seed were dashes, which the code pages have."""
    text = re.sub("(?<=[а-я]) \ufffd(?=\\d)", " – ", SEED.read_text(encoding="utf-8")).replace("\ufffd", "–")
    path = tmp_path / "58-208.txt"
    path.write_bytes(text.translate(table).encode(encoding))
    agrees_with_gold(path, lambda gold: gold.translate(table))
