"""What is noted of what one may follow on public pages: a territory, aids, a zoning, structures."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ancrage.aids.catalogue import load_aids
from ancrage.alerts.large import kept_of, side_of
from ancrage.changes import structures as changed_structures
from ancrage.changes import zonings as changed_zonings
from ancrage.changes.aids import AHEAD, SOON, of_published
from ancrage.changes.aids import of_aid as noted_of_aid
from ancrage.changes.noting import Noted, Reading, Sort
from ancrage.changes.reading import read as read_side
from ancrage.edition.opened import Opened
from ancrage.errors import InvalidQuestionError
from ancrage.language.numbers import plain_number
from ancrage.questions.question import Asking
from ancrage.register.catalogue import families
from ancrage.territories.zonings.declaration import get_zoning

MOST_STRUCTURES = 5_000
"""Structures that one alert follows: past that, a narrower list is asked for."""


def of_territory(question: Any, opened: Opened, on: date, gone_since: date) -> Reading:
    """Everything of a territory, of the sorts asked; its structures apart when it is large."""
    return kept_of(side_of(question, opened, on, gone_since), question.sorts or tuple(Sort))


def territory_agenda(question: Any, opened: Opened, on: date) -> Iterator[Noted]:
    """The last days of the aids of a territory that come soon, as its own calendar shows them."""
    found = read_side(side_of(question, opened, on, on), (Sort.ECHEANCE,))
    return iter(found.values())


def territory_label(question: Any, place: str) -> str:
    """« Territoire : Faux-la-Montagne », and the sorts when only some are followed."""
    sorts = ", ".join(sort.label.lower() for sort in question.sorts)
    return f"Territoire : {place}{f' ({sorts})' if sorts else ''}"


def of_search(question: Any, opened: Opened, on: date, _gone_since: date) -> Reading:
    """The aids that a search finds."""
    return {one.key: one for one in _aids(opened, on, _found(question, opened, on))}


def search_agenda(question: Any, opened: Opened, on: date) -> Iterator[Noted]:
    """The last days of the aids that a search finds."""
    return _last_days(opened, on, _found(question, opened, on))


def _found(question: Any, opened: Opened, on: date) -> set[str]:
    asked = question.model_copy(update={"on": on, "limit": None})
    answer = asked.answer(Asking(opened, on, paged=True))
    return {hit.document.id for hit in answer.facts.found.hits}


def search_label(question: Any, place: str) -> str:
    """« Recherche d’aides « emploi » à Faux-la-Montagne »."""
    told = (f"« {question.text} »" if question.text else "", f"à {place}" if place else "")
    return " ".join(("Recherche d’aides", *filter(None, told)))


def of_aid(question: Any, opened: Opened, on: date, _gone_since: date) -> Reading:
    """An aid and its last days."""
    return {one.key: one for one in _aids(opened, on, {question.aid})}


def aid_agenda(question: Any, opened: Opened, on: date) -> Iterator[Noted]:
    """The last days of an aid."""
    return _last_days(opened, on, {question.aid})


def _last_days(opened: Opened, on: date, wanted: set[str]) -> Iterator[Noted]:
    return (one for one in _aids(opened, on, wanted, AHEAD) if one.sort is Sort.ECHEANCE)


def aid_label(question: Any, _place: str) -> str:
    """« Aide : FDVA »."""
    aid = load_aids().get(question.aid)
    return f"Aide : {aid.name if aid else question.aid}"


def _aids(opened: Opened, on: date, wanted: set[str], within: timedelta = SOON) -> Iterator[Noted]:
    known = load_aids()
    for identifier in sorted(wanted & known.keys()):
        yield from noted_of_aid(known[identifier], on, within)
    for aid in opened.shelf.aids() if wanted - known.keys() else ():
        if aid.id in wanted:
            yield from of_published(aid, on, within)


def of_zoning(question: Any, opened: Opened, on: date, gone_since: date) -> Reading:
    """One zoning of a territory. Raises ``UnknownZoningError`` for one that is not declared."""
    zoning = get_zoning(question.zoning)
    found = changed_zonings.noted(side_of(question, opened, on, gone_since))
    return {one.key: one for one in found if one.subject == zoning.id}


def zoning_label(question: Any, place: str) -> str:
    """« Zonage : FRR, à Faux-la-Montagne »."""
    return f"Zonage : {get_zoning(question.zoning).label}, à {place}"


def of_structures(question: Any, opened: Opened, on: date, gone_since: date) -> Reading:
    """The structures that a search of the directory finds; those of the territory that closed since.

    Raises :class:`InvalidQuestionError` past :data:`MOST_STRUCTURES`.
    """
    asked = question.model_copy(update={"on": on, "limit": None, "order": None})
    facts = asked.answer(Asking(opened, on, paged=True)).facts
    if facts.facets.total > MOST_STRUCTURES:
        most, found = plain_number(MOST_STRUCTURES), plain_number(facts.facets.total)
        raise InvalidQuestionError(
            [("territoire", f"{found} structures répondent, on en suit {most} au plus : précisez le lieu")]
        )
    over = changed_structures.noted(side_of(question, opened, on, gone_since), closed=True)
    closed = {one.key: one for one in over}
    return closed | {one.key: one for one in map(_of_card, facts.every())}


def _of_card(card: Any) -> Noted:
    family = families().get(card.family or "")
    told = (("Famille", family.label if family else ""), ("Activité", card.naf or ""))
    return Noted(
        key=f"structure:{card.siret}",
        sort=Sort.STRUCTURE,
        label=card.name or changed_structures.UNNAMED,
        parts=tuple((name, words) for name, words in told if words),
        since=card.created,
        subject=card.siret,
    )


def structures_label(question: Any, place: str) -> str:
    """« Structures : Creuse, « ressourcerie » »: what narrows the list is told."""
    around = f" à moins de {question.radius_km:g} km de" if question.radius_km else ""
    words = [value for name, value in question.words() if name not in ("territoire", "rayon_km")]
    return f"Structures :{around} {place}{''.join(f', {word}' for word in words)}"
