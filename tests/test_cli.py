"""The command line, run as a user runs it: real files, a real index, real exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from app.cli import main
from indexer.cli import main as indexing
from tests.conftest import ROOT


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command-line") / "index"
    result = run("build", ROOT / "corpus", "--index", folder)
    assert result.exit_code == 0, result.output
    return folder


def test_build_ends_with_a_report(seed: Path, tmp_path: Path) -> None:
    result = run("build", seed, "--index", tmp_path / "index")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 files read, 1 resolutions, 47 clauses")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["preambular", "16"] in rows
    assert ["footnote", "13"] in rows


def test_build_names_what_it_cannot_read_and_goes_on(seed: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.txt").write_bytes(seed.read_bytes())
    (corpus / "cut.xml").write_text("<akomaNtoso><statement")
    (corpus / "empty.txt").touch()
    result = run("build", corpus, "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "cut.xml" in result.stdout
    assert "empty.txt" in result.stdout
    assert "1 resolutions" in result.stdout


def test_build_of_nothing_says_what_to_do_and_keeps_the_index(index: Path, tmp_path: Path) -> None:
    result = run("build", tmp_path, "--index", index)
    assert result.exit_code == 2
    assert "give files" in result.stderr
    assert run("check", "--index", index).exit_code == 0


def test_build_skips_other_languages(seed: Path, tmp_path: Path) -> None:
    result = run("build", seed, "--index", tmp_path / "index", "--lang", "en,fr")
    assert result.exit_code == 2


def test_parse_prints_the_contract(seed: Path) -> None:
    result = run("parse", seed)
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    parsed = json.loads(line)
    assert parsed["symbol"] == "A/RES/58/208"
    assert parsed["date"] == "2003-12-23"
    clause = next(clause for clause in parsed["clauses"] if clause["id"] == "A/RES/58/208#pp5")
    assert clause["type"] == "preambular"
    assert clause["number"] is None
    assert clause["action"] == "recalls"
    assert clause["footnotes"] == [11]
    assert [citation["id"] for citation in clause["citations"]] == ["ins:cmw"]


def test_parse_of_what_is_no_resolution(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague,\n\nplease find the minutes attached.\n")
    result = run("parse", letter)
    assert result.exit_code == 2
    assert "letter.txt" in result.stderr


def test_search_finds_other_forms(index: Path) -> None:
    result = run("search", "мигрант", "--index", index, "--type", "preambular", "--json")
    page = json.loads(result.stdout)
    assert page["total"] == len(page["hits"]) > 0
    assert {hit["type"] for hit in page["hits"]} == {"preambular"}


def test_search_for_people_to_read(index: Path) -> None:
    result = run("search", "ликвидация дискриминации", "--cites", "ins:cedaw", "--index", index)
    assert result.exit_code == 0
    assert "A/RES/58/208" in result.stdout
    assert "1 clauses" in result.stderr


def test_search_without_an_index_says_how_to_get_one(tmp_path: Path) -> None:
    result = run("search", "мир", "--index", tmp_path)
    assert result.exit_code == 2
    assert "clausula build" in result.stderr


def test_analyze_shows_forms_and_bases() -> None:
    result = run("analyze", "государствами-членами", "--lang", "ru")
    tokens = [json.loads(line) for line in result.stdout.splitlines()]
    assert [token["surface"] for token in tokens] == ["государствами-членами", "государствами", "членами"]
    assert "государство" in tokens[1]["bases"]


def test_cites_reads_standard_input() -> None:
    result = run("cites", "--lang", "en", given="Recalling its resolution 58/208 of 23 December 2003,")
    (citation,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert citation["id"] == "A/RES/58/208"
    assert citation["date"] == "2003-12-23"


def test_cites_prints_each_of_a_span_of_parts() -> None:
    result = run("cites", "--lang", "ru", given="ссылаясь на резолюции 51/211 A–C")
    found = [json.loads(line)["id"] for line in result.stdout.splitlines()]
    assert found == ["A/RES/51/211A", "A/RES/51/211B", "A/RES/51/211C"]


def test_check_finds_a_flipped_byte(index: Path, tmp_path: Path) -> None:
    run("build", ROOT / "corpus", "--index", tmp_path)
    victim = max((path for path in tmp_path.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    result = run("check", "--index", tmp_path)
    assert result.exit_code == 1
    assert "clausula build" in result.stderr
    assert run("check", "--index", index).exit_code == 0


def test_stats(index: Path) -> None:
    assert "58" in run("stats", "--index", index).stdout
    counted = json.loads(run("stats", "--index", index, "--json").stdout)
    assert counted["resolutions"] == 1


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_verb_has_help_and_is_documented(verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0
    command = main.commands[verb]
    assert isinstance(command, click.Command)
    assert command.help
    documentation = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert f"## {verb}\n" in documentation
    for parameter in command.params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert option in documentation, f"{verb} {option} is not documented"


def test_wrong_usage_leaves_with_two() -> None:
    assert run("build", "--jobs", "0").exit_code == 2
    assert run("parse", "no-such-file.xml").exit_code == 2
    assert run("build", "--lang", "tlh").exit_code == 2


def test_the_indexing_verbs_run_alone() -> None:
    assert set(indexing.commands) < set(main.commands)
    assert CliRunner().invoke(indexing, ["analyze", "мир"]).exit_code == 0
