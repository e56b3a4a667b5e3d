"""What an answer on a panel holds: who is kept, what is proved, what each quota costs, who could stand in."""

from dataclasses import dataclass

from ancrage.optimum import Proof
from ancrage.panel.longlist import Candidate, LongList
from ancrage.panel.quotas import Quota, Terms


@dataclass(frozen=True, slots=True)
class Search:
    """What a search took: branches explored and seconds."""

    nodes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class QuotaState:
    """What a panel makes of a quota: how many surely have the value, how many may, those in the list.

    For a quota on each value, the row nearest to its bound. ``missed``: structures missing or in excess.
    """

    quota: Quota
    value: str
    sure: int
    possible: int
    available: int
    missed: int


@dataclass(frozen=True, slots=True)
class QuotaCost:
    """What a quota costs: the diversity gained without it, and who would then come and go.

    ``proof`` is that of the panel without it; ``None`` when it was not searched, the cost being proved nil.
    """

    quota: Quota
    gain: float
    proof: Proof | None
    entering: tuple[Candidate, ...]
    leaving: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """The best structure to replace one of the panel, quotas kept, and the diversity lost."""

    candidate: Candidate
    loss: float


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The smallest set of quotas to give up. ``proven``: no smaller one exists. ``others``: as small ones."""

    quotas: tuple[QuotaState, ...]
    proven: bool
    others: tuple[tuple[Quota, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The answer. ``proof`` is in points of diversity; ``free``: the proof without any quota.

    ``settled``: no other panel as diverse was to be kept rather. ``stand_ins`` goes with ``chosen``,
    ``None`` where nobody can replace a structure. ``costs`` is empty when there is no quota or when they
    were not asked. ``relaxed`` tells what was given up, if anything was.
    """

    long_list: LongList
    terms: Terms
    chosen: tuple[int, ...]
    proof: Proof
    search: Search
    settled: bool
    quotas: tuple[QuotaState, ...]
    stand_ins: tuple[StandIn | None, ...]
    free: Proof | None = None
    costs: tuple[QuotaCost, ...] = ()
    relaxed: Relaxation | None = None

    @property
    def kept(self) -> tuple[Candidate, ...]:
        """The structures kept, by identifier."""
        return tuple(self.long_list.candidates[rank] for rank in self.chosen)
