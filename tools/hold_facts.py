"""Write the facts held in the package (``src/ancrage/edition/held``) from synchronised sources.

    ancrage sources sync --mirror ../shared/data
    .venv/bin/python tools/hold_facts.py

The first command may fetch from the producers instead. Only the columns the build reads are kept, grouped by
what communes say alike; no file received is copied. A source that was not synchronised stops the tool.
Names of sources after the command write those only again.
"""

import sys
from collections.abc import Collection
from pathlib import Path

import yaml

from ancrage.edition.held import tables
from ancrage.edition.held.tables import INDEX, HeldTable, lines_of
from ancrage.edition.inputs import Inputs
from ancrage.location import data_directory
from ancrage.sources.catalogue import get_source
from ancrage.sources.declaration import Format
from ancrage.sources.snapshots import SnapshotStore

FOLDER = Path(tables.__file__).parent
HEADER = "# Written by tools/hold_facts.py, which says how; never by hand.\n"

PROGRAMMES = ("id_crte", "id_pvd", "id_acv", "id_ti", "id_va", "id_cite", "id_fs")
EVENTS = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP")
REACHED = (
    "kind",
    "name",
    "territory_codes",
    "address",
    "postcode",
    "city",
    "phone",
    "website",
    "source_date",
)
READ_ON = ("source_url", "mark")
AGENCY = ("nom", "adresse", "complement", "code_postal", "ville", "departement")
NAMES = ("id_territoire", "lib_territoire")
POINT = ("longitude", "latitude")
"""Of the object itself, where a list is one of points."""
CONTRACTS = ("id", "lib", "perimetre", "nbcom", "info1")
STATUS_FRR = "Classement FRR et FRR+ au 10 juillet 2025"
HELD: tuple[tuple[str, str, tuple[str, ...], str | None], ...] = (
    ("mouvements-communes", "evenements", EVENTS, None),
    ("zrr-2017", "communes", ("CODGEO", "ZONAGE_ZRR"), "CODGEO"),
    ("frr-2025", "communes", ("Code_insee", STATUS_FRR), "Code_insee"),
    ("massifs-2025", "communes", ("insee_com", "niveau_montagne"), "insee_com"),
    ("densite-2025", "communes", ("insee_com", "niveau_densite"), "insee_com"),
    ("programmes-anct-2023", "communes", ("insee_com", *PROGRAMMES), "insee_com"),
    ("qpv-2024-communes", "communes", ("insee_com", "code_qp", "lib_qp"), None),
    ("qpv-2015-occitanie", "polygones", ("code_commune", "code_qp", "nom_qp"), None),
    ("pvd-2024", "territoires", NAMES, None),
    ("acv-2024", "territoires", NAMES, None),
    ("territoires-industrie-2024", "territoires", NAMES, None),
    ("acv-2018", "communes", ("insee_com",), None),
    ("acv-signatures-2024", "communes", ("insee_com", "id_acv", "lib_acv", "date_signature"), None),
    ("pvd-signatures-2023", "communes", (*NAMES, "date_signature", "liste_geo"), None),
    ("contrats-de-ville-2018", "contrats", CONTRACTS, None),
    ("contrats-ruralite-2019", "contrats", CONTRACTS, None),
    ("contrats-transition-2019", "contrats", CONTRACTS, None),
    ("zrd-2019", "communes", CONTRACTS, None),
    ("zfu-2019", "communes", CONTRACTS, None),
    ("territoires-industrie-phase-1", "territoires", ("id_ti", "lib_ti"), None),
    ("france-services", "liste-2022-12", ("insee_com", "id_fs", "lib_fs"), None),
    ("france-services", "points-2024", ("id_geo", *NAMES, *POINT), None),
    ("mairies", "positions", ("code", "lon", "lat"), None),
    ("annuaire-administration-2019", "services", REACHED, None),
    ("delegations-anct", "services", REACHED, None),
    ("ddets", "services", REACHED, None),
    ("dreets", "services", (*REACHED, *READ_ON), None),
    ("france-travail-agences", "agences", AGENCY, None),
    ("annuaire-france-services", "espaces", ("network", *REACHED), None),
    ("reseaux-ess", "contacts", ("network", *REACHED, *READ_ON), None),
)
IN_PART = frozenset({"qpv-2015-occitanie"})
"""The build also reads its perimeters."""


def hold(inputs: Inputs, only: Collection[str]) -> list[HeldTable]:
    """Write the text of each table; return what the index tells of them, those left as they are included."""
    kept = tables.held_tables()
    typed = [table for table in kept.values() if table.typed]
    written = (
        _hold(inputs, *entry) if entry[0] in only or not only else kept[entry[0], entry[1]] for entry in HELD
    )
    return [*written, *typed]


def _hold(inputs: Inputs, source: str, resource: str, columns: tuple[str, ...], by: str | None) -> HeldTable:
    snapshot = inputs.snapshot(source, resource)
    if snapshot is None:
        sys.exit(f"{source}/{resource} is not synchronised: see the first lines of this tool.")
    rows = [{name: str(row.get(name) or "") for name in columns} for row in _rows(inputs, source, resource)]
    provenance = snapshot.provenance
    table = HeldTable(
        source=source,
        resource=resource,
        columns=columns,
        by=by,
        whole=source not in IN_PART,
        rows=len(rows),
        origin=provenance.origin,
        vintage=provenance.vintage,
        licence=provenance.licence,
        sha256=provenance.sha256,
        fetched_at=provenance.fetched_at,
    )
    lines = lines_of(rows, columns, by)
    (FOLDER / table.file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table


def _rows(inputs: Inputs, source: str, resource: str) -> list[dict[str, str]]:
    declared = next(one for one in get_source(source).resources if one.id == resource)
    if declared.format is Format.GEOJSON:
        return [properties | _point(shape) for properties, shape in inputs.features(source, resource) or ()]
    return inputs.rows(source, resource) or []


def _point(geometry: object) -> dict[str, float]:
    """Degrees of a point, to a metre; nothing of another shape."""
    held = geometry if isinstance(geometry, dict) and geometry.get("type") == "Point" else {}
    return dict(zip(POINT, (round(degrees, 5) for degrees in held.get("coordinates", ())[:2]), strict=False))


def main() -> None:
    """Write the tables and the index."""
    held = hold(Inputs(SnapshotStore(data_directory())), sys.argv[1:])
    index = {"tables": [table.model_dump(mode="json", exclude_defaults=True) for table in held]}
    text = yaml.safe_dump(index, allow_unicode=True, sort_keys=False, width=110)
    (FOLDER / INDEX).write_text(HEADER + text, encoding="utf-8")


if __name__ == "__main__":
    main()
