"""Bricks of the terminal view: safe text, headings, tables, bars."""

import re
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from ancrage.language.typography import NARROW_SPACE, NO_BREAK_SPACE, unbroken_quotes
from ancrage.reasoning import Verdict
from ancrage.repairs import Repair
from ancrage.reports.cells import Away, Handle, Tone, Toned, joined, parts_of
from ancrage.shell import THEN, steps

MAX_WIDTH = 110
WIDE = 96
QUIET = "dim"
TITLE = "bold"
ACCENT = "cyan"
LONGEST = 90
TONES = {Tone.STRONG: TITLE, Tone.QUIET: QUIET}
CUT_OFF = " ,;:(«"
STYLES = {
    Verdict.OUI: "bold green",
    Verdict.PARTIEL: "bold yellow",
    Verdict.NON: QUIET,
    Verdict.A_VERIFIER: "bold magenta",
}
PROGRAM = "ancrage "
FULL_BLOCK = "█"
EIGHTHS = " ▏▎▍▌▋▊▉"
LEVELS = "▁▂▃▄▅▆▇█"

# Rich breaks lines at any Unicode space, no-break ones included (« 1 | 234 »), and never after a hyphen.
# No-break spaces travel under the cover of private characters, and a control character without width,
# which Rich takes for a space, follows each hyphen; all get their shape back when the line is written.
_COVERS = {NARROW_SPACE: "\ue000", NO_BREAK_SPACE: "\ue001"}
MAY_BREAK = "\x1f"
_COVER = str.maketrans(_COVERS)
_UNCOVER = str.maketrans({cover: space for space, cover in _COVERS.items()} | {MAY_BREAK: ""})
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Page:
    """A block ready to be written: spaces uncovered, characters the terminal lacks replaced."""

    def __init__(self, block: RenderableType) -> None:
        self.block = block

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self.block, options):
            text = segment.text
            if text.isascii() and MAY_BREAK not in text:  # nothing to uncover: most are
                yield segment
                continue
            text = _writable(text.translate(_UNCOVER), options.encoding)
            yield Segment(text, segment.style, segment.control)


def _writable(text: str, encoding: str) -> str:
    if encoding.startswith("utf"):
        return text
    plainer = text.replace(NARROW_SPACE, NO_BREAK_SPACE).replace("’", "'").replace(FULL_BLOCK, "#")
    return plainer.encode(encoding, errors="replace").decode(encoding)


def words(text: str, style: str = "") -> Text:
    """Text as written: no markup, no control character, no break inside a number or « quotes »."""
    french = unbroken_quotes(text)
    for sign in ":;?!":
        french = french.replace(f" {sign}", f"{NO_BREAK_SPACE}{sign}")
    safe = _CONTROLS.sub("", french).translate(_COVER)
    return Text(_HYPHEN.sub(f"-{MAY_BREAK}", safe), style=style, overflow="fold")


def command(text: str) -> Text:
    """A command to copy: written as is."""
    return Text(f"$ {_CONTROLS.sub('', text)}", style=ACCENT, overflow="fold")


def repaired(text: str, repairs: Iterable[Repair], style: str = "") -> Iterator[RenderableType]:
    """A text, the options that change it, then the commands that mend it, each alone on its line to copy."""
    done = steps(repairs)
    typed = [one for _, todo in done if todo.startswith(PROGRAM) for one in todo.split(THEN)]
    options = [f"{what} : {todo}" for what, todo in done if not todo.startswith(PROGRAM)]
    if text or options:
        yield phrase(joined(" ", text, *options), style)
    yield from (Padding(command(one), (0, 0, 0, 2), expand=False) for one in typed)


def phrase(cell: str, style: str = "") -> Text:
    """A cell, each of its parts in its tone."""
    return Text("", overflow="fold").join(_part(part, style) for part in parts_of(cell))


def _part(part: str, style: str) -> Text:
    """A text that a link leads to is cut between two words when it is long: a page holds the whole."""
    if isinstance(part, Handle):
        return words(part.typed, style)
    away = isinstance(part, Away)
    told = f"{part[:LONGEST].rsplit(' ', 1)[0].rstrip(CUT_OFF)}…" if away and len(part) > LONGEST else part
    return words(told, QUIET if away else TONES[part.tone] if isinstance(part, Toned) else style)


def lines(*parts: Text | str) -> Text:
    """Parts one under the other, the empty ones left out."""
    kept = [words(part) if isinstance(part, str) else part for part in parts]
    return Text("\n", overflow="fold").join(part for part in kept if part.plain)


def heading(title: str, note: str = "") -> Group:
    """A section title over a rule, with a quiet note on its right when there is one."""
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right")
    head.add_row(words(title, f"{TITLE} {ACCENT}"), words(note, QUIET))
    return Group(head, Rule(style=ACCENT))


def table(*columns: str, right: Iterable[int] = (), no_wrap: Iterable[int] = ()) -> Table:
    """An empty table with these headers; ``right`` and ``no_wrap`` name columns by position."""
    made = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style=QUIET,
        border_style=QUIET,
    )
    to_the_right, unbroken = set(right), set(no_wrap)
    for position, column in enumerate(columns):
        numeric = position in to_the_right
        made.add_column(
            words(column),
            justify="right" if numeric else "left",
            no_wrap=numeric or position in unbroken,
            overflow="fold",
        )
    return made


def bar(share: float, width: int) -> str:
    """A horizontal bar of at most ``width`` cells; a positive share always shows at least a thread."""
    if share <= 0:
        return ""
    eighths = max(1, round(min(share, 1) * width * 8))
    return FULL_BLOCK * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def level(share: float) -> str:
    """One cell of a sparkline; nothing at all for zero."""
    return LEVELS[min(7, int(share * 8))] if share > 0 else " "
