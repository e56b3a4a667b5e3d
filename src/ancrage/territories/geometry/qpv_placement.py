"""Is an establishment in a QPV? Oui, non, or à vérifier, with the reason, for millions at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ancrage.reasoning import Verdict
from ancrage.territories.geometry.assignment import WITHOUT_COORDINATES, ZoneIndex
from ancrage.territories.geometry.positions import CAVEATS, Grade, decisive_positions, grade_of
from ancrage.territories.geometry.qpv_polygons import SEPARATOR


class Case(IntEnum):
    """Each way to conclude."""

    COMMUNE_WITHOUT = 0
    INSIDE = 1
    INSIDE_ONE_OF = 2
    OUTSIDE = 3
    NO_PERIMETER = 4
    NO_COORDINATES = 5
    RANDOM_IN_COMMUNE = 6
    RANDOM_IN_STREET = 7
    QUALITY_NOT_UNDERSTOOD = 8
    CONTRADICTION = 9
    NO_LIST = 10
    NO_COMMUNE = 11


CONCLUSIONS: dict[Case, tuple[Verdict, str]] = {
    Case.COMMUNE_WITHOUT: (Verdict.NON, "La commune n'a aucun QPV dans la liste publiée."),
    Case.INSIDE: (Verdict.OUI, "Le point est dans le périmètre du QPV."),
    Case.INSIDE_ONE_OF: (
        Verdict.OUI,
        "Le point est dans l'un de ces QPV ; le polygone publié ne dit pas lequel.",
    ),
    Case.OUTSIDE: (Verdict.NON, "Le point est hors des périmètres de QPV de la commune."),
    Case.NO_PERIMETER: (
        Verdict.A_VERIFIER,
        "La commune a au moins un QPV dont le périmètre n'est pas dans les données.",
    ),
    Case.NO_COORDINATES: (Verdict.A_VERIFIER, "La commune a un QPV et les coordonnées manquent."),
    Case.RANDOM_IN_COMMUNE: (
        Verdict.A_VERIFIER,
        "La commune a un QPV et la position est tirée au hasard dans la commune (qualité 33).",
    ),
    Case.RANDOM_IN_STREET: (
        Verdict.A_VERIFIER,
        "La commune a un QPV et la position est tirée au hasard dans la rue (qualité 12 ou 22).",
    ),
    Case.QUALITY_NOT_UNDERSTOOD: (
        Verdict.A_VERIFIER,
        "La commune a un QPV et la qualité publiée de la position n'est pas connue.",
    ),
    Case.CONTRADICTION: (
        Verdict.A_VERIFIER,
        "Le point est dans un périmètre de QPV, mais la liste n'en donne aucun à cette commune.",
    ),
    Case.NO_LIST: (Verdict.A_VERIFIER, "La liste des QPV de ce département n'est pas dans les données."),
    Case.NO_COMMUNE: (Verdict.A_VERIFIER, "La commune n'est pas connue."),
}
DECIDED_BY_POSITION = (Case.INSIDE, Case.INSIDE_ONE_OF, Case.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Placements:
    """Answers for n points, arrays of shape (n,): Verdict, tuple of QPV codes, reason in French.

    ``codes``: where the answer is « oui », the QPV (or the few the polygon does not tell apart); where it is
    « à vérifier », those it could be; where it is « non », none. ``cases`` holds numbers of :class:`Case`.
    """

    verdicts: NDArray[Any]
    codes: NDArray[Any]
    reasons: NDArray[Any]
    cases: NDArray[np.int8]


def place_in_qpv(
    index: ZoneIndex,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    commune: Sequence[str | None],
    geo_quality: Sequence[object],
    communes_with_qpv: Mapping[str, Sequence[tuple[str, str]]],
    communes_with_missing_polygon: Collection[str],
    *,
    known_departements: Collection[str] | None = None,
    max_error_m: NDArray[np.float64] | None = None,
) -> Placements:
    """Say of each of n points whether it lies in a QPV; see ``positions`` for what a position is worth.

    ``index``: perimeters only (``qpv_index``). ``lon``, ``lat``: degrees, NaN when absent; what is no place
    on Earth (metres of a projection) and 0°, 0° count as absent. ``commune``: codes of the list's own COG,
    Paris, Lyon and Marseille as a whole (75056 and not 75107); None when unknown.
    ``geo_quality``: ``qualite_xy`` as text or number, None or "" when not published.
    ``communes_with_qpv``: from ``qpv_communes``. ``known_departements``: those the list covers; left out,
    those where it has a QPV (an absent list is never a no). ``max_error_m``: ``distance_precision``, metres.
    """
    communes = ["" if code is None else code for code in commune]
    lon, lat = _places_on_earth(lon, lat)
    zone = index.assign(lon, lat)
    grades = np.fromiter((grade_of(quality) for quality in geo_quality), np.int8, len(communes))
    covered = departements_of(communes_with_qpv) if known_departements is None else known_departements
    facts = _Facts(
        zone=zone,
        grades=grades,
        usable=decisive_positions(index, grades, lon, lat, max_error_m),
        known=_among([departement_of(code) for code in communes], covered),
        listed=_among(communes, communes_with_qpv),
        missing=_among(communes, communes_with_missing_polygon),
        nameless=np.array([not code for code in communes], np.bool_),
        several=np.array([SEPARATOR in label for label in (*index.labels, "")], np.bool_),
    )
    return _conclude(facts, index, communes, communes_with_qpv)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of each point; ``several`` is by zone, the last one standing for no zone."""

    zone: NDArray[np.int32]
    grades: NDArray[np.int8]
    usable: NDArray[np.bool_]
    known: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    missing: NDArray[np.bool_]
    nameless: NDArray[np.bool_]
    several: NDArray[np.bool_]

    def cases(self) -> NDArray[np.int8]:
        """The first case that holds, from the surest to the least informed."""
        inside = self.usable & (self.zone >= 0)
        unlisted = self.known & ~self.listed & ~self.nameless
        several = self.several[np.maximum(self.zone, -1)]
        ways: list[tuple[Case, NDArray[np.bool_]]] = [
            (Case.CONTRADICTION, inside & unlisted),
            (Case.COMMUNE_WITHOUT, unlisted),
            (Case.INSIDE_ONE_OF, inside & several),
            (Case.INSIDE, inside),
            (Case.NO_LIST, ~self.known & ~self.listed & ~self.nameless),
            (Case.NO_COMMUNE, self.nameless),
            (Case.NO_PERIMETER, self.missing),
            (Case.NO_COORDINATES, self.zone == WITHOUT_COORDINATES),
            (Case.RANDOM_IN_COMMUNE, self.grades == Grade.COMMUNE),
            (Case.QUALITY_NOT_UNDERSTOOD, self.grades == Grade.NOT_UNDERSTOOD),
            (Case.RANDOM_IN_STREET, ~self.usable),
        ]
        return np.select(
            [holds for _, holds in ways], [np.int8(case) for case, _ in ways], np.int8(Case.OUTSIDE)
        )


