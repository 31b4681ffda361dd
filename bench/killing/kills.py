"""Builds and updates killed at random moments, and what is found after each."""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bench.killing.corpus import Answers, Corpus, answers_of
from bench.killing.processes import PATIENCE, Running
from indexer.errors import ClausulaError
from indexer.store import check_index
from indexer.store.generations import CURRENT, LOCK, current_generation

AIMS = {  # one kill in five each at what is too short to be met by chance: the files that begin it, and seconds after
    0: ("building-*/manifest.json", 0.05),  # the swap
    2: ("building-*/**/*.*", 0.3),  # writing
}
ALONE_EVERY = 2  # one kill in so many leaves alive, at first, those that the process started
KEPT = 2  # generations: the live one, and the one before it for readers that are opening it


class Moment(StrEnum):
    """What a process was at when it was killed, told by what it left."""

    STARTING = "starting"
    READING = "reading"
    WRITING = "writing"
    SWAPPING = "swapping"
    DONE = "done"  # the new index is live; the old ones were being removed, or the process was leaving


@dataclass(frozen=True, slots=True)
class Plan:
    """What is killed: a verb on a corpus and an index, with a folder of its own for temporary files.

    ``seconds`` is how long a whole run takes, ``editions`` what the index answers to each edition of the corpus.
    """

    verb: str
    corpus: Corpus
    index: Path
    temporary: Path
    jobs: int
    seconds: float
    editions: tuple[Answers, ...]

    def start(self, *, file_size: int | None = None) -> Running:
        """Start a run, which may write no file larger than ``file_size``."""
        more = ("--prune",) if self.verb == "update" else ()
        options = ("--index", self.index, "--jobs", self.jobs, *more)
        environment = {"TMPDIR": str(self.temporary)}
        return Running(self.verb, self.corpus.folder, *options, environment=environment, file_size=file_size)


@dataclass(frozen=True, slots=True)
class Kill:
    """What became of one kill; ``lost`` says what is wrong, if anything."""

    moment: Moment
    alone: bool
    lost: tuple[str, ...] = field(default=())


def kill(plan: Plan, number: int, dice: random.Random) -> Kill:
    """Start a run for the other edition, kill it, and look at what is there."""
    before = current_generation(plan.index)
    plan.corpus.write(other_edition(plan))
    running = plan.start()
    beginning, seconds = AIMS.get(number % 5, (None, plan.seconds))
    if beginning:
        _wait_for(plan.index, beginning, running)
    time.sleep(dice.uniform(0, seconds))
    alone = number % ALONE_EVERY == 0
    running.kill(alone=alone)
    left = running.left()
    running.close()
    lost = [*what_is_wrong(plan.index, plan.editions), *(f"process {pid} goes on" for pid in left)]
    return Kill(_moment(plan.index, before), alone, tuple(lost))


def what_is_wrong(index: Path, editions: Collection[Answers]) -> Iterator[str]:
    """Yield what is wrong with an index that must be of one of these editions, whole."""
    try:
        if answers_of(index) not in editions:
            yield "the index answers as neither edition does"
    except ClausulaError as error:
        yield f"the index does not open: {error}"
    for problem in check_index(index):
        yield f"check: {problem.where}: {problem.message}"


def finish(plan: Plan) -> Iterator[str]:
    """Run once more, to the end; yield what is wrong then, and everything that was left behind."""
    edition = other_edition(plan)
    plan.corpus.write(edition)
    running = plan.start()
    code, errors = running.finish()
    if code:
        yield f"the next run left with {code}: {errors}"
    yield from (f"process {pid} goes on" for pid in running.left())
    yield from what_is_wrong(plan.index, [plan.editions[edition]])
    yield from orphans(plan.index)
    yield from (f"left behind: {path}" for path in plan.temporary.iterdir())


def orphans(index: Path) -> Iterator[str]:
    """Yield the name of everything in the folder of an index that is none of it."""
    live = current_generation(index)
    others = [path for path in index.iterdir() if path.name not in (CURRENT, LOCK, live.name)]
    whole = [path for path in others if path.name[:1].isdigit()]
    yield from (f"left behind: {path}" for path in others if path not in whole)
    if len(whole) >= KEPT:
        yield f"left behind: {len(whole)} generations before the live one"


def other_edition(plan: Plan) -> int:
    """Return the edition that the index is not of: with it a run has something to do."""
    return 1 - plan.editions.index(answers_of(plan.index))


def _wait_for(index: Path, beginning: str, running: Running) -> None:
    waited = time.monotonic() + PATIENCE
    while not any(_written(index, beginning)) and not running.ended and time.monotonic() < waited:
        time.sleep(0.0005)


def _written(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield files that have something in them, until one is renamed or removed meanwhile."""
    try:
        yield from (path for path in folder.glob(pattern) if path.is_file() and path.stat().st_size)
    except FileNotFoundError:
        return


def _moment(index: Path, before: Path) -> Moment:
    if current_generation(index) != before:
        return Moment.DONE
    building = next(index.glob("building-*"), None)
    if building is None:
        newer = [path for path in index.iterdir() if path.name[:1].isdigit() and path.name > before.name]
        return Moment.SWAPPING if newer else Moment.STARTING
    if (building / "manifest.json").exists():
        return Moment.SWAPPING
    return Moment.WRITING if any(_written(building, "**/*")) else Moment.READING
