"""The manifest of an edition: what it is made of, what it covers, what it lacks."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from ancrage.edition.inputs import Inputs
from ancrage.edition.rejects import count_rejects
from ancrage.edition.zonings import ZoningTables
from ancrage.register.build import RegisterTables
from ancrage.register.tables import HISTORY
from ancrage.sources.catalogue import get_source, load_catalogue
from ancrage.sources.provenance import Provenance
from ancrage.territories.geography import VINTAGES
from ancrage.territories.populations import load_populations
from ancrage.warehouse.reading import FORMAT


def _vintage_of_populations() -> str:
    years = load_populations().years
    references = f"références {years[0].reference_year} à {years[-1].reference_year}"
    return f"{references}, en vigueur de {years[0].in_force_on.year} à {years[-1].in_force_on.year}"


COG: dict[str, Any] = {
    "id": "cog-npm",
    "title": "Découpage administratif de la France, six millésimes",
    "producer": "Etalab, d'après l'INSEE et la DGCL",
    "vintage": f"COG {VINTAGES[0]} à {VINTAGES[-1]}",
    "licence": "Licence Ouverte 2.0 ; paquet sous licence MIT",
    "href": "https://github.com/etalab/decoupage-administratif",
    "fictitious": False,
    "sample": False,
    "fetched_on": None,
    "note": "",
}
POPULATIONS: dict[str, Any] = {
    "id": "populations-legales",
    "title": "Populations légales, par année de référence et jour d'entrée en vigueur",
    "producer": "INSEE ; listes des EPCI de la DGCL et des communes, d'après Etalab",
    "vintage": _vintage_of_populations(),
    "licence": "Licence Ouverte 2.0 ; paquet sous licence MIT",
    "href": "https://www.insee.fr/fr/information/2008354",
    "fictitious": False,
    "sample": False,
    "fetched_on": None,
    "note": "",
}
DEMONSTRATION: dict[str, Any] = {
    "id": "demonstration",
    "title": "Registre de démonstration de la Creuse",
    "producer": "Ancrage",
    "vintage": "données de démonstration, fictives",
    "licence": "AGPL-3.0-or-later",
    "href": None,
    "fictitious": True,
    "sample": False,
    "fetched_on": None,
    "note": "Données de démonstration, fictives : aucun de ces établissements n'existe.",
}


def build_manifest(
    inputs: Inputs, register: RegisterTables | None, zonings: ZoningTables, at: datetime
) -> dict[str, Any]:
    """Everything a reader must know of an edition without opening its tables."""
    demonstrated = register is not None and any(found.fictitious for found in register.coverage)
    demonstrated = demonstrated and not any(one.fictitious for one in inputs.used.values())
    sources = [
        COG,
        POPULATIONS,
        *(_source(key, provenance) for key, provenance in sorted(inputs.used.items())),
    ]
    return {
        "format": FORMAT,
        "built_at": at.isoformat(),
        "vintages": list(VINTAGES),
        "sources": [*sources, DEMONSTRATION] if demonstrated else sources,
        "missing_sources": inputs.missing(),
        "only_mirrored": [
            source.id
            for source in load_catalogue().values()
            if not any(resource.addresses for resource in source.resources)
        ],
        "lists": {name: {"source": published.edition.source} for name, published in zonings.lists.items()},
        "register": {
            "counted_on": at.date().isoformat(),
            "history": [source for source in HISTORY if f"{source}/periodes" in inputs.used],
            "coverage": [asdict(found) for found in register.coverage] if register else [],
            "accounts": [asdict(account) for account in register.accounts] if register else [],
        },
        "rejects": count_rejects(inputs, register),
        "remarks": inputs.remarks,
    }


def _source(key: str, provenance: Provenance) -> dict[str, Any]:
    declared = get_source(key.partition("/")[0])
    return {
        "id": declared.id,
        "resource": key.partition("/")[2],
        "title": declared.title,
        "producer": declared.producer,
        "vintage": provenance.vintage,
        "licence": provenance.licence,
        "href": declared.home,
        "fictitious": provenance.fictitious,
        "sample": provenance.sample,
        "fetched_on": provenance.fetched_at.date().isoformat(),
        "note": provenance.note,
    }
