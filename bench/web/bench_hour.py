"""An hour at fifty visitors: errors, waits, memory of each process: ``bench_hour.py [MINUTES] [VISITORS]``.

The embedded edition, the real command with two processes, on this machine only. Each visitor has an address
of its own, opens a territory drawn again the same, then follows links of the pages it gets, files included.

Memory is told three ways: all that is resident (what is promised), what the process alone holds, and files
(libraries, tables) that the machine holds once for all its processes. What the edition says it does not have
is counted apart: the embedded one draws no commune.
"""

import asyncio
import json
import random
import re
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
RESIDENT, ALONE, FILES = "VmRSS", "RssAnon", "RssFile"
NOT_SYNCHRONISED = "urn:ancrage:probleme:source-non-synchronisee"
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
    lacking: int = 0


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
        told.faults.append(f"{address} {error!r}")
        return []
    told.waits_ms.append((time.perf_counter() - start) * 1e3)
    told.answers[answer.status_code] += 1
    if NOT_SYNCHRONISED in answer.text[:200]:
        told.lacking += 1
    elif answer.status_code >= 500:
        told.faults.append(f"{address} {answer.status_code}")
    return LINK.findall(answer.text) if "html" in answer.headers.get("content-type", "") else []


async def watch(port: str, until: float, told: Told) -> None:
    while time.monotonic() < until:
        await asyncio.sleep(min(60.0, max(0.1, until - time.monotonic())))
        held = sorted((_mb(one, RESIDENT), _mb(one, ALONE), _mb(one, FILES)) for one in _workers(port))
        told.held_mb.append(held[-1][0])
        told.alone_mb.append(held[-1][1])
        line = {"minute": len(told.held_mb), "mb, seul, fichiers": held, "asked": sum(told.answers.values())}
        print(json.dumps(line, ensure_ascii=False), flush=True)


def _workers(port: str) -> list[Path]:
    """The processes that answer: children of the command that holds the port."""
    commands = dict(_commands())
    parents = {path.name for path, words in commands.items() if port.encode() in words}
    return [path for path in commands if _parent(path) in parents and _mb(path, RESIDENT) > 60]


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


async def run(site: str, minutes: float, visitors: int) -> Told:
    with open_edition(EMBEDDED) as edition:
        places = [row["code"] for row in edition.rows(PLACES)]
    told, until = Told(), time.monotonic() + 60 * minutes
    port = site.rpartition(":")[2]
    asking = (visit(site, rank, until, places, told) for rank in range(visitors))
    await asyncio.gather(*asking, watch(port, until, told))
    return told


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    visitors = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        told = asyncio.run(run(site, minutes, visitors))
    half = told.held_mb[len(told.held_mb) // 2 :]
    print(json.dumps({"bench": "réponses par code", "value": dict(sorted(told.answers.items()))}))
    for fault in told.faults[:20]:
        print(json.dumps({"fault": fault}, ensure_ascii=False))
    waits = statistics.quantiles(told.waits_ms, n=20)[-1]
    print(json.dumps({"bench": "attente, 95e centile", "value": round(waits), "unit": "ms"}))
    print(json.dumps({"bench": "pannes", "value": len(told.faults), "ok": not told.faults}))
    print(
        json.dumps(
            {"bench": "données que l'édition n'a pas, dites", "value": told.lacking}, ensure_ascii=False
        )
    )
    alone = {"bench": "dont à lui seul", "value": max(told.alone_mb), "unit": "Mo"}
    print(json.dumps(alone, ensure_ascii=False))
    line = {"bench": "mémoire du plus gros processus", "value": max(told.held_mb), "unit": "Mo"}
    ends = {"ok": max(told.held_mb) < LIMIT_MB, "seconde moitié": [min(half), max(half)]}
    print(json.dumps(line | ends, ensure_ascii=False))


if __name__ == "__main__":
    main()
