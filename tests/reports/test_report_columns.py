"""Columns declared once: what is read, what is kept, and intervals told bound by bound in a file."""

import io

from diagnosis_factory import full, telling
from rich.console import Console

from ancrage.diagnosis.assemble import diagnose
from ancrage.reports.cells import figure, jobs, share
from ancrage.reports.columns import Column, Title, for_keeping, for_reading, grid, kept, read
from ancrage.reports.formats.terminal.sheet import render_sheet
from ancrage.reports.formats.values import rows, titles
from ancrage.reports.sheet import Grid, Section, Sheet
from ancrage.territories.resolving import resolve

COLUMNS = (
    read("Nom et code", lambda one: f"{one}\n({len(one)})"),
    kept("Nom", lambda one: one),
    Column("Lettres", lambda one: figure(len(one))),
    Column("Note", lambda _: ""),
)


def of(table: Grid) -> Sheet:
    return Sheet("k", "t", "l", (Section("s", "S", (table,)),))


def columns(sheet: Sheet) -> tuple[str, ...]:
    (block,) = sheet.sections[0].blocks
    assert isinstance(block, Grid)
    return block.columns


def test_a_column_is_where_it_was_declared_and_one_that_says_nothing_is_not_read() -> None:
    sheet = of(grid("Noms", COLUMNS, ("Ahun", "Guéret")))
    assert columns(for_reading(sheet)) == ("Nom et code", "Lettres")
    assert columns(for_keeping(sheet)) == ("Nom", "Lettres", "Note")


def test_figures_stay_on_the_right_when_columns_leave() -> None:
    sheet = for_keeping(of(grid("Noms", COLUMNS, ("Ahun",))))
    (block,) = sheet.sections[0].blocks
    assert isinstance(block, Grid)
    assert {block.columns[at] for at in block.right} == {"Lettres"}


def test_a_column_of_intervals_is_three_columns_and_an_open_one_is_not_unknown() -> None:
    told = Grid(
        "Emplois",
        ("Famille", "Emplois"),
        (("A", jobs(1, 2, 3)), ("B", jobs(5, 8, None)), ("C", figure(None))),
    )
    assert titles(told) == ["Famille", "Emplois, au moins", "Emplois, valeur centrale", "Emplois, au plus"]
    assert list(rows(told)) == [["A", 1, 2, 3], ["B", 5, 8, "sans borne"], ["C", None, None, None]]


def test_an_interval_among_other_figures_is_three_rows() -> None:
    told = Grid("Chiffres", ("Chiffre", "Valeur"), (("Emplois", jobs(1, 2, 3)), ("Part", share(0.5))))
    assert titles(told) == ["Chiffre", "Valeur"]
    assert [row[0] for row in rows(told)] == [
        "Emplois, au moins",
        "Emplois, valeur centrale",
        "Emplois, au plus",
        "Part",
    ]


def printed(table: Grid, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    render_sheet(of(table), console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_a_terminal_leaves_out_what_can_be_spared_before_it_folds() -> None:
    table = Grid("T", ("Nom", Title("Secondaire", spared=True), "Reste"), (("a" * 30, "b" * 20, "c" * 20),))
    assert "Secondaire" in printed(table, 100)
    assert "Secondaire" not in printed(table, 60)


def test_a_terminal_says_how_many_rows_it_leaves_out_and_never_a_single_one() -> None:
    rows_of = tuple((f"nom {rank}",) for rank in range(5))
    assert "Et 3\u00a0autres." in printed(Grid("T", ("Nom",), rows_of, brief=2), 80)
    assert "nom 4" in printed(Grid("T", ("Nom",), rows_of, brief=4), 80)


def test_a_territory_is_told_once_among_those_it_is_compared_with(embedded_atlas) -> None:  # type: ignore[no-untyped-def]
    found = diagnose(embedded_atlas, resolve(embedded_atlas, "dep:23", on=embedded_atlas.today))
    table = next(
        block
        for section in telling(found).sheet.sections
        for block in section.blocks
        if isinstance(block, Grid) and block.name == "Comparaison"
    )
    assert [row[0] for row in table.rows].count("Creuse") == 1
    assert {table.rows[at][0] for at in table.highlighted} == {"Creuse"}


def test_a_cell_of_a_file_never_holds_several_lines() -> None:
    cells = (
        cell
        for section in telling(full()).files.sections
        for block in section.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    )
    assert [cell for cell in cells if "\n" in str(cell)] == []
