"""The site and the command on a large edition: ``ANCRAGE_DATA=… python bench/bench_national_site.py [N]``.

Territories of every kind are drawn from a seed, the country always among them, each on a day from 2021 to
today. Processor seconds are told beside elapsed ones: on a busy machine only they compare. Memory of the
workers is what is theirs alone (private) and their proportional share (PSS), after all the pages.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "web"))

from site_served import served

from ancrage.edition.opening import open_edition
from ancrage.edition.publication import current_edition
from ancrage.location import data_directory
from bench_commands import COMMAND, INSTALLED

SEED = 2021
FIRST = date(2021, 1, 1)
KINDS = {
    "commune": "SELECT DISTINCT code FROM commune WHERE vintage = 2026 ORDER BY 1",
    "intercommunalité": "SELECT DISTINCT epci AS code FROM commune WHERE vintage = 2026 "
    "AND epci IS NOT NULL ORDER BY 1",
    "département": "SELECT DISTINCT 'dep:' || departement AS code FROM commune WHERE vintage = 2026 "
    "AND zone <> 'com' ORDER BY 1",
    "région": "SELECT DISTINCT 'reg:' || region AS code FROM commune WHERE vintage = 2026 "
    "AND region IS NOT NULL ORDER BY 1",
}
SHARES = {"commune": 0.4, "intercommunalité": 0.25, "département": 0.2, "région": 0.1}
"""The country takes what is left."""
BY_COMMAND = ("fr", "reg:75", "dep:59", "75056", "200054781")
PAST = date(2023, 6, 15)


def drawn(number: int, today: date) -> list[tuple[str, date]]:
    """Territories and days, from the seed."""
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    places: list[str] = []
    with open_edition(current_edition(data_directory())) as edition:
        for kind, share in SHARES.items():
            codes = [row["code"] for row in edition.rows(KINDS[kind])]
            places += dice.choices(codes, k=round(share * number))
    places += ["fr"] * (number - len(places))
    dice.shuffle(places)
    days = [FIRST + timedelta(days=dice.randrange((today - FIRST).days + 1)) for _ in places]
    return list(zip(places, days, strict=True))


def servers() -> tuple[list[int], list[int]]:
    """The site that this bench started, which asks the first questions, and the processes that answer."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    mains = [one for one, parent in parents.items() if parent == os.getpid()]
    below = [one for one, parent in parents.items() if parent in mains]
    return mains, [one for one in below if b"serve" in Path(f"/proc/{one}/cmdline").read_bytes()]


def workers() -> list[int]:
    """The processes that answer."""
    return servers()[1]


def memory_mb(process: int) -> dict[str, int]:
    """Megabytes: ``pss``, and ``private`` (clean and dirty)."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    kb = {line.split(":")[0]: int(line.split()[1]) for line in told}
    return {"pss": kb["Pss"] >> 10, "private": (kb["Private_Clean"] + kb["Private_Dirty"]) >> 10}


def processor(processes: list[int]) -> float:
    """Seconds of processor they have spent."""
    ticks = 0
    for one in processes:
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # a process of drawing is replaced, or ends
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def tell(bench: str, **figures: object) -> None:
    load = f"{os.getloadavg()[0]:.1f}"
    print(json.dumps({"bench": bench, **figures, "charge": load}, ensure_ascii=False), flush=True)


def asked(address: str, processes: list[int]) -> tuple[float, float]:
    """Milliseconds elapsed and of processor until the last byte."""
    spent, start = processor(processes), time.perf_counter()
    urllib.request.urlopen(address, timeout=120).read()  # noqa: S310 our own address
    return (time.perf_counter() - start) * 1e3, (processor(processes) - spent) * 1e3


def ninety_fifth(values: list[float]) -> float:
    return round(statistics.quantiles(values, n=20)[-1], 1)


def by_the_site(number: int) -> None:
    start = time.monotonic()
    with served(data_directory()) as site:
        processes = workers()
        tell(
            "le site s'ouvre",
            écoulé_s=round(time.monotonic() - start, 1),
            processeur_s=round(processor(servers()[0]) + processor(processes), 1),
            dont_une_fois_pour_tous_s=processor(servers()[0]),
        )
        tell("mémoire à l'ouverture", Mo=[memory_mb(one) for one in workers()])
        answers = {}
        for code, on in drawn(number, datetime.now(UTC).date()):
            answers[code, on] = asked(f"{site}/territoires/{code}/?le={on}", processes)
        elapsed, spent = zip(*answers.values(), strict=True)
        tell(
            f"page d'un territoire, un jour, première fois, {number} tirés",
            médiane_ms=round(statistics.median(elapsed), 1),
            p95_ms=ninety_fifth(list(elapsed)),
            p95_processeur_ms=ninety_fifth(list(spent)),
            pires=[
                [code, on.isoformat(), round(took), round(cost)]
                for (code, on), (took, cost) in sorted(answers.items(), key=lambda one: -one[1][0])[:5]
            ],
        )
        for name in ("territoires/fr/dynamiques", "territoires/fr/accompagnement", "structures"):
            first, again = (asked(f"{site}/{name}/", processes) for _ in range(2))
            tell(f"/{name}/", première_ms=[round(x) for x in first], suivante_ms=[round(x) for x in again])
        tell("mémoire après ces pages", Mo=[memory_mb(one) for one in workers()])


def by_command() -> None:
    for code in BY_COMMAND:
        for on in (None, PAST):
            line = [str(COMMAND), "diagnostic", code, *(["--on", on.isoformat()] if on else [])]
            runs = []
            for _ in range(3):
                start = time.perf_counter()
                process = subprocess.Popen(line, stdout=subprocess.DEVNULL, env=INSTALLED)
                _, status, usage = os.wait4(process.pid, 0)
                if status:
                    raise SystemExit(f"{' '.join(line)} a échoué")
                cost = usage.ru_utime + usage.ru_stime
                runs.append((time.perf_counter() - start, cost, usage.ru_maxrss >> 10))
            elapsed, spent, peak = zip(*runs, strict=True)
            tell(" ".join(["ancrage", *line[1:]]), écoulé_s=round(min(elapsed), 2),
                 processeur_s=round(min(spent), 2), pic_Mo=max(peak))  # fmt: skip


if __name__ == "__main__":
    by_the_site(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
    by_command()
