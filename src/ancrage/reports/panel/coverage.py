"""What a panel covers: for each trait, how many values it holds of those of the list, and how balanced."""

from collections import Counter
from collections.abc import Iterator

from ancrage.panel.diversity import counts_in
from ancrage.panel.result import Panel
from ancrage.reports.cells import Cell, figure
from ancrage.reports.panel.charts import coverage_bars
from ancrage.reports.sheet import Block, Chart, Grid, present

MOST_VALUES = 12


def coverage_blocks(panel: Panel) -> tuple[Block, ...]:
    """A table of the traits, its chart, and a table of the values."""
    held = {trait: counts_in(panel.long_list, trait, panel.chosen) for trait in panel.terms.weights}
    drawn = coverage_bars(
        [
            (panel.long_list.traits[trait].label, len(counts), _reachable(panel, trait))
            for trait, counts in held.items()
        ]
    )
    chart = Chart(
        "couverture-traits",
        "Valeurs couvertes",
        "Valeurs du trait que le panel contient, sur ce qu'un panel de cette taille peut contenir.",
        spec=drawn,
        wide=True,
    )
    return present((_traits(panel, held), chart if drawn else None, _values(panel, held)))


def _reachable(panel: Panel, trait: str) -> int:
    return min(panel.terms.size, len(panel.long_list.values_of(trait)))


def _traits(panel: Panel, held: dict[str, Counter[str]]) -> Grid:
    rows = tuple(
        (
            panel.long_list.traits[trait].label,
            figure(len(counts)),
            figure(len(panel.long_list.values_of(trait))),
            figure(panel.terms.size - counts.total()),
        )
        for trait, counts in held.items()
    )
    columns = ("Trait", "Valeurs du panel", "De la liste", "À vérifier")
    return Grid(
        "Chaque trait compté",
        columns,
        rows,
        frozenset({1, 2, 3}),
        note="« À vérifier » : structures du panel dont ce trait n'est pas connu.",
    )


def _values(panel: Panel, held: dict[str, Counter[str]]) -> Grid:
    rows = tuple(row for trait, counts in held.items() for row in _values_of(panel, trait, counts))
    return Grid("Chaque valeur retenue", ("Trait", "Valeur", "Panel", "Liste"), rows, frozenset({2, 3}))


def _values_of(panel: Panel, trait: str, counts: Counter[str]) -> Iterator[tuple[Cell, ...]]:
    listed = panel.long_list
    in_list = listed.values_of(trait)
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    for value in ordered[:MOST_VALUES]:
        label, held = listed.label(trait, value), len(in_list[value])
        yield listed.traits[trait].label, label, figure(counts[value]), figure(held)
    left = ordered[MOST_VALUES:]
    if left:
        total = sum(counts[value] for value in left)
        yield listed.traits[trait].label, f"{len(left)} autres", figure(total), figure(None, unknown="")
