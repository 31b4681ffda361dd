"""``python -m bench.load``: the service under load, overload and for a long time."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec

from bench.load.asking import Load, closed_loop
from bench.load.generations import copy_generation
from bench.load.mix import Mix
from bench.load.overload import overload
from bench.load.report import Figures, errors, kinds, load_figures, overload_rows, show, slowest, soak_rows, table
from bench.load.service import Service, serving
from bench.load.soak import Soak, many_requests, soak
from indexer.progress import say
from indexer.store import open_snapshot

NO_LIMIT = {
    "CLAUSULA_AT_ONCE": "0",
    "CLAUSULA_WAITING": "0",
}  # the table is of what the service can, not of what it lets in
WARM_SECONDS = 3.0
Sections = dict[str, dict[str, Figures]]


class Numbers(click.ParamType[tuple[int, ...]]):
    """Whole numbers from 1 on, separated by commas."""

    name = "numbers"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Return the numbers."""
        parts = str(value).split(",")
        if not all(part.strip().isdecimal() and int(part) for part in parts):
            self.fail(f"{value!r}: whole numbers with commas between are wanted", param, ctx)
        return tuple(map(int, parts))


@click.command()
@click.option("--index", type=click.Path(exists=True, path_type=Path), required=True, help="Folder of an index.")
@click.option("--clients", type=Numbers(), default="1,4,16,64", show_default=True, help="Clients at once.")
@click.option("--workers", type=Numbers(), default="1,2", show_default=True, help="Processes that answer.")
@click.option("--seconds", default=20.0, show_default=True, help="Of each measurement.")
@click.option("--overload", "over", is_flag=True, help="Offer twice what the service carries.")
@click.option("--soak", "minutes", type=float, default=0.0, help="Minutes of full load, with readings of memory.")
@click.option("--swaps", default=0, show_default=True, help="New indexes while soaking, in a copy beside the index.")
@click.option("--requests", "number", default=0, help="So many cheap requests, with readings of descriptors.")
@click.option("--by-kind", is_flag=True, help="Show each kind of request and the slowest ones.")
@click.option("--seed", default=1, show_default=True, help="Of what is asked.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write all figures to this file.")
def main(
    index: Path,
    clients: tuple[int, ...],
    workers: tuple[int, ...],
    seconds: float,
    over: bool,
    minutes: float,
    swaps: int,
    number: int,
    by_kind: bool,
    seed: int,
    file: Path | None,
) -> None:
    """Ask a real service on loopback mixed questions; exit 1 where a request is lost or a goal is missed.

    Without --overload, --soak and --requests: throughput (requests a second), median and 99th percentile (ms) and
    errors, for each number of clients and workers. These three run with the service's own limits.
    """
    with ExitStack() as stack:
        if swaps:
            copy = Path(stack.enter_context(TemporaryDirectory(prefix="clausula-load-", dir=index.parent)))
            copy_generation(index, copy, 0)
            index = copy
        mix = Mix.of(open_snapshot(index))
        sections: Sections = {}
        missed: list[str] = []
        for count in workers:
            plural = f"{count} worker{'s' * (count > 1)}"
            if not (over or minutes or number):
                with serving(index, workers=count, settings=NO_LIMIT) as service:
                    loads = measure(service, mix, clients, seconds, seed)
                sections[plural] = show_loads(plural, loads, by_kind=by_kind)
                missed += [f"{plural}, {name}: {line}" for name, load in loads.items() for line in errors(load)]
            if over:
                with serving(index, workers=count) as service:
                    warm(service, mix, count)
                    found = overload(service, mix, workers=count, seconds=seconds, seed=seed)
                rows = overload_rows(found)
                show(f"{plural}: twice as much as it carries; times in ms", table(rows))
                if by_kind:
                    show("what is accepted, by kind", kinds(found.over))
                show(f"p99 of what is accepted: {found.ratio:.1f} times the unloaded one", errors(found.over))
                sections[f"{plural}, overload"] = dict(rows)
                missed += [f"{plural}: {line}" for line in found.missed()]
            if minutes:
                with serving(index, workers=count) as service:
                    warm(service, mix, count)
                    soaked = soak(service, mix, workers=count, seconds=minutes * 60, swaps=swaps, seed=seed)
                sections[f"{plural}, soak"] = show_soak(
                    f"{plural}: {minutes:g} minutes, {swaps} new indexes", soaked, by_kind=by_kind
                )
                missed += [f"{plural}: {line}" for line in soaked.missed()]
            if number:
                with serving(index, workers=count) as service:
                    many = many_requests(service, number, workers=count)
                sections[f"{plural}, requests"] = show_soak(f"{plural}: {number:,} requests", many, by_kind=by_kind)
                missed += [f"{plural}: {line}" for line in many.missed()]
    if file:
        file.write_bytes(msgspec.json.format(msgspec.json.encode(sections)))
    for line in missed:
        click.echo(f"missed: {line}", err=True)
    if missed:
        sys.exit(1)


def measure(service: Service, mix: Mix, clients: tuple[int, ...], seconds: float, seed: int) -> dict[str, Load]:
    """Return the load of each number of clients."""
    warm(service, mix, 1)
    loads = {}
    for number in clients:
        say(f"{number} clients")
        streams = [mix.asks(seed + place) for place in range(number)]
        loads[f"{number} client{'s' * (number > 1)}"] = closed_loop(service.port, streams, seconds)
    return loads


def warm(service: Service, mix: Mix, workers: int) -> None:
    """Ask for some seconds what does not count: a service that just began has read nothing yet."""
    closed_loop(service.port, [mix.asks(-1 - place) for place in range(4 * workers)], WARM_SECONDS)


def show_loads(title: str, loads: dict[str, Load], *, by_kind: bool) -> dict[str, Figures]:
    """Print and return the figures of loads by their name."""
    rows = [(name, load_figures(load)) for name, load in loads.items()]
    show(f"{title}; rate in requests a second, times in ms", table(rows))
    for name, load in loads.items():
        if by_kind:
            show(f"{title}, {name}, by kind", [*kinds(load), *slowest(load)])
    return dict(rows)


def show_soak(title: str, found: Soak, *, by_kind: bool) -> dict[str, Figures]:
    """Print and return the load of a soak and what its processes held."""
    rows = [("load", load_figures(found.load))]
    held = soak_rows(found)
    show(title, [*table(rows), *errors(found.load), *table(held)])
    if by_kind:
        show("by kind", [*kinds(found.load), *slowest(found.load)])
    return dict([*rows, *held])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a bench that is told to stop stops its service
    main()
