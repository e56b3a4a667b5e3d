"""The JSON documents of survival: their schemas, key for key."""

from pydantic import Field

from ancrage.reports.documents import Common, Document, Heading


class RemainingShare(
    Document,
    title="Part restante à un âge",
    json_schema_extra={"description": "Part encore là à un âge, et intervalle à 95 %."},
):
    """Share still there at an age."""

    survival: float | None = Field(description="Part encore là, de 0 à 1.")
    low: float | None = Field(description="Borne basse à 95 % ; null si elle n'est pas connue.")
    high: float | None = Field(description="Borne haute à 95 % ; null si elle n'est pas connue.")


class SurvivalPoint(
    RemainingShare, title="Point d'une courbe", json_schema_extra={"description": "Un pas de la courbe."}
):
    """A step of a curve."""

    age: float = Field(description="Âge, en années.")


class SurvivingGroup(
    Document, title="Groupe et sa courbe", json_schema_extra={"description": "Un groupe et sa courbe."}
):
    """A group and its curve."""

    label: str = Field(description="Nom du groupe.")
    units: int = Field(description="Unités suivies.")
    closures: int = Field(description="Fermetures vues.")
    survival: dict[str, RemainingShare | None] = Field(
        description="Part restante par âge (années) ; null au-delà."
    )
    median: float | None = Field(description="Âge médian, en années ; null si plus de la moitié reste.")
    curve: list[SurvivalPoint] = Field(description="La courbe de Kaplan-Meier, pas à pas.")


class LogRank(
    Document, title="Test du log-rank", json_schema_extra={"description": "Comparaison des groupes."}
):
    """Comparison of the groups."""

    statistic: float = Field(description="χ².")
    degrees: int = Field(description="Degrés de liberté.")
    p_value: float = Field(description="Valeur p.")


class SurvivalDocument(
    Heading,
    title="Survie d'un territoire",
    json_schema_extra={"description": "Courbes de survie des structures, par groupe."},
):
    """Survival curves by group."""

    by: str = Field(description="Façon de comparer.")
    since: str = Field(description="Premier jour observé.")
    counted: str = Field(description="Ce qui est compté, en français.")
    groups: list[SurvivingGroup] = Field(
        description="Par groupe : effectif, fermetures, courbe et intervalle à 95 %."
    )
    hidden_groups: int = Field(description="Groupes trop petits pour être montrés.")
    test: LogRank | None = Field(
        description="Test du log-rank entre les groupes ; null s'il n'a pas lieu d'être."
    )
    left_out: dict[str, int] = Field(description="Unités qui n'ont pu être suivies, par raison.")
    unknown: str | None = Field(description="Pourquoi il n'y a aucune courbe ; null quand il y en a.")


class StatusGroupDocument(
    Document,
    title="Groupe d'un fichier",
    json_schema_extra={"description": "Un groupe dont l'état seul est connu."},
):
    """A group whose state alone is known."""

    label: str = Field(description="Nom du groupe.")
    units: int = Field(description="Unités suivies.")
    ceased: int = Field(description="Unités cessées.")
    survival: dict[str, RemainingShare | None] = Field(
        description="Part restante par âge (années) ; null au-delà."
    )


class UnreadLine(Document, title="Ligne non comprise"):
    """A line whose day is not understood, or that has another number of cells."""

    line: int = Field(description="Ligne du fichier.")
    reason: str = Field(description="Pourquoi, et quoi écrire.")
    text: str = Field(description="Ce qu'elle dit.")


class FileSurvivalDocument(
    Common,
    title="Survie d'un fichier",
    json_schema_extra={"description": "Survie d'unités dont l'état seul est connu, un jour donné."},
):
    """Survival of the units of a file."""

    by: str = Field(description="Façon de comparer.")
    observed_on: str = Field(description="Jour où l'état a été constaté.")
    groups: list[StatusGroupDocument] = Field(description="Par groupe : effectif, cessations, part restante.")
    hidden_groups: int = Field(description="Groupes trop petits pour être montrés.")
    test: LogRank | None = Field(description="Comparaison des groupes ; null si elle n'a pas lieu d'être.")
    left_out: dict[str, int] = Field(description="Unités qui n'ont pu être suivies, par raison.")
    rejects: list[UnreadLine] = Field(description="Lignes qui ne sont pas comprises.")
