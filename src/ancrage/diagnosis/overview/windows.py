"""What opens or closes soon here: the windows of aids that nothing known of the territory refuses."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from ancrage.aids.answering import AidAnswer
from ancrage.aids.families import serving
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.opening import open_day
from ancrage.aids.standing import Class, State
from ancrage.diagnosis.overview.model import Window
from ancrage.facts.situation import Audience, Known, completed
from ancrage.facts.territory import FORMS, facts_of_authority, facts_of_place
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

SOON = timedelta(days=400)
SHOWN, OF_ONE_FUNDER = 5, 2
WORTH_TELLING = (Class.DROIT, Class.A_DEMANDER, Class.REPONSE_MANQUANTE, Class.A_CONFIRMER)
"""Classes of what somebody of here may still ask for."""
OPENS, CLOSES = "ouvre", "ferme"


def windows_of(atlas: Atlas, territory: Territory, *, cache: Path, shelf: Shelf) -> tuple[Window, ...]:
    """The next windows, the nearest first; an aid told to both audiences is told once."""
    found: dict[tuple[str, date], Window] = {}
    ours: set[str] = set()
    for who, facts in _readers(atlas, territory):
        situation = completed(facts, on=territory.on, default=who)
        kept, _ = serving(open_day(territory.on, cache=cache, shelf=shelf).answers(situation))
        for answer in kept:
            windows = tuple(_windows(answer, who, territory.on))
            if windows and _worth_telling(answer):
                ours |= {answer.entry.id} if answer.entry.ours else set()
                for window in windows:
                    found.setdefault((window.aid, window.day), window)
    return tuple(_varied(sorted(found.values(), key=lambda one: (one.day, one.aid not in ours, one.name))))


def _worth_telling(answer: AidAnswer) -> bool:
    return answer.standing in WORTH_TELLING or answer.entry.existence.state is State.ANNONCEE


def _varied(windows: Iterable[Window]) -> Iterator[Window]:
    """The first ones, few of the same funder: the end of a year closes many at once."""
    told: Counter[str] = Counter()
    for one in windows:
        told[one.funder] += 1
        if told[one.funder] <= OF_ONE_FUNDER and told.total() - _beyond(told) <= SHOWN:
            yield one


def _beyond(told: Counter[str]) -> int:
    return sum(max(0, count - OF_ONE_FUNDER) for count in told.values())


def _readers(atlas: Atlas, territory: Territory) -> Iterator[tuple[Audience, dict[str, Known]]]:
    if territory.kind in FORMS:
        yield Audience.COLLECTIVITE, facts_of_authority(atlas, territory)
    yield Audience.STRUCTURE, facts_of_place(atlas, territory)


def _windows(answer: AidAnswer, who: Audience, on: date) -> Iterator[Window]:
    entry = answer.entry
    told = [(one["day"], one["kind"], one["label"]) for one in entry.deadlines]
    told += [(entry.until, "cloture", "Dernier jour")] if entry.until else []
    told += [(entry.existence.since, "ouverture", "Premier jour")] if entry.existence.since else []
    first, last = on.isoformat(), (on + SOON).isoformat()
    for day, kind, label in told:
        if first < day <= last:
            ends = date.fromisoformat(day)
            yield Window(
                aid=entry.id,
                name=entry.name,
                funder=entry.funder,
                for_whom="collectivite" if who is Audience.COLLECTIVITE else "structure",
                event=OPENS if kind == "ouverture" else CLOSES,
                day=ends,
                days_left=(ends - on).days,
                label=label,
            )
