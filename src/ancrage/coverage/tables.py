"""Tables of the support places of an edition, and of how far each commune is from them."""

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
SUPPORT_DISTANCE = Table(
    name="support_distance",
    meaning="Distance à vol d'oiseau de chaque commune au lieu le plus proche de chaque réseau",
    key=("commune", "vintage", "kind"),
    columns=(
        Column("commune", "text", "Commune dont le point est connu"),
        Column(
            "vintage",
            "integer",
            "Millésime d'une commune sans contour de son code, placée au point d'une autre ; vide sinon",
            nullable=True,
        ),
        Column("kind", "text", "Réseau : france_services, fabrique_de_territoire…"),
        Column("km", "decimal", "Distance au lieu le plus proche", "km"),
    ),
    sources=(*SUPPORT_PLACE.sources, "contours-communes"),
    checks=(Check("une distance n'est pas négative", "km >= 0"),),
)
TABLES = (SUPPORT_PLACE, SUPPORT_DISTANCE)
