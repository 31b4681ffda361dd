"""Several languages of a resolution beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.main import create_app
from app.settings import Settings
from app.web.side_by_side import merged_paths
from indexer.model import ClausePath
from tests.resolutions import index, resolution
from tests.web.markup import check_page, read_markup

BROWSER = {"Accept": "text/html", "Accept-Language": "ru"}

paths = st.lists(st.sampled_from([ClausePath(f"op{number}") for number in range(9)]), unique=True)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("beside")
    index(
        folder,
        resolution("99/1", "ru", "призывает к миру", "просит доклад о 58/208", title="Мир"),
        resolution("99/1", "en", "Calls for peace", "Requests a report", "Decides to go on", title="Peace"),
        resolution("99/1", "ar", "تدعو إلى السلام", title="السلام"),
    )
    with TestClient(create_app(Settings(index=folder)), headers=BROWSER) as client:
        yield client


def test_clauses_stand_beside_each_other(client: TestClient) -> None:
    answer = client.get("/ru/A/RES/99/1?with=en,ar")
    assert answer.status_code == 200
    page = read_markup(answer.text)
    check_page(page, answer.text)
    text = answer.text
    assert text.index("призывает к миру") < text.index("Calls for peace") < text.index("تدعو إلى السلام")
    assert '<td lang="ar" dir="rtl">' in text
    assert text.count("Нет в этом тексте") == 3  # op2 and op3 in Arabic, op3 in Russian
    assert 'href="#op3"' in text


def test_a_form_may_name_each_language_once(client: TestClient) -> None:
    assert "Calls for peace" in client.get("/ru/A/RES/99/1?with=en&with=ar").text
    alone = client.get("/ru/A/RES/99/1?with=ru&with=xx").text
    assert "Calls for peace" not in alone


def test_a_language_that_is_not_held_is_said(client: TestClient) -> None:
    text = client.get("/ru/A/RES/99/1?with=en,fr").text
    assert "французский" in text
    assert "Calls for peace" in text


@given(st.lists(paths, min_size=1, max_size=4))
def test_every_path_is_there_once_and_the_first_version_keeps_its_order(versions: list[list[ClausePath]]) -> None:
    merged = merged_paths(versions)
    assert len(merged) == len(set(merged))
    assert set(merged) == {path for version in versions for path in version}
    assert [path for path in merged if path in set(versions[0])] == versions[0]


def test_what_the_first_version_lacks_stands_where_the_other_has_it() -> None:
    first, second = [ClausePath(p) for p in ("pp1", "pp3")], [ClausePath(p) for p in ("pp1", "pp2", "pp3", "op1")]
    assert merged_paths([first, second]) == second
