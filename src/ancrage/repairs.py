"""What mends a failure or fills a gap, as data: each face says it in its own words.

The command line gives the exact command (``shell.py``), the site what a visitor can do
(``web/offers.py``), the API these very fields. No sentence here, and no command anywhere else.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class SynchroniseSources:
    """Receive public sources again, or at last; all of them when none is named.

    ``mirror``: the producer does not give them, a folder of files must.
    """

    ids: tuple[str, ...] = ()
    mirror: bool = False
    type: Literal["synchronise_sources"] = "synchronise_sources"


@dataclass(frozen=True, slots=True)
class BuildEdition:
    """Build the warehouse from the sources that are here."""

    type: Literal["build_edition"] = "build_edition"


@dataclass(frozen=True, slots=True)
class RevertEdition:
    """Return to an edition that was kept and can be read."""

    type: Literal["revert_edition"] = "revert_edition"


@dataclass(frozen=True, slots=True)
class InstallAgain:
    """Install this very version again: files that travel with it are lost."""

    type: Literal["install_again"] = "install_again"


@dataclass(frozen=True, slots=True)
class AskDay:
    """Ask the same question on another day; ``None`` when any day of the period will do."""

    on: date | None = None
    type: Literal["ask_day"] = "ask_day"


@dataclass(frozen=True, slots=True)
class GiveField:
    """Give, or change, a field of the question; any of ``values`` when some are known to do."""

    field: str
    values: tuple[str, ...] = ()
    type: Literal["give_field"] = "give_field"


@dataclass(frozen=True, slots=True)
class OmitField:
    """Ask without a field."""

    field: str
    type: Literal["omit_field"] = "omit_field"


@dataclass(frozen=True, slots=True)
class ChooseAmong:
    """Write one of these instead of what was received; the sentence of the failure already lists them."""

    values: tuple[str, ...]
    type: Literal["choose_among"] = "choose_among"


@dataclass(frozen=True, slots=True)
class Search:
    """Find, by words, what was not found by its code."""

    what: Literal["territory", "structure", "aid"]
    type: Literal["search"] = "search"


Subject = Literal["territory", "structure", "aid", "fact", "lever", "tool", "monograph", "source", "case"]


@dataclass(frozen=True, slots=True)
class See:
    """Read what is known of something; without ``code``, of any of its kind."""

    subject: Subject
    code: str | None = None
    type: Literal["see"] = "see"


@dataclass(frozen=True, slots=True)
class AskAids:
    """Ask for all the aids of a territory on a day."""

    territory: str
    on: date
    type: Literal["ask_aids"] = "ask_aids"


@dataclass(frozen=True, slots=True)
class StartFromModel:
    """Begin from a file to fill in."""

    of: Literal["grid", "monograph", "financing", "impact", "capital"]
    type: Literal["start_from_model"] = "start_from_model"


@dataclass(frozen=True, slots=True)
class ImportAids:
    """Import a file of aids."""

    type: Literal["import_aids"] = "import_aids"


@dataclass(frozen=True, slots=True)
class TryLater:
    """Ask again, unchanged, in a while."""

    type: Literal["try_later"] = "try_later"


Repair = (
    SynchroniseSources
    | BuildEdition
    | RevertEdition
    | InstallAgain
    | AskDay
    | GiveField
    | OmitField
    | ChooseAmong
    | Search
    | See
    | AskAids
    | StartFromModel
    | ImportAids
    | TryLater
)


class Notice(str):
    """A sentence for everybody that carries what can be done about it."""

    __slots__ = ("repairs",)
    repairs: tuple[Repair, ...]

    def __new__(cls, words: str, repairs: tuple[Repair, ...] = ()) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.repairs = repairs
        return made


def repairs_of(text: str) -> tuple[Repair, ...]:
    """What a text carries, none when it is no notice."""
    return text.repairs if isinstance(text, Notice) else ()
