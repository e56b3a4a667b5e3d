"""Stocks of SIRENE: the whole files, and the départements harvested from the API."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.language.days import short_day
from ancrage.language.numbers import number
from ancrage.register.api_snapshot import write_stock
from ancrage.register.past import Histories
from ancrage.register.same_month import month_apart
from ancrage.register.sirene import SireneStock
from ancrage.sources.api_results import read_results
from ancrage.sources.snapshots import Snapshot

ESTABLISHMENTS, UNITS = "sirene-etablissements", "sirene-unites-legales"
ESTABLISHMENTS_HISTORY = "sirene-etablissements-historique"
UNITS_HISTORY = "sirene-unites-legales-historique"
LAST_TREATED = "dernier traitement le "
"""How the vintage of a file that was given begins, before a day (30/10/2026)."""
API, API_RESOURCE = "recherche-entreprises", "unites"


def whole_stock(inputs: Inputs) -> SireneStock | None:
    """The stock of SIRENE, when its two files were received."""
    establishments = inputs.snapshot(ESTABLISHMENTS)
    units = inputs.snapshot(UNITS)
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
    days = treated_on(establishments), treated_on(units)
    if days[0] is None or days[1] is None or days[0].replace(day=1) == days[1].replace(day=1):
        return
    told = (
        f"établissements : {LAST_TREATED}{short_day(days[0])} ; "
        f"unités légales : {LAST_TREATED}{short_day(days[1])}"
    )
    remark = (
        f"le stock de SIRENE est de deux mois différents ({told}) : recevez les deux fichiers du même mois"
    )
    if remark not in inputs.remarks:
        inputs.remarks.append(remark)


def treated_on(stock: Snapshot) -> date | None:
    """The last day INSEE worked on a stock that was given, when it was told."""
    told = stock.provenance
    if told.treated:
        return date.fromisoformat(told.treated)
    if told.vintage.startswith(LAST_TREATED):
        day, month, year = told.vintage.removeprefix(LAST_TREATED).split("/")
        return date(int(year), int(month), int(day))
    return None


def histories(inputs: Inputs) -> Histories:
    """The histories of SIRENE that were received, each of the month of its stock."""
    found = [inputs.store.latest(one, "periodes") for one in (ESTABLISHMENTS_HISTORY, UNITS_HISTORY)]
    if not any(found):
        return Histories()
    if whole_stock(inputs) is None:
        inputs.remarks.append("historique de SIRENE reçu sans son stock : il n'est pas lu")
        return Histories()
    return Histories(
        _history(inputs, ESTABLISHMENTS, ESTABLISHMENTS_HISTORY), _history(inputs, UNITS, UNITS_HISTORY)
    )


def _history(inputs: Inputs, source: str, history: str) -> Path | None:
    """The file of a history; none, and why is said, when its stock is of another month.

    Of an establishment that changed meanwhile, past days would be told from periods that lack the last one.
    """
    stock, periods = inputs.store.latest(source, "stock"), inputs.store.latest(history, "periodes")
    if stock is None or periods is None:
        return None
    told = stock.provenance.begun, periods.provenance.begun
    received = max(one.provenance.fetched_at for one in (stock, periods)).date()
    month = month_apart(*told, last=treated_on(stock), on=received)
    if month is None:
        found = inputs.snapshot(history, "periodes")
        return found.path if found else None
    counts = [number(one.get(month, 0)) for one in told]
    inputs.remarks.append(
        f"« {history} » n'est pas du même mois que « {source} » (périodes en cours commencées en "
        f"{month[5:]}/{month[:4]} : {counts[1]}, quand le stock en a {counts[0]}) : il n'est pas lu, les "
        "jours passés sont comptés d'après l'état actuel ; recevez les fichiers d'un même mois, puis "
        "reconstruisez"
    )
    return None


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
