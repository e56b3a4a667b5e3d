"""What a field of a question is called on every face, and how the words a person writes become its value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BeforeValidator, Field
from pydantic.fields import FieldInfo

from ancrage.dating import parse_day
from ancrage.errors import AncrageError
from ancrage.language.folding import bare
from ancrage.language.numbers import typed
from ancrage.repairs import ChooseAmong

LONGEST_CODE = 2000
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a field: told once, read by the command line, the site, the API and the tasks.

    ``name`` is its name in addresses and in the API, French; the command line writes it ``--name`` unless
    ``option`` says otherwise. ``also``: other names that addresses may carry. ``argument``: the command
    line takes it by its place. ``local``: it names a file of the person's machine, so that only the command
    line reads it. ``short``: a second, shorter option. ``place``: it names a territory. ``beside``: it
    changes no answer (a file written beside it, how much is shown), and is left out of the address.
    """

    name: str
    label: str
    help: str
    example: Any = None
    option: str = ""
    short: str = ""
    metavar: str = ""
    also: tuple[str, ...] = ()
    argument: bool = False
    local: bool = False
    place: bool = False
    beside: bool = False

    @property
    def flag(self) -> str:
        """The option of the command line."""
        return self.option or f"--{self.name.replace('_', '-')}"

    @property
    def names(self) -> tuple[str, ...]:
        """Every name an address may use, the right one first."""
        return (self.name, *self.also)


def asked_of(field: FieldInfo) -> Asked:
    """The words of a field. Raises :class:`TypeError` for a field that has none."""
    for each in field.metadata:
        if isinstance(each, Asked):
            return each
    raise TypeError(f"a field of a question has no words: {field!r}")


def value_type(field: FieldInfo) -> Any:
    """The type of the values of a field: without what makes it optional or several."""
    return _without_several(_without_none(field.annotation))


def takes_several(field: FieldInfo) -> bool:
    """Whether a field takes several values."""
    return get_origin(_without_none(field.annotation)) is tuple


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        kept = [part for part in get_args(annotation) if part is not NoneType]
        return _bare(kept[0])
    return _bare(annotation)


def _without_several(annotation: Any) -> Any:
    return _bare(get_args(annotation)[0]) if get_origin(annotation) is tuple else annotation


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def written(value: Any) -> Any:
    """A value as an address writes it: a day in ISO 8601, yes as « oui », a number without useless zeros."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _french_number(value: Any) -> Any:
    """A number as people type it: « 15,5 », « 1 000 »."""
    return typed(value) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    return parse_day(value) if isinstance(value, str) else value


def _flag(value: Any) -> Any:
    return WORDS.get(bare(value), value) if isinstance(value, str) else value


WORDS: Mapping[str, bool] = {"oui": True, "on": True, "1": True, "non": False, "0": False, "": False}
Number = BeforeValidator(_french_number)
"""Reads a number with a comma."""
Kilometres = Annotated[float, Number, Field(ge=0, allow_inf_nan=False)]
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
Day = Annotated[date, BeforeValidator(_day), Field(json_schema_extra={"pattern": DAY_PATTERN})]
"""A day; one that is none raises :class:`ancrage.errors.InvalidDayError`."""
Flag = Annotated[bool, BeforeValidator(_flag)]


def one_of(kind: type[StrEnum], refusal: type[AncrageError], said: str) -> BeforeValidator:
    """Reads one of the values of an enumeration; another raises ``refusal``, with those there are.

    ``said`` is its sentence: it holds « {} », where what was written goes.
    """

    def read(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        try:
            return kind(value)
        except ValueError:
            possible = tuple(one.value for one in kind)
            told = said.format(str(value)[:LONGEST_SHOWN])
            raise refusal(told, f"Choisissez : {', '.join(possible)}.", ChooseAmong(possible)) from None

    return BeforeValidator(read)


PlaceText = Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]

PLACE = Asked(
    name="territoire",
    label="Territoire",
    help="Code du territoire : 23077, 200044014, dep:23, reg:75, arr:231, crte-…, QN…, fr, un nom exact, "
    "ou un ensemble de communes joint par « + » (23077+23096).",
    example="23077",
    metavar="TERRITOIRE",
    also=("t",),
    argument=True,
    place=True,
)
DAY = Asked(
    name="le",
    label="Jour",
    help="Jour pour lequel la réponse vaut (AAAA-MM-JJ) ; aujourd'hui par défaut.",
    example="2026-01-01",
    option="--on",
    metavar="AAAA-MM-JJ",
    also=("jour",),
)

Words = Mapping[str, Sequence[str]]
"""What an address or a form says: each name with its values."""
