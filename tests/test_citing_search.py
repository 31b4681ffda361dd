"""Questions for citations, asked of an index."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model import FilterName, SearchPage, SearchRequest
from app.search import search
from indexer.store import Snapshot
from tests.resolutions import index, resolution


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return index(
        tmp_path_factory.mktemp("cited"),
        resolution(
            "60/1",
            "ru",
            "ссылаясь на Конвенцию о правах ребенка",
            "учитывая резолюцию 44/25 о детях и школах",
            "говоря о правах ребенка без всякой конвенции",
            "напоминая резолюцию 48/13 Генеральной Ассамблеи",
            "напоминая резолюцию 1325 (2000) Совета Безопасности",
            "призывая к осуществлению Конвенции во всех школах",
        ),
        resolution("60/2", "ru", "напоминая резолюцию 48/13 Совета по правам человека"),
        resolution("60/3", "en", "Recalling the Convention on the Rights of the Child", "Noting schools"),
    )


def ask(snapshot: Snapshot, q: str, filters: dict[FilterName, tuple[str, ...]] | None = None) -> SearchPage:
    return search(snapshot, SearchRequest(q, filters or {}, facets=()))


def found(page: SearchPage) -> list[str]:
    return [hit.id.removeprefix("A/RES/") for hit in page.hits if not hit.partial]


@pytest.mark.parametrize(
    "q",
    [
        "резолюции, ссылающиеся на Конвенцию о правах ребенка",
        "где упомянута КПР",
        "пункты со ссылкой на 44/25",
        "пункты со ссылкой на а/рез/44/25",
    ],
)
def test_the_clauses_that_cite_a_text_under_any_name(cited: Snapshot, q: str) -> None:
    page = ask(cited, q, {"lang": ("ru",)})
    assert sorted(found(page)) == ["60/1#op1", "60/1#op2"]
    assert page.total == 2
    assert page.query.targets
    assert page.query.interpreted.startswith("names:")
    assert page.hits[0].highlights


def test_clauses_that_cite_by_a_short_name_follow(cited: Snapshot) -> None:
    page = ask(cited, "ссылающиеся на Конвенцию о правах ребенка", {"lang": ("ru",)})
    assert page.total == 2
    (short,) = [hit for hit in page.hits if hit.partial]
    assert short.id == "A/RES/60/1#op6"
    assert short.missing == ("Конвенцию о правах ребенка",)
    (notice,) = page.notices
    assert (notice.code, notice.message[:2]) == ("short_names", "1 ")
    assert notice.suggestion is not None
    everything = ask(cited, notice.suggestion, {"lang": ("ru",)})
    assert sorted(found(everything)) == ["60/1#op1", "60/1#op2", "60/1#op6"]
    assert everything.total == ask(cited, "", {"lang": ("ru",), "cites": ("ins:crc",)}).total


def test_a_text_is_named_inside_the_title_of_another(tmp_path: Path) -> None:
    protocol = "welcoming a protocol to the Convention on the Rights of the Child on schools"
    held = index(tmp_path, resolution("60/3", "en", "Recalling the Paris Agreement", protocol))
    assert found(ask(held, "names:ins:crc")) == ["60/3#op2"]


def test_all_languages_are_searched(cited: Snapshot) -> None:
    assert len(found(ask(cited, "ссылающиеся на Конвенцию о правах ребенка"))) == 3


def test_who_names_it_so_comes_first(cited: Snapshot) -> None:
    assert found(ask(cited, "ссылающиеся на Конвенцию о правах ребенка", {"lang": ("ru",)}))[0] == "60/1#op1"


def test_other_words_stay_words(cited: Snapshot) -> None:
    page = ask(cited, "со ссылкой на Конвенцию о правах ребенка школы")
    assert found(page) == ["60/1#op2"]
    assert page.query.interpreted == "names:ins:crc AND NOT type:footnote AND школы"
    assert found(ask(cited, page.query.interpreted)) == ["60/1#op2"]


def test_readings_of_an_ambiguous_number_are_listed(cited: Snapshot) -> None:
    for q in ("48/13", "пункты со ссылкой на 48/13"):
        page = ask(cited, q)
        assert [target.id for target in page.query.targets] == ["A/RES/48/13", "A/HRC/RES/48/13"]
        assert "ambiguous_target" in {notice.code for notice in page.notices}
        assert sorted(found(page)) == ["60/1#op4", "60/2#op1"]


def test_an_unknown_reading_is_not_listed(cited: Snapshot) -> None:
    assert [target.id for target in ask(cited, "44/25").query.targets] == ["A/RES/44/25"]
    assert ask(cited, "1514").query.targets == ()  # a number that the index does not know as a resolution


@pytest.mark.parametrize("q", ["1325", "1325 (2000)", "резолюция 1325", "S/RES/1325", "кто ссылается на 1325"])
def test_numbers_of_the_council(cited: Snapshot, q: str) -> None:
    page = ask(cited, q)
    assert [target.id for target in page.query.targets] == ["S/RES/1325(2000)"]
    assert found(page) == ["60/1#op5"]


def test_operators_are_left_alone(cited: Snapshot) -> None:
    page = ask(cited, "упомянута OR Конвенция")
    assert page.query.interpreted == "упомянута OR Конвенция"
