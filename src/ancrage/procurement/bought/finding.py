"""Which buyers: by name, by SIREN or SIRET, of a territory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ancrage.cells.keys import has_luhn_key, has_siret_keys
from ancrage.errors import InvalidCodeError, UnknownBuyerError
from ancrage.language.folding import bare
from ancrage.repairs import SynchroniseSources
from ancrage.territories.codes import Kind

if TYPE_CHECKING:
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory
    from ancrage.warehouse.reading import Row

_DIGITS = re.compile(r"[\d\s\u00a0\u202f.]+")
_NAMES = {"com": Kind.COMMUNE, "epci": Kind.EPCI, "dep": Kind.DEPARTEMENT, "reg": Kind.REGION}


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer whose contracts were read."""

    siren: str
    name: str
    named: bool
    territory: str | None
    departement: str | None
    commune: str | None
    contracts: int
    first_on: date | None
    last_on: date | None
    value: float

    @property
    def shown(self) -> str:
        """« Paris (département) » for a collectivity whose name another one may bear."""
        kind = (self.territory or "").partition(":")[0]
        said = {"dep": "département", "reg": "région"}.get(kind)
        return f"{self.name} ({said})" if said else self.name


def buyers(atlas: "Atlas") -> tuple[Buyer, ...]:
    """Every buyer, the most contracts first; none where no contract was synchronised."""
    return atlas.holding(_buyers)()


def _buyers(atlas: "Atlas") -> tuple[Buyer, ...]:
    if not atlas.warehouse.holds("purchase_buyer"):
        return ()
    rows: list[Row] = atlas.warehouse.rows(
        "SELECT siren, name, named, territory, departement, commune, contracts, first_on, last_on, value "
        "FROM purchase_buyer ORDER BY contracts DESC, siren"
    )
    return tuple(Buyer(**row) for row in rows)


def found(atlas: "Atlas", typed: str, departement: str = "") -> tuple[Buyer, ...]:
    """Buyers whose name holds every word typed, or whose SIREN begins so."""
    wanted = typed.strip()
    every = [one for one in buyers(atlas) if not departement or one.departement == departement]
    if not wanted:
        return tuple(every)
    if _DIGITS.fullmatch(wanted):
        digits = re.sub(r"\D", "", wanted)[:9]
        return tuple(one for one in every if one.siren.startswith(digits))
    words = bare(wanted).split()
    told = [(bare(one.name), one) for one in every]
    hits = [(name, one) for name, one in told if all(word in name for word in words)]
    hits.sort(key=lambda hit: (hit[0] != bare(wanted), not hit[0].startswith(words[0]), -hit[1].contracts))
    return tuple(one for _, one in hits)


def buyer_of(atlas: "Atlas", typed: str) -> Buyer:
    """The buyer of a SIREN or a SIRET.

    Raises :class:`InvalidCodeError`, and :class:`UnknownBuyerError` for one without any contract read.
    """
    digits = re.sub(r"[\s\u00a0\u202f.]", "", typed)
    right = has_luhn_key(digits) if len(digits) == 9 else len(digits) == 14 and has_siret_keys(digits)
    if not right:
        raise InvalidCodeError("d'acheteur", typed[:40], "un SIREN (neuf chiffres) ou un SIRET (quatorze)")
    known = next((one for one in buyers(atlas) if one.siren == digits[:9]), None)
    if known is None:
        raise _unknown(atlas, digits[:9])
    return known


def _unknown(atlas: "Atlas", siren: str) -> UnknownBuyerError:
    if not buyers(atlas):
        return UnknownBuyerError(
            "Aucune donnée essentielle de la commande publique n'est dans l'édition.",
            "Synchronisez-les, puis construisez l'édition.",
            SynchroniseSources(("decp", "decp-tabulaire")),
        )
    return UnknownBuyerError(
        f"Aucun marché de l'acheteur {siren} n'est dans les données lues : ses achats ne sont pas "
        f"connus ici.",
        "Cherchez l'acheteur par son nom ; un acheteur peut ne rien publier.",
    )


def collectivity(atlas: "Atlas", territory: "Territory") -> Buyer | None:
    """The buyer that a territory's own authority is, when its contracts were read: the one with the most."""
    names = {kind: name for name, kind in _NAMES.items()}
    wanted = f"{names.get(territory.code.kind, '')}:{territory.code.code}"
    return next((one for one in buyers(atlas) if one.territory == wanted), None)


def buyers_of(atlas: "Atlas", territory: "Territory") -> tuple[Buyer, ...]:
    """The buyers that sit in a territory: the collectivity itself, those whose seat is in it.

    A buyer of which only the département is known is of a territory that holds the whole of it.
    """
    if territory.code.kind is Kind.FRANCE:
        return buyers(atlas)
    communes = frozenset(territory.communes)
    whole = _whole_departements(atlas, territory, communes)
    return tuple(one for one in buyers(atlas) if _is_of(one, territory, communes, whole))


def _is_of(one: Buyer, territory: "Territory", communes: frozenset[str], whole: frozenset[str]) -> bool:
    prefix, _, code = (one.territory or "").partition(":")
    if prefix and (_NAMES[prefix], code) == (territory.code.kind, territory.code.code):
        return True
    return one.commune in communes or one.departement in whole


def _whole_departements(atlas: "Atlas", territory: "Territory", communes: frozenset[str]) -> frozenset[str]:
    """Départements every commune of which is in the territory."""
    vintage = atlas.vintage_on(territory.on)
    told: Sequence[str] = atlas.departements_of(territory)
    return frozenset(
        one
        for one in told
        if (inside := atlas.communes_of(Kind.DEPARTEMENT, one, vintage)[0]) and communes.issuperset(inside)
    )
