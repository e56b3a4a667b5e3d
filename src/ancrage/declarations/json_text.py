"""The values of a JSON text that somebody else wrote: bounded in depth and in numbers, told with the line."""

import json
import math
import re
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from ancrage.declarations.faults import Fault, line_at, shown

DEEPEST = 64
LONGEST_NUMBER = 18
"""Digits of a whole number: a SIRET has 14, and beyond 18 engines lose some."""
STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""A text between quotes; one that is never closed goes to the end, and is read once only."""
_SUSPECT = re.compile(rf"(?<![\d.])-?\d{{{LONGEST_NUMBER + 1},}}|\d[\d.]*[eE]\+?\d{{3,}}")
_BRACKETS = str.maketrans("{}", "[]")
_OTHERS = bytes(set(range(256)) - set(b"[]"))
_BETWEEN = 92
"""The code between those of « [ » and « ] »: it makes one go down, the other up."""
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class Huge(str):
    """The digits of a number that engines would cut, or infinite, left to who judges entries one by one."""

    __slots__ = ()


def read_json(text: str, *, halves: bool = False, huge: bool = False) -> Any:
    """Plain values. Raises :class:`Fault` for what is no JSON, is too deep, or holds what no value can be.

    ``NaN``, which some tools write for what is missing, is null. ``halves``: half characters are for who
    asks to mend. ``huge``: numbers past measure are left as :class:`Huge`, for who refuses an entry alone.
    """
    _refuse_deep(text)
    numbers: dict[str, Any] = (
        {"parse_int": _or_huge(_whole), "parse_float": _or_huge(_finite)} if huge else {}
    )
    try:
        values = json.loads(text, parse_constant=lambda name: _constant(name, text), **numbers)
    except json.JSONDecodeError as error:
        raise _unreadable(error, text) from error
    except ValueError as error:  # an integer of thousands of digits
        _refuse_huge(text)
        raise Fault("un nombre est démesuré") from error
    if not huge and _SUSPECT.search(text):
        _refuse_huge(text)
    if not halves and _HALF.search(text):
        _refuse_halves(text)
    return values


def read_next(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at a position, and where it ends: for a text too long to be read whole.

    Raises :class:`json.JSONDecodeError` when it is not whole there, and :class:`Fault` as :func:`read_json`.
    """
    try:
        values, end = _NEXT.raw_decode(text, at)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise too_deep(None) from None
    told = text[at:end]
    if told.count("{") + told.count("[") > DEEPEST:
        _refuse_deep(told)
    if "\\u" in told and _HALF.search(told):
        _refuse_halves(told)
    return values, end


def _or_huge(read: Callable[[str], Any]) -> Callable[[str], Any]:
    def kept(written: str) -> Any:
        try:
            return read(written)
        except Fault:
            return Huge(written)

    return kept


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > LONGEST_NUMBER:
        raise Fault(f"le nombre « {shown(digits, 24)} » est démesuré")
    return int(digits)


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise Fault(f"le nombre « {shown(written, 24)} » est démesuré")
    return number


def _no_number(name: str) -> None:
    if name != "NaN":
        raise Fault(f"« {name} » n'est pas un nombre", None, "Écrivez un nombre, ou null.")


_NEXT = json.JSONDecoder(parse_int=_whole, parse_float=_finite, parse_constant=_no_number)


def _constant(name: str, text: str) -> None:
    if name == "NaN":
        return
    bare = _without_strings(text)
    raise Fault(
        f"« {name} » n'est pas un nombre", line_at(bare, bare.find(name)), "Écrivez un nombre, ou null."
    )


def too_deep(line: int | None) -> Fault:
    """What is said of a text that holds too many levels."""
    return Fault("le fichier est imbriqué trop profondément", line, "Écrivez-le avec moins de niveaux.")


def _unreadable(error: json.JSONDecodeError, text: str) -> Fault:
    if error.pos >= len(text.rstrip()):
        return Fault(
            "le fichier s'arrête avant la fin", error.lineno, "Il est tronqué : reprenez le fichier."
        )
    near = shown(" ".join(text[max(0, error.pos - 20) : error.pos + 20].split()))
    return Fault(
        f"ce n'est pas du JSON lisible, près de « {near} »",
        error.lineno,
        "Vérifiez les virgules, les guillemets et les accolades.",
    )


def _refuse_deep(text: str) -> None:
    bare = _without_strings(text)
    brackets = bare.translate(_BRACKETS).encode("utf-8", "replace").translate(None, _OTHERS)
    depths = accumulate(brackets, lambda depth, sign: depth + _BETWEEN - sign, initial=0)
    if any(depth > DEEPEST for depth in depths):
        raise too_deep(_line_too_deep(bare))


def _line_too_deep(bare: str) -> int:
    depth = 0
    for found in re.finditer(r"[\[\]{}]", bare):
        depth += 1 if found[0] in "[{" else -1
        if depth > DEEPEST:
            return line_at(bare, found.start())
    return 1


def _refuse_huge(text: str) -> None:
    """A number that engines would cut, or that is infinite, is told; digits inside a text are only a text."""
    bare = _without_strings(text)
    for found in _SUSPECT.finditer(bare):
        if found[0].lstrip("-").isdigit() or math.isinf(float(found[0])):
            raise Fault(
                f"le nombre « {shown(found[0], 24)} » est démesuré",
                line_at(bare, found.start()),
                "Corrigez-le, ou écrivez-le entre guillemets si c'est un code.",
            )


def _without_strings(text: str) -> str:
    return STRING.sub(lambda found: " " + "\n" * found[0].count("\n"), text)


def _refuse_halves(text: str) -> None:
    """``\\ud800`` alone is half a character, which nothing can write."""
    for found in STRING.finditer(text):
        if _HALF.search(found[0]) and any("\ud800" <= sign <= "\udfff" for sign in json.loads(found[0])):
            raise Fault(
                "un texte porte un caractère qui n'existe pas",
                line_at(text, found.start()),
                "Corrigez ce texte.",
            )
