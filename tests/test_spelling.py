"""Corrections, fuzzy words and prefixes: only with words of the index."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import SearchPage, SearchRequest
from app.query.grammar import parse_query
from app.ranking import MAX_EXPANSIONS, MAX_FUZZY
from app.search import search
from app.spelling import allowed_errors, corrections
from app.vocabulary import Vocabulary
from indexer.store import Snapshot
from tests.resolutions import index, resolution


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return index(
        tmp_path_factory.mktemp("spelling"),
        resolution("60/1", "ru", "безопасность неделима", "безопасность и мир", "резолюция о безопасности", "свищ"),
        resolution("60/2", "en", "risk management", "management of risks", "human rights"),
        resolution("60/3", "ru", *(f"основа{chr(1072 + n // 26)}{chr(1072 + n % 26)}" for n in range(140))),
    )


def ask(snapshot: Snapshot, q: str) -> SearchPage:
    return search(snapshot, SearchRequest(q, facets=()))


def offered(snapshot: Snapshot, q: str) -> list[str | None]:
    return [notice.suggestion for notice in ask(snapshot, q).notices if notice.code == "did_you_mean"]


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("безопастность", "безопасность"),
        ("безопастность неделима", "безопасность неделима"),
        ("risk managemnt", "risk management"),
        ("htpjk.wbz", "резолюция"),
        ("htpjk.wbz мир", "резолюция мир"),
        (",tpjgfcyjcnm", "безопасность"),
        ("кшпреы", "rights"),
    ],
)
def test_what_may_be_meant_is_offered(words: Snapshot, q: str, meant: str) -> None:
    assert offered(words, q) == [meant]


@pytest.mark.parametrize(
    "q",
    ["безопасности", "мир", "велосипед", "58/208", "cedaw", "rights", '"безопастность"', "法律", "мор", "резолюцию"],
)
def test_nothing_is_offered_for_known_words_names_and_strangers(words: Snapshot, q: str) -> None:
    assert offered(words, q) == []


def test_a_notice_stands_where_the_slip_is(words: Snapshot) -> None:
    (notice,) = ask(words, "неделима безопастность").notices
    assert (notice.code, notice.position) == ("did_you_mean", 9)


def test_what_was_meant_is_found_and_marked(words: Snapshot) -> None:
    page = ask(words, "безопастность неделима")
    assert page.total == 0
    assert page.hits[0].text == "безопасность неделима"
    assert page.hits[0].missing == ("безопастность",)
    assert [page.hits[0].text[start:end] for start, end in page.hits[0].highlights] == ["безопасность", "неделима"]


def test_a_synonym_follows_and_is_no_full_answer(words: Snapshot) -> None:
    page = search(words, SearchRequest("фистула", facets=(), explain=True))
    assert page.total == 0
    (hit,) = page.hits
    assert (hit.text, hit.partial, hit.missing) == ("свищ", True, ("фистула",))
    assert hit.explanation is not None
    (part,) = cast("list[dict[str, Any]]", hit.explanation["parts"])
    assert (part["how"], part["instead"]) == ("synonym", "свищ")
    assert [match["text"] for match in part["matches"]] == ["свищ"]


def test_fuzzy_words(words: Snapshot) -> None:
    assert ask(words, "безопастность~").total == 3  # «безопасности» is two letters away too
    assert ask(words, "велосипед~").total == 0
    page = ask(words, "managment~")
    assert {hit.text[start:end] for hit in page.hits for start, end in hit.highlights} == {"management"}


def test_expansions_are_bounded_and_say_so(words: Snapshot) -> None:
    page = ask(words, "основа*")
    assert [notice.code for notice in page.notices] == ["prefix_cut"]
    assert page.total == MAX_EXPANSIONS
    page = ask(words, "основааб~")
    assert [notice.code for notice in page.notices] == ["fuzzy_cut"]
    assert page.total <= MAX_FUZZY


def test_corrections_of_everything_in_a_tree(words: Snapshot) -> None:
    q = "(безопастность OR managemnt) NOT неделма"
    found = corrections(words, q, parse_query(q).tree, ("ru", "en"))
    assert [slip.meant for slip in found] == ["безопасность", "management"]


@given(
    st.dictionaries(st.text("абв", min_size=1, max_size=6), st.integers(1, 9)), st.text("абв", min_size=4, max_size=6)
)
def test_near_words_are_in_the_vocabulary_within_the_errors(counts: dict[str, int], form: str) -> None:
    found = Vocabulary(counts).near(form, allowed_errors(form))
    assert set(found) <= counts.keys()
    assert len(set(found)) == len(found)
    assert form not in counts or found[0] == form
    assert all(abs(len(near) - len(form)) <= allowed_errors(form) for near in found)


@given(st.dictionaries(st.text("абв", min_size=1, max_size=6), st.integers(1, 9)), st.text("абв", max_size=3))
def test_words_that_begin_so(counts: dict[str, int], prefix: str) -> None:
    words = Vocabulary(counts)
    found = words.beginning(prefix)
    assert sorted(found) == sorted(form for form in counts if form.startswith(prefix))
    assert words.number_beginning(prefix) == len(found)
    assert [counts[form] for form in found] == sorted((counts[form] for form in found), reverse=True)
