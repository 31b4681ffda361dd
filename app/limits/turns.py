"""Turns at computing: a few requests at a time, a short line behind them.

Python computes on one core. The more requests it works on at a time, the later each of them is done, and nothing is
gained; the longer the line, the longer what was let in waits. Both are short so that what is let in is soon answered.
"""

from __future__ import annotations

from asyncio import Semaphore


class Turns:
    """So many turns at a time, and so many that wait for one; no waiting line is one without end.

    Not safe for threads: one event loop asks it. Who came first is first.
    """

    def __init__(self, at_a_time: int, waiting: int) -> None:
        self._free = Semaphore(at_a_time)
        self._most = waiting
        self._waiting = 0

    async def take(self) -> bool:
        """Wait for a turn; return whether there is one, at once if the line is full."""
        if self._free.locked() and self._most and self._waiting >= self._most:
            return False
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        return True

    def give_back(self) -> None:
        """End a turn; the next in line has it."""
        self._free.release()


class Turn:
    """The turn of one request: it begins once, and ends once however often that is said."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._has_begun = False
        self._is_on = False

    async def begin(self) -> bool:
        """Wait for the turn unless it was had; return whether it was given."""
        if not self._has_begun:
            self._has_begun = self._is_on = await self._turns.take()
        return self._has_begun

    def end(self) -> None:
        """Give the turn to the next one, if it is on."""
        if self._is_on:
            self._is_on = False
            self._turns.give_back()
