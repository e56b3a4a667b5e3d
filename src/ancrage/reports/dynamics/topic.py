"""How the dynamics of a territory are told: the sheet, the JSON document, whom to invite as a table."""

from typing import Any

from pydantic import Field

from ancrage.dynamics.answering import Dynamics
from ancrage.dynamics.invitations import COLUMNS, as_csv, cells_of
from ancrage.questions.question import Answer
from ancrage.reports.documents import Heading, heading
from ancrage.reports.dynamics.plain import dynamics_json
from ancrage.reports.dynamics.sheet import dynamics_sheet, warnings_of
from ancrage.reports.sheet import Grid, Sheet
from ancrage.reports.topic import Telling, Topic

Plain = dict[str, Any]


class DynamicsDocument(
    Heading,
    title="Dynamiques collectives",
    json_schema_extra={"description": "Ce qui se concentre, qui se ressemble, qui inviter."},
):
    """The collective dynamics of a territory."""

    asked: Plain = Field(description="Lieux comparés, distance, mesure, tirages et graine.")
    register_reach: str = Field(
        description="Ce que le registre couvre : complet, partiel, echantillon, absent."
    )
    unknown: dict[str, str] = Field(description="Ce qui n'a pu être calculé, et pourquoi.")
    explorations: list[Plain] = Field(description="Par activité : à explorer ou non, et les signes.")
    representations: list[Plain] = Field(description="Par niveau : quotients de localisation et intervalles.")
    association: Plain | None = Field(description="Indice de Moran et voisinages ; null si inconnu.")
    complementarities: str = Field(description="D'où viennent les complémentarités.")
    structures: int | None = Field(description="Structures connues ; null si inconnu.")
    groups: list[Plain] | None = Field(description="Groupes complémentaires ; null si inconnu.")
    invited: list[Plain] = Field(description="Les structures à inviter, la plus proche d'abord.")


def describe(answer: Answer[Dynamics]) -> Sheet:
    """The sheet."""
    return dynamics_sheet(answer.facts)


def document(answer: Answer[Dynamics]) -> Plain:
    """Plain values; structures that are not to be shown have neither name nor SIRET."""
    return {**heading(answer, warnings_of(answer.facts)), **dynamics_json(answer.facts)}


def table(answer: Answer[Dynamics]) -> Grid:
    """Whom to invite."""
    rows = tuple(
        tuple("" if cell is None else str(cell) for cell in cells_of(one)) for one in answer.facts.invited
    )
    return Grid("Structures à inviter", tuple(COLUMNS), rows)


def invitations_csv(telling: Telling) -> str:
    """The list for a spreadsheet."""
    return as_csv(telling.answer.facts.invited)


TOPIC = Topic(
    describe,
    document,
    DynamicsDocument,
    table=table,
    own={"csv": "ancrage.reports.dynamics.topic:invitations_csv"},
)
