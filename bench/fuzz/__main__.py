"""Prints what became of mutants of every format."""

from __future__ import annotations

import os
import sys

import click

from bench.fuzz.run import MUTANTS_A_BATCH, Outcome, fuzz
from bench.fuzz.samples import samples
from indexer.progress import track


@click.command()
@click.option("--mutants", default=10_000, show_default=True, help="Mutants of each format.")
@click.option("--seed", default=1, show_default=True, help="The first seed.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default="all cores", help="Processes.")
def main(mutants: int, seed: int, jobs: int) -> None:
    """Read mutants of every format; exit code 1 when one was a fault. Growth is the median of batches of fifty."""
    files = samples()
    total = len(files) * -(-mutants // MUTANTS_A_BATCH)
    outcomes: dict[str, list[Outcome]] = {}
    for outcome in track(fuzz(files, mutants, jobs=jobs, seed=seed), total=total, label="reading", unit="batches"):
        outcomes.setdefault(outcome.name, []).append(outcome)
    heads = ("mutants", "resolutions", "faults", "slowest, s", "growth, kB")
    click.echo(f"{'format':8}" + "".join(f"{head:>13}" for head in heads))
    for name, found in outcomes.items():
        faults = [fault for outcome in found for fault in outcome.faults]
        grown = sorted(outcome.grown for outcome in found)[len(found) // 2] // 1000
        read, slowest = sum(outcome.read for outcome in found), max(outcome.slowest for outcome in found)
        mutants = len(found) * MUTANTS_A_BATCH
        click.echo(f"{name:8}{mutants:13,}{read:13,}{len(faults):13}{slowest:13.2f}{grown:13,}")
        for fault in faults[:20]:
            click.echo(f"    {fault}")
    if any(outcome.faults for found in outcomes.values() for outcome in found):
        sys.exit(1)


main()
