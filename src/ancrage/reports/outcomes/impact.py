"""A contract paid on results: what it pays, its yield, who bears what, what it owes."""

from decimal import Decimal
from typing import Any

from pydantic import Field

from ancrage.contracts.impact import ImpactContract
from ancrage.contracts.indigo import project
from ancrage.contracts.simulating import DRAWS, Bounds, Simulation
from ancrage.financing.money import eur, pct
from ancrage.language.days import day
from ancrage.language.numbers import number, percent
from ancrage.language.typography import NO_BREAK_SPACE
from ancrage.questions.outcomes import ImpactFacts
from ancrage.questions.question import Answer
from ancrage.reports.cells import day_cell
from ancrage.reports.charts import CONFIG, DIALECT, GRID, PRIMARY, SECONDARY, WIDTH, Row, Spec
from ancrage.reports.documents import Common, Document, heading
from ancrage.reports.financing.wording import money, number_of
from ancrage.reports.sheet import Chart, Grid, KeyFigure, Paragraph, Section, Sheet, present
from ancrage.reports.topic import Topic

ROLES = {
    "operateur": "Opérateur",
    "payeur": "Payeur des résultats",
    "investisseurs": "Investisseurs",
    "evaluateur": "Évaluateur",
    "structurateur": "Structurateur",
}
SUPPOSED = "Le résultat est tiré au sort selon l'incertitude que dit le contrat : ce n'est pas une prévision."


class PaidBounds(Document, title="Montants simulés"):
    """Three sums."""

    low: float = Field(description="Dix-neuf tirages sur vingt font plus.")
    central: float = Field(description="La moitié des tirages font plus.")
    high: float = Field(description="Un tirage sur vingt fait plus.")


class PaidPoint(Document, title="Point du barème"):
    """A point."""

    result: float = Field(description="Résultat.")
    paid: float = Field(description="Ce qu'il paie, en euros.")


class OwedPayment(Document, title="Paiement du contrat"):
    """A payment."""

    on: str = Field(description="Jour.")
    most: float = Field(description="Au plus.")
    amount: float | None = Field(description="Dû ; null tant qu'aucun constat ne le fonde.")
    state: str = Field(description="Où il en est.")


class ImpactDocument(
    Common, title="Contrat à impact simulé", json_schema_extra={"description": "Simulation d'un contrat."}
):
    """A contract, simulated."""

    name: str = Field(description="Nom.")
    principal: float = Field(description="Ce que les investisseurs apportent.")
    cap: float = Field(description="Le plus qui soit jamais payé.")
    floor: float = Field(description="Le moins.")
    draws: int = Field(description="Tirages.")
    results: PaidBounds = Field(description="Résultats tirés.")
    paid: PaidBounds = Field(description="Ce que le payeur paie.")
    mean: float = Field(description="Ce qu'il paie en moyenne.")
    xirr: float | None = Field(description="Rendement annuel au centre ; null pour une perte totale.")
    xirr_low: float | None = Field(description="Rendement au plus bas.")
    xirr_high: float | None = Field(description="Rendement au plus haut.")
    loss: float = Field(description="Part des tirages où les investisseurs perdent.")
    nothing: float = Field(description="Part des tirages où rien n'est payé.")
    avoided: PaidBounds | None = Field(description="Coûts évités ; null si personne ne les dit.")
    saved: float | None = Field(description="Coûts évités moins paiement et évaluation, au centre.")
    curve: list[PaidPoint] = Field(description="Le barème.")
    owed: list[OwedPayment] = Field(description="Paiements et constats.")
    indigo: dict[str, Any] = Field(description="Le projet au standard INDIGO.")


def describe(answer: Answer[ImpactFacts]) -> Sheet:
    """The sheet."""
    found = answer.facts.simulation
    contract = found.contract
    return Sheet(
        kicker="Contrat à impact",
        title=contract.name,
        lead=f"{contract.indicator.name} : cible {number(contract.indicator.target)}.",
        sections=(_paid(found), _risk(found), _schedule(answer.facts), _roles(contract)),
        figures=_figures(found),
        warnings=(SUPPOSED,),
        sources=("Le contrat donné ; tirages par numpy, rendement par pyxirr.",),
        method="contrats-impact",
    )


def _figures(found: Simulation) -> tuple[KeyFigure, ...]:
    paid = found.paid
    return (
        KeyFigure("Payé, au centre", eur(paid.central), f"de {eur(paid.low)} à {eur(paid.high)}"),
        KeyFigure(
            "Rendement annuel", _rate(found.xirr), f"de {_rate(found.xirr_low)} à {_rate(found.xirr_high)}"
        ),
        KeyFigure("Plafond", eur(found.contract.cap), f"pour {eur(found.contract.principal)} apportés"),
        KeyFigure("Risque de perte", percent(found.loss), "des tirages ne rendent pas ce qui est apporté"),
    )


def _rate(rate: float | None) -> str:
    return "perte totale" if rate is None else f"{number(rate * 100, 2)}{NO_BREAK_SPACE}%"


