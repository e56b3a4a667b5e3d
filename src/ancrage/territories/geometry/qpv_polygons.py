"""QPV as published: perimeters, lists by commune, and what is missing from them.

What the files seen hold:

* QPV 2015 of Occitanie: one perimeter a quarter, 0.04 to 2.9 km² (median 0.22), rounded to 4 decimals, that
  is 11 m north-south and 8 m east-west: a point nearer than that to an edge may fall on its wrong side. 32
  outlines of 105 cross themselves and are repaired.
* QPV 2024, « polygones par commune »: its 692 polygons are generalised outlines of the *communes* that have
  a QPV: 0.7 to 4,290 km² (median 16), half of them within 10 % of the commune's own area, sharing borders
  without overlap; the one of Guéret measures 25.7 km² and the commune 26.2. Being inside says nothing about
  the quarter: 2,146 of the 3,853 SIAE would be « in a QPV ».

A layer of commune outlines is recognised as a whole (see ``extent_of``) and never answers « oui ».
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from ancrage.errors import SourceContentError
from ancrage.territories.geometry.assignment import ZoneIndex
from ancrage.territories.geometry.features import Feature, Properties, Tell, properties_and_areas, silent
from ancrage.territories.geometry.outlines import area_km2

SEPARATOR = ", "
CODE_KEYS = ("code_qp",)
NAME_KEYS = ("lib_qp", "nom_qp")
COMMUNE_KEYS = ("insee_com", "code_commune")
COMMUNE_NAME_KEYS = ("lib_com", "nom_commune")

# Between the median QPV (0.22 km², Occitanie 2015) and the median commune that has one (16 km²).
LARGEST_MEDIAN_PERIMETER_KM2 = 2.0

CodesByCommune = dict[str, tuple[tuple[str, str], ...]]


class Extent(StrEnum):
    """What the polygons of a layer follow."""

    PERIMETER = "perimetre"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class QpvZone:
    """One published polygon, in degrees. ``names`` is empty when names cannot be paired with codes.

    ``communes``: INSEE codes as published. ``commune_names`` may be longer: the 2015 file names « Séméac,
    Tarbes » and gives the code of Tarbes only.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    communes: tuple[str, ...]
    commune_names: tuple[str, ...]
    geometry: Any
    extent: Extent

    @property
    def commune(self) -> str:
        """First commune named."""
        return self.communes[0]

    @property
    def label(self) -> str:
        """Codes as the index shows them."""
        return SEPARATOR.join(self.codes)


def extent_of(geometries: Iterable[Any]) -> Extent:
    """What a whole layer follows, told by its median area: robust where one polygon is not.

    A layer of unusually large perimeters would be taken for communes: « à vérifier » instead of « oui ».
    """
    areas = [area_km2(geometry) for geometry in geometries]
    large = bool(areas) and float(np.median(areas)) > LARGEST_MEDIAN_PERIMETER_KM2
    return Extent.COMMUNE if large else Extent.PERIMETER


def qpv_zones(features: Iterable[Feature], *, tell: Tell = silent) -> list[QpvZone]:
    """Polygons of one layer of QPV, 2015 or 2024, in their order; ``tell`` hears of those without area.

    Raises :class:`SourceContentError` when a feature has no QPV code or no commune.
    """
    held = [(properties, area) for _, properties, area in properties_and_areas(features, tell)]
    extent = extent_of(area for _, area in held)
    return [_zone(properties, area, extent) for properties, area in held]


def _zone(properties: Properties, area: Any, extent: Extent) -> QpvZone:
    codes = split_codes(_text(properties, CODE_KEYS, required=True))
    return QpvZone(
        codes=codes,
        names=pair_names(codes, _text(properties, NAME_KEYS)),
        communes=split_codes(_text(properties, COMMUNE_KEYS, required=True)),
        commune_names=tuple(_text(properties, COMMUNE_NAME_KEYS).split(SEPARATOR)),
        geometry=area,
        extent=extent,
    )


def qpv_index(zones: Iterable[QpvZone], *, cell_deg: float | None = None) -> ZoneIndex:
    """Index of the perimeters among ``zones``; labels are the codes, joined by ", " when several."""
    kept = [zone for zone in zones if zone.extent is Extent.PERIMETER]
    return ZoneIndex.build([zone.geometry for zone in kept], [zone.label for zone in kept], cell_deg=cell_deg)


def qpv_communes(features: Iterable[Feature]) -> CodesByCommune:
    """QPV of each commune, as (code, name): name empty when it cannot be paired.

    Reads the commune list as well as a layer of polygons; geometries are not used.
    Raises :class:`SourceContentError` when a feature has no QPV code or no commune.
    """
    found: dict[str, dict[str, str]] = {}
    for feature in features:
        properties = feature[0] if isinstance(feature, tuple) else feature.get("properties") or {}
        codes = split_codes(_text(properties, CODE_KEYS, required=True))
        names = pair_names(codes, _text(properties, NAME_KEYS)) or ("",) * len(codes)
        for commune in split_codes(_text(properties, COMMUNE_KEYS, required=True)):
            for code, name in zip(codes, names, strict=True):
                found.setdefault(commune, {}).setdefault(code, name)
    return {commune: tuple(qpv.items()) for commune, qpv in found.items()}


def missing_polygons(
    listed: Mapping[str, Sequence[tuple[str, str]]], zones: Iterable[QpvZone]
) -> dict[str, tuple[str, ...]]:
    """Codes of the list that have no perimeter, by commune; communes that lack none are left out."""
    drawn = {code for zone in zones if zone.extent is Extent.PERIMETER for code in zone.codes}
    lacking = {
        commune: tuple(code for code, _ in qpv if code not in drawn) for commune, qpv in listed.items()
    }
    return {commune: codes for commune, codes in lacking.items() if codes}


def split_codes(text: str) -> tuple[str, ...]:
    """Codes of a cell, joined by ", " or ","."""
    return tuple(code for code in (part.strip() for part in text.split(",")) if code)


def pair_names(codes: Sequence[str], text: str) -> tuple[str, ...]:
    """Names in the order of the codes; empty when a comma inside a name makes the pairing uncertain."""
    if not text:
        return ()
    names = (text,) if len(codes) == 1 else tuple(text.split(SEPARATOR))
    return tuple(map(repair_name, names)) if len(names) == len(codes) else ()


def repair_name(name: str) -> str:
    """Give back the letters that a Windows-1252 text read as Latin-1 lost (« C\\x9cur » is « Cœur »)."""
    return "".join(
        bytes([ord(letter)]).decode("cp1252", "ignore") if "\x80" <= letter <= "\x9f" else letter
        for letter in name
    )


def _text(properties: Properties, keys: Sequence[str], *, required: bool = False) -> str:
    value = next((str(properties[key]).strip() for key in keys if properties.get(key)), "")
    if required and not value:
        raise SourceContentError(
            f"Un polygone de QPV n'a pas de « {' » ni de « '.join(keys)} ».",
            f"Propriétés reçues : {', '.join(map(str, properties)) or 'aucune'}.",
        )
    return value
