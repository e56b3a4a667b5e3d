"""What the law has published of a plan: the poster of an investment, the list of subsidies."""

from ancrage.errors import FinancingFileError
from ancrage.financing.money import eur
from ancrage.financing.plan import Plan
from ancrage.financing.subsidies import COLUMNS, Subsidy, subsidies_of
from ancrage.financing.texts import rules
from ancrage.financing.verifying import Verification
from ancrage.language.days import day
from ancrage.reports.cells import share
from ancrage.reports.financing.wording import cited, money
from ancrage.reports.sheet import Block, Grid, Paragraph, Section


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
    """Public grants that were granted, as the common base of local data lists them, and what they lack."""
    given = subsidies_of(plan)
    rows = tuple(tuple(one.values[column] for column in COLUMNS) for one in given)
    listed = Grid("subventions", COLUMNS, rows, right=frozenset({8}), carded=True)
    return Section("subventions", "Liste des subventions (SCDL)", (listed, *_lacking(given)))


def _lacking(given: tuple[Subsidy, ...]) -> tuple[Block, ...]:
    if not given:
        return (Paragraph("Aucune subvention publique n'est encore accordée."),)
    rows = tuple(
        (one.resource.label, ", ".join(each.what for each in one.lacks)) for one in given if one.lacks
    )
    if not rows:
        return (Paragraph("Chaque ligne a ce que le schéma demande : le tableau (CSV) peut se publier."),)
    told = "Le tableau (CSV) est donné une fois ces lignes complètes : un fichier invalide ne se publie pas."
    return (Grid("Ce qui manque pour publier", ("Subvention", "À écrire"), rows), Paragraph(told))


def published(plan: Plan) -> Grid:
    """The list alone, valid. Raises :class:`FinancingFileError` with what each subsidy still lacks."""
    given = subsidies_of(plan)
    places = tuple(
        dict.fromkeys((lack.path, f"pour publier, {lack.what}") for one in given for lack in one.lacks)
    )
    if not places:
        return next(block for block in subsidies(plan).blocks if isinstance(block, Grid))
    listed = "\n".join(
        f"  « {one.resource.label} » – il manque {', '.join(lack.what for lack in one.lacks)}."
        for one in given
        if one.lacks
    )
    error = FinancingFileError(f"La liste ne peut pas être publiée.\n{listed}", "Écrivez-le dans le plan.")
    error.places = places
    raise error
