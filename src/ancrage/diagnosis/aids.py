"""The aids of a territory: those of its authority, and those of the structures that are there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ancrage.aids.answering import AidAnswer, DayCatalogue
from ancrage.aids.families import serving
from ancrage.aids.opening import open_ours
from ancrage.aids.vocabulary import WORDS, Nature
from ancrage.diagnosis.model import TerritoryAid
from ancrage.facts.situation import Audience, Known, completed
from ancrage.facts.territory import FORMS, facts_of_authority, facts_of_place
from ancrage.reasoning import Verdict
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import ZoningAnswer

ORDER = (Verdict.OUI, Verdict.A_VERIFIER)


def aids_of(
    atlas: Atlas, territory: Territory, answers: Sequence[ZoningAnswer], *, cache: Path | None = None
) -> tuple[TerritoryAid, ...]:
    """Aids in force on the day that nothing known of the territory refuses, the authority's first."""
    day = open_ours(territory.on, cache=cache)
    found: list[TerritoryAid] = []
    if territory.kind in FORMS:
        facts = facts_of_authority(atlas, territory, answers=answers)
        found += _told(day, facts, territory, Audience.COLLECTIVITE)
    facts = facts_of_place(atlas, territory, answers=answers)
    found += _told(day, facts, territory, Audience.STRUCTURE)
    return tuple(found)


def _told(
    day: DayCatalogue, facts: Mapping[str, Known], territory: Territory, who: Audience
) -> Iterator[TerritoryAid]:
    situation = completed(facts, on=territory.on, default=who)
    kept, _ = serving(answer for answer in day.answers(situation) if answer.entry.ours)
    for verdict in ORDER:
        # What an answer would settle comes before what nobody can settle.
        for answer in sorted(_open(kept, verdict), key=lambda one: bool(one.entry.doubts)):
            yield _aid(answer, who, day.labels)


def _open(answers: Iterable[AidAnswer], verdict: Verdict) -> Iterator[AidAnswer]:
    """Aids in force with this verdict; one whose history is not known that day is not the territory's."""
    return (one for one in answers if one.verdict is verdict and one.entry.in_force)


def _aid(answer: AidAnswer, who: Audience, labels: Mapping[str, str]) -> TerritoryAid:
    entry = answer.entry
    return TerritoryAid(
        id=entry.id,
        name=entry.name,
        for_whom="collectivite" if who is Audience.COLLECTIVITE else "structure",
        verdict=answer.verdict,
        standing=answer.standing.value,
        nature=WORDS[Nature(entry.nature)],
        funder=entry.funder,
        desk=entry.desk["name"],
        desk_href=entry.desk["href"],
        missing=tuple(labels[fact] for fact in answer.missing),
        doubts=entry.doubts,
        since=date.fromisoformat(entry.since) if entry.since else None,
        until=date.fromisoformat(entry.until) if entry.until else None,
        text=entry.text["title"],
        text_href=entry.text["href"],
    )
