"""Answers of the Recherche d'entreprises API rewritten in the layout of SIRENE, for one département.

The API was asked for units marked ESS only (see ``sources.api_recherche``): the delivery is ``ess_only`` and
gives no denominator. It tells ``est_ess`` without saying whether SIRENE or the list of ESS France says so;
the column keeps its own name and never passes for the SIRENE mark.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ancrage.register.cleaning import NAF_2025
from ancrage.register.sirene import ESTABLISHMENTS, UNITS, SireneStock
from ancrage.spreadsheets import MACHINES

Result = dict[str, Any]
NAF_REV_2, UNTOLD = "NAFRev2", "non dite"

ESTABLISHMENT_KEYS = {
    "siret": "siret",
    "statutDiffusionEtablissement": "statut_diffusion_etablissement",
    "dateCreationEtablissement": "date_creation",
    "trancheEffectifsEtablissement": "tranche_effectif_salarie",
    "codeCommuneEtablissement": "commune",
    "etatAdministratifEtablissement": "etat_administratif",
    "activitePrincipaleEtablissement": "activite_principale",
    "caractereEmployeurEtablissement": "caractere_employeur",
    "etablissementSiege": "est_siege",
    "denominationUsuelleEtablissement": "nom_commercial",
    "longitude": "longitude",
    "latitude": "latitude",
}
UNIT_KEYS = {
    "siren": "siren",
    "statutDiffusionUniteLegale": "statut_diffusion",
    "categorieJuridiqueUniteLegale": "nature_juridique",
    "denominationUniteLegale": "nom_raison_sociale",
    "sigleUniteLegale": "sigle",
}


def write_stock(
    results: Iterable[Result],
    folder: Path,
    *,
    departement: str | None,
    vintage: str,
    complete: bool,
    received: date | None = None,
) -> SireneStock:
    """Write results of the API as two CSV in ``folder`` and describe them as a delivery.

    ``departement``: the one asked; rows elsewhere are left out when the register is built, and counted.
    ``None`` for answers gathered from anywhere, which are then a sample. ``complete``: every page was
    obtained. ``received``: the day of the answers; the API does not say in which nomenclature it tells an
    activity, which is unknown from the day when it may be NAF 2025. An answer without a usable head office
    gives a unit only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    establishments, units = folder / "api-etablissements.csv", folder / "api-unites-legales.csv"
    told = UNTOLD if received is not None and received >= NAF_2025 else NAF_REV_2
    places: list[Result] = []
    owners: list[Result] = []
    for result in results:
        owners.append(_unit(result))
        places.extend(
            place | {"nomenclatureActivitePrincipaleEtablissement": told} for place in _establishments(result)
        )
    _write(establishments, ESTABLISHMENTS.columns, places)
    _write(units, UNITS.columns, owners)
    return SireneStock(
        establishments,
        units,
        vintage,
        departements=None if departement is None else (departement,),
        sample=departement is None or not complete,
        ess_only=True,
    )


def _write(path: Path, columns: Sequence[str], rows: Iterable[Result]) -> None:
    MACHINES.write(path, columns, ([row.get(column) for column in columns] for row in rows))


def _unit(result: Result) -> dict[str, Any]:
    told = result.get("complements") or {}
    known = told.get("est_ess")
    row = {column: result.get(key) for column, key in UNIT_KEYS.items()}
    number = {"identifiantAssociationUniteLegale": told.get("identifiant_association")}
    return row | number | {"est_ess": "" if known is None else str(bool(known)).lower()}


def _establishments(result: Result) -> Iterator[dict[str, Any]]:
    """Head office and establishments found, once each: the head office is often among the others."""
    others = result.get("matching_etablissements") or []
    found = {place["siret"]: place for place in others if isinstance(place.get("siret"), str)}
    head_office = result.get("siege") or {}
    if head_office.get("siret"):
        found[head_office["siret"]] = head_office
    for place in found.values():
        row = {column: place.get(key) for column, key in ESTABLISHMENT_KEYS.items()}
        row["etablissementSiege"] = str(bool(place.get("est_siege"))).lower()
        row["siren"] = result.get("siren")
        row["dateDebut"] = place.get("date_fermeture") or place.get("date_debut_activite")
        row["enseigne1Etablissement"] = next(iter(place.get("liste_enseignes") or []), None)
        yield row
