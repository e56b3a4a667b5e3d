"""How much of a page is shown at once: its first sections, the beginning of long tables; the rest waits.

Nothing is left out: what waits is in the page, opens with a press, is found by the browser, and is printed.
"""

from collections.abc import Sequence

from ancrage.reports.sheet import Block, Chart, Grid, Items, Outline, Paragraph, Section

LINES = 70
"""Lines of a telephone that the open sections of a page may take."""
LETTERS = 38
"""Letters of a line, on a telephone."""
HEAD, FIGURE = 3, 12
"""Lines of a title, and of a drawing."""
NAMED = 12
"""Names past which a list in a line is folded."""
LONG, BEGUN = 12, 8
"""Rows past which a table is only begun, and how many then begin it."""


def waiting(sections: Sequence[Section], lines: int = LINES) -> frozenset[str]:
    """Identifiers of the sections that wait folded: those past what a page may show; never the first."""
    left, folded = lines, set()
    for rank, section in enumerate(sections):
        tall = HEAD + sum(map(_lines, section.blocks))
        if rank and tall > left:
            folded.add(section.id)
            tall = HEAD
        left -= tall
    return frozenset(folded)


def _lines(block: Block) -> int:
    match block:
        case Paragraph():
            return _wrapped(block.text)
        case Items() if not block.folded:
            return sum(map(_wrapped, block.lines))
        case Grid():
            shown = block.rows if len(block.rows) <= LONG else block.rows[:BEGUN]
            return sum(_wrapped(" ".join(map(str, row))) + len(row) // 2 for row in shown)
        case Chart():
            return FIGURE
        case Outline() | Items():
            return 1


def _wrapped(words: object) -> int:
    return 1 + len(str(words)) // LETTERS
