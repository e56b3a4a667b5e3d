"""Weak criteria, and the tools of the report that would strengthen them, ranked by a sum one can redo.

A criterion weighs 5 less its retained level: 4 at level 1, 3 at level 2. A tool scores the sum of the
weights of the weak criteria it acts on, which is their mean weight times their number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ancrage.grid.criteria import HIGHEST, Actor, Criterion, criteria
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import read_levers
from ancrage.reasoning import Verdict

WEAK = 2
"""Highest level that is weak."""
MIDDLING = 3
"""Level that counts as to be strengthened when no criterion is weak."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A weak criterion and its retained level (the lowest of all roles)."""

    criterion: Criterion
    level: int

    @property
    def weight(self) -> int:
        """Levels that separate it from the highest, 1 to 4."""
        return HIGHEST - self.level


@dataclass(frozen=True, slots=True)
class RankedTool:
    """A tool, its score, and the weak criteria it acts on, the weakest first.

    ``competence`` is what the texts say of the decision-maker's right to use it; ``None`` when none is asked.
    """

    number: int
    label: str
    strengthens: tuple[Weakness, ...]
    competence: Verdict | None = None

    @property
    def score(self) -> int:
        """Sum of the weights of what it strengthens."""
        return sum(one.weight for one in self.strengthens)


def weaknesses(lowest: Mapping[str, int | None]) -> tuple[Weakness, ...]:
    """Weak criteria, the weakest first: levels 1 and 2 or, without any, level 3. Unknown is not weak."""
    known = {one: level for one in criteria() if (level := lowest[one.id]) is not None}
    threshold = WEAK if min(known.values(), default=HIGHEST) <= WEAK else MIDDLING
    kept = [Weakness(one, level) for one, level in known.items() if level <= threshold]
    return tuple(sorted(kept, key=lambda one: (one.level, one.criterion.number)))


def rank_tools(weak: Sequence[Weakness], authority: Actor | None = None) -> tuple[RankedTool, ...]:
    """Tools that act on at least one weak criterion, by score, then number of criteria, then tool number.

    Those that the texts refuse to the authority are left out; those they leave open are kept, and say so.
    """
    made = (
        RankedTool(
            tool.number,
            tool.name,
            tuple(one for one in weak if tool.number in one.criterion.tools),
            tool.competence[Authority(authority.value)].verdict if authority else None,
        )
        for tool in read_levers().tools.values()
    )
    kept = (tool for tool in made if tool.strengthens and tool.competence is not Verdict.NON)
    return tuple(sorted(kept, key=lambda tool: (-tool.score, -len(tool.strengthens), tool.number)))
