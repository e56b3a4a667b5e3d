"""For an action, the aids that could pay for it, as the engine answers its pilot, and the supports near."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ancrage.errors import AncrageError
from ancrage.people.models import Nature, Organisation
from ancrage.workspace.models import Action, Atelier

if TYPE_CHECKING:
    from ancrage.aids.answering import AidAnswer
    from ancrage.aids.report import AidReport
    from ancrage.contacts.helping import Help
    from ancrage.questions.question import Asking
    from ancrage.territories.territory import Territory

FORMS = {
    Nature.COMMUNE: "commune",
    Nature.EPCI: "epci",
    Nature.DEPARTEMENT: "departement",
    Nature.REGION: "region",
    Nature.OPERATEUR: "etablissement_public",
    Nature.ASSOCIATION: "association",
    Nature.MUTUELLE: "mutuelle",
    Nature.FONDATION: "fondation",
    Nature.COOPERATIVE: "cooperative",
}
"""The form that the nature of an organisation tells; of the others only the register can."""
AUTHORITIES = (Nature.COMMUNE, Nature.EPCI, Nature.DEPARTEMENT, Nature.REGION)
MOST_OTHERS = 12


@dataclass(frozen=True, eq=False)
class Proposals:
    """What was found: aids that the tools of the action name, then others that may be asked.

    ``refused``: those of the first that are closed or refused.
    ``lacking``: why nothing is answered, in a French sentence.
    """

    who: str = ""
    report: "AidReport | None" = None
    named: tuple["AidAnswer", ...] = ()
    others: tuple["AidAnswer", ...] = ()
    refused: tuple["AidAnswer", ...] = ()
    lacking: str = ""


def aids_for(action: Action, atelier: Atelier, pilot: Organisation | None, asking: "Asking") -> Proposals:
    """The answers of the engine for who pilots the action, where it takes place."""
    from ancrage.questions.eligibility import EligibilityQuestion

    if pilot is None:
        return Proposals(lacking="Dites qui pilote l’action : une aide dépend de qui la demande.")
    authority = Nature(pilot.nature) in AUTHORITIES
    place = next(_places(action, atelier, pilot, asking), None)
    if authority and place is None:
        return Proposals(
            who=pilot.name,
            lacking="Dites où l’action a lieu : le territoire de cette collectivité n’est pas connu ici.",
        )
    form = FORMS.get(Nature(pilot.nature))
    question = EligibilityQuestion(
        siret=None if authority else pilot.siret or None,
        facts=() if authority or pilot.siret or not form else (f"forme={form}",),
        territory=str(place.code) if place else None,
        on=asking.on,
    )
    try:
        report = question.work_out(asking).facts.report
    except AncrageError as error:
        return Proposals(who=pilot.name, lacking=error.message)
    named, others, refused = _sorted(action, report)
    return Proposals(pilot.name, report, named, others, refused)


def aids_of(siret: str, name: str, asking: "Asking") -> Proposals:
    """The answers of the engine for an establishment of the register: what it may ask for today."""
    from ancrage.aids.ordering import ranked
    from ancrage.aids.standing import Class
    from ancrage.questions.eligibility import EligibilityQuestion

    try:
        report = EligibilityQuestion(siret=siret, on=asking.on).work_out(asking).facts.report
    except AncrageError as error:
        return Proposals(who=name, lacking=error.message)
    order = {kind: rank for rank, kind in enumerate(Class)}
    useful = (Class.DROIT, Class.A_DEMANDER, Class.REPONSE_MANQUANTE, Class.A_CONFIRMER)
    open_ = [one for one in ranked(report.answers) if one.standing in useful]
    return Proposals(name, report, tuple(sorted(open_, key=lambda one: order[one.standing])))


def supports_near(action: Action, atelier: Atelier, asking: "Asking") -> "Help | None":
    """Who can help to set up the action, where it takes place."""
    from ancrage.contacts.helping import help_in
    from ancrage.contacts.needs import need_named

    places = _resolved((*_codes(action), atelier.territory), asking)
    place = next(places, None)
    return help_in(asking.opened.atlas, place, need_named("projet"), 1) if place else None


def _places(action: Action, atelier: Atelier, pilot: Organisation, asking: "Asking") -> Iterator["Territory"]:
    """Where the question is asked; for an authority, the territory that is its own."""
    from ancrage.facts.territory import FORMS as OF_KIND

    for found in _resolved((*_codes(action), atelier.territory), asking):
        if Nature(pilot.nature) not in AUTHORITIES or OF_KIND.get(found.kind) == FORMS[Nature(pilot.nature)]:
            yield found


def _codes(action: Action) -> tuple[str, ...]:
    return tuple(one["code"] for one in action.places)


def _resolved(codes: Iterable[str], asking: "Asking") -> Iterator["Territory"]:
    """Territories of codes that may be of another day: one that is gone is passed over."""
    from ancrage.territories.resolving import resolve

    for code in codes:
        try:
            yield resolve(asking.opened.atlas, code, on=asking.on)
        except AncrageError:
            continue


def _sorted(action: Action, report: "AidReport") -> tuple[tuple["AidAnswer", ...], ...]:
    """Aids that the tools or the levers of the action name, whatever is answered; then others one may ask."""
    from ancrage.aids.ordering import ranked
    from ancrage.aids.standing import Class
    from ancrage.levers.catalogue import read_levers

    catalogue, chosen = read_levers(), set(action.tools)
    ids = {aid for number in chosen for aid in catalogue.tools[number].aids}
    around = [one for one in catalogue.levers if one.number in action.objective.levers]
    near = chosen | {tool.number for lever in around for tool in lever.tools}
    useful = (Class.DROIT, Class.A_DEMANDER, Class.REPONSE_MANQUANTE, Class.A_CONFIRMER)
    order = {kind: rank for rank, kind in enumerate(Class)}

    def by_class(found: list["AidAnswer"]) -> list["AidAnswer"]:
        return sorted(ranked(found), key=lambda one: order[one.standing])

    named = [one for one in report.answers if one.entry.id in ids or chosen & set(one.entry.levers)]
    told = {one.entry.id for one in named}
    rest = [
        one
        for one in report.answers
        if one.entry.id not in told and one.standing in useful and (not near or near & set(one.entry.levers))
    ]
    shut = (Class.FERMEE, Class.NON)
    return (
        tuple(by_class([one for one in named if one.standing not in shut])),
        tuple(by_class(rest)[:MOST_OTHERS]),
        tuple(by_class([one for one in named if one.standing in shut])),
    )
