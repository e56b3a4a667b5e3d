"""Survival in words: the curves, what remains at each age, the test, and who could not be watched."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ancrage.declarations.csv_text import Reject
from ancrage.declarations.faults import shown
from ancrage.language.days import day
from ancrage.language.numbers import count, number, percent
from ancrage.language.typography import NARROW_SPACE
from ancrage.questions.question import Answer
from ancrage.questions.survival import FileSurvivalQuestion, SurvivalQuestion
from ancrage.reports.cells import Figure, figure
from ancrage.reports.documents import heading
from ancrage.reports.shares import HIDDEN_NOTE, share_cell
from ancrage.reports.sheet import Block, Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet, present
from ancrage.reports.survival.charts import Steps, survival_chart
from ancrage.reports.survival.document import FileSurvivalDocument, SurvivalDocument
from ancrage.reports.topic import Topic
from ancrage.survival.cohort import GroupCurve, Survival
from ancrage.survival.curves import Comparison, Curve
from ancrage.survival.file import StatusSurvival
from ancrage.survival.grouping import Grouping
from ancrage.survival.status import StatusCurve

METHOD = "survie"
AGES = (1, 3, 5, 10)
SHOWN = 9
CLEAR = 0.05
YOUNG = 0.1
"""Age, in years, up to which a group counts as watched from birth."""
BY = {
    Grouping.ESS: "l’ESS et le reste",
    Grouping.FAMILLE: "par famille",
    Grouping.ACTIVITE: "par activité",
    Grouping.COHORTE: "par génération de création",
    Grouping.QPV: "en quartier prioritaire et hors quartier",
    Grouping.ZONAGE: "par zone rurale",
}
STATUS_WARNING = (
    "Le fichier ne donne pas les jours de fermeture, seulement l’état au jour d’observation : la courbe est "
    "celle du maximum de vraisemblance pour des états, non celle de Kaplan-Meier. Si l’extrait a perdu des "
    "unités fermées de longue date, la survie aux grands âges est surestimée."
)

WATCHED = (
    "Créés avant le premier jour observé : suivis à partir de l’âge qu’ils avaient ce jour-là, non depuis "
    "leur naissance ; ceux qui avaient déjà fermé n’ont pas pu être vus (troncature à gauche).",
    "Encore ouverts le dernier jour : suivis jusqu’à leur âge de ce jour, sans être comptés comme fermés "
    "(censure à droite).",
)
MOST_REJECTS = 20
"""Lines shown on a page; the document holds them all."""


def describe(answer: Answer[Survival]) -> Sheet:
    """The survival of a territory's structures."""
    found, territory = answer.facts, answer.territory
    assert territory is not None  # noqa: S101 a survival is always of a territory
    by = _by(answer)
    setting = found.setting
    return Sheet(
        kicker=f"Survie des structures, du {day(setting.since)} au {day(setting.on)}",
        title=f"{territory.name} ({territory.code.code})",
        lead=f"Combien de temps durent les {setting.counted}, {BY[by]}.",
        warnings=answer.warnings,
        figures=tuple(_figures(found.groups)),
        sections=(
            *_shown(found),
            Section("lecture", "Comment c’est suivi", (Items(WATCHED),)),
            *_late(found.groups),
            *_left_out(found.left_out),
        ),
        sources=answer.sources,
        method=METHOD,
        on=setting.on,
    )


def _shown(found: Survival) -> tuple[Section, ...]:
    if found.unknown:
        return (Section("courbes", "Courbes", (Paragraph(f"Inconnu. {found.unknown}", "strong"),)),)
    return (
        Section("courbes", "Courbes", _blocks(_steps(found), _table(found.groups))),
        Section("comparaison", "Comparaison", tuple(_comparison(found.test, found.hidden))),
    )


def _by(answer: Answer[Any]) -> Grouping:
    question = answer.question
    assert isinstance(question, SurvivalQuestion | FileSurvivalQuestion)  # noqa: S101 the two that are told here
    return question.by


