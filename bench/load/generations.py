"""An index that gets new generations while a service answers from it, beside the one that is measured."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indexer.store.generations import current_generation, publish, start_generation, write_lock
from indexer.store.manifest import MANIFEST, read_manifest, write_manifest

BEGAN = datetime(2001, 1, 1, tzinfo=UTC)  # when the generations of a run say that they were made, a second apart


def copy_generation(source: Path, index: Path, number: int) -> Path:
    """Make what is live in ``source`` the live generation of ``index``, as its ``number``-th; return its folder.

    The files are links where the file system has them: nothing ever changes them. Everything else is as after a
    build: the lock, the swap, and generations before the last gone. The same folder may be source and target.
    """
    live = current_generation(source)
    manifest = read_manifest(live)
    with write_lock(index, wait=10.0):
        built = start_generation(index)
        shutil.copytree(live, built, copy_function=_link, dirs_exist_ok=True)
        (built / MANIFEST).unlink()  # else the new one would be written into the file that both share
        moment = (BEGAN + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return publish(built, write_manifest(built, replace(manifest, created=moment)))


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
    return target
