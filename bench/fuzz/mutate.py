"""Breaks files as disks, mail and enemies do: the same way for the same seed."""

from __future__ import annotations

import io
import random
import zipfile

MAX_BREAKS = 6
EXTREMES = (
    b"\x00",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"-1",
    b"0",
    b"99999999999",
    b"<",
    b"&#0;",
    b"(",
    b"/",
)


def mutant(samples: list[bytes], seed: int) -> bytes:
    """Return one of the samples, broken."""
    dice = random.Random(seed)
    data = dice.choice(samples)
    if zipfile.is_zipfile(io.BytesIO(data)) and dice.random() < 0.8:
        return _with_broken_member(data, samples, dice)  # else the checksum of the archive keeps all harm away
    return _broken(data, samples, dice)


def _broken(data: bytes, samples: list[bytes], dice: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(dice.randint(1, MAX_BREAKS)):
        at = dice.randrange(len(broken) + 1)
        end = min(len(broken), at + dice.choice((1, 4, 16, 256, 4096)))
        match dice.randrange(7):
            case 0 if broken:
                broken[min(at, len(broken) - 1)] ^= 1 << dice.randrange(8)
            case 1:
                del broken[at:end]
            case 2:
                broken[at:at] = broken[at:end] * dice.choice((1, 2, 50))
            case 3:
                broken[at:end] = dice.choice(EXTREMES)
            case 4:
                broken[at:end] = dice.randbytes(end - at)
            case 5:
                other = dice.choice(samples)
                start = dice.randrange(len(other))
                broken[at:end] = other[start : start + end - at]
            case _:
                del broken[at:]
    return bytes(broken)


def _with_broken_member(data: bytes, samples: list[bytes], dice: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = dice.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, _broken(content, [content], dice) if name == victim else content)
    return packed.getvalue()
