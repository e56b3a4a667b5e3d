"""The JSON document of a coverage: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Document, Heading


class CoveredNetwork(
    Document,
    title="Réseau sur le territoire",
    json_schema_extra={"description": "Un réseau d'accompagnement."},
):
    """A network on the territory."""

    id: str = Field(description="Identifiant du réseau.")
    label: str = Field(description="Nom du réseau.")
    ess: bool = Field(description="Vrai s'il compte dans l'accompagnement à l'ESS.")
    known: bool = Field(description="Vrai si une liste de ses lieux est lue.")
    places: int | None = Field(description="Nombre de ses lieux ; null si aucune liste n'est lue.")
    mean_km: float | None = Field(description="Distance moyenne des communes, en kilomètres.")
    within: dict[str, dict[str, float | None]] = Field(
        description="Par grandeur (habitants, établissements, emplois), la part à chaque distance (km)."
    )


class CoveredCommune(
    Document, title="Commune couverte", json_schema_extra={"description": "Une commune et ce qui la couvre."}
):
    """A commune and its states."""

    code: str = Field(description="Code INSEE.")
    name: str = Field(description="Nom.")
    together: str = Field(description="État tous réseaux ensemble : couvert, eloigne, dla_seul…")
    states: dict[str, str] = Field(description="État par réseau.")
    distances_km: dict[str, float | None] = Field(description="Distance au lieu le plus proche, par réseau.")


class DeclaredZone(
    Document,
    title="Territoire déclaré",
    json_schema_extra={"description": "Un territoire qu'un lieu dit servir."},
):
    """A territory a place says it serves."""

    kind: str = Field(description="Nature : pays, region, departement, epci ou commune.")
    code: str = Field(description="Code ; vide pour le pays.")


class SupportPlaceDocument(
    Document, title="Lieu d'accompagnement", json_schema_extra={"description": "Un lieu du territoire."}
):
    """A support place."""

    id: str = Field(description="Identifiant.")
    kind: str = Field(description="Réseau.")
    name: str = Field(description="Nom.")
    commune: str | None = Field(description="Code INSEE de sa commune.")
    longitude: float | None = Field(description="Longitude (WGS 84).")
    latitude: float | None = Field(description="Latitude (WGS 84).")
    by_commune: bool = Field(description="Vrai s'il est placé au point de sa commune.")
    receives: bool = Field(description="Vrai s'il reçoit du public.")
    itinerant: bool = Field(description="Vrai s'il se déplace.")
    publics: list[str] = Field(description="Qui il sert ; vide si ce n'est pas dit.")
    zones: list[DeclaredZone] = Field(description="Territoires qu'il dit servir ; vide si ce n'est pas dit.")
    source: str = Field(description="Source.")


class SetAside(
    Document, title="Ligne écartée", json_schema_extra={"description": "Ce qui n'a pas été gardé tel quel."}
):
    """What was not kept as it was."""

    where: str = Field(description="Où.")
    why: str = Field(description="Pourquoi.")


class CoverageDocument(
    Heading,
    title="Couverture d'un territoire",
    json_schema_extra={"description": "Quel accompagnement couvre chaque commune, et d'où."},
):
    """Which support covers each commune."""

    near_km: float = Field(description="Jusqu'où un lieu couvre.")
    far_km: float = Field(description="Au-delà, personne ne couvre.")
    kinds: list[CoveredNetwork] = Field(
        description="Par réseau : s'il est connu, ses lieux, qui est à quelle distance."
    )
    communes: list[CoveredCommune] = Field(
        description="Par commune : son état et la distance de chaque réseau."
    )
    places: list[SupportPlaceDocument] = Field(description="Les lieux du territoire.")
    rejected: list[SetAside] = Field(description="Lignes refusées.")
    moved: list[SetAside] = Field(description="Lieux dont les coordonnées n'ont pas été crues.")
    remarks: list[SetAside] = Field(
        description="Codes de commune lus autrement qu'écrits, ou pas compris, de lieux gardés."
    )
    merged: list[SetAside] = Field(description="Doublons réunis.")
