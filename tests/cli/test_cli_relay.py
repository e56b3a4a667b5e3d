"""When a process that answers gives its place to a fresh one."""

import os
from pathlib import Path

import pytest

from ancrage.cli.relay import GROWTH, allowed
from ancrage.desk.ready import FOLDER, forget, is_ready, ready_with, say_ready

MEGA = 1 << 20


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
