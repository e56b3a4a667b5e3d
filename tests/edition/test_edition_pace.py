"""How long a build still takes: told by the last one, corrected by what this one measures."""

import io

import pytest
from rich.console import Console

from ancrage.cli.building import build_progress, remaining
from ancrage.edition.pace import REGISTER, SECONDS, WORTH, Pace, expected
from ancrage.sources.snapshots import SnapshotStore


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self):
        return self.now


def begun(expected_seconds, *steps):
    """A pace whose steps took the seconds told; the last one goes on."""
    clock = Clock()
    pace = Pace(expected_seconds, clock)
    for step, took in steps:
        pace.begin(step)
        clock.now += took
    return pace


def test_before_anything_is_measured_what_remains_is_what_was_expected():
    assert begun({"a": 10, "b": 20}, ("a", 0)).remaining() == 30


def test_a_machine_twice_as_slow_as_expected_is_expected_to_remain_so():
    assert begun({"a": 100, "b": 50}, ("a", 200), ("b", 0)).remaining() == pytest.approx(100, rel=0.02)


def test_a_step_longer_than_expected_still_has_something_to_do():
    late = begun({"a": 10, "b": 20}, ("a", 500))
    assert late.remaining() == 21
    assert 0.9 < late.done() < 1


def test_the_last_build_of_the_machine_is_believed_and_the_register_follows_the_size_of_its_files(
    tmp_path,
):
    told = {"pace": {"seconds": {REGISTER: 300.0, "Guichets": 4.0, "autre": 9.0}, "received": 2 * WORTH}}
    seconds = expected(SnapshotStore(tmp_path), told)
    assert seconds.keys() == SECONDS.keys()
    assert (seconds["Guichets"], seconds[REGISTER]) == (4.0, 100.0)


@pytest.mark.parametrize("manifest", [{}, {"pace": None}])
def test_a_machine_that_never_built_believes_our_own_measure(tmp_path, manifest):
    assert expected(SnapshotStore(tmp_path), manifest) == SECONDS


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(59, "moins d'une minute"), (60, "environ 1 minute"), (100, "environ 2 minutes")],
)
def test_what_remains_is_told_to_the_minute(seconds, told):
    assert remaining(seconds).replace("\u00a0", " ").replace("\u202f", " ") == told


def drawn(*, terminal):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100)
    with build_progress(console) as progress:
        progress("Zonages et programmes", begun({"a": 60, "b": 540}, ("a", 60)))
        progress.bar.refresh()
    return console.file.getvalue()


def test_a_terminal_shows_the_step_its_share_and_what_remains():
    told = drawn(terminal=True)
    assert "Zonages et programmes" in told
    assert "10 %" in told
    assert "environ 9" in told


def test_a_pipe_has_one_bare_line_a_step_and_no_bar(capsys):
    assert drawn(terminal=False) == ""
    assert capsys.readouterr().err == "  · Zonages et programmes\n"