def _conclude(
    facts: _Facts,
    index: ZoneIndex,
    communes: Sequence[str],
    communes_with_qpv: Mapping[str, Sequence[tuple[str, str]]],
) -> Placements:
    cases = facts.cases()
    verdicts = _objects(CONCLUSIONS[case][0] for case in Case)[cases]
    reasons = _reasons()[cases, facts.grades]
    codes = _objects([*(tuple(label.split(SEPARATOR)) for label in index.labels), ()])[facts.zone.clip(-1)]
    codes[verdicts == Verdict.NON] = _objects([()])
    possible = {commune: tuple(code for code, _ in qpv) for commune, qpv in communes_with_qpv.items()}
    unsure = np.flatnonzero((verdicts == Verdict.A_VERIFIER) & (cases != Case.CONTRADICTION))
    codes[unsure] = _objects(possible.get(communes[point], ()) for point in unsure.tolist())
    return Placements(verdicts, codes, reasons, cases)


def _reasons() -> NDArray[Any]:
    """Sentence by case and grade, shape (cases, grades)."""
    table = np.empty((len(Case), len(Grade)), object)
    for case in Case:
        for grade in Grade:
            caveat = CAVEATS.get(grade, "") if case in DECIDED_BY_POSITION else ""
            table[case, grade] = CONCLUSIONS[case][1] + caveat
    return table


def _objects(values: Iterable[object]) -> NDArray[Any]:
    held = list(values)
    array = np.empty(len(held), object)
    for place, value in enumerate(held):
        array[place] = value
    return array


def departements_of(communes: Iterable[str]) -> frozenset[str]:
    """Départements of INSEE commune codes."""
    return frozenset(map(departement_of, communes))


def departement_of(commune: str) -> str:
    """Département or overseas collectivity that an INSEE commune code begins with."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _places_on_earth(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    real = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ((lon != 0) | (lat != 0))
    return np.where(real, lon, np.nan), np.where(real, lat, np.nan)


def _among(values: Sequence[str], known: Collection[str]) -> NDArray[np.bool_]:
    codes = frozenset(known)
    return np.array([value in codes for value in values], np.bool_)
