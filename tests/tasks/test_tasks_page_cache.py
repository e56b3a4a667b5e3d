"""Pages kept in memory stay under a number of bytes."""

import pickle
from typing import Any

from ancrage.desk.caches import BoundedMemory


def memory(most: int) -> Any:
    made = BoundedMemory(f"essai-{most}", {"OPTIONS": {"MOST_BYTES": most, "MAX_ENTRIES": 1_000}})
    made.clear()
    return made


def test_pages_kept_never_weigh_more_than_told_and_the_last_asked_stays() -> None:
    kept = memory(10_000)
    for number in range(50):
        kept.set(str(number), b"x" * 1_000)
        assert kept.get("0") is not None  # asked each time: it never leaves
        assert kept.weight <= 10_000
    assert kept.get("49") is not None
    assert kept.get("5") is None


def test_a_page_heavier_than_all_is_kept_alone() -> None:
    kept = memory(1_000)
    kept.set("small", b"x")
    kept.set("large", b"x" * 5_000)
    assert kept.get("small") is None
    assert kept.weight == len(pickle.dumps(b"x" * 5_000, kept.pickle_protocol))
