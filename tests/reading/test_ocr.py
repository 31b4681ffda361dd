"""Scans: the layout of a page, lines to text, and the real page of 1971 where engine and material are at hand."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from indexer.model import ClauseType, Resolution
from indexer.parse import parse
from indexer.reading import ocr
from indexer.reading.formats import read_bytes
from indexer.reading.ocr import read_scan
from indexer.reading.ocr_layout import Picture, find_zones, measure_line
from indexer.reading.ocr_text import ScanLine, Word, page_text
from indexer.structure import is_resolution

NUMBERS = (2751, 2752, 2753, 2754, 2758)
MAX_ERROR_RATE = 0.012  # characters of the five typed resolutions without their footnotes; 0.007 when measured
MIN_WHOLE = 4  # of the five


def blank() -> Picture:
    return np.full((1200, 900), 255, dtype=np.uint8)


def print_lines(page: Picture, left: int, right: int, top: int, count: int) -> None:
    """Print rows of blots as high as letters."""
    for row in range(count):
        for x in range(left, right, 12):
            page[top + 40 * row : top + 40 * row + 18, x : x + 8] = 0


def test_one_column_is_one_zone() -> None:
    page = blank()
    print_lines(page, 100, 800, 100, 20)
    (zone,) = find_zones(page)
    assert not zone.notes
    assert (zone.left, zone.top) == (100, 100)


def test_columns_are_read_one_after_the_other_without_the_running_head() -> None:
    page = blank()
    print_lines(page, 300, 600, 40, 1)  # across the gutter
    print_lines(page, 80, 420, 140, 26)
    print_lines(page, 480, 820, 140, 26)
    zones = find_zones(page)
    assert [(zone.left, zone.notes) for zone in zones] == [(80, False), (pytest.approx(450, abs=20), False)]
    assert all(zone.top > 58 for zone in zones)


def test_a_short_rule_parts_the_notes() -> None:
    page = blank()
    print_lines(page, 80, 820, 100, 15)
    page[740:743, 80:300] = 0
    print_lines(page, 80, 820, 770, 5)
    text, notes = find_zones(page)
    assert (text.notes, notes.notes) == (False, True)
    assert text.bottom < 740 < notes.top


def test_an_empty_page_has_no_zones() -> None:
    assert find_zones(blank()) == []


def test_a_raised_blot_is_found_by_its_foot() -> None:
    strip = np.zeros((40, 300), dtype=np.bool_)
    for x in range(0, 240, 12):
        strip[18:36, x : x + 8] = True
    strip[8:20, 250:256] = True  # a figure above the line
    base, height, raised = measure_line(strip)
    assert (round(base), round(height)) == (36, 18)
    assert [250 <= place <= 256 for place in raised] == [True]


def line(text: str, left: int, base: int, *, right: int | None = None, raised: tuple[int, ...] = ()) -> ScanLine:
    """A line in a face of ten dots a letter."""
    words, at = [], left
    for word in text.split():
        words.append(Word(word, at, at + 10 * len(word)))
        at += 10 * (len(word) + 1)
    if right is not None:
        words[-1] = Word(words[-1].text, words[-1].left, right)
    return ScanLine(tuple(words), base, 20, raised)


def test_paragraphs_marks_and_notes() -> None:
    body = [
        line("3001 (ХХVП. Новые лам-", 0, 0, right=600),
        line("пы на озере", 150, 40, right=450),
        line("Генеральная Ассамблея,", 40, 120),
        line("рассмотрев доклад о лам-", 40, 200, right=600),
        line("пах”,", 0, 240, raised=(35,)),
        line("постановляет зажечь все", 40, 300, right=600),
        line("лампы озера", 0, 340),
        line("100-е заседание,", 350, 400, right=600),
        line("2 мая [97! года.", 400, 440, right=600),
    ]
    notes = [line("` А/1234 и записка о лам-", 40, 0, right=600), line("пах.", 0, 30)]
    text, following = page_text([(body, False), (notes, True)])
    assert text.split("\n\n") == [
        "3001 (XXVI). Новые лампы на озере",
        "Генеральная Ассамблея,",
        "рассмотрев доклад о лампах¹,",
        "постановляет зажечь все лампы озера.",
        "100-е заседание, 2 мая 1971 года.",
        "____________",
        "¹ А/1234 и записка о лампах.",
    ]
    assert following == 2


def test_missing_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "_DATA_FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    (problem,) = read_scan("x.pdf", b"%PDF-1.4").skipped
    assert (problem.code, problem.where) == ("ocr-missing", "x.pdf")
    assert "clausula[ocr]" in problem.message


@pytest.fixture(scope="module")
def engine() -> None:
    """Skip without the extra or its Russian data."""
    pytest.importorskip("tesserocr", reason="needs the extra clausula[ocr]")
    pytest.importorskip("PIL", reason="needs the extra clausula[ocr]")
    try:
        folder = ocr._data_folder()
    except ocr.ScanError as error:
        pytest.skip(str(error))
    if not (Path(folder) / "rus.traineddata").exists():
        pytest.skip("needs the Russian data of Tesseract")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"II*\x00rest", b"\xff\xd8\xff"])
def test_damaged_scans_are_named(data: bytes) -> None:
    (problem,) = read_scan("x", data).skipped
    assert problem.code == "bad-scan"


@pytest.mark.usefixtures("engine")
def test_an_empty_picture_holds_no_text() -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(blank()).save(buffer, "PNG")
    (problem,) = read_bytes("x.png", buffer.getvalue()).skipped
    assert problem.code == "bad-scan"


@pytest.fixture(scope="module")
def scanned(engine: None, shared: Path) -> dict[int, Resolution]:
    """The resolutions read from the page, by number."""
    path = shared / "data" / "scan" / "1971-10-25_GA_Resolution_2758_ru.pdf"
    reading = read_bytes(path.name, path.read_bytes())
    assert reading.skipped == ()
    resolutions = [parse(document) for document in reading.documents]
    assert all(any(p.code == "read-by-ocr" for p in resolution.problems) for resolution in resolutions)
    return {int(r.symbol.removeprefix("A/RES/").partition("(")[0]): r for r in resolutions if not is_resolution(r)}


def typed(shared: Path, number: int) -> list[str]:
    """The paragraphs of a resolution as typed out, without marks; footnotes left out."""
    text = (shared / "data" / "scan" / f"A_RES_{number}_XXVI.ru.txt").read_text(encoding="utf-8")
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    for mark in range(1, 10):
        paragraphs = [p.replace(f"[{mark}]", "") if not p.startswith("[") else p for p in paragraphs]
    return [paragraph for paragraph in paragraphs if paragraph and not paragraph.startswith("[")]


def printed(resolution: Resolution) -> list[str]:
    number, _, session = resolution.symbol.removeprefix("A/RES/").partition("(")
    return [
        f"{number} ({session}. {clause.text}" if clause.type is ClauseType.TITLE else clause.text
        for clause in resolution.clauses
    ]


def edits(one: str, other: str) -> int:
    """The Levenshtein distance."""
    row = np.arange(len(other) + 1)
    letters = np.array([ord(char) for char in other])
    for at, char in enumerate(one, start=1):
        changed = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(char)))
        # insertions run along the row: a running minimum of the values less their place
        full = np.concatenate(([at], changed))
        places = np.arange(len(full))
        row = np.minimum.accumulate(full - places) + places
    return int(row[-1])


def test_levenshtein() -> None:
    assert [edits("лампа", other) for other in ("лампа", "лапа", "лампы", "", "злампас")] == [0, 1, 1, 5, 2]


def test_all_resolutions_of_the_page_are_found(scanned: dict[int, Resolution]) -> None:
    assert set(scanned) >= set(NUMBERS)
    assert all(resolution.lang == "ru" for resolution in scanned.values())


def test_error_rate(scanned: dict[int, Resolution], shared: Path) -> None:
    """Without footnotes, whose print is too poor to read: they are counted apart."""
    wrong = letters = 0
    for number in NUMBERS:
        expected, found = "\n".join(typed(shared, number)), "\n".join(printed(scanned[number]))
        errors = edits(expected, found)
        print(f"{number}: {errors} of {len(expected)} characters, {errors / len(expected):.1%}")  # noqa: T201
        wrong, letters = wrong + errors, letters + len(expected)
    print(f"all: {wrong / letters:.2%}")  # noqa: T201
    assert wrong / letters <= MAX_ERROR_RATE


def test_whole_resolutions(scanned: dict[int, Resolution], shared: Path) -> None:
    """Whole: the right paragraphs of the right types in order, each hardly misread, with the right footnotes."""
    whole = [number for number in NUMBERS if is_whole(scanned[number], typed(shared, number))]
    print(f"whole: {whole}")  # noqa: T201
    assert len(whole) >= MIN_WHOLE


def is_whole(resolution: Resolution, expected: list[str]) -> bool:
    found = printed(resolution)
    types = [clause.type.value for clause in resolution.clauses]
    order = ["title", "enacting", *["preambular"] * (len(expected) - 4), "operative", "adoption"]
    if types != order or any(edits(a, b) > 0.1 * len(a) for a, b in zip(expected, found, strict=True)):
        return False
    marks = [mark.number for clause in resolution.clauses for mark in clause.marks]
    return marks == [note.number for note in resolution.footnotes]
