"""A situation: what is known of who asks, fact by fact, and where each value comes from."""

import calendar
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from ancrage.facts.declaration import Origin
from ancrage.facts.implying import implied
from ancrage.facts.known import Known as Known
from ancrage.facts.legislation import law_of_facts
from ancrage.interval import Interval
from ancrage.language.days import short_day
from ancrage.rules.values import Value


class Audience(StrEnum):
    """Who asks; the values are those of the fact ``demandeur``."""

    STRUCTURE = "structure"
    COLLECTIVITE = "collectivite"
    PORTEUR = "porteur"
    PERSONNE = "personne"


PUBLIC_FORMS = frozenset({"commune", "epci", "departement", "region", "etablissement_public"})
"""Values of the fact ``forme`` that are authorities, not structures."""


Situation = Mapping[str, Known]


def declared(values: Mapping[str, Value]) -> dict[str, Known]:
    """A situation told by a person."""
    return {fact: Known(value, Origin.DECLARE, "déclaré") for fact, value in values.items()}


def completed(situation: Situation, *, on: date, default: Audience | None = None) -> dict[str, Known]:
    """The situation with its computed facts: ``anciennete``, ``demandeur``, the law, what is implied.

    ``default`` is who asks when the legal form does not tell; ``None`` leaves it to the form, and else to
    a structure. A value given by a person is never replaced.
    """
    found = {**law_of_facts(situation), **implied(situation), **situation}
    if "anciennete" not in found and (age := _age(found.get("date_creation"), on)):
        found["anciennete"] = age
    if "demandeur" not in found:
        found["demandeur"] = _applicant(found.get("forme"), default)
    return found


def values(situation: Situation) -> dict[str, Value]:
    """Values alone, as the engines take them."""
    return {fact: known.value for fact, known in situation.items()}


def _age(created: Known | None, on: date) -> Known | None:
    if created is None or not isinstance(created.value, date) or created.value > on:
        return None
    years = age_in_years(created.value, on)
    return Known(Interval.exactly(years), Origin.CALCULE, f"créée le {short_day(created.value)}")


def age_in_years(created: date, on: date) -> float:
    """Whole years from birthday to birthday, and the share of the running one."""
    whole = on.year - created.year - ((on.month, on.day) < (created.month, created.day))
    last, following = _birthday(created, created.year + whole), _birthday(created, created.year + whole + 1)
    return whole + (on - last).days / (following - last).days


def _birthday(created: date, year: int) -> date:
    if (created.month, created.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return created.replace(year=year)


def _applicant(form: Known | None, default: Audience | None) -> Known:
    if form is not None and isinstance(form.value, str):
        public = form.value in PUBLIC_FORMS
        who = Audience.COLLECTIVITE if public else Audience.STRUCTURE
        return Known(who.value, Origin.CALCULE, "d'après la forme juridique")
    return Known((default or Audience.STRUCTURE).value, Origin.CALCULE, "à défaut d'autre indication")
