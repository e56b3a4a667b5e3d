"""What one fact tells of another (``implications.yaml``): what goes without saying is not asked."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.facts.declaration import Origin
from ancrage.facts.known import Known


class Implication(Declared):
    """``then`` holds when each fact of ``when`` has one of its values; ``why`` is a French sentence."""

    when: Mapping[str, tuple[str | bool, ...]] = Field(min_length=1)
    then: Mapping[str, str | bool] = Field(min_length=1)
    why: str

    def holds(self, situation: Mapping[str, Known]) -> bool:
        """Whether a situation meets ``when``; what is unknown never does."""
        return all(
            fact in situation and situation[fact].value in values for fact, values in self.when.items()
        )


@compiled("implications", "declarations", "facts", "language")
def implications() -> tuple[Implication, ...]:
    """Every declared implication, in order."""
    document = read_yaml((files(__package__) / "implications.yaml").read_text("utf-8"))
    return tuple(Implication.model_validate(row) for row in document["implications"])


def implied(situation: Mapping[str, Known]) -> dict[str, Known]:
    """The facts a situation implies and does not hold, each with the reason."""
    found: dict[str, Known] = {}
    known = dict(situation)
    for one in implications():
        if one.holds(known):
            for fact, value in one.then.items():
                if fact not in known:
                    known[fact] = found[fact] = Known(value, Origin.CALCULE, one.why)
    return found


def telling(fact: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Facts one of whose values tells this one by itself, each with all that it tells."""
    for one in implications():
        if fact in one.then and len(one.when) == 1:
            yield next(iter(one.when)), frozenset(one.then)
