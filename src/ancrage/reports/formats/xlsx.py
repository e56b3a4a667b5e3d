"""An answer as a workbook: what it says first, then a sheet a table, figures as numbers."""

from collections.abc import Iterable, Iterator

from ancrage.reports.formats.values import Value, rows, titles
from ancrage.reports.formats.workbook.page import Page
from ancrage.reports.formats.workbook.writing import write_pages
from ancrage.reports.sheet import Grid, Items, Outline, Paragraph, Section, Sheet
from ancrage.reports.topic import Telling

LONGEST_NAME = 31
STEP = "– "
"""Before a line, once for each line it stands under."""
RULES: tuple[tuple[Value, ...], ...] = (
    ("Inconnu", "« inconnu » n’est jamais un zéro : rien ne permet de donner ce chiffre."),
    ("À vérifier", "Ni oui ni non : il manque une information, un texte ou une liste."),
    ("Notes", "Les titres de colonnes marqués d’un coin portent une note : définition, précaution."),
    ("Logiciel", "Établi par Ancrage, logiciel libre (AGPL-3.0-or-later)."),
)
"""How to read any workbook."""
FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


def write(telling: Telling) -> bytes:
    """The workbook. The same answer gives the same bytes."""
    sheet = telling.files
    return write_pages(list(pages(sheet)), title=sheet.title, on=telling.answer.on)


def pages(sheet: Sheet) -> Iterator[Page]:
    """What the sheet says in words, then each of its tables."""
    names: set[str] = set()
    first = _named("Lisez-moi", names)
    tables = [
        _page(sheet, section, block, _named(block.name, names))
        for section in sheet.sections
        for block in section.blocks
        if isinstance(block, Grid)
    ]
    yield _summary(sheet, first, tables)
    yield from tables


def _summary(sheet: Sheet, name: str, tables: Iterable[Page]) -> Page:
    told: list[tuple[Value, ...]] = [("", sheet.lead)]
    told += [("Attention", one) for one in sheet.warnings]
    told += [(one.label, f"{one.value} {one.note}".strip()) for one in sheet.figures]
    for section in sheet.sections:
        told += [(section.title, line) for line in _lines(section)]
    told += [("Source", one) for one in sheet.sources]
    told += [("Sources et licences", sheet.attribution)] if sheet.attribution else []
    told += RULES
    told += [(f"Feuille « {page.name} »", page.about) for page in tables]
    return Page(name, sheet.title, sheet.kicker, ("Rubrique", "Texte"), tuple(told), sheet.fictitious)


def _lines(section: Section) -> Iterator[str]:
    for block in section.blocks:
        match block:
            case Paragraph():
                yield block.text
            case Items() if not block.folded:
                yield from block.lines
            case Outline():
                yield block.title
                yield from (f"{STEP * depth}{line}" for depth, line in block.lines())


def _page(sheet: Sheet, section: Section, grid: Grid, name: str) -> Page:
    told = (sheet.kicker, section.title, section.aside, grid.note, grid.origin)
    about = ". ".join(part.rstrip(".") for part in told if part)
    return Page(
        name,
        f"{sheet.title} : {grid.name}",
        about,
        tuple(titles(grid)),
        tuple(map(tuple, rows(grid))),
        sheet.fictitious if grid.fictitious is None else grid.fictitious,
    )


def _named(wanted: str, names: set[str]) -> str:
    """A name a workbook takes, told apart from those already given."""
    bare = wanted.translate(FORBIDDEN).strip() or "Tableau"
    name = bare[:LONGEST_NAME]
    for rank in range(2, 1000):
        if name.casefold() not in names:
            break
        name = f"{bare[: LONGEST_NAME - len(str(rank)) - 1]} {rank}"
    names.add(name.casefold())
    return name
