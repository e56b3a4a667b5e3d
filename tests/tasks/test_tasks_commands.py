"""The commands on the workspace, and a server with its worker, as a person runs them."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from ancrage.tasks.beside import COMMAND

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]
LONGEST = 120


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def until(told: str, found: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            if found():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    pytest.fail(f"too long: {told}")


def test_an_empty_workspace_is_listed_swept_saved_and_put_back(spawned: Run, tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "sauvegarde.gz"
    assert spawned("travaux", data=data).stdout == "Aucun travail.\n"
    assert json.loads(spawned("travaux", "--format", "json", data=data).stdout) == []
    assert spawned("travaux", "purger", data=data).stdout == "0 travail oublié.\n"
    assert "0 objets" in spawned("sauvegarde", file, data=data).stdout
    again = spawned("sauvegarde", file, data=data)
    assert (again.returncode, "existe déjà" in again.stderr) == (73, True)
    assert spawned("restauration", file, data=data).returncode == 0
    assert spawned("restauration", tmp_path / "rien", data=data).returncode == 73


def test_a_database_that_does_not_answer_is_told_without_its_password(
    spawned: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "DATABASE_URL", f"postgres://a:secret@127.0.0.1:{free_port()}/a")
    answer = spawned("travaux", data=tmp_path)
    assert (answer.returncode, answer.stdout) == (74, "")
    assert answer.stderr.startswith("Base de travail indisponible : ")
    assert "secret" not in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_server_works_tasks_out_and_ends_with_its_worker(
    started: Start, spawned: Run, tmp_path: Path, visited: Path
) -> None:
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    # Written to a file: processes left behind by a failure would keep a pipe open for ever.
    with (tmp_path / "sortie").open("w") as out:
        server = started("serve", "--port", port, "--workers", 2, data=visited, stdout=out)
        until("the server answers", lambda: httpx.get(f"{home}/sante", timeout=5).status_code == 200)
        asked = {"sorte": "rapport", "territoire": "23077", "forme": "json"}
        address = home + httpx.post(f"{home}/travaux/", data=asked, timeout=30).headers["location"]
        until("the task ends", lambda: httpx.get(f"{address}resultat/", timeout=5).status_code == 200)
        # Whichever process answers, it counts what all of them did.
        counted = 'ancrage_requests_total{method="POST",route="tasks",status="303"} 1.0'
        assert all(counted in httpx.get(f"{home}/metriques", timeout=5).text for _ in range(6))
        server.terminate()
        told = server.communicate(timeout=60)[1]
        assert server.returncode == 0
        assert "leaked" not in told  # its engine's binding tells what it never got back
    with sqlite3.connect(visited / "atelier.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM tasks_workerbeat").fetchone() == (0,)
    assert "fini" in spawned("travaux", data=visited).stdout


def test_a_process_gives_its_place_once_the_fresh_one_answers(
    started: Start, tmp_path: Path, visited: Path
) -> None:
    port = free_port()
    home = f"http://127.0.0.1:{port}/sante"
    with (tmp_path / "sortie").open("w") as out:
        server = started("serve", "--port", port, "--workers", 1, data=visited, stdout=out)
        until("the server answers", lambda: httpx.get(home, timeout=5).status_code == 200)
        (first,) = answering(server)
        server.send_signal(signal.SIGHUP)
        end = time.monotonic() + LONGEST
        while first in answering(server) and time.monotonic() < end:
            assert httpx.get(home, timeout=LONGEST).status_code == 200
        (second,) = answering(server)
        assert (second != first, httpx.get(home, timeout=LONGEST).status_code) == (True, 200)


def answering(server: subprocess.Popen[str]) -> set[int]:
    """Processes of a server that answer: those it forked, whose command is its own."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return {int(each) for each in children if _command(each) == _command(str(server.pid))}


def _command(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def test_the_site_opens_without_its_database_and_leaves_nothing_behind(
    started: Start, visited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "DATABASE_URL", f"postgres://a:secret@127.0.0.1:{free_port()}/a")
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with (visited / "sortie").open("w") as out:
        server = started("serve", "--port", port, "--workers", 1, data=visited, stdout=out)
        until(
            "the site answers", lambda: httpx.get(f"{home}/territoires/23077/", timeout=5).status_code == 200
        )
        assert httpx.get(f"{home}/sante", timeout=30).status_code == 503
        server.kill()
        until("killed outright, it leaves no process on its port", lambda: not listens(port))


def test_a_worker_whose_server_was_killed_while_it_was_loading_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "DATABASE_URL", f"postgres://a:secret@127.0.0.1:{free_port()}/a")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    worker = subprocess.Popen([*COMMAND, str(gone.pid)], env=os.environ | {"ANCRAGE_DATA": str(tmp_path)})
    try:
        assert worker.wait(timeout=LONGEST) in (0, -signal.SIGTERM)
    finally:
        worker.kill()
