"""Asked to stop inside an engine: the command leaves as it does everywhere else."""

import subprocess
import sys
import textwrap

import pytest

from ancrage.errors import InterruptedOperationError

ENGINES = {
    "duckdb": """
        from ancrage.warehouse.engines import connect
        connect().sql("SELECT sum(a.range * b.range) FROM range(9999999) a, range(9999999) b").fetchall()
    """,
    "ibis": """
        import ibis
        from ancrage.warehouse.engines import connect_ibis
        wide = ibis.range(0, 9_999_999).unnest().name("n").as_table()
        product = wide.cross_join(wide.view())
        connect_ibis().to_pyarrow(product.aggregate(product.n.sum()))
    """,
    "highs": """
        import numpy as np
        from scipy.sparse import random_array
        from ancrage.optimum import Program
        chance = np.random.default_rng(1)
        rows = random_array((120, 400), density=0.1, rng=chance, format="csr")
        high = 0.31 * np.asarray(rows.sum(axis=1)).ravel()
        whole = np.ones(400, bool)
        Program(-chance.random(400), rows, np.full(120, -np.inf), high, whole, gap=0.0).solve(600.0)
    """,
}
COMMAND = """
import os, signal, sys, threading
from ancrage.cli.main import main
from ancrage.edition import publication

def busy(data):
    threading.Timer(1.0, os.kill, (os.getpid(), signal.{request})).start()
{engine}

publication.go_back = busy
sys.argv = ["ancrage", "entrepot", "revenir"]
main()
"""
LONGEST = 120
"""Seconds after which the engine is held to have heard nothing."""


@pytest.mark.parametrize("request_", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("engine", ENGINES)
def test_asked_to_stop_inside_an_engine_the_command_leaves_with_the_code_of_an_interruption(
    engine, request_, tmp_path
):
    script = COMMAND.format(
        request=request_, engine=textwrap.indent(textwrap.dedent(ENGINES[engine]), "    ")
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert done.returncode == InterruptedOperationError.exit_code, done.stderr
    assert "L'opération a été interrompue" in done.stderr
    assert "Traceback" not in done.stderr
