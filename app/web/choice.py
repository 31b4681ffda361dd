"""The language of the interface that a reader chose: a link asks for it once, and a cookie keeps it.

The cookie holds the code of the language and nothing of the reader. An address that names a language wins over it.
"""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi.responses import RedirectResponse
from starlette.requests import Request

from app.web.i18n import UiLanguage, ui_language

COOKIE = "ui"
CHOOSE = "choose"  # the parameter of the links that choose: ``?choose=fr``
KEPT_SECONDS = 365 * 24 * 60 * 60


def chosen_language(request: Request) -> UiLanguage | None:
    """Return the language that a link of the request chooses, None for a request that chooses none."""
    return ui_language(request.query_params.get(CHOOSE))


def kept_language(request: Request) -> UiLanguage | None:
    """Return the language that was chosen before, None where none was or the cookie holds no language."""
    return ui_language(request.cookies.get(COOKIE))


def keep_choice(request: Request, lang: UiLanguage, root: str) -> RedirectResponse:
    """Return a redirection to the same page in the language chosen, which the reader's browser keeps.

    The address that it leads to chooses nothing: who is given it sees the page, and keeps an own choice.
    """
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in (CHOOSE, "ui")]
    path = root + (request.url.path.removeprefix(root) or "/")
    path = "/" + path.lstrip("/\\")  # never the address of another host: //host
    response = RedirectResponse(f"{path}?{urlencode([*kept, ('ui', lang)], errors='replace')}", 303)
    response.set_cookie(
        COOKIE,
        lang,
        max_age=KEPT_SECONDS,
        path=f"{root}/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response
