"""How solid a structure is: judged on fifteen criteria, by an address, a file or a text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import Field

from ancrage.errors import AncrageError
from ancrage.questions.fields import DAY, Asked, Day
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from ancrage.grid.assessment import GridFile, Structure
    from ancrage.grid.criteria import Criterion
    from ancrage.grid.evaluation import Evaluation
    from ancrage.territories.territory import Territory

HEAVIEST = 500_000
LONGEST_NAME = 200
LONGEST_WORD = 40
MOST_LEVELS = 30
SIGNED = "sur le site"


class Authority(StrEnum):
    """Decision-makers the grid may answer."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"


For = Annotated[
    Authority | None,
    Asked(
        name="pour",
        label="Outils à la main de",
        help="Les outils de ce décideur seulement.",
        example="epci",
        metavar="commune|epci|departement|region",
    ),
]
Levels = Annotated[
    tuple[Annotated[str, Field(max_length=LONGEST_WORD * 2)], ...], Field(max_length=MOST_LEVELS)
]


@dataclass(frozen=True, slots=True, eq=False)
class GridFacts:
    """A structure, what the grid says of it, and its commune when the edition knows it that day."""

    structure: "Structure"
    evaluation: "Evaluation"
    place: "Territory | None"


class JudgedQuestion(Question):
    """Base of the questions that judge a structure. Raises ``GridFileError`` with every fault."""

    label: ClassVar = "Grille de pérennité"
    help: ClassVar = "Compare les évaluations d'une structure : écarts, évolution, points faibles, outils."

    authority: For = None

    def grid_file(self, asking: Asking) -> "GridFile":
        """The structure and its assessments, checked. Raises ``GridFileError``."""
        raise NotImplementedError

    def work_out(self, asking: Asking) -> Worked[GridFacts]:
        """The evaluation."""
        from ancrage.grid.criteria import Actor
        from ancrage.grid.evaluation import evaluate

        file, on = self.grid_file(asking), self.day or asking.on
        authority = Actor(self.authority.value) if self.authority else None
        evaluation = evaluate(file.assessments, on=on, authority=authority)
        place = _place(asking, file.structure.commune, on)
        return Worked(GridFacts(file.structure, evaluation, place), fictitious=file.structure.fictitious)


class GridQuestion(JudgedQuestion):
    """One or two judgements, level by level; a level that is not told is not known."""

    name: ClassVar = "grille"

    structure: Annotated[
        str,
        Field(max_length=LONGEST_NAME),
        Asked(name="nom", label="Structure", help="Nom de la structure.", example="Ressourcerie"),
    ] = "Structure sans nom"
    commune: Annotated[
        str,
        Field(max_length=10),
        Asked(name="commune", label="Commune", help="Code INSEE de sa commune.", example="23077"),
    ] = ""
    role: Annotated[
        str,
        Field(max_length=LONGEST_WORD),
        Asked(name="role", label="Qui juge", help="Rôle de qui juge.", example="structure"),
    ] = "structure"
    levels: Annotated[
        Levels,
        Asked(name="niveau", label="Niveaux", help="Critère et niveau, de 1 à 5.", example="tresorerie=3"),
    ] = ()
    second_role: Annotated[
        str,
        Field(max_length=LONGEST_WORD),
        Asked(name="role2", label="Un second regard", help="Rôle du second regard.", example="collectivite"),
    ] = ""
    second_levels: Annotated[
        Levels,
        Asked(name="niveau2", label="Niveaux du second regard", help="De même.", example="tresorerie=2"),
    ] = ()
    judged_on: Annotated[
        Day | None, Asked(name="le", label="Jour du jugement", help="Jour du jugement.", example="2026-01-01")
    ] = None

    def settled(self, on: date) -> Self:
        """The same question, judged on ``on`` when it named no day."""
        return self if self.judged_on else self.model_copy(update={"judged_on": on})

    def grid_file(self, asking: Asking) -> "GridFile":
        """The assessments told by the address, checked as those of a file."""
        from ancrage.grid.assessment import SCHEMA
        from ancrage.grid.files import read_grid_text

        written = [self._assessment(self.role, self.levels, asking)]
        if self.second_role:
            written.append(self._assessment(self.second_role, self.second_levels, asking))
        told = {
            "schema": SCHEMA,
            "structure": {"name": self.structure, "commune": self.commune},
            "assessments": written,
        }
        return read_grid_text(json.dumps(told, ensure_ascii=False), today=asking.on)

    def _assessment(self, role: str, levels: Sequence[str], asking: Asking) -> dict[str, Any]:
        from ancrage.grid.criteria import criteria

        told = dict(map(_level, levels))
        day = self.judged_on or asking.on
        return {
            "date": day.isoformat(),
            "role": role,
            "signed_by": SIGNED,
            "levels": {**{one.id: None for one in criteria()}, **told},
        }


