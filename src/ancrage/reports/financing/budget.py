"""The budget in the layout of the national form: expenses on the left, resources on the right."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from ancrage.financing.layout import Line, layout
from ancrage.financing.money import ZERO
from ancrage.financing.plan import Expense, Plan, Resource
from ancrage.reports.cells import Cell, share, strong
from ancrage.reports.financing.wording import NOT_KNOWN, money
from ancrage.reports.sheet import Grid, Paragraph, Section

COLUMNS = ("Charges", "Montant", "Produits", "Montant")
Told = tuple[Cell, Cell]
Line_ = Expense | Resource


def form(plan: Plan, year: int | None) -> Grid:
    """The form of a year, or of the whole project."""
    left, right = _side(plan, year, resource=False), _side(plan, year, resource=True)
    empty: Told = ("", "")
    rows = [(*one, *other) for one, other in zip_longest(left, right, fillvalue=empty)]
    totals = [("Total des charges", plan.spent(year=year)), ("Total des produits", plan.found(year=year))]
    rows.append(tuple(cell for name, value in totals for cell in (strong(name), money(value))))  # type: ignore[arg-type]
    kind = [_kind(plan, year, resource=False), _kind(plan, year, resource=True)]
    rows += [(*one, *other) for one, other in zip_longest(*kind, fillvalue=empty)]
    name = "Budget du projet" if year is None else f"Budget {year}"
    total = len(rows) - 1 - max(map(len, kind))
    return Grid(name, COLUMNS, tuple(rows), right=frozenset({1, 3}), highlighted=frozenset({total}))


def _side(plan: Plan, year: int | None, *, resource: bool) -> list[Told]:
    lines = layout().resources if resource else layout().expenses
    given = plan.resources if resource else plan.expenses
    return [row for line in lines if line.kind == "argent" for row in _told(line, _of(given, line, year))]


def _kind(plan: Plan, year: int | None, *, resource: bool) -> list[Told]:
    lines = layout().resources if resource else layout().expenses
    given = plan.resources if resource else plan.expenses
    return [row for line in lines if line.kind == "nature" for row in _told(line, _of(given, line, year))]


def _of(given: Sequence[Line_], line: Line, year: int | None) -> list[Line_]:
    return [
        one
        for one in given
        if one.line == line and year in (None, one.year) and (isinstance(one, Expense) or one.counted)
    ]


def _told(line: Line, given: Sequence[Line_]) -> list[Told]:
    """The line of the form, then what it is made of; one that the form lacks shows only when it is used."""
    if not given and not line.form:
        return []
    total: Decimal = sum((one.amount for one in given), ZERO)
    head: Told = (strong(f"{line.code} – {line.label}"), money(total) if given else "")
    return [head, *(((f"{one.account} {one.label}"), money(one.amount)) for one in given)]


def budget(plan: Plan) -> Section:
    """The form of the project, then of each year when there are several."""
    years: list[int | None] = [None, *(plan.years if len(plan.years) > 1 else ())]
    note = Paragraph(
        "Les investissements, le capital et les emprunts n'ont pas de ligne dans le formulaire : ils sont "
        "écrits sous leur compte. Les garanties ne paient rien et n'y figurent pas.",
        "quiet",
    )
    return Section("budget", "Budget, dans la forme nationale", (*(form(plan, one) for one in years), note))


def report(plan: Plan) -> Section:
    """Planned, spent and paid, line by line, with the gap: the table of the report of use."""
    rows = [
        (f"{one.account} {one.label}", money(one.amount), money(done), _share(one.amount, done))
        for one, done in _done(plan)
    ]
    spent = [one for one in plan.expenses if one.real is not None]
    unknown = len(plan.expenses) - len(spent)
    told = (
        f"{unknown} dépenses n'ont pas encore de montant réalisé."
        if unknown
        else "Chaque dépense a son réalisé."
    )
    grid = Grid(
        "Prévu et réalisé",
        ("Ligne", "Prévu", "Réalisé ou versé", "Part"),
        tuple(rows),
        right=frozenset({1, 2, 3}),
    )
    return Section("compte-rendu", "Compte rendu financier", (grid, Paragraph(told)))


def _done(plan: Plan) -> Iterator[tuple[Line_, Decimal | None]]:
    """Each line and what was done of it, ``None`` when it is not told."""
    for spent in plan.expenses:
        yield spent, spent.real
    for one in plan.resources:
        if one.counted:
            yield one, one.received


def _share(planned: Decimal, done: Decimal | None) -> Cell:
    return share(float(done / planned) if done is not None and planned else None, unknown=NOT_KNOWN)
