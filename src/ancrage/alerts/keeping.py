"""How a reading is kept between two looks."""

import json
import zlib
from collections.abc import Mapping

from ancrage.changes.noting import Noted, Reading, Standing

GONE_QUIETLY = (Standing.FINI,)
"""What is over is not kept: it was told when it ended."""


def packed(reading: Reading) -> bytes:
    """A reading in few bytes."""
    told = [one.as_json() for one in reading.values() if one.standing not in GONE_QUIETLY]
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(state: bytes) -> Mapping[str, Noted]:
    """What :func:`packed` wrote."""
    told = json.loads(zlib.decompress(bytes(state)))
    return {(one := Noted.from_json(line)).key: one for line in told}
