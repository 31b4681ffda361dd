"""Reads a page strictly: the elements it has, and what is wrong with its markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})
URL_ATTRIBUTES = frozenset({"href", "src", "action"})


@dataclass
class Element:
    """An element with its own and inherited facts."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[Element, ...]
    text: str = ""  # all text inside

    def inherited(self, name: str) -> str | None:
        """Return an attribute of the element or of its nearest ancestor that has it."""
        for element in (self, *reversed(self.parents)):
            if name in element.attributes:
                return element.attributes[name]
        return None

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())


@dataclass
class Markup(HTMLParser):
    """A parsed page. Unlike a browser it forgives nothing: whatever is closed wrongly is a fault."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        self.faults += [f"<{tag}> has {name} twice" for name, count in names.items() if count > 1]
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {[element.tag for element in self._open[-2:]]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def close(self) -> None:
        super().close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def find(self, tag: str | None = None, **attributes: str) -> Iterator[Element]:
        """Yield the elements of a tag that have these attributes (``class_`` for one of the classes)."""
        wanted_class = attributes.pop("class_", None)
        for element in self.elements:
            if (
                tag in (None, element.tag)
                and (wanted_class is None or wanted_class in element.classes)
                and all(element.attributes.get(name) == value for name, value in attributes.items())
            ):
                yield element

    def one(self, tag: str | None = None, **attributes: str) -> Element:
        """Return the only such element."""
        found = list(self.find(tag, **attributes))
        assert len(found) == 1, f"{len(found)} of <{tag} {attributes}>"
        return found[0]

    def urls(self) -> list[str]:
        """Return every address that the page names."""
        return [
            value for element in self.elements for name, value in element.attributes.items() if name in URL_ATTRIBUTES
        ]


def read_markup(html: str) -> Markup:
    """Return the page; asserts what holds for every page of ours."""
    page = Markup()
    page.feed(html)
    page.close()
    assert not page.faults, page.faults
    check_page(page, html)
    return page


def check_page(page: Markup, html: str) -> None:
    """Assert the rules of all pages: no inline code, single ids, named controls, a language on every text."""
    assert html.startswith("<!DOCTYPE html>")
    for script in page.find("script"):
        assert not script.text.strip(), "inline script"
        assert "/static/" in script.attributes["src"]
    assert not list(page.find("style"))
    for element in page.elements:
        inline = [name for name in element.attributes if name.startswith("on") or name == "style"]
        assert not inline, f"<{element.tag}> has {inline}"
        if element.tag in {"a", "button", "summary", "label", "h1", "h2", "h3"}:
            assert element.text.strip() or element.attributes.get("aria-label"), f"<{element.tag}> has no name"
        if element.tag in {"p", "h1", "h2", "h3", "cite", "summary", "label", "dt", "dd"}:
            assert element.inherited("lang"), f"<{element.tag}> has no language"
            assert element.inherited("dir"), f"<{element.tag}> has no direction"
    assert not any(url.lower().startswith(("javascript:", "data:")) for url in page.urls())
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for", "form", "popovertarget"):
            assert element.attributes.get(name) in {None, *ids}, f"<{element.tag} {name}> points nowhere"
        if element.tag == "a" and element.attributes.get("href", "").startswith("#"):
            assert element.attributes["href"][1:] in ids, f"{element.attributes['href']} leads nowhere"
    assert len(list(page.find("main"))) == 1
    assert len(list(page.find("h1"))) == 1
