from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import LANGUAGES, LanguageCode
from indexer.store import open_snapshot
from indexer.store.numbering import Numbering, inverse
from tests.store.builders import resolution, write_index


@given(st.lists(st.tuples(st.sampled_from(LANGUAGES), st.integers(0, 3))))
def test_documents_of_a_language_lie_side_by_side(came: list[tuple[LanguageCode, int]]) -> None:
    numbering = Numbering.by_language([lang for lang, _ in came], [size for _, size in came])
    documents = [(number, place) for number, (_, size) in enumerate(came) for place in range(size)]
    placed = [documents[doc] for doc in numbering.docs]
    first_seen = list(dict.fromkeys(lang for lang, _ in came))
    assert placed == sorted(documents, key=lambda item: (first_seen.index(came[item[0]][0]), item))
    assert [numbering.resolutions[number] for number in numbering.resolution_of] == [number for number, _ in placed]
    assert np.array_equal(inverse(numbering.docs)[numbering.docs], np.arange(len(documents)))


def test_versions_that_come_together_are_told_apart(tmp_path: Path) -> None:
    came = [resolution(number, lang) for number in range(1, 4) for lang in ("ru", "en")]
    snapshot = open_snapshot(write_index(tmp_path, came))
    assert [snapshot.record(doc).lang for doc in range(len(snapshot))] == ["ru"] * 24 + ["en"] * 24
    for item in came:
        record = snapshot.resolution(item.symbol, item.lang)
        assert record is not None
        assert snapshot.load(record) == item
