"""The lists that name structures one by one: which of their columns tell what.

A list says more of a structure than its kind: the name it goes by, its activity, address, site. Lists of
other trades than inclusion (ESAT) give structures to the directory; they are never counted as SIAE.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ancrage.register.stock import Layout


@dataclass(frozen=True, slots=True)
class ListLayout:
    """A list as its producer publishes it.

    ``columns``: theirs, by ours. ``kind``: that of every row, where no column gives it. ``only``: a column,
    and the value of the rows that are structures; the others are not read.
    """

    source: str
    layout: Layout
    columns: Mapping[str, str]
    kind: str = ""
    only: tuple[str, str] | None = None


def _layout(name: str, required: tuple[str, ...], columns: Mapping[str, str], *more: str) -> Layout:
    optional = tuple(dict.fromkeys((*columns.values(), *more)))
    return Layout(name, required, tuple(one for one in optional if one not in required))


_SIAE = {
    "siret": "siret",
    "kind": "kind",
    "name": "name",
    "brand": "brand",
    "address": "address",
    "postcode": "post_code",
    "city": "city",
    "departement": "department",
    "naf": "naf",
    "legal_form": "legal_form",
    "website": "website",
    "longitude": "lon",
    "latitude": "lat",
}
_ESAT = {
    "siret": "ET-SIRET",
    "name": "ET-Raison sociale",
    "holder": "EJ-Raison sociale",
    "legal_form": "EJ-Statut juridique Libellé",
    "address": "ET-Adresse",
    "postcode": "ET-Code Postal",
    "city": "ET-Commune Libellé",
    "commune": "ET-Commune Code",
    "departement": "ET-Département Code",
    "capacity": "Capacité autorisée agrégée",
}
_GEIQ = {"siret": "siret", "name": "nom", "postcode": "code_postal", "city": "ville"}

SIAE_LIST = ListLayout("siae", _layout("liste des structures d'insertion", ("siret", "kind"), _SIAE), _SIAE)
OTHER_LISTS = (
    ListLayout("esat", _layout("liste des ESAT", ("ET-SIRET",), _ESAT), _ESAT, kind="ESAT"),
    ListLayout("geiq", _layout("liste des GEIQ", ("siret", "type"), _GEIQ), _GEIQ, "GEIQ", ("type", "siege")),
)
