"""Links: a search is wholly in its address, under any prefix."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from app.model import FILTERS, SearchRequest
from app.web.addresses import Addresses, official_address, search_parameters, without

values = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=3, unique=True).map(tuple)
requests = st.builds(
    SearchRequest,
    q=st.text(max_size=20),
    filters=st.dictionaries(st.sampled_from(FILTERS), values, max_size=4),
    sort=st.sampled_from(["relevance", "newest"]),
    page=st.integers(1, 9),
    per_page=st.sampled_from([20, 50]),
)


@given(requests)
def test_an_address_reads_back_as_the_same_search(request: SearchRequest) -> None:
    query = urlsplit(Addresses("/un", "ru").search(request)).query
    assert parse_qsl(query, keep_blank_values=True) == [*search_parameters(request), ("ui", "ru")]


def test_defaults_stay_out_of_the_address() -> None:
    assert Addresses().search(SearchRequest()) == "/"
    assert Addresses("/un").search(SearchRequest(q="мир", page=2)) == "/un/?q=%D0%BC%D0%B8%D1%80&page=2"


def test_parameters_go_before_the_fragment() -> None:
    assert Addresses("/un", "en").of("/ru/A/RES/1/1#pp1") == "/un/ru/A/RES/1/1?ui=en#pp1"


def test_symbols_are_quoted_but_readable() -> None:
    addresses = Addresses()
    assert addresses.resolution("ru", "S/RES/1325(2000)", "op1") == "/ru/S/RES/1325(2000)#op1"
    assert addresses.resolution("ru", 'a?b#c"<') == "/ru/a%3Fb%23c%22%3C"
    assert addresses.data("ru", "A/RES/57/270B", "json") == "/ru/A/RES/57/270B.json"
    assert official_address("ru", "A/RES/58/208") == "https://undocs.org/ru/A/RES/58/208"


def test_static_files_have_their_version() -> None:
    assert Addresses("/un").static("a.css", "1f") == "/un/static/a.css?v=1f"


def test_without_drops_one_value_and_goes_to_the_first_page() -> None:
    request = SearchRequest(filters={"type": ("annex", "title"), "lang": ("ru",)}, page=4)
    assert without(request, "type", "annex").filters == {"type": ("title",), "lang": ("ru",)}
    assert without(request, "lang", "ru").filters == {"type": ("annex", "title")}
    assert without(request, "lang", "ru").page == 1
