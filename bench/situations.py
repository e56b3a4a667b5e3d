"""Situations drawn from a seed, wholly known, and the day they are answered on: fictitious, for measures."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from ancrage.facts.declaration import Fact, FactType, load_facts

ON = date(2021, 3, 31)
SEED = 20140731
PLACES = {
    "commune": ("23077", "23096", "75056", "97611", "33063"),
    "epci": ("200044014", "200034825", "200054781"),
    "departement": ("23", "75", "976", "33", "54"),
    "region": ("75", "11", "06", "44", "52"),
}


def draw(count: int) -> Iterator[dict[str, Any]]:
    """``count`` situations: a value for every fact, plain numbers for numbers."""
    chance = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    for _ in range(count):
        yield {fact.id: _value(fact, chance) for fact in load_facts().values()}


def _value(fact: Fact, chance: random.Random) -> Any:
    match fact.type:
        case FactType.BOOLEEN:
            return chance.random() < 0.5
        case FactType.CHOIX:
            return chance.choice(list(fact.choices))
        case FactType.TEXTE:
            return chance.choice(PLACES.get(fact.id, ("x",)))
        case FactType.JOUR:
            return date(chance.randint(1990, 2021), chance.randint(1, 12), chance.randint(1, 28))
        case FactType.ENTIER:
            return float(chance.choice((0, 1, 2, 3, 4, 7, 10, 11, 15, 30, 60, 300, 20_000)))
        case FactType.DECIMAL:
            return float(chance.choice((0.0, 0.25, 0.5, 0.8, 1.0, 3.0, 12.0, 1_500.0, 900_000.0)))
