from __future__ import annotations

from typing import Any

import pytest

from indexer.store import Snapshot, form_field
from indexer.store.codec import ArrayCodec, ArraySegment, ReadOnlyError


def test_a_cursor_walks_the_terms_of_a_field(snapshot: Snapshot) -> None:
    field = form_field("en")
    expected = sorted(count.term for count in snapshot.terms(field))
    cursor: Any = snapshot.postings.whoosh.searcher().reader().cursor(field)
    walked = []
    while cursor.is_valid():
        walked.append(cursor.text())
        info = cursor.term_info()
        assert info is not None
        assert info.doc_frequency() == next(c.documents for c in snapshot.terms(field) if c.term == walked[-1])
        cursor.next()
    assert walked == expected
    assert (cursor.text(), cursor.term_info()) == (None, None)
    assert cursor.first() == expected[0]
    assert cursor.find("pea") == "peace"


def test_lengths_of_a_field(snapshot: Snapshot) -> None:
    reader = snapshot.postings.whoosh.searcher().reader()
    lengths = [reader.doc_field_length(doc, form_field("ru")) for doc in range(48)]
    assert reader.min_field_length(form_field("ru")) == min(lengths)
    assert reader.max_field_length(form_field("ru")) == max(lengths)
    assert reader.field_length(form_field("zh")) == 0


def test_whoosh_cannot_change_what_is_written(snapshot: Snapshot) -> None:
    with pytest.raises(ReadOnlyError):
        ArraySegment("MAIN", 1).delete_document(0)
    with pytest.raises(ReadOnlyError):
        ArrayCodec(snapshot.postings.arrays).field_writer(None, None)
