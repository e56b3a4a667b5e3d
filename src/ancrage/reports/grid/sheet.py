"""The evaluation of a structure as a sheet: side by side, disagreements, evolution, weak points, tools."""

from ancrage.grid.evaluation import Disagreement, Evaluation, Line
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.language.typography import NO_BREAK_SPACE
from ancrage.questions.grid import GridFacts
from ancrage.reports.cells import Cell, Figure
from ancrage.reports.grid.charts import radar
from ancrage.reports.grid.evolution import evolution
from ancrage.reports.grid.tools import tools, weak_criteria
from ancrage.reports.grid.wording import (
    ORIGIN_WARNING,
    REPORT,
    column_names,
    criterion_name,
    known_text,
    level_text,
    mean_text,
    origin_mark,
    roles_text,
)
from ancrage.reports.sheet import Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet, present

SOURCES = (REPORT, "Le fichier d'évaluations donné ; les niveaux sont les déclarations de leurs auteurs.")
FAR_APART = 365
"""Days between the assessments of two roles beyond which a disagreement may come from time alone."""


def grid_sheet(facts: GridFacts) -> Sheet:
    """What the grid says of a structure."""
    structure, evaluation = facts.structure, facts.evaluation
    made = (
        _side_by_side(evaluation),
        _disagreements(evaluation),
        weak_criteria(evaluation),
        tools(evaluation),
        evolution(evaluation),
        _unknown(evaluation),
        _grounds(evaluation),
        _origins(evaluation),
    )
    return Sheet(
        kicker=f"Grille de pérennité, au {day(evaluation.on)}",
        title=structure.name,
        lead=_lead(facts),
        sections=tuple(section for section in made if section is not None),
        figures=_figures(evaluation),
        warnings=warnings_of(evaluation),
        sources=SOURCES,
        method="grille",
        on=evaluation.on,
        fictitious=structure.fictitious,
    )


def _lead(facts: GridFacts) -> str:
    structure, evaluation = facts.structure, facts.evaluation
    code = structure.commune
    place = f"Commune {code} (inconnue ce jour-là)"
    if facts.place:
        note = f" – {facts.place.note.rstrip('.')}" if facts.place.code.code != code else ""
        place = f"{facts.place.name} ({facts.place.code.code}){note}"
    codes = {"SIREN": structure.siren, "SIRET": structure.siret}
    known = "".join(f", {name} {code}" for name, code in codes.items() if code)
    roles = roles_text([one.role for one in evaluation.latest])
    return f"{place}{known}. Dernière évaluation de chaque rôle : {roles}."


def _figures(evaluation: Evaluation) -> tuple[KeyFigure, ...]:
    return tuple(
        KeyFigure(
            f"Moyenne, {one.role.label.lower()}",
            mean_text(evaluation.mean(one.role)),
            f"{known_text(evaluation.mean(one.role))} critères connus ; {day(one.date)}, {one.signed_by}",
        )
        for one in evaluation.latest
    )


def warnings_of(evaluation: Evaluation) -> tuple[str, ...]:
    """Whose criteria they are, and what makes two judgements hard to compare."""
    days = [one.date for one in evaluation.latest]
    apart = (max(days) - min(days)).days
    far = (
        f"{apart} jours séparent la plus ancienne de la plus récente de ces évaluations : un écart entre "
        "deux rôles peut venir du temps passé."
    )
    later = f"{count(evaluation.later, 'évaluation')} après ce jour, non lues ici."
    return (ORIGIN_WARNING, *((far,) if apart > FAR_APART else ()), *((later,) if evaluation.later else ()))


def _side_by_side(evaluation: Evaluation) -> Section:
    roles = [one.role for one in evaluation.latest]
    names, key = column_names(roles)
    table = Grid(
        "Niveaux de 1 à 5 ; ? : ne sait pas",
        ("Critère", "Origine", *names, "Écart"),
        tuple(_row(line) for line in evaluation.lines),
        right=frozenset(range(2, len(roles) + 3)),
        highlighted=frozenset(rank for rank, line in enumerate(evaluation.lines) if (line.gap or 0) > 1),
        note=f"En gras : écart d'au moins deux niveaux. L'écart n'existe qu'entre deux niveaux connus.{key}",
    )
    return Section("niveaux", "Les quinze critères côte à côte", present((_radar(evaluation), table)))


