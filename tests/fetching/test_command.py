"""The verb ``fetch``, and what it stands for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from indexer.errors import FetchError
from indexer.fetching.provenance import alone_in
from indexer.fetching.targets import find_targets, releases
from tests.fetching.server import Behaviour, serving
from tests.fetching.test_download import ARCHIVE
from tests.processes import finish, start


def test_releases_and_documents() -> None:
    found = find_targets(["un-ga", "58/208", "un-ga"], ["ru", "en"], {})
    assert [target.file for target in found] == ["un-ga.zip", "A_RES_58_208.ru.pdf", "A_RES_58_208.en.pdf"]
    assert "A%2FRES%2F58%2F208" in found[1].address
    assert {release.name for release in releases()} == {"un-ga", "un-sc"}


@pytest.mark.parametrize(
    ("wanted", "addresses"),
    [
        ("мир", {}),
        ("un-ga", {"un-xy": "https://example.org/"}),
        ("un-ga", {"un-ga": "file:///etc/passwd"}),
    ],
)
def test_what_cannot_be_fetched_is_said(wanted: str, addresses: dict[str, str]) -> None:
    with pytest.raises(FetchError):
        find_targets([wanted], ["ru"], addresses)


def test_file_names_stay_in_the_folder() -> None:
    for target in find_targets(["S/RES/1325(2000)", "A/RES/217(III)A", "A/58/98/Add.1"], ["ar"], {}):
        assert Path(target.file).name == target.file


def test_what_can_be_had_is_fetched_and_the_rest_is_named(tmp_path: Path) -> None:
    paths = {"/ga.zip": Behaviour(ARCHIVE), "/doc/ru": Behaviour(b"%PDF-1.7 and so on\n%%EOF\n")}
    with serving(paths) as root:
        options = ["--to", str(tmp_path), "--pause", "0", "--address", f"un-ga={root}/ga.zip", "--lang", "ru,en"]
        command = ["fetch", "un-ga", "58/208", *options, "--address", f"documents={root}/doc/{{lang}}"]
        first = CliRunner().invoke(main, command)
        second = CliRunner().invoke(main, command)
    assert first.exit_code == 1
    assert "A/RES/58/208 in en: the server has no such document" in first.output
    assert "fetched" in first.output
    assert "clausula build" in first.output
    assert "not changed" in second.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [".fetched", "A_RES_58_208.ru.pdf", "un-ga.zip"]


def test_a_dry_run_asks_nobody(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["fetch", "un-sc", "--to", str(tmp_path / "new"), "--dry-run"])
    assert result.exit_code == 0
    assert result.output.startswith(f"{tmp_path / 'new' / 'un-sc.zip'}  https://")
    assert not (tmp_path / "new").exists()


def test_what_was_fetched_can_be_built(tmp_path: Path) -> None:
    with serving({"/ga.zip": Behaviour(ARCHIVE)}) as root:
        options = ["--to", str(tmp_path / "corpus"), "--address", f"un-ga={root}/ga.zip"]
        assert CliRunner().invoke(main, ["fetch", "un-ga", *options]).exit_code == 0
    seed = Path(__file__).resolve().parents[2] / "corpus" / "58-208.ru.txt"
    (tmp_path / "corpus" / seed.name).write_bytes(seed.read_bytes())
    built = CliRunner().invoke(
        main, ["build", str(tmp_path / "corpus"), "--index", str(tmp_path / "i"), "--jobs", "1"]
    )
    assert "1 resolution" in built.output
    assert ".fetched" not in built.output


def test_a_second_run_into_the_same_folder_leaves_or_waits(tmp_path: Path) -> None:
    with serving({"/ga.zip": Behaviour(ARCHIVE)}) as root:
        command = ["fetch", "un-ga", "--to", tmp_path, "--address", f"un-ga={root}/ga.zip"]
        with alone_in(tmp_path):
            code, errors = finish(start(*command))
            assert code == 2
            assert "another fetch is writing" in errors
            assert "--wait SECONDS" in errors
            code, errors = finish(start(*command, "--wait", "0.2"))
            assert code == 2
            assert "another fetch is still writing" in errors
            waiting = start(*command, "--wait", "60")
            time.sleep(1.0)
            assert waiting.poll() is None
        code, errors = finish(waiting)
    assert code == 0
    assert "fetched" in errors
    assert (tmp_path / "un-ga.zip").read_bytes() == ARCHIVE


def test_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    with serving({"/ga.zip": Behaviour(ARCHIVE)}) as root:
        command = ["fetch", "un-ga", "--to", tmp_path, "--wait", "60", "--address", f"un-ga={root}/ga.zip"]
        said = [finish(process) for process in [start(*command) for _ in range(3)]]
    assert [code for code, _ in said] == [0, 0, 0]
    assert sorted("not changed" in errors for _, errors in said) == [False, True, True]
    assert (tmp_path / "un-ga.zip").read_bytes() == ARCHIVE


def test_addresses_are_a_setting_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSULA_ADDRESSES", "un-ga=https://example.org/ga.zip un-sc=https://example.org/sc.zip")
    result = CliRunner().invoke(main, ["fetch", "un-ga", "un-sc", "--to", str(tmp_path), "--dry-run"])
    assert [line.split()[1] for line in result.output.splitlines()] == [
        "https://example.org/ga.zip",
        "https://example.org/sc.zip",
    ]
