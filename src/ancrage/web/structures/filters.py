"""The filters of the directory, each value with how many structures it would give."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from ancrage.reasoning import Verdict
from ancrage.register.catalogue import families, sections, siae_kinds, workforce_bands
from ancrage.register.directory.listing import Facets
from ancrage.register.directory.vocabulary import Employer
from ancrage.territories.zonings.declaration import load_zonings


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter. ``count`` is ``None`` where nothing was counted."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: the name of its field in the address, its title, its values."""

    name: str
    title: str
    choices: tuple[Choice, ...]


MEMBERSHIPS = {Verdict.OUI: "de l’ESS", Verdict.A_VERIFIER: "à vérifier"}
EMPLOYERS = {Employer.OUI: "employeur", Employer.NON: "non employeur", Employer.INCONNU: "inconnu"}
QUARTERS = {Verdict.OUI: "dans un quartier", Verdict.NON: "hors quartier", Verdict.A_VERIFIER: "à vérifier"}


def _bands() -> Mapping[str, str]:
    return {code: band.label for code, band in workforce_bands().items()}


def filters(facets: Facets, told: QueryDict) -> tuple[Filter, ...]:
    """The filters, with their counts for the other fields asked."""
    zonings = {one.id: one.label for one in load_zonings().values()}
    declared = (
        ("famille", "Famille", {key: one.plural for key, one in families().items()}, "family"),
        ("activite", "Activité (section de la NAF)", dict(sections()), "section"),
        ("siae", "Insertion et handicap", {key: one.label for key, one in siae_kinds().items()}, "kind"),
        ("employeur", "Employeur", {one.value: label for one, label in EMPLOYERS.items()}, "employer"),
        ("tranche", "Tranche d’effectif", _bands(), "band"),
        ("qpv", "Quartier prioritaire", {one.value: label for one, label in QUARTERS.items()}, "quarter"),
        (
            "ess",
            "Appartenance à l’ESS",
            {one.value: label for one, label in MEMBERSHIPS.items()},
            "membership",
        ),
        ("zonage", "Commune classée en", zonings, ""),
    )
    return tuple(
        Filter(name, title, _choices(labels, facets.counts.get(facet, {}), told.getlist(name), bool(facet)))
        for name, title, labels, facet in declared
    )


def _choices(
    labels: Mapping[str, str], counts: Mapping[str, int], chosen: list[str], counted: bool
) -> tuple[Choice, ...]:
    """Values that would give something, and those already chosen; all of them where nothing is counted."""
    return tuple(
        Choice(value, label, counts.get(value, 0) if counted else None, value in chosen)
        for value, label in labels.items()
        if not counted or counts.get(value) or value in chosen
    )
