"""Everything said of a request: the situation, the answers, what was put aside, what had to be warned of."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ancrage.aids.answering import AidAnswer, DayCatalogue
from ancrage.aids.desks import Directory, LocalDesk, local_desk, places_of
from ancrage.aids.families import PutAside
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import Detail
from ancrage.contacts.finding import Contacts
from ancrage.facts.declaration import Origin
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import Known, Situation
from ancrage.facts.values import plain
from ancrage.territories.territory import Territory

LEFT_OUT = frozenset({Class.FERMEE, Class.NON})
"""Classes of which a published aid is only counted: hundreds are refused to everybody."""


@dataclass(frozen=True, slots=True)
class AidReport:
    """Answers on a day. ``only`` are the aids asked by name, all of them when empty.

    ``departements``: those whose register filled facts. ``directory``: who answers where the reader is.
    """

    on: date
    name: str
    situation: Situation
    answers: tuple[AidAnswer, ...]
    aside: tuple[PutAside, ...]
    warnings: tuple[str, ...]
    catalogue: DayCatalogue
    only: tuple[str, ...] = ()
    territory: Territory | None = None
    departements: frozenset[str] = frozenset()
    contacts: Contacts | None = None
    directory: Directory = field(default_factory=dict)

    @property
    def placed(self) -> bool:
        """Whether it is known where the reader is."""
        return bool(places_of(self.situation))

    def desk_of(self, answer: AidAnswer) -> LocalDesk:
        """Whom to call about an aid."""
        return local_desk(answer.entry.desk, self.directory)

    def next_of(self, answer: AidAnswer) -> dict[str, Any]:
        """Whom to ask, how and by when; ``None`` for what is not known."""
        return {**self.desk_of(answer).as_json(self.on), "deadline": answer.entry.existence.deadline}

    @property
    def worth_telling(self) -> dict[str, Known]:
        """What is known, but for what goes without saying: the law where it holds, a no implied."""
        return {
            fact: known
            for fact, known in self.situation.items()
            if known.value is not None and not _goes_without_saying(fact, known)
        }

    @property
    def told(self) -> tuple[AidAnswer, ...]:
        """Answers worth telling one by one: of what others publish, only what may still be had."""
        if self.only:
            return self.answers
        return tuple(one for one in self.answers if one.entry.ours or one.standing not in LEFT_OUT)

    @property
    def published(self) -> dict[str, int]:
        """How many aids that others publish fall in each class; nothing where there are none."""
        return dict(Counter(one.standing.value for one in self.answers if not one.entry.ours))

    def as_json(self, detail: Detail = Detail.UTILE) -> dict[str, Any]:
        """Keys other tools rely on (``aids``), and all that explains them: everything of aids named."""
        told = Detail.TOUT if self.only else detail
        return {
            "name": self.name,
            "facts": {fact: _known(known) for fact, known in self.situation.items()},
            "aids": [{**answer.as_json(told), "next": self.next_of(answer)} for answer in self.told],
            "published": self.published,
            "put_aside": [
                {"id": one.answer.entry.id, "name": one.answer.entry.name, "reason": one.reason}
                for one in self.aside
            ],
        }


def _goes_without_saying(fact: str, known: Known) -> bool:
    expected = fact in LAW_FACTS
    return known.origin is Origin.CALCULE and known.value is expected


def _known(known: Known) -> Mapping[str, Any]:
    return {"value": plain(known.value), "origin": known.origin.value, "note": known.note}
