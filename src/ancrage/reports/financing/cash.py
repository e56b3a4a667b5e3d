"""Cash as sections: the lowest point, its day, how long, month by month, and who may bridge it."""

from collections.abc import Iterator, Sequence

from ancrage.financing.cash import BridgeOffer, Cash, Gap, declared
from ancrage.financing.money import eur
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reports.cells import Cell, day_cell, lines
from ancrage.reports.financing.charts import WORDS, balance
from ancrage.reports.financing.wording import cited, money
from ancrage.reports.sheet import Block, Chart, Grid, Paragraph, Section, present


def told(cash: Cash) -> str:
    """The lowest point in a sentence."""
    lowest, on = cash.central.lowest
    rank = cash.rank_of(on)
    if lowest >= 0:
        return f"La trésorerie ne descend pas sous {eur(lowest)} (le {day(on)}, mois {rank})."
    deepest = min(cash.central.gaps, key=lambda one: one.deepest)
    return f"La trésorerie descend à {eur(lowest)} le {day(on)}, au mois {rank} : {_long(cash, deepest)}."


def _long(cash: Cash, gap: Gap) -> str:
    if gap.until is None:
        return f"elle est négative depuis le {day(gap.since)}, et rien ne la relève"
    return f"elle est négative du {day(gap.since)} au {day(gap.until)}, {count(gap.lasts(cash.ends), 'jour')}"


def course(cash: Cash) -> Section:
    """Cash, month by month."""
    chart = balance(cash)
    blocks: tuple[Block | None, ...] = (
        Paragraph(told(cash), "strong"),
        Paragraph(_interval(cash)),
        Chart(
            "tresorerie",
            "Trésorerie au fil des mois",
            "Trois cas : aux jours dits, au pire, au mieux.",
            chart,
            wide=True,
        )
        if chart
        else None,
        _gaps(cash),
        _months(cash),
        _supposed(cash),
    )
    return Section("tresorerie", "Trésorerie", present(blocks))


def _interval(cash: Cash) -> str:
    worst, worst_on = cash.courses["worst"].lowest
    best, best_on = cash.courses["best"].lowest
    return (
        f"Les jours sont incertains : au pire {eur(worst)} (le {day(worst_on)}), au mieux {eur(best)} "
        f"(le {day(best_on)})."
    )


def _gaps(cash: Cash) -> Grid | None:
    rows = tuple(
        (WORDS[case], day_cell(gap.since), day_cell(gap.until, unknown="sans fin"), money(gap.deepest))
        for case, course in cash.courses.items()
        for gap in course.gaps
    )
    if not rows:
        return None
    return Grid("Périodes négatives", ("Cas", "Du", "Au", "Au plus bas"), rows, right=frozenset({3}))


def _months(cash: Cash) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        (
            f"{one.rank}",
            f"{one.since:%m/%Y}",
            money(one.income),
            money(one.outcome),
            money(one.balance),
            money(one.lowest),
        )
        for one in cash.months()
    ]
    negative = frozenset(rank for rank, one in enumerate(cash.months()) if one.lowest < 0)
    return Grid(
        "Mois par mois",
        ("Mois", "Début", "Entrées", "Sorties", "En caisse à la fin", "Au plus bas du mois"),
        tuple(rows),
        right=frozenset({2, 3, 4, 5}),
        highlighted=negative,
    )


def _supposed(cash: Cash) -> Paragraph | None:
    if not cash.supposed:
        return None
    named = ", ".join(dict.fromkeys(one.label for one in cash.supposed))
    return Paragraph(f"Jours supposés pour : {named}. {declared().hypotheses.note}", "quiet")


def _about(one: BridgeOffer) -> Iterator[str]:
    """Who it is in this plan, and what is uncertain."""
    if one.holders:
        yield f"Ici : {', '.join(one.holders)}"
    yield from (f"À voir : {told}" for told in one.doubts)


def bridges(offers: Sequence[BridgeOffer]) -> Section | None:
    """Who may advance what is missing, and at what cost."""
    if not offers:
        return None
    rows = tuple(
        (
            one.bridge.name,
            lines(one.bridge.who, *_about(one)),
            money(one.amount),
            day_cell(one.since),
            day_cell(one.until),
            money(one.cost, unknown="taux non dit"),
            cited(one.bridge.text),
        )
        for one in offers
    )
    grid = Grid(
        "Qui peut avancer",
        ("Moyen", "Par qui", "Montant", "Du", "Au", "Coût", "Texte"),
        rows,
        right=frozenset({2, 5}),
        carded=True,
        note="Aucun n'est un droit : chacun se demande, et se décide.",
    )
    return Section("relais", "Passer le creux", (grid,))
