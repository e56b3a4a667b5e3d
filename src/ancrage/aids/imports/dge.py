"""The exchange format of the DGE (schema « dispositif-aide » 0.1.0): a CSV, one aid a row.

Its published pattern of places admits digits only, and so refuses Corsica (2A, 2B) and quarters (QN…). They
are read all the same, and a remark says so.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ancrage.aids.imports import eligibility
from ancrage.aids.imports.days import day_of, in_order
from ancrage.aids.imports.imported import (
    ImportedAid,
    ImportedCondition,
    Provenance,
    Reading,
    RejectedEntryError,
    sorted_out,
)
from ancrage.aids.imports.places import outside_pattern, read_code
from ancrage.aids.imports.texts import plain, read_table, web_address
from ancrage.aids.imports.wording import audiences_of, natures_of, split, themes_of
from ancrage.declarations.tables import Table
from ancrage.spreadsheets import as_received

SOURCE = "aides-dge"
COLUMNS = (
    *("id", "titre", "description", "eligibilite", "types_aides", "porteurs", "cibles"),
    *("eligibilite_geographique", "date_mise_a_jour"),
)
"""Columns the schema makes obligatory; the others may be missing."""
PLACES = ("eligibilite_geographique", "eligibilite_geographique_exclusions")
SECTIONS = re.compile(r"Secteurs principalement concernés par le dispositif ?: ?(\w(?:\|\w)*)")
ANY_SIZE = re.compile(r"Eligibilité en fonction du nombre de salariés ?: ?toutes tailles", re.IGNORECASE)
ANY_SECTOR = re.compile(r"Eligibilité Sectorielle ?: ?tous secteurs d.activité", re.IGNORECASE)
AGE = re.compile(r"Eligibilité lié à la durée d'existence de l'entreprise ?: ?(.+)")
NO_MICRO = "Non éligible aux micro entreprises"
TOLD_BY_CODES = "Aires géographiques éligibles"
OTHERS = "Autres conditions d'éligibilité"
LONGEST_LIST = 10


def read_dge(given: str | Table, file: str, *, licence: str, on: date) -> Reading:
    """Every aid of a text or of a sheet, or why its row is not one. Raises :class:`ImportFileError`."""
    rows = list(read_table(given, file, COLUMNS))
    origin = Provenance(SOURCE, file, "", licence, imported_on=on.isoformat())
    aids, rejects = sorted_out(
        rows, lambda line, row: _aid(row, replace(origin, place=f"ligne {line}")), _name
    )
    told = (row for _, row in rows if isinstance(row, Mapping))
    return Reading(SOURCE, file, aids, rejects, tuple(_remarks(told)))


def _remarks(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    codes = outside_pattern(code for row in rows for key in PLACES for code in split(row.get(key) or "", "|"))
    if codes:
        shown = ", ".join(codes[:LONGEST_LIST]) + (", …" if len(codes) > LONGEST_LIST else "")
        yield f"Codes que le motif publié du format refuse (Corse, quartiers), lus tout de même : {shown}."


def _name(row: object) -> str:
    return row.get("titre", "") if isinstance(row, Mapping) else ""


def _aid(row: Any, origin: Provenance) -> ImportedAid:
    if not isinstance(row, Mapping):
        raise RejectedEntryError(str(row))
    # A file that we exported comes back as it was.
    row = {name: as_received(told) if isinstance(told, str) else told for name, told in row.items()}
    audiences = audiences_of(split(_told(row, "cibles"), "|"))
    coverage = tuple(read_code(code) for code in split(_told(row, PLACES[0]), "|"))
    excluded = tuple(read_code(code) for code in split(row.get(PLACES[1]) or "", "|"))
    updated = day_of(row.get("date_mise_a_jour"), "date_mise_a_jour")
    begins, ends = (day_of(row.get(key), key) for key in ("date_ouverture", "date_cloture"))
    opens, closes = in_order(begins, ends)
    summary = plain(row.get("promesse"))
    link = web_address(row.get("url_source"), "url_source")
    return ImportedAid(
        id=f"dge:{_told(row, 'id')}",
        name=_told(row, "titre"),
        summary=summary or plain(row["description"])[:180],
        description=plain(_told(row, "description")),
        funder=_carrier(_told(row, "porteurs")),
        desk=link,
        natures=natures_of(split(_told(row, "types_aides"), "|")),
        audiences=audiences,
        themes=themes_of(f"{row['titre']} {summary}"),
        coverage=coverage,
        excluded=excluded,
        opens=opens,
        closes=closes,
        amount="",
        conditions=(
            *eligibility.applicants(audiences),
            *((eligibility.enterprise(),) if _for_enterprises(row) else ()),
            *_conditions(row),
            *eligibility.place(coverage, excluded),
        ),
        notes=tuple(_notes(row["eligibilite"])),
        links=(link,) if link else (),
        provenance=replace(origin, updated_on=updated.isoformat() if updated else ""),
        raw=dict(row),
    )


def _told(row: Mapping[str, str], key: str) -> str:
    written = (row.get(key) or "").strip()
    if not written:
        raise RejectedEntryError(f"il manque « {key} »")
    return written


def _for_enterprises(row: Mapping[str, str]) -> bool:
    """Whether it is for professionals alone: an association is named apart."""
    return set(split(row["cibles"], "|")) == {"professionnels"}


def _carrier(written: str) -> str:
    """The one who funds, else who examines, else the first. Raises :class:`RejectedEntryError`."""
    try:
        carriers = [(str(each["nom"]), set(each.get("roles") or ())) for each in json.loads(written)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RejectedEntryError(f"porteurs : « {written[:60]} » n'est pas une liste JSON lisible") from error
    if not carriers:
        raise RejectedEntryError("porteurs : la liste est vide")
    for role in ("financeur", "instructeur"):
        if named := [name for name, roles in carriers if role in roles]:
            return named[0]
    return carriers[0][0]


def _conditions(row: Mapping[str, str]) -> Iterator[ImportedCondition]:
    """What the text of eligibility tells in fixed words, and the columns some add for the workforce.

    Sections are « those mainly concerned »: the condition is not certain.
    """
    if found := SECTIONS.search(row["eligibilite"]):
        yield from eligibility.sections(found[1].split("|"), certain=False)
    yield from eligibility.workforce(
        eligibility.whole_number(row.get("eligibilite_effectif_minimal"), "eligibilite_effectif_minimal"),
        eligibility.whole_number(row.get("eligibilite_effectif_maximal"), "eligibilite_effectif_maximal"),
    )
    if found := AGE.search(row["eligibilite"]):
        yield from eligibility.age(found[1])
    if NO_MICRO in row["eligibilite"]:
        yield eligibility.no_microentrepreneur()


def _notes(written: str) -> Iterator[str]:
    """Lines of eligibility that no rule tells."""
    for line in written.split("\n"):
        said = line.strip().removeprefix("- ").removeprefix("* ").strip()
        told = any(pattern.fullmatch(said) for pattern in (SECTIONS, ANY_SIZE, ANY_SECTOR))
        heading = said == NO_MICRO or said.startswith((TOLD_BY_CODES, OTHERS))
        aged = bool((found := AGE.fullmatch(said)) and eligibility.age(found[1]))
        if said and not told and not heading and not aged:
            yield said
