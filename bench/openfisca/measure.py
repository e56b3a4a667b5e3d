"""Runs in an environment of its own, with OpenFisca-Core: times the module given, and tells its answers.

Called by ``bench_aids.py``: ``measure.py MODULE SITUATIONS KEYS ONE MANY``, all JSON but the module.
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


def main(module: str, situations: str, keys: str, one: int, many: int) -> None:
    spec = importlib.util.spec_from_file_location("rules", module)
    rules = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rules)
    columns = json.loads(Path(situations).read_text("utf-8"))
    wanted = json.loads(Path(keys).read_text("utf-8"))
    count = len(next(iter(columns.values())))

    def run(rows: slice, repeat: int = 1) -> dict[str, np.ndarray]:
        size = len(range(*rows.indices(count))) * repeat
        builder = SimulationBuilder()
        simulation = builder.build_default_simulation(rules.SYSTEM, count=size)
        for name, values in columns.items():
            simulation.set_input(name, MONTH, np.tile(np.array(values[rows]), repeat))
        return {key: simulation.calculate(key, MONTH) for key in wanted}

    answers = run(slice(0, count))
    single = []
    for number in range(one + 3):
        start = time.perf_counter()
        run(slice(number % count, number % count + 1))
        single.append(time.perf_counter() - start)
    start = time.perf_counter()
    run(slice(0, count), many // count)
    print(
        json.dumps(
            {
                "single": statistics.median(single[3:]),
                "many": time.perf_counter() - start,
                "answers": {
                    key: np.nan_to_num(values.astype(float), nan=-1).tolist()
                    for key, values in answers.items()
                },
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
