"""Files of one array, mapped into memory."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

# NumPy reads the header of a file with Python's own parser, which in Python 3.11 fails now and then when two threads
# use it at once (SystemError: AST constructor recursion depth mismatch).
_one_parser = Lock()


def mapped(path: Path) -> npt.NDArray[Any]:
    """Return the array of a ``.npy`` file as a view of the file: read-only, and no page is read before it is used.

    Raises `ValueError` or `OSError` when it is no such file.
    """
    with _one_parser:
        # as a plain array over the map: slicing an np.memmap runs Python code for every slice
        return np.asarray(np.load(path, mmap_mode="r"))
