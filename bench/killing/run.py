"""A corpus, an index, a service that is asked all the while, and everything that is done to them."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.killing.corpus import Answers, Corpus, answers_of
from bench.killing.kills import Kill, Plan, finish, kill
from bench.killing.refusals import (
    Refused,
    can_mount,
    full_disks,
    limited_files,
    read_only_disk,
    read_only_folder,
    small_disk,
)
from bench.killing.service import Asked, asked_all_the_while
from indexer.errors import ClausulaError


class SetUpError(ClausulaError):
    """A run that nothing disturbed failed; the text has what it said."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What is told at the end: what is wrong after a last run, and what the client of the service was answered."""

    lost: tuple[str, ...]
    asked: Asked


def set_up(folder: Path, *, index: Path | None = None, verb: str = "build", files: int, jobs: int) -> Plan:
    """Return a plan with its index in place, and how long a run takes."""
    temporary = folder / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(folder / "corpus", files)
    plan = Plan("build", corpus, index or folder / "index", temporary, jobs, seconds=0.0, editions=())
    editions = _built(plan, 0), _built(replace(plan, index=folder / "other-edition"), 1)
    plan = replace(plan, verb=verb, editions=editions)
    started = time.monotonic()
    if wrong := list(finish(plan)):
        raise SetUpError(f"{verb}: {'; '.join(wrong)}")
    return replace(plan, seconds=time.monotonic() - started)


def kills(plan: Plan, times: int, dice: random.Random) -> Iterator[Kill | Ended]:
    """Yield what became of each kill and, last, of everything."""
    with asked_all_the_while(plan.index, plan.editions) as asked:
        for number in range(1, times + 1):
            yield kill(plan, number, dice)
        lost = tuple(finish(plan))
    yield Ended(lost, asked)


def refusals(folder: Path, *, verb: str = "build", files: int, jobs: int) -> Iterator[Refused | Ended]:
    """Yield what became of each run that was not let write and, last, of everything."""
    reason = can_mount(folder / "disk")
    if reason is None:
        with small_disk(folder / "disk"):
            plan = set_up(folder, index=folder / "disk" / "index", verb=verb, files=files, jobs=jobs)
            yield from _refusals(plan, mounted=True)
    else:
        yield from _refusals(set_up(folder, verb=verb, files=files, jobs=jobs), mounted=False)


def _refusals(plan: Plan, *, mounted: bool) -> Iterator[Refused | Ended]:
    with asked_all_the_while(plan.index, plan.editions) as asked:
        yield from limited_files(plan)
        if mounted:
            yield from full_disks(plan)
            yield from read_only_disk(plan)
        else:
            yield from read_only_folder(plan)
        lost = tuple(finish(plan))
    yield Ended(lost, asked)


def _built(plan: Plan, edition: int) -> Answers:
    plan.corpus.write(edition)
    code, errors = plan.start().finish()
    if code:
        raise SetUpError(errors)
    return answers_of(plan.index)
