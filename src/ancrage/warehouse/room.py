"""Whether what an engine refuses is for want of room on the disk: a failure of the disk, not of a file."""

import os

from ancrage.declarations.system import FULL

SPILLED = "failed to offload"
"""How DuckDB says that the disk where it spills is full: it calls that a lack of memory."""


def lacks_room(error: BaseException) -> bool:
    """Whether an error of DuckDB says, in whatever class, that the disk took no more."""
    told = str(error)
    return SPILLED in told or any(os.strerror(code) in told for code in FULL)
