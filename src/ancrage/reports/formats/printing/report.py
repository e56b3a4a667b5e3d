"""A sheet in plain values, as the template of a PDF reads it: cleaned words, widths, drawings."""

from collections.abc import Iterator
from typing import Any

from ancrage.reasoning import Verdict
from ancrage.reports.formats.printing.characters import breakable, printable
from ancrage.reports.formats.printing.columns import widths
from ancrage.reports.formats.printing.drawings import drawing_of
from ancrage.reports.formats.printing.links import pieces
from ancrage.reports.formats.printing.seal import seal
from ancrage.reports.sheet import Block, Cell, Chart, Grid, Items, Outline, Paragraph, Point, Section, Sheet
from ancrage.reports.wording import FICTITIOUS, VERDICT_SIGNS

FONT = "Libertinus Serif"
UNTITLED = "Sans titre"
HEAD = 90
FOOT = 260
WHOLE_ROW = 700
"""Characters up to which a row is kept on one page."""
MADE_BY = "Établi par Ancrage, logiciel libre (AGPL-3.0-or-later)."

Plain = dict[str, Any]


def report_of(sheet: Sheet, address: str = "") -> Plain:
    """What the template reads; every text is printable, nothing is markup.

    ``address``: where the sheet is on the site; empty when it is nowhere.
    """
    return {
        "adresse": address,
        "code": seal(address) if address and sheet.fitted else "",
        "nom": named(printable(sheet.title)),
        "titre": named(breakable(sheet.title)),
        "surtitre": breakable(sheet.kicker),
        "chapeau": breakable(sheet.lead),
        "jour": [sheet.on.year, sheet.on.month, sheet.on.day] if sheet.on else None,
        "entete": breakable(shortened(f"{sheet.title} · {sheet.kicker}", HEAD)),
        "pied": breakable(shortened(sheet.attribution, FOOT)),
        "fictif": FICTITIOUS if sheet.fictitious else None,
        "fictif_en_tete": sheet.fictitious and not any(FICTITIOUS in text.lower() for text in sheet.warnings),
        "avertissements": [_linked(text) for text in sheet.warnings],
        "chiffres": [
            {"nom": breakable(one.label), "valeur": breakable(one.value), "note": breakable(one.note)}
            for one in sheet.figures
        ],
        "sections": [_section(one) for one in sheet.sections],
        "sources": [_linked(text) for text in sheet.sources],
        "methode": closing(sheet),
    }


def named(title: str) -> str:
    """A title that can be printed: the standard refuses an empty one."""
    return title.strip() or UNTITLED


def closing(sheet: Sheet) -> str:
    """Who made the report, and where its method is told."""
    method = f" Méthode, formules et limites : page « {sheet.method} » de la documentation."
    return MADE_BY + (method if sheet.method else "")


def shortened(text: str, at_most: int) -> str:
    """A text for the head or the foot of a page, cut between two words."""
    whole = printable(text)
    return whole if len(whole) <= at_most else whole[:at_most].rsplit(" ", 1)[0].rstrip(" ,;:(«·") + "…"


def _section(section: Section) -> Plain:
    return {
        "titre": named(breakable(section.title)),
        "cote": breakable(section.aside),
        "moitie": section.half,
        "annexe": section.annex,
        "seule": section.alone,
        "blocs": [told for block in section.blocks for told in _block(block, section)],
    }


def _block(block: Block, section: Section) -> Iterator[Plain]:
    match block:
        case Paragraph():
            yield {"genre": "texte", "poids": block.weight, "texte": _linked(block.text)}
        case Items() if not block.folded:
            lines = [_linked(line) for line in block.lines]
            yield {"genre": "liste", "ordre": block.ordered, "lignes": lines}
        case Outline():
            yield {"genre": "texte", "poids": "strong", "texte": _linked(block.title)}
            yield {"genre": "plan", "points": [_point(point) for point in block.points]}
        case Grid():
            yield _grid(block, section)
        case Chart():
            yield from _chart(block)


def _point(point: Point) -> Plain:
    return {"texte": _linked(point.text), "points": [_point(under) for under in point.points]}


def _grid(grid: Grid, section: Section) -> Plain:
    room = widths(grid)
    return {
        "genre": "tableau",
        "nom": "" if grid.name == section.title else breakable(grid.name),
        "colonnes": [breakable(name) for name in grid.columns],
        "largeurs": [round(share * 1000, 1) for share in room.shares],
        "corps": round(room.scale, 3),
        "droite": sorted(grid.right),
        "lignes": [
            {
                "cases": [_cell(cell) for cell in row],
                "ici": rank in grid.highlighted,
                "entiere": sum(len(cell_words(cell)) for cell in row) <= WHOLE_ROW,
            }
            for rank, row in enumerate(grid.rows)
        ],
        "note": breakable(grid.note),
    }


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Verdict):
        return {"verdict": cell.value, "texte": cell_words(cell)}
    return _linked(cell)


def cell_words(cell: Cell) -> str:
    """A cell in words; a verdict with its sign, so that nothing rests on colour alone."""
    return f"{VERDICT_SIGNS[cell]} {cell.label}" if isinstance(cell, Verdict) else cell


def _chart(chart: Chart) -> Iterator[Plain]:
    drawn = drawing_of(chart, FONT)
    if drawn is not None:
        yield {
            "genre": "dessin",
            "titre": breakable(chart.title),
            "legende": breakable(chart.caption),
            "svg": drawn.svg,
            "largeur": round(drawn.width_mm, 1),
            "dit": drawn.spoken,
        }


def _linked(text: str) -> list[dict[str, str]]:
    return [{"texte": breakable(words), "lien": address} for words, address in pieces(text, printable)]
