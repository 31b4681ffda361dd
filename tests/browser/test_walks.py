"""The three tasks of docs/walkthrough.md, walked click by click on resolutions made for tests."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Opener


def test_a_diplomat_finds_requests_that_cite_a_convention(visit: Opener) -> None:
    page = visit("/")
    page.get_by_role("combobox", name="Слова").fill("мигранты")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.get_by_role("searchbox", name="Название или номер").fill("CRC")
    page.locator("#named").get_by_role("checkbox", name="Конвенция о правах ребенка").check()
    page.wait_for_url("**cites=ins**")
    expect(page.locator(".chip")).to_have_count(1)
    verbs = page.locator("details", has=page.locator('input[name="action"]')).locator("label")
    assert not [verb for verb in verbs.all_inner_texts() if verb.startswith("просит")]
    page.get_by_role("link", name="Убрать фильтр").first.click()
    page.wait_for_url(lambda url: "cites" not in url)
    page.get_by_role("combobox", name="Слова").fill("доклад")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="просит").check()
    page.wait_for_url("**action=requests**")
    page.locator(".hit a").first.click()
    page.wait_for_url("**/ru/A/RES/99/1**")
    page.get_by_role("heading", name="На что ссылается").click()
    cited = page.locator(".relations li", has_text="Конвенция о правах ребенка")
    expect(cited.get_by_role("link", name="пункт 1")).to_be_visible()


def test_a_translator_copies_the_english_of_a_formula(visit: Opener) -> None:
    page = visit("/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("combobox", name="Слова").fill('"просит Генерального секретаря"')
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.locator(".hit").first.get_by_role("link", name="английский").click()
    page.wait_for_url("**/en/A/RES/99/1#op2")
    page.locator(".place:has(#op2)").get_by_role("link", name="Адрес и ссылка").click()
    page.get_by_role("button", name="Копировать текст со ссылкой").click()
    expect(page.locator(".text-body > [role=status]")).to_have_text("Скопировано")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "2. Requests the Secretary-General to report (General Assembly resolution 99/1, para. 2)"
    )


def test_a_librarian_sees_who_cites_an_instrument_by_year_and_verb(visit: Opener) -> None:
    page = visit("/")
    page.get_by_role("combobox", name="Слова").fill("Конвенция о правах ребенка")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.locator(".targets").get_by_role("link", name="Конвенция о правах ребенка").click()
    page.wait_for_url("**/instruments/crc")
    row = page.get_by_role("row", name="2031")
    assert row.locator("td").first.inner_text() == "6"
    page.get_by_role("columnheader", name="ссылается на").get_by_role("link").click()
    page.wait_for_url("**action=recalls**")
    expect(page.locator(".hit").first).to_be_visible()
