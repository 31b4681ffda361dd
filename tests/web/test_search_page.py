"""The search page: what it shows of an answer, and its markup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model import (
    FacetName,
    FacetValue,
    FilterName,
    Hit,
    Interpretation,
    Notice,
    SearchPage,
    SearchRequest,
    Snippet,
    Target,
)
from app.web.render import render, visit
from app.web.search_page import TOP_CITED, TOP_VALUES, SearchView, search_view
from indexer.model import LANGUAGES, LanguageCode
from tests.web.markup import Markup, read_markup
from tests.web.visits import visitor

HOSTILE = "<img src=x onerror=alert(1)> совет & <b>x</b>"

HIT = Hit(
    id="A/RES/58/208#op10.a",
    lang="ru",
    symbol="A/RES/58/208",
    title="Проба",
    date="2003-12-23",
    type="subparagraph",
    number="10.a",
    action="requests",
    text="просит совет ответить",
    highlights=((7, 12),),
    snippet=None,
    partial=False,
    citations=(),
    score=1.0,
    languages=("ru", "en"),
    url="/ru/A/RES/58/208#op10.a",
)
ARABIC = replace(
    HIT,
    lang="ar",
    text="قرار الجمعية العامة 58/208",
    title="الجمعية العامة",
    highlights=((5, 12),),
    languages=("ar",),
)


ASKED = SearchRequest(sort="newest")


def answer(*hits: Hit, **changes: Any) -> SearchPage:
    page = SearchPage(Interpretation("", "", {}), len(hits), 1, 20, 1.0, hits, {})
    return replace(page, **changes)


def view(page: SearchPage, request: SearchRequest | None = None, query: str = "ui=ru") -> SearchView:
    here = visit(visitor(query))
    return search_view(page, request or ASKED, here.words, here.addresses)


def shown(page: SearchPage, request: SearchRequest | None = None, query: str = "ui=ru", root: str = "") -> Markup:
    asker = visitor(query, root)
    here = visit(asker)
    response = render(asker, "search.html", search_view(page, request or ASKED, here.words, here.addresses))
    return read_markup(bytes(response.body).decode())


def facet(*values: tuple[str, int], chosen: tuple[str, ...] = ()) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(value, value, count, value in chosen, "") for value, count in values)


def test_only_our_own_marks_are_markup() -> None:
    start = HOSTILE.index("совет")
    hit = replace(HIT, text=HOSTILE, title=f"{HOSTILE}!", highlights=((start, start + 5),))
    page = shown(answer(hit), SearchRequest(q="<script>alert(1)</script>"))
    text = page.one("p", class_="text")
    assert text.text == HOSTILE
    assert [mark.text for mark in page.find("mark")] == ["совет"]
    assert page.one("cite").text == f"{HOSTILE}!"
    assert page.one("input", id="q").attributes["value"] == "<script>alert(1)</script>"
    assert page.one("title").text == "<script>alert(1)</script> — Clausula"
    assert not list(page.find("b"))
    assert not list(page.find("img"))


def test_a_title_is_not_repeated_below_itself() -> None:
    page = shown(answer(replace(HIT, type="title", text=HIT.title, highlights=())))
    assert not list(page.find("cite"))
    assert page.one("time").text


@settings(max_examples=50, deadline=None)
@given(
    text=st.text(alphabet="<>&\"'/=-! абab\u0301\u202e؟ع5", min_size=1, max_size=40),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4),
    lang=st.sampled_from(LANGUAGES),
)
def test_no_text_can_break_the_page(text: str, spans: list[tuple[int, int]], lang: LanguageCode) -> None:
    hit = replace(HIT, text=text, title=f"{text}!", lang=lang, highlights=tuple(spans), languages=(lang,))
    page = shown(answer(hit, facets={"subject": facet((text, 1))}), replace(ASKED, q=text))
    assert page.one("p", class_="text").text == text
    assert page.one("cite").text == f"{text}!"
    assert page.one("input", id="q").attributes["value"] == text
    assert next(page.find("input", name="subject")).attributes["value"] == text


def test_hit_shows_type_number_symbol_title_and_date() -> None:
    page = shown(answer(HIT))
    head = " ".join(page.one("h3").text.split())
    assert head == "A/RES/58/208 Подпункт 10 (a) просит"
    assert page.one("cite").text == "Проба"
    assert page.one("time", datetime="2003-12-23").text == "23 декабря 2003 года"
    assert next(page.find("a", href="/ru/A/RES/58/208?ui=ru#op10.a")).text.strip().startswith("A/RES/58/208")
    assert page.one("a", href="/en/A/RES/58/208?ui=ru#op10.a").text == "английский"


def test_right_to_left_text_has_direction_language_and_isolated_numbers() -> None:
    values = facet(("الجمعية العامة", 191))
    page = shown(answer(ARABIC, facets={"subject": values}))
    text = page.one("p", class_="text")
    assert (text.attributes["lang"], text.attributes["dir"]) == ("ar", "rtl")
    assert page.one("bdi", dir="ltr").text == "58/208"
    assert page.one("cite").attributes["dir"] == "rtl"
    name = next(name for name in page.find("bdi") if name.text == "الجمعية العامة")
    assert name.attributes["lang"] == "ar"
    count = page.one("span", class_="count")
    assert name not in count.parents
    assert count.text == "191 пункт"


def test_interface_language_is_that_of_the_page_and_texts_keep_theirs() -> None:
    page = shown(answer(HIT), query="ui=en")
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("p", class_="text").attributes["lang"] == "ru"
    assert "Sub-paragraph" in page.one("h3").text


def test_long_clause_shows_its_passage_and_leads_to_the_whole() -> None:
    hit = replace(HIT, text="начало. " * 40 + "просит совет" + " конец." * 40, highlights=((327, 332),))
    page = shown(answer(replace(hit, snippet=Snippet(320, 332))))
    assert page.one("p", class_="text").text == "… просит совет …"
    assert page.one("a", class_="whole").attributes["href"] == "/ru/A/RES/58/208?ui=ru#op10.a"
    assert [mark.text for mark in page.find("mark")] == ["совет"]


def test_partial_hits_stand_under_their_own_heading() -> None:
    page = shown(answer(HIT, replace(HIT, partial=True), total=1))
    assert page.one("h2", class_="partial").text == "Дальше — пункты, где совпали не все слова"
    assert len(list(page.find("ol", class_="hits"))) == 2
    only_partial = shown(answer(replace(HIT, partial=True), total=0))
    assert len(list(only_partial.find("ol", class_="hits"))) == 1


def test_facets_are_checkboxes_with_counts_in_their_names() -> None:
    values = facet(("operative", 1234), ("preambular", 2), chosen=("operative",))
    request = SearchRequest(filters={"type": ("operative",)})
    page = shown(answer(HIT, facets={"type": values}), request)
    first, second = page.find("input", type="checkbox", name="type")
    assert (first.attributes["value"], "checked" in first.attributes) == ("operative", True)
    assert (second.attributes["value"], "checked" in second.attributes) == ("preambular", False)
    assert first.attributes["form"] == second.attributes["form"] == "search"
    names = [
        " ".join(label.text.split())
        for label in page.find("label")
        if any(group in label.parents for group in page.find("fieldset"))
    ]
    assert names[0].endswith(" 1 234 пункта")
    assert names[0].startswith("Постановляющие пункты")
    assert names[1].endswith(" 2 пункта")


def test_long_facet_shows_the_top_and_what_is_chosen() -> None:
    values = facet(*((f"A/RES/70/{n}", 100 - n) for n in range(1, 40)), chosen=("A/RES/70/39",))
    group = view(answer(HIT, facets={"cites": values}), SearchRequest(filters={"cites": ("A/RES/70/39",)})).facets[0]
    assert [choice.value for choice in group.choices] == [f"A/RES/70/{n}" for n in (*range(1, TOP_VALUES + 1), 39)]
    assert group.shortened


def test_a_chosen_value_without_hits_stays_to_be_unchecked() -> None:
    group = view(
        answer(facets={"cites": facet(("A/RES/1/1", 3))}), SearchRequest(filters={"cites": ("A/RES/9/9",)})
    ).facets[0]
    assert [(choice.value, choice.selected) for choice in group.choices] == [
        ("A/RES/1/1", False),
        ("A/RES/9/9", True),
    ]


def test_years_of_a_range_stand_for_it() -> None:
    values = facet(("2003", 3), ("2001", 9), ("1990", 1), chosen=("2003", "2001"))
    group = view(answer(HIT, facets={"year": values}), SearchRequest(filters={"year": ("1999..2003",)})).facets[0]
    assert [(choice.value, choice.selected) for choice in group.choices] == [
        ("2003", True),
        ("2001", True),
        ("1990", False),
    ]


def test_years_are_a_chart_of_checkboxes() -> None:
    page = shown(answer(HIT, facets={"year": facet(("2003", 3), ("2001", 9), ("1990", 0))}))
    chart = page.one("fieldset", class_="charted")
    names = [" ".join(label.text.split()) for label in page.find("label") if chart in label.parents]
    assert [name[:4] for name in names] == ["2003", "2001", "1990"]
    assert names[1].endswith(" 9 пунктов")
    assert [bar.attributes["width"] for bar in page.find("rect")] == ["33", "100", "0"]


def test_a_card_links_what_its_clause_cites() -> None:
    hit = replace(HIT, citations=("ins:cedaw", *(f"A/RES/1/{n}" for n in range(1, 9))))
    page = shown(answer(hit))
    cites = page.one("span", class_="cites")
    links = [link.attributes["href"] for link in page.find("a") if cites in link.parents]
    assert links[:2] == ["/instruments/cedaw?ui=ru", "/?q=A%2FRES%2F1%2F1&ui=ru"]
    assert len(links) == TOP_CITED
    assert cites.text.endswith(f"+{9 - TOP_CITED}")


@pytest.mark.parametrize(
    ("ui", "listed"), [("en", "Arabic, French"), ("ar", "العربية، الفرنسية"), ("zh", "阿拉伯文、 法文")]
)
def test_lists_are_written_as_the_interface_language_does(ui: str, listed: str) -> None:
    page = shown(answer(replace(HIT, languages=("ar", "fr", "ru"))), query=f"ui={ui}")
    assert " ".join(page.one("span", class_="elsewhere").text.split()).endswith(listed)


def test_a_named_resolution_comes_first_in_the_interface_language() -> None:
    query = Interpretation("58/208", "", {}, (Target("A/RES/58/208", "resolution", ""),))
    page = shown(answer(HIT, query=query), query="ui=en")
    named = page.one("p", class_="targets")
    links = [link.attributes["href"] for link in page.find("a") if named in link.parents]
    assert links == ["/en/A/RES/58/208?ui=en", "/?cites=A%2FRES%2F58%2F208&ui=en"]


def test_chips_remove_one_filter_each() -> None:
    request = SearchRequest(q="совет", filters={"type": ("operative", "annex"), "symbol": ("A/RES/1/1",)}, page=3)
    page = shown(answer(HIT), request)
    chips = {chip.attributes["aria-label"]: chip.attributes["href"] for chip in page.find("a", class_="chip")}
    q = "q=%D1%81%D0%BE%D0%B2%D0%B5%D1%82"
    assert chips == {
        "Убрать фильтр: Вид пункта, Постановляющие пункты": f"/?{q}&type=annex&symbol=A%2FRES%2F1%2F1&ui=ru",
        "Убрать фильтр: Вид пункта, Приложения": f"/?{q}&type=operative&symbol=A%2FRES%2F1%2F1&ui=ru",
        "Убрать фильтр: Резолюция, A/RES/1/1": f"/?{q}&type=operative&type=annex&ui=ru",
    }
    assert page.one("a", class_="clear").attributes["href"] == f"/?{q}&ui=ru"


def test_filters_without_checkboxes_travel_with_the_form() -> None:
    filters: dict[FilterName, tuple[str, ...]] = {"symbol": ("A/RES/1/1",), "type": ("annex",)}
    page = shown(answer(facets={"type": facet(("annex", 0), chosen=("annex",))}), SearchRequest(filters=filters))
    hidden = {(field.attributes["name"], field.attributes["value"]) for field in page.find("input", type="hidden")}
    assert hidden == {("ui", "ru"), ("symbol", "A/RES/1/1")}


def test_the_form_repeats_the_question() -> None:
    request = SearchRequest(q="a b", sort="newest", per_page=30, group="resolution")
    page = shown(answer(HIT), request)
    selected = {
        element.parents[-1].attributes["name"]: element.attributes["value"]
        for element in page.find("option")
        if "selected" in element.attributes
    }
    assert selected == {"sort": "newest", "per_page": "30"}
    assert "checked" in page.one("input", name="group").attributes
    assert page.one("form", id="search").attributes["action"] == "/"


@pytest.mark.parametrize(
    ("page", "total", "numbers", "previous", "following"),
    [
        (1, 20, [], None, None),
        (1, 21, ["1", "2"], None, 2),
        (2, 21, ["1", "2"], 1, None),
        (6, 400, ["1", "…", "4", "5", "6", "7", "8", "…", "20"], 5, 7),
        (1, 400, ["1", "2", "3", "…", "20"], None, 2),
        (500, 300_000, ["1", "…", "498", "499", "500"], 499, None),  # only so many can be paged through
    ],
)
def test_paging(page: int, total: int, numbers: list[str], previous: int | None, following: int | None) -> None:
    markup = shown(answer(HIT, page=page, total=total), SearchRequest(q="x", page=page))
    steps = {link.attributes["rel"]: link.attributes["href"] for link in markup.find("a") if "rel" in link.attributes}
    wanted = {"prev": previous, "next": following}
    assert steps == {
        rel: "/?q=x&ui=ru" if n == 1 else f"/?q=x&page={n}&ui=ru" for rel, n in wanted.items() if n is not None
    }
    listed = [item.text.strip() for item in markup.find("li") if any(p.classes & {"paging"} for p in item.parents)]
    assert [number for number in listed if number not in {"Назад", "Дальше"}] == numbers
    heads = [link.attributes["rel"] for link in markup.find("link") if link.attributes["rel"] in wanted]
    assert heads == list(steps)


def test_partial_hits_may_go_on_after_the_last_counted_page() -> None:
    hits = tuple(replace(HIT, partial=n > 2) for n in range(20))
    assert view(answer(*hits, total=3)).paging.next == "/?sort=newest&page=2&ui=ru"


def test_grouped_pages_are_counted_in_resolutions() -> None:
    assert view(answer(HIT, total=400, groups=20), SearchRequest(group="resolution")).paging.next is None


def test_notices_speak_the_interface_language_and_unknown_ones_english() -> None:
    notices = (Notice("unclosed_quote", "…", 6), Notice("not_yet_known", "Something else."))
    page = shown(answer(HIT, notices=notices, query=Interpretation('a "b', "a b", {})))
    texts = [item.text for item in page.find("li") if any("notices" in parent.classes for parent in item.parents)]
    assert texts == ["Кавычка не закрыта: слова после нее искались по отдельности. (Знак 7)", "Something else."]
    assert next(page.find("bdi", lang="en")).text == "Something else."
    assert page.one("q").text == "a b"


def test_targets_are_named() -> None:
    query = Interpretation("кдпч", "кдпч", {}, (Target("A/RES/58/208", "resolution", "A/RES/58/208"),))
    assert "A/RES/58/208" in shown(answer(HIT, query=query)).one("p", class_="targets").text


def test_nothing_found_says_what_to_loosen() -> None:
    request = SearchRequest(q="«права человека» мир", filters={"type": ("annex",), "lang": ("ru",)})
    page = shown(answer(), request)
    ways = [item for item in page.find("li") if any("nothing" in parent.classes for parent in item.parents)]
    links = {
        link.text: link.attributes["href"]
        for link in page.find("a")
        if any("nothing" in parent.classes for parent in link.parents)
    }
    assert [way.text for way in ways][:4] == [
        "Искать слова без кавычек, не подряд",
        "Убрать фильтр «русский»",
        "Убрать фильтр «Приложения»",
        "Убрать все фильтры",
    ]
    assert "%C2%AB" not in links["Искать слова без кавычек, не подряд"]
    assert "type=" not in links["Убрать фильтр «Приложения»"]


def test_a_page_past_the_last_leads_back() -> None:
    ways = view(answer(total=5, page=9), SearchRequest(q="совет", page=9)).loosenings
    assert [(way.text, way.href) for way in ways] == [
        ("На этой странице пусто: вернуться к первой", "/?q=%D1%81%D0%BE%D0%B2%D0%B5%D1%82&ui=ru")
    ]


def test_front_page_explains_itself_and_lists_filters_but_no_hits() -> None:
    page = shown(answer(HIT, total=1, facets={"lang": facet(("ru", 1))}), SearchRequest())
    assert page.one("p", class_="intro").text
    assert "В собрании 1 пункт" in page.one("section", id="filters").text
    assert list(page.find("input", name="lang"))
    assert not list(page.find("li", class_="hit"))
    assert page.one("a", href="/?sort=newest&ui=ru").text
    examples = [link.attributes["href"] for link in page.find("a") if link.attributes["href"].startswith("/?q=")]
    assert len(examples) == 3


@pytest.mark.parametrize("root", ["", "/un", "/un/deep"])
def test_every_link_stays_under_the_prefix(root: str) -> None:
    values: dict[FacetName, tuple[FacetValue, ...]] = {"type": facet(("annex", 1))}
    page = shown(answer(HIT, total=99, facets=values), SearchRequest(q="x", filters={"lang": ("ru",)}), root=root)
    own = [url for url in page.urls() if not url.startswith("#")]
    assert all(url.startswith(f"{root}/") for url in own), own


def test_interface_switch_keeps_the_search() -> None:
    page = shown(answer(HIT), SearchRequest(q="x"), query="q=x&type=annex&ui=ru", root="/un")
    link = page.one("a", lang="en", hreflang="en")
    assert link.attributes["href"] == "/un/?q=x&type=annex&choose=en"
    assert page.one("span", lang="ru").attributes["aria-current"] == "true"


def test_page_headers_forbid_scripts_and_tell_the_language() -> None:
    asker = visitor("ui=en")
    here = visit(asker)
    response = render(asker, "search.html", search_view(answer(), SearchRequest(), here.words, here.addresses))
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["content-language"] == "en"
    assert response.headers["vary"] == "Accept-Language, Cookie"
    assert response.headers["x-content-type-options"] == "nosniff"
