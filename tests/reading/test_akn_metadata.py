"""What an AKN4UN file declares about its resolution."""

from __future__ import annotations

import pytest
from lxml import etree

from indexer.model import NO_PROCEEDINGS, AdoptionMode, AgendaItem
from indexer.reading.akn_metadata import (
    read_adoption_date,
    read_goals,
    read_proceedings,
    read_subjects,
    split_sponsors,
)

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def file(content: str) -> etree._Element:
    return etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}">{content}</akomaNtoso>')


def step(outcome: str, **attributes: str) -> str:
    written = "".join(f' {name.rstrip("_")}="{value}"' for name, value in attributes.items())
    return f'<step outcome="{outcome}"{written}/>'


def cover(*inlines: tuple[str, str], note: str = "") -> etree._Element:
    inner = "".join(f'<p><inline name="{name}">{text}</inline></p>' for name, text in inlines)
    return file(f"<coverPage>{inner}<p><docProponent>{note}</docProponent></p></coverPage>")


def test_an_entity_escaped_twice_is_read() -> None:
    keyword = '<keyword dictionary="UNBIS Thesaurus" value="x" showAs="SAILORS&amp;#39; SONGS"/>'
    assert read_subjects(file(keyword)) == ("sailors' songs",)


def test_the_subjects_of_librarians_go_before_those_of_goals() -> None:
    keywords = (
        '<keyword dictionary="UNBIS" showAs="wild_bees"/><keyword dictionary="EuroVoc" showAs="bee"/>'
        '<keyword dictionary="UNBIS Thesaurus" showAs="BEES"/>'
        '<keyword dictionary="UNBIS Thesaurus" refersTo="agenda" value="3" showAs="Bees."/>'
    )
    assert read_subjects(file(keywords)) == ("bees",)
    assert read_subjects(file('<keyword dictionary="UNBIS" showAs="wild_bees"/>')) == ("wild bees",)


def test_goals_and_targets() -> None:
    keywords = "".join(f'<keyword dictionary="SDGO" value="{value}"/>' for value in ("6", "16.9", "6", "2.a", "none"))
    assert read_goals(file(keywords)) == ("6", "16.9", "2.a")


def test_the_year_one_stands_for_no_date() -> None:
    unknown = '<FRBRdate date="0001-01-01" name="adoption"/>'
    assert read_adoption_date(file(unknown)) is None
    assert read_adoption_date(file(unknown + step("adopted", date="2021-03-04"))) == "2021-03-04"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Agenda item 20", "20"),
        ("Agenda item 20 (k)", "20.k"),
        ("Тема 98 cc) программы", "98.cc"),
        ("Пункт 71 с) повестки дня", "71.c"),  # the letter is Cyrillic
        ("Point 3 b) de l’ordre du jour", "3.b"),
        ("البند 20 (ب) من جدول الأعمال", "20.b"),
        ("البند 100 (أ أ) من جدول الأعمال", "100.aa"),
        ("议程项目20(a)", "20.a"),
    ],
)
def test_agenda_items_in_every_script(printed: str, number: str) -> None:
    root = cover(("agenda item", printed), ("agenda item name", "Bees: honey"))
    assert read_proceedings(root).agenda == (AgendaItem(number, "Bees: honey"),)


def test_agenda_items_of_the_library_stand_in() -> None:
    keywords = (
        '<keyword refersTo="agenda" value="[43]" showAs="BEES"/>'  # a topic of the library, no item
        '<keyword refersTo="agenda" value="X" showAs="The situation of bees."/>'
        '<keyword refersTo="agenda" value="71c[6]" showAs="Honey."/>'
    )
    items = (AgendaItem("", "The situation of bees"), AgendaItem("71.c", "Honey"))
    assert read_proceedings(file(keywords)).agenda == items


def test_the_procedural_note_and_the_report() -> None:
    root = cover(note="[on the report of the Third Committee (A/71/399, para. 5)]")
    assert read_proceedings(root).note == "on the report of the Third Committee (A/71/399, para. 5)"
    recommended = file(step("recommendedForAdoption", date="0001-01-01", as_="A/71/399/Add.2", by=""))
    assert read_proceedings(recommended).report == "A/71/399/Add.2"
    misplaced = file(step("recommendedForAdoption", by="A/71/399"))
    assert read_proceedings(misplaced).report == "A/71/399"


