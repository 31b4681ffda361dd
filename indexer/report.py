"""What a build read, found and could not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from indexer.model import LANGUAGES, CitationStatus, ClauseType, LanguageCode, Problem, Resolution

EXAMPLES_PER_CODE = 3  # oddities repeat by the thousand; the first few show their kind


@dataclass(slots=True)
class BuildReport:
    """Counts of one build, filled as it runs.

    ``unreadable`` are sources that gave nothing, with the reason; ``skipped`` are sources left out on purpose
    (another language, drafts); ``oddities`` are problems inside resolutions that were read all the same.
    """

    files: int = 0
    resolutions: Counter[LanguageCode] = field(default_factory=Counter)
    clauses: Counter[tuple[LanguageCode, ClauseType]] = field(default_factory=Counter)
    citations: Counter[CitationStatus] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    unreadable: list[Problem] = field(default_factory=list)
    oddities: list[Problem] = field(default_factory=list)
    seconds: float = 0.0
    peak_mib: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether every source was either read or left out on purpose."""
        return not self.unreadable

    def count(self, resolution: Resolution) -> None:
        """Count one resolution that goes into the index."""
        lang = resolution.lang
        self.resolutions[lang] += 1
        for clause in resolution.clauses:
            self.clauses[lang, clause.type] += 1
            self.citations.update(citation.status for citation in clause.citations)
        for note in resolution.footnotes:
            self.clauses[lang, ClauseType.FOOTNOTE] += 1
            self.citations.update(citation.status for citation in note.citations)
        for problem in resolution.problems:
            where = f"{resolution.source} {resolution.symbol} {problem.where}".strip()
            self.oddities.append(Problem(problem.code, problem.message, where))

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text, with a table of clauses by language and type."""
        yield (
            f"{self.files:,} files read, {self.resolutions.total():,} resolutions, "
            f"{self.clauses.total():,} clauses, {self.citations.total():,} citations "
            f"in {self.seconds:.1f} s (peak memory {self.peak_mib:,.0f} MiB)"
        )
        yield ""
        yield from self._table()
        if self.citations:
            yield ""
            yield "citations: " + _counts((status.value, self.citations[status]) for status in CitationStatus)
        if self.skipped:
            yield "left out on purpose: " + _counts(sorted(self.skipped.items()))
        if self.oddities:
            yield f"oddities in what was read: {len(self.oddities):,}"
            yield from self._oddities()
        if self.unreadable:
            yield f"not read: {len(self.unreadable):,}"
            yield from (f"  {problem.where}: {problem.message} [{problem.code}]" for problem in self.unreadable)

    def _table(self) -> Iterator[str]:
        languages = [lang for lang in LANGUAGES if self.resolutions[lang]]
        types = [kind for kind in ClauseType if any(self.clauses[lang, kind] for lang in languages)]
        yield f"{'':<14}" + "".join(f"{lang:>10}" for lang in languages)
        yield f"{'resolutions':<14}" + "".join(f"{self.resolutions[lang]:>10,}" for lang in languages)
        for kind in types:
            yield f"{kind.value:<14}" + "".join(f"{self.clauses[lang, kind]:>10,}" for lang in languages)

    def _oddities(self) -> Iterator[str]:
        by_code: dict[str, list[Problem]] = {}
        for problem in self.oddities:
            by_code.setdefault(problem.code, []).append(problem)
        for code, problems in sorted(by_code.items(), key=lambda item: -len(item[1])):
            yield f"  {code}: {len(problems):,}"
            for problem in problems[:EXAMPLES_PER_CODE]:
                yield f"    {problem.where}: {problem.message}"


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in pairs if count)
