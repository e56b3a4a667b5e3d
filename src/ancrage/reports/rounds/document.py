"""The JSON document of a round: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Document, Heading


class Stop(Document, title="Arrêt", json_schema_extra={"description": "Une commune de la tournée."}):
    """A commune of the round."""

    code: str = Field(description="Code INSEE.")
    name: str = Field(description="Nom.")


class RoundLimits(
    Document, title="Limites d'une tournée", json_schema_extra={"description": "Ce qui borne un jour."}
):
    """What limits a day; ``null``: not limited, or not known."""

    detour: float | None = Field(description="Kilomètres de route par kilomètre à vol d'oiseau.")
    km_per_day: float | None = Field(description="Kilomètres au plus par jour.")
    hours_per_stop: float | None = Field(description="Heures par arrêt.")
    hours_per_day: float | None = Field(description="Heures au plus par jour.")
    km_per_hour: float | None = Field(description="Vitesse sur la route.")


class RoundDay(
    Document, title="Jour de tournée", json_schema_extra={"description": "Un jour de la tournée."}
):
    """A day of the round."""

    stops: list[str] = Field(description="Codes INSEE, dans l'ordre.")
    km: float = Field(description="Kilomètres à vol d'oiseau.")
    hours: float | None = Field(description="Heures ; null sans vitesse donnée.")


class RoundDocument(
    Heading,
    title="Tournée",
    json_schema_extra={"description": "Une tournée : ses arrêts, ses jours, sa preuve."},
):
    """A round."""

    base: Stop = Field(description="Le départ.")
    stops: list[Stop] = Field(description="Les arrêts, dans l'ordre.")
    km: float = Field(description="Kilomètres à vol d'oiseau.")
    bound_km: float = Field(description="Aucun ordre ne fait moins.")
    gap: float = Field(description="Au plus l'écart au plus court, de 0 à 1.")
    proven: bool = Field(description="Vrai si c'est le plus court.")
    road_km: float | None = Field(description="Kilomètres de route ; null sans facteur de détour.")
    rules: RoundLimits = Field(description="Ce qui borne un jour.")
    days: list[RoundDay] | None = Field(description="Jour par jour ; null si rien ne borne un jour.")
    unlocated: list[str] = Field(description="Communes sans position connue, hors de la tournée.")
    distances: str = Field(description="vol_d_oiseau.")
