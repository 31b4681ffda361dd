"""The values that flow through Clausula: resolutions, their clauses, actions and citations.

Everything here is frozen and knows nothing of files, indexes or the web. Offsets are code points into the
``text`` of the same object, end exclusive. Text is NFC (Arabic vowel marks stay in the order of the print), healed of
page breaks and freed of footnote marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, NewType

Symbol = NewType("Symbol", str)
"""A document symbol in canonical form (``A/RES/57/270B``); made only by ``indexer.symbols``."""

TargetId = NewType("TargetId", str)
"""What a citation points at: a `Symbol`, ``ins:…``, ``event:…``, ``session:…``, ``SALES/…``, ``UNTS/…``, ``fnN``."""

ClausePath = NewType("ClausePath", str)
"""The place of a clause in its resolution, the same in every language: ``pp3``, ``op10.a.ii``, ``annex1.op2``."""

ClauseId = NewType("ClauseId", str)
"""``SYMBOL#PATH``, made only by `clause_id`."""

LanguageCode = Literal["ar", "zh", "en", "fr", "ru", "es"]
LANGUAGES: tuple[LanguageCode, ...] = ("ar", "zh", "en", "fr", "ru", "es")

Body = Literal["GA", "SC", "ECOSOC", "HRC", "CHR"]


class ClauseType(StrEnum):
    """The closed list of clause types; its order is the order in interfaces."""

    TITLE = "title"
    ENACTING = "enacting"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    SUBPARAGRAPH = "subparagraph"
    HEADING = "heading"
    ANNEX = "annex"
    FOOTNOTE = "footnote"
    ADOPTION = "adoption"


class CitationKind(StrEnum):
    """What sort of thing a citation names."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    PRESIDENTIAL_STATEMENT = "presidential_statement"
    DOCUMENT = "document"
    SALES = "sales"
    TREATY_SERIES = "treaty_series"
    INSTRUMENT = "instrument"
    EVENT = "event"
    SESSION = "session"
    PIN = "pin"
    IBID = "ibid"
    SELF = "self"
    COLLECTIVE = "collective"
    NOTE = "note"


class CitationStatus(StrEnum):
    """How sure the target is. Ambiguous and unresolved citations carry no id."""

    RESOLVED = "resolved"
    EXTERNAL = "external"  # a known kind of document outside the bodies that the corpus collects
    AMBIGUOUS = "ambiguous"  # several candidates, none chosen
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a text that names another text.

    ``text[start:end] == surface``. ``id`` is None unless the status is resolved or external. ``also`` holds the
    further targets of the same words: C, D and E of «51/211 B–E». ``places`` are the clauses that its pins name,
    as far as they can be known without the target: with ``id`` they make clause ids.
    """

    surface: str
    start: int
    end: int
    kind: CitationKind
    id: TargetId | None
    status: CitationStatus = CitationStatus.RESOLVED
    pin: tuple[str, ...] = ()  # places inside the target: ("chapter X",), ("annex",), ("para 10",)
    date: str | None = None  # ISO date printed beside the citation
    via_footnote: int | None = None  # the footnote that gave the target or confirms it
    negated: bool = False  # «пятьдесят девятой, а не шестидесятой»
    candidates: tuple[TargetId, ...] = ()  # the readings of an ambiguous citation
    also: tuple[TargetId, ...] = ()
    places: tuple[ClausePath, ...] = ()
    action: str | None = None  # the action that governs it: the one before it, or that of the clause above
    short: bool = False  # the head of a title alone, for what the document named before: «Конвенция»

    @property
    def ids(self) -> tuple[TargetId, ...]:
        """Every target: ``id`` and ``also``; empty where the target is not known."""
        return (self.id, *self.also) if self.id else ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom an action is addressed to; ``id`` is None for a body that no table lists."""

    surface: str
    start: int
    end: int
    id: str | None


@dataclass(frozen=True, slots=True)
class Action:
    """One verb of a clause as a canonical action (``recalls``, ``requests`` …)."""

    id: str
    surface: str
    start: int
    end: int
    alternatives: tuple[str, ...] = ()  # what the same formula also renders, in order of frequency
    modifiers: tuple[str, ...] = ()
    compound: str | None = None
    inner: bool = False  # a further verb inside the clause, not its opening
    addressees: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A footnote hung on a text: the note's printed number and the offset where its mark stood."""

    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph of a resolution.

    ``number`` is what is printed, as a path (``"10.a"``), None where nothing is printed. ``marks`` ascend by
    offset. ``inferred`` means that the path follows the other language versions, not what this one prints.
    """

    path: ClausePath
    type: ClauseType
    number: str | None
    text: str
    marks: tuple[FootnoteMark, ...] = ()
    actions: tuple[Action, ...] = ()
    citations: tuple[Citation, ...] = ()
    inferred: bool = False

    @property
    def action(self) -> Action | None:
        """The opening action, if the clause has one."""
        return self.actions[0] if self.actions else None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, lifted out of the page; ``clause`` is the path of the clause that it hangs on."""

    number: int
    text: str
    clause: ClausePath | None = None
    citations: tuple[Citation, ...] = ()

    @property
    def path(self) -> ClausePath:
        """``fn13``."""
        return ClausePath(f"fn{self.number}")


