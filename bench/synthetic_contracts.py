"""A national file of public contracts, drawn from the shapes of real ones, seeded; nothing in it is true.

The mirror's contracts (one large buyer, both formats) give the fields, the flaws and their frequencies;
buyers, holders, numbers, days and amounts are drawn. Keys of identifiers hold, but where the shape's do not.
"""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ancrage.cells.keys import luhn_key

SEED = 18
BUYERS, HOLDERS = 40_000, 150_000
SHAPES = ("decp-paris-2019", "decp-paris-global")
AGAIN, AMENDED = 0.03, 0.02
"""Contracts published twice, and those that an amendment changes."""
FIRST, DAYS = date(2019, 1, 1), 2_800
FORMS = ("non",) * 88 + ("oui",) * 9 + ("a_verifier",) * 3


def identifiers(count: int, draw: random.Random, first: str) -> list[str]:
    """SIRET whose keys hold."""
    found = []
    for _ in range(count):
        siren = first + f"{draw.randrange(10**7):07d}"
        siren += luhn_key(siren)
        siret = siren + f"{draw.randrange(10**4):04d}"
        found.append(siret + luhn_key(siret))
    return found


def shapes(mirror: Path) -> list[dict[str, Any]]:
    """The contracts of the mirror."""
    found: list[dict[str, Any]] = []
    for name in SHAPES:
        with gzip.open(mirror / f"decp/{name}.json.gz", "rt", encoding="utf-8") as file:
            found += json.load(file)
    return found


class Drawn:
    """Contracts drawn one after the other."""

    def __init__(self, mirror: Path) -> None:
        self.draw = random.Random(SEED)  # noqa: S311 a seed, not a secret
        self.shapes = shapes(mirror)
        self.buyers = identifiers(BUYERS, self.draw, "2")
        self.holders = identifiers(HOLDERS, self.draw, "4")

    def contracts(self, count: int) -> Iterator[dict[str, Any]]:
        """So many, some of them published again."""
        rank = 0
        while rank < count:
            one = self._one(rank)
            rank += 1
            yield one
            if self.draw.random() < AGAIN and rank < count:
                rank += 1
                yield one | {"datePublicationDonnees": "2026-11-01"}

    def _one(self, rank: int) -> dict[str, Any]:
        shape = self.draw.choice(self.shapes)
        # A few buyers sign most contracts, as they do.
        buyer = self.buyers[int(BUYERS * self.draw.random() ** 3)]
        day = FIRST + timedelta(days=self.draw.randrange(DAYS))
        told = shape | {
            "id": f"{day.year}{rank:010d}",
            "dateNotification": day.isoformat(),
            "datePublicationDonnees": (day + timedelta(days=30)).isoformat(),
            "montant": round((shape["montant"] or 1) * self.draw.uniform(0.2, 2), 2),
            "titulaires": [self._holder(one) for one in shape["titulaires"]],
        }
        told |= {"acheteur.id": buyer} if "acheteur.id" in shape else {"acheteur": {"id": buyer}}
        if self.draw.random() < AMENDED:
            change = {"id": 1, "dateNotificationModification": "2026-10-01", "montant": told["montant"] * 1.1}
            told["modifications"] = [{"modification": change}]
        return told

    def _holder(self, one: dict[str, Any]) -> dict[str, Any]:
        inside = one.get("titulaire", one)
        if len(str(inside.get("id", ""))) != 14:  # the flaws of the shape are kept
            return one
        return {"titulaire": {"typeIdentifiant": "SIRET", "id": self.draw.choice(self.holders)}}


def write_national(path: Path, mirror: Path, count: int) -> Drawn:
    """Write the file, in the format of 2022, as the ministry nests it."""
    drawn = Drawn(mirror)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"marches": {"marche": [\n')
        for rank, one in enumerate(drawn.contracts(count)):
            file.write((",\n" if rank else "") + json.dumps(one, ensure_ascii=False))
        file.write("\n]}}\n")
    return drawn


def establishments(drawn: Drawn) -> list[dict[str, Any]]:
    """The holders as a register would know them."""
    draw = random.Random(SEED)  # noqa: S311 a seed, not a secret
    return [
        {
            "siret": siret,
            "siren": siret[:9],
            "commune": "59295",
            "departement": draw.choice(("59", "75", "23", "69", "13")),
            "active": True,
            "ess": (verdict := draw.choice(FORMS)),
            "family": "association" if verdict == "oui" else None,
            "jobs_low": 3,
            "jobs_high": 5,
            "fictitious": False,
        }
        for siret in dict.fromkeys(drawn.holders)
    ]
