"""The whole catalogue of aids: one situation, a million structures, and the same rules in OpenFisca-Core.

OpenFisca-Core is installed from PyPI in an environment of its own (``var/openfisca``): it asks for versions
of libraries that are not ours. Its answers are compared with ours before any time is.
"""

import json
import math
import resource
import statistics
import subprocess
import sys
import time
import venv
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.imports.shelf import Shelf
from ancrage.edition.publication import current_edition
from ancrage.facts.declaration import FactType, load_facts
from ancrage.facts.situation import Situation, completed, declared
from ancrage.facts.values import KINDS
from ancrage.interval import Interval
from ancrage.location import data_directory
from ancrage.rules.polars_engine import evaluate_frame
from ancrage.rules.vocabulary import Kind
from ancrage.warehouse.reading import Warehouse
from openfisca.translate import Translator, identifier
from situations import ON, draw

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "openfisca"
TODAY = date(2026, 11, 29)
SITUATIONS, SINGLES, MANY, RUNS = 1_000, 200, 1_000_000, 5


def report(bench: str, value: float, unit: str, threshold: str, ok: bool | None) -> None:
    print(json.dumps({"bench": bench, "value": round(value, 3), "unit": unit, "threshold": threshold,
                      "ok": ok}), flush=True)  # fmt: skip


def main() -> None:
    day = DayCatalogue(compile_day(ON))
    rows = list(draw(SITUATIONS))
    print(f"{len(day.entries)} aides au {ON}, {len(day.program.steps)} opérations, {SITUATIONS} situations")
    ours_single = single(day, rows)
    report("une situation, verdicts, montants et raisons", ours_single * 1e3, "ms", "< 1", ours_single < 1e-3)
    with_published(rows)
    ours_many = many(day, rows)
    report("1 000 000 de structures", ours_many, "s", "< 10", ours_many < 10)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    report("1 000 000 de structures, mémoire", memory, "Go", "< 4", memory < 4)
    theirs = openfisca(rows, day)
    ratio = theirs["single"] / ours_single
    report("une situation, OpenFisca-Core", theirs["single"] * 1e3, "ms", "aucun", None)
    report("une situation, rapport à OpenFisca-Core", ratio, "fois", ">= 10", ratio >= 10)
    ratio = theirs["many"] / ours_many
    report("1 000 000 de structures, OpenFisca-Core", theirs["many"], "s", "aucun", None)
    encoded = theirs["many_encoded"] / many(day, rows, coded=True)
    report("1 000 000, choix codés d'avance, rapport à OpenFisca-Core", encoded, "fois", "aucun", None)
    report("1 000 000 de structures, rapport à OpenFisca-Core", ratio, "fois", ">= 3", ratio >= 3)


def single(day: DayCatalogue, rows: list[dict[str, Any]]) -> float:
    """Median seconds of processor of one situation, once its patterns were met: verdict, class, amount,
    conditions and reasons of every aid.
    """
    situations = [completed(declared(as_values(row)), on=date.fromisoformat(day.on)) for row in rows]
    for situation in situations:
        answered(day, situation)
    return statistics.median([answered(day, situation) for situation in situations])


def answered(day: DayCatalogue, situation: Situation) -> float:
    """Seconds of processor that every word said of one situation takes."""
    start = time.process_time()
    for answer in day.answers(situation):
        _ = answer.verdict, answer.standing, answer.amount, answer.conditions, answer.reasons
    return time.process_time() - start


def with_published(rows: list[dict[str, Any]]) -> None:
    """The same with the aids that others publish, where an edition of the machine holds some."""
    published = Shelf(Warehouse(current_edition(data_directory()))).aids()
    if not published:
        report("une situation, aides publiées comprises", math.nan, "ms", "aucune aide publiée ici", None)
        return
    day = DayCatalogue(compile_day(TODAY, imported=published))
    taken = single(day, rows) * 1e3
    name = f"une situation, {len(day.entries)} aides ({len(published)} publiées), raisons comprises"
    report(name, taken, "ms", "< 1,5", taken < 1.5)


def many(day: DayCatalogue, rows: list[dict[str, Any]], *, coded: bool = False) -> float:
    """Median seconds of a million rows through every output of the program."""
    frame = pl.concat([as_frame(rows)] * (MANY // SITUATIONS)).rechunk()
    if coded:
        frame = frame.with_columns(pl.col(pl.String).cast(pl.Categorical))
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = evaluate_frame(day.program, frame)
        seconds.append(time.perf_counter() - start)
        assert found.height == MANY
    return statistics.median(seconds)


def openfisca(rows: list[dict[str, Any]], day: DayCatalogue) -> dict[str, Any]:
    """Its seconds for one situation and for a million, its answers checked against ours."""
    python = WORK / "bin" / "python"
    if not python.exists():
        venv.create(WORK, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "openfisca-core==46.0.1"], check=True)
    translator = Translator(ON)
    (WORK / "rules.py").write_text(translator.module(), encoding="utf-8")
    used = sorted({fact for rule in translator.rules.values() for fact in rule.facts})
    facts = load_facts()
    columns = {fact: (KINDS[facts[fact].type].value, [as_json(row[fact]) for row in rows]) for fact in used}
    keys = {identifier(key): key for key in day.program.outputs}
    (WORK / "situations.json").write_text(json.dumps(columns), encoding="utf-8")
    (WORK / "keys.json").write_text(json.dumps(list(keys)), encoding="utf-8")
    measure = Path(__file__).parent / "openfisca" / "measure.py"
    arguments = [WORK / name for name in ("rules.py", "situations.json", "keys.json")]
    done = subprocess.run(
        [python, measure, *arguments, str(SINGLES), str(MANY), str(RUNS)],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    differences = compared(found.pop("answers"), keys, rows, day)
    print(f"réponses comparées à OpenFisca-Core : {len(keys) * len(rows)}, différentes : {differences}")
    if differences:
        raise SystemExit("Les deux moteurs ne disent pas la même chose : rien n'est comparable.")
    return dict(found)


def compared(
    theirs: dict[str, list[float]], keys: dict[str, str], rows: list[dict[str, Any]], day: DayCatalogue
) -> int:
    """Answers that differ; -1 is theirs for « no number ».

    A condition of ours that is unknown whatever is known (a CASE without ELSE) has no like in theirs.
    """
    wrong = 0
    for number, row in enumerate(rows):
        outputs = day.evaluate(as_values(row))
        for name, key in keys.items():
            given, told = theirs[name][number], outputs[key]
            if day.program.outputs[key].kind is Kind.NUMBER:
                ours = told.low if isinstance(told, Interval) and told.low is not None else -1.0
                wrong += not math.isclose(given, ours, rel_tol=1e-5, abs_tol=1e-3)
            else:
                wrong += told is not None and bool(given) is not told
    return wrong


def as_values(row: dict[str, Any]) -> dict[str, Any]:
    return {fact: Interval(value, value) if type(value) is float else value for fact, value in row.items()}


def as_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    columns: dict[str, list[Any]] = {}
    for fact in load_facts().values():
        values = [row[fact.id] for row in rows]
        number = fact.type in (FactType.ENTIER, FactType.DECIMAL)
        for name in (f"{fact.id}_low", f"{fact.id}_high") if number else (fact.id,):
            columns[name] = values
    return pl.DataFrame(columns)


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
