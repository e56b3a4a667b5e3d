"""What the law has published of a plan: the poster of an investment, the list of subsidies."""

from ancrage.financing.money import eur
from ancrage.financing.plan import Plan, Resource
from ancrage.financing.texts import rules
from ancrage.financing.verifying import Verification
from ancrage.language.days import day
from ancrage.reports.cells import Cell, share
from ancrage.reports.financing.wording import cited, money
from ancrage.reports.sheet import Grid, Paragraph, Section

SUBSIDY_COLUMNS = (
    "nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire",
    "idBeneficiaire", "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement",
    "datesPeriodeVersement", "idRAE", "notificationUE", "pourcentageSubvention", "dispositifAide",
)  # fmt: skip
"""Columns of the schema of subsidies of the common base of local data, in its order."""


def posted(verified: Verification) -> Section:
    """The plan as it is posted: each funder, its amount and its share, in equal lines."""
    plan = verified.plan
    total = plan.found()
    counted = [one for one in plan.resources if one.counted and one.line.kind == "argent"]
    rows = tuple(
        (one.label, one.funder.label, money(one.amount), share(float(one.amount / total) if total else None))
        for one in sorted(counted, key=lambda one: (-one.amount, one.label))
    )
    grid = Grid(
        "Financeurs",
        ("Ressource", "Financeur", "Montant", "Part"),
        (*rows, ("Total", "", money(total), share(1.0 if total else None))),
        right=frozenset({2, 3}),
        highlighted=frozenset({len(rows)}),
    )
    rule = rules()["publication_plan"]
    version = rule.version_on(verified.on)
    told = _when(verified) if version else "Aucune obligation de publier n'est connue pour ce jour."
    text = Grid("Texte", ("Règle", "Texte"), ((rule.label, cited((version or rule.versions[0]).text)),))
    return Section("affiche", f"Coût de l'opération : {eur(plan.spent())}", (grid, Paragraph(told), text))


def _when(verified: Verification) -> str:
    version = rules()["publication_plan"].version_on(verified.on)
    days = int(version.values["jours"]) if version else 0
    begins = verified.plan.begins
    since = f" (l'opération commence le {day(begins)})" if begins else ""
    who = "La collectivité" if verified.plan.holder.authority else "Une collectivité maître d'ouvrage"
    return (
        f"{who} publie ce plan et l'affiche dans les {days} jours du commencement d'exécution{since}, "
        "pendant toute l'opération et à son issue."
    )


def subsidies(plan: Plan) -> Section:
    """Public grants that were granted, as the common base of local data lists them."""
    given = [one for one in plan.resources if one.counted and one.grant and one.state.granted]
    rows = tuple(_subsidy(plan, one) for one in given)
    name = "subventions"
    note = Paragraph(
        "Ce que le plan ne dit pas reste vide (SIRET, référence de la décision) : l'attribuant le complète.",
        "quiet",
    )
    empty = Paragraph("Aucune subvention publique n'est encore accordée.") if not rows else None
    blocks = (
        Grid(name, SUBSIDY_COLUMNS, rows, right=frozenset({8}), carded=True),
        note,
        *((empty,) if empty else ()),
    )
    return Section("subventions", "Liste des subventions (SCDL)", blocks)


def _subsidy(plan: Plan, one: Resource) -> tuple[Cell, ...]:
    dates = "/".join(f"{paid.on.isoformat()}" for paid in (one.payments[:1] + one.payments[-1:])[:2])
    pays = plan.paid_by(one)
    return (
        one.label,
        "",
        one.granted_on.isoformat() if one.granted_on else "",
        one.text,
        plan.holder.name,
        "",
        "",
        plan.name,
        f"{one.amount}",
        "aide en numéraire",
        "échelonné" if len(one.payments) > 1 else "unique",
        dates,
        "",
        "oui" if one.regime and one.regime.value == "notifie" else "non",
        f"{(one.amount / pays):.4f}" if pays else "",
        one.aid,
    )
