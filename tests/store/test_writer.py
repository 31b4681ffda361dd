from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import EmptyCorpusError, IndexBusyError
from indexer.lang.base import Base, Form
from indexer.model import TargetId
from indexer.store import IndexWriter, Term, base_field, open_snapshot
from tests.store.builders import resolution, write_index

HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from indexer.store import IndexWriter
with IndexWriter(Path(sys.argv[1])):
    print("writing", flush=True)
    time.sleep(60)
"""


def folders(index: Path) -> set[str]:
    return {path.name for path in index.iterdir() if path.is_dir()}


@pytest.fixture
def other_process(tmp_path: Path) -> subprocess.Popen[str]:
    """A second process in the middle of writing to ``tmp_path``."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout as output:
        assert output.readline() == "writing\n"
    return process


def test_what_was_added_is_found(tmp_path: Path) -> None:
    snapshot = open_snapshot(write_index(tmp_path, [resolution(1), resolution(2)]))
    assert len(snapshot) == 2 * 8
    assert snapshot.match(Term("symbol", "A/RES/58/2")).docs.tolist() == list(range(8, 16))


def test_the_same_resolution_counts_once_a_language(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        assert writer.add(resolution(1, "ru"))
        assert writer.add(resolution(1, "en"))
        assert not writer.add(resolution(1, "ru"))
        writer.commit()
    assert len(open_snapshot(tmp_path)) == 2 * 8


@pytest.mark.parametrize("start_method", multiprocessing.get_all_start_methods())
def test_five_hundred_clauses_are_five_hundred_documents(tmp_path: Path, start_method: str) -> None:
    """Case C32: Whoosh's writer of many processes loses documents; ours counts right under any start method."""
    context: Any = multiprocessing.get_context(start_method)
    process = context.Process(target=write_five_hundred, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    snapshot = open_snapshot(tmp_path)
    assert len(snapshot) == snapshot.postings.documents == 500
    assert sum(count.documents for count in snapshot.terms("id")) == 500


def write_five_hundred(index: Path) -> None:
    texts = [f"пункт {number}" for number in range(1, 49)]  # with title and footnote 50 documents
    write_index(index, (resolution(number, texts=texts) for number in range(1, 11)))


def test_nothing_added_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(EmptyCorpusError), IndexWriter(tmp_path) as writer:
        writer.commit()
    assert folders(tmp_path) == set()


def test_a_build_that_is_not_committed_leaves_the_live_index(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1)])
    before = folders(tmp_path)
    with IndexWriter(tmp_path) as writer:
        writer.add(resolution(2))
    with pytest.raises(AttributeError), IndexWriter(tmp_path) as writer:
        writer.add(None)  # type: ignore[arg-type]
    assert folders(tmp_path) == before
    assert len(open_snapshot(tmp_path)) == 8


def test_a_second_process_is_told_that_the_index_is_busy(
    tmp_path: Path, other_process: subprocess.Popen[str]
) -> None:
    """Case C29, and what a killed build leaves: the next one goes ahead and clears it away."""
    started = time.monotonic()
    with pytest.raises(IndexBusyError, match="another build is still writing"), IndexWriter(tmp_path, wait=0.2):
        pass
    assert time.monotonic() - started >= 0.2
    other_process.send_signal(signal.SIGKILL)
    other_process.wait(10)
    assert any(name.startswith("building-") for name in folders(tmp_path))
    write_index(tmp_path, [resolution(1)])
    assert folders(tmp_path) == {open_snapshot(tmp_path).generation}


def test_a_second_thread_waits_for_the_first(tmp_path: Path) -> None:
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with IndexWriter(tmp_path) as writer:
            inside.set()
            leave.wait(10)
            writer.add(resolution(1))
            writer.commit()

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    with pytest.raises(IndexBusyError), IndexWriter(tmp_path):
        pass
    leave.set()
    with IndexWriter(tmp_path, wait=30) as writer:
        writer.add(resolution(2))
        writer.commit()
    thread.join()
    assert open_snapshot(tmp_path).record(0).symbol == "A/RES/58/2"


def test_the_workspace_is_gone_after_the_build(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        (writer.workspace / "spool").write_text("…")
        writer.add(resolution(1))
        writer.commit()
    assert not list(tmp_path.rglob("spool"))


def test_a_lexicon_decides_the_bases_and_stays_with_the_index(tmp_path: Path) -> None:
    lexicon = {Form("мире"): (Base("вселенная"),)}
    snapshot = open_snapshot(write_index(tmp_path, [resolution(1)], {"ru": lexicon}))
    assert snapshot.lexicon("ru") == lexicon
    assert snapshot.lexicon("en") == {}
    assert [t.bases for t in snapshot.language("ru").tokens("мире")] == [("вселенная",)]
    assert len(snapshot.match(Term(base_field("ru"), "вселенная")).docs) == 1


def test_targets_are_folded_for_search_and_kept_as_cited(tmp_path: Path) -> None:
    with IndexWriter(tmp_path, fold=lambda t: TargetId("ins:test") if t == "A/RES/45/1" else t) as writer:
        writer.add(resolution(1))
        writer.commit()
    snapshot = open_snapshot(tmp_path)
    (note,) = snapshot.match(Term("type", "footnote")).docs
    assert snapshot.record(note).cites == snapshot.columns["cites"].of(note) == ("ins:test",)
    assert snapshot.record(note).citations[0].id == "A/RES/45/1"


def test_the_corpus_hash_knows_content(tmp_path: Path) -> None:
    def corpus(*numbers: int) -> str:
        return open_snapshot(write_index(tmp_path, map(resolution, numbers))).manifest.corpus

    assert corpus(1, 2) == corpus(1, 2)
    assert corpus(1, 2) != corpus(1, 3)
