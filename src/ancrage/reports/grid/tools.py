"""Weak criteria and the tools that would strengthen them, as sections of the sheet."""

from collections.abc import Sequence

from ancrage.grid.criteria import HIGHEST, Actor
from ancrage.grid.evaluation import Evaluation
from ancrage.grid.ranking import WEAK, RankedTool, Weakness
from ancrage.repairs import See
from ancrage.reports.cells import Cell
from ancrage.reports.grid.wording import criterion_name, level_text, origin_mark, points_text, tool_cell
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section

WEIGHING = (
    "Un critère pèse 5 moins son niveau retenu : 4 points au niveau 1, 3 au niveau 2, 2 au niveau 3. "
    "Un outil a la somme des poids des critères faibles sur lesquels il agit : "
    "leur poids moyen fois leur nombre."
)
COMPETENCE = "Qui peut se servir d'un outil, et sur quel texte, est dit outil par outil."


def weak_criteria(evaluation: Evaluation) -> Section:
    """The weakest criteria, what is observed there and what the next level asks."""
    if not evaluation.weak:
        return Section("faibles", "Les critères les plus faibles", (Paragraph(_nothing_weak(evaluation)),))
    table = Grid(
        "Niveau retenu : le plus bas que donne un rôle",
        ("Critère", "Origine", "Niveau", "Ce qui est observé", "Le niveau suivant"),
        tuple(_weak(one) for one in evaluation.weak),
        right=frozenset({2}),
    )
    return Section("faibles", "Les critères les plus faibles", (Paragraph(_threshold(evaluation)), table))


def tools(evaluation: Evaluation) -> Section | None:
    """The report's tools that act on weak criteria, ranked; weak criteria out of reach are named."""
    if not evaluation.weak:
        return None
    blocks: list[Block] = []
    if evaluation.tools:
        blocks += [
            Paragraph(WEIGHING),
            _ranking(evaluation.tools),
            Paragraph(COMPETENCE, "quiet", (See("tool"),)),
        ]
    blocks += _beyond(evaluation.authority, evaluation.out_of_reach)
    return Section("outils", _title(evaluation.authority), tuple(blocks))


def actors_text(actors: Sequence[Actor]) -> str:
    """Who may act, in one phrase."""
    return ", ".join(actor.label for actor in actors)


def _title(authority: Actor | None) -> str:
    return f"Ce que peut faire {authority.label}" if authority else "Les outils qui les renforceraient"


def _nothing_weak(evaluation: Evaluation) -> str:
    if len(evaluation.unknown) == len(evaluation.lines):
        return "Aucun niveau n'est connu : rien ne peut être dit faible."
    return "Aucun critère connu n'est au niveau 3 ou au-dessous."


def _threshold(evaluation: Evaluation) -> str:
    if evaluation.weak[0].level <= WEAK:
        return "Critères aux niveaux 1 et 2."
    return "Aucun critère connu n'est aux niveaux 1 et 2 ; voici ceux du niveau 3, à consolider."


def _weak(one: Weakness) -> tuple[Cell, ...]:
    name, origin = criterion_name(one.criterion), origin_mark(one.criterion)
    # A weak criterion is at level 3 at most: there is always a level above.
    following = one.criterion.described(min(one.level + 1, HIGHEST))
    return name, origin, level_text(one.level), one.criterion.described(one.level), following


def _ranking(ranked: Sequence[RankedTool]) -> Grid:
    asked = any(tool.competence for tool in ranked)
    rows = tuple(
        (
            tool_cell(f"{tool.number}. {tool.label}", tool.number),
            points_text(tool.score),
            _sum(tool.strengthens),
            *((tool.competence,) if tool.competence else ()),
        )
        for tool in ranked
    )
    columns = ("Outil du compte rendu", "Points", "Critères renforcés (poids)")
    shown = (*columns, "Compétence") if asked else columns
    return Grid("Outils, du plus utile au moins utile", shown, rows, right=frozenset({1}))


def _sum(strengthens: Sequence[Weakness]) -> str:
    return " ; ".join(f"{one.criterion.number}. {one.criterion.short} ({one.weight})" for one in strengthens)


def _beyond(authority: Actor | None, weak: Sequence[Weakness]) -> list[Block]:
    if authority is None or not weak:
        return []
    told = Paragraph(f"Critères faibles sur lesquels {authority.label} n'a pas la prise la plus directe :")
    lines = (f"{criterion_name(one.criterion)} : {actors_text(one.criterion.actors)}." for one in weak)
    return [told, Items(tuple(lines))]
