"""Processes of the command line that can be killed with or without those that they started.

Which processes are left is told by the system's ``/proc``; where there is none, nobody is found.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 60.0  # seconds; only a hang takes so long
RUN = "from app.cli import main; main()"
LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))"
_SESSION = 3  # of the fields after the name in /proc/<pid>/stat
_STATE = 0


class Running:
    """A process of ``clausula`` in a session of its own, by which those that it starts are known.

    ``file_size`` is the most bytes that it may write to one file.
    """

    def __init__(
        self, *arguments: object, environment: Mapping[str, str] | None = None, file_size: int | None = None
    ) -> None:
        run = RUN if file_size is None else f"{LIMIT.format(bytes=file_size)}; {RUN}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", run, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )

    @property
    def ended(self) -> bool:
        """Whether the process has ended by itself."""
        return self._process.poll() is not None

    def kill(self, *, alone: bool) -> None:
        """Kill it with all that it started, or alone: then the others must notice by themselves."""
        if alone:
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def finish(self) -> tuple[int, str]:
        """Wait for its end; return its exit code and what it said on stderr."""
        try:
            _, errors = self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill(alone=False)
            raise
        return self._process.returncode, errors.decode("utf-8", "replace")

    def close(self) -> None:
        """Let go of what it says, once it has ended."""
        assert self._process.stderr is not None
        self._process.stderr.close()

    def left(self, patience: float = PATIENCE) -> list[int]:
        """Return those that it started and that are still there after so many seconds at most."""
        waited = time.monotonic() + patience
        while (there := _of_session(self._process.pid)) and time.monotonic() < waited:
            time.sleep(0.02)
        return there


def _of_session(session: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[_SESSION]) == session and fields[_STATE] not in "ZX":
            found.append(int(folder.name))
    return found