def describe_file(answer: Answer[StatusSurvival]) -> Sheet:
    """The survival of the units of a file whose state alone is known."""
    found, question = answer.facts, answer.question
    assert isinstance(question, FileSurvivalQuestion)  # noqa: S101 the only one told here
    name = Path(question.file).name
    rows = tuple(
        (
            group.label,
            figure(group.curve.units),
            figure(group.curve.ceased),
            *(share_cell(group.curve.at(age)) for age in AGES),
        )
        for group in found.groups
    )
    table = Grid(
        "Part encore active à chaque âge, et intervalle à 95 % (bootstrap)",
        ("Groupe", "Unités", "Cessées", *(count(age, "an") for age in AGES)),
        rows,
        right=frozenset({1, 2}),
        note=HIDDEN_NOTE,
    )
    steps = [_status_steps(group.label, group.curve) for group in found.groups]
    return Sheet(
        kicker=f"Survie des unités, observées le {day(found.observed_on)}",
        title=name,
        lead=f"Combien de temps durent les unités légales du fichier, {BY[question.by]}.",
        warnings=(STATUS_WARNING,),
        sections=(
            Section("courbes", "Courbes", _blocks(steps, table)),
            Section("comparaison", "Comparaison", tuple(_comparison(found.test, found.hidden))),
            *_left_out(found.left_out),
            *_rejects(found.rejects),
        ),
        sources=(f"{name} : fichier donné, état constaté le {day(found.observed_on)}",),
        method=METHOD,
    )


def _figures(groups: Sequence[GroupCurve]) -> Iterator[KeyFigure]:
    for group in groups[:4]:
        if found := group.curve.at(5):
            yield KeyFigure(group.label, percent(found[0], 0), "encore ouverts à 5 ans")


def _blocks(steps: Sequence[Steps], table: Grid) -> tuple[Block, ...]:
    spec = survival_chart(steps[:SHOWN])
    caption = "Part encore ouverte selon l’âge ; la bande est l’intervalle à 95 %."
    chart = Chart("survie", "Courbes de survie", caption, spec=spec, wide=True) if spec else None
    return present((chart, table))


def _steps(found: Survival) -> list[Steps]:
    return [
        Steps(group.label, _list(group.curve.ages), _list(group.curve.survival),
              _list(group.curve.low), _list(group.curve.high))
        for group in sorted(found.groups, key=lambda group: -group.curve.units)
    ]  # fmt: skip


def _status_steps(label: str, curve: StatusCurve) -> Steps:
    return Steps(label, _list(curve.ages), _list(curve.survival), _list(curve.low), _list(curve.high))


def _list(values: Any) -> list[float]:
    return [float(value) for value in values]


def _table(groups: Sequence[GroupCurve]) -> Grid:
    return Grid(
        "Part encore ouverte à chaque âge, et intervalle à 95 %",
        (
            "Groupe",
            "Suivis",
            "Fermetures",
            *(count(age, "an") for age in AGES),
            "Âge médian",
        ),
        tuple(
            (
                group.label,
                figure(group.curve.units),
                figure(group.closures),
                *(share_cell(group.curve.at(age)) for age in AGES),
                Figure(median_words(group.curve), group.curve.median, unit="ans", decimals=1),
            )
            for group in groups
        ),
        right=frozenset({1, 2}),
        note=HIDDEN_NOTE,
    )


def median_words(curve: Curve) -> str:
    """Median age in years with its interval; beyond what was watched when more than half remain."""
    if curve.median is None:
        return f"plus de {number(curve.last_age, 0)} ans"
    low, high = curve.median_bounds
    shown = [number(bound, 1) if bound is not None else "?" for bound in (low, high)]
    return f"{number(curve.median, 1)}{NARROW_SPACE}ans ({shown[0]} à {shown[1]})"


def _comparison(test: Comparison | None, hidden: int) -> Iterator[Block]:
    if test is None:
        yield Paragraph("Il n’y a pas deux groupes à comparer, ou aucune fermeture.")
    else:
        differ = test.p_value < CLEAR
        yield Paragraph(
            "Les groupes ne ferment pas au même rythme."
            if differ
            else "Rien ne montre que les groupes ferment à des rythmes différents.",
            "strong",
        )
        yield Paragraph(
            f"Test du log-rank : χ² = {number(test.statistic, 2)}, "
            f"{count(test.degrees, 'degré')} de liberté, p = {p_words(test.p_value)}."
        )
        if differ:
            yield Paragraph(
                "Une différence de rythme n’est pas une cause : taille, activité et âge diffèrent aussi "
                "d’un groupe à l’autre.",
                "quiet",
            )
    if hidden:
        yield Paragraph(f"{HIDDEN_NOTE} Ici : {hidden}.", "quiet")


