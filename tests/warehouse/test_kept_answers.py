"""What a process keeps of its answers stays under a number of bytes, and what is asked most stays."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.edition.opening import open_edition
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.answers import KeptAnswers
from ancrage.warehouse.weighing import weight


@dataclass(frozen=True, slots=True)
class Held:
    name: str
    values: tuple[int, ...]


@pytest.mark.parametrize(
    ("answer", "least", "most"),
    [
        ("x" * 1_000_000, 1_000_000, 1_001_000),
        (b"x" * 1_000_000, 1_000_000, 1_001_000),
        (np.zeros(125_000), 1_000_000, 1_001_000),
        (pl.DataFrame({"a": np.zeros(125_000)}), 1_000_000, 1_100_000),
        ([str(number) * 100 for number in range(10_000)], 4_000_000, 6_000_000),
        (Held("x" * 500_000, tuple(range(10_000))), 800_000, 1_000_000),
        (dict.fromkeys(range(3), "x" * 1000), 1_000, 5_000),
    ],
)
def test_an_answer_weighs_about_what_it_holds(answer, least, most):
    assert least <= weight(answer) <= most


def test_an_answer_that_refers_to_itself_is_weighed_once():
    loop: list[object] = ["x" * 1_000]
    loop.append(loop)
    assert weight(loop) < 2_000


class Filled:
    """An answer whose properties are worked out when first asked, and kept with it."""


@pytest.fixture
def threads_that_take_turns_often():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("threads_that_take_turns_often")
def test_an_answer_that_another_thread_fills_meanwhile_is_weighed_all_the_same():
    shared, over = Filled(), threading.Event()

    def fill():
        while not over.is_set():
            for number in range(60):
                vars(shared)[f"property_{number}"] = number
            vars(shared).clear()

    other = threading.Thread(target=fill)
    other.start()
    try:
        assert all(weight(shared) > 0 for _ in range(3_000))
    finally:
        over.set()
        other.join()


def test_what_an_answer_refers_to_and_does_not_hold_is_not_weighed():
    heavy = "x" * 1_000_000
    assert weight([heavy, "y"], without=[heavy]) < 1_000


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 400)), max_size=60))
def test_never_more_bytes_than_told_nor_more_answers_of_a_question(asked):
    kept = KeptAnswers(1_000)
    for question, parameter, size in asked:
        kept.put(question, parameter, b"x" * size, answers=3)
        assert kept.get(question, parameter) == (b"x" * size,)
        assert kept.bytes <= 1_000 or len(kept) == 1
        for each in range(4):
            assert sum(kept.get(each, one) is not None for one in range(10)) <= 3


def test_what_was_asked_last_stays_and_an_answer_heavier_than_all_is_kept_alone():
    kept = KeptAnswers(1_000)
    for parameter in range(3):
        kept.put("q", parameter, b"x" * 300, answers=9)
    assert kept.get("q", 0)
    kept.put("q", 3, b"x" * 300, answers=9)
    assert (kept.get("q", 0), kept.get("q", 1)) == ((b"x" * 300,), None)
    kept.put("q", 4, b"x" * 5_000, answers=9)
    assert len(kept) == 1


def test_threads_share_it_and_its_count_of_bytes_stays_true():
    kept = KeptAnswers(5_000)
    begin = threading.Barrier(8)

    def ask(mine: int) -> None:
        begin.wait()
        for number in range(500):
            kept.put(mine % 2, number % 17, b"x" * (number % 300), answers=8)
            kept.get((mine + 1) % 2, number % 17)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    held = [entry.bytes for of in kept._of.values() for entry in of.values()]
    assert kept.bytes == sum(held) <= 5_000


def test_an_atlas_asked_everything_keeps_no_more_than_told(embedded: Path):
    with open_edition(embedded, resident=True) as warehouse:
        atlas = Atlas(warehouse, today=date(2026, 11, 23))
        atlas.answers.most = 200_000
        codes = [row["code"] for row in warehouse.rows("SELECT code FROM commune WHERE vintage = 2026")][:900]
        asked = atlas.keeping(lambda _atlas, code: [code] * 500)
        for code in codes:
            assert asked(code)[0] == code
        assert 0 < atlas.answers.bytes <= 200_000


def test_what_every_visitor_needs_never_leaves_for_what_one_asked(embedded: Path):
    with open_edition(embedded, resident=True) as warehouse:
        atlas = Atlas(warehouse, today=date(2026, 11, 23))
        atlas.answers.most = 200_000
        names, asked = [], atlas.keeping(lambda _atlas, code: [code] * 500)

        def index(_atlas: Atlas, vintage: int) -> bytes:
            names.append(vintage)
            return b"x" * 1_000_000

        held = atlas.holding(index)
        for vintage in (2026, 2025, 2026):
            held(vintage)
            for number in range(200):
                asked(number)
        assert names == [2026, 2025]
        assert 0 < atlas.answers.bytes <= 200_000
