"""The mirror's lists read with the csv module alone: a second opinion on what the engine reads."""

import csv
import gzip
from datetime import date
from pathlib import Path

from ancrage.territories.lineage import Event

OVERSEAS_COLLECTIVITIES = ("975", "977", "978", "98")


def read(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Rows of a gzipped CSV, as text."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def zrr(mirror: Path) -> dict[str, str]:
    """Status of each commune of COG 2017: C, A, M, P, D or NC."""
    rows = read(mirror / "zonages" / "zrr-2017-cog2017.csv.gz")
    return {row["CODGEO"]: row["ZONAGE_ZRR"].partition(" - ")[0] for row in rows}


def frr(mirror: Path) -> dict[str, str]:
    """Published words for each commune of COG 2025."""
    rows = read(mirror / "zonages" / "frr-2025-07.csv.gz", ";")
    return {row["Code_insee"]: row["Classement FRR et FRR+ au 10 juillet 2025"].strip() for row in rows}


def events(mirror: Path) -> list[Event]:
    """INSEE's events since 1943."""
    return [
        Event(
            date.fromisoformat(row["DATE_EFF"]),
            int(row["MOD"]),
            *(row[name] for name in ("TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP")),
            name_after=row["LIBELLE_AP"],
        )
        for row in read(mirror / "cog" / "mouvements-communes-2024.csv.gz")
    ]


def is_in_mainland_or_drom(code: str) -> bool:
    """Whether a list of the five DROM and the mainland may hold this commune."""
    return not code.startswith(OVERSEAS_COLLECTIVITIES)
