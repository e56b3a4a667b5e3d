"""Structures and places made for the tests of the collective dynamics."""

from dataclasses import replace

from ancrage.dynamics.structures import Structure
from ancrage.dynamics.units import SIAE_RATE, Scale, Unit, Units

HIDDEN_NAME = "NOM QUI NE DOIT PAS SORTIR"
GUERET = (1.871, 46.171)
KM_OF_LATITUDE = 1 / 111.15


def structure(rank, *activities, north_km=0.0, unit=None, commune="23096", **changes):
    longitude, latitude = GUERET
    made = Structure(
        rank=rank,
        unit=unit or f"{rank:09d}",
        siret=f"{rank:014d}",
        name=f"Structure {rank}",
        diffusible=True,
        commune=commune,
        commune_name="Guéret",
        naf=None,
        section=None,
        kinds=(),
        activities=activities,
        family=None,
        employer=True,
        jobs=None,
        longitude=longitude,
        latitude=latitude + north_km * KM_OF_LATITUDE,
        exact=True,
        registered=True,
        fictitious=False,
    )
    return replace(made, **changes)


def places(events, people, own=()):
    """Places named by their rank on two digits, with these events and inhabitants."""
    units = tuple(
        Unit(f"{rank:03d}", f"Lieu {rank}", person, (f"{rank:05d}",), event)
        for rank, (event, person) in enumerate(zip(events, people, strict=True))
    )
    return Units(Scale.EPCI, 2026, SIAE_RATE, units, frozenset(own), 0, ())
