"""Ancrage's own build of the register from the made-up files, and what it answers, beside what is known."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from ancrage.collecting import uncollected
from ancrage.edition.publication import EMBEDDED
from ancrage.edition.register.counted import write_counted
from ancrage.edition.register.monthly import Written, write_tables
from ancrage.errors import EngineError
from ancrage.register.build import RegisterInputs, RegisterTables, build_register
from ancrage.register.fabric import Places, RegisterReader
from ancrage.register.lists import ListFile
from ancrage.register.past import Histories
from ancrage.register.placement import without_list
from ancrage.register.siae import Whereabouts
from ancrage.register.sirene import SireneStock
from ancrage.warehouse.choosing import chosen
from ancrage.warehouse.limits import limited, limits_of
from ancrage.warehouse.reading import Warehouse
from national.files import DAYS, STOCK_DAY
from national.tools import Absent

NOWHERE = Whereabouts(lambda *_: None, lambda longitude, _: [None] * len(longitude))
VINTAGE = "fichiers fictifs"


def built(
    files: dict[str, Path],
    folder: Path,
    *,
    history: bool = True,
    memory: str | None = None,
    on: date = STOCK_DAY,
    previous: Path | None = None,
) -> Written:
    """Build the register in a folder, as an edition does; the rest of an edition is not rebuilt.

    ``previous``: the folder of the month before, from which it is made when it can be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / "moteur"
    shutil.rmtree(scratch, ignore_errors=True)  # a run that failed may have left its own
    with limited(limits_of(memory), scratch / "debordement"):
        given = inputs_of(files, scratch, history=history, on=on)
        register = write_tables(given, folder, on=on, previous=previous)
    shutil.rmtree(scratch)
    return register


@uncollected()
def built_alone(files: dict[str, Path], folder: Path, *, memory: str | None = None) -> RegisterTables:
    """Build the same tables without what the month after needs, as who writes them by hand does not."""
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / "moteur"
    shutil.rmtree(scratch, ignore_errors=True)
    with limited(limits_of(memory), scratch / "debordement"):
        register = build_register(inputs_of(files, scratch))
        write_counted(register, folder, scratch, on=STOCK_DAY)
    shutil.rmtree(scratch)
    return register


def inputs_of(
    files: dict[str, Path], scratch: Path, *, history: bool = True, on: date = STOCK_DAY
) -> RegisterInputs:
    """What the register is built from: the files alone, without quarters, and without lists but those given."""
    stock = SireneStock(
        files["etablissements"],
        files["unites"],
        vintage=VINTAGE,
        coordinates=files.get("coordonnees"),
        fictitious=False,
    )
    given = {name: ListFile(files[name]) for name in ("liste-ess", "siae") if name in files}
    periods = (files["periodes-etablissements"], files["periodes-unites"]) if history else ()
    return RegisterInputs(
        stocks=(stock,),
        scratch=scratch,
        place=without_list,
        where=NOWHERE,
        ess_list=given.get("liste-ess"),
        structure_lists=(given["siae"],) if "siae" in given else (),
        histories=Histories(*periods),
        on=on,
    )


def built_by(
    master: str | None, files: dict[str, Path], folder: Path, *, memory: str | None = None
) -> Written:
    """Build it by Spark on ``master``, or by DuckDB when none; Spark's process has ended on return.

    Raises :class:`Absent` where Spark cannot run.
    """
    if master is None:
        return built(files, folder, memory=memory)
    with ExitStack() as stack:
        try:
            stack.enter_context(chosen("spark", limits_of(memory), folder / "spark", master=master))
        except EngineError as error:
            raise Absent(
                "absent : pip install 'ancrage[spark]' ; apt install default-jre-headless"
            ) from error
        register = built(files, folder, memory=memory)
    _wait_for_java()
    return register


def _wait_for_java() -> None:
    """End the Java process and wait for it: its CPU then counts with ours."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()


def as_edition(folder: Path) -> None:
    """Complete a folder with the geography of the package: it then reads as an edition."""
    for path in EMBEDDED.glob("*.parquet"):
        if not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)
    manifest = json.loads((EMBEDDED / "manifest.json").read_text("utf-8"))
    manifest["register"]["counted_on"] = STOCK_DAY.isoformat()
    manifest["register"]["history"] = ["sirene-etablissements-historique", "sirene-unites-legales-historique"]
    manifest.pop("tables", None)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


Figures = dict[tuple[str, str], tuple[int, int]]
"""(verdict, section) to (establishments, employers)."""


def expected(answers: Iterable[dict[str, object]], departement: str, on: date) -> Figures:
    """What is known apart of one département on one day."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in answers:
        if row["departement"] == departement and str(row["day"]) == on.isoformat():
            counts.setdefault((str(row["ess"]), str(row["section"])), Counter()).update(
                establishments=int(str(row["establishments"])), employers=int(str(row["employers"]))
            )
    return {key: (one["establishments"], one["employers"]) for key, one in counts.items()}


def told(folder: Path, departement: str, on: date) -> Figures:
    """The same, as the reader of the register counts it."""
    with Warehouse(folder) as warehouse:
        rows = RegisterReader(warehouse).counted(Places(departements=(departement,)), on=on)
    return {(row["ess"], row["section"]): (row["establishments"], row["employers"]) for row in rows}


def told_everywhere(folder: Path, departements: Iterable[str]) -> dict[tuple[str, ...], tuple[int, ...]]:
    """What every département is told to hold on each day known."""
    return {
        (str(on), departement, *key): counts
        for on in DAYS
        for departement in departements
        for key, counts in told(folder, departement, on).items()
    }
