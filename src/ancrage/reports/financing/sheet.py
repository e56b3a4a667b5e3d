"""A plan as a sheet: its verdict, what to change, the rules, the budget, the resources, the cash."""

from ancrage.financing.fitting import Fit
from ancrage.financing.layout import layout
from ancrage.financing.money import eur
from ancrage.financing.plan import Plan
from ancrage.financing.verifying import ResourceAnswer, Verification
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.questions.financing import FinancingFacts, Paper
from ancrage.reasoning import Verdict
from ancrage.reports.cells import Cell, aid_cell, lines, quiet
from ancrage.reports.financing import cash
from ancrage.reports.financing.budget import budget, report
from ancrage.reports.financing.charts import payers
from ancrage.reports.financing.posting import posted, subsidies
from ancrage.reports.financing.wording import cited, money
from ancrage.reports.sheet import Block, Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet, present

FUNDED = {
    Verdict.OUI: "financé",
    Verdict.NON: "pas financé",
    Verdict.A_VERIFIER: "à vérifier",
}
KICKERS = {
    Paper.COMPLET: "Plan de financement",
    Paper.DEMANDE: "Budget de la demande de subvention (Cerfa 12156)",
    Paper.COMPTE_RENDU: "Compte rendu financier (Cerfa 15059)",
    Paper.AFFICHE: "Plan de financement de l'opération",
    Paper.SUBVENTIONS: "Subventions accordées",
}


def plan_sheet(facts: FinancingFacts) -> Sheet:
    """The paper that is wanted of a plan."""
    verified, paper = facts.verified, facts.paper
    plan = verified.plan
    return Sheet(
        kicker=KICKERS[paper],
        title=plan.name,
        lead=_lead(plan),
        sections=_sections(facts),
        figures=_figures(verified) if paper is Paper.COMPLET else (),
        warnings=(),
        sources=_sources(verified) if paper is Paper.COMPLET else _sources(verified)[:2],
        method="financement",
        on=verified.on,
        fictitious=plan.fictitious,
        fitted=1 if paper is Paper.AFFICHE else 0,
    )


def _sections(facts: FinancingFacts) -> tuple[Section, ...]:
    verified, paper = facts.verified, facts.paper
    plan = verified.plan
    match paper:
        case Paper.DEMANDE:
            return (budget(plan),)
        case Paper.COMPTE_RENDU:
            return (report(plan), budget(plan))
        case Paper.AFFICHE:
            return (posted(verified),)
        case Paper.SUBVENTIONS:
            return (subsidies(plan),)
        case Paper.COMPLET:
            made = (
                _changes(verified, facts.fit),
                _rules(verified),
                _resources(verified),
                budget(plan),
                cash.course(verified.cash),
                cash.bridges(verified.cash.bridges(verified.on)),
            )
            return tuple(one for one in made if one is not None)


def _lead(plan: Plan) -> str:
    who = f"{plan.holder.name}. " if plan.holder.name else ""
    years = " et ".join({f"{one}": None for one in (plan.years[0], plan.years[-1])}) if plan.years else ""
    return f"{who}Années : {years}." if years else who


def _figures(verified: Verification) -> tuple[KeyFigure, ...]:
    plan, (lowest, on) = verified.plan, verified.cash.central.lowest
    return (
        KeyFigure("Ce plan est", FUNDED[verified.funded], _why(verified)),
        KeyFigure("Dépenses", eur(plan.spent()), f"et {eur(plan.spent('nature'))} en nature"),
        KeyFigure("Ressources", eur(plan.found()), _gap(verified)),
        KeyFigure("Trésorerie au plus bas", eur(lowest), f"le {day(on)}, mois {verified.cash.rank_of(on)}"),
    )


def _gap(verified: Verification) -> str:
    missing = verified.missing
    if not missing:
        return "égales aux dépenses, au centime"
    return f"il manque {eur(missing)}" if missing > 0 else f"{eur(-missing)} de trop"


def _why(verified: Verification) -> str:
    if not verified.balanced:
        return "charges et produits ne sont pas égaux"
    refused = [one.label for one in verified.rules if one.verdict is Verdict.NON]
    if refused:
        return (
            f"{len(refused)} règles ne sont pas tenues" if len(refused) > 1 else "une règle n'est pas tenue"
        )
    waiting = sum(one.verdict is Verdict.A_VERIFIER for one in verified.resources)
    return f"{count(waiting, 'ressource')} à confirmer" if waiting else "chaque ressource est confirmée"


def _changes(verified: Verification, fit: Fit | None) -> Section | None:
    told = tuple(
        f"{one.label} : {one.change}" for one in verified.rules if one.verdict is Verdict.NON and one.change
    )
    if not told:
        return None
    return Section("changer", "Ce qu'il faut changer", (Items(told), *(_fitted(fit) if fit else ())))


def _fitted(fit: Fit) -> tuple[Block, ...]:
    """The largest public resources that keep every ceiling, and what is then to be found elsewhere."""
    rows = tuple(
        (one.resource.label, money(one.resource.amount), money(one.amount), lines(*one.why))
        for one in fit.kept
    )
    columns = ("Ressource", "Demandé", "Au plus", "Ce qui la borne")
    rest = (
        f"Il reste alors {eur(fit.missing)} à trouver ailleurs."
        if fit.missing
        else "Rien d'autre n'est à trouver."
    )
    told = f"{rest} Montants les plus grands qui tiennent ensemble ; ce qui est accordé n'y bouge pas."
    return Grid("Au plus, ensemble", columns, rows, right=frozenset({1, 2}), carded=True), Paragraph(told)


def _rules(verified: Verification) -> Section:
    order = (Verdict.NON, Verdict.A_VERIFIER, Verdict.OUI)
    ordered = sorted(verified.rules, key=lambda one: order.index(one.verdict))
    rows = tuple(
        (one.verdict, one.label, lines(*one.reasons, quiet(one.change)), cited(one.text)) for one in ordered
    )
    grid = Grid("Règles", ("Verdict", "Règle", "Pourquoi", "Texte"), rows, carded=True)
    return Section("regles", "Les règles, une à une", (grid,))


def _resources(verified: Verification) -> Section:
    rows = tuple(_resource(one) for one in verified.resources)
    columns = ("Ressource", "Financeur", "Montant", "Au plus", "Versé", "État", "Compte dessus", "Pourquoi")
    chart = payers(verified.plan)
    blocks = (
        Chart("financeurs", "Qui paie", "En argent, ressources refusées et garanties mises à part.", chart)
        if chart
        else None,
        Grid("Ressources", columns, rows, right=frozenset({2, 3, 4}), carded=True),
        Paragraph(
            "Un plan n'est dit financé que si chaque ressource est accordée, ou est un droit établi.", "quiet"
        ),
    )
    return Section("ressources", "Les ressources", present(blocks))


def _resource(told: ResourceAnswer) -> tuple[Cell, ...]:
    one = told.resource
    named = aid_cell(one.label, one.aid) if one.aid else one.label
    return (
        named,
        one.funder.label,
        money(one.amount),
        money(told.most),
        money(one.received),
        one.state.label,
        told.verdict,
        lines(*told.reasons),
    )


def _sources(verified: Verification) -> tuple[str, ...]:
    texts = {f"{one.text.title} {one.text.href or ''}".strip(): None for one in verified.rules}
    form = layout().text
    return (
        "Le plan donné ; ses montants et ses jours sont ceux que son auteur déclare.",
        f"{form.title} {form.href}",
        *texts,
    )
