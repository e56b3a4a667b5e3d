"""Structures of the directory, as entries: those that may be named by name, all of them by code."""

from collections.abc import Iterator

from ancrage.register.activities import activity_labels, words_of
from ancrage.register.catalogue import families, siae_kinds
from ancrage.register.directory.cards import commune_names
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.search.suggestion import Entry, Found
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Row

HIDDEN = "Structure au nom non diffusible"
NAMELESS = "Structure sans nom publié"


def structure_entries(atlas: Atlas) -> Iterator[Entry]:
    """Structures of the edition. A hidden one, or one closed that day, is found by its code only."""
    open_directory(atlas.warehouse)
    names, labels = commune_names(atlas), activity_labels(atlas)
    rows = atlas.warehouse.each(
        "SELECT s.siret, s.siren, s.name, s.diffusible, s.active, s.closed, s.family, s.kinds, "
        "s.jobs_central, s.registered, s.fictitious, s.departement, s.commune, s.rna, s.naf "
        f"FROM {TABLE} s",
    )
    return (
        _entry(row, names.get(row["commune"], row["commune"]), labels.get(row["naf"], "")) for row in rows
    )


def _entry(row: Row, commune: str | None, activity: str) -> Entry:
    """``activity``: its label, empty when unknown."""
    about = " ".join(filter(None, (commune, activity, words_of(row["naf"]), *map(_kind, row["kinds"] or ()))))
    name = row["name"] if row["diffusible"] else None
    return Entry(
        kind=Found.STRUCTURE,
        code=row["siret"],
        title=name or (NAMELESS if row["diffusible"] else HIDDEN),
        detail=_detail(row, commune),
        names=(name,) if name and row["active"] else (),
        codes=(row["siret"], row["siren"], *((row["rna"],) if row["rna"] else ())),
        rank=round(row["jobs_central"] or 0),
        about=about if name and row["active"] else "",
        fictitious=row["fictitious"],
    )


def _kind(kind: str) -> str:
    """The kind in words, as people type it."""
    declared = siae_kinds().get(kind)
    return f"{kind} {declared.label}" if declared else kind


def _detail(row: Row, commune: str | None) -> str:
    """What it is, and where: enough to tell two structures of one name apart."""
    family = families()[row["family"]].label if row["family"] in families() else "Structure"
    what = " · ".join((family, *(row["kinds"] or ())))
    where = f"{commune} ({row['departement']})" if commune else "commune inconnue"
    closed = "" if row["active"] else " · établissement fermé"
    listed = "" if row["registered"] else " · d'après une liste seule"
    return f"{what}, {where}{closed}{listed}"
