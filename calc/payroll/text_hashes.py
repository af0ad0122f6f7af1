"""A number for each of many texts, so that one that stands twice is found without keeping them all."""

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from calc.payroll.csv_blocks import BLOCK_BYTES

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose powers spread over all 64 bits."""
UNSPREAD = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
"""Its inverse among numbers of 64 bits."""

Hashes = NDArray[np.uint64]


def text_hashes(texts: Any) -> Hashes:
    """A number for each text (n,); the same for the same text, and nearly never for another.

    The bytes are the digits of a number to the base of SPREAD; its inverse takes out where in the block a text begins.
    """
    texts = pa.concat_arrays([texts])  # starts at the beginning of its own bytes
    ends = np.frombuffer(texts.buffers()[1], np.int32)[: len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[: ends[-1]]
    powers, inverses = _powers_of_a_block() if len(data) <= BLOCK_BYTES else _powers(len(data))
    sums = np.zeros(len(data) + 1, np.uint64)
    np.cumsum((data.astype(np.uint64) + np.uint64(1)) * powers[: len(data)], out=sums[1:])
    hashed: Hashes = (sums[ends[1:]] - sums[ends[:-1]]) * inverses[ends[:-1]]
    return hashed ^ (hashed >> np.uint64(29))


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of SPREAD and of its inverse, one more than a number of bytes each."""
    powers, inverses = (np.cumprod(np.full(count + 1, base, np.uint64), dtype=np.uint64) for base in (SPREAD, UNSPREAD))
    return powers, inverses


@lru_cache(maxsize=1)
def _powers_of_a_block() -> tuple[Hashes, Hashes]:
    """The powers that a block of a file needs, worked out once."""
    return _powers(BLOCK_BYTES)