def _radar(evaluation: Evaluation) -> Chart | None:
    caption = (
        "Une ligne par rôle, du niveau 1 (près du centre) au niveau 5 (au bord). "
        "Un niveau inconnu interrompt la ligne : il n'est compté ni comme 0 ni comme 1."
    )
    spec = radar(evaluation)
    return Chart("radar", "Niveaux des quinze critères", caption, spec=spec, wide=True) if spec else None


def _row(line: Line) -> tuple[Cell, ...]:
    levels = (level_text(level) for level in line.levels.values())
    return criterion_name(line.criterion), origin_mark(line.criterion), *levels, level_text(line.gap)


def _disagreements(evaluation: Evaluation) -> Section | None:
    if len(evaluation.latest) < 2:
        return None
    strong = sum(one.strong for one in evaluation.disagreements)
    slight = len(evaluation.disagreements) - strong
    counted = (
        count(strong, "désaccord fort", "désaccords forts"),
        count(slight, "écart léger", "écarts légers"),
    )
    told = Paragraph(f"{', '.join(counted)}.", "strong")
    table = Grid(
        "Désaccords, du plus grand au plus petit",
        ("Critère", "Écart", "Le plus bas", "Le plus haut"),
        tuple(_disagreement(one) for one in evaluation.disagreements),
        note="Fort : deux niveaux ou plus ; léger : un niveau.",
    )
    return Section("desaccords", "Où les rôles ne sont pas d'accord", (told, table))


def _disagreement(one: Disagreement) -> tuple[Cell, ...]:
    strength = "fort" if one.strong else "léger"
    low, high = (f"{roles_text(end.roles)} ({end.level})" for end in (one.low, one.high))
    gap = Figure(f"{one.gap}{NO_BREAK_SPACE}({strength})", one.gap)
    return criterion_name(one.criterion), gap, low, high


def _unknown(evaluation: Evaluation) -> Section | None:
    if not evaluation.unknown:
        return None
    told = Paragraph("Personne n'a su donner de niveau à ces critères. Ce qui permettrait de le faire :")
    lines = (f"{criterion_name(one)} : {' ; '.join(one.evidence)}." for one in evaluation.unknown)
    return Section("inconnus", "Ce que personne ne sait encore", (told, Items(tuple(lines))))


def _grounds(evaluation: Evaluation) -> Section | None:
    rows = tuple(
        (criterion_name(line.criterion), one.role.label, level_text(told.level), told.comment, told.evidence)
        for line in evaluation.lines
        for one in evaluation.latest
        for told in (one.levels[line.criterion.id],)
        if told.comment or told.evidence
    )
    if not rows:
        return None
    columns = ("Critère", "Rôle", "Niveau", "Commentaire", "Élément à l'appui")
    return Section("motifs", "Commentaires et éléments à l'appui", (Grid("Tels qu'écrits", columns, rows),))


def _origins(evaluation: Evaluation) -> Section:
    """What is published of the fifteen criteria of the study, and what is not."""
    named = [line.criterion for line in evaluation.lines if line.criterion.is_named_by_report]
    told = Paragraph(
        "L'étude de l'ANCT a retenu quinze critères de pérennisation. Le compte rendu n'en nomme que trois ; "
        "la liste complète n'a pas été trouvée dans une source lisible. Cette grille ne peut donc pas être "
        "comparée critère à critère à celle de l'étude."
    )
    items = Items(tuple(criterion_name(one) for one in named))
    rest = Paragraph("Les douze autres critères sont tirés d'autres passages du même compte rendu.", "quiet")
    return Section("origine", "Ce qui vient de l'étude, ce qui vient d'Ancrage", (told, items, rest))
