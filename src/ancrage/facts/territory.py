"""Facts a territory tells: its codes, its population, and its zonings on the day."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from ancrage.facts.declaration import Origin
from ancrage.facts.legislation import law_of
from ancrage.facts.situation import Known
from ancrage.interval import Interval
from ancrage.language.days import short_day
from ancrage.reasoning import Verdict
from ancrage.rules.values import Value
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, departement_of
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import ZoningAnswer, answer_all

ZONING_OF = {
    "en_qpv": "qpv",
    "en_zrr": "zrr",
    "en_frr": "frr",
    "en_frr_plus": "frr_plus",
    "en_montagne": "montagne",
    "en_rural": "rural",
    "en_crte": "crte",
    "en_pvd": "pvd",
    "en_acv": "acv",
    "en_territoire_industrie": "territoires_industrie",
}
"""Zoning each fact is read from."""
CODES = {
    Kind.COMMUNE: "commune",
    Kind.EPCI: "epci",
    Kind.DEPARTEMENT: "departement",
    Kind.REGION: "region",
}
FORMS = {
    Kind.COMMUNE: "commune",
    Kind.EPCI: "epci",
    Kind.DEPARTEMENT: "departement",
    Kind.REGION: "region",
}
TRUTH: Mapping[Verdict, bool] = {Verdict.OUI: True, Verdict.NON: False}


def facts_of_place(
    atlas: Atlas, territory: Territory, *, answers: Iterable[ZoningAnswer] | None = None
) -> dict[str, Known]:
    """Facts of a structure that is somewhere in the territory.

    What is true of the whole territory is true of the structure; what is true of a part of it is unknown.
    A quarter lies in parts of communes: a commune that has one leaves ``en_qpv`` unknown. ``answers`` are
    those of the zonings, when they are at hand.
    """
    told = answer_all(atlas, territory) if answers is None else answers
    return {**_codes(territory), **_zonings(told, territory, whole=False)}


def facts_of_authority(
    atlas: Atlas, territory: Territory, *, answers: Iterable[ZoningAnswer] | None = None
) -> dict[str, Known]:
    """Facts of the authority of the territory: a part classified is enough for it to have one."""
    told = answer_all(atlas, territory) if answers is None else answers
    found = {**_codes(territory), **_zonings(told, territory, whole=True)}
    if territory.kind in FORMS:
        found["forme"] = Known(FORMS[territory.kind], Origin.TERRITOIRE, territory.name)
    return found


def _codes(territory: Territory) -> dict[str, Known]:
    members: dict[str, list[tuple[str, str]]] = {}
    named = [(territory.kind, territory.code.code, territory.name)]
    named += [(parent.code.kind, parent.code.code, parent.name) for parent in territory.parents]
    for kind, code, name in named:
        if kind in CODES:
            members.setdefault(CODES[kind], []).append((code, name))
    found = {} if territory.kind is Kind.FRANCE else law_of(_departements(territory.communes))
    for fact, places in members.items():
        if len(places) == 1:
            found[fact] = Known(places[0][0], Origin.TERRITOIRE, places[0][1])
        else:
            names = ", ".join(name for _, name in places)
            found[fact] = Known(None, Origin.TERRITOIRE, f"le territoire est à cheval sur {names}")
    if territory.kind in FORMS:
        found |= _population(territory)
    return found


@lru_cache(maxsize=16)
def _departements(communes: tuple[str, ...]) -> set[str]:
    """Those of the communes of a territory, which one page asks several times."""
    return {departement_of(one) for one in communes}


def _population(territory: Territory) -> dict[str, Known]:
    """The one the law reads on the day, with its year; none where another year's only is known."""
    people = territory.population_in_force
    if people is None:
        return {}
    told = f"{territory.name}, {territory.population_label}"
    return {"population": Known(Interval.exactly(float(people)), Origin.TERRITOIRE, told)}


def _zonings(told: Iterable[ZoningAnswer], territory: Territory, *, whole: bool) -> dict[str, Known]:
    answers = {answer.zoning.id: answer for answer in told}
    return {fact: _told(answers.get(zoning), territory, whole=whole) for fact, zoning in ZONING_OF.items()}


def _told(answer: ZoningAnswer | None, territory: Territory, *, whole: bool) -> Known:
    if answer is None:
        return Known(False, Origin.TERRITOIRE, f"ce zonage n'existe pas au {short_day(territory.on)}")
    return Known(_value(answer, territory, whole=whole), Origin.TERRITOIRE, _note(answer, territory))


def _value(answer: ZoningAnswer, territory: Territory, *, whole: bool) -> Value:
    verdict = answer.verdict
    if whole and verdict is Verdict.PARTIEL:
        return True
    inside_only = answer.zoning.nature == "infracommunal" and territory.kind is not Kind.QPV
    if not whole and verdict is Verdict.OUI and inside_only:
        return None
    return TRUTH.get(verdict)


def _note(answer: ZoningAnswer, territory: Territory) -> str:
    return f"{territory.name}, {answer.zoning.label} : {answer.verdict.label} au {short_day(territory.on)}"
