"""One tool alone in a process: seconds elapsed, CPU and peak memory of it and of all it started."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from national.tools import Absent

ABSENT = 3
"""Exit code of a tool that is not installed."""
EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds elapsed and of CPU, peak in MB; ``fault`` says why there is no figure to compare."""

    elapsed: float
    cpu: float
    peak: int
    fault: str = ""

    @property
    def absent(self) -> bool:
        """Nothing ran, for want of the tool."""
        return self.fault.startswith("absent")


def alone(command: list[str], ceiling: int = 0) -> Run:
    """Run a command; its servers count when it waits for their end.

    ``ceiling``: MB beyond which it is ended, as a machine that has no more would end it; none when 0.
    """
    began = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        watch = Watch(process.pid, ceiling << 10)
        watch.start()
        told = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.done.set()
    elapsed = time.perf_counter() - began
    fault = (told.decode(errors="replace").strip().splitlines() or ["tué"])[-1] if process.returncode else ""
    if watch.beyond:
        fault = f"ne tient pas dans {ceiling / 1024:.0f} Go"
    # What one process held, or all together where there were several. What the system tells at the end
    # (ru_maxrss) begins at what this very process held when it started the other one.
    peak = max(watch.alone, watch.peak if watch.several else 0)
    return Run(elapsed, used.ru_utime + used.ru_stime, peak >> 10, fault)


def told_absent(error: Absent) -> None:
    """End this process as that of a tool which is not installed."""
    print(error, file=sys.stderr)
    sys.exit(ABSENT)


class Watch(threading.Thread):
    """Largest memory of a process, and of it with its descendants (what they share, once), in kB.

    The process is ended ``beyond`` a ceiling, when there is one.
    """

    def __init__(self, pid: int, ceiling: int = 0) -> None:
        super().__init__(daemon=True)
        self.pid, self.alone, self.peak, self.several = pid, 0, 0, False
        self.ceiling, self.beyond = ceiling, False
        self.done = threading.Event()

    def run(self) -> None:
        """Look until told that it is done."""
        while not self.done.wait(EVERY):
            self.alone = max(self.alone, _told(f"/proc/{self.pid}/status", "VmHWM:"))
            family = _family(self.pid)
            if len(family) > 1:
                self.several = True
                self.peak = max(self.peak, sum(map(_held, family)))
            if self.ceiling and max(self.alone, self.peak) > self.ceiling and not self.done.is_set():
                self.beyond = True
                os.kill(self.pid, signal.SIGKILL)
                return


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text("ascii").split())
            except OSError:
                continue
    return found


def _held(pid: int) -> int:
    return _told(f"/proc/{pid}/smaps_rollup", "Pss:")


def _told(path: str, name: str) -> int:
    """A figure the system tells of a process; none once it has ended."""
    try:
        lines = Path(path).read_text("ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def machine() -> str:
    """The machine and the day, for who reads the table later."""
    info = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next(
        (line.split(":")[1].strip() for line in info if line.startswith("model name")), "processeur inconnu"
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    day = datetime.now(UTC).strftime("%d/%m/%Y")
    return f"{model}, {cores} cœurs, {memory:.0f} Go, le {day}, charge {os.getloadavg()[0]:.0f}"
