"""Table of the support places of an edition."""

from ancrage.warehouse.table import Check, Column, Table

SUPPORT_PLACE = Table(
    name="support_place",
    meaning="Lieux d'accompagnement et de services, placés",
    key=("kind", "id"),
    columns=(
        Column("kind", "text", "Réseau : france_services, fabrique_de_territoire…"),
        Column("id", "text", "Identifiant du lieu dans son réseau"),
        Column("name", "text", "Nom publié"),
        Column("commune", "text", "Commune du dernier millésime", nullable=True),
        Column("longitude", "decimal", "Longitude WGS 84", "degrés", nullable=True),
        Column("latitude", "decimal", "Latitude WGS 84", "degrés", nullable=True),
        Column("by_commune", "yes_no", "Placé au point de sa commune, faute de coordonnées"),
        Column("itinerant", "yes_no", "Itinérant"),
        Column("source", "text", "Source dont il vient"),
    ),
    sources=(
        "france-services",
        "fabriques-de-territoire",
        "manufactures-de-proximite",
        "mediation-numerique-creuse",
    ),
    checks=(Check("un lieu a ses deux coordonnées ou aucune", "(longitude IS NULL) = (latitude IS NULL)"),),
)
TABLES = (SUPPORT_PLACE,)
