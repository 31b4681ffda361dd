"""The pages as people use them, in a real browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.web.i18n import UI_LANGUAGES
from tests.browser.conftest import Opener

PAGES = {
    "home": "/",
    "results": "/?q=мигранты",
    "filtered": "/?q=мигранты&type=operative&year=2031",
    "nothing": "/?q=нетакогослова",
    "resolution": "/ru/A/RES/99/1",
    "side by side": "/ru/A/RES/99/1?with=en,ar",
    "clause": "/ru/A/RES/99/1?cite=op1",
    "named": "/?q=мигранты&named=ребенка",
    "instrument": "/instruments/crc",
    "instruments": "/instruments",
    "help": "/help",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_barrier_that_axe_knows_of(visit: Opener, name: str, scheme: str) -> None:
    found = Axe().run(visit(PAGES[name], scheme=scheme)).response["violations"]
    assert [_told(one) for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("ui", UI_LANGUAGES)
def test_no_barrier_in_any_language(visit: Opener, ui: str) -> None:
    page = visit(f"/?q=99/1&ui={ui}")
    assert page.locator("html").get_attribute("lang") == ui
    assert page.locator("html").get_attribute("dir") == ("rtl" if ui == "ar" else "ltr")
    found = Axe().run(page).response["violations"]
    assert [_told(one) for one in found if one["impact"] in ("serious", "critical")] == []


def _told(violation: dict[str, Any]) -> str:
    nodes = [(node["html"][:160], node.get("failureSummary", "")[:200]) for node in violation["nodes"][:3]]
    return f"{violation['id']}: {json.dumps(nodes, ensure_ascii=False)}"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("ui", ["ru", "ar"])
def test_a_phone_shows_pages_without_scrolling_sideways(visit: Opener, name: str, ui: str) -> None:
    path = PAGES[name]
    page = visit(f"{path}{'&' if '?' in path else '?'}ui={ui}", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("ui", ["ru", "en", "ar"])
def test_a_phone_keeps_a_box_beside_its_button(visit: Opener, ui: str) -> None:
    page = visit(f"/instruments?ui={ui}", width=390)
    form = page.locator("form.find")
    box, button = form.locator("#q").bounding_box(), form.get_by_role("button").bounding_box()
    assert box is not None
    assert button is not None
    assert box["y"] < button["y"] + button["height"] / 2 < box["y"] + box["height"]


@pytest.mark.parametrize("name", ["resolution", "side by side", "clause", "instrument", "help"])
def test_paper_shows_nothing_to_press(visit: Opener, name: str) -> None:
    page = visit(PAGES[name])
    asking = page.locator("header.site form")
    expect(asking).to_be_visible()
    page.emulate_media(media="print")
    expect(asking).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_search_filter_unfilter_and_back(visit: Opener, script: bool) -> None:
    page = visit("/", script=script)
    page.locator("#q").fill("права мигрантов")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("пункт")
    everything = page.locator(".hit").count()
    assert everything == 20
    page.get_by_role("checkbox", name="Постановляющие пункты").check()
    apply = page.get_by_role("button", name="Применить").first
    if not script or apply.is_visible():
        apply.click()
    page.wait_for_url("**type=operative**")
    remove = page.get_by_role("link", name="Убрать фильтр").first
    remove.click()
    page.wait_for_url(lambda url: "type=operative" not in url)
    page.go_back()
    page.wait_for_url("**type=operative**")


def test_the_keyboard_alone_is_enough(visit: Opener) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.locator("#q").focus()
    page.keyboard.type("58/208")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=58**")


def test_a_clause_leads_to_its_resolution_and_back(visit: Opener) -> None:
    page = visit("/?q=доклад+Генерального+секретаря")
    page.locator(".hit a").first.click()
    page.wait_for_url("**/ru/A/RES/99/1**")
    assert page.locator("#op2").is_visible()
    page.get_by_role("link", name="английский").first.click()
    page.wait_for_url("**/en/A/RES/99/1**")
    expect(page.locator("#op2")).to_contain_text("Secretary-General")


def test_languages_side_by_side(visit: Opener) -> None:
    page = visit("/ru/A/RES/99/1?with=en,ar")
    row = page.locator("tr#op1")
    expect(row.locator("td")).to_have_count(3)
    expect(row.locator('td[lang="ar"]')).to_have_attribute("dir", "rtl")
    expect(page.locator("tr#op3 td.missing")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_a_clause_shows_its_address_and_citation(visit: Opener, script: bool) -> None:
    page = visit("/en/A/RES/99/1?ui=en", script=script)
    address = page.url.split("?")[0]
    page.get_by_role("link", name="Address and citation: para. 2").click()
    panel = page.locator(".place:has(#op2) .reference" if script else ".reference")
    expect(panel.locator(".anchor")).to_have_text(address + "#op2")
    expect(panel.locator(".citation")).to_have_text("General Assembly resolution 99/1, para. 2")
    expect(panel.get_by_role("button")).to_have_count(3 if script else 0)
    assert ("cite=" in page.url) is not script
    panel.get_by_role("link", name="Russian").click()
    page.wait_for_url("**/ru/A/RES/99/1**#op2")


def test_the_text_of_a_clause_is_copied_with_its_citation(visit: Opener) -> None:
    page = visit("/en/A/RES/99/1?ui=en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign = page.get_by_role("link", name="Address and citation: para. 2")
    sign.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copy text with citation").click()
    expect(page.locator(".text-body > [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == ("2. Requests the Secretary-General to report (General Assembly resolution 99/1, para. 2)")
    expect(sign).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".place:has(#op2) .reference")).to_be_hidden()
    expect(sign).to_be_focused()


def test_an_example_of_the_help_runs(visit: Opener) -> None:
    page = visit("/help?ui=ru")
    page.get_by_role("link", name="мигрант OR беженец", exact=True).click()
    page.wait_for_url("**lang=ru**")
    assert page.locator(".hit").count() > 0


def test_the_resolutions_of_an_instrument_are_filtered(visit: Opener) -> None:
    page = visit("/instruments/crc?ui=ru")
    page.get_by_role("combobox", name="Год").select_option("2031")
    page.get_by_role("button", name="Применить").click()
    page.wait_for_url("**year=2031**")
    assert page.locator(".hit").count() == 6


def test_symbols_do_not_flip_in_arabic(visit: Opener) -> None:
    page = visit("/ar/A/RES/99/1?ui=ar")
    place = page.locator("#op1").get_by_text("99/2").first
    left, right = (
        place.evaluate(
            """(element, [from, to]) => {
                const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
                for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    const at = node.data.indexOf("99/2");
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(node, at + from);
                    range.setEnd(node, at + to);
                    return range.getBoundingClientRect().left;
                }
            }""",
            part,
        )
        for part in ([0, 2], [3, 4])
    )
    assert left < right  # 99 stands to the left of 2


def test_an_instrument_leads_to_the_clauses_of_a_year(visit: Opener) -> None:
    page = visit("/instruments/crc")
    page.get_by_role("rowheader", name="2031").get_by_role("link").click()
    page.wait_for_url("**year=2031**")
    assert page.locator(".hit").count() == 6


def test_completions_by_keyboard(visit: Opener) -> None:
    page = visit("/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Слова")
    expect(box).to_be_focused()
    page.keyboard.type("конвенция о правах реб", delay=10)
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Конвенция о правах ребенка")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(box).to_have_value("конвенция о правах реб")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_filter_needs_no_new_page_and_keeps_the_focus(visit: Opener) -> None:
    page = visit("/?q=мигранты")
    page.evaluate("window.same = true")
    year = page.locator('input[name="year"][value="2031"]')
    page.locator("details", has=year).locator("summary").click()
    year.check()
    page.wait_for_url("**year=2031**")
    expect(page.locator(".chip")).to_have_count(1)
    assert page.evaluate("window.same === true")
    expect(page.locator('input[name="year"][value="2031"]')).to_be_focused()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert page.evaluate("window.same === true")


def test_a_jump_to_the_filters_loads_no_page(visit: Opener) -> None:
    page = visit("/?q=мигранты", width=360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.resource_type} {request.url}"))
    page.get_by_role("link", name="К фильтрам").click()
    page.go_back()
    page.locator("#q").focus()
    page.wait_for_function("location.hash === ''")
    assert [one for one in asked if one.startswith(("document", "fetch"))] == []


def test_a_filter_tells_the_new_number(visit: Opener) -> None:
    page = visit("/?q=мигранты")
    page.get_by_role("checkbox", name="Постановляющие пункты").check()
    page.wait_for_url("**type=operative**")
    told = page.locator("p[role=status]")
    expect(told).to_contain_text("пункт")
    expect(told).to_have_text(page.locator("#summary").inner_text())


def test_the_front_page_tells_what_is_held(visit: Opener) -> None:
    page = visit("/")
    page.get_by_role("rowheader", name="2031").get_by_role("link").click()
    page.wait_for_url("**year=2031**")
    page.go_back()
    page.get_by_role("link", name="Конвенция о правах ребенка").click()
    page.wait_for_url("**/instruments/crc**")


def test_a_results_page_weighs_little(visit: Opener, site: str) -> None:
    page = visit("/?q=мигранты")
    bodies = [len(page.content().encode())]
    for href in page.eval_on_selector_all(
        "link[rel=stylesheet], script[src], link[rel=icon]", "all => all.map(one => one.href || one.src)"
    ):
        answer = page.request.get(href)
        bodies.append(len(answer.body()))
    assert sum(bodies) < 80_000


@pytest.mark.parametrize(
    "path", ["/ru/A/RES/99/1", "/ru/A/RES/99/1?with=en", "/instruments", "/instruments/crc", "/help"]
)
def test_every_page_has_the_search(visit: Opener, path: str) -> None:
    page = visit(path)
    page.keyboard.press("/")
    expect(page.get_by_role("search", name="Поиск по пунктам").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("права мигрантов")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    assert page.locator(".hit").count() > 0


def test_the_search_of_a_text_keeps_its_language(visit: Opener) -> None:
    page = visit("/en/A/RES/99/1?ui=ru", script=False)
    page.get_by_role("search").get_by_role("searchbox").fill("99/1")
    page.keyboard.press("Enter")
    page.wait_for_url("**lang=en**")
    expect(page.locator(".chip")).to_contain_text("английский")
    assert page.locator(".hit .text").first.get_attribute("lang") == "en"


def test_the_interface_language_is_remembered(visit: Opener) -> None:
    page = visit("/?q=мигранты")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**ui=en")
    page.goto("/help")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/help?ui=fr")
    assert page.locator("html").get_attribute("lang") == "fr"


@pytest.mark.parametrize("script", [True, False])
def test_instruments_are_found_by_name_with_the_keyboard_alone(visit: Opener, script: bool) -> None:
    page = visit("/?q=мигранты", script=script)
    before = page.locator("#summary").inner_text()
    page.get_by_role("searchbox", name="Название или номер").focus()
    page.keyboard.type("rights of the child")
    page.keyboard.press("Enter")
    choices = page.locator("#named").get_by_role("checkbox")
    expect(choices).to_have_count(1)
    expect(page.locator("#summary")).to_have_text(before)
    choices.first.focus()
    page.keyboard.press("Space")
    if not script:
        page.keyboard.press("Enter")
    page.wait_for_url("**cites=ins**")
    expect(page.locator(".chip")).to_contain_text("Конвенция о правах ребенка")
