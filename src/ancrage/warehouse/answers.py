"""Answers kept in memory under a number of bytes: those not asked for longest leave first."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from ancrage.warehouse.weighing import weight

MOST_BYTES = 128_000_000
"""What the answers of an edition may hold in a process."""


@dataclass(frozen=True, slots=True)
class _Entry:
    answer: Any
    bytes: int


class KeptAnswers:
    """The last answers of many questions: so many a question, and no more than ``most`` bytes in all.

    ``without``: objects that answers refer to and do not hold. The latest answer always stays, whatever it
    weighs. Several threads may share it.
    """

    def __init__(self, most: int = MOST_BYTES, *, without: Iterable[object] = ()) -> None:
        self.most, self.bytes = most, 0
        self._without = tuple(without)
        self._entries: OrderedDict[tuple[Hashable, Hashable], _Entry] = OrderedDict()
        self._of: defaultdict[Hashable, OrderedDict[Hashable, None]] = defaultdict(OrderedDict)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, question: Hashable, asked: Hashable) -> tuple[Any] | None:
        """The answer kept, in a tuple of one; ``None`` when it is not."""
        with self._lock:
            entry = self._entries.get((question, asked))
            if entry is None:
                return None
            self._entries.move_to_end((question, asked))
            self._of[question].move_to_end(asked)
            return (entry.answer,)

    def put(self, question: Hashable, asked: Hashable, answer: Any, *, answers: int) -> None:
        """Keep an answer, and at most ``answers`` of its question."""
        entry = _Entry(answer, weight(answer, without=self._without))
        with self._lock:
            self._forget(question, asked)
            self._entries[question, asked] = entry
            self._of[question][asked] = None
            self.bytes += entry.bytes
            while len(self._of[question]) > answers:
                self._forget(question, next(iter(self._of[question])))
            while self.bytes > self.most and len(self._entries) > 1:
                self._forget(*next(iter(self._entries)))

    def _forget(self, question: Hashable, asked: Hashable) -> None:
        if (left := self._entries.pop((question, asked), None)) is not None:
            self.bytes -= left.bytes
            self._of[question].pop(asked, None)
