"""An hour at fifty visitors: errors, waits, memory of each process: ``bench_hour.py [MINUTES] [VISITORS]``.

The embedded edition, the real command with two processes, on this machine only. Each visitor has an address
of its own, opens a territory drawn again the same, then follows links of the pages it gets, files included.

Memory is told three ways: all that is resident (what is promised), what the process alone holds, and files
(libraries, tables) that the machine holds once for all its processes. What the edition says it does not have
is counted apart (the embedded one draws no commune), and the service of addresses, where no network is.
"""

import asyncio
import json
import random
import re
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from site_served import served

from ancrage.edition.opening import open_edition
from ancrage.edition.publication import EMBEDDED

SEED = 12
LIMIT_MB = 600
LEAST_MB = 60
RESIDENT, ALONE, FILES = "VmRSS", "RssAnon", "RssFile"
PAINTER = b"/reports/painter.py"
LACKING = tuple(f"urn:ancrage:probleme:{one}" for one in ("source-non-synchronisee", "source-inaccessible"))
"""What the edition does not have, and the service of addresses, which needs a network."""
LINK = re.compile(r'href="(/[^"#]*)"')
PAUSE_S = (1.0, 3.0)
PLACES = "SELECT code FROM commune WHERE vintage = (SELECT max(vintage) FROM commune) ORDER BY code"


@dataclass
class Told:
    """What all visitors met, and what each process held, minute by minute."""

    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    waits_ms: list[float] = field(default_factory=list)
    held_mb: list[int] = field(default_factory=list)
    alone_mb: list[int] = field(default_factory=list)
    painters_mb: list[int] = field(default_factory=list)
    lacking: int = 0

    def fault(self, what: str) -> None:
        """Say it at once: a bench stopped by hand must not lose it."""
        self.faults.append(what)
        told = f"{time.strftime('%H:%M:%S')} {what}"
        print(json.dumps({"fault": told}, ensure_ascii=False), flush=True)


async def visit(site: str, rank: int, until: float, places: list[str], told: Told) -> None:
    dice = random.Random(SEED + rank)  # noqa: S311 - drawn again the same, not secret
    transport = httpx.AsyncHTTPTransport(local_address=f"127.0.1.{rank + 1}")
    async with httpx.AsyncClient(base_url=site, transport=transport, timeout=60, verify=False) as client:  # noqa: S501
        links: list[str] = []
        while time.monotonic() < until:
            address = dice.choice(links) if links and dice.random() < 0.8 else _territory(dice, places)
            links = await ask(client, address.replace("&amp;", "&"), told) or links
            await asyncio.sleep(dice.uniform(*PAUSE_S))


def _territory(dice: random.Random, places: list[str]) -> str:
    return f"/territoires/{dice.choice(places)}/"


async def ask(client: httpx.AsyncClient, address: str, told: Told) -> list[str]:
    """Ask an address; the links of the page it gives."""
    start = time.perf_counter()
    try:
        answer = await client.get(address)
    except httpx.HTTPError as error:
        told.fault(f"{address} {error!r} après {time.perf_counter() - start:.0f} s")
        return []
    told.waits_ms.append((time.perf_counter() - start) * 1e3)
    told.answers[answer.status_code] += 1
    if any(one in answer.text[:200] for one in LACKING):
        told.lacking += 1
    elif answer.status_code >= 500:
        told.fault(f"{address} {answer.status_code} {answer.headers.get('x-request-id', '')}")
    return LINK.findall(answer.text) if "html" in answer.headers.get("content-type", "") else []


async def watch(port: str, until: float, told: Told) -> None:
    while time.monotonic() < until:
        await asyncio.sleep(min(60.0, max(0.1, until - time.monotonic())))
        workers = _workers(port)
        held = sorted((_mb(one, RESIDENT), _mb(one, ALONE), _mb(one, FILES)) for one in workers)
        if not held:
            told.fault("aucun processus ne répond")
            continue
        told.held_mb.append(held[-1][0])
        told.alone_mb.append(held[-1][1])
        told.painters_mb.append(sum(_mb(one, RESIDENT) for one in _painters(workers)))
        line = {
            "minute": len(told.held_mb),
            "mb, seul, fichiers": held,
            "peintres": told.painters_mb[-1],
            "asked": sum(told.answers.values()),
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)


def _workers(port: str) -> list[Path]:
    """The processes that answer: children of the command that holds the port."""
    commands = dict(_commands())
    parents = {path.name for path, words in commands.items() if port.encode() in words}
    return [path for path, words in commands.items() if _parent(path) in parents and _answers(path, words)]


def _answers(process: Path, words: list[bytes]) -> bool:
    return _mb(process, RESIDENT) > LEAST_MB and not any(word.endswith(PAINTER) for word in words)


def _painters(workers: list[Path]) -> list[Path]:
    """What draws their charts, a process for each that drew one lately."""
    owners = {one.name for one in workers}
    return [
        path
        for path, words in _commands()
        if any(one.endswith(PAINTER) for one in words) and _parent(path) in owners
    ]


def _commands() -> Iterator[tuple[Path, list[bytes]]]:
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with suppress(OSError):  # a process may end while it is looked at
                yield path, path.joinpath("cmdline").read_bytes().split(b"\0")


def _parent(process: Path) -> str:
    with suppress(OSError):
        return process.joinpath("stat").read_text().rpartition(")")[2].split()[1]
    return ""


def _mb(process: Path, what: str) -> int:
    with suppress(OSError):
        found = re.search(rf"{what}:\s+(\d+) kB", process.joinpath("status").read_text())
        return int(found[1]) // 1024 if found else 0
    return 0


async def run(site: str, minutes: float, visitors: int, told: Told) -> None:
    with open_edition(EMBEDDED) as edition:
        places = [row["code"] for row in edition.rows(PLACES)]
    until = time.monotonic() + 60 * minutes
    port = site.rpartition(":")[2]
    asking = (visit(site, rank, until, places, told) for rank in range(visitors))
    work = asyncio.ensure_future(asyncio.gather(*asking, watch(port, until, told)))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with suppress(asyncio.CancelledError):  # stopped by hand: what was met until then is told
        await work


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    visitors = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    told = Told()
    try:
        with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
            asyncio.run(run(site, minutes, visitors, told))
    finally:
        report(told)


def report(told: Told) -> None:
    half = told.held_mb[len(told.held_mb) // 2 :]
    tell("réponses par code", dict(sorted(told.answers.items())))
    if len(told.waits_ms) > 1:
        tell("attente, 95e centile", round(statistics.quantiles(told.waits_ms, n=20)[-1]), unit="ms")
    tell("pannes", len(told.faults), ok=not told.faults)
    tell("données que l'édition n'a pas, dites", told.lacking)
    if half:
        tell("dont à lui seul", max(told.alone_mb), unit="Mo")
        ends = {"ok": max(told.held_mb) < LIMIT_MB, "seconde moitié": [min(half), max(half)]}
        tell("peintres, ensemble", max(told.painters_mb), unit="Mo")
        tell("mémoire du plus gros processus", max(told.held_mb), unit="Mo", **ends)


def tell(bench: str, value: object, **more: object) -> None:
    print(json.dumps({"bench": bench, "value": value} | more, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
