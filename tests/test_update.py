"""Updating: the index after any changes of its files is what a build of them gives, and nothing else is read."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import gathering
from indexer.build import build_index
from indexer.errors import EmptyCorpusError, IndexDamagedError
from indexer.model import LanguageCode, Resolution, Symbol
from indexer.store import Snapshot, check_index, open_snapshot
from indexer.update import UpdateReport, update_index

LANGUAGES: tuple[LanguageCode, ...] = ("en", "ru")
WORDS = {
    "en": (
        "The General Assembly,",
        "Recalling its resolution 58/{number} on bees,",
        "{place}. Requests the Secretary-General to count {what};",
    ),
    "ru": (
        "Генеральная Ассамблея,",
        "ссылаясь на свою резолюцию 58/{number} о пчелах,",
        "{place}. просит Генерального секретаря сосчитать {what};",
    ),
}
COUNTED = {"en": ("bees", "islands", "hives of the sea"), "ru": ("пчел", "острова", "ульи моря")}
CHANGES = st.tuples(st.integers(1, 26), st.sampled_from(LANGUAGES), st.integers(0, 4))
FILES = 24  # so many that a change of two is no reason to learn words anew


def write_file(folder: Path, number: int, lang: LanguageCode, paragraphs: int = 2) -> Path:
    """Write a resolution as text."""
    enacting, recalling, requesting = WORDS[lang]
    title = f"Bees {number}" if lang == "en" else f"Пчелы {number}"
    body = [
        requesting.format(place=place, what=COUNTED[lang][(number + place) % 3]) for place in range(1, paragraphs + 1)
    ]
    path = folder / f"70-{number}.{lang}.txt"
    path.write_text(
        "\n\n".join([f"70/{number}. {title}", enacting, recalling.format(number=number), *body]), encoding="utf-8"
    )
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(1, FILES + 1):
        for lang in LANGUAGES:
            write_file(folder, number, lang)
    return folder


@pytest.fixture
def index(corpus: Path, tmp_path: Path) -> Path:
    build_index([corpus], tmp_path / "index", jobs=1)
    return tmp_path / "index"


def resolutions(index: Path) -> dict[tuple[Symbol, LanguageCode], Resolution]:
    snapshot = open_snapshot(index)
    return {(record.symbol, record.lang): snapshot.load(record) for record in snapshot.resolutions()}


def update(corpus: Path, index: Path, **options: Any) -> UpdateReport:
    return update_index([corpus], index, jobs=1, **options)


def assert_as_built(corpus: Path, index: Path, tmp_path: Path) -> None:
    built = tmp_path / "built"
    shutil.rmtree(built, ignore_errors=True)
    build_index([corpus], built, jobs=1)
    assert resolutions(index) == resolutions(built)
    assert open_snapshot(index).stats() == open_snapshot(built).stats()
    ours, theirs = open_snapshot(index), open_snapshot(built)
    assert sorted(ours.sources(), key=lambda one: one.name) == sorted(theirs.sources(), key=lambda one: one.name)
    for field in ("base_ru", "form_ru", "base_en", "form_en"):
        assert terms(ours, field) == terms(theirs, field)
    assert check_index(index) == []


def terms(snapshot: Snapshot, field: str) -> set[tuple[str, int]]:
    return {(term.term, term.documents) for term in snapshot.terms(field)}


def test_nothing_changed_is_no_new_index(corpus: Path, index: Path) -> None:
    before = open_snapshot(index).generation
    report = update(corpus, index)
    assert not report.anything
    assert (report.unchanged, report.new, report.changed) == (2 * FILES, 0, 0)
    assert open_snapshot(index).generation == before
    assert any("up to date" in line for line in report.lines())


def test_only_what_changed_is_read(
    corpus: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    parse_task = gathering._parse_task

    def noted(task: gathering.Task) -> gathering.Parsed:
        read.append(Path(task.source.name).name)
        return parse_task(task)

    monkeypatch.setattr(gathering, "_parse_task", noted)
    write_file(corpus, 3, "ru", paragraphs=5)
    report = update(corpus, index)
    assert sorted(read) == ["70-3.en.txt", "70-3.ru.txt"]  # clauses are aligned between the versions
    assert (report.changed, report.unchanged, report.replaced, report.added) == (1, 2 * FILES - 1, 2, 0)
    assert report.rebuilt is None
    assert_as_built(corpus, index, tmp_path)


def test_what_is_new_comes_in(corpus: Path, index: Path, tmp_path: Path) -> None:
    write_file(corpus, 99, "ru")
    report = update(corpus, index)
    assert (report.new, report.added, report.replaced, report.rebuilt) == (1, 1, 0, None)
    assert_as_built(corpus, index, tmp_path)


def test_what_vanished_stays_until_pruned(corpus: Path, index: Path, tmp_path: Path) -> None:
    (corpus / "70-5.ru.txt").unlink()
    report = update(corpus, index)
    assert (report.vanished, report.anything) == (1, False)
    assert (Symbol("A/RES/70/5"), "ru") in open_snapshot(index).held
    report = update(corpus, index, prune=True)
    assert (report.vanished, report.removed, report.replaced) == (1, 1, 1)
    assert (Symbol("A/RES/70/5"), "ru") not in open_snapshot(index).held
    assert_as_built(corpus, index, tmp_path)


def test_what_vanished_stays_beside_what_changed(corpus: Path, index: Path) -> None:
    (corpus / "70-5.ru.txt").unlink()
    kept = resolutions(index)[Symbol("A/RES/70/5"), "ru"]
    write_file(corpus, 5, "en", paragraphs=4)
    update(corpus, index)
    assert resolutions(index)[Symbol("A/RES/70/5"), "ru"].clauses[0] == kept.clauses[0]
    assert len(resolutions(index)[Symbol("A/RES/70/5"), "en"].clauses) == len(kept.clauses) + 2
    assert "70-5.ru.txt" in {Path(source.name).name for source in open_snapshot(index).sources()}


def test_pruning_touches_nothing_elsewhere(corpus: Path, index: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_file(other, 98, "ru")
    report = update_index([other], index, prune=True, jobs=1)
    assert (report.new, report.elsewhere, report.vanished, report.removed) == (1, 2 * FILES, 0, 0)
    assert len(open_snapshot(index).held) == 2 * FILES + 1


def test_a_later_file_elsewhere_takes_the_place(corpus: Path, index: Path, tmp_path: Path) -> None:
    other = tmp_path / "corrected"
    other.mkdir()
    write_file(other, 7, "ru", paragraphs=6)
    report = update_index([other], index, jobs=1)
    assert report.replaced == 2
    assert len(resolutions(index)[Symbol("A/RES/70/7"), "ru"].clauses) == 3 + 6
    assert len(resolutions(index)[Symbol("A/RES/70/7"), "en"].clauses) == 3 + 2


def test_a_duplicate_takes_over_when_the_first_goes(corpus: Path, tmp_path: Path) -> None:
    shutil.copy(write_file(corpus, 9, "ru"), corpus / "zz-copy.ru.txt")
    build_index([corpus], tmp_path / "index", jobs=1)
    (corpus / "70-9.ru.txt").unlink()
    update(corpus, tmp_path / "index", prune=True)
    assert resolutions(tmp_path / "index")[Symbol("A/RES/70/9"), "ru"].source.endswith("zz-copy.ru.txt")
    assert_as_built(corpus, tmp_path / "index", tmp_path)


def test_many_changes_are_a_build(corpus: Path, index: Path, tmp_path: Path) -> None:
    for number in range(1, 8):
        write_file(corpus, number, "ru", paragraphs=4)
    report = update(corpus, index)
    assert report.rebuilt
    assert_as_built(corpus, index, tmp_path)


def test_a_build_by_many_changes_keeps_what_vanished(corpus: Path, index: Path) -> None:
    before = set(open_snapshot(index).held)
    for number in range(1, 8):
        write_file(corpus, number, "ru", paragraphs=4)
        (corpus / f"70-{number + 10}.ru.txt").unlink()
    assert update(corpus, index).rebuilt
    assert set(open_snapshot(index).held) == before
    assert len(open_snapshot(index).sources()) == 2 * FILES


def test_many_small_updates_add_up(corpus: Path, index: Path) -> None:
    rebuilt = []
    for number in range(1, 6):
        write_file(corpus, number, "ru", paragraphs=4)
        rebuilt.append(bool(update(corpus, index).rebuilt))
    assert rebuilt == [False, False, True, False, False]


def test_another_program_reads_everything_again(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.update.program_version", lambda: "99.0")
    report = update(corpus, index)
    assert report.rebuilt is not None
    assert "99.0" in report.rebuilt


def test_without_an_index_it_is_built(corpus: Path, tmp_path: Path) -> None:
    report = update(corpus, tmp_path / "index")
    assert report.rebuilt == "there was no index yet"
    assert report.added == 2 * FILES
    assert_as_built(corpus, tmp_path / "index", tmp_path)


def test_the_languages_of_the_index_stay_the_same(corpus: Path, tmp_path: Path) -> None:
    build_index([corpus], tmp_path / "index", languages=["ru"], jobs=1)
    write_file(corpus, 3, "ru", paragraphs=3)
    assert update(corpus, tmp_path / "index").rebuilt is None
    assert {lang for _, lang in open_snapshot(tmp_path / "index").held} == {"ru"}


def test_members_of_archives(corpus: Path, tmp_path: Path) -> None:
    folder, archive = tmp_path / "zips", tmp_path / "zips" / "corpus.zip"
    folder.mkdir()

    def pack() -> None:
        with zipfile.ZipFile(archive, "w") as packed:
            for path in sorted(corpus.iterdir()):
                packed.write(path, path.name)

    pack()
    build_index([folder], tmp_path / "index", jobs=1)
    assert not update(folder, tmp_path / "index").anything
    write_file(corpus, 4, "en", paragraphs=3)
    (corpus / "70-6.en.txt").unlink()
    pack()
    report = update(folder, tmp_path / "index", prune=True)
    assert (report.changed, report.vanished, report.removed, report.rebuilt) == (1, 1, 1, None)
    assert_as_built(folder, tmp_path / "index", tmp_path)
    assert not update(folder, tmp_path / "index").anything


def test_what_cannot_be_read_is_named_every_time_and_read_once(corpus: Path, tmp_path: Path) -> None:
    (corpus / "cut.xml").write_text("<akomaNtoso><statement")
    (corpus / ".hidden").write_text("nothing")
    build_index([corpus], tmp_path / "index", jobs=1)
    report = update(corpus, tmp_path / "index")
    assert not report.anything
    assert not report.clean
    assert "cut.xml" in "\n".join(report.lines())


def test_an_empty_folder_removes_nothing(index: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyCorpusError):
        update(tmp_path / "empty", index, prune=True)
    assert len(open_snapshot(index).held) == 2 * FILES


def test_a_damaged_index_is_not_built_upon(corpus: Path, index: Path) -> None:
    path = open_snapshot(index).folder / "clauses.jsonl"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError):
        update(corpus, index)
    write_file(corpus, 3, "ru", paragraphs=3)
    with pytest.raises(IndexDamagedError):
        update(corpus, index)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.lists(
            st.tuples(st.integers(1, FILES + 2), st.sampled_from(LANGUAGES), st.integers(0, 4)),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_changes_give_what_a_build_gives(
    corpus: Path, tmp_path: Path, changes: list[list[tuple[int, LanguageCode, int]]]
) -> None:
    index = tmp_path / "any"
    shutil.rmtree(index, ignore_errors=True)
    build_index([corpus], index, jobs=1)
    for step in changes:
        for number, lang, paragraphs in step:  # none: the file goes
            path = write_file(corpus, number, lang, max(paragraphs, 1))
            if not paragraphs:
                path.unlink()
        update(corpus, index, prune=True)
    assert_as_built(corpus, index, tmp_path)