def _late(groups: Sequence[GroupCurve]) -> Iterator[Section]:
    """Groups nobody saw being born: their curve speaks of those that had lasted so far."""
    late = [group for group in groups if group.curve.first_age > YOUNG]
    if late:
        told = tuple(
            f"{group.label} : suivis à partir de {number(group.curve.first_age, 1)} ans ; "
            "la courbe est celle des structures qui avaient atteint cet âge."
            for group in late
        )
        yield Section("entrees", "Groupes suivis après leur naissance", (Items(told),))


def p_words(value: float) -> str:
    """A p-value, « moins de 0,001 » under it."""
    return "moins de 0,001" if value < 0.001 else number(value, 3)


def _left_out(left_out: Mapping[str, int]) -> Iterator[Section]:
    if left_out:
        told = tuple(f"{why} : {number(count)}" for why, count in left_out.items())
        yield Section("ecartes", "Ce qui n’a pu être suivi", (Items(told),))


def _rejects(rejects: Sequence[Reject]) -> Iterator[Section]:
    if rejects:
        rows = tuple((figure(one.line), one.reason, shown(one.text)) for one in rejects[:MOST_REJECTS])
        left = len(rejects) - len(rows)
        note = f"Et {count(left, 'autre')}." if left else ""
        grid = Grid("Lignes du fichier", ("Ligne", "Raison", "Texte"), rows, frozenset({0}), note=note)
        yield Section("lignes", "Lignes qui ne sont pas comprises", (grid,))


def document(answer: Answer[Survival]) -> dict[str, Any]:
    """Plain values; ``null`` where nothing is known. :class:`SurvivalDocument` is its schema."""
    found = answer.facts
    return {
        **heading(answer),
        "on": found.setting.on.isoformat(),
        "by": _by(answer).value,
        "since": found.setting.since.isoformat(),
        "counted": found.setting.counted,
        "groups": [
            {
                "label": group.label,
                "units": group.curve.units,
                "closures": group.closures,
                "survival": {str(age): _point(group.curve.at(age)) for age in AGES},
                "median": group.curve.median,
                "curve": [
                    {"age": age, "survival": survival, "low": _known(low), "high": _known(high)}
                    for age, survival, low, high in zip(
                        _list(group.curve.ages),
                        _list(group.curve.survival),
                        _list(group.curve.low),
                        _list(group.curve.high),
                        strict=True,
                    )
                ],
            }
            for group in found.groups
        ],
        "hidden_groups": found.hidden,
        "test": _test(found.test),
        "left_out": dict(found.left_out),
        "unknown": found.unknown or None,
    }


def document_of_file(answer: Answer[StatusSurvival]) -> dict[str, Any]:
    """Plain values; ``null`` where nothing is known. :class:`FileSurvivalDocument` is its schema."""
    found = answer.facts
    return {
        **heading(answer, (STATUS_WARNING,)),
        "by": _by(answer).value,
        "observed_on": found.observed_on.isoformat(),
        "groups": [
            {
                "label": group.label,
                "units": group.curve.units,
                "ceased": group.curve.ceased,
                "survival": {str(age): _point(group.curve.at(age)) for age in AGES},
            }
            for group in found.groups
        ],
        "hidden_groups": found.hidden,
        "test": _test(found.test),
        "left_out": dict(found.left_out),
        "rejects": [{"line": one.line, "reason": one.reason, "text": one.text} for one in found.rejects],
    }


def _known(value: float) -> float | None:
    return value if value == value else None


def _point(found: tuple[float, float, float] | None) -> dict[str, float | None] | None:
    if found is None:
        return None
    return dict(zip(("survival", "low", "high"), map(_known, found), strict=True))


def _test(test: Comparison | None) -> dict[str, float] | None:
    if test is None:
        return None
    return {"statistic": test.statistic, "degrees": test.degrees, "p_value": test.p_value}


def table(answer: Answer[Survival]) -> Grid:
    """A line a group; none where nothing can be watched."""
    return _table(answer.facts.groups)


TOPIC = Topic(describe, document, SurvivalDocument, table=table)
TOPIC_OF_FILE = Topic(describe_file, document_of_file, FileSurvivalDocument)
