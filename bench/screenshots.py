"""``python -m bench.screenshots``: every page, light and dark, on a phone and a desk, in three languages."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import click
from playwright.sync_api import Browser, Page, sync_playwright

from app.cli import ensure_index
from app.web.addresses import resolution_path
from app.web.i18n import UiLanguage, messages
from bench.browser import find_chromium
from bench.speed.serving import service
from indexer.build import build_index
from indexer.defaults import DEFAULT_CORPUS, DEFAULT_INDEX
from indexer.progress import say, track

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SPOKEN: tuple[UiLanguage, ...] = ("ru", "en", "ar")
WIDTHS = {"phone": 390, "desktop": 1280}
HEIGHT = 900
TALLEST = 2600  # pixels of a page that a picture shows: its beginning
PAPER = 794  # A4 at 96 pixels an inch
NO_WORD = "qqzzxxkkvv"
INSTRUMENT = "/instruments/cedaw"
PRINTED = ("results", "resolution")
README_WIDTH, README_HEIGHT = 1100, 640
HEAVIEST = 150_000  # bytes of a picture in the README


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a path of the service as a reader of ``ui`` sees it."""

    page: str
    path: str
    ui: UiLanguage
    scheme: Scheme = "light"
    width: int = WIDTHS["desktop"]
    print: bool = False

    @property
    def name(self) -> str:
        """The name of its file without ending."""
        form = "print" if self.print else f"{self.width}-{self.scheme}"
        return f"{self.page}-{self.ui}-{form}"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A resolution of the index that answers a query: it stands on the pages of texts."""

    q: str
    symbol: str
    lang: str
    others: tuple[str, ...]


@click.command()
@click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, show_default=True, help="The index.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("var/screenshots"), show_default=True)
@click.option("--page", "pages", multiple=True, help="Only pages whose name begins so; may be repeated.")
@click.option("--readme", is_flag=True, help="Instead, the pictures of the README, of the bundled resolution.")
def main(index: Path, out: Path, pages: tuple[str, ...], readme: bool) -> None:
    """Take pictures of every page of the service into a folder, with an index.html that shows them side by side."""
    out.mkdir(parents=True, exist_ok=True)
    if readme:
        with tempfile.TemporaryDirectory(prefix="clausula-readme-") as folder:
            build_index([DEFAULT_CORPUS], Path(folder), jobs=1)
            with served(Path(folder)) as root, opened() as browser:
                take_for_readme(browser, root, out)
        return
    ensure_index(index)
    with served(index) as root, opened() as browser:
        shots = [shot for shot in all_shots(root) if shot.page.startswith(pages or "")]
        for shot in track(shots, total=len(shots), label="pictures", unit="pages"):
            take(browser, root, shot, out / f"{shot.name}.png")
        (out / "index.html").write_text(contact_sheet(shots), encoding="utf-8")
    say(f"{len(shots)} pictures: {out / 'index.html'}")


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Serve an index on a free port of this machine, without bounds on a client; yield the address."""
    with service(index, CLAUSULA_REQUESTS_PER_SECOND="0") as (connection, _, _):
        yield f"http://127.0.0.1:{connection.port}"


