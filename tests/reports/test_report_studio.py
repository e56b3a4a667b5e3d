"""Charts are drawn by a process of their own: it dies, sleeps or grows, and whoever asked is answered."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import vl_convert

from ancrage.errors import DrawingError
from ancrage.reports import painter
from ancrage.reports.drawing import LOCALE
from ancrage.reports.studio import PAINTER, Studio

SPEC = {
    "data": {"values": [{"qui": "Communes où", "combien": 1234.5}, {"qui": "« b »", "combien": 0}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "qui", "type": "nominal"},
        "y": {"field": "combien", "type": "quantitative"},
    },
}
EXPECTED = vl_convert.vegalite_to_svg(SPEC, format_locale=LOCALE, allowed_base_urls=[])
LONG = 60
ORDERING = """
import os, sys
from ancrage.reports.studio import studio
studio.draw({"data": {"values": [{"a": 1}]}, "mark": "bar"}, {})
print(studio.painter.pid, flush=True)
os._exit(0)
"""


@pytest.fixture
def studio() -> Iterator[Studio]:
    made = Studio(LONG)
    yield made
    made.close()


def draw(studio: Studio) -> str:
    return studio.draw(SPEC, LOCALE)


def pid(studio: Studio) -> int:
    assert studio.painter is not None
    return studio.painter.pid


def wait_for(true: Callable[[], object]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_drawing_made_apart_is_the_drawing_to_the_letter_and_a_picture_to_the_byte(studio: Studio) -> None:
    svg = draw(studio)
    assert svg == EXPECTED
    assert studio.picture(svg, 2.5) == vl_convert.svg_to_png(svg, scale=2.5)


def test_one_painter_draws_for_all_the_threads_of_a_process_and_each_gets_its_own(studio: Studio) -> None:
    drawn: dict[int, str] = {}

    def ask(rank: int) -> None:
        drawn[rank] = studio.draw(SPEC | {"width": 100 + rank}, LOCALE)

    askers = [threading.Thread(target=ask, args=(rank,)) for rank in range(8)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert drawn == {
        rank: vl_convert.vegalite_to_svg(SPEC | {"width": 100 + rank}, format_locale=LOCALE)
        for rank in range(8)
    }


def test_a_wrong_specification_is_told_and_the_painter_goes_on(studio: Studio) -> None:
    with pytest.raises(ValueError, match="Vega-Lite"):
        studio.draw({"mark": 3}, LOCALE)
    first = pid(studio)
    assert draw(studio) == EXPECTED
    assert pid(studio) == first


def test_a_painter_killed_in_the_middle_is_replaced_and_the_drawing_done_again(studio: Studio) -> None:
    draw(studio)
    first = pid(studio)
    os.kill(first, signal.SIGSTOP)  # the order it gets stays in its hands
    threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
    assert draw(studio) == EXPECTED
    assert pid(studio) != first


def test_a_painter_killed_each_time_ends_in_a_sentence(studio: Studio) -> None:
    over = threading.Event()

    def kill() -> None:
        while not over.is_set():
            if (found := studio.painter) is not None and found.returncode is None:
                found.send_signal(signal.SIGKILL)
            time.sleep(0.001)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(DrawingError, match="s’est arrêté deux fois de suite"):
            draw(studio)
    finally:
        over.set()
        killer.join()
    assert draw(studio) == EXPECTED


def test_a_painter_that_does_not_answer_is_killed_in_its_time_and_told(studio: Studio) -> None:
    draw(studio)
    first = pid(studio)
    os.kill(first, signal.SIGSTOP)
    studio.patience = 1
    with pytest.raises(DrawingError, match="il a pris plus de 1 s"):
        draw(studio)
    assert not is_alive(first)
    studio.patience = LONG
    assert draw(studio) == EXPECTED


def test_after_two_failures_in_a_minute_nobody_waits_until_the_next_try(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = tmp_path / "painter.py"
    deaf.write_text("import time; time.sleep(60)", "utf-8")
    studio.script, studio.patience = deaf, 1
    told: list[str] = []

    def ask() -> None:
        with pytest.raises(DrawingError) as refused:
            draw(studio)
        told.append(refused.value.message)

    askers = [threading.Thread(target=ask) for _ in range(6)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert sum("plus de 1 s" in one for one in told) == 2
    assert sum("le prochain essai est dans" in one or "d’autres dessins" in one for one in told) == 4
    studio.script, studio.patience = PAINTER, LONG
    ask()
    monkeypatch.setattr("ancrage.reports.studio.REST_SECONDS", 0)
    assert draw(studio) == EXPECTED


def test_a_painter_nobody_asks_anything_of_ends_and_another_one_comes() -> None:
    studio = Studio(LONG, idle=1)
    draw(studio)
    first = studio.painter
    wait_for(lambda: first is None or first.poll() is not None)
    assert draw(studio) == EXPECTED
    studio.close()


def test_a_painter_ends_with_the_process_it_draws_for() -> None:
    done = subprocess.run([sys.executable, "-c", ORDERING], capture_output=True, text=True, check=True)
    wait_for(lambda: not is_alive(int(done.stdout)))


def test_a_painter_that_holds_too_much_gives_its_place_up_once_its_drawing_is_given(tmp_path: Path) -> None:
    content = Path(painter.__file__).read_text("utf-8")
    light = tmp_path / "painter.py"
    light.write_text(content.replace(f"MOST_MB = {painter.MOST_MB}", "MOST_MB = 40"), "utf-8")
    studio = Studio(LONG, script=light)
    assert draw(studio) == EXPECTED
    first = studio.painter
    wait_for(lambda: first is None or first.poll() is not None)
    assert draw(studio) == EXPECTED
    assert studio.painter is not first
    studio.close()
