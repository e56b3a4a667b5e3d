"""Speed of the directory and of the search box over 200,000 structures, and of building the index.

    python bench/bench_directory.py [--structures 200000] [--questions 300]

* ``page``, ``facets``, ``points``, and the two first as a screen asks them: around a commune (20 km), in an
  EPCI, in a département, over the country, with filters on some; tables in memory, then read from Parquet.
* ``suggest``: words begun, words with a mistake, codes; the first one of a process is told apart, index
  opened included.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ancrage.reasoning import Verdict
from ancrage.register.directory.listing import Directory
from ancrage.register.directory.query import DirectoryQuery, InZoning
from ancrage.register.directory.vocabulary import Employer, Order
from ancrage.search.index import open_index
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse
from synthetic_register import SEED, WORDS, made_edition

TODAY = date(2026, 11, 23)
LIMIT_MS = 75.0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--structures", type=int, default=200_000)
    parser.add_argument("--questions", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "edition"
        made_edition(folder, options.structures)
        print(f"{options.structures} structures SYNTHÉTIQUES, fictives (graine {SEED})")
        held = directory(folder, options.questions)
        held &= search(folder, Path(temporary) / "cache", options.questions)
    return 0 if held else 1


def tell(bench: str, value: float, unit: str, most: float | None = None) -> bool:
    ok = None if most is None else value < most
    threshold = "aucun" if most is None else f"< {most:g}"
    line = {"bench": bench, "value": round(value, 2), "unit": unit, "threshold": threshold, "ok": ok}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return ok is not False


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def directory(folder: Path, questions: int) -> bool:
    held = True
    for kind, promised in ((ResidentWarehouse, True), (Warehouse, False)):
        how = "en mémoire" if promised else "depuis Parquet"
        number = questions if promised else max(questions // 10, 10)
        dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
        with kind(folder) as warehouse:
            atlas = Atlas(warehouse, today=TODAY)
            codes = places(warehouse, dice, number)
            asked = Directory(atlas)
            first = query(atlas, dice, codes["commune"][0], 20.0)
            opening = timed(lambda asked=asked, first=first: screen(asked, first))
            tell(f"annuaire {how}, première question (ouverture comprise)", opening, "ms")
            for name, radius in (("commune", 20.0), ("epci", None), ("departement", None), ("france", None)):
                taken: dict[str, list[float]] = {"page": [], "facettes": [], "points": [], "écran": []}
                for code in codes[name]:
                    wanted = query(atlas, dice, code, radius)
                    parts = [
                        timed(lambda asked=asked, wanted=wanted: asked.page(wanted, limit=20)),
                        timed(lambda asked=asked, wanted=wanted: asked.facets(wanted)),
                        timed(lambda asked=asked, wanted=wanted: asked.points(wanted, limit=2_000)),
                    ]
                    for label, value in zip(taken, (*parts, sum(parts[:2])), strict=True):
                        taken[label].append(value)
                around = " (20 km autour)" if radius else ""
                for label, values in taken.items():
                    most = LIMIT_MS if promised and name == "commune" else None
                    title = f"annuaire {how}, {name}{around}, {label}, 95e centile"
                    held &= tell(title, p95(values), "ms", most)
    return held


def screen(asked: Directory, wanted: DirectoryQuery) -> None:
    asked.page(wanted, limit=20)
    asked.facets(wanted)


def places(warehouse: Warehouse, dice: random.Random, questions: int) -> dict[str, list[str]]:
    communes = [row["code"] for row in warehouse.rows("SELECT commune AS code FROM outline ORDER BY 1")]
    epci = [
        row["code"]
        for row in warehouse.rows("SELECT code FROM unit WHERE vintage = 2026 AND kind = 'epci' ORDER BY 1")
    ]
    departements = [f"dep:{one}" for one in ("23", "75", "974", "69", "2A", "59")]
    return {
        "commune": [dice.choice(communes) for _ in range(questions)],
        "epci": [dice.choice(epci) for _ in range(questions // 3)],
        "departement": [dice.choice(departements) for _ in range(questions // 5)],
        "france": ["fr"] * max(questions // 10, 5),
    }


def query(atlas: Atlas, dice: random.Random, code: str, radius: float | None) -> DirectoryQuery:
    """Half of the questions have no filter; the others one or several."""
    plain = dice.random() < 0.5
    return DirectoryQuery(
        resolve(atlas, code, on=TODAY),
        radius_km=radius,
        text="" if plain or dice.random() < 0.5 else dice.choice(WORDS)[:4],
        families=("association",) if not plain and dice.random() < 0.3 else (),
        activities=("Q",) if not plain and dice.random() < 0.3 else (),
        employers=(Employer.OUI,) if not plain and dice.random() < 0.3 else (),
        memberships=(Verdict.OUI,) if not plain and dice.random() < 0.3 else (),
        zonings=(InZoning("frr"),) if not plain and dice.random() < 0.3 else (),
        order=Order.DISTANCE if radius else Order.NAME,
    )


def search(folder: Path, cache: Path, questions: int) -> bool:
    with Warehouse(folder) as warehouse:
        atlas = Atlas(warehouse, today=TODAY)
        tell("recherche, index bâti", timed(lambda: open_index(atlas, cache)) / 1e3, "s")
        (built,) = (one for one in cache.glob("annuaire-*") if one.is_dir())
        tell("recherche, index sur disque", sum(one.stat().st_size for one in built.iterdir()) / 1e6, "Mo")
        index = open_index(atlas, cache)
        asked = questions_from(warehouse, questions)
    held, every = True, []
    for kind, texts in asked.items():
        colds = [cold(folder, cache, text) for text in texts[:5]]
        tell(f"recherche, {kind}, index ouvert puis première frappe (le pire de 5)", max(colds), "ms")
        values = [timed(lambda text=text: index.suggest(text)) for text in texts]
        tell(f"recherche, {kind}, médiane", statistics.median(values), "ms")
        held &= tell(f"recherche, {kind}, 95e centile", p95(values), "ms", LIMIT_MS)
        every += [*values, *colds]
    return (
        tell("recherche, tout, premières frappes comprises, 95e centile", p95(every), "ms", LIMIT_MS) and held
    )


def cold(folder: Path, cache: Path, text: str) -> float:
    """Milliseconds to open the index in a new process and answer once, Python and imports left out."""
    script = (
        "import sys, time\nfrom datetime import date\nfrom pathlib import Path\n"
        "from ancrage.search.index import open_index\nfrom ancrage.territories.atlas import Atlas\n"
        "from ancrage.warehouse.reading import Warehouse\n"
        "folder, cache, text = sys.argv[1:]\n"
        "with Warehouse(Path(folder)) as warehouse:\n"
        "    atlas = Atlas(warehouse, today=date(2026, 11, 23))\n"
        "    start = time.perf_counter()\n"
        "    open_index(atlas, Path(cache)).suggest(text)\n"
        "    print((time.perf_counter() - start) * 1e3)\n"
    )
    command = [sys.executable, "-c", script, str(folder), str(cache), text]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def questions_from(warehouse: Warehouse, number: int) -> dict[str, list[str]]:
    """What people type: beginnings, mistakes, codes, of structures and of communes drawn at random."""
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    communes = warehouse.rows("SELECT name FROM commune WHERE vintage = 2026 ORDER BY code")
    names = [row["name"] for row in communes]
    structures = warehouse.rows(
        "SELECT name, siret FROM ess_establishment WHERE name IS NOT NULL ORDER BY siret LIMIT 5000"
    )
    begun, wrong, codes = [], [], []
    for _ in range(number):
        name = dice.choice(names) if dice.random() < 0.5 else dice.choice(structures)["name"]
        begun.append(name[: dice.randint(1, len(name))])
        wrong.append(mistaken(dice, name))
        codes.append(dice.choice(structures)["siret"][: dice.choice((9, 14))])
    return {"mots commencés": begun, "mots mal tapés": wrong, "codes": codes}


def mistaken(dice: random.Random, name: str) -> str:
    place = dice.randrange(len(name))
    return name[:place] + dice.choice(("", "e", name[place] * 2)) + name[place + 1 :]


if __name__ == "__main__":
    sys.exit(main())
