"""Facts the register tells of an establishment: what it is, where it is, how many it employs."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ancrage.errors import AncrageError
from ancrage.facts.declaration import Origin, load_facts
from ancrage.facts.legal_forms import form_of
from ancrage.facts.situation import Known
from ancrage.facts.territory import facts_of_place
from ancrage.interval import Interval
from ancrage.language.days import short_day
from ancrage.language.phrases import plural
from ancrage.register.codes import Siret
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.register.quarters import OTHER_QUARTERS, quarters_hold
from ancrage.rules.values import Value
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, departement_of
from ancrage.territories.resolving import resolve
from ancrage.warehouse.reading import Row

FICTITIOUS_STRUCTURE = "Cette structure est une donnée de démonstration, fictive."


@dataclass(slots=True)
class Filled:
    """Facts found, the name to show, and what had to be said on the way, in French.

    ``departements``: those whose register was read.
    """

    situation: dict[str, Known] = field(default_factory=dict)
    name: str = ""
    warnings: list[str] = field(default_factory=list)
    departements: frozenset[str] = frozenset()


def facts_of_siret(atlas: Atlas, written: str, *, on: date) -> Filled:
    """Facts of an establishment and of its legal unit on a day.

    One that is unknown or closed fills nothing and says so: declared facts still answer. Raises
    :class:`InvalidCodeError` for what cannot be a SIRET.
    """
    siret = Siret("".join(written.split()))
    row = atlas.warehouse.row(FOUND, (siret.value,))
    if row is None:
        row = _listed_alone(atlas, siret)
    if row is None:
        return Filled(warnings=[f"Le SIRET {siret} n'est pas dans le registre en vigueur. {GO_ON}"])
    if row["closed"] is not None and row["closed"] <= on:
        told = f"L'établissement {siret} est fermé depuis le {short_day(row['closed'])}."
        return Filled(name=row["name"] or "", warnings=[f"{told} {GO_ON}"], departements=_departements(row))
    return _filled(atlas, row, on)


GO_ON = "La réponse se fonde sur les seuls faits déclarés."
FOUND = """
    SELECT e.siret, e.siren, e.commune, e.created, e.closed, e.active, e.section, e.ess, e.fictitious,
        true AS registered, s.name, s.legal_category, s.siae_kinds, s.qpv, s.qpv_reason
    FROM establishment e LEFT JOIN ess_establishment s ON s.siret = e.siret WHERE e.siret = ?
"""
WORKFORCE = """
    SELECT count(*) AS establishments, sum(jobs_low) AS low, sum(jobs_high) AS high,
        count(*) FILTER (WHERE employer IS NULL OR (employer AND jobs_low IS NULL)) AS unknown,
        count(*) FILTER (WHERE employer AND jobs_high IS NULL) AS unbounded, min(created) AS created
    FROM establishment WHERE siren = ? AND (created IS NULL OR created <= ?) AND (active OR closed > ?)
"""


LISTED_ALONE = (
    "Cette structure est connue par une liste, non par SIRENE : si elle est ouverte, sa forme, son effectif "
    "et son appartenance à l'ESS sont à vérifier."
)


def _listed_alone(atlas: Atlas, siret: Siret) -> Row | None:
    """What the directory says of a structure that a list alone tells."""
    open_directory(atlas.warehouse)
    return atlas.warehouse.row(
        "SELECT siret, siren, name, commune, created, closed, active, section, ess, fictitious, registered, "
        f"legal_category, kinds AS siae_kinds, qpv, qpv_reason FROM {TABLE} WHERE siret = ?",
        (siret.value,),
    )


def _filled(atlas: Atlas, row: Row, on: date) -> Filled:
    filled = Filled(name=row["name"] or "nom non publié", departements=_departements(row))
    if not row["registered"]:
        filled.warnings.append(LISTED_ALONE)
    elif row["ess"] != "oui":
        filled.warnings.append(ESS_WARNINGS[row["ess"]])
    if row["fictitious"]:
        filled.warnings.append(FICTITIOUS_STRUCTURE)
    if row["commune"]:
        _place(atlas, row, on, filled)
    unit = atlas.warehouse.row(WORKFORCE, (row["siren"], on, on)) or {}
    filled.situation |= _of_unit(row, unit)
    return filled


def _departements(row: Row) -> frozenset[str]:
    code = row["commune"]
    return frozenset((departement_of(code),)) if code else frozenset()


ESS_WARNINGS = {
    "non": "D'après le registre, cette structure n'est pas de l'ESS ; un fait déclaré l'emporte.",
    "a_verifier": "Le registre ne dit pas si cette structure est de l'ESS : à vérifier.",
}


def _place(atlas: Atlas, row: Row, on: date, filled: Filled) -> None:
    try:
        territory = resolve(atlas, row["commune"], on=on)
    except AncrageError as error:
        filled.warnings.append(f"La commune {row['commune']} ne se place pas ce jour-là : {error.message}")
        return
    filled.situation |= facts_of_place(atlas, territory)
    if filled.situation["en_qpv"].value is None:
        filled.situation["en_qpv"] = _quarter(row, on)
    if territory.kind is Kind.ARRONDISSEMENT_MUNICIPAL:
        filled.situation.pop("population", None)


def _quarter(row: Row, on: date) -> Known:
    """The register places establishments in the quarters of 2024: it says nothing of those before."""
    if not quarters_hold(row["commune"], on=on):
        return Known(None, Origin.REGISTRE, OTHER_QUARTERS)
    return Known({"oui": True, "non": False}.get(row["qpv"]), Origin.REGISTRE, row["qpv_reason"] or "")


def _of_unit(row: Row, unit: dict[str, Any]) -> dict[str, Known]:
    found = {
        "est_ess": Known({"oui": True, "non": False}.get(row["ess"]), Origin.REGISTRE, "registre de l'ESS"),
        "forme": form_of(row["legal_category"]),
        "effectif": Known(workforce(unit), Origin.REGISTRE, _workforce_note(unit)),
        "date_creation": Known(unit.get("created"), Origin.REGISTRE, "plus ancien établissement connu"),
        "naf_section": Known(_among("naf_section", row["section"]), Origin.REGISTRE, "activité principale"),
        "type_siae": siae_kind(row["siae_kinds"]),
        "inscrite_sirene": Known(True, Origin.REGISTRE, "elle a un SIRET"),
    }
    return {fact: known for fact, known in found.items() if known.value is not None or known.note}


def workforce(unit: Row) -> Value:
    """Salaried workforce of a legal unit, from the bands of its open establishments."""
    if not unit.get("establishments") or unit["unknown"]:
        return None
    high = None if unit["unbounded"] else float(unit["high"] or 0)
    return Interval(float(unit["low"] or 0), high)


def _workforce_note(unit: Row) -> str:
    count = unit.get("establishments") or 0
    return f"tranches publiées par SIRENE, {count} {plural(count, 'établissement')} au registre"


def siae_kind(kinds: list[str] | None) -> Known:
    """The kind of SIAE: none is « aucun »; several, or a list not read, are unknown."""
    if kinds is None:
        return Known(None, Origin.REGISTRE, "liste des SIAE non synchronisée")
    if not kinds:
        return Known("aucun", Origin.REGISTRE, "absente de la liste des SIAE")
    if len(kinds) > 1:
        return Known(None, Origin.REGISTRE, f"plusieurs types : {', '.join(kinds)}")
    return Known(_among("type_siae", kinds[0]), Origin.REGISTRE, "liste des SIAE")


def _among(fact: str, value: str | None) -> str | None:
    return value if value in load_facts()[fact].choices else None
