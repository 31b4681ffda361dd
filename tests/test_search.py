"""Searching: the seed from end to end, and small resolutions of our own for each rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model import FACETS, FilterName, Hit, SearchPage, SearchRequest
from app.ranking import MAX_WINDOW
from app.search import search
from indexer.build import build_index
from indexer.store import Snapshot, open_snapshot
from tests.resolutions import index, resolution

SYMBOL = "A/RES/58/208"


@pytest.fixture(scope="session")
def seed_index(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """An index of the bundled resolution alone."""
    folder = tmp_path_factory.mktemp("seed")
    build_index([seed], folder, jobs=1)
    return open_snapshot(folder)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """An index of short resolutions in several languages."""
    return index(
        tmp_path_factory.mktemp("small"),
        resolution(
            "60/1",
            "ru",
            "принимает к сведению пункт 5 постановляющей части",
            "принимает к сведению пункт 6 постановляющей части",
            "принимает к сведению подпункт a) пункта 5",
            "призывает 58 стран и 208 участников",
            "подтверждает статьи 51 Устава",
            "просит представить отчёт и заём",
            title="Порядок работы",
            date="2005-10-24",
            subject="procedure",
        ),
        resolution(
            "60/2",
            "ru",
            "ссылается на свою резолюцию 58/208 от 23 декабря 2003 года",
            "ссылается на Конвенцию о ликвидации всех форм дискриминации в отношении женщин",
            "ссылается на резолюцию 34/180 Генеральной Ассамблеи",
            "приветствует развитие и мир",
            title="Развитие",
            date="2006-01-10",
        ),
        resolution(
            "60/1",
            "en",
            "Takes note of the state of emergency",
            "Takes note of the state emergency plan",
            "Takes note of the state and emergency services",
            "Recalls human rights and human dignity",
            title="Order of work",
            date="2005-10-24",
            subject="procedure",
        ),
        resolution("60/3", "fr", "Invite l’Assemblée générale à agir", title="Mesures"),
        resolution("60/3", "ar", "ميثاق الأمم المتحدة", title="تدابير"),
        resolution("60/3", "zh", "安全理事会第1373（2001）号决议", "共同但有区别的责任", title="措施"),
    )


def ask(snapshot: Snapshot, q: str = "", /, **filters: str | tuple[str, ...]) -> SearchPage:
    """Return the first hundred hits of a query with filters."""
    return search(snapshot, SearchRequest(q, as_filters(filters), per_page=100))


def as_filters(given: dict[str, str | tuple[str, ...]]) -> dict[FilterName, tuple[str, ...]]:
    names: dict[str, FilterName] = {
        "lang": "lang",
        "type": "type",
        "cites": "cites",
        "year": "year",
        "symbol": "symbol",
        "subject": "subject",
    }
    return {names[name]: (value,) if isinstance(value, str) else value for name, value in given.items()}


def full(page: SearchPage) -> list[Hit]:
    return [hit for hit in page.hits if not hit.partial]


def paths(page: SearchPage) -> list[str]:
    return [hit.id.partition("#")[2] for hit in full(page)]


def ids(page: SearchPage) -> set[str]:
    return {f"{hit.lang}:{hit.id}" for hit in full(page)}


# The seed


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("мигрант", "мигрантов"),
        ("трудящийся-мигрант", "трудящихся-мигрантов"),
        ("государство", "государства-члены"),
        ("люди", "людей"),
        ("право", "права"),
    ],
)
def test_a_word_finds_its_forms_and_they_are_marked(seed_index: Snapshot, query: str, printed: str) -> None:
    marked = {hit.text[start:end] for hit in full(ask(seed_index, query)) for start, end in hit.highlights}
    assert any(word.lower() in printed for word in marked)
    assert any(printed in hit.text for hit in full(ask(seed_index, query)))


def test_several_words_all_match(seed_index: Snapshot) -> None:
    page = ask(seed_index, "права мигрантов")
    assert page.total > 0
    assert page.total == len(full(page))
    for hit in full(page):
        assert "прав" in hit.text.lower()
        assert "мигрант" in hit.text.lower()


@pytest.mark.parametrize("target", ["A/RES/34/180", "34/180", "ins:cedaw"])
def test_an_instrument_and_the_resolution_that_adopted_it_are_one_target(seed_index: Snapshot, target: str) -> None:
    assert "pp4" in paths(ask(seed_index, cites=target))


@pytest.mark.parametrize("target", ["A/RES/217(III)A", "217 А (III)", "A/RES/217(III)", "ins:udhr"])
def test_a_whole_stands_for_its_parts(seed_index: Snapshot, target: str) -> None:
    assert "pp4" in paths(ask(seed_index, cites=target))


def test_facets_over_everything(seed_index: Snapshot) -> None:
    page = ask(seed_index)
    counts = {value.value: value.count for value in page.facets["type"]}
    assert (counts["preambular"], counts["operative"], counts["subparagraph"]) == (16, 11, 4)
    assert page.total == sum(counts.values()) == len(seed_index)


def test_a_hit_is_the_whole_clause(seed_index: Snapshot) -> None:
    (hit,) = [hit for hit in ask(seed_index, type="subparagraph").hits if hit.id == f"{SYMBOL}#op10.a"]
    assert hit.number == "10.a"
    assert hit.url == "/ru/A/RES/58/208#op10.a"
    assert hit.languages == ("ru",)
    assert hit.date == "2003-12-23"
    assert hit.text.startswith("цель диалога")


def test_the_query_that_is_a_symbol_gives_the_resolution_title_first(seed_index: Snapshot) -> None:
    for spelling in (SYMBOL, "58/208", "А/RES/58/208", "a/res/58/208"):
        page = ask(seed_index, spelling)
        assert paths(page)[0] == "title"
        assert page.total == len(seed_index)
        assert [target.id for target in page.query.targets] == [SYMBOL]


def test_long_clauses_have_a_passage(seed_index: Snapshot) -> None:
    (hit,) = [hit for hit in ask(seed_index, "передовом опыте").hits if hit.id == f"{SYMBOL}#op8"]
    assert hit.snippet is not None
    assert "передовом опыте" in hit.text[hit.snippet.start : hit.snippet.end]


# Rules


def test_short_words_and_numbers_count(small: Snapshot) -> None:
    page = ask(small, "пункт 5")
    assert ids(page) == {"ru:A/RES/60/1#op1", "ru:A/RES/60/1#op3"}
    assert len(page.hits) == 2
    assert ask(small, "п. 5").query.interpreted == "п AND 5"


def test_stop_words_count_in_phrases(small: Snapshot) -> None:
    assert ids(ask(small, '"state of emergency"')) == {"en:A/RES/60/1#op1"}
    assert ask(small, '"of the"').total == 3


@pytest.mark.parametrize("query", ["A/RES/58/208", "58/208"])
def test_a_symbol_is_not_cut_at_its_slashes(small: Snapshot, query: str) -> None:
    assert ids(ask(small, query)) == {"ru:A/RES/60/2#op1"}


def test_arabic_spellings(small: Snapshot) -> None:
    for query in ("الامم المتحدة", "الأُمَم", "الأمـــم", "والأمم"):
        (hit,) = full(ask(small, query))
        assert "الأمم" in {hit.text[start:end] for start, end in hit.highlights}


def test_chinese_runs_of_characters(small: Snapshot) -> None:
    for query in ("理事会", "决议", "安全理事会", "1373 (2001)", "安全理事会决议"):
        assert "zh:A/RES/60/3#op1" in ids(ask(small, query))
    (hit,) = full(ask(small, "理事会"))
    assert [hit.text[start:end] for start, end in hit.highlights] == ["理事会"]


@pytest.mark.parametrize("query", ["l'assemblée", "assemblee generale", "assemblée", "L’ASSEMBLÉE"])
def test_french_apostrophes_and_accents(small: Snapshot, query: str) -> None:
    assert ids(ask(small, query)) == {"fr:A/RES/60/3#op1"}


@pytest.mark.parametrize(("query", "path"), [("отчет", "op6"), ("отчёта", "op6"), ("заем", "op6"), ("устав", "op5")])
def test_russian_forms(small: Snapshot, query: str, path: str) -> None:
    assert path in paths(ask(small, query))


def test_a_phrase_is_marked_as_a_phrase(small: Snapshot) -> None:
    (hit,) = full(ask(small, '"human rights"'))
    assert [hit.text[start:end] for start, end in hit.highlights] == ["human rights"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("развитие NOT мир", {"ru:A/RES/60/2#title"}),
        ("развитие -мир", {"ru:A/RES/60/2#title"}),
        ("развитие мир", {"ru:A/RES/60/2#op4"}),
        ("=развития", set()),
        ("=развитие мир", {"ru:A/RES/60/2#op4"}),
        ("развит* мир", {"ru:A/RES/60/2#op4"}),
        ("развитие NEAR/2 мир", {"ru:A/RES/60/2#op4"}),
        ("мир NEAR/2 развитие", {"ru:A/RES/60/2#op4"}),
        ("приветствует NEAR/2 мир", set()),
        ("(мир OR порядок) -lang:en", {"ru:A/RES/60/2#op4", "ru:A/RES/60/1#title"}),
        ("type:title lang:ru", {"ru:A/RES/60/1#title", "ru:A/RES/60/2#title"}),
        ("cites:A/RES/58/208", {"ru:A/RES/60/2#op1"}),
        ("symbol:A/RES/60/2 развитие type:title", {"ru:A/RES/60/2#title"}),
    ],
)
def test_operators(small: Snapshot, query: str, found: set[str]) -> None:
    assert ids(ask(small, query)) == found


def test_internal_fields_are_text(small: Snapshot) -> None:
    for query in ("secret_field:x", "text:*", "id:A*", "base_ru:мир", "path:op1"):
        assert ask(small, query).total < len(small) / 2


def test_filters_of_one_name_are_alternatives_and_names_are_conditions(small: Snapshot) -> None:
    assert ask(small, lang=("en", "fr")).total == ask(small, lang="en").total + ask(small, lang="fr").total
    assert ids(ask(small, lang="ru", type="title")) == {"ru:A/RES/60/1#title", "ru:A/RES/60/2#title"}
    assert ask(small, subject="procedure").total == ask(small, symbol="A/RES/60/1").total
    assert ask(small, year="2005..2006").total == ask(small, lang="ru").total + ask(small, lang="en").total
    assert ask(small, symbol="A/RES/60/*").total == len(small)
    assert ask(small, cites="ins:nothing").total == 0


def test_each_facet_is_counted_without_its_own_filter(small: Snapshot) -> None:
    page = ask(small, lang="ru", type="title")
    for name in FACETS:
        others = {key: value for key, value in (("lang", "ru"), ("type", "title")) if key != name}
        counted = {value.value: value.count for value in page.facets[name]}
        for value, count in counted.items():
            if name in ("lang", "type", "year", "cites", "subject"):
                assert count == ask(small, **{**others, name: value}).total
    assert {value.value: value.selected for value in page.facets["lang"]} == {
        "ar": False,
        "en": False,
        "fr": False,
        "ru": True,
        "zh": False,
    }


def test_toggle_links_add_and_remove_a_value(small: Snapshot) -> None:
    page = search(small, SearchRequest("развитие", {"lang": ("ru", "en")}))
    links = {value.value: value.toggle_url for value in page.facets["lang"]}
    query = "%D1%80%D0%B0%D0%B7%D0%B2%D0%B8%D1%82%D0%B8%D0%B5"
    assert links["ru"] == f"?q={query}&lang=en"
    (title, *_) = page.facets["type"]
    assert title.toggle_url == f"?q={query}&lang=ru&lang=en&type={title.value}"


def test_sorting_and_paging_give_every_hit_once(small: Snapshot) -> None:
    for sort in ("relevance", "newest", "oldest", "symbol"):
        pages = [
            search(small, SearchRequest(sort=sort, page=page, per_page=7)) for page in range(1, len(small) // 7 + 3)
        ]
        found = [(hit.id, hit.lang) for page in pages for hit in page.hits]
        assert len(found) == len(set(found)) == len(small)
    newest = search(small, SearchRequest(sort="newest", per_page=100)).hits
    assert [hit.date for hit in newest] == sorted((hit.date for hit in newest), key=str, reverse=True)
    symbols = [hit.symbol for hit in search(small, SearchRequest(sort="symbol", per_page=100)).hits]
    assert symbols == sorted(symbols)


def test_pages_end_at_the_window(small: Snapshot) -> None:
    page = search(small, SearchRequest(page=MAX_WINDOW, per_page=100))
    assert page.hits == ()
    assert [notice.code for notice in page.notices] == ["window_exceeded"]


def test_grouping_gives_the_best_clause_of_each_resolution(small: Snapshot) -> None:
    page = search(small, SearchRequest(group="resolution", per_page=100))
    assert sorted(hit.symbol for hit in page.hits) == ["A/RES/60/1", "A/RES/60/2", "A/RES/60/3"]
    assert page.total == len(small)
    assert page.groups == 3


def test_partial_hits_follow_full_ones(small: Snapshot) -> None:
    page = ask(small, "развитие мир шахматы")
    assert page.total == 0
    assert [(hit.id, hit.partial, hit.missing) for hit in page.hits] == [("A/RES/60/2#op4", True, ("шахматы",))]
    assert not page.facets["type"]
    assert [hit.partial for hit in ask(small, "state emergency plan").hits] == [False, True, True]
    assert [hit.id for hit in ask(small, "развитие мир шахматы", type="title").hits] == []
    assert [hit.id for hit in ask(small, "развитие мир шахматы -приветствует").hits] == []


def test_languages_of_a_hit(small: Snapshot) -> None:
    (hit,) = full(ask(small, "порядок"))
    assert hit.languages == ("en", "ru")


def test_an_instrument_is_found_by_its_name(small: Snapshot) -> None:
    page = ask(small, "конвенция о ликвидации всех форм дискриминации в отношении женщин")
    assert [target.id for target in page.query.targets] == ["ins:cedaw"]
    assert ids(page) == {"ru:A/RES/60/2#op2", "ru:A/RES/60/2#op3"}
    assert all(hit.highlights for hit in page.hits)


def explained(snapshot: Snapshot, q: str) -> list[tuple[Hit, dict[str, Any]]]:
    hits = search(snapshot, SearchRequest(q, explain=True)).hits
    return [(hit, cast("dict[str, Any]", hit.explanation)) for hit in hits]


def test_an_explanation_says_which_form_matched_by_which_lemma(small: Snapshot) -> None:
    ((hit, why),) = explained(small, "развитие миру")
    assert why["words"] == ["мир", "развитие"]
    development, peace = why["parts"]
    assert (development["word"], development["how"]) == ("развитие", "word")
    (match,) = peace["matches"]
    assert (match["text"], match["form"], match["lemma"]) == ("мир", "мир", "мир")
    assert hit.text[match["start"] : match["end"]] == "мир"
    assert development["score"] > peace["score"] > 0  # as typed, and in another form


def test_the_parts_of_an_explanation_add_up_to_the_score(small: Snapshot) -> None:
    for query in ("развитие мир", "state emergency", "пункт 5"):
        for hit, why in explained(small, query):
            if not hit.partial:
                by_words = sum(part["score"] for part in why["parts"]) + why["neighbours"]
                assert why["by_words"] == pytest.approx(by_words, abs=0.001)
            assert hit.score == pytest.approx(why["by_words"] * why["by_resolution"], abs=0.01)


def test_labels_speak_the_interface_language(small: Snapshot) -> None:
    labels = {
        ui: {value.label for value in search(small, SearchRequest(), ui=ui).facets["type"]} for ui in ("ru", "en")
    }
    assert labels["ru"].isdisjoint(labels["en"])


@pytest.mark.parametrize("query", ['"', "AND", "NOT", "(", ")", "*", "с*", "^", "~", "\\", "<", "\x00", "\ud800"])
def test_a_query_without_words_finds_nothing_and_says_so(small: Snapshot, query: str) -> None:
    page = ask(small, query)
    assert page.total == 0
    assert "no_words" in {notice.code for notice in page.notices}


@pytest.mark.parametrize("query", ['"мир и', 'мир"', "мир AND", "NOT NOT мир", "мир:", ":мир", "url: мир", "мир^x"])
def test_a_word_in_odd_company_is_found(small: Snapshot, query: str) -> None:
    assert "A/RES/60/2#op4" in {hit.id for hit in ask(small, query).hits}


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("*", "wildcard_ignored"),
        ("с*", "prefix_too_short"),
        ("*слово*", "wildcard_ignored"),
        ("пр*", "prefix_too_short"),
        ("(" * 999, "too_deep"),
        ("а " * 999, "too_many_words"),
        ("я" * 9999, "query_refused"),
    ],
)
def test_costly_queries_are_cut_short_and_say_so(small: Snapshot, query: str, notice: str) -> None:
    assert notice in {given.code for given in ask(small, query).notices}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('мирpeace развитие()"*-=:NOTOR/5\u0301\u00ad安全理事会الأمم', max_size=40))
def test_every_query_gets_an_answer_whose_spans_fit(small: Snapshot, query: str) -> None:
    page = ask(small, query)
    assert page.total >= len(full(page))
    for hit in page.hits:
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)
        assert list(hit.highlights) == sorted(hit.highlights)


def test_of_equal_clauses_those_in_the_preferred_language_come_first(tmp_path: Path) -> None:
    snapshot = index(
        tmp_path,
        *(
            resolution(f"70/{n}", lang, "x", "y", title=f"{lang} {n}", date=f"2015-12-0{n}")
            for n in (1, 2)
            for lang in ("ar", "en", "ru")
        ),
    )

    def first(request: SearchRequest, **preferred: Any) -> list[tuple[str, str]]:
        hits = search(snapshot, replace(request, per_page=9), **preferred).hits
        return list(dict.fromkeys((hit.symbol, hit.lang) for hit in hits))

    newest = SearchRequest(sort="newest")
    assert first(newest) == [("A/RES/70/2", "ar"), ("A/RES/70/2", "en"), ("A/RES/70/2", "ru")]
    assert first(newest, prefer="ru") == [("A/RES/70/2", "ru"), ("A/RES/70/2", "ar"), ("A/RES/70/2", "en")]
    named = SearchRequest(q="70/1")
    assert first(named, prefer="en") == [("A/RES/70/1", "en"), ("A/RES/70/1", "ar"), ("A/RES/70/1", "ru")]
    grouped = search(snapshot, SearchRequest(sort="oldest", group="resolution"), prefer="ru").hits
    assert [(hit.symbol, hit.lang) for hit in grouped] == [("A/RES/70/1", "ru"), ("A/RES/70/2", "ru")]


def test_words_of_a_name_narrow_the_facet_and_no_hits(seed_index: Snapshot) -> None:
    everything = search(seed_index, SearchRequest())
    for named in ("all forms discrimination women", "дискриминации в отношении женщин", "34/180", "CEDAW"):
        narrowed = search(seed_index, SearchRequest(named=named))
        assert narrowed.hits == everything.hits
        values = {value.value for value in narrowed.facets["cites"]}
        assert values & {"ins:cedaw", "A/RES/34/180"}, named
        assert len(values) < len(everything.facets["cites"])
    assert search(seed_index, SearchRequest(named="никак не названо")).facets["cites"] == ()
    chosen = SearchRequest(filters={"cites": ("ins:crc",)}, named="никак не названо")
    assert [value.value for value in search(seed_index, chosen).facets["cites"] if value.selected]
