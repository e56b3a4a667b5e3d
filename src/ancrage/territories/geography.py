"""The administrative geography of each vintage, read from the six npm packages of Etalab.

Each package holds the official geographic code on 1 January of its year. Known oddities, handled here:
2021 has no ``zone`` and lists overseas collectivities without département; Mayotte has an empty
arrondissement; the territorial public establishments (EPT) are published from 2023 only.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ancrage.errors import SourceContentError

VINTAGES = (2021, 2022, 2023, 2024, 2025, 2026)
FIRST_VINTAGE_WITH_EPT = 2023

Record = dict[str, Any]
Counted = tuple[int | None, int | None]
"""Municipal and total population, in inhabitants."""
FORMER_KINDS = ("commune-deleguee", "commune-associee")


@dataclass(frozen=True)
class Geography:
    """One vintage: its communes and the territories they make up. ``folder`` is an npm package.

    ``ept_folder`` is the package the EPT are read from: they exist since 2016 but are published from 2023
    only, and 2021 and 2022 take the composition of 2023 (said wherever it is shown).
    """

    vintage: int
    folder: Path
    ept_folder: Path

    def _read(self, name: str, folder: Path | None = None) -> list[Record]:
        path = (folder or self.folder) / "data" / f"{name}.json"
        try:
            records: list[Record] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise SourceContentError(
                f"Le découpage administratif {self.vintage} est illisible ({path.name}).",
                "Relancez « npm ci » à la racine du dépôt, puis « make reference ».",
            ) from error
        return records

    @cached_property
    def records(self) -> list[Record]:
        """Every entry of the commune file: current, former and municipal arrondissements."""
        return self._read("communes")

    @cached_property
    def current(self) -> dict[str, Record]:
        """Current communes by code."""
        return {record["code"]: record for record in self.records if record["type"] == "commune-actuelle"}

    @cached_property
    def former(self) -> dict[str, list[Record]]:
        """Delegated and associated communes by code; a code may be both its own commune and a former one."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            if record["type"] in FORMER_KINDS:
                found.setdefault(record["code"], []).append(record)
        return found

    @cached_property
    def epci_of(self) -> dict[str, str]:
        """EPCI of each commune; communes without one are absent."""
        return {member["code"]: epci["code"] for epci in self._read("epci") for member in epci["membres"]}

    @cached_property
    def ept_of(self) -> dict[str, str]:
        """EPT of each commune of Greater Paris that has one."""
        return {member["code"]: ept["code"] for ept in self._epts() for member in ept["membres"]}

    def _epts(self) -> list[Record]:
        return self._read("ept", self.ept_folder)

    @cached_property
    def members(self) -> dict[str, Counted]:
        """Municipal and total populations of the members of the EPCI, as their list (DGCL) gives them."""
        return {
            member["code"]: (member.get("populationMunicipale"), member.get("populationTotale"))
            for epci in self._read("epci")
            for member in epci["membres"]
        }

    @cached_property
    def listed(self) -> dict[str, Counted]:
        """Municipal populations that the list of communes gives; it has no total ones."""
        return _listed(self.records)

    @cached_property
    def listed_first(self) -> dict[str, Counted]:
        """The same, by the first package of the vintage; nothing where it is not installed: unknown."""
        folder = self.folder.with_name(f"{self.folder.name}-first")
        return _listed(self._read("communes", folder)) if folder.is_dir() else {}

    def commune_rows(self) -> Iterator[Record]:
        """Rows of the table ``commune``, without populations: those in force come from another list."""
        for code, record in self.current.items():
            yield {
                "vintage": self.vintage,
                "code": code,
                "name": record["nom"],
                "arrondissement": record.get("arrondissement") or None,
                "departement": record.get("departement") or code[:3],
                "region": record.get("region") or code[:3],
                "epci": self.epci_of.get(code),
                "ept": self.ept_of.get(code),
                "zone": record.get("zone") or zone_of(code),
                "siren": record.get("siren"),
            }

    def municipal_rows(self) -> Iterator[Record]:
        """Rows of the table ``municipal_arrondissement``, without populations."""
        for record in self.records:
            if record["type"] == "arrondissement-municipal":
                yield {
                    "vintage": self.vintage,
                    "code": record["code"],
                    "name": record["nom"],
                    "commune": record["commune"],
                }

    def former_rows(self) -> Iterator[Record]:
        """Rows of the table ``former_commune``."""
        for code, records in self.former.items():
            for record in records:
                yield {
                    "vintage": self.vintage,
                    "code": code,
                    "name": record["nom"],
                    "kind": record["type"],
                    "commune": record["chefLieu"],
                }

    def postcode_rows(self) -> Iterator[Record]:
        """Rows of the table ``postcode``."""
        for record in self.records:
            if record["type"] in ("commune-actuelle", "arrondissement-municipal"):
                for postcode in dict.fromkeys(record.get("codesPostaux", ())):
                    yield {"vintage": self.vintage, "postcode": postcode, "commune": record["code"]}

    def unit_rows(self) -> Iterator[Record]:
        """Rows of the table ``unit``: arrondissements, départements, régions, EPCI and EPT."""
        for kind in ("arrondissement", "departement", "region"):
            for record in self._read(f"{kind}s"):
                yield self._unit(kind, record, record.get("zone") or zone_of_unit(kind, record["code"]))
        for kind, records in (("epci", self._read("epci")), ("ept", self._epts())):
            for record in records:
                yield self._unit(kind, record, record["type"])

    def _unit(self, kind: str, record: Record, category: str) -> Record:
        return {
            "vintage": self.vintage,
            "kind": kind,
            "code": record["code"],
            "name": record["nom"],
            "category": category,
            "seat": record.get("chefLieu"),
        }


def zone_of(commune: str) -> str:
    """``metro``, ``drom`` (the five) or ``com``, from a commune code."""
    if not commune.startswith(("97", "98")):
        return "metro"
    return "drom" if commune[:3] in ("971", "972", "973", "974", "976") else "com"


def zone_of_unit(kind: str, code: str) -> str:
    """Zone of a département, région or arrondissement of a vintage that does not write it."""
    if kind == "region":
        return "drom" if code in ("01", "02", "03", "04", "06") else "metro"
    return zone_of(code)


def _listed(records: Iterable[Record]) -> dict[str, Counted]:
    return {
        record["code"]: (record.get("population"), None)
        for record in records
        if record["type"] in ("commune-actuelle", "arrondissement-municipal")
    }


def read_geographies(packages: Path) -> list[Geography]:
    """The six vintages, from a ``node_modules`` folder where npm aliases them ``cog2021`` … ``cog2026``.

    Raises :class:`SourceContentError` when a package is absent.
    """
    geographies = [
        Geography(year, packages / f"cog{year}", packages / f"cog{max(year, FIRST_VINTAGE_WITH_EPT)}")
        for year in VINTAGES
    ]
    for geography in geographies:
        if not geography.folder.is_dir():
            raise SourceContentError(
                f"Le paquet du découpage administratif {geography.vintage} est absent de {packages}.",
                "Installez-le : « npm ci » à la racine du dépôt.",
            )
    return geographies
