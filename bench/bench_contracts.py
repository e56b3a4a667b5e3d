"""What is really bought, at the size of France: reading, sharing out, every buyer, one buyer.

    python bench/bench_contracts.py 2000000 /tmp/marches ../shared/data
    python bench/bench_contracts.py 200000 /tmp/marches ../shared/data 10

The last number repeats the tables read, under other numbers, where reading all would take too long: what is
asked of them is then measured at the size of France, their reading at the size read.

Each step runs in a process of its own, whose time of processor, elapsed time and largest memory are told.
"""

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

READ_ON = date(2026, 11, 29)


def measured(name: str, work: Callable[[], str]) -> None:
    """Run a step in a child; print what it took and what it says."""
    child = os.fork()
    if not child:
        began, used = time.perf_counter(), time.process_time()
        told = work()
        elapsed, spent = time.perf_counter() - began, time.process_time() - used
        largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        load = os.getloadavg()[0]
        print(
            f"{name} : {elapsed:.2f} s écoulées, {spent:.2f} s de processeur, {largest:.0f} Mo, "
            f"charge {load:.1f} ; {told}",
            flush=True,
        )
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(1)


def main(count: int, folder: Path, mirror: Path, times: int = 1) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    edition = folder / "edition"
    national = folder / "national.json"
    if not national.exists():
        measured("écrire le fichier", lambda: _written(national, edition, mirror, count))
    if not (edition / "purchase.parquet").exists():
        measured("lire et ranger", lambda: _read(national, edition))
    if times > 1 and not (edition / "repeated").exists():
        measured("répéter les tables", lambda: _repeated(edition, times))
    measured("part de chaque acheteur", lambda: _every(edition))
    measured("un acheteur, le plus gros", lambda: _one(edition))
    measured("la France", lambda: _one(edition, whole=True))


def _written(national: Path, edition: Path, mirror: Path, count: int) -> str:
    from ancrage.edition.publication import EMBEDDED
    from ancrage.register.tables import ESTABLISHMENT
    from ancrage.warehouse.writing import write
    from synthetic_contracts import establishments, write_national

    drawn = write_national(national, mirror, count)
    shutil.copytree(EMBEDDED, edition, dirs_exist_ok=True)
    empty = {column.name: None for column in ESTABLISHMENT.columns}
    write(ESTABLISHMENT, ESTABLISHMENT.from_rows([empty | row for row in establishments(drawn)]), edition)
    for path in edition.glob("purchase*"):
        path.unlink()
    return f"{count} contrats, {national.stat().st_size >> 20} Mo"


def _read(national: Path, edition: Path) -> str:
    from ancrage.edition.bought import write_bought
    from ancrage.edition.inputs import Inputs
    from ancrage.sources.snapshots import SnapshotStore

    class Alone(SnapshotStore):
        """A store that holds the file drawn, whatever is asked of the national source."""

        def latest(self, source_id: str, resource_id: str):  # type: ignore[no-untyped-def]
            if (source_id, resource_id) != ("decp", "annee-2026"):
                return None
            return Given(national)

    inputs = Inputs(Alone(edition.parent))
    write_bought(inputs, edition, on=READ_ON)
    return f"{(edition / 'purchase.parquet').stat().st_size >> 20} Mo de table, {len(inputs.rejects)} rejets"


def _repeated(edition: Path, times: int) -> str:
    from ancrage.procurement.bought.tables import PURCHASE, PURCHASE_CHANGE, PURCHASE_HOLDER
    from ancrage.warehouse.engines import connect

    for table in (PURCHASE, PURCHASE_HOLDER, PURCHASE_CHANGE):
        path, wider = edition / f"{table.name}.parquet", edition / "wider.parquet"
        order = ", ".join(table.sorted_by or table.key)
        with connect(config={"memory_limit": "2GB", "temp_directory": str(edition.parent)}) as engine:
            engine.execute(
                f"COPY (SELECT * REPLACE (key || '/' || copy AS key) FROM read_parquet('{path}'), "
                f"range({times}) copies(copy) ORDER BY {order}) TO '{wider}' (FORMAT parquet, "
                f"COMPRESSION zstd)"
            )
        wider.replace(path)
    (edition / "repeated").touch()
    return f"{times} fois"


class Given:
    """A snapshot of one file."""

    def __init__(self, path: Path) -> None:
        self.files, self.path, self.provenance = (path,), path, None


def _warehouse(edition: Path):  # type: ignore[no-untyped-def]
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from ancrage.edition.opening import open_edition
    from told_again import tell_again

    if (
        "purchase" not in json.loads((edition / "manifest.json").read_text())["tables"]
        or (edition / "repeated").exists()
    ):
        tell_again(edition)
    return open_edition(edition)


def _every(edition: Path) -> str:
    from ancrage.procurement.bought.shares import Scope, every_buyer

    with _warehouse(edition) as warehouse:
        rows = every_buyer(warehouse, Scope(READ_ON))
    return f"{len(rows)} acheteurs, {sum(row['n'] for row in rows)} contrats"


def _one(edition: Path, *, whole: bool = False) -> str:
    from ancrage.procurement.bought.quality import quality_of
    from ancrage.procurement.bought.shares import Scope, shares_of

    with _warehouse(edition) as warehouse:
        found = warehouse.row("SELECT siren FROM purchase_buyer ORDER BY contracts DESC LIMIT 1")
        assert found is not None
        scope = Scope(READ_ON, None if whole else (found["siren"],))
        shares, quality = shares_of(warehouse, scope), quality_of(warehouse, scope)
    return f"{shares.total.contracts} contrats, dont {quality.sound} sans défaut"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]) if sys.argv[4:] else 1)
