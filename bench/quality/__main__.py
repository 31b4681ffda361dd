"""Prints the tables of search quality."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bench.quality.asking import Indexes
from bench.quality.honesty import check_highlights
from bench.quality.judged import judge
from bench.quality.random_queries import endure
from bench.quality.word_forms import LANG, false_meetings, forms_that_meet

MATERIAL = Path(os.environ.get("CLAUSULA_SHARED", Path(__file__).resolve().parents[3] / "shared"))


@click.command()
@click.option(
    "--index",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="An index; repeat where languages are apart. [default: CLAUSULA_QUALITY_INDEX, folders joined by colons]",
)
@click.option("--pairs", default=5_000, show_default=True, help="Pairs of word forms.")
@click.option("--hits", default=10_000, show_default=True, help="Hits whose highlights are checked.")
@click.option("--queries", default=10_000, show_default=True, help="Random queries.")
def main(folders: tuple[Path, ...], pairs: int, hits: int, queries: int) -> None:
    """Print how well the search of an index answers; a number of 0 leaves a table out."""
    named = folders or tuple(map(Path, filter(None, os.environ.get("CLAUSULA_QUALITY_INDEX", "").split(os.pathsep))))
    if not named:
        raise click.UsageError("name an index with --index or CLAUSULA_QUALITY_INDEX")
    indexes = Indexes(named)
    if (MATERIAL / "quality").is_dir():
        judgement = judge(indexes, MATERIAL)
        click.echo(judgement.table())
        for result in judgement.worst():
            click.echo(f"{result['value']:.2f}  {result['id']}  {result['q']}  {result['detail']}")
    else:
        click.echo(f"judged queries: none at {MATERIAL} (set CLAUSULA_SHARED)")
    if pairs and LANG in indexes.languages:
        met = forms_that_meet(indexes.snapshot(LANG), pairs)
        click.echo(f"\nany form finds any form: {met.share:.4f} of {met.pairs:,} pairs")
        click.echo(f"  not: {', '.join(' / '.join(pair) for pair in met.exceptions[:40])}")
        apart = false_meetings(indexes.snapshot(LANG), pairs)
        click.echo(f"false meetings: {1 - apart.share:.4f} of {apart.pairs:,} pairs")
        click.echo(f"  {', '.join(' / '.join(pair) for pair in apart.exceptions[:40])}")
    for lang in indexes.languages if hits else ():
        honesty = check_highlights(indexes.snapshot(lang), lang, hits // len(indexes.languages))
        click.echo(f"highlights {lang}: {len(honesty.faults)} faults in {honesty.hits:,} hits")
        for fault in honesty.faults[:10]:
            click.echo(f"  {fault}")
    if queries:
        endured = endure(indexes.snapshot(indexes.languages[0]), queries)
        slowest, milliseconds = endured.slowest
        click.echo(f"random queries: {len(endured.raised)} of {endured.queries:,} raised; ", nl=False)
        click.echo(f"slowest {milliseconds:.0f} ms: {slowest!r}")
        for fault in endured.raised[:10]:
            click.echo(f"  {fault}")


if __name__ == "__main__":
    main()
