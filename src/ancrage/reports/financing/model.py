"""The economic model of a structure, year after year, and the levels of the grid that it answers."""

from decimal import Decimal
from typing import Any

from pydantic import Field

from ancrage.financing.accounts import EconomicModel, YearModel
from ancrage.financing.money import eur, pct
from ancrage.grid.criteria import criteria
from ancrage.language.numbers import number
from ancrage.questions.question import Answer
from ancrage.reports.cells import UNKNOWN, Cell, share
from ancrage.reports.charts import CONFIG, DIALECT, GRID, WIDTH, Row, Spec
from ancrage.reports.documents import Common, Document, heading
from ancrage.reports.financing.wording import money, number_of
from ancrage.reports.sheet import Chart, Grid, KeyFigure, Paragraph, Section, Sheet, present
from ancrage.reports.topic import Topic

NOT_COMPARED = (
    "Aucune source publiée ne donne ces ratios pour des structures semblables : rien n'est comparé."
)
PAYERS = 8


class AccountsYear(Document, title="Année de comptes"):
    """A year."""

    year: int = Field(description="Exercice.")
    resources: dict[str, float] = Field(description="Ressources par nature, en euros.")
    largest: float | None = Field(description="Part de la nature la plus grosse ; null sans ressource.")
    concentration: float | None = Field(description="Indice de Herfindahl des payeurs ; null sans payeur.")
    charges: float = Field(description="Charges décaissées.")
    result: float = Field(description="Résultat.")
    equity: float | None = Field(description="Fonds propres ; null si aucun compte ne les donne.")
    cash: float | None = Field(description="Trésorerie ; null si aucun compte ne la donne.")
    cash_days: float | None = Field(description="Jours de charges couverts.")
    invested: float = Field(description="Immobilisations acquises.")


class AnsweredCriterion(Document, title="Critère répondu par les comptes"):
    """A criterion."""

    criterion: str = Field(description="Critère de la grille.")
    low: int | None = Field(description="Niveau le plus bas possible ; null si les comptes n'en disent rien.")
    high: int | None = Field(description="Niveau le plus haut possible.")
    why: str = Field(description="Pourquoi.")


class AccountsDocument(
    Common, title="Modèle économique", json_schema_extra={"description": "Années de comptes."}
):
    """The model."""

    years: list[AccountsYear] = Field(description="Années, de la plus ancienne à la dernière.")
    levels: list[AnsweredCriterion] = Field(description="Ce que les comptes répondent de la grille.")


def describe(answer: Answer[EconomicModel]) -> Sheet:
    """The sheet."""
    model = answer.facts
    last = model.years[-1]
    return Sheet(
        kicker="Modèle économique",
        title=f"Comptes {model.years[0].year} à {last.year}"
        if len(model.years) > 1
        else f"Comptes {last.year}",
        lead="Ce que les écritures disent ; ce qu'elles ne disent pas reste inconnu.",
        sections=(_resources(model), _dependence(last), _solidity(model), _levels(model)),
        figures=(
            KeyFigure(
                "Ressource la plus grosse", pct(last.largest[1]) if last.largest else UNKNOWN, _kind(last)
            ),
            KeyFigure("Fonds propres", _eur(last.equity), f"fin {last.year}"),
            KeyFigure("Trésorerie", _days(last.cash_days), "de charges"),
        ),
        sources=("Les comptes donnés ; rien n'en est gardé.",),
        method="financement",
    )


def _eur(amount: Decimal | None) -> str:
    return UNKNOWN if amount is None else eur(amount)


def _kind(last: YearModel) -> str:
    return last.largest[0] if last.largest else "aucune ressource lue"


def _days(days: Decimal | None) -> str:
    return UNKNOWN if days is None else f"{number(int(days))} jours"


def _resources(model: EconomicModel) -> Section:
    kinds = list(dict.fromkeys(kind for one in model.years for kind in one.resources))
    rows = tuple((kind, *(_part(one, kind) for one in model.years)) for kind in kinds)
    columns = ("Nature", *(f"{one.year}" for one in model.years))
    grid = Grid("Part de chaque nature", columns, rows, right=frozenset(range(1, len(columns))))
    return Section("hybridation", "De quoi elle vit", present((_chart(model), grid)))


