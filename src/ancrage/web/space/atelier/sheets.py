"""The plan as a sheet, which every format writes: a workbook, a document, a page to print."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from ancrage.language.days import short_day
from ancrage.language.numbers import count
from ancrage.levers.catalogue import read_levers
from ancrage.reports.cells import Cell, day_cell, figure
from ancrage.reports.columns import Column, grid
from ancrage.reports.sheet import Block, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.web.space.atelier.words import amount
from ancrage.workspace.balance import Sum
from ancrage.workspace.giving import ACCOUNTS
from ancrage.workspace.models import (
    Action,
    Contribution,
    Cost,
    Decision,
    Indicator,
    Measure,
    Objective,
    Participation,
    Resource,
    Step,
)
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.reading import Plan

Row = TypeVar("Row", bound=InAtelier)


def sheet_of(plan: Plan) -> Sheet:
    """The whole plan, as it is or as it stood that day."""
    return Sheet(
        kicker=plan.atelier.territory_name,
        title=plan.atelier.name,
        lead=f"Partenariat : {plan.partnership.verdict.label}. {' '.join(plan.partnership.reasons)}",
        figures=tuple(_figures(plan)),
        sections=tuple(_sections(plan)),
        on=plan.on,
    )


def _figures(plan: Plan) -> Iterator[KeyFigure]:
    total = plan.whole.total
    yield KeyFigure("Actions", str(len(plan.actions)))
    for label, found in (
        ("Dépenses prévues", total.planned),
        ("Ressources accordées", total.granted),
        ("Confirmées par qui finance", total.confirmed),
    ):
        yield figure_of(label, found)


def figure_of(label: str, found: Sum) -> KeyFigure:
    """A sum: what is known of it, and how many amounts are not."""
    return KeyFigure(label, _known(found), _missing(found))


def _known(found: Sum) -> str:
    return "inconnues" if found.known is None else f"{amount(found.known)} €"


def _missing(found: Sum) -> str:
    if found.known is None or not found.unknown:
        return ""
    return f"et {count(found.unknown, 'montant inconnu', 'montants inconnus')}"


def _sections(plan: Plan) -> Iterator[Section]:
    if plan.engagement is not None:
        yield Section("engagement", "L’engagement de partenariat", tuple(_engagement(plan)))
    for rank, (objective, _) in enumerate(plan.tree, 1):
        yield Section(f"objectif-{rank}", objective.title, tuple(_objective(plan, objective)))
    tables = (
        grid("Étapes", _steps(), _rows(plan, plan.steps)),
        grid("Partenaires", _parts(plan), _rows(plan, plan.participations)),
        grid("Dépenses", _costs(), _rows(plan, plan.costs)),
        grid("Ressources", _resources(plan), _rows(plan, plan.resources)),
        grid("Contributions en nature", _gifts(plan), _rows(plan, plan.contributions)),
        grid("Mesures", _measures(), _measured(plan)),
    )
    yield Section("detail", "Étapes, partenaires et budget", tuple(one for one in tables if one.rows))
    if plan.decisions:
        yield Section("decisions", "Décisions", (grid("Décisions", _decisions(plan), plan.decisions),))


def _engagement(plan: Plan) -> Iterator[Block]:
    text = plan.engagement
    if text is not None:
        yield Items(
            (
                f"Raison d’être : {text.purpose}",
                f"Durée : du {short_day(text.begin)} au {short_day(text.end)}",
                f"Gouvernance : {text.governance}",
                f"Évaluation prévue : {text.evaluation}",
            )
        )


def _objective(plan: Plan, objective: Objective) -> Iterator[Block]:
    if objective.need:
        yield Paragraph(objective.need)
    if objective.levers:
        names = {one.number: one.name for one in read_levers().levers}
        yield Paragraph(" ; ".join(f"Levier {n}, {names[n]}" for n in objective.levers), "quiet")
    found = plan.under.get(objective.pk, [])
    if found:
        yield grid(f"Actions – {objective.title}", _actions(plan), found)
    else:
        yield Paragraph("Aucune action.", "quiet")


def _actions(plan: Plan) -> list[Column[Action]]:
    return [
        Column("Action", lambda one: one.title),
        Column("État", lambda one: one.get_state_display()),
        Column("Pilote", lambda one: plan.name_of(one.pilot) or "à désigner"),
        Column("Outils", lambda one: ", ".join(map(str, one.tools))),
        Column("Début", lambda one: day_cell(one.begin)),
        Column("Fin", lambda one: day_cell(one.end)),
        Column("Lieux", lambda one: ", ".join(place["name"] for place in one.places)),
        Column("Prévu (€)", lambda one: euros(plan.money(one)[0].known)),
        Column("Accordé (€)", lambda one: euros(plan.money(one)[1].known)),
    ]


def euros(value: Decimal | None) -> Cell:
    """An amount in a cell; what nobody knows is said so."""
    return figure(None if value is None else float(value), 2)


def _rows(plan: Plan, found: dict[UUID, list[Row]]) -> list[tuple[Action, Row]]:
    """Rows with the action they belong to, in the order of the plan."""
    return [(action, row) for action in plan.actions for row in found.get(action.pk, ())]


def _steps() -> list[Column[tuple[Action, Step]]]:
    return [
        Column("Action", lambda one: one[0].title),
        Column("Étape", lambda one: one[1].title),
        Column("Échéance", lambda one: day_cell(one[1].due)),
        Column("Faite le", lambda one: day_cell(one[1].done_on, unknown="")),
    ]


def _parts(plan: Plan) -> list[Column[tuple[Action, Participation]]]:
    return [
        Column("Action", lambda one: one[0].title),
        Column("Organisation", lambda one: plan.name_of(one[1].organisation)),
        Column("Rôle", lambda one: one[1].get_role_display()),
        Column("Apport", lambda one: one[1].brings),
        Column("Les deux le disent", lambda one: one[1].verdict.label),
    ]


def _costs() -> list[Column[tuple[Action, Cost]]]:
    return [
        Column("Action", lambda one: one[0].title),
        Column("Objet", lambda one: one[1].label),
        Column("Année", lambda one: str(one[1].year)),
        Column("Section", lambda one: one[1].get_nature_display()),
        Column("Prévu (€)", lambda one: euros(one[1].planned)),
        Column("Réel (€)", lambda one: euros(one[1].real)),
    ]


def _resources(plan: Plan) -> list[Column[tuple[Action, Resource]]]:
    return [
        Column("Action", lambda one: one[0].title),
        Column("Financeur", lambda one: one[1].funder_name),
        Column("Année", lambda one: str(one[1].year)),
        Column("Nature", lambda one: one[1].get_nature_display()),
        Column("Étape", lambda one: one[1].get_stage_display()),
        Column("Demandé (€)", lambda one: euros(one[1].asked)),
        Column("Accordé (€)", lambda one: euros(one[1].granted)),
        Column("Versé (€)", lambda one: euros(one[1].paid)),
        Column("Dit par", lambda one: plan.name_of(one[1].declared_by)),
        Column("Les deux le disent", lambda one: one[1].verdict.label),
    ]


def _gifts(plan: Plan) -> list[Column[tuple[Action, Contribution]]]:
    return [
        Column("Action", lambda one: one[0].title),
        Column("Objet", lambda one: one[1].label),
        Column("Nature", lambda one: one[1].get_nature_display()),
        Column("Donne", lambda one: plan.name_of(one[1].giver)),
        Column("Reçoit", lambda one: plan.name_of(one[1].receiver)),
        Column("Quantité", lambda one: figure(_number(one[1].quantity), 2, unit=one[1].unit)),
        Column("Année", lambda one: str(one[1].year)),
        Column("Valeur (€)", lambda one: euros(one[1].value)),
        Column("Méthode", lambda one: one[1].get_method_display() if one[1].method else ""),
        Column("Comptes", lambda one: " et ".join(ACCOUNTS[Contribution.Nature(one[1].nature)])),
        Column("Acte", lambda one: one[1].deed),
        Column("Les deux le disent", lambda one: one[1].verdict.label),
    ]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _measured(plan: Plan) -> list[tuple[Indicator, Measure]]:
    found = [one for action in plan.actions for one in plan.indicators.get(action.pk, ())]
    return [(one, each) for one in found for each in plan.measures.get(one.pk, ())]


def _measures() -> list[Column[tuple[Indicator, Measure]]]:
    return [
        Column("Indicateur", lambda one: one[0].name),
        Column("Jour", lambda one: day_cell(one[1].on)),
        Column("Valeur", lambda one: figure(_number(one[1].value), 2)),
        Column("Unité", lambda one: one[0].unit),
        Column("Source", lambda one: one[1].source),
    ]


def _decisions(plan: Plan) -> list[Column[Decision]]:
    titles = {str(one.pk): one.title for one in plan.actions}
    return [
        Column("Instance", lambda one: one.body),
        Column("Jour", lambda one: day_cell(one.on)),
        Column("Décision", lambda one: one.text),
        Column("Modalité", lambda one: one.get_mode_display()),
        Column("Présents", lambda one: ", ".join(plan.name_of(UUID(each)) for each in one.present)),
        Column("Actions", lambda one: ", ".join(titles[each] for each in one.actions if each in titles)),
        Column("Adoptée", lambda one: "oui" if one.adopted_at else "non"),
        Column("À revoir le", lambda one: day_cell(one.review_on, unknown="")),
    ]
