"""How many ESS structures of each activity a territory and its reference hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.dynamics.quotients import Quotient, quotients
from ancrage.register.catalogue import divisions, sections, siae_kind_label
from ancrage.register.fabric import ALIVE, Places, RegisterReader
from ancrage.register.quarters import is_undrawn_quarter
from ancrage.register.reach import Reach, RegisterCoverage
from ancrage.register.territory_places import RegisterPlaces, register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.resolving import in_outline
from ancrage.territories.territory import Territory

REFERENCES = (Kind.FRANCE, Kind.REGION, Kind.DEPARTEMENT)
UNKNOWN_ACTIVITY = "activité inconnue ou d'une ancienne nomenclature"


class Level(StrEnum):
    """How finely activities are told apart."""

    SECTION = "section"
    DIVISION = "division"
    SIAE = "siae"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return LEVEL_LABELS[self]


LEVEL_LABELS = {
    Level.SECTION: "Sections de la NAF",
    Level.DIVISION: "Divisions de la NAF",
    Level.SIAE: "Sortes de structures d'insertion",
}


class Measure(StrEnum):
    """What is counted."""

    ESTABLISHMENTS = "etablissements"
    EMPLOYERS = "employeurs"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return MEASURE_LABELS[self]


MEASURE_LABELS = {
    Measure.ESTABLISHMENTS: "établissements de l'ESS",
    Measure.EMPLOYERS: "établissements employeurs de l'ESS",
}


SIAE_MEASURE = "structures d'insertion de la liste"


@dataclass(frozen=True, slots=True)
class Represented:
    """One activity at one level. ``jobs_quotient`` describes and proves nothing: jobs come by whole firms."""

    level: Level
    label: str
    quotient: Quotient
    jobs_quotient: float | None


@dataclass(frozen=True, slots=True)
class Representation:
    """Activities of a level beside a reference; ``reason`` says why there are none (French, else empty)."""

    level: Level
    measure: str
    reference: str | None
    rows: tuple[Represented, ...]
    to_check: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Tally:
    counts: Mapping[str, int]
    jobs: Mapping[str, float]


def represented(
    atlas: Atlas, territory: Territory, *, measure: Measure = Measure.ESTABLISHMENTS
) -> tuple[Representation, ...]:
    """Over- and under-represented activities at each level, on the day of the territory."""
    here = register_places(atlas, territory)
    return (
        *_by_activity(atlas, territory, here, measure),
        _by_kind(atlas, territory, here),
    )


def _by_activity(
    atlas: Atlas, territory: Territory, here: RegisterPlaces, measure: Measure
) -> tuple[Representation, ...]:
    coverage = RegisterCoverage.of(atlas)
    found = _reference(atlas, territory, here, coverage)
    if coverage.reach(here.departements) is not Reach.WHOLE or found is None:
        reason = (
            "Le registre de cette édition ne couvre pas ce territoire en entier."
            if coverage.reach(here.departements) is not Reach.WHOLE
            else "Le registre ne couvre en entier aucun territoire plus grand : rien à quoi comparer."
        )
        return tuple(
            Representation(level, measure.label, None, (), reason=reason)
            for level in (Level.SECTION, Level.DIVISION)
        )
    name, places = found
    return tuple(
        _representation(
            level,
            measure.label,
            name,
            _tally(atlas, here.places, level, measure, territory.on),
            atlas.keeping(_tally)(places.places, level, measure, territory.on),
            _to_check(atlas, here.places, territory.on),
        )
        for level in (Level.SECTION, Level.DIVISION)
    )


def _reference(
    atlas: Atlas, territory: Territory, here: RegisterPlaces, coverage: RegisterCoverage
) -> tuple[str, RegisterPlaces] | None:
    """The largest parent the register covers whole and that holds the whole territory."""
    for kind in REFERENCES:
        for parent in territory.parents:
            if parent.code.kind is kind:
                places = register_places(
                    atlas, in_outline(atlas, parent.code, on=territory.on, with_communes=False)
                )
                holds = here.departements <= places.departements
                if holds and coverage.reach(places.departements) is Reach.WHOLE:
                    return parent.name, places
    return None


def _tally(atlas: Atlas, places: Places, level: Level, measure: Measure, on: date) -> _Tally:
    """Structures and jobs by activity; those of a country are those of nearly every reference."""
    column = "section" if level is Level.SECTION else "CASE WHEN section IS NOT NULL THEN naf[:2] END"
    kept = "AND employer" if measure is Measure.EMPLOYERS else ""
    rows = atlas.warehouse.rows(
        f"SELECT coalesce({column}, '') AS key, count(*) AS n, "
        "coalesce(sum(jobs_central) FILTER (WHERE employer), 0) AS jobs FROM ess_establishment "
        f"WHERE ess = 'oui' AND {places.condition} AND {ALIVE} {kept} GROUP BY 1 ORDER BY 1",
        {"places": places.parameter, "on": on},
    )
    return _Tally({row["key"]: row["n"] for row in rows}, {row["key"]: row["jobs"] for row in rows})


def _to_check(atlas: Atlas, places: Places, on: date) -> int:
    """Establishments whose belonging to the ESS is not settled: left out of the counts, and told."""
    row = atlas.warehouse.row(
        "SELECT count(*) AS n FROM ess_establishment "
        f"WHERE ess = 'a_verifier' AND {places.condition} AND {ALIVE}",
        {"places": places.parameter, "on": on},
    )
    return int(row["n"]) if row else 0


def _representation(
    level: Level, measure: str, reference: str, here: _Tally, there: _Tally, to_check: int
) -> Representation:
    rows = tuple(
        Represented(level, label_of(level, one.key), one, _jobs_quotient(one.key, here, there))
        for one in quotients(here.counts, there.counts)
    )
    reason = "" if rows else "Aucune structure n'est connue ici."
    return Representation(level, measure, reference, rows, to_check, reason)


def _jobs_quotient(key: str, here: _Tally, there: _Tally) -> float | None:
    local, whole = sum(here.jobs.values()), sum(there.jobs.values())
    elsewhere = there.jobs.get(key, 0)
    return here.jobs.get(key, 0) / local / (elsewhere / whole) if local and elsewhere else None


def label_of(level: Level, key: str) -> str:
    """French name of an activity: section, division, kind of inclusion enterprise."""
    if level is Level.SIAE:
        return siae_kind_label(key)
    return (sections() if level is Level.SECTION else divisions()).get(key, UNKNOWN_ACTIVITY)


def _by_kind(atlas: Atlas, territory: Territory, here: RegisterPlaces) -> Representation:
    """Kinds of inclusion enterprises, beside all those of the list that have a place."""
    listed = RegisterReader(atlas.warehouse).inclusion(here.places)
    if listed is None:
        return _no_kind("Aucune liste de structures d'insertion n'est synchronisée.")
    if is_undrawn_quarter(atlas, territory):
        return _no_kind("Le périmètre de ce quartier n'est pas connu : ce qui y est ne l'est pas non plus.")
    if listed.fictitious:
        return _no_kind("La liste de démonstration, fictive, ne tient que dans un département.")
    if territory.kind is Kind.FRANCE:
        return _no_kind("La France entière n'a rien à quoi se comparer.")
    rows = atlas.warehouse.rows(
        "SELECT kind AS key, count(*) AS n FROM siae WHERE commune IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    there = _Tally({row["key"]: row["n"] for row in rows}, {})
    return _representation(Level.SIAE, SIAE_MEASURE, "France", _Tally(listed.kinds, {}), there, 0)


def _no_kind(reason: str) -> Representation:
    return Representation(Level.SIAE, SIAE_MEASURE, None, (), reason=reason)
