"""The days for which the register's quarters (QPV) hold: it places establishments in those of 2024 only."""

from datetime import date

from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.quarters import perimeters
from ancrage.territories.territory import Territory

GENERATION_2024 = {True: date(2025, 1, 1), False: date(2024, 1, 1)}
"""Since when the quarters of 2024 hold, overseas (True) and elsewhere: décrets 2024-1212 and 2023-1314."""
OTHER_QUARTERS = "le registre ne place que dans les quartiers de 2024, qui ne valent pas ce jour-là"

QUARTER_THEN = (
    "CASE WHEN $on < CASE WHEN commune[:2] = '97' "
    f"THEN DATE '{GENERATION_2024[True]}' ELSE DATE '{GENERATION_2024[False]}' END "
    "THEN 'a_verifier' ELSE qpv END"
)
"""SQL: the place of a row in a quarter on the day ``$on`` (oui, non, a_verifier)."""


def is_undrawn_quarter(atlas: Atlas, territory: Territory) -> bool:
    """Whether it is a quarter in which the register places nothing, for want of a perimeter that day.

    What it would count there is unknown, not none.
    """
    if territory.kind is not Kind.QPV:
        return False
    held = all(quarters_hold(commune, on=territory.on) for commune in territory.communes)
    return not held or territory.code.code not in perimeters(atlas, on=territory.on)


def quarters_hold(commune: str, *, on: date) -> bool:
    """Whether the quarters of 2024 are in force in a commune on a day."""
    return on >= GENERATION_2024[commune.startswith("97")]
