"""The parameters of a search as HTTP has them, for the API and the search page alike."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import Depends, Query
from pydantic.config import JsonDict, JsonValue

from app.model import FACETS, FacetName, FilterName, Group, SearchRequest, Sort
from app.problems import ParameterError, ParameterFault
from app.query.filters import CLOSED_VALUES, MAX_VALUE_LENGTH, is_filter_value
from app.ranking import MAX_WINDOW

Values = tuple[str, ...]
NONE: Values = ()

MAX_PER_PAGE = 100
MAX_FILTER_VALUES = 100  # of one filter; a link longer than that was not made by a person


# What values a filter takes, for the schema: `is_filter_value` decides.
_WORDS: JsonValue = {"type": "string", "pattern": r"^$|[A-Za-z0-9\u0400-\u04ff]", "maxLength": MAX_VALUE_LENGTH}
_FACETS = rf"^\s*(({'|'.join(FACETS)})(\s*,\s*({'|'.join(FACETS)}))*)?\s*$"
_YEARS: JsonValue = {"type": "string", "pattern": r"^([0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4})?$"}


def _values(description: str, one: JsonValue = _WORDS) -> Any:
    """Return the parameter of a filter: repeated for alternatives; an empty value, as forms send it, is none."""
    shape: JsonDict = {"items": one, "maxItems": MAX_FILTER_VALUES}
    return Query(description=description, json_schema_extra=shape)


def _closed(name: FilterName, description: str) -> Any:
    return _values(description, {"type": "string", "enum": list(CLOSED_VALUES[name])})


async def search_request(
    *,
    q: Annotated[str, Query(description="Text of the query; empty with filters lists what they leave.")] = "",
    lang: Annotated[Values, _closed("lang", "Language of the clause.")] = NONE,
    type: Annotated[Values, _closed("type", "Type of the clause.")] = NONE,
    cites: Annotated[Values, _values("Symbol in any spelling, or ins: id, that the clause cites.")] = NONE,
    action: Annotated[Values, _values("Action of the clause: requests, recalls, …")] = NONE,
    body: Annotated[Values, _closed("body", "Organ that adopted the resolution.")] = NONE,
    session: Annotated[Values, _values("Session: 58, S-21, ES-10.")] = NONE,
    year: Annotated[Values, _values("Year, or years as 1999..2003.", _YEARS)] = NONE,
    subject: Annotated[Values, _values("Subject as the source gives it.")] = NONE,
    symbol: Annotated[Values, _values("Resolution in any spelling; A/RES/58/* for all that begin so.")] = NONE,
    sort: Annotated[Sort, Query()] = "relevance",
    page: Annotated[int, Query(ge=1, le=MAX_WINDOW)] = 1,
    per_page: Annotated[int, Query(ge=1, le=MAX_PER_PAGE)] = 20,
    facets: Annotated[
        str, Query(description="Comma list of facets; empty for none.", json_schema_extra={"pattern": _FACETS})
    ] = ",".join(FACETS),
    group: Annotated[Group, Query(description="resolution: the best clause of each resolution only.")] = "none",
    explain: Annotated[bool, Query(description="1 adds to each hit why it matched.")] = False,
) -> SearchRequest:
    """Return the request; raises `ParameterError` naming every parameter that cannot be used."""
    given: dict[FilterName, Values] = {
        "lang": lang,
        "type": type,
        "cites": cites,
        "action": action,
        "body": body,
        "session": session,
        "year": year,
        "subject": subject,
        "symbol": symbol,
    }
    filters, faults = _read_filters(given)
    names, unknown = _read_facets(facets)
    faults += unknown
    if faults:
        raise ParameterError(*faults)
    return SearchRequest(q, filters, sort, page, per_page, names, group, explain)


SearchParameters = Annotated[SearchRequest, Depends(search_request)]


def _read_filters(
    given: dict[FilterName, Values],
) -> tuple[dict[FilterName, tuple[str, ...]], list[ParameterFault]]:
    """Return the filters that are set: an empty value, as a form sends it, is none; a repeated one counts once."""
    filters: dict[FilterName, tuple[str, ...]] = {}
    faults = []
    for name, raw in given.items():
        values = tuple(dict.fromkeys(value.strip() for value in raw if value.strip()))
        if len(raw) > MAX_FILTER_VALUES:
            faults.append(ParameterFault(name, "query", f"more than {MAX_FILTER_VALUES} values"))
        elif not all(is_filter_value(name, value) for value in values):
            faults.append(ParameterFault(name, "query", _allowed(name)))
        elif values:
            filters[name] = values
    return filters, faults


def _read_facets(text: str) -> tuple[tuple[FacetName, ...], list[ParameterFault]]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if set(names) <= set(FACETS):
        return cast("tuple[FacetName, ...]", names), []
    return (), [ParameterFault("facets", "query", f"a comma list of {', '.join(FACETS)}")]


def _allowed(name: FilterName) -> str:
    if name in CLOSED_VALUES:
        return f"one of {', '.join(CLOSED_VALUES[name])}"
    if name == "year":
        return "a year (2003) or a range of years (1999..2003, 1999.., ..2003)"
    return "text with a letter or digit, not longer than a line"