@contextmanager
def opened() -> Iterator[Browser]:
    """Start the browser; raises `click.ClickException` without one."""
    found = find_chromium()
    if found is None:
        raise click.ClickException("needs Chromium: apt-get install chromium, or set CLAUSULA_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def all_shots(root: str) -> Iterator[Shot]:
    """Yield the pictures of every page in every language, scheme and width, and those of paper."""
    for ui in SPOKEN:
        paths = page_paths(specimen(root, ui))
        for (page, path), scheme, width in product(paths.items(), SCHEMES, WIDTHS.values()):
            yield Shot(page, path, ui, scheme, width)
        for page in PRINTED:
            yield Shot(page, paths[page], ui, width=PAPER, print=True)


def specimen(root: str, ui: UiLanguage) -> Specimen:
    """Return what answers the first example of the interface, else the first resolution of the index."""
    q = messages(ui).list("search.examples")[0]
    for parameters in ({"q": q, "lang": ui}, {"q": q}, {"sort": "newest"}):
        asked = urlencode({**parameters, "per_page": 1})
        with urlopen(f"{root}/api/v1/search?{asked}") as answer:  # noqa: S310 - our own server on loopback
            hits = json.load(answer)["hits"]
        if hits:
            hit = hits[0]
            others = tuple(
                lang for lang in ("ru", "ar", "en", "zh") if lang in hit["languages"] and lang != hit["lang"]
            )
            return Specimen(parameters.get("q", hit["symbol"]), hit["symbol"], hit["lang"], others[:2])
    raise click.ClickException("the index is empty")


def page_paths(of: Specimen) -> dict[str, str]:
    """Return every page that has a look of its own, by its name."""
    text = resolution_path(of.lang, of.symbol)
    q = quote(of.q)
    return {
        "front": "/",
        "results": f"/?q={q}",
        "filters": f"/?q={q}&type=operative&type=preambular&lang={of.lang}",
        "years": f"/?q={q}&year=2020..2024",
        "named": f"/?q={q}&named=CEDAW",
        "nothing": f"/?q={NO_WORD}&type=operative",
        "symbol": f"/?q={quote(of.symbol)}",
        "resolution": text,
        "clause": f"{text}?cite=op1",
        "side": f"{text}?with={','.join(of.others)}" if of.others else text,
        "instruments": "/instruments",
        "instrument": INSTRUMENT,
        "help": "/help",
        "error": "/ru/A/RES/1/9999",
    }


def take(browser: Browser, root: str, shot: Shot, file: Path, tallest: int = TALLEST) -> None:
    """Write a picture of the beginning of a page."""
    context = browser.new_context(
        base_url=root,
        viewport={"width": shot.width, "height": HEIGHT},
        color_scheme=shot.scheme,
        locale=shot.ui,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(shot.path)
    if shot.print:
        page.emulate_media(media="print")
    picture(page, file, tallest)
    context.close()


def picture(page: Page, file: Path, tallest: int) -> None:
    """Write what a page shows, down to so many pixels."""
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    page.screenshot(
        path=file,
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": min(height, tallest)},
        animations="disabled",
    )


def contact_sheet(shots: Sequence[Shot]) -> str:
    """Return a page that shows all pictures, small, in rows by page."""
    rows = []
    for page in dict.fromkeys(shot.page for shot in shots):
        figures = "".join(
            f'<figure><a href="{escape(shot.name)}.png"><img src="{escape(shot.name)}.png" loading="lazy" alt=""></a>'
            f"<figcaption>{escape(shot.name)}</figcaption></figure>"
            for shot in shots
            if shot.page == page
        )
        rows.append(f"<h2>{escape(page)}</h2><div>{figures}</div>")
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Clausula: pictures</title><style>'
        "body{font:14px system-ui;margin:2rem;background:#888}div{display:flex;flex-wrap:wrap;gap:1rem}"
        "figure{margin:0}img{height:24rem;object-fit:cover;object-position:top}</style>" + "".join(rows) + "</html>\n"
    )


def take_for_readme(browser: Browser, root: str, out: Path) -> None:
    """Write the pictures of the README; raises `click.ClickException` for one that is too heavy."""
    text = resolution_path("ru", "A/RES/58/208")
    shots = {
        "results": Shot("results", f"/?q={quote('права мигрантов')}", "ru", width=README_WIDTH),
        "resolution-dark": Shot("resolution", text, "ru", "dark", README_WIDTH),
        "phone-arabic": Shot("results", f"/?q={quote('права мигрантов')}", "ar", width=WIDTHS["phone"]),
        "instrument": Shot("instrument", INSTRUMENT, "en", width=README_WIDTH),
    }
    for name, shot in track(shots.items(), total=len(shots), label="pictures", unit="pages"):
        file = out / f"{name}.png"
        take(browser, root, shot, file, tallest=README_HEIGHT)
        if file.stat().st_size > HEAVIEST:
            raise click.ClickException(f"{file} weighs more than {HEAVIEST // 1000} kB")


if __name__ == "__main__":
    main()
