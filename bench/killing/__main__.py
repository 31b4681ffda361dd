"""Prints what became of an index whose builds were killed, and of one that could not be written."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from app.cli import main as clausula
from bench.killing.kills import Kill, Moment
from bench.killing.run import Ended, kills, refusals, set_up
from indexer.progress import say, track

VERBS = sorted({"build", "update"} & clausula.commands.keys())


@click.command()
@click.option("--times", type=click.IntRange(min=1), default=100, show_default=True, help="How many are killed.")
@click.option("--verb", type=click.Choice(VERBS), default="build", show_default=True, help="What is killed.")
@click.option(
    "--index",
    type=click.Path(path_type=Path),
    help="New folder for the index, on a disk to try.  [default: temporary]",
)
@click.option("--files", type=click.IntRange(min=20), default=200, show_default=True, help="Files of the corpus.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Processes of a run.")
@click.option("--seed", type=int, help="Of the moments of the kills.  [default: by chance]")
def main(times: int, verb: str, index: Path | None, files: int, jobs: int, seed: int | None) -> None:
    """Kill builds (or updates) at random moments while a service answers; then let the disk refuse them.

    Exit code 1 when anything was lost.
    """
    if index is not None and index.exists():
        raise click.UsageError(f"{index} is there already: name a folder that is not, its index would be replaced")
    seed = random.randrange(10**6) if seed is None else seed
    lost = 0
    with TemporaryDirectory(prefix="clausula-killing-") as folder:
        plan = set_up(Path(folder, "kills"), index=index, verb=verb, files=files, jobs=jobs)
        say(f"{verb} of {files} files takes {plan.seconds:.1f} s; seed {seed}")
        found: list[Kill] = []
        for one in track(kills(plan, times, random.Random(seed)), total=times + 1, label="killing", unit="runs"):
            lost += _tell(one.lost)
            if isinstance(one, Kill):
                found.append(one)
            else:
                lost += _tell_of_kills(found, one)
        for refused in refusals(Path(folder, "refusals"), verb=verb, files=files, jobs=jobs):
            lost += _tell(refused.lost)
            if isinstance(refused, Ended):
                lost += _tell_of_service(refused)
            else:
                click.echo(f"{refused.how}: {refused.said}")
    click.echo(f"lost: {lost}")
    if lost:
        sys.exit(1)


def _tell(lost: tuple[str, ...]) -> int:
    for one in lost:
        click.echo(f"lost: {one}")
    return len(lost)


def _tell_of_kills(found: list[Kill], ended: Ended) -> int:
    moments = Counter(kill.moment for kill in found)
    alone = sum(kill.alone for kill in found)
    click.echo(f"killed {len(found)} times, {alone} of them without the processes that were started")
    for moment in Moment:
        click.echo(f"  while {moment}: {moments[moment]}")
    return _tell_of_service(ended)


def _tell_of_service(ended: Ended) -> int:
    click.echo(f"the service was asked {ended.asked.requests:,} times meanwhile: {len(ended.asked.faults)} faults")
    return _tell(tuple(ended.asked.faults))


main()
