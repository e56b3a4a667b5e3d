"""Answers kept in memory under a number of bytes: those not asked for longest leave first."""

import threading
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from ancrage.warehouse.weighing import weight

MOST_BYTES = 16_000_000
"""What the answers of an edition may hold in a process: a place visited takes some seven hundred thousand."""


@dataclass(slots=True)
class _Entry:
    answer: tuple[Any]
    bytes: int
    used: int


class KeptAnswers:
    """The last answers of many questions: so many a question, and no more than ``most`` bytes in all.

    ``without``: objects that answers refer to and do not hold. The latest answer always stays, whatever it
    weighs. Several threads may share it; finding an answer takes no lock.
    """

    def __init__(self, most: int = MOST_BYTES, *, without: Iterable[object] = ()) -> None:
        self.most, self.bytes = most, 0
        self._without = tuple(without)
        self._of: dict[Hashable, dict[Hashable, _Entry]] = {}
        self._clock = count()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def get(self, question: Hashable, asked: Hashable) -> tuple[Any] | None:
        """The answer kept, in a tuple of one; ``None`` when it is not."""
        entry = self._of[question].get(asked) if question in self._of else None
        if entry is None:
            return None
        entry.used = next(self._clock)
        return entry.answer

    def put(self, question: Hashable, asked: Hashable, answer: Any, *, answers: int) -> None:
        """Keep an answer, and at most ``answers`` of its question."""
        entry = _Entry((answer,), weight(answer, without=self._without), next(self._clock))
        with self._lock:
            of = self._of.setdefault(question, {})
            self._forget(question, asked)
            of[asked] = entry
            self.bytes += entry.bytes
            while len(of) > answers:
                self._forget(question, min(of, key=lambda one: of[one].used))
            while self.bytes > self.most and len(self) > 1:
                self._forget(*self._oldest())

    def _oldest(self) -> tuple[Hashable, Hashable]:
        every = (
            (entry.used, question, asked) for question, of in self._of.items() for asked, entry in of.items()
        )
        _, question, asked = min(every, key=lambda one: one[0])
        return question, asked

    def _forget(self, question: Hashable, asked: Hashable) -> None:
        if (left := self._of[question].pop(asked, None)) is not None:
            self.bytes -= left.bytes