def _paid(found: Simulation) -> Section:
    contract = found.contract
    steps = tuple(
        (f"{number(one.result)} {contract.indicator.unit}", pct(one.share), money(contract.paid(one.result)))
        for one in contract.steps
    )
    grid = Grid("Barème", ("Résultat", "Part du plafond", "Payé"), steps, right=frozenset({1, 2}))
    told = "Entre deux marches, le paiement suit une droite ; au-delà, il ne monte plus."
    chart = Chart("bareme", "Ce que paie chaque résultat", told, payoff(found))
    return Section(
        "paiement", "Ce que paie chaque résultat", present((chart, grid, Paragraph(told, "quiet")))
    )


def payoff(found: Simulation) -> Spec:
    """The payment of each result, and what investors brought."""
    rows: list[Row] = [{"result": float(one.result), "paid": float(one.paid)} for one in found.curve]
    across = {
        "field": "result",
        "type": "quantitative",
        "axis": {"title": found.contract.indicator.unit or "résultat"},
    }
    upright = {
        "field": "paid",
        "type": "quantitative",
        "axis": {"title": "euros payés", "grid": True, "gridColor": GRID, "format": "~s"},
    }
    line: Spec = {
        "mark": {"type": "line", "color": PRIMARY, "strokeWidth": 2},
        "encoding": {"x": across, "y": upright},
    }
    brought: Spec = {
        "mark": {"type": "rule", "color": SECONDARY, "strokeDash": [5, 4]},
        "encoding": {"y": {"datum": float(found.contract.principal), "type": "quantitative"}},
    }
    words: Spec = {
        "mark": {"type": "text", "align": "left", "dy": -7, "color": SECONDARY},
        "encoding": {
            "x": {"datum": 0, "type": "quantitative"},
            "y": {"datum": float(found.contract.principal), "type": "quantitative"},
            "text": {"value": "ce qui est apporté"},
        },
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH + 160,
        "height": 240,
        "data": {"values": rows},
        "layer": [line, brought, words],
    }


def _risk(found: Simulation) -> Section:
    contract = found.contract
    rows = [
        (
            "Investisseurs : perte au pire",
            money(contract.principal - min(contract.principal, contract.paid(Decimal(0)))),
        ),
        ("Investisseurs : gain au mieux", money(max(Decimal(0), contract.cap - contract.principal))),
        ("Payeur : paiement moyen", money(found.mean)),
        ("Payeur : évaluation", money(contract.evaluation)),
        ("Coûts évités, au centre", money(None if found.avoided is None else found.avoided.central)),
        ("Coûts évités moins dépense, au centre", money(found.saved)),
    ]
    shares = f"{percent(found.nothing)} ne paient rien, {percent(found.capped)} paient le plafond"
    told = f"{number(DRAWS)} tirages ; {shares}."
    grid = Grid("Qui porte quoi", ("Qui", "Montant"), tuple(rows), right=frozenset({1}))
    return Section("risque", "Qui porte quoi", (grid, Paragraph(told)))


def _schedule(facts: ImpactFacts) -> Section:
    draws = tuple((day_cell(one.on), money(one.amount)) for one in facts.simulation.contract.draws)
    rows = tuple(
        (day_cell(one.on), money(one.most), money(one.amount, unknown="attend"), one.told)
        for one in facts.owed
    )
    return Section(
        "echeancier",
        "Tirages et paiements",
        (
            Grid("Tirages", ("Jour", "Apporté"), draws, right=frozenset({1})),
            Grid("Paiements", ("Jour", "Au plus", "Dû", "Constat"), rows, right=frozenset({1, 2})),
        ),
    )


def _roles(contract: ImpactContract) -> Section:
    rows = tuple((ROLES[role], told) for role, told in contract.roles.items())
    signed = (
        f"Signé le {day(contract.signed_on)}."
        if contract.signed_on
        else "Le jour de signature n'est pas dit."
    )
    grid = Grid("Rôles", ("Rôle", "Qui"), rows) if rows else None
    return Section("roles", "Qui fait quoi", present((grid, Paragraph(signed))))


def document(answer: Answer[ImpactFacts]) -> dict[str, Any]:
    """Plain values: :class:`ImpactDocument` is their schema."""
    found = answer.facts.simulation
    contract = found.contract
    return {
        **heading(answer, (SUPPOSED,)),
        "name": contract.name,
        "principal": float(contract.principal),
        "cap": float(contract.cap),
        "floor": float(contract.floor),
        "draws": DRAWS,
        "results": _bounds(found.results),
        "paid": _bounds(found.paid),
        "mean": float(found.mean),
        "xirr": found.xirr,
        "xirr_low": found.xirr_low,
        "xirr_high": found.xirr_high,
        "loss": found.loss,
        "nothing": found.nothing,
        "avoided": None if found.avoided is None else _bounds(found.avoided),
        "saved": number_of(found.saved),
        "curve": [{"result": float(one.result), "paid": float(one.paid)} for one in found.curve],
        "owed": [
            {
                "on": one.on.isoformat(),
                "most": float(one.most),
                "amount": number_of(one.amount),
                "state": one.told,
            }
            for one in answer.facts.owed
        ],
        "indigo": project(found),
    }


def _bounds(found: Bounds) -> dict[str, float]:
    return {"low": float(found.low), "central": float(found.central), "high": float(found.high)}


TOPIC = Topic(describe, document, ImpactDocument)
