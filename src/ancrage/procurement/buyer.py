"""Who buys: a territory's own authority or a legal unit by its SIREN, and which kind of buyer it is."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.errors import PurchaseError
from ancrage.register.codes import Siren
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.repairs import GiveField
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.resolving import resolve
from ancrage.territories.territory import Territory


class BuyerKind(StrEnum):
    """Values of the fact ``acheteur``."""

    ETAT = "etat"
    ETABLISSEMENT_ETAT = "etablissement_etat"
    LOCAL = "local"
    SANTE = "sante"
    AUTRE = "autre"
    RESEAU = "reseau"


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer. ``kind``: ``None`` when nothing tells it; ``territory``: where it acts, when that is known."""

    name: str
    kind: BuyerKind | None
    why: str
    territory: Territory | None = None
    siren: str = ""


LOCAL_KINDS = (Kind.COMMUNE, Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION)
PREFIX = re.compile(r"(?:commune|com|epci|territoire|siren)\s*:\s*", re.IGNORECASE)
SIREN_TYPED = re.compile(r"\d{9}(?:\d{5})?")
STATE = ("etat", "état", "l'etat", "l'état")


def find_buyer(atlas: Atlas, typed: str, *, on: date, kind: BuyerKind | None = None) -> Buyer:
    """The buyer that a person designates: ``commune:59295``, ``200044014``, ``dep:23``, ``etat``, a SIREN.

    ``kind``: what the person says it is, which wins. Raises :class:`PurchaseError` for who is no contracting
    authority, and what a territory raises.
    """
    text = PREFIX.sub("", typed.strip(), count=1)
    compact = "".join(text.split())
    if text.lower() in STATE:
        return Buyer("L'État", kind or BuyerKind.ETAT, "dit par vous")
    if SIREN_TYPED.fullmatch(compact):
        return _by_siren(atlas, compact[:9], on=on, kind=kind)
    return _of_territory(resolve(atlas, text, on=on), kind)


def _of_territory(territory: Territory, kind: BuyerKind | None) -> Buyer:
    if kind is not None:
        return Buyer(territory.name, kind, "dit par vous", territory)
    if territory.kind in LOCAL_KINDS:
        return Buyer(territory.name, BuyerKind.LOCAL, "collectivité territoriale ou groupement", territory)
    raise PurchaseError(
        f"{territory.name} n'achète pas : ce n'est pas un pouvoir adjudicateur.",
        "Donnez une commune, une intercommunalité, un département, une région, « etat », ou un SIREN.",
        GiveField("acheteur", ("commune:59295",)),
    )


def _by_siren(atlas: Atlas, siren: str, *, on: date, kind: BuyerKind | None) -> Buyer:
    number = Siren(siren).value
    if territory := _territory_of(atlas, number, on=on):
        return Buyer(territory.name, kind or BuyerKind.LOCAL, "collectivité ou groupement", territory, number)
    if kind is not None:
        return Buyer(_name_of(atlas, number) or f"SIREN {number}", kind, "dit par vous", None, number)
    if number[0] == "1":
        why = "SIREN d'un organisme de l'État ; lequel, l'acheteur le sait"
        return Buyer(f"SIREN {number}", BuyerKind.ETABLISSEMENT_ETAT, why, None, number)
    if number[0] == "2":
        why = "SIREN d'une collectivité, d'un de ses établissements ou d'un groupement"
        known = None if number.startswith("26") else BuyerKind.LOCAL
        return Buyer(f"SIREN {number}", known, why, None, number)
    named = _name_of(atlas, number)
    raise PurchaseError(
        f"{named or f'Le SIREN {number}'} est de droit privé : ce n'est pas un pouvoir adjudicateur.",
        "Il ne l'est que s'il est financé, contrôlé ou dirigé par un pouvoir adjudicateur pour "
        "un besoin d'intérêt général (article L. 1211-1, 2°) : dites alors sa sorte, « autre ».",
        GiveField("sorte", tuple(BuyerKind)),
    )


def _territory_of(atlas: Atlas, siren: str, *, on: date) -> Territory | None:
    """The EPCI that bears it, or the commune or département whose code it holds."""
    vintage = atlas.vintage_on(on)
    if atlas.unit(Kind.EPCI, siren, vintage) is not None:
        return resolve(atlas, siren, on=on)
    if siren.startswith("21"):
        code = f"{siren[2:4]}{siren[5:8]}"
        if siren[4] == "0" and atlas.commune(code, vintage) is not None:
            return resolve(atlas, code, on=on)
    if siren.startswith("22") and atlas.unit(Kind.DEPARTEMENT, siren[2:4], vintage) is not None:
        return resolve(atlas, f"dep:{siren[2:4]}", on=on)
    return None


def _name_of(atlas: Atlas, siren: str) -> str:
    open_directory(atlas.warehouse)
    row = atlas.warehouse.row(f"SELECT min(name) AS name FROM {TABLE} WHERE siren = ?", (siren,))
    return str(row["name"]) if row and row["name"] else ""
