"""Disks that are full and file systems that are read-only: what a build says, and what is there afterwards.

Where this process may mount, both are real: a small file system in memory. Else the disk is played by a limit on the
size of a file, and the read-only file system by a folder without the right to write, unless rights do not bind here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.killing.kills import Plan, orphans, other_edition, what_is_wrong

ROOM = 1 << 28  # bytes, for an index and the next one
FRACTIONS = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)  # of the room that a build needs
EXIT_UNUSABLE = 2
SIGNS_OF_A_FAULT = ("Traceback", "Error:")


@dataclass(frozen=True, slots=True)
class Refused:
    """What became of a run that was not let write: how, what was said, and what is wrong, if anything."""

    how: str
    said: str
    lost: tuple[str, ...]


class CannotMountError(Exception):
    """This process may not mount; the text says why."""


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a file system in memory on a folder. Raises `CannotMountError` where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", folder)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607 - systems keep it in different places


def can_mount(folder: Path) -> str | None:
    """Return why this process may not mount, or None."""
    try:
        with small_disk(folder):
            return None
    except CannotMountError as error:
        return str(error)


def full_disks(plan: Plan, fractions: Iterable[float] = FRACTIONS) -> Iterator[Refused]:
    """Run on disks with so much of the needed room left; the index of the plan must be on a `small_disk`."""
    disk = plan.index.parent
    needed = _room_of_a_run(plan)
    for fraction in fractions:
        used = shutil.disk_usage(disk).used
        _mount("-o", f"remount,size={used + max(4096, int(needed * fraction))}", disk)
        try:
            yield _refused(f"a full disk, with {fraction:.0%} of the room that is needed", plan)
        finally:
            _mount("-o", f"remount,size={ROOM}", disk)


def limited_files(plan: Plan, fractions: Iterable[float] = FRACTIONS) -> Iterator[Refused]:
    """Run with a limit on the size of a file, as a full disk would stop it."""
    largest = max(path.stat().st_size for path in plan.index.rglob("*") if path.is_file())
    for fraction in fractions:
        limit = max(1, int(largest * fraction))
        yield _refused(f"no file larger than {limit:,} bytes", plan, file_size=limit)


def read_only_disk(plan: Plan) -> Iterator[Refused]:
    """Run on a read-only file system; the index of the plan must be on a `small_disk`."""
    _mount("-o", "remount,ro", plan.index.parent)
    try:
        yield _refused("a read-only file system", plan)
    finally:
        _mount("-o", "remount,rw", plan.index.parent)


def read_only_folder(plan: Plan) -> Iterator[Refused]:
    """Run on a folder without the right to write: nothing for the superuser, whom rights do not bind."""
    if os.geteuid() == 0:
        return
    mode = plan.index.stat().st_mode
    plan.index.chmod(0o555)
    try:
        yield _refused("a folder without the right to write", plan)
    finally:
        plan.index.chmod(mode)


def _refused(how: str, plan: Plan, *, file_size: int | None = None) -> Refused:
    plan.corpus.write(other_edition(plan))
    running = plan.start(file_size=file_size)
    code, errors = running.finish()
    lost = [
        *([] if code == EXIT_UNUSABLE else [f"it left with {code}"]),
        *(f"it said {sign}" for sign in SIGNS_OF_A_FAULT if sign in errors),
        *([] if "then try again" in errors else ["it did not say what to do"]),
        *what_is_wrong(plan.index, plan.editions),
        *orphans(plan.index),
        *(f"process {pid} goes on" for pid in running.left()),
        *(f"left behind: {path}" for path in plan.temporary.iterdir()),
    ]
    return Refused(how, errors.strip().splitlines()[-1] if errors.strip() else "", tuple(lost))


def _room_of_a_run(plan: Plan) -> int:
    """Return the bytes that a new index takes beside the live one."""
    live = next(path for path in plan.index.iterdir() if path.is_dir())
    return sum(path.stat().st_size for path in live.rglob("*") if path.is_file())


def _mount(*arguments: object) -> None:
    try:
        command = ["mount", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotMountError(f"mount cannot be run ({error.strerror})") from error
    if done.returncode:
        raise CannotMountError(done.stderr.strip() or f"mount left with {done.returncode}")