def _part(one: YearModel, kind: str) -> Cell:
    return share(float(one.shares[kind]) if kind in one.shares else None, unknown="–")


def _chart(model: EconomicModel) -> Chart | None:
    rows: list[Row] = [
        {"year": f"{one.year}", "kind": kind, "value": float(part)}
        for one in model.years
        for kind, part in one.shares.items()
    ]
    if not rows:
        return None
    spec: Spec = {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH + 60,
        "height": {"step": 34},
        "data": {"values": rows},
        "mark": {"type": "bar", "stroke": "#ffffff"},
        "encoding": {
            "y": {"field": "year", "type": "ordinal", "axis": {"title": None}},
            "x": {
                "field": "value",
                "type": "quantitative",
                "stack": "normalize",
                "axis": {"title": None, "format": "%", "grid": True, "gridColor": GRID},
            },
            "color": {
                "field": "kind",
                "type": "nominal",
                "legend": {"title": None, "orient": "bottom", "columns": 3},
            },
        },
    }
    return Chart(
        "natures",
        "Part de chaque nature de ressource",
        "En part du total, bénévolat compris s'il est écrit.",
        spec,
    )


def _dependence(last: YearModel) -> Section:
    rows = tuple((name, share(float(part))) for name, part in list(last.payers.items())[:PAYERS])
    index = last.concentration
    told = (
        "Aucun payeur n'est dans ces comptes."
        if index is None
        else (f"Indice de concentration : {number(float(index), 2)} (1 quand un seul paie tout).")
    )
    grid = Grid("Qui paie", ("Compte", "Part"), rows, right=frozenset({1})) if rows else None
    return Section("dependance", "De qui elle dépend", present((grid, Paragraph(told))))


def _solidity(model: EconomicModel) -> Section:
    rows = tuple(
        (
            f"{one.year}",
            money(one.charges),
            money(one.result),
            money(one.equity, unknown=UNKNOWN),
            money(one.cash, unknown=UNKNOWN),
            _days(one.cash_days),
            money(one.invested),
        )
        for one in model.years
    )
    columns = ("Année", "Charges", "Résultat", "Fonds propres", "Trésorerie", "Couvre", "Investi")
    grid = Grid("Solidité", columns, rows, right=frozenset({1, 2, 3, 4, 6}))
    return Section("solidite", "Ce qui la tient", (grid, Paragraph(NOT_COMPARED, "quiet")))


def _levels(model: EconomicModel) -> Section:
    named = {one.id: one.label for one in criteria()}
    rows = tuple((named[one.criterion], _span(one.low, one.high), one.why) for one in model.levels())
    told = (
        "Les comptes bornent un niveau ; le reste (prévision, plan écrit, conventions) se juge à plusieurs."
    )
    grid = Grid("Grille", ("Critère", "Niveaux possibles", "Pourquoi"), rows)
    return Section("grille", "Ce que les comptes répondent de la grille", (grid, Paragraph(told)))


def _span(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "ne sait pas"
    return f"{low}" if low == high else f"{low} à {high}"


def document(answer: Answer[EconomicModel]) -> dict[str, Any]:
    """Plain values: :class:`AccountsDocument` is their schema."""
    model = answer.facts
    return {
        **heading(answer, (NOT_COMPARED,)),
        "years": [
            {
                "year": one.year,
                "resources": {kind: float(amount) for kind, amount in one.resources.items()},
                "largest": number_of(one.largest[1] if one.largest else None),
                "concentration": number_of(one.concentration),
                "charges": float(one.charges),
                "result": float(one.result),
                "equity": number_of(one.equity),
                "cash": number_of(one.cash),
                "cash_days": number_of(one.cash_days),
                "invested": float(one.invested),
            }
            for one in model.years
        ],
        "levels": [
            {"criterion": one.criterion, "low": one.low, "high": one.high, "why": one.why}
            for one in model.levels()
        ],
    }


TOPIC_OF_ACCOUNTS = Topic(describe, document, AccountsDocument)
