"""The pipeline over several language versions: ids, the report, and every finding as a line of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.build import build_index, parse_sources
from indexer.errors import EmptyCorpusError
from indexer.model import LanguageCode, Problem, Resolution
from indexer.reading.sources import find_sources
from indexer.store import open_snapshot

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
VERSIONS: dict[LanguageCode, tuple[str, str, tuple[str, str, str]]] = {
    "en": (
        "The General Assembly,",
        "Bees of the islands and of the sea",
        (
            "Recalls its resolution 58/208 on the bees of the islands;",
            "Requests the Secretary-General to count the bees of the islands;",
            "Decides to consider the relevant resolutions on bees at its next session.",
        ),
    ),
    "fr": (
        "L’Assemblée générale,",
        "Les abeilles des îles et de la mer",
        (
            "Rappelle sa résolution 58/208 sur les abeilles des îles ;",
            "Prie le Secrétaire général de compter les abeilles des îles ;",
            "Décide d’examiner les résolutions pertinentes sur les abeilles à sa prochaine session.",
        ),
    ),
    "ru": (
        "Генеральная Ассамблея,",
        "Пчелы островов и моря",
        (
            "ссылается на свою резолюцию 58/208 о пчелах островов;",
            "просит Генерального секретаря сосчитать пчел островов;",
            "постановляет рассмотреть соответствующие резолюции о пчелах на своей следующей сессии.",
        ),
    ),
}


def write_version(folder: Path, lang: LanguageCode, *, unnumbered: int | None = None) -> None:
    """Write a resolution with three operative paragraphs; one may lack its number."""
    enacting, title, texts = VERSIONS[lang]
    paragraphs = "".join(
        f"<paragraph>{f'<num>{number}.</num>' * (number != unnumbered)}<content><p>{text}</p></content></paragraph>"
        for number, text in enumerate(texts, 1)
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"A_RES_71_399.{lang}.xml").write_text(
        f"""<akomaNtoso xmlns="{AKN}"><statement name="resolution"><meta><keyword dictionary="SDGO" value="15"/>
        <workflow><step outcome="draftResolution" as="A/71/L.5" by="Chad and Peru"/></workflow></meta>
        <coverPage><p><docNumber>A/RES/71/399</docNumber></p></coverPage>
        <preface><p><docTitle>{title}</docTitle></p></preface>
        <preamble><formula><p>{enacting}</p></formula></preamble><mainBody>{paragraphs}</mainBody>
        </statement></akomaNtoso>""",
        encoding="utf-8",
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three language versions; the Russian one lacks the number of paragraph 2."""
    folder = tmp_path / "corpus"
    for lang in VERSIONS:
        write_version(folder, lang, unnumbered=2 if lang == "ru" else None)
    return folder


def resolutions(corpus: Path, *languages: LanguageCode) -> list[Resolution]:
    found = parse_sources(list(find_sources([corpus])), languages=languages or tuple(VERSIONS), jobs=1)
    return [item for item in found if isinstance(item, Resolution)]


def findings(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ids_are_the_same_in_every_language(corpus: Path) -> None:
    versions = resolutions(corpus)
    assert {version.lang for version in versions} == {"en", "fr", "ru"}
    assert len({tuple(clause.path for clause in version.clauses) for version in versions}) == 1


def test_ids_do_not_depend_on_the_languages_asked_for(corpus: Path) -> None:
    (russian,) = resolutions(corpus, "ru")
    inherited = next(clause for clause in russian.clauses if clause.inferred)
    assert (inherited.path, inherited.number) == ("op2", None)


def test_what_was_not_asked_for_is_named(corpus: Path) -> None:
    problems = [
        item
        for item in parse_sources(list(find_sources([corpus])), languages=["ru"], jobs=1)
        if isinstance(item, Problem)
    ]
    assert {problem.code for problem in problems} == {"skipped-language"}
    assert len(problems) == 2


def test_the_index_keeps_what_was_inferred_and_declared(corpus: Path, tmp_path: Path) -> None:
    build_index([corpus], tmp_path / "index", jobs=1)
    snapshot = open_snapshot(tmp_path / "index")
    documents = [snapshot.record(number) for number in range(snapshot.stats().documents)]
    (inherited,) = [one for one in documents if one.inferred]
    assert (inherited.id, inherited.lang, inherited.number) == ("A/RES/71/399#op2", "ru", None)
    whole = {version.lang: version for version in resolutions(corpus)}
    for record in snapshot.resolutions():
        loaded = snapshot.load(record)
        assert loaded.goals == ("15",)
        assert loaded.proceedings.sponsors == ("Chad", "Peru")
        assert loaded == whole[loaded.lang]


def test_the_report_names_where_languages_disagree(corpus: Path, tmp_path: Path) -> None:
    report = build_index([corpus], tmp_path / "index", jobs=1)
    rows = {line.split()[0]: line.split()[1:] for line in report.lines() if line.strip()}
    assert rows["number-missing"] == ["0", "0", "1"]  # en fr ru
    assert rows["path-inferred"] == ["0", "0", "1"]
    assert rows["citation-unresolved"] == ["1", "1", "1"]
    assert report.clean


def test_every_finding_is_a_line_of_json(corpus: Path, tmp_path: Path) -> None:
    (corpus / "cut.xml").write_text("<akomaNtoso><statement")
    (corpus / "again.xml").write_bytes((corpus / "A_RES_71_399.en.xml").read_bytes())
    report = build_index([corpus], tmp_path / "index", jobs=1, findings=tmp_path / "report" / "build.jsonl")
    found = findings(tmp_path / "report" / "build.jsonl")
    assert {"duplicate", "number-missing", "path-inferred", "citation-unresolved"} <= {one["code"] for one in found}
    assert any(one["where"].endswith("cut.xml") for one in found)
    (missing,) = [one for one in found if one["code"] == "number-missing"]
    assert (missing["symbol"], missing["lang"], missing["clause"]) == ("A/RES/71/399", "ru", "op2")
    assert missing["where"].endswith("A_RES_71_399.ru.xml")
    unresolved = [one for one in found if one["code"] == "citation-unresolved"]
    assert {one["surface"] for one in unresolved} == {
        "the relevant resolutions",
        "les résolutions pertinentes",
        "соответствующие резолюции",
    }
    assert not report.clean
    assert report.unreadable == 1


def test_a_corpus_without_the_languages_asked_for_leaves_the_index_alone(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(EmptyCorpusError):
        build_index([corpus], tmp_path / "index", languages=["zh"], jobs=1)
