"""One structure: what it is, why it is of the ESS or may be, and where it stands on a day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ancrage.errors import AncrageError, UnknownStructureError
from ancrage.language.numbers import number
from ancrage.language.typography import capitalised
from ancrage.reasoning import Verdict
from ancrage.register.activities import activity_labels
from ancrage.register.catalogue import legal_categories, siae_kind_label
from ancrage.register.codes import Siret
from ancrage.register.directory.cards import COLUMNS, Card, card, commune_names
from ancrage.register.directory.conditions import VALUES
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.register.quarters import OTHER_QUARTERS, quarters_hold
from ancrage.register.tables import LISTED_STRUCTURE, SIAE
from ancrage.repairs import Search, SynchroniseSources
from ancrage.sources.catalogue import get_source
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import ZoningAnswer, answer_all
from ancrage.warehouse.reading import Row


class Standing(StrEnum):
    """Whether an establishment exists on a day."""

    OPEN = "ouvert"
    CLOSED = "ferme"
    NOT_YET = "pas_encore_cree"
    UNKNOWN = "a_verifier"


@dataclass(frozen=True, slots=True)
class Quarter:
    """Its place in a quarter (QPV) on the day; ``codes``: quarters it may lie in."""

    verdict: Verdict
    codes: tuple[str, ...]
    reason: str


WEB = re.compile(r"https?://[^\s\"'<>]+$", re.IGNORECASE)


class Told(NamedTuple):
    """A line of what a list says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list publishes of it: its kind there, how its address was placed, and all else it says.

    ``capacity``: places authorised; texts are ``None`` where the list says nothing. Of a hidden unit only
    the kind and the list are told.
    """

    kind: str
    commune_reason: str = ""
    list: str = "siae"
    name: str | None = None
    brand: str | None = None
    holder: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    legal_form: str | None = None
    website: str | None = None
    capacity: int | None = None

    @property
    def title(self) -> str:
        """What the list is called by who publishes it."""
        return get_source(self.list).title

    @property
    def site(self) -> str:
        """The address of its site when it is one of the web; empty otherwise: a list may write anything."""
        return self.website if self.website and WEB.match(self.website) else ""

    def told(self) -> "Iterator[Told]":
        """What the list says of it, in the order it is read; a name is told once."""
        place = " ".join(filter(None, (self.postcode, self.city)))
        texts = (
            ("Nom", self.name),
            ("Enseigne", self.brand if self.brand != self.name else None),
            ("Gestionnaire", self.holder),
            ("Forme juridique", self.legal_form),
            ("Adresse", " ".join(", ".join(filter(None, (self.address, place))).split())),
            ("Capacité autorisée", f"{number(self.capacity)} places" if self.capacity else None),
        )
        yield from (Told(label, text) for label, text in texts if text)


@dataclass(frozen=True, slots=True)
class StructurePage:
    """Everything known of a structure on a day. Never a name, an address or a point of a hidden unit.

    ``sisters``: other establishments of its legal unit that the directory holds, closed ones included.
    ``activity``: label of its activity, empty when it is not known. ``legal_form``: label of its category,
    empty when it is not one the law names. ``territory``: its commune or arrondissement that day, ``None``
    with ``note`` saying why. ``in_ess_list``: ``None`` when it is not synchronised.
    """

    card: Card
    on: date
    standing: Standing
    sisters: tuple[Card, ...]
    reasons: tuple[str, ...]
    activity: str
    legal_category: str | None
    legal_form: str
    flag: str | None
    in_ess_list: bool | None
    sources_disagree: bool
    quarter: Quarter
    listed: tuple[Listed, ...]
    territory: Territory | None
    zonings: tuple[ZoningAnswer, ...]
    note: str


def structure_of(atlas: Atlas, siret: str, *, on: date) -> StructurePage:
    """The page of a structure of the directory.

    Raises :class:`InvalidCodeError`, :class:`DayOutOfRangeError`, and :class:`UnknownStructureError` for a
    SIRET that the directory does not hold.
    """
    code = Siret("".join(siret.split()))
    open_directory(atlas.warehouse)
    atlas.vintage_on(on)
    rows = _rows_of_unit(atlas, code, on)
    row = next((row for row in rows if row["siret"] == code.value), None)
    if row is None:
        raise _unknown(atlas, code)
    signs = atlas.warehouse.row(
        "SELECT flag, in_ess_list, sources_disagree FROM ess_establishment WHERE siret = ?", (code.value,)
    )
    names = commune_names(atlas)
    listed = _listed(atlas, code, diffusible=row["diffusible"])
    territory, note = _place(atlas, row["commune"], on)
    return StructurePage(
        card=card(row, names),
        on=on,
        standing=_standing(row, on),
        sisters=tuple(card(other, names) for other in rows if other is not row),
        reasons=tuple(row["reasons"] or why_to_be_checked(listed)),
        activity=activity_labels(atlas).get(row["naf"], ""),
        legal_category=row["legal_category"],
        legal_form=_form(row["legal_category"]),
        flag=(signs or {}).get("flag"),
        in_ess_list=(signs or {}).get("in_ess_list"),
        sources_disagree=bool((signs or {}).get("sources_disagree")),
        quarter=_quarter(row, on),
        listed=listed,
        territory=territory,
        zonings=answer_all(atlas, territory) if territory else (),
        note=note,
    )


def _rows_of_unit(atlas: Atlas, code: Siret, on: date) -> list[Row]:
    return atlas.warehouse.rows(
        f"SELECT {COLUMNS}, {VALUES['quarter']} AS quarter, NULL::DOUBLE AS distance, s.active, s.reasons, "
        f"s.legal_category, s.qpv_codes, s.qpv_reason FROM {TABLE} s WHERE s.siren = $siren ORDER BY s.siret",
        {"siren": code.siren.value, "on": on},
    )


def _unknown(atlas: Atlas, code: Siret) -> UnknownStructureError:
    outside = atlas.warehouse.row("SELECT ess FROM establishment WHERE siret = ?", (code.value,))
    if outside is not None:
        return UnknownStructureError(
            f"L'établissement {code} est dans le registre, hors de l'ESS : l'annuaire ne le montre pas.",
            "Voyez ce qui fait l'appartenance à l'ESS : docs/perimetre-ess.md.",
        )
    return UnknownStructureError(
        f"Le SIRET {code} n'est ni dans le registre en vigueur, ni dans une liste de structures.",
        "Vérifiez-le, ou cherchez la structure par son nom.",
        Search("structure"),
        SynchroniseSources(("sirene-etablissements", "sirene-unites-legales")),
    )


def _standing(row: Row, on: date) -> Standing:
    if not row["registered"]:
        return Standing.UNKNOWN
    if row["created"] is not None and row["created"] > on:
        return Standing.NOT_YET
    if row["active"] or (row["closed"] is not None and row["closed"] > on):
        return Standing.OPEN
    return Standing.CLOSED if row["closed"] is not None else Standing.UNKNOWN


def _form(category: str | None) -> str:
    rule = legal_categories().get(category or "")
    return rule.label if rule else ""


def _quarter(row: Row, on: date) -> Quarter:
    commune = row["commune"]
    if commune is not None and not quarters_hold(commune, on=on):
        told = f"{capitalised(OTHER_QUARTERS)}."
        return Quarter(Verdict.A_VERIFIER, (), told)
    return Quarter(Verdict(row["qpv"]), tuple(row["qpv_codes"] or ()), row["qpv_reason"] or "")


def _listed(atlas: Atlas, code: Siret, *, diffusible: bool) -> tuple[Listed, ...]:
    """What names or places a hidden unit is not told."""
    kept = LISTED_STRUCTURE.name if atlas.warehouse.holds(LISTED_STRUCTURE.name) else SIAE.name
    rows = atlas.warehouse.rows(f"SELECT * FROM {kept} WHERE siret = ? ORDER BY kind", (code.value,))
    shown = fields(Listed) if diffusible else [one for one in fields(Listed) if one.name in ("kind", "list")]
    return tuple(Listed(**{one.name: row[one.name] for one in shown if one.name in row}) for row in rows)


def why_to_be_checked(listed: Sequence[Listed]) -> Iterator[str]:
    """Why a structure that lists alone tell may be of the ESS, and what would tell it."""
    for one in listed:
        yield f"{siae_kind_label(one.kind)} : {NO_PROOF}"
        if one.legal_form:
            yield f"La liste écrit « {one.legal_form} » : {FORM_TO_CONFIRM}"


NO_PROOF = (
    "une liste la donne pour telle, ce qui ne suffit pas à en faire une structure de l’ESS (article 1er de "
    "la loi du 31 juillet 2014). Sa forme juridique n’est pas lue dans SIRENE : à vérifier."
)
FORM_TO_CONFIRM = (
    "une association, une coopérative, une mutuelle ou une fondation est de l’ESS par sa forme, une société "
    "par ce que disent ses statuts."
)


def _place(atlas: Atlas, commune: str | None, on: date) -> tuple[Territory | None, str]:
    if commune is None:
        return None, "Sa commune n'est pas connue : ses zonages ne peuvent pas l'être."
    try:
        return resolve(atlas, commune, on=on), ""
    except AncrageError as error:
        return None, f"Sa commune ({commune}) ne se place pas ce jour-là : {error.message}"
