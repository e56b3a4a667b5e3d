"""Runs in an environment of its own, with OpenFisca-Core: times the module given, and tells its answers.

Called by ``bench_aids.py``: ``measure.py MODULE SITUATIONS KEYS ONE MANY RUNS``, all JSON but the module.
"""

import importlib.util
import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.simulations import SimulationBuilder

MONTH = "2021-03"
KINDS = {"jour": "datetime64[D]", "nombre": np.float32}


def main(module: str, situations: str, keys: str, one: int, many: int, runs: int) -> None:
    spec = importlib.util.spec_from_file_location("rules", module)
    rules = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rules)
    told = json.loads(Path(situations).read_text("utf-8"))
    wanted = json.loads(Path(keys).read_text("utf-8"))
    columns = {name: np.array(values, dtype=KINDS.get(kind)) for name, (kind, values) in told.items()}
    count = len(next(iter(columns.values())))

    def run(inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        size = len(next(iter(inputs.values())))
        simulation = SimulationBuilder().build_default_simulation(rules.SYSTEM, count=size)
        for name, values in inputs.items():
            simulation.set_input(name, MONTH, values)
        return {key: simulation.calculate(key, MONTH) for key in wanted}

    def timed(inputs: dict[str, np.ndarray]) -> float:
        start = time.perf_counter()
        run(inputs)
        return time.perf_counter() - start

    answers = run(columns)
    rows = [{name: values[n : n + 1] for name, values in columns.items()} for n in range(min(one + 3, count))]
    single = [timed(row) for row in rows]
    wide = {name: np.tile(values, many // count) for name, values in columns.items()}
    encoded = {name: encode(rules.SYSTEM.get_variable(name), values) for name, values in wide.items()}
    found = {
        "single": statistics.median(single[3:]),
        "many": statistics.median(timed(wide) for _ in range(runs)),
        "many_encoded": statistics.median(timed(encoded) for _ in range(runs)),
        "answers": {
            key: np.nan_to_num(values.astype(float), nan=-1).tolist() for key, values in answers.items()
        },
    }
    print(json.dumps(found))


def encode(variable, values: np.ndarray) -> np.ndarray:
    """Choices as the numbers of their enumeration, before any time is taken."""
    choices = getattr(variable, "possible_values", None)
    return choices.encode(values) if choices is not None else values


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], *map(int, sys.argv[4:]))
