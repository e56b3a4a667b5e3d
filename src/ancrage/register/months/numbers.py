"""The number of the unit that a SIRET or a SIREN names: its eight first digits, the ninth being their key."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

SIRET_DIGITS, SIREN_DIGITS, UNIT_DIGITS = 14, 9, 8
NONE = -1
"""In place of a number, where none is written in digits."""
ZERO, NINE = ord("0"), ord("9")
DIGITS = 0x0F0F0F0F0F0F0F0F
STEPS = (
    (10 * 256 + 1, 8, 0x00FF00FF00FF00FF),
    (100 * 65_536 + 1, 16, 0x0000FFFF0000FFFF),
    (10_000 * 2**32 + 1, 32, 0x00000000FFFFFFFF),
)
"""What brings together two digits, then four, then the eight that one word holds, the first digit lowest:
multiply, shift, keep."""


def numbers_of(keys: pa.Array, digits: int) -> NDArray[np.int64]:
    """Number of the unit of each key, ``NONE`` for one that is not so many digits.

    Keys are read as the bytes they are, eight at a time: a tenth of what numbers made one by one cost.
    """
    if not len(keys):
        return np.empty(0, np.int64)
    ends = np.frombuffer(keys.buffers()[1], np.int32)[keys.offset : keys.offset + len(keys) + 1]
    regular = np.diff(ends) == digits
    if keys.null_count:
        regular &= keys.is_valid().to_numpy(zero_copy_only=False)
    if not regular.all():
        found = np.full(len(keys), NONE, np.int64)
        found[regular] = numbers_of(keys.filter(pa.array(regular)), digits)
        return found
    written = np.frombuffer(keys.buffers()[2], np.uint8)[ends[0] : ends[-1]]
    found = _read_together(written, digits)
    if written.min() < ZERO or written.max() > NINE:
        each = written.reshape(-1, digits)
        found[((each < ZERO) | (each > NINE)).any(axis=1)] = NONE
    return found


def _read_together(written: NDArray[np.uint8], digits: int) -> NDArray[np.int64]:
    """The eight first of the ``digits`` of each key, keys being one after the other."""
    words = np.ndarray((len(written) // digits,), "<u8", written.data, 0, (digits,))
    numbers = words.astype(np.uint64) & np.uint64(DIGITS)
    for times, shift, kept in STEPS:
        numbers *= np.uint64(times)
        numbers >>= np.uint64(shift)
        numbers &= np.uint64(kept)
    return numbers.view(np.int64)
