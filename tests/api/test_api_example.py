"""The example of the documentation, word for word, against a server really started."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
LONGEST_START = 120


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_the_python_example_runs_against_a_served_instance(
    started: Callable[..., subprocess.Popen[str]], visited: Path
) -> None:
    (example,) = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    port = free_port()
    server = started("serve", "--port", port, "--workers", 1, data=visited, stdout=subprocess.DEVNULL)
    _wait_for(f"http://127.0.0.1:{port}/api/v1/leviers", server)
    done = subprocess.run(
        [sys.executable, "-c", example],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"ANCRAGE_API": f"http://127.0.0.1:{port}/api/v1"},
    )
    server.terminate()
    assert server.wait(timeout=30) == 0
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"\d+ communes, la première : Ahun", lines[0])
    assert any(line.startswith("à vérifier : ") for line in lines)


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        assert server.poll() is None, server.stderr.read() if server.stderr else ""
        try:
            httpx.get(address, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"{address} did not answer")
