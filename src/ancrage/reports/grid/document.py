"""The JSON documents of the grid: their schemas, key for key."""

from pydantic import Field

from ancrage.grid.assessment import Role
from ancrage.grid.criteria import Actor, Origin
from ancrage.reasoning import Verdict
from ancrage.reports.documents import Common, Document, NamedTerritory


class JudgedStructure(Document, title="Structure jugée"):
    """Who is judged."""

    name: str = Field(description="Nom.")
    commune: str = Field(description="Code INSEE de sa commune.")
    siren: str | None = Field(description="SIREN ; null s'il n'est pas donné.")
    siret: str | None = Field(description="SIRET ; null s'il n'est pas donné.")
    fictitious: bool = Field(description="Vrai si la structure est inventée.")


class GridMean(Document, title="Moyenne de niveaux"):
    """A mean of what is known."""

    value: float | None = Field(description="Moyenne ; null si aucun niveau n'est connu.")
    known: int = Field(description="Niveaux connus.")


class GridRole(Document, title="Regard d'un rôle"):
    """The latest assessment of a role."""

    role: Role = Field(description="Qui juge.")
    date: str = Field(description="Jour du jugement.")
    signed_by: str = Field(description="Fonction qui signe.")
    mean: GridMean = Field(description="Moyenne.")


class GridJudgement(Document, title="Jugement d'un critère"):
    """A level, and why."""

    level: int | None = Field(description="Niveau de 1 à 5 ; null : ne sait pas.")
    comment: str | None = Field(description="Commentaire.")
    evidence: str | None = Field(description="Élément à l'appui.")


class JudgedCriterion(Document, title="Critère jugé"):
    """A criterion, role by role."""

    id: str = Field(description="Identifiant.")
    number: int = Field(description="Numéro.")
    label: str = Field(description="Nom.")
    source: Origin = Field(description="Qui l'a nommé : compte_rendu ou proposition.")
    gap: int | None = Field(description="Écart entre rôles ; null sous deux niveaux connus.")
    lowest: int | None = Field(description="Niveau retenu, le plus bas ; null si aucun n'est connu.")
    judgements: dict[Role, GridJudgement] = Field(description="Par rôle.")


class DisagreementEnd(Document, title="Bout d'un désaccord"):
    """An end of a disagreement."""

    level: int = Field(description="Niveau.")
    roles: list[Role] = Field(description="Rôles qui le donnent.")


class GridDisagreement(Document, title="Désaccord"):
    """A criterion roles differ on."""

    criterion: str = Field(description="Critère.")
    gap: int = Field(description="Écart.")
    strong: bool = Field(description="Vrai à deux niveaux ou plus.")
    low: DisagreementEnd = Field(description="Le plus bas.")
    high: DisagreementEnd = Field(description="Le plus haut.")


class GridPoint(Document, title="Évaluation datée"):
    """An assessment of a series."""

    date: str = Field(description="Jour.")
    mean: GridMean = Field(description="Moyenne.")
    levels: dict[str, int | None] = Field(description="Niveau par critère ; null : inconnu.")


class ComparableMeans(Document, title="Moyennes comparables"):
    """The two means that compare."""

    first: GridMean = Field(description="La première.")
    last: GridMean = Field(description="La dernière.")


class GridSeries(Document, title="Évolution d'un rôle"):
    """The assessments of a role."""

    role: Role = Field(description="Rôle.")
    points: list[GridPoint] = Field(description="Évaluations.")
    changes: dict[str, int | None] = Field(description="Niveaux gagnés par critère ; null : inconnu.")
    comparable: ComparableMeans = Field(description="Moyennes comparables.")


class GridWeakness(Document, title="Critère faible"):
    """A weak criterion."""

    criterion: str = Field(description="Critère.")
    level: int = Field(description="Niveau retenu.")
    weight: int = Field(description="Poids : 5 moins le niveau.")


class GridTool(Document, title="Outil utile"):
    """A tool that strengthens."""

    number: int = Field(description="Numéro de l'outil.")
    label: str = Field(description="Nom.")
    score: int = Field(description="Somme des poids renforcés.")
    competence: Verdict | None = Field(description="Droit du décideur à s'en servir ; null sans décideur.")
    strengthens: list[GridWeakness] = Field(description="Ce qu'il renforce.")


class GridDocument(
    Common,
    title="Évaluation d'une structure",
    json_schema_extra={"description": "Quinze critères côte à côte, désaccords, évolution, outils."},
):
    """What the grid says."""

    schema_: str = Field(alias="schema", description="Version de ce document.")
    structure: JudgedStructure = Field(description="La structure.")
    place: NamedTerritory | None = Field(description="Sa commune ; null si elle est inconnue ce jour-là.")
    authority: Actor | None = Field(description="Décideur conseillé ; null : tous.")
    later_assessments: int = Field(description="Évaluations d'après ce jour, non lues.")
    roles: list[GridRole] = Field(description="Dernière évaluation de chaque rôle.")
    criteria: list[JudgedCriterion] = Field(description="Les quinze critères.")
    disagreements: list[GridDisagreement] = Field(description="Désaccords, du plus grand au plus petit.")
    series: list[GridSeries] = Field(description="Évolution de chaque rôle.")
    unknown: list[str] = Field(description="Critères que personne ne sait juger.")
    weak: list[GridWeakness] = Field(description="Critères faibles.")
    out_of_reach: list[GridWeakness] = Field(description="Critères faibles hors de la prise du décideur.")
    tools: list[GridTool] = Field(description="Outils, du plus utile au moins utile.")


class ActingTool(Document, title="Outil qui agit"):
    """A tool, named."""

    number: int = Field(description="Numéro de l'outil.")
    label: str = Field(description="Nom.")


class CriterionSource(Document, title="Origine d'un critère"):
    """Where a criterion comes from."""

    kind: Origin = Field(description="compte_rendu ou proposition.")
    passage: str = Field(description="Passage dont il est tiré.")


class CriterionDocument(Document, title="Critère de pérennité"):
    """A criterion."""

    id: str = Field(description="Identifiant.")
    number: int = Field(description="Numéro.")
    label: str = Field(description="Nom.")
    short: str = Field(description="Nom court.")
    question: str = Field(description="Question posée.")
    levels: list[str] = Field(description="Ce qui s'observe, du niveau 1 au niveau 5.")
    evidence: list[str] = Field(description="Ce qui le montre.")
    tools: list[ActingTool] = Field(description="Outils qui agissent.")
    actors: list[Actor] = Field(description="Qui a la prise la plus directe.")
    source: CriterionSource = Field(description="D'où il vient.")


class CriteriaDocument(
    Common,
    title="Critères de la grille",
    json_schema_extra={"description": "Les quinze critères de pérennité."},
):
    """The fifteen criteria."""

    items: list[CriterionDocument] = Field(description="Les critères, par numéro.")
