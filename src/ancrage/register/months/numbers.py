"""The number of the unit that a SIRET or a SIREN names: its eight first digits, the ninth being their key."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

SIRET_DIGITS, SIREN_DIGITS, UNIT_DIGITS = 14, 9, 8
NONE = -1
"""In place of a number, where none is written in digits."""
ZERO = ord("0")


def numbers_of(keys: pa.Array, digits: int) -> NDArray[np.int64]:
    """Number of the unit of each key, ``NONE`` for one that is not so many digits.

    Keys are read as the bytes they are: it costs a third of turning them into numbers one by one.
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
    written = np.frombuffer(keys.buffers()[2], np.uint8)[ends[0] : ends[-1]].reshape(-1, digits) - ZERO
    number = np.zeros(len(keys), np.uint32)
    for place in range(UNIT_DIGITS):
        number = number * 10 + written[:, place]
    found = number.astype(np.int64)
    if written.max() > 9:
        found[(written > 9).any(axis=1)] = NONE
    return found
