"""Real processes of the command line, for tests of what becomes of them."""

from __future__ import annotations

import subprocess
import sys

PATIENCE = 60.0  # seconds; only a hang takes so long
RUN = "from app.cli import main; main()"


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start ``clausula`` with these arguments; its outputs are kept apart."""
    command = [sys.executable, "-c", RUN, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a process; return its exit code and what it said on stderr."""
    try:
        _, errors = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, errors
