"""Parameters replaced for a supposition: « urgence-ess.plafond=20 »."""

import math
from collections.abc import Iterable

from ancrage.aids.compiling import unknown_parameter
from ancrage.cells.amounts import read_amount
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.errors import UnknownParameterError
from ancrage.language.numbers import typed


def read_overrides(pairs: Iterable[str]) -> dict[str, float]:
    """Numbers by parameter. Raises :class:`UnknownParameterError` saying what was received."""
    found = {}
    known = load_parameters()
    for pair in pairs:
        identifier, sign, written = pair.partition("=")
        if not sign:
            raise UnknownParameterError(
                f"« {pair} » n'est pas un paramètre suivi d'un nombre.",
                "Écrivez par exemple : urgence-ess.plafond=20.",
            )
        if identifier.strip() not in known:
            raise unknown_parameter(identifier.strip(), known)
        found[identifier.strip()] = _number(pair, written, known[identifier.strip()].unit)
    return found


def _number(pair: str, written: str, unit: str | None) -> float:
    told = read_amount(written) if unit == "EUR" else None
    if told and told.misread:
        raise UnknownParameterError(f"« {pair} » ne donne pas un nombre : {told.remark}.", told.repair)
    try:
        number = float(typed(written) if told is None or told.value is None else told.value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UnknownParameterError(f"« {pair} » ne donne pas un nombre.", "Écrivez par exemple 20 ou 0,5.")
    return number