@pytest.mark.parametrize(
    ("wording", "names"),
    [
        ("", ()),
        ("Chad", ("Chad",)),
        ("Chad, Nepal and Peru", ("Chad", "Nepal", "Peru")),
        ("Chad, Iran (Islamic Republic of) and Peru", ("Chad", "Iran (Islamic Republic of)", "Peru")),
        ("Trinidad and Tobago and Tonga", ("Trinidad and Tobago", "Tonga")),
        ("SAINT KITTS AND NEVIS, SAMOA", ("SAINT KITTS AND NEVIS", "SAMOA")),
        ("Chad (on behalf of the members of the Group of 77 and China), and Peru", ("Chad", "Peru")),
        ("submitted by the Chair of the Committee", ()),
        ("Ana Bee (Chad), Vice-Chair of the Committee", ()),
    ],
)
def test_sponsors(wording: str, names: tuple[str, ...]) -> None:
    assert split_sponsors(wording) == names


def test_sponsors_who_joined_later_follow_the_first() -> None:
    steps = step("draftResolution", as_="A/C.3/71/L.5/Rev.1 (as amended in A/C.3/71/L.9)", by="Chad and Peru")
    steps += step("draftResolutionAdditionalSponsors", date="0001-01-01", by="Nepal and Peru")
    found = read_proceedings(file(steps))
    assert (found.draft, found.sponsors, found.submitted) == ("A/C.3/71/L.5/Rev.1", ("Chad", "Peru", "Nepal"), None)


def test_a_wording_that_says_more_than_names_is_kept() -> None:
    group = "Chad (on behalf of the Group of 77 and China)"
    assert read_proceedings(file(step("draftResolution", by=group))).submitted == group
    chair = "submitted by the Chair of the Committee"
    assert read_proceedings(file(step("draftResolution", by=chair))).submitted == chair


@pytest.mark.parametrize(
    ("content", "mode"),
    [
        ('<voting outcome="adoptedWithoutVote"/>', AdoptionMode.WITHOUT_VOTE),
        ('<voting outcome="Adopted without vote, 3rd plenary meeting"/>', AdoptionMode.WITHOUT_VOTE),
        ('<voting outcome="adoptedRecordedVote"/>', AdoptionMode.RECORDED_VOTE),
        (
            '<voting outcome="VOTING BY MAIL"/>' + step("adopted", by="Adopted 13-0-2; voting by mail"),
            "recorded_vote",
        ),
        (step("adopted", by="Adopted unanimously, 9999th meeting"), AdoptionMode.UNANIMOUS),
        (step("adopted", by="Adopted by acclamation, 9999th meeting"), AdoptionMode.ACCLAMATION),
        (step("adopted", by=""), None),
    ],
)
def test_adoption_modes(content: str, mode: AdoptionMode | None) -> None:
    assert read_proceedings(file(content)).mode == mode


def test_a_recorded_vote() -> None:
    sides = (
        '<count value="002" refersTo="inFavour"><voters><organization>CHAD</organization>'
        "<organization>PERU</organization></voters></count>"
        '<count value="1" refersTo="abstaining"/>'
    )
    found = read_proceedings(file(f"<voting>{sides}</voting>"))
    assert found.mode is AdoptionMode.RECORDED_VOTE
    assert found.vote is not None
    assert found.vote.in_favour.members == ("CHAD", "PERU")
    assert (found.vote.in_favour.count, found.vote.against.count, found.vote.abstaining.count) == (2, 0, 1)


@pytest.mark.parametrize(
    ("declared", "meeting"),
    [
        ("A/71/PV.9", "A/71/PV.9"),
        ("A/71/PV.9 (Resumption 1)", "A/71/PV.9 (Resumption 1)"),
        ("S/PV9999", "S/PV.9999"),
        ("Adopted without vote, 3rd plenary meeting", None),
    ],
)
def test_meetings(declared: str, meeting: str | None) -> None:
    assert read_proceedings(file(step("adopted", as_=declared))).meeting == meeting


def test_a_file_that_declares_nothing() -> None:
    assert read_proceedings(file("<meta/>")) == NO_PROCEEDINGS
    assert read_subjects(file("<meta/>")) == read_goals(file("<meta/>")) == ()
