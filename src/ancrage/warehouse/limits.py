"""How much memory and how many processors the engines of a build may take, and where they spill.

The memory is that of the whole process: what Python and Arrow hold beside DuckDB is set apart for them.
"""

import ctypes
import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ancrage.errors import BuildError
from ancrage.repairs import GiveField

MEGA = 1 << 20
BESIDE = 450 * MEGA
"""Held beside DuckDB, at least, whatever the size of the register: libraries, geography, batches of Arrow."""
OF_AN_EDITION = 900 * MEGA
"""The same for a whole edition: its zonings, carried to six vintages, took 1,040 MB with an engine of 150."""
TO_COME = 250 * MEGA
"""What is held beside an engine while it works, besides what was held when it was opened."""
FOR_A_THREAD = 125 * MEGA
"""Below it, DuckDB itself says, a thread may not even spill."""
COUNTED = 0.8
"""Part of what DuckDB takes that its own limit counts: with 3,646 MiB of it, France took 4,566 MB in all."""
KEPT_AT_HAND = 8
"""Part of its memory (one in so many) that an engine keeps between two steps rather than ask for it again."""
SHARE = 0.6
"""Part of the memory free on the machine that is taken when nobody says how much."""
_ASKED = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>[KMGT])I?[OB]?", re.IGNORECASE)
_UNITS = {"K": 1 << 10, "M": MEGA, "G": 1 << 30, "T": 1 << 40}


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory``: bytes for the whole process, ``beside`` of them not for DuckDB; ``threads``: of each."""

    memory: int
    threads: int
    beside: int = BESIDE

    @property
    def needed(self) -> int:
        """The least memory these threads work with on a small register, in bytes."""
        return self.beside + self.threads * FOR_A_THREAD

    def settings(self, spill: Path | None) -> dict[str, Any]:
        """Settings of DuckDB."""
        engine = max(self.threads * FOR_A_THREAD, round(COUNTED * (self.memory - self.beside)))
        told: dict[str, Any] = {
            "memory_limit": f"{engine // MEGA}MiB",
            "threads": self.threads,
            "block_allocator_memory": f"{engine // KEPT_AT_HAND // MEGA}MiB",
        }
        return told | ({"temp_directory": str(spill)} if spill else {})


def limits_of(asked: str | None, beside: int = BESIDE) -> Limits:
    """Limits for a memory as typed (« 4GB », « 800 Mo »), or for this machine when nothing is.

    ``beside``: bytes of it that are not for DuckDB.

    Raises :class:`BuildError`, before anything starts, when it cannot be read or is not enough.
    """
    threads = len(os.sched_getaffinity(0))
    memory = _bytes(asked) if asked else max(round(SHARE * free_memory()), Limits(0, threads, beside).needed)
    while threads > 1 and memory < Limits(memory, threads, beside).needed:
        threads -= 1
    limits = Limits(memory, threads, beside)
    if memory < limits.needed:
        raise BuildError(
            f"{memory // MEGA} Mo de mémoire ne suffisent pas : la construction en demande "
            f"{limits.needed // MEGA} au moins, davantage pour un grand registre, et va d'autant plus vite "
            "qu'elle en a.",
            "Rien n'a commencé.",
            GiveField("memoire", ("4GB",)),
        )
    return limits


def _bytes(asked: str) -> int:
    found = _ASKED.fullmatch(asked.strip().replace("\u00a0", " "))
    if found is None:
        raise BuildError(
            f"« {asked} » n'est pas une quantité de mémoire.",
            "Écrivez 4GB ou 800MB.",
            GiveField("memoire", ("4GB",)),
        )
    return round(float(found["number"].replace(",", ".")) * _UNITS[found["unit"].upper()])


def free_memory() -> int:
    """Bytes that a process may take here: what is free, within the limit of its container."""
    pages = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    told = [_meminfo() or pages, _container()]
    return min(one for one in told if one)


def _meminfo() -> int:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)


def _container() -> int:
    try:
        told = Path("/sys/fs/cgroup/memory.max").read_text("ascii").strip()
    except OSError:
        return 0
    return int(told) if told.isdigit() else 0


_current: ContextVar[tuple[Limits, Path] | None] = ContextVar("_current", default=None)


@contextmanager
def limited(limits: Limits, spill: Path) -> Iterator[None]:
    """Engines opened inside keep to these limits, and spill to this folder."""
    token = _current.set((limits, spill))
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def beside_what_is_held() -> Iterator[None]:
    """Inside, engines leave room for what the process holds now, once it gave back what it does not need.

    Contours and quarters leave much behind them; nothing changes where nobody set limits.
    """
    current = _current.get()
    if current is None:
        yield
        return
    limits, spill = current
    _give_back()
    with limited(replace(limits, beside=max(BESIDE, _resident() + TO_COME)), spill):
        yield


def _give_back() -> None:
    """Hand to the system the memory that was freed; where its library cannot be asked, it keeps it."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _resident() -> int:
    """Bytes that this process holds; 0 where the system does not tell it."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def settings() -> dict[str, Any]:
    """Settings of an engine that opens now; none when nobody set limits."""
    current = _current.get()
    return current[0].settings(current[1]) if current else {}
