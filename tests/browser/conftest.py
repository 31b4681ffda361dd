"""A real browser before a real server over resolutions in six languages, made for the purpose."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from app.main import create_app
from app.settings import Settings
from bench.browser import find_chromium
from tests.resolutions import index, resolution

PATIENCE = 15_000  # milliseconds; only a fault takes so long


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service."""
    folder: Path = tmp_path_factory.mktemp("browser")
    convention = "Конвенцию о правах ребенка"
    index(
        folder,
        resolution(
            "99/1", "ru", f"ссылаясь на {convention} и на резолюцию 99/2", "просит Генерального секретаря о докладе",
            "призывает к правам мигрантов", title="Права мигрантов", date="2044-12-01",
        ),
        resolution(
            "99/1", "en", "Recalling the Convention on the Rights of the Child and resolution 99/2",
            "Requests the Secretary-General to report", "Calls for the rights of migrants",
            title="Rights of migrants", date="2044-12-01",
        ),
        resolution(
            "99/1", "ar", "إذ تشير إلى اتفاقية حقوق الطفل وإلى القرار 99/2", "تطلب إلى الأمين العام تقديم تقرير",
            title="حقوق المهاجرين", date="2044-12-01",
        ),
        resolution("99/1", "fr", "Rappelant la résolution 99/2", title="Droits des migrants", date="2044-12-01"),
        resolution("99/1", "es", "Recordando la resolución 99/2", title="Derechos humanos", date="2044-12-01"),
        resolution("99/1", "zh", "回顾第99/2号决议", title="移民的权利", date="2044-12-01"),
        *(
            resolution(
                f"98/{n}", "ru", f"ссылаясь на {convention}", "призывает к миру и правам мигрантов",
                title=f"Мир и мигранты {n}", date=f"{2030 + n % 5}-12-01",
            )
            for n in range(1, 31)
        ),
        resolution(
            "97/1", "ru", f"ссылаясь на {convention} в интересах мигрантов",
            *(f"ссылаясь на резолюцию 96/{n} о мигрантах" for n in range(1, 15)),
            title="Много ссылок", date="2043-12-01",
        ),
        resolution("99/2", "ru", "призывает к миру", title="Мир", date="2045-01-10"),
    )  # fmt: skip
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(Settings(index=folder))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser, or skip. It ends with these tests: while it lives, its event loop lets no other one run."""
    found = find_chromium()
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium, or set CLAUSULA_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page must not do: ask another host, or report an error."""

    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


Opener = Callable[..., Page]


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Opener]:
    """Opens a path in a context of its own; afterwards no page may have asked another host or reported an error."""
    watch, contexts = Watch(), list[BrowserContext]()

    def guard(route: Route) -> None:
        if route.request.url.startswith(site):
            route.continue_()
        else:
            watch.elsewhere.append(route.request.url)
            route.abort()

    def visit(path: str, *, width: int = 1280, script: bool = True, scheme: str = "light", ui: str = "ru") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            color_scheme="dark" if scheme == "dark" else "light",
            locale=ui,
            base_url=site,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        page.on("console", lambda said: watch.errors.append(said.text) if said.type == "error" else None)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        return page

    yield visit
    for context in contexts:
        context.close()
    assert watch.elsewhere == []
    assert watch.errors == []
