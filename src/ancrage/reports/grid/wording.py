"""French words of the grid, shared by its sheets."""

from collections.abc import Sequence

from ancrage.grid.assessment import Role
from ancrage.grid.criteria import COUNT, Criterion
from ancrage.grid.evaluation import Mean
from ancrage.language.numbers import count, number
from ancrage.reports.cells import Figure, Link, Ref, Subject, figure

UNKNOWN = "?"
FULL_NAMES = 3
"""Roles up to which a table of 80 columns holds their whole names."""
REPORT = (
    "Compte rendu du webinaire du 31 mars 2021, « L'économie sociale et solidaire au cœur de la relance des "
    "territoires fragiles » (ANCT) : six leviers, dix-neuf outils, trois critères nommés sur quinze."
)
ORIGIN_WARNING = (
    "trois noms de critères seulement, sur quinze, sont publiés par le compte rendu de l'étude de l'ANCT. "
    "Les douze autres critères, ainsi que les questions et les niveaux des quinze, sont une proposition "
    "d'Ancrage : ce ne sont pas les « 15 critères de l'ANCT »."
)


def criterion_name(criterion: Criterion) -> str:
    """Number and name: « 4. Trésorerie et résistance aux chocs de court terme »."""
    return f"{criterion.number}. {criterion.label}"


def origin_mark(criterion: Criterion) -> str:
    """Where the name of a criterion comes from."""
    return criterion.source.kind.label


def level_text(level: int | None) -> Figure:
    """A level, or a question mark."""
    return figure(level, unknown=UNKNOWN)


def mean_text(mean: Mean) -> Figure:
    """A mean on five with one decimal, or a question mark."""
    told = UNKNOWN if mean.value is None else f"{number(mean.value, 1)} sur 5"
    return Figure(told, mean.value, decimals=1)


def known_text(mean: Mean) -> Figure:
    """How many criteria are known."""
    return Figure(f"{mean.known} sur {COUNT}", mean.known)


def signed(difference: int | None) -> Figure:
    """A difference of levels with its sign: +1, −2, 0, or a question mark."""
    if difference is None:
        return figure(None, unknown=UNKNOWN)
    return Figure(f"{'+' if difference > 0 else ''}{number(difference)}", difference)


def roles_text(roles: Sequence[Role]) -> str:
    """Names of roles in one phrase."""
    return ", ".join(role.label for role in roles)


def column_names(roles: Sequence[Role]) -> tuple[list[str], str]:
    """Names of the columns of roles, shortened when they are many, and the key of the short ones."""
    if len(roles) <= FULL_NAMES:
        return [role.label for role in roles], ""
    short = [f"{role.label[:3]}." for role in roles]
    key = " ; ".join(f"{name} : {role.label.lower()}" for name, role in zip(short, roles, strict=True))
    return short, f" {key}."


def points_text(score: int) -> Figure:
    """A score of the ranking."""
    return Figure(count(score, "point"), score)


def tool_cell(words: str, number_of_tool: int) -> Link:
    """A tool of the report, named."""
    return Link(words, Ref(Subject.TOOL, str(number_of_tool)))
