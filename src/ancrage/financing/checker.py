"""Reads the parts of what a person wrote of money: what is wrong is said at its place, nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from ancrage.cells.days import read_day
from ancrage.declarations.gathering import Gathering, shown, suggestion
from ancrage.declarations.parts import Path
from ancrage.errors import InvalidCodeError
from ancrage.financing.money import LARGEST, read_money, read_share
from ancrage.language.folding import bare
from ancrage.language.numbers import typed
from ancrage.register.codes import Siret

Word = TypeVar("Word", bound=StrEnum)
Given = Mapping[str, Any]
MOST_LINES = 2000
_RNA = re.compile(r"W[0-9A-Z]{9}")
TRUTHS = {"oui": True, "true": True, "vrai": True, "non": False, "false": False, "faux": False}


class Checker:
    """Reads the parts of what a person wrote, noting what is wrong."""

    def __init__(self, found: Gathering) -> None:
        self.found = found
        self.ids: dict[str, Path] = {}

    def each(self, whole: Given, key: str, read: Callable[..., Any], *more: Any) -> list[Any]:
        """The parts of a list that can be read."""
        value = whole.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.found.say((key,), f"une liste était attendue, pas {shown(value)}")
            return []
        if len(value) > MOST_LINES:
            self.found.say((key,), f"plus de {MOST_LINES} lignes")
            return []
        told = (read(each, (key, rank), *more) for rank, each in enumerate(value))
        return [one for one in told if one is not None]

    def money(self, told: Given, key: str, path: Path, *, required: bool = False) -> Decimal | None:
        """Euros of a key."""
        read = read_money(told.get(key))
        if read.misread:
            self.found.say((*path, key), read.sentence.rstrip("."))
        elif read.value is None and required:
            self.found.say((*path, key), "un montant est attendu, rien n'est écrit")
        return read.value

    def share(self, told: Given, key: str, path: Path) -> Decimal | None:
        """A rate."""
        read = read_share(told.get(key))
        if read.misread:
            self.found.say((*path, key), read.sentence.rstrip("."))
        return read.value

    def day(self, told: Given, key: str, path: Path, *, required: bool = False) -> date | None:
        """A day."""
        written = told.get(key)
        read = read_day("" if written is None else str(written))
        if read.misread:
            self.found.say((*path, key), read.sentence.rstrip("."))
        elif read.value is None and required:
            self.found.say((*path, key), "un jour est attendu (AAAA-MM-JJ ou JJ/MM/AAAA)")
        return read.value

    def truth(self, told: Given, key: str, path: Path) -> bool | None:
        """Yes, no, or nothing."""
        written = told.get(key)
        if written is None or written == "":
            return None
        value = TRUTHS.get(str(written).strip().lower())
        if value is None:
            self.found.say((*path, key), f"oui ou non est attendu, pas {shown(written)}")
        return value

    def word(self, told: Given, key: str, path: Path, kind: type[Word], default: Word | None) -> Word | None:
        """One of the words of a list."""
        written = told.get(key)
        if written is None or written == "":
            return default
        folded = _folded(str(written))
        if folded in kind._value2member_map_:
            return kind(folded)
        labels = {_folded(getattr(one, "label", one.value)): one for one in kind}
        if folded in labels:
            return labels[folded]
        near = suggestion(written, {one.value: one.value for one in kind})
        self.found.say((*path, key), f"{shown(written)} n'est pas de la liste ({', '.join(kind)}){near}")
        return default

    def names(self, told: Given, key: str, path: Path) -> tuple[str, ...]:
        """Identifiers, as a list or parted by commas."""
        written = told.get(key)
        if written is None or written == "":
            return ()
        if isinstance(written, str):
            return tuple(part.strip() for part in re.split(r"[,;]", written) if part.strip())
        if isinstance(written, list) and all(isinstance(one, str | int) for one in written):
            return tuple(str(one) for one in written)
        self.found.say((*path, key), f"une liste d'identifiants était attendue, pas {shown(written)}")
        return ()

    def siret(self, told: Given, key: str, path: Path) -> str:
        """A SIRET, its spaces taken away; empty when nothing is written."""
        written = told.get(key)
        text = "" if written is None else "".join(str(written).split())
        try:
            return str(Siret(text)) if text else ""
        except InvalidCodeError as error:
            self.found.refuse((*path, key), error)
            return ""

    def rna(self, told: Given, key: str, path: Path) -> str:
        """A number of the register of associations; empty when nothing is written."""
        text = self.found.text(told, key, path).strip().upper()
        if text and not _RNA.fullmatch(text):
            self.found.say((*path, key), f"{shown(text)} n'est pas un numéro RNA : W et neuf signes")
        return text

    def number(self, told: Given, key: str, path: Path, *, required: bool = False) -> Decimal | None:
        """A number that is no money: a result, a count."""
        written = told.get(key)
        text = "" if written is None else typed(str(written))
        if not text:
            if required:
                self.found.say((*path, key), "un nombre est attendu, rien n'est écrit")
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or value < 0 or value > LARGEST:
            self.found.say((*path, key), f"{shown(written)} n'est pas un nombre positif")
            return None
        return value


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", bare(text)).strip("_")
