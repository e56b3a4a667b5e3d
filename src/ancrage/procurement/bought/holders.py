"""Who holds a contract, as it is written, and what its identifier is worth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ancrage.cells.keys import has_luhn_key, has_siret_keys
from ancrage.procurement.bought.cells import MOST_NESTED, listed, text_of
from ancrage.procurement.bought.vocabulary import Flaw

_ID, _KIND = ("id",), ("typeIdentifiant",)
_NAME = ("denominationSociale", "nom")
_COLUMNS = {"titulaire_id", "titulaire_nom", "titulaire_denominationSociale"}
"""Columns of a table that write the holder of a line beside its contract."""


class Known(StrEnum):
    """What the identifier of a holder is worth."""

    VALID = "valide"
    WRONG = "cle_fausse"
    FOREIGN = "etranger"
    ABSENT = "absent"


FLAW_OF = {Known.WRONG: Flaw.WRONG_KEY, Known.FOREIGN: Flaw.FOREIGN, Known.ABSENT: Flaw.NO_SIRET}


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder: its identifier as written, what it is worth, its name and its département when told."""

    id: str
    known: str
    name: str
    departement: str

    def row(self) -> dict[str, str]:
        """As a table writes it."""
        return {"id": self.id, "known": self.known, "name": self.name, "departement": self.departement}


@lru_cache(maxsize=1 << 17)
def worth(written: str, kind: str) -> Known:
    """What an identifier is worth. A SIREN alone designates the legal unit: it is kept."""
    if not written:
        return Known.ABSENT
    if kind not in ("", "siret"):
        return Known.FOREIGN
    if not (written.isascii() and written.isdigit()):
        return Known.ABSENT
    if len(written) == 14:
        return Known.VALID if has_siret_keys(written) else Known.WRONG
    if len(written) == 9:
        return Known.VALID if has_luhn_key(written) else Known.WRONG
    return Known.ABSENT


def holders_in(value: Any, depth: int = MOST_NESTED) -> Iterator[Holder]:
    """Every holder, however lists and objects wrap it."""
    if isinstance(value, str):
        value = listed(value)
    if not depth:
        return
    if isinstance(value, list | tuple):
        for inside in value:
            yield from holders_in(inside, depth - 1)
    elif isinstance(value, Mapping):
        wrapped = [value[name] for name in ("titulaire", "concessionnaire") if name in value]
        if wrapped:
            yield from holders_in(wrapped, depth - 1)
        else:
            yield holder_of(value)


def is_beside(value: Mapping[str, Any]) -> bool:
    """Whether a line of a table writes its holder beside its contract."""
    return not _COLUMNS.isdisjoint(value)


def holder_of(value: Mapping[str, Any], before: str = "") -> Holder:
    """The holder that an object writes, or a line of a table, whose columns begin with ``before``."""
    written = "".join(_first(value, _ID, before).split())
    kind = _first(value, _KIND, before).strip().lower()
    return Holder(written, str(worth(written, kind)), _first(value, _NAME, before), _departement(value))


def _first(value: Mapping[str, Any], names: tuple[str, ...], before: str) -> str:
    return next((told for name in names if (told := text_of(value.get(before + name)))), "")


def _departement(value: Mapping[str, Any]) -> str:
    code = text_of(value.get("titulaire_departement_code")).upper()
    return code.zfill(2) if code.isdigit() else code


def without_double(holders: list[Holder]) -> list[Holder]:
    """The holders, each once; one without an identifier may be several."""
    seen: set[str] = set()
    kept = []
    for one in holders:
        if one.id and one.id in seen:
            continue
        seen.add(one.id)
        kept.append(one)
    return kept


def flaws_of(holders: list[dict[str, str]], written: int) -> Iterator[Flaw]:
    """What is wrong in the holders of a contract."""
    if not holders:
        yield Flaw.NO_HOLDER
    yield from dict.fromkeys(FLAW_OF[Known(one["known"])] for one in holders if one["known"] != Known.VALID)
    if len(holders) < written:
        yield Flaw.HOLDER_TWICE
