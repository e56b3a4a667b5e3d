"""Load from a second process: wrk, bounded in time, towards this machine only."""

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("percentiles.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What a load measured: requests a second, milliseconds, answers that were not 2xx."""

    rate: float
    p50: float
    p95: float
    p99: float
    requests: int
    failed: int


def load(site: str, addresses: list[str], *, users: int, seconds: int, body: object = None) -> Load:
    """Ask the addresses in turn, ``users`` at once, for some seconds; a body makes it a POST."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk n'est pas là : apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(addresses))
        listed.flush()
        told = subprocess.run(
            [wrk, "-t1", f"-c{users}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT), site],
            env=os.environ
            | {"ADRESSES": listed.name}
            | ({} if body is None else {"METHODE": "POST", "CORPS": json.dumps(body)}),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return Load(**json.loads(told.strip().splitlines()[-1]))
