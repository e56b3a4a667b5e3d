"""Where candidates are on the day asked: commune, EPCI, département, région, DROM, zonings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ancrage.cells.codes import repair_commune_code
from ancrage.cells.told import Told
from ancrage.declarations.faults import shown
from ancrage.panel.traits import HOLDING, NO, YES
from ancrage.panel.values import Value
from ancrage.reasoning import Verdict
from ancrage.register.localities import TownLookup
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import departement_of
from ancrage.territories.commune_codes import NAME_IT, CommuneCodes, commune_codes
from ancrage.territories.resolving import resolve
from ancrage.territories.zonings.answering import verdict_of_a_part, verdicts_by_commune
from ancrage.territories.zonings.declaration import load_zonings
from ancrage.warehouse.reading import Row

DROM = frozenset({"971", "972", "973", "974", "976"})
"""Guadeloupe, Martinique, Guyane, La Réunion, Mayotte: départements and régions of article 73 and Mayotte."""

ANSWERED = {Verdict.OUI: YES, Verdict.NON: NO}
HELD = {**ANSWERED, Verdict.PARTIEL: YES}
"""What the verdict of a commune says of what it holds, where a zoning lies inside communes."""


@dataclass(frozen=True, slots=True)
class Address:
    """What a list says of a place, as written."""

    commune: str = ""
    postcode: str = ""
    town: str = ""
    departement: str = ""


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """Communes of a day, and the codes that lead to them. ``names``: by kind and code."""

    communes: Mapping[str, Row]
    codes: CommuneCodes
    towns: TownLookup
    names: Mapping[tuple[str, str], str]
    regions: Mapping[str, str]
    verdicts: Mapping[str, Mapping[str, Verdict]]

    def place(self, address: Address) -> Told[str]:
        """Code of the commune on the day; none when the address designates none, or several: told why."""
        code = repair_commune_code(address.commune)
        by_code = self.codes.read(address.commune) if code else Told()
        if by_code.value:
            return by_code
        for town in filter(None, (address.town, "" if code else address.commune)):
            for postcode in filter(None, (address.postcode, address.departement)):
                named = self.towns(postcode, town)
                if named and len(found := self.codes.of(named)) == 1:
                    return replace(by_code, value=found[0])
        written = address.town or address.commune
        if by_code.remark or not written:
            return by_code
        return Told(None, f"la commune « {shown(written, 40)} » n'est pas reconnue", NAME_IT)

    def name_of(self, commune: str) -> str:
        """« Faux-la-Montagne (23077) »."""
        return self.codes.name_of(commune)

    def traits_at(self, commune: str | None, address: Address) -> dict[str, Value]:
        """The traits that follow from a commune; from the département of the address alone, fewer of them."""
        if commune is None:
            return dict(self._of_departement(_departement_in(address)))
        row = self.communes[commune]
        found = dict(self._of_departement(row["departement"]))
        if row["epci"]:
            found["epci"] = self._named("epci", row["epci"])
        return found | dict(self._zonings(commune))

    def _of_departement(self, code: str) -> Iterator[tuple[str, Value]]:
        if code not in self.regions:
            return
        yield "departement", self._named("departement", code)
        yield "region", self._named("region", self.regions[code])
        yield "drom", _answer(YES if code in DROM else NO)

    def _named(self, kind: str, code: str) -> Value:
        return Value(code, self.names.get((kind, code), code))

    def _zonings(self, commune: str) -> Iterator[tuple[str, Value]]:
        """Answers for a structure somewhere in the commune; what is partial there is not known of it."""
        for zoning, verdict in self.verdicts.get(commune, {}).items():
            declared = load_zonings()[zoning]
            inside = ANSWERED.get(verdict_of_a_part(declared, verdict))
            if inside:
                yield zoning, _answer(inside)
            if declared.nature == "infracommunal" and verdict in HELD:
                yield f"{HOLDING}{zoning}", _answer(HELD[verdict])


def _answer(told: str) -> Value:
    return Value(told, told)


def _departement_in(address: Address) -> str:
    """Département as written, else that of a commune code which is none of the day's."""
    written = address.departement.strip().upper()
    code = repair_commune_code(address.commune)
    if written or not code:
        return written.zfill(2) if written.isdigit() else written
    return departement_of(code)


def place_book(atlas: Atlas, *, on: date) -> PlaceBook:
    """The communes of a day, read from an edition. Raises :class:`DayOutOfRangeError`."""
    vintage = atlas.vintage_on(on)
    rows = atlas.warehouse.rows
    communes = {row["code"]: row for row in rows("SELECT * FROM commune WHERE vintage = ?", (vintage,))}
    municipal = rows("SELECT code, name, commune FROM municipal_arrondissement WHERE vintage = ?", (vintage,))
    units = rows(
        "SELECT kind, code, name FROM unit WHERE vintage = ? AND kind IN ('epci', 'departement', 'region')",
        (vintage,),
    )
    return PlaceBook(
        communes=communes,
        codes=commune_codes(rows, vintage),
        towns=_towns(atlas, vintage, [*communes.values(), *municipal]),
        names={(row["kind"], row["code"]): row["name"] for row in units},
        regions={row["departement"]: row["region"] for row in communes.values()},
        verdicts=verdicts_by_commune(atlas, resolve(atlas, "fr", on=on)),
    )


def _towns(atlas: Atlas, vintage: int, named: Sequence[Row]) -> TownLookup:
    """Communes by postcode and name; an arrondissement municipal counts as its commune."""
    names: dict[str, str] = {row["code"]: row["name"] for row in named}
    whole = {code: commune for commune, codes in atlas.municipal_of.items() for code in codes}
    postcodes = atlas.warehouse.rows("SELECT postcode, commune FROM postcode WHERE vintage = ?", (vintage,))
    return TownLookup.of(
        (str(whole.get(row["commune"], row["commune"])), names[row["commune"]], row["postcode"])
        for row in postcodes
        if row["commune"] in names
    )
