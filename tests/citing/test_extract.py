"""Citations in a text that stands on its own: one line a case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.citing import find_citations
from indexer.model import LANGUAGES, Body, CitationKind, CitationStatus, LanguageCode, Symbol

THREE = "A/RES/55/1 A/RES/56/2 A/RES/57/3"
# Text with every citation in [brackets], language, targets. «-» stands for a citation without a target, «+» joins the
# targets of one citation.
CASES: list[tuple[str, LanguageCode, str]] = [
    # lists: the head counts as part of a citation only where it governs one number
    ("свои резолюции [55/1 от 8 ноября 2000 года], [56/2] и [57/3 от 1 мая 2003 года]", "ru", THREE),
    ("на [решение 1995/313 Экономического и Социального Совета от 27 июля 1995 года]", "ru", "E/DEC/1995/313"),
    ("свою [резолюцию 57/270 B от 23 июня 2003 года] о чем-то", "ru", "A/RES/57/270B"),
    ("its resolutions [55/1 of 8 November 2000], [56/2] and [57/3 of 1 May 2003] on peace", "en", THREE),
    ("ses résolutions [55/1 du 8 novembre 2000], [56/2] et [57/3 du 1er mai 2003]", "fr", THREE),
    ("sus resoluciones [55/1, de 8 de noviembre de 2000], [56/2] y [57/3, de 1 de mayo de 2003]", "es", THREE),
    ("قراراتها [55/1 المؤرخ 8 تشرين الثاني/نوفمبر 2000] و [56/2] و [57/3 المؤرخ 1 أيار/مايو 2003]", "ar", THREE),
    ("其[2000年11月8日第55/1]号、[第56/2]号和[2003年5月1日第57/3]号决议", "zh", THREE),
    ("Resolutions [52/214], sect. B; [55/222], sect. III; and [61/1]", "en", "A/RES/52/214 A/RES/55/222 A/RES/61/1"),
    # whose: named before, between, after; own; told by the date
    ("[Security Council resolution 1325 (2000) of 31 October 2000] and", "en", "S/RES/1325(2000)"),
    ("Human Rights Council resolutions [16/21 of 25 March 2011] and [4/2]", "en", "A/HRC/RES/16/21 A/HRC/RES/4/2"),
    ("[резолюция 16/21 Совета по правам человека от 25 марта 2011 года]", "ru", "A/HRC/RES/16/21"),
    ("[resolution 46/6 of 23 March 2021]", "en", "A/HRC/RES/46/6"),
    ("its [resolution 46/182 of 19 December 1991]", "en", "A/RES/46/182"),
    ("[résolution 2005/80 de la Commission des droits de l’homme]", "fr", "E/CN.4/RES/2005/80"),
    ("[安全理事会2000年10月31日第1325(2000)号决议]", "zh", "S/RES/1325(2000)"),
    ("[قرار مجلس الأمن 1325 (2000) المؤرخ 31 تشرين الأول/أكتوبر 2000]", "ar", "S/RES/1325(2000)"),
    ("the Commission on Narcotic Drugs adopted [resolution 65/2 of 18 March 2022]", "en", "-"),
    # old numbers, special sessions, parts
    ("[القرار 2200 ألف (د-21)]، المرفق", "ar", "A/RES/2200(XXI)A"),
    ("[القرار دإ-21/2] وقراري [53/243 ألف] و[باء]", "ar", "A/RES/S-21/2 A/RES/53/243A A/RES/53/243B"),
    ("[第57/283 B]号和[第58/1]号决议", "zh", "A/RES/57/283B A/RES/58/1"),
    ("resolutions [53/243 A] and [B]", "en", "A/RES/53/243A A/RES/53/243B"),
    ("[resolution 76/247 A–C]", "en", "A/RES/76/247A+A/RES/76/247B+A/RES/76/247C"),
    ("resolutions [51/211 A to C] and [E]", "en", "A/RES/51/211A+A/RES/51/211B+A/RES/51/211C A/RES/51/211E"),
    ("[резолюция 53/243 A–B от 13 сентября 1999 года]", "ru", "A/RES/53/243A+A/RES/53/243B"),
    ("[第51/211 A至B]号和[第58/1]号决议", "zh", "A/RES/51/211A+A/RES/51/211B A/RES/58/1"),
    ("[A/RES/75/101 A-B]", "en", "A/RES/75/101A+A/RES/75/101B"),
    ("[резолюция 2106 А (ХХ)]", "ru", "A/RES/2106(XX)A"),
    # a number that speaks for itself, and what does not
    ("as in [1373 (2001)] and [S-21/2]", "en", "S/RES/1373(2001) A/RES/S-21/2"),
    ("[58/208]", "ru", "A/RES/58/208"),
    ("the period 2020/21, 24/7, 50/50 and/or HIV/AIDS in 2002/2003", "en", ""),
    ("из 58 стран и 208 участников", "ru", ""),
    ("resolution of the conflict in the period 2020/21", "en", ""),
    # numbers that no body of the corpus can have adopted, misprints, other series
    ("the African Union’s [decision 8 (XXXII)]", "en", "-"),
    ("recommendation 1 (IV)", "en", ""),
    ("the Council recalls [resolution 377 A (V) of 3 November 1950]", "en", "A/RES/377(V)A"),
    ("[Economic and Social Council resolution 155 C (VII) of 13 August 1948]", "en", "E/RES/155(VII)C"),
    ("[القرار 307/76 المؤرخ 8 أيلول/سبتمبر 2022]", "ar", "A/RES/76/307"),
    ("advisory opinion OC 21/14 of 19 August 2014 and document LC 45/18", "en", ""),
    ("Supplement No. 7 ([E/2020/27]), chap. I, sect. C, [resolution 59/1]", "en", "E/2020/27 -"),
    ("resolutions [70/291],[72/284] and [75/291]", "en", "A/RES/70/291 A/RES/72/284 A/RES/75/291"),
    ("в своей [резолюции 71/90] 30 июня Международным днём", "ru", "A/RES/71/90"),
    ("в соответствии с [резолюцией 72/55], Группы экспертов", "ru", "A/RES/72/55"),
    ("dans sa [résolution 51/18], le Conseil des droits de l’homme a décidé", "fr", "A/HRC/RES/51/18"),
    ("its resolutions [S-29/1 of 12 February 2021] and [55/1]", "en", "A/HRC/RES/S-29/1 A/RES/55/1"),
    ("妇女地位委员会2012年3月9日题为“妇女”的[第56/4号决议]", "zh", "-"),
    ("[resolution 2140 (2140)]", "en", "S/RES/2140(2014)"),
    ("2023年10月10日题为“儿童”的[第54/5号决议]", "zh", "A/HRC/RES/54/5"),
    ("[2023年10月12日第54/18]、[54/22]和[54/33]号决议", "zh",
     "A/HRC/RES/54/18 A/HRC/RES/54/22 A/HRC/RES/54/33"),
    ("[第二一〇六(二十)号决议]", "zh", "A/RES/2106(XX)"),
    # documents
    ("[А/58/323] и [Add.1] и [2], [А/С.2/54/2]", "ru", "A/58/323 A/58/323/Add.1 A/58/323/Add.2 A/C.2/54/2"),
    ("[A/53/623] and [Corr.1]; [A/79/302]-[S/2024/600].", "en", "A/53/623 A/53/623/Corr.1 A/79/302 S/2024/600"),
    ("[A/CONF.157/24 (Part I)], chap. III", "en", "A/CONF.157/24(PartI)"),
    ("[S/RES/2504 (2020)] et [S/PRST/2020/11]", "fr", "S/RES/2504(2020) S/PRST/2020/11"),
    ("(publicación de las Naciones Unidas, [núm. de venta: S.96.IV.8])", "es", "SALES/96.IV.8"),
    ("United Nations, [Treaty Series, vol. 660, No. 9464].", "en", "ins:cerd"),
    ("United Nations, [Treaty Series, vol. 1, No. 9].", "en", "UNTS/1/9"),
    # sessions
    ("на ее [пятьдесят девятой], а не [шестидесятой], сессии", "ru", "session:A/59 session:A/60"),
    ("[двадцать четвертой специальной сессии] Генеральной Ассамблеи", "ru", "session:A/S-24"),
    ("à sa [soixante-quinzième session]", "fr", "session:A/75"),
    ("en su [décimo período extraordinario de sesiones de emergencia]", "es", "session:A/ES-10"),
    ("الدورة الاستثنائية", "ar", ""),
    ("the [tenth emergency special session] of the General Assembly", "en", "session:A/ES-10"),
    ("the Commission, at its sixty-third session,", "en", ""),
    # names in words
    ("Платформе действий, принятой четвертой Всемирной конференцией по положению женщин", "ru", "*"),
    ("Международного пакта о гражданских и политических правах", "ru", "*"),
    ("the [Vienna Declaration and Programme of Action] and [CAT/C/12]", "en", "ins:vdpa CAT/C/12"),
    ("وبـ[الإعلان العالمي لحقوق الإنسان]", "ar", "ins:udhr"),
    ("[《儿童权利公约》]和[世界人权宣言]", "zh", "ins:crc ins:udhr"),
    ("a cat and the convention of friends", "en", ""),
    ("в соответствии с Конвенцией", "ru", ""),
    # by number alone
    ("[resolution 1514] and the year 1514", "en", "A/RES/1514(XV)"),
    ("[Security Council resolution 1988] and the year 1988", "en", "S/RES/1988(2011)"),
    ("[резолюция 1988 Совета Безопасности]", "ru", "S/RES/1988(2011)"),
    ("резолюция 2020 года Совета Безопасности", "ru", ""),
]  # fmt: skip


def _read(marked: str) -> tuple[str, list[str]]:
    text, surfaces, start = "", [], 0
    for char in marked:
        if char == "[":
            start = len(text)
        elif char == "]":
            surfaces.append(text[start:])
        else:
            text += char
    return text, surfaces


@pytest.mark.parametrize(("marked", "lang", "targets"), CASES)
def test_case(marked: str, lang: LanguageCode, targets: str) -> None:
    text, surfaces = _read(marked)
    found = find_citations(text, lang)
    if targets == "*":  # the whole text is one name
        assert [cited.surface for cited in found] == [text]
        assert found[0].kind is CitationKind.INSTRUMENT
        return
    assert ["+".join(cited.ids) or "-" for cited in found] == targets.split()
    assert [cited.surface for cited in found] == surfaces


def test_footnote_mark_glued_to_a_number() -> None:
    """C04: the mark after a number is no part of it."""
    found = find_citations("в своей резолюции 1373 (2001)2 и в своём докладе4 Совет", "ru", body="SC")
    assert [cited.id for cited in found] == ["S/RES/1373(2001)"]


def test_missing_and_no_break_spaces() -> None:
    """C07: offsets point at the printed span."""
    text = "резолюции 1373(2001), резолюция\u00a01540\u00a0(2004), резолюции1566 (2004)"
    found = find_citations(text, "ru")
    assert [cited.id for cited in found] == ["S/RES/1373(2001)", "S/RES/1540(2004)", "S/RES/1566(2004)"]
    assert all(text[cited.start : cited.end] == cited.surface for cited in found)


@pytest.mark.parametrize("text", ["A/RES/58/208", "58/208"])
def test_symbol_as_a_query(text: str) -> None:
    """C23: a symbol is one target, in full or short."""
    assert [cited.id for cited in find_citations(text, "ru")] == ["A/RES/58/208"]


@pytest.mark.parametrize(("body", "expected"), [("GA", "A/RES/S-9/1"), ("HRC", "A/HRC/RES/S-9/1")])
def test_own_resolution_is_of_the_body_that_speaks(body: Body, expected: str) -> None:
    assert [cited.id for cited in find_citations("its resolution S-9/1", "en", body=body)] == [expected]


def test_self_reference_needs_the_own_symbol() -> None:
    (unknown,) = find_citations("осуществление настоящей резолюции", "ru")
    assert (unknown.kind, unknown.id, unknown.status) == (CitationKind.SELF, None, CitationStatus.UNRESOLVED)
    (known,) = find_citations("осуществление настоящей резолюции", "ru", own=Symbol("A/RES/58/208"))
    assert known.id == "A/RES/58/208"


def test_dates_belong_to_their_numbers() -> None:
    found = find_citations("49/222 A and B of 23 December 1994 and 20 July 1995", "en")
    assert [(cited.id, cited.date) for cited in found] == [
        ("A/RES/49/222A", "1994-12-23"),
        ("A/RES/49/222B", "1995-07-20"),
    ]


def test_numbers_pair_with_the_dates_after_them() -> None:
    found = find_citations("les résolutions 237 (1967) et 259 (1968), des 14 juin 1967 et 27 septembre 1968", "fr")
    assert [(cited.id, cited.date) for cited in found] == [
        ("S/RES/237(1967)", "1967-06-14"),
        ("S/RES/259(1968)", "1968-09-27"),
    ]


def test_its_session_is_not_its_resolution() -> None:
    text = "Комиссия на своей тридцать первой сессии приняла резолюцию 31/1 от 20 мая 2022 года"
    (cited,) = find_citations(text, "ru")
    assert (cited.id, cited.date) == (None, "2022-05-20")


def test_negated_session() -> None:
    found = find_citations("на ее пятьдесят девятой, а не шестидесятой, сессии", "ru")
    assert [cited.negated for cited in found] == [False, True]


def test_number_of_another_organ_is_external() -> None:
    (cited,) = find_citations("Commission on Narcotic Drugs resolution 52/2", "en")
    assert (cited.id, cited.status) == (None, CitationStatus.EXTERNAL)


def test_name_of_two_instruments_named_before_is_ambiguous() -> None:
    text = "Конвенция о правах ребенка, Конвенция о правах инвалидов; Конвенция гласит"
    *_, cited = find_citations(text, "ru")
    assert cited.status is CitationStatus.AMBIGUOUS
    assert cited.id is None
    assert cited.candidates == ("ins:crc", "ins:crpd")


def test_pin_standing_apart_belongs_to_the_text_named_last() -> None:
    found = find_citations("Устав Организации Объединенных Наций, в частности его статью 1", "ru")
    assert [(c.kind, c.id, c.pin) for c in found[1:]] == [(CitationKind.PIN, "ins:un-charter", ("article 1",))]


def test_invisible_characters_do_not_move_spans() -> None:
    text = "القـرار 58/208 الم\u064eؤرخ 23 كانون الأول/ديسمبر 2003"
    (cited,) = find_citations(text, "ar")
    assert (cited.id, cited.date, cited.surface) == ("A/RES/58/208", "2003-12-23", text)


_WORDS = """
    резолюции 58/208 217 А (III) и , ; от 19 декабря 1994 года Конвенцию о правах ребенка Конвенция глава X своей
    resolution 1325 (2000) of the Security Council decision 1995/313 A and B Add.1 A/58/98 - « » ( ) № R.95.XIII.18
    القرار 2200 ألف (د-21) وباء المؤرخ 第58/208号决议 和 大会 第五十九届会议 《儿童权利公约》 \u200b \u0640 Там же
    sa résolution du 1er mai 2003 sesión quincuagésimo noveno período de sesiones Ibid. annex II, 2020/21 2250
"""
_SOUP = st.lists(st.sampled_from(_WORDS.split()), max_size=24).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(_SOUP, st.text(max_size=120)), st.sampled_from(LANGUAGES))
def test_spans_ascend_without_overlap_in_any_text(text: str, lang: LanguageCode) -> None:
    end = 0
    for cited in find_citations(text, lang, own=Symbol("A/RES/58/208")):
        assert end <= cited.start < cited.end <= len(text)
        assert text[cited.start : cited.end] == cited.surface
        settled = cited.status in (CitationStatus.RESOLVED, CitationStatus.EXTERNAL)
        assert cited.id is None or settled
        end = cited.end
