"""Cells that know what they hold: words in French, carrying the value, the unit or the thing they name.

Each is a text, so that a renderer of words shows it as it is; a workbook, a CSV or a link reads what it
carries. An unknown figure is told « inconnu » and carries ``None``, never zero.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from ancrage.language.days import day
from ancrage.language.numbers import interval, number, percent
from ancrage.language.typography import NO_BREAK_SPACE
from ancrage.reasoning import Verdict

UNKNOWN = "inconnu"


class Subject(StrEnum):
    """What a link leads to."""

    TERRITORY = "territoire"
    STRUCTURE = "structure"
    AID = "aide"
    TOOL = "outil"
    SOURCE = "source"
    MONOGRAPH = "monographie"
    ZONINGS = "zonages"
    BUYER = "acheteur"
    PORTRAIT = "portrait"
    CASE = "cas"


class Ref(NamedTuple):
    """Something that has its own page: ``code`` is what its address holds (``dep:23``, a SIRET…)."""

    subject: Subject
    code: str


Links = Callable[[Ref], str | None]
"""Where a thing is told on a face; ``None`` for what has no page there."""


def no_links(_ref: Ref) -> str | None:
    """A face whose words lead nowhere: a file that stands alone."""
    return None


class Link(str):
    """Words that name something that has a page."""

    __slots__ = ("ref",)
    ref: Ref

    def __new__(cls, words: str, ref: Ref) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.ref = ref
        return made


class Away(str):
    """Words that lead to an address of the web. ``spelled``: paper writes the address after them."""

    __slots__ = ("href", "spelled")
    href: str
    spelled: bool

    def __new__(cls, words: str, href: str, *, spelled: bool = False) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.href, made.spelled = href, spelled
        return made


class Tone(StrEnum):
    """How a part of a cell is said beside the others."""

    STRONG = "strong"
    QUIET = "quiet"


class Toned(str):
    """Words that stand out, or that stay in the background."""

    __slots__ = ("tone",)
    tone: Tone

    def __new__(cls, words: str, tone: Tone) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.tone = tone
        return made


class Phrase(str):
    """A sentence some of whose parts are links, or said otherwise than the others."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __new__(cls, *parts: str) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, "".join(parts))
        made.parts = parts
        return made


class Handle(str):
    """What one types to ask for the thing just named: only a terminal tells it, elsewhere it is no word."""

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, typed: str) -> Self:
        """No words, and what is typed."""
        made = super().__new__(cls, "")
        made.typed = typed
        return made


class Figure(str):
    """A number, told in French. ``value``: ``None`` when it is not known; ``unit``: « km », « € » or none."""

    __slots__ = ("decimals", "unit", "value")
    value: float | None
    unit: str
    decimals: int

    def __new__(cls, words: str, value: float | None, *, unit: str = "", decimals: int = 0) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.value, made.unit, made.decimals = value, unit, decimals
        return made


class Share(str):
    """A part of a whole, 0 to 1, told as a percentage; ``None`` when it is not known."""

    __slots__ = ("value",)
    value: float | None

    def __new__(cls, words: str, value: float | None) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.value = value
        return made


class Day(str):
    """A day, told in French; ``None`` when it is not known."""

    __slots__ = ("value",)
    value: date | None

    def __new__(cls, words: str, value: date | None) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.value = value
        return made


class Jobs(str):
    """An interval of jobs: bounds and central value; ``high`` is ``None`` when it has no upper bound."""

    __slots__ = ("central", "high", "low")
    low: float
    central: float | None
    high: float | None

    def __new__(cls, words: str, low: float, central: float | None, high: float | None) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.low, made.central, made.high = low, central, high
        return made


Cell = str | Verdict
"""What a table holds: a plain text, one of the typed texts above, or a verdict."""


def away(words: str, href: str | None, *, spelled: bool = False) -> str:
    """Words that lead to an address; plain words where it is none of the web's: a file may hold anything."""
    wanted = href if href and href.startswith(("https://", "http://")) else None
    return Away(words, wanted, spelled=spelled) if wanted and words else words


def phone(number: str) -> str:
    """A telephone number that a telephone dials; what it reads as stays as it is written."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return Away(number, f"tel:{digits}") if digits else number


def strong(words: str) -> str:
    """Words that stand out."""
    return Toned(words, Tone.STRONG) if words else ""


def quiet(words: str) -> str:
    """Words that stay in the background."""
    return Toned(words, Tone.QUIET) if words else ""


def parts_of(cell: str) -> tuple[str, ...]:
    """The parts of a phrase; anything else is its only part."""
    return cell.parts if isinstance(cell, Phrase) else (cell,)


def joined(between: str, *told: str) -> Phrase:
    """A phrase of those that say something, ``between`` each."""
    said = [one for one in told if one]
    parts: list[str] = []
    for rank, one in enumerate(said):
        parts += [between, *parts_of(one)] if rank else parts_of(one)
    return Phrase(*parts)


def lines(*told: str) -> Phrase:
    """Those that say something, one under the other."""
    return joined("\n", *told)


def territory(words: str, code: str) -> Link:
    """A territory, a quarter or a contract, named."""
    return Link(words, Ref(Subject.TERRITORY, code))


def structure(words: str, siret: str) -> Link:
    """A structure, named."""
    return Link(words, Ref(Subject.STRUCTURE, siret))


def buyer(words: str, siren: str) -> Link:
    """A public buyer, named."""
    return Link(words, Ref(Subject.BUYER, siren))


def aid_cell(words: str, identifier: str) -> Link:
    """An aid of the catalogue, named."""
    return Link(words, Ref(Subject.AID, identifier))


def figure(value: float | None, decimals: int = 0, *, unit: str = "", unknown: str = UNKNOWN) -> Figure:
    """A number written in French, its unit after it."""
    if value is None:
        return Figure(unknown, None, unit=unit, decimals=decimals)
    words = number(value, decimals)
    return Figure(f"{words}{NO_BREAK_SPACE}{unit}" if unit else words, value, unit=unit, decimals=decimals)


def distance(value: float | None) -> Figure:
    """« 12,3 km », or that it is not known."""
    return figure(value, 1, unit="km")


def share(value: float | None, decimals: int = 1, *, unknown: str = UNKNOWN) -> Share:
    """A part of a whole, as a percentage."""
    return Share(unknown if value is None else percent(value, decimals), value)


def day_cell(value: date | None, *, unknown: str = UNKNOWN) -> Day:
    """A day written in French."""
    return Day(unknown if value is None else day(value), value)


def jobs(low: int, central: float | None, high: int | None) -> Jobs:
    """Jobs as an interval."""
    return Jobs(interval(low, high), low, central, high)


def yes_no(value: bool | None) -> str:
    """« oui », « non », or nothing where it is not said."""
    return "" if value is None else "oui" if value else "non"


def is_figure(cell: Cell) -> bool:
    """Whether a cell is to be set on the right, with those above and below it."""
    return isinstance(cell, Figure | Share | Jobs)
