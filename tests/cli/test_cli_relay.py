"""When a server is said to answer, and when a process that answers gives its place to a fresh one."""

import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import httpx
import pytest

from ancrage.cli.first_answer import told_once_answering
from ancrage.cli.relay import GROWTH, allowed
from ancrage.desk.ready import FOLDER, forget, is_ready, ready_with, say_ready

MEGA = 1 << 20
ALONE = {"Connection": "close"}
ANSWERING = """
import asyncio
import os
import time
from pathlib import Path

from ancrage.desk.ready import say_ready

held = [b"x" * (100 << 20)]
with Path("born").open("a") as born:
    born.write(f"{os.getpid()}\\n")
time.sleep(2.5)

def application(scope, protocol):
    if scope.path == "/grossir":
        held.append(b"x" * (200 << 20))
    protocol.response_str(200, [("content-type", "text/plain")], str(os.getpid()))

class Application:
    async def __rsgi__(self, scope, protocol):
        if scope.path == "/long":
            await asyncio.sleep(9)
        application(scope, protocol)

app = Application()
say_ready()
"""
SERVING = """
import sys

from ancrage.cli.relay import Relay, marks_kept

if __name__ == "__main__":
    with marks_kept():
        Relay("answering:app", port=int(sys.argv[1]), interface="rsgi", workers=1, rss_sample_interval=1,
              workers_max_rss=1, respawn_interval=0.1, workers_kill_timeout=1).serve()
"""


def test_a_server_is_said_to_answer_once_its_first_page_does() -> None:
    told = threading.Event()
    with (
        HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server,  # listens, answers nobody yet
        told_once_answering("0.0.0.0", server.server_port, told.set),  # noqa: S104
    ):
        assert not told.wait(1)
        threading.Thread(target=server.handle_request).start()
        assert told.wait(30)


def test_the_memory_asked_holds_unless_a_ready_process_is_already_near_it() -> None:
    asked = 550 * MEGA
    assert allowed(asked, [0, 300 * MEGA]) == asked
    assert allowed(asked, [300 * MEGA, 500 * MEGA]) == round(500 * MEGA * GROWTH)
    assert allowed(asked, []) == asked


def test_a_process_says_once_ready_what_it_holds_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    mine = os.getpid()
    assert not is_ready(str(tmp_path), mine)
    assert ready_with(str(tmp_path), mine) == 0
    say_ready()
    assert is_ready(str(tmp_path), mine)
    assert 10 * MEGA < ready_with(str(tmp_path), mine) < 100_000 * MEGA
    assert [one.name for one in tmp_path.iterdir()] == [str(mine)]
    forget(str(tmp_path), mine)
    assert not is_ready(str(tmp_path), mine)


def test_a_process_that_grew_gives_its_place_and_nobody_is_refused_nor_cut(tmp_path: Path) -> None:
    """It may hold a quarter more than when it was ready, however little was asked for."""
    (tmp_path / "answering.py").write_text(ANSWERING)
    (tmp_path / "serving.py").write_text(SERVING)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sources = Path(sys.modules["ancrage"].__path__[0]).parent
    server = subprocess.Popen(
        [sys.executable, "serving.py", str(port)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(sources)))},
    )
    again = httpx.HTTPTransport(retries=8)
    try:
        with (
            ThreadPoolExecutor() as away,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=again, headers=ALONE) as site,
        ):
            first = site.get("/").text
            assert (tmp_path / "born").read_text().split() == [first], "one that opens is not replaced"
            time.sleep(2.5)
            assert site.get("/").text == first
            long = away.submit(httpx.get, f"http://127.0.0.1:{port}/long", timeout=60)
            site.get("/grossir")
            end = time.monotonic() + 60
            while (now := site.get("/").text) == first and time.monotonic() < end:
                time.sleep(0.05)
            assert now != first
            assert long.result().text == first
    finally:
        server.terminate()
        server.wait(30)