class AdoptionMode(StrEnum):
    """How a resolution was adopted, as far as the source says it."""

    WITHOUT_VOTE = "without_vote"
    RECORDED_VOTE = "recorded_vote"
    UNANIMOUS = "unanimous"
    ACCLAMATION = "acclamation"


@dataclass(frozen=True, slots=True)
class Ballot:
    """One side of a recorded vote: the number of votes and, where the source names them, the members that cast them.

    ``members`` are English names in capitals, as the records of the libraries print them.
    """

    count: int = 0
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """A recorded vote."""

    in_favour: Ballot = Ballot()
    against: Ballot = Ballot()
    abstaining: Ballot = Ballot()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda: its number (``20.k``, letters Latin) and its title in the language of the version."""

    number: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Proceedings:
    """How a resolution came about, as far as the source declares it; what it does not is None or empty.

    ``draft``, ``report`` and ``meeting`` are symbols as declared (``A/C.3/79/L.21/Rev.1``, ``A/79/458/Add.2``,
    ``A/79/PV.54``). ``note`` is the procedural note in the language of the version, without its brackets.
    ``sponsors`` are English names, those who joined later after the first ones; ``submitted`` is the wording where
    a committee, a chair or a bureau stands in their place.
    """

    agenda: tuple[AgendaItem, ...] = ()
    draft: str | None = None
    sponsors: tuple[str, ...] = ()
    submitted: str | None = None
    note: str | None = None
    report: str | None = None
    meeting: str | None = None
    mode: AdoptionMode | None = None
    vote: Vote | None = None


NO_PROCEEDINGS: Final = Proceedings()
"""What a source declares that declares nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in the input, found and survived. ``where`` is a path, line or file name."""

    code: str
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """One resolution in one language."""

    symbol: Symbol
    lang: LanguageCode
    title: str
    date: str | None  # ISO; None when unknown
    body: Body
    session: str | None  # "58", "S-21", "ES-10"; None for the Security Council
    clauses: tuple[Clause, ...]
    footnotes: tuple[Footnote, ...] = ()
    subjects: tuple[str, ...] = ()
    source: str = ""  # the file, or archive!member, that it was read from
    problems: tuple[Problem, ...] = ()
    goals: tuple[str, ...] = ()  # Sustainable Development Goals and targets: "6", "16.9"
    proceedings: Proceedings = NO_PROCEEDINGS


def clause_id(symbol: Symbol, path: ClausePath) -> ClauseId:
    """Return ``SYMBOL#PATH``, the language-free id of a clause."""
    return ClauseId(f"{symbol}#{path}")
