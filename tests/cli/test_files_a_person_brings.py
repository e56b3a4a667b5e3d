"""Every sort of file that a person brings to a command, damaged in each way: read, or refused with its line.

``make bench-faults`` draws two thousand of them; here each sort meets two damages, each damage a sort or two.
"""

import sys
from pathlib import Path

import pytest

from damages import DAMAGES

sys.path.append(str(Path(__file__).parents[2] / "bench"))
from faulty.files import ALONE, KINDS, MEGABYTES, SECONDS, Bench

HERE = [kind for kind in KINDS if kind[0] != ALONE]


def test_no_damaged_file_of_any_sort_crashes_its_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = Bench(tmp_path)
    bench.prepare(HERE)
    for rank, kind in enumerate(HERE):
        for step in range(2):
            bench.damage(kind, DAMAGES[(2 * rank + step) % len(DAMAGES)])
    assert not bench.faults, bench.faults
    assert bench.seen["refused"] > len(HERE), bench.seen
    # Measured beside other tests: twice what is promised of a machine that does nothing else.
    assert bench.slowest[0] < 2 * SECONDS, bench.slowest
    assert bench.largest[0] < 2 * MEGABYTES, bench.largest