class GridFileQuestion(JudgedQuestion):
    """The assessments of a file of the person's machine."""

    name: ClassVar = "grille_fichier"
    needs: ClassVar = ("fichier",)

    file: Annotated[
        str,
        Asked(
            name="fichier",
            label="Fichier",
            help="Évaluations : classeur, CSV, YAML ou JSON.",
            metavar="FICHIER",
            argument=True,
            local=True,
        ),
    ]
    on: Annotated[Day | None, DAY] = None

    @property
    def day(self) -> date | None:
        """The day it is asked for."""
        return self.on

    def settled(self, on: date) -> Self:
        """The same question, for ``on`` when it named no day."""
        return self if self.on else self.model_copy(update={"on": on})

    def grid_file(self, asking: Asking) -> "GridFile":
        """The file, checked."""
        from ancrage.grid.files import read_grid_file

        return read_grid_file(Path(self.file), today=asking.on)


class GridTextQuestion(JudgedQuestion):
    """The assessments of a text that a person sent."""

    name: ClassVar = "grille_texte"
    needs: ClassVar = ("texte",)

    text: Annotated[
        str,
        Field(max_length=HEAVIEST),
        Asked(name="texte", label="Texte", help="Évaluations en YAML ou en JSON."),
    ]
    file_name: Annotated[
        str,
        Field(max_length=LONGEST_NAME),
        Asked(name="nom_fichier", label="Nom du fichier", help="Nom qui dit où sont les fautes."),
    ] = ""

    def grid_file(self, asking: Asking) -> "GridFile":
        """The text, checked."""
        from ancrage.grid.files import read_grid_text

        return read_grid_text(self.text, today=asking.on, name=self.file_name)


class CriteriaQuestion(Question):
    """The fifteen criteria, before anybody has judged anything."""

    name: ClassVar = "grille_criteres"
    label: ClassVar = "Critères de la grille de pérennité"
    help: ClassVar = "Liste les quinze critères, leurs niveaux, et d'où ils viennent."

    def work_out(self, asking: Asking) -> "Worked[tuple[Criterion, ...]]":  # noqa: ARG002 the same every day
        """The criteria."""
        from ancrage.grid.criteria import criteria

        return Worked(criteria())


def _level(written: str) -> tuple[str, int | str | None]:
    """A number, nothing, or what was written, which the check refuses in words."""
    name, _, level = written.partition("=")
    return name, int(level) if level.isdecimal() and len(level) < 3 else level or None


def _place(asking: Asking, commune: str, on: date) -> "Territory | None":
    """The commune of the day, that which one of old became included; it is told in its note."""
    from ancrage.territories.joining import designated_in_a_set, told_of
    from ancrage.territories.resolving import whole

    atlas = asking.opened.atlas
    try:
        code, told = designated_in_a_set(atlas, commune, on)
        place = whole(atlas, code, on=on)
    except AncrageError:
        return None
    return replace(place, note=told_of([told])) if told else place
