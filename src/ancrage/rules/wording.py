"""French words of what a rule names: how its facts and its parameters are said in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ancrage.language.numbers import percent, plain_number
from ancrage.language.phrases import plural
from ancrage.language.typography import NO_BREAK_SPACE
from ancrage.rules.vocabulary import ParameterValue

_MONEY = {
    "EUR": "€",
    "EUR/an": "€ par an",
    "EUR/mois": "€ par mois",
    "EUR/jour": "€ par jour",
    "EUR/heure": "€ par heure",
    "EUR/an/ETP": "€ par an et par équivalent temps plein",
}
_PART = "part"
_OF_ONE = ("part", "part de 0 à 1")


RANKED = "année"
"""The unit of a rank: « la 6e », not « six années »."""


@dataclass(frozen=True, slots=True)
class FactWords:
    """A fact in words. ``holds`` and ``fails`` are statements, of a fact that is true or false only."""

    label: str
    unit: str = ""
    holds: str = ""
    fails: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def named(self, value: str) -> str:
        """The words of one of its values."""
        return self.names.get(value, value)


@dataclass(frozen=True, slots=True)
class ParameterWords:
    """A parameter in words, with its value of the day."""

    label: str
    unit: str
    value: ParameterValue


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a rule may name."""

    facts: Mapping[str, FactWords]
    parameters: Mapping[str, ParameterWords]


def measured(value: float, unit: str) -> str:
    """A number in its unit: « 11 salariés », « 66 % », « 40 000 € », « 50 % du SMIC horaire brut »."""
    if unit in _OF_ONE or unit.startswith((f"{_PART} du ", f"{_PART} de la ")):
        whole = "" if unit in _OF_ONE else unit.removeprefix(_PART)
        return f"{_share(value)}{whole}"
    if unit == RANKED:
        return "1re" if value == 1 else f"{plain_number(value)}e"
    written = _MONEY.get(unit) or _counted(value, unit)
    return f"{plain_number(value)}{NO_BREAK_SPACE}{written}" if written else plain_number(value)


def _share(value: float) -> str:
    return percent(value, 0 if round(value * 100, 6).is_integer() else 1)


def _counted(value: float, unit: str) -> str:
    """The unit as it goes with a number: units are declared in the plural."""
    return (
        plural(value, " ".join(word.removesuffix("s") for word in unit.split()), unit)
        if _plain(unit)
        else unit
    )


def _plain(unit: str) -> bool:
    return unit not in ("mois", "fois") and not unit.startswith("fois ") and unit != unit.upper()
