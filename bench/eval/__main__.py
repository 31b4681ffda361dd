"""``python -m bench.eval``: measure reading on a sample of the official resolutions, or on all of them."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import click

from bench.eval.agreement import Agreement, compare_languages
from bench.eval.material import find_material, in_sample, unpack_named, unpack_sample
from bench.eval.product import measure_speed, read_lines, write_lines, write_without_self
from bench.eval.run import Run, agreement_figures
from bench.eval.scores import Score, mean
from bench.eval.table import COLUMNS, goal, missed
from indexer.progress import say

DEFAULT_SAMPLE = 8.0  # percent: some 1,000 files of XML and 3,000 of page text
PDF_SHARE = 4  # so many times as large is the sample of PDFs, of which there are few
SPEED_FILES = 120


@click.command()
@click.option("--sample", type=click.FloatRange(0, 100, min_open=True), default=DEFAULT_SAMPLE, show_default=True)
@click.option("--all", "everything", is_flag=True, help="Everything instead of a sample: an hour or more.")
@click.option("--seeds", default="1,2,3", show_default=True, help="Seeds of the page text, as a comma list.")
@click.option("--worst", default=5, show_default=True, help="How many of the worst disagreements are named.")
@click.option("--work", type=click.Path(path_type=Path), help="Folder for what is made on the way.  [default: none]")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write the figures to this file too.")
def main(sample: float, everything: bool, seeds: str, worst: int, work: Path | None, target: Path | None) -> None:
    """Measure how well Clausula reads; prints a table by language for each input, the goal beside each figure."""
    material = find_material()
    if material is None:
        click.echo("make eval needs the measuring material, which is no part of the product: set CLAUSULA_SHARED")
        return
    with ExitStack() as stack:
        folder = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clausula-eval-")))
        pool = stack.enter_context(ThreadPoolExecutor(os.cpu_count() or 1))
        run = Run(material, folder, 100.0 if everything else sample, worst, pool)
        folder.mkdir(parents=True, exist_ok=True)
        gold = measure_xml(run)
        measure_pages(run, gold, [seed.strip() for seed in seeds.split(",") if seed.strip()])
        measure_pdf(run)
    short = [line for section, figures in run.sections.items() for line in missed(section, figures)]
    click.echo(f"\n{len(short)} figures below their goal" + (":" if short else ""))
    for line in short:
        click.echo(f"  {line}")
    if target:
        target.write_text(json.dumps(run.sections, ensure_ascii=False, indent=1), encoding="utf-8")


def measure_xml(run: Run) -> Path:
    """Measure the XML, and the language versions against one another; returns the gold."""
    folder = run.work / "xml"
    say(f"unpacking {run.percent:g} % of the resolutions, all languages of each")
    count = unpack_sample(run.material, run.percent, folder)
    speed = measure_speed(sorted(folder.rglob("*.xml"))[:: max(1, count // SPEED_FILES)])
    making = run.pool.submit(run.gold, folder)
    say(f"reading {count:,} XML files")
    lines = run.work / "xml.jsonl"
    read = write_lines([folder], lines)
    gold = making.result()
    whole = run.score(gold, lines)
    bare = run.score(gold, write_without_self(lines, run.work / "xml.no-self.jsonl"))
    agreement = compare_languages(read_lines(lines))
    figures = whole.result().figures
    figures["citations, no self"] = bare.result().figures["citations"]
    figures |= agreement_figures(agreement)
    missing = sum(whole.result().missing.values())
    run.show("xml", f"XML: {count:,} files, {read:,} resolutions, {missing} of the gold not read", figures)
    show_worst("the documents that differ most (without citations of themselves)", bare.result().worst)
    show_agreement(agreement, run.worst)
    run.sections["speed"] = {"clauses a second": {"all": speed.rate}}
    target_rate = goal("speed", "clauses a second", "all")
    click.echo(
        f"\nspeed of one core: {speed.rate:,.0f} clauses a second (goal {target_rate:,.0f}), "
        f"{speed.ratio:.0f} times as long as bare parsing by lxml"
    )
    return gold


def measure_pages(run: Run, gold: Path, seeds: list[str]) -> None:
    """Measure the page text rendered from the gold, one set of pages a seed."""
    strict: list[Future[Score]] = []
    lenient: list[Future[Score]] = []
    bare: list[Future[Score]] = []
    for seed in seeds:
        folder = run.work / f"pages-{seed}"
        run.material.run_tool("render_pages.py", gold, "--heads", "--spaces", "--seed", seed, "--outdir", folder)
        say(f"reading the pages of seed {seed}")
        lines = run.work / f"pages-{seed}.jsonl"
        write_lines([folder], lines)
        strict.append(run.score(gold, lines))
        lenient.append(run.score(gold, lines, lenient=True))
        bare.append(run.score(gold, write_without_self(lines, run.work / f"pages-{seed}.no-self.jsonl")))
    if not seeds:
        return
    figures = mean([score.result().figures for score in strict])
    figures["citations, lenient"] = mean([score.result().figures for score in lenient])["citations"]
    figures["citations, no self"] = mean([score.result().figures for score in bare])["citations"]
    missing = sum(sum(score.result().missing.values()) for score in strict)
    run.show("pages", f"page text, mean of seeds {', '.join(seeds)}: {missing} documents not read", figures)
    show_worst(
        f"the documents that differ most (seed {seeds[0]}, without citations of themselves)", bare[0].result().worst
    )


def measure_pdf(run: Run) -> None:
    """Measure the text that a PDF extractor gave for real PDFs, and the PDFs themselves."""
    percent = min(100.0, PDF_SHARE * run.percent)
    pdfs = sorted(run.material.pdf_folder.glob("*.pdf"))
    stems = {pdf.stem for pdf in pdfs}
    pairs = list(run.material.pdf_pairs())
    chosen = [pair for pair in pairs if in_sample(pair[0], percent)]
    texts = run.work / "pdf-text"
    run.material.unpack_texts([text for _, text, _ in chosen], texts)
    folder = run.work / "pdf-xml"
    of_pdfs = {xml for _, text, xml in pairs if Path(text).stem in stems}
    unpack_named(run.material, {xml for _, _, xml in chosen} | of_pdfs, folder)
    gold = run.gold(folder)
    for section, title, paths in (
        ("pdf-text", f"text of {len(chosen)} real PDFs as an extractor gives it", [texts]),
        ("pdf", f"{len(pdfs)} real PDFs", pdfs),
    ):
        say(f"reading the {title}")
        lines = run.work / f"{section}.jsonl"
        read = write_lines(paths, lines)
        if not read:
            click.echo(f"\n{title}: none was read")
            continue
        bare = write_without_self(lines, lines.with_suffix(".no-self.jsonl"))
        strict, lenient, plain = (
            run.score(gold, lines, given=True),
            run.score(gold, lines, lenient=True, given=True),
            run.score(gold, bare, lenient=True, given=True),
        )
        figures = strict.result().figures
        figures["citations, lenient"] = lenient.result().figures["citations"]
        figures["citations, no self, lenient"] = plain.result().figures["citations"]
        run.show(section, f"{title}: {read} read, {sum(strict.result().documents.values())} compared", figures)
        show_worst("the documents that differ most (without citations of themselves)", plain.result().worst)


def show_agreement(agreement: dict[str, Agreement], worst: int) -> None:
    """Print the most frequent disagreements of the language versions."""
    for lang in filter(agreement.__contains__, COLUMNS):
        found = agreement[lang]
        for what, counted in (
            ("no action", found.without_action),
            ("other action than en", found.other_actions),
            ("other ids than en", found.other_ids),
        ):
            show_worst(f"{lang}, {what} ({counted.total():,})", most_frequent(counted, worst))


def most_frequent(counted: Counter[str], most: int) -> Iterator[str]:
    """Yield the most frequent with their counts."""
    yield from (f"{count:>5}  {what}" for what, count in counted.most_common(most))


def show_worst(title: str, lines: Iterable[str]) -> None:
    """Print a title and lines, or nothing when there are none."""
    lines = [line for line in lines if line.strip()]
    if lines:
        click.echo(f"\n  {title}")
        for line in lines:
            click.echo(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
