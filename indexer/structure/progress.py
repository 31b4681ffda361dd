"""What the rules of segmenting see of a block, what they answer, and where in the document they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.model import ClausePath, ClauseType
from indexer.reading.document import Block
from indexer.structure.enumerators import Enumerator, Levels, ParagraphNumber, Reading
from indexer.structure.paths import Paths
from indexer.structure.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Here:
    """One block with what its head says, and what comes after.

    ``number_end`` and ``head_end`` are offsets into the text of the block: where the paragraph number ends, and where
    the enumerator behind it does. Both are 0 where the source keeps them apart in a label.
    """

    block: Block
    number: ParagraphNumber | None
    enumerator: Enumerator | None
    number_end: int
    head_end: int
    following: tuple[Reading, ...] = ()  # readings of the next block's enumerator
    next_number: int | None = None  # of the next block that has a paragraph number
    before_number: bool = False  # and that block is the next one


@dataclass(frozen=True, slots=True)
class Part:
    """What a block was found to be; ``type`` is None for what is left out (masthead).

    ``cut`` is the length of the number that the path tells and the text leaves out. Adoption lines have no path yet,
    since they become one clause.
    """

    type: ClauseType | None
    path: ClausePath | None = None
    number: str | None = None
    cut: int = 0


@dataclass(slots=True)
class Progress:
    """Where in the document we are. The rules read and move it."""

    vocabulary: Vocabulary
    paths: Paths
    numbered: bool  # whether operative paragraphs of this document carry numbers
    annex: int = 0
    inline_annexes: int = 0  # annexes found by their headings only; declared ones count on from there
    article: str = ""  # the claimed path of the open article
    articles: int = 0  # the number of the last article
    chinese: bool = False  # the article counts as Chinese treaties do: 一、 ㈠ 1.
    section: bool = False  # the heading of a section stands open: nothing numbered came after it
    listing: bool = False  # inside a list whose items have neither letter nor mark at their end
    tail: bool = False
    preambular: int = 0
    operative: int = 0
    base: str = ""  # the claimed path of the open paragraph: list items hang on it
    printed: str = ""  # its number as printed
    levels: Levels = field(default_factory=Levels)
    counts: Counter[str] = field(default_factory=Counter)
    last: ClauseType | None = None
    last_text: str = ""

    @property
    def annex_prefix(self) -> str:
        """``annex1.`` inside the first annex."""
        return f"annex{self.annex}." if self.annex else ""

    @property
    def prefix(self) -> str:
        """What paths of paragraphs begin with: ``annex1.``, ``annex1.art3.``."""
        return f"{self.article}." if self.article else self.annex_prefix

    @property
    def plain_type(self) -> ClauseType:
        """The type of an item or a piece of text below a paragraph."""
        return ClauseType.ANNEX if self.annex else ClauseType.SUBPARAGRAPH

    def enter_annex(self, annex: int) -> None:
        """Start counting anew in an annex."""
        self.annex, self.tail = annex, False
        self.article, self.articles = "", 0
        self._count_anew()

    def enter_article(self, number: int) -> ClausePath:
        """Start counting anew in an article and return its path."""
        claimed = self.paths.claim(f"{self.annex_prefix}art{number}")
        self.article, self.articles, self.chinese = claimed, number, False
        self._count_anew()
        return claimed

    def _count_anew(self) -> None:
        self.operative, self.base, self.printed, self.levels = 0, "", "", Levels()

    def open_paragraph(self, path: str, printed: str) -> ClausePath:
        """Claim the path of a paragraph that items may hang on."""
        claimed = self.paths.claim(path)
        self.base, self.printed, self.levels = claimed, printed, Levels()
        self.section = False
        return claimed

    def count(self, key: str) -> int:
        """The next number of headings or of unnumbered texts under ``key``."""
        self.counts[key] += 1
        return self.counts[key]

    def text_path(self) -> str:
        """The path of a text without number under the open paragraph: ``op10.t1``, ``annex1.t3``."""
        below = ".".join((self.base, *self.levels.path)) if self.base and self.levels.path else self.base
        parent = below or self.prefix.rstrip(".") or "op0"
        return f"{parent}.t{self.count(parent + '.t')}"

    def item_base(self) -> str:
        """What the path of a list item begins with."""
        return self.base or self.prefix.rstrip(".") or "op0"


Rule = Callable[[Here, Progress], Part | None]
