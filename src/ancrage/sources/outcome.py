"""What a synchronisation did, resource by resource."""

from dataclasses import dataclass
from enum import StrEnum

from ancrage.errors import AncrageError, SourceContentError, SourceUnavailableError
from ancrage.repairs import Repair
from ancrage.sources.snapshots import Snapshot


class State(StrEnum):
    """What became of a resource; the values are shown."""

    NEW = "nouveau"
    UNCHANGED = "inchangé"
    LEFT = "laissé"
    FAILED = "échec"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One resource: ``snapshot`` is the one in place afterwards, ``told`` says in French what to know."""

    source: str
    resource: str
    state: State
    snapshot: Snapshot | None = None
    told: str = ""
    repairs: tuple[Repair, ...] = ()
    error: AncrageError | None = None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """All outcomes, in the order of the sources."""

    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Resources that were asked for and did not come."""
        return tuple(outcome for outcome in self.outcomes if outcome.state is State.FAILED)

    @property
    def changed(self) -> bool:
        """Whether at least one new snapshot is there, and a warehouse built before is out of date."""
        return any(outcome.state is State.NEW for outcome in self.outcomes)

    def failure(self) -> AncrageError | None:
        """One error that speaks for all the failures, or ``None``."""
        errors = [outcome.error for outcome in self.failures if outcome.error]
        if len(errors) <= 1:
            return errors[0] if errors else None
        content = all(isinstance(error, SourceContentError) for error in errors)
        names = ", ".join(f"{outcome.source}/{outcome.resource}" for outcome in self.failures)
        return (SourceContentError if content else SourceUnavailableError)(
            f"{len(errors)} ressources sur {len(self.outcomes)} n'ont pas été synchronisées : {names}.",
            "Leurs données précédentes restent en place ; le détail est dit pour chacune.",
        )
