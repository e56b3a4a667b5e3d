"""The CSV export of Aides-territoires. It does not tell which territory an aid covers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ancrage.aids.imports.days import day_of
from ancrage.aids.imports.imported import (
    ImportedAid,
    Provenance,
    Reading,
    RejectedEntryError,
    sorted_out,
)
from ancrage.aids.imports.territoires_entry import SOURCE, Told, imported
from ancrage.aids.imports.texts import read_table
from ancrage.aids.imports.wording import split
from ancrage.declarations.tables import Table
from ancrage.language.folding import bare

COLUMNS = (
    *("Nom", "Lien", "Financeurs", "Bénéficiaire", "Types d'aides", "AAP/AMI", "Récurrence"),
    *("Descriptif", "Date Clôture"),
)
SLUG = re.compile(r"/aides/([^/?#]+)/?")


def read_export(given: str | Table, file: str, *, licence: str, on: date) -> Reading:
    """Every aid of an export, or why its row is not one. Raises :class:`ImportFileError`."""
    origin = Provenance(SOURCE, file, "", licence, imported_on=on.isoformat())
    aids, rejects = sorted_out(
        read_table(given, file, COLUMNS),
        lambda line, row: _exported(row, replace(origin, place=f"ligne {line}")),
        lambda row: row.get("Nom", "") if isinstance(row, Mapping) else "",
    )
    return Reading(SOURCE, file, aids, rejects)


def _exported(row: Any, origin: Provenance) -> ImportedAid:
    if not isinstance(row, Mapping):
        raise RejectedEntryError(str(row))
    link = row["Lien"].strip()
    if not (slug := SLUG.search(link)):
        raise RejectedEntryError(f"Lien : « {link} » n'est pas l'adresse d'une aide")
    told = Told(
        name=row["Nom"],
        body=row["Descriptif"],
        funders=split(row["Financeurs"], ";"),
        audiences=split(row["Bénéficiaire"], ";"),
        types=split(row["Types d'aides"], ";"),
        links=(link,),
        call=bare(row["AAP/AMI"].strip()) == "oui",
        closes=day_of(row["Date Clôture"], "Date Clôture"),
        recurrence=row["Récurrence"].strip(),
    )
    return imported(f"at:{slug[1]}", told, origin, row)
