"""Codes of the common procurement vocabulary: their key, what they name, what lists of services say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import ConfigDict, Field

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.declarations.texts import Text
from ancrage.errors import PurchaseError
from ancrage.language.words import stemmed
from ancrage.register.buying import BoughtAs, bought
from ancrage.repairs import GiveField

WRITTEN = re.compile(r"\s*(?:cpv\W*)?(?P<code>\d[\d ]{6,9}\d)(?:\s*-\s*(?P<key>\d))?\s*", re.IGNORECASE)
WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)
"""Weights of the eight digits, whose sum ends with the key: those of published codes, see the tests."""
DIGITS = 8
LAST_GOODS = 48
"""Supplies are the divisions up to 48, but for works (45); services come after."""


@dataclass(frozen=True, slots=True)
class Cpv:
    """A code, and the most precise label that is known of what it begins with (empty when none is)."""

    code: str
    label: str = ""

    @property
    def key(self) -> int:
        """Its ninth digit."""
        return key_of(self.code)

    @property
    def written(self) -> str:
        """As notices write it: ``77310000-6``."""
        return f"{self.code}-{self.key}"

    @property
    def unlisted(self) -> str:
        """What to tell of a code that the list held here does not name: only its beginning is known."""
        if any(one.cpv.ljust(DIGITS, "0") == self.code for one in bought()):
            return ""
        return (
            f"Le code {self.written} n'est pas dans la liste tenue ici, qui est incomplète : vérifiez-le. "
            f"Ce qui suit vaut pour ce par quoi il commence : {self.label}."
        )

    @property
    def nature(self) -> str:
        """Works, supplies or services, as the vocabulary parts its divisions."""
        division = int(self.code[:2])
        if self.code[:2] in lists().works:
            return "travaux"
        return "fournitures" if division <= LAST_GOODS else "services"

    @property
    def may_be_reserved(self) -> bool | None:
        """Whether it is a service that can be reserved to the ESS; ``None`` beside a code of the list."""
        return lists().reserve.holds(self.code)

    @property
    def is_specific_service(self) -> bool | None:
        """Whether it is a social or specific service; ``None`` beside a code of the list."""
        return lists().adaptee.holds(self.code)

    @property
    def service_label(self) -> str:
        """The heading of the list of social and specific services that names it; empty when none does."""
        return lists().adaptee.heading(self.code)


class _Entry(Declared):
    """A heading of a list. ``en_partie``: the text leaves out a part that no code tells."""

    label: str
    codes: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()
    en_partie: bool = False

    def names(self, code: str) -> bool:
        """Whether a code is written in it, or stands between two that are."""
        return code in self.codes or any(low <= code <= high for low, high in self.ranges)

    def is_beside(self, code: str) -> bool:
        """Whether a code that it does not name is a part of one that it names, or holds one."""
        named = (*self.codes, *(bound for bounds in self.ranges for bound in bounds))
        return any(_is_part(code, one) or _is_part(one, code) for one in named)


class _Listed(Declared):
    """A list of services, from a day on."""

    since: date = Field(alias="from")
    text: Text
    entries: tuple[_Entry, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def holds(self, code: str) -> bool | None:
        """Whether a code is of the list; ``None`` when the list names what is wider or narrower only."""
        named = [one for one in self.entries if one.names(code)]
        if named:
            return True if any(not one.en_partie for one in named) else None
        return None if any(one.is_beside(code) for one in self.entries) else False

    def heading(self, code: str) -> str:
        """The heading that names a code."""
        return next((one.label for one in self.entries if one.names(code)), "")


def _is_part(narrow: str, wide: str) -> bool:
    """Whether a code is a part of another: the vocabulary writes the wider with fewer digits, then zeros."""
    return narrow != wide and narrow.startswith(wide.rstrip("0").ljust(2, "0"))


class _Lists(Declared):
    reserve: _Listed
    adaptee: _Listed
    works: tuple[str, ...]


@compiled("services", "declarations", "procurement")
def lists() -> _Lists:
    """The lists of services by code."""
    return _Lists.model_validate(read_yaml((files(__package__) / "cpv-listes.yaml").read_text("utf-8")))


def key_of(code: str) -> int:
    """The key of eight digits."""
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, code, strict=True)) % 10


def read_cpv(typed: str) -> Cpv:
    """The code that a person types, with or without its key, or the words of what is bought.

    Raises :class:`PurchaseError`: a false key, a code that cannot exist, words that name nothing.
    """
    if found := WRITTEN.fullmatch(typed):
        return _coded(found["code"].replace(" ", ""), found["key"], typed)
    return _named(typed)


def _coded(code: str, key: str | None, typed: str) -> Cpv:
    if key is None and len(code) == DIGITS + 1:
        code, key = code[:DIGITS], code[DIGITS]
    if len(code) != DIGITS or code[:2] not in _divisions():
        raise _refused(f"« {typed[:40]} » n'est pas un code CPV : il n'existe pas.")
    if key is not None and int(key) != key_of(code):
        raise _refused(f"La clé du code CPV « {typed[:40]} » est fausse : ce serait {code}-{key_of(code)}.")
    return Cpv(code, _label(code))


def _named(typed: str) -> Cpv:
    found = named_like(typed)
    if not found:
        raise _refused(f"Aucun code CPV connu ne correspond à « {typed[:60]} ».")
    best = found[0]
    return Cpv(best.cpv.ljust(DIGITS, "0"), best.label)


def named_like(typed: str) -> Sequence[BoughtAs]:
    """The known codes whose label or usual words hold most of the words typed, the likeliest first."""
    wanted = set(stemmed().analyze(typed))
    held = [(len(wanted & _words(one)), one) for one in bought()]
    likely = [(hits, one) for hits, one in held if hits and 2 * hits >= len(wanted)]
    return [one for _, one in sorted(likely, key=lambda each: (-each[0], -len(each[1].cpv), each[1].cpv))]


def _words(one: BoughtAs) -> set[str]:
    return set(stemmed().analyze(f"{one.label} {one.words}"))


def _label(code: str) -> str:
    return next((one.label for one in bought() if code.startswith(one.cpv)), "")


@cache
def _divisions() -> frozenset[str]:
    return frozenset(one.cpv[:2] for one in bought())


def _refused(told: str) -> PurchaseError:
    return PurchaseError(
        told, "Donnez huit chiffres (77310000), ou quelques mots : « espaces verts ».", GiveField("cpv", ())
    )
