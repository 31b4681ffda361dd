"""A handful of what ``python -m bench.killing`` does: real processes, a real service, and real disks where it may."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main as clausula
from bench.killing.kills import Plan, orphans, what_is_wrong
from bench.killing.refusals import can_mount, full_disks, limited_files, read_only_disk, read_only_folder, small_disk
from bench.killing.run import Ended, kills, set_up
from bench.killing.service import asked_all_the_while

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

VERBS = [verb for verb in ("build", "update") if verb in clausula.commands]
FRACTIONS = (0.1, 0.6)


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str | None]]:
    """A folder, and why it is not a small disk of its own, if it is not."""
    folder = tmp_path_factory.mktemp("killing")
    if reason := can_mount(folder / "disk"):
        yield folder, reason
        return
    with small_disk(folder / "disk"):
        yield folder, None


@pytest.fixture(scope="module")
def plan(disk: tuple[Path, str | None]) -> Plan:
    folder, _ = disk
    return set_up(folder, index=folder / "disk" / "index", files=20, jobs=1)


@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment_nothing_is_lost(plan: Plan, verb: str) -> None:
    *killed, ended = kills(replace(plan, verb=verb), 5, random.Random(3))
    assert [one.lost for one in killed] == [()] * 5
    assert isinstance(ended, Ended)
    assert ended.lost == ()
    assert ended.asked.requests
    assert ended.asked.faults == []


@pytest.mark.parametrize("verb", VERBS)
def test_without_room_an_index_stays_as_it_was(plan: Plan, disk: tuple[Path, str | None], verb: str) -> None:
    plan = replace(plan, verb=verb)
    with asked_all_the_while(plan.index, plan.editions) as asked:
        found = list(limited_files(plan, FRACTIONS[1:]))
        if disk[1] is None:
            found += full_disks(plan, FRACTIONS)
    assert [(one.how, one.lost) for one in found] == [(one.how, ()) for one in found]
    assert asked.faults == []


def test_where_nothing_may_be_written_an_index_stays_as_it_was(plan: Plan, disk: tuple[Path, str | None]) -> None:
    if disk[1] is not None and os.geteuid() == 0:
        pytest.skip(f"rights do not bind the superuser, and a disk cannot be mounted: {disk[1]}")
    (refused,) = read_only_disk(plan) if disk[1] is None else read_only_folder(plan)
    assert refused.lost == ()
    assert "clausula: no new index was written" in refused.said


def test_what_is_lost_is_seen(plan: Plan, tmp_path: Path) -> None:
    """The judge itself: an index of another edition, a flipped byte, litter."""
    index = Path(shutil.copytree(plan.index, tmp_path / "index"))
    assert list(what_is_wrong(index, plan.editions)) == []
    assert list(orphans(index)) == []
    assert list(what_is_wrong(index, ())) == ["the index answers as neither edition does"]
    (index / "building-of-a-killed-one").mkdir()
    assert len(list(orphans(index))) == 1
    victim = next(index.glob("2*/resolutions.jsonl"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    for path in index.glob("2*/resolutions.jsonl"):
        path.write_bytes(content)
    assert any("check:" in wrong for wrong in what_is_wrong(index, plan.editions))
