"""Whole-number programs solved by HiGHS, with what was proved.

HiGHS is reached through SciPy: its own interface writes a banner on the standard output, where answers in
JSON go, and all it offers beyond, a first choice handed to the solver, changes nothing at these sizes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from ancrage.deferred import Deferred

if TYPE_CHECKING:
    from scipy import optimize, sparse
else:
    optimize = Deferred("scipy.optimize")
    sparse = Deferred("scipy.sparse")

Floats = NDArray[np.float64]

EXACT = 1e-6
"""Relative gap under which a value is its own bound: what HiGHS itself tolerates on a constraint."""

LEAST_SECONDS = 0.05
ATTENTION = 0.1
"""Seconds after which a request to stop is heard."""

IMPOSSIBLE = 2
"""Status of SciPy when no x satisfies the rows."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a choice: its value, and what no choice can go beyond (both in the model's unit)."""

    value: float
    bound: float

    @property
    def gap(self) -> float:
        """At most how much better a choice could be, 0 to 1, relative to the larger of value and bound."""
        largest = max(abs(self.value), abs(self.bound))
        return abs(self.value - self.bound) / largest if largest else 0.0

    @property
    def proven(self) -> bool:
        """Whether the choice is proved to be the best."""
        return self.gap <= EXACT


@dataclass(frozen=True, slots=True)
class Clock:
    """Time left of a limit in seconds."""

    end: float

    @classmethod
    def of(cls, seconds: float) -> Self:
        """A clock that starts now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.end - time.monotonic())


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Minimise ``costs @ x`` with ``low <= rows @ x <= high`` and 0 ≤ x ≤ 1.

    ``whole`` says which x are 0 or 1. Shapes: costs and whole (n,), rows (m, n) sparse, low and high (m,).
    ``gap``: relative gap at which the search may stop.
    """

    costs: Floats
    rows: sparse.csr_array
    low: Floats
    high: Floats
    whole: NDArray[np.bool_]
    gap: float = EXACT / 10

    def solve(self, seconds: float) -> Found:
        """Best x found in time, and what was proved of it."""
        found = _attentively(
            lambda: optimize.milp(
                self.costs,
                integrality=self.whole.astype(np.uint8),
                bounds=optimize.Bounds(0, 1),
                constraints=optimize.LinearConstraint(self.rows, self.low, self.high),
                options={"time_limit": max(seconds, LEAST_SECONDS), "mip_rel_gap": self.gap},
            )
        )
        return Found(
            values=None if found.x is None else np.asarray(found.x, np.float64),
            bound=-np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound),
            nodes=int(found.mip_node_count or 0),
            impossible=found.status == IMPOSSIBLE,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the solver gives back: x if any was found, and the proven bound on the cost (−∞ when unknown).

    ``nodes``: branches explored. ``impossible``: proved that no x satisfies the rows.
    """

    values: Floats | None
    bound: float
    nodes: int
    impossible: bool


def _attentively(work: Callable[[], Any]) -> Any:
    """Have the engine work beside the main thread: whoever asks to stop is heard before it has finished."""
    if threading.current_thread() is not threading.main_thread():
        return work()
    given: Future[Any] = Future()

    def run() -> None:
        try:
            given.set_result(work())
        except BaseException as error:
            given.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    while True:
        with suppress(TimeoutError):
            return given.result(timeout=ATTENTION)
