"""Stocks of SIRENE: the whole files, and the départements harvested from the API."""

from collections.abc import Iterator
from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.language.days import short_day
from ancrage.register.api_snapshot import write_stock
from ancrage.register.past import Histories
from ancrage.register.sirene import SireneStock
from ancrage.sources.api_results import read_results
from ancrage.sources.snapshots import Snapshot

ESTABLISHMENTS_HISTORY = "sirene-etablissements-historique"
UNITS_HISTORY = "sirene-unites-legales-historique"
LAST_TREATED = "dernier traitement le "
"""How the vintage of a file that was given begins, before a day (30/10/2026)."""
MONTH = slice(len(f"{LAST_TREATED}30/"), None)
API, API_RESOURCE = "recherche-entreprises", "unites"


def whole_stock(inputs: Inputs) -> SireneStock | None:
    """The stock of SIRENE, when its two files were received."""
    establishments = inputs.snapshot("sirene-etablissements")
    units = inputs.snapshot("sirene-unites-legales")
    if establishments is None or units is None:
        return None
    coordinates = inputs.snapshot("sirene-geolocalisation")
    _tell_other_months(inputs, establishments, units)
    return SireneStock(
        establishments=establishments.path,
        units=units.path,
        vintage=_received(establishments),
        coordinates=coordinates.path if coordinates else None,
        departements=establishments.provenance.covered,
        sample=establishments.provenance.sample or units.provenance.sample,
        fictitious=establishments.provenance.fictitious or units.provenance.fictitious,
    )


def _tell_other_months(inputs: Inputs, establishments: Snapshot, units: Snapshot) -> None:
    """Say that the two files of a stock were not made in the same month, when both tell their last day."""
    days = [one.provenance.vintage for one in (establishments, units)]
    if not all(day.startswith(LAST_TREATED) for day in days) or days[0][MONTH] == days[1][MONTH]:
        return
    told = f"établissements : {days[0]} ; unités légales : {days[1]}"
    remark = (
        f"le stock de SIRENE est de deux mois différents ({told}) : recevez les deux fichiers du même mois"
    )
    if remark not in inputs.remarks:
        inputs.remarks.append(remark)


def histories(inputs: Inputs) -> Histories:
    """The histories of SIRENE that were received: they say nothing without its stock."""
    found = [inputs.store.latest(one, "periodes") for one in (ESTABLISHMENTS_HISTORY, UNITS_HISTORY)]
    if not any(found):
        return Histories()
    if whole_stock(inputs) is None:
        inputs.remarks.append("historique de SIRENE reçu sans son stock : il n'est pas lu")
        return Histories()
    read = [inputs.snapshot(one, "periodes") for one in (ESTABLISHMENTS_HISTORY, UNITS_HISTORY)]
    return Histories(*(one.path if one else None for one in read))


def harvested(inputs: Inputs, workplace: Path) -> Iterator[SireneStock]:
    """Départements asked of the API: ``unites-23`` is the harvest of the Creuse."""
    for resource in inputs.store.resources(API):
        departement = resource.removeprefix(f"{API_RESOURCE}-").upper()
        snapshot = inputs.snapshot_of(API, resource)
        if snapshot and departement != resource.upper():
            yield write_stock(
                read_results(snapshot.files),
                workplace / resource,
                departement=departement,
                vintage=_received(snapshot),
                complete=not snapshot.provenance.remarks,
                received=snapshot.provenance.fetched_at.date(),
            )


def _received(snapshot: Snapshot) -> str:
    provenance = snapshot.provenance
    return f"{provenance.vintage}, reçu le {short_day(provenance.fetched_at)}"
