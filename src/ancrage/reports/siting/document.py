"""The JSON document of openings: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Document, Heading


class OpenedSite(Document, title="Lieu à ouvrir", json_schema_extra={"description": "Un lieu à ouvrir."}):
    """A site to open."""

    rank: int = Field(description="Rang dans l'ordre où ouvrir.")
    code: str = Field(description="Code INSEE de la commune.")
    name: str = Field(description="Nom de la commune.")
    longitude: float = Field(description="Longitude (WGS 84).")
    latitude: float = Field(description="Latitude (WGS 84).")
    newly_served: float | None = Field(description="Ce qui entre dans le rayon ; null sans rayon.")
    places_served: int | None = Field(description="Communes qui y entrent ; null sans rayon.")
    saved_km: float | None = Field(description="Ce que perd la distance moyenne, en kilomètres.")
    nearest_weight: float = Field(description="Ce dont c'est le lieu le plus proche.")


class Reached(
    Document, title="Desserte", json_schema_extra={"description": "Qui est desservi, avant ou après."}
):
    """Who is served, before or after."""

    sites: int = Field(description="Lieux comptés.")
    served: float | None = Field(description="Ce qui est dans le rayon ; null sans rayon.")
    mean_km: float | None = Field(description="Distance moyenne, en kilomètres.")
    farthest_km: float | None = Field(description="La plus grande distance, en kilomètres.")
    farthest: str | None = Field(description="La commune la plus loin.")


class Proven(Document, title="Preuve", json_schema_extra={"description": "Ce qui est prouvé d'une valeur."}):
    """What is proved of a value."""

    value: float = Field(description="La valeur trouvée.")
    bound: float = Field(description="La borne que rien ne peut dépasser.")
    gap: float = Field(description="Au plus l'écart au meilleur choix, de 0 à 1.")
    proven: bool = Field(description="Vrai si c'est le meilleur choix.")


class CurvePoint(
    Proven, title="Point de la courbe", json_schema_extra={"description": "Pour un nombre de lieux."}
):
    """The best for a number of sites."""

    sites: int = Field(description="Nombre d'ouvertures.")


class OpeningsDocument(
    Heading,
    title="Ouvertures",
    json_schema_extra={"description": "Où ouvrir, et ce que chaque lieu apporte."},
):
    """Where to open."""

    model: str = Field(description="couverture_maximale ou p_mediane.")
    radius_km: float | None = Field(description="Jusqu'où un lieu couvre ; null pour rapprocher en moyenne.")
    unit: str = Field(description="Ce qui est servi : habitants, structures ou emplois.")
    weight: float = Field(description="Ce qu'il y a à servir en tout.")
    asked: int = Field(description="Nombre d'ouvertures demandées.")
    candidates: int = Field(description="Communes où ouvrir était possible.")
    sites: list[OpenedSite] = Field(description="Les lieux, dans l'ordre où ouvrir.")
    before: Reached = Field(description="Avant.")
    after: Reached = Field(description="Après.")
    proof: Proven = Field(description="Ce qui est prouvé du choix.")
    curve: list[CurvePoint] = Field(description="Le meilleur résultat pour chaque nombre d'ouvertures.")
    unknown_weights: list[str] = Field(description="Communes dont le poids n'est pas connu.")
    unlocated: list[str] = Field(description="Communes sans position connue.")
    unplaced: list[str] = Field(description="Lieux existants sans position connue.")
    outside: list[str] = Field(description="Candidats demandés qui ne sont pas du territoire.")
    distances: str = Field(description="vol_d_oiseau.")
