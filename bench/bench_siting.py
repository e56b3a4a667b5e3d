"""Where to open: both models in a region of some 4,300 communes, and five sites in the Creuse.

Needs an edition with the outlines of communes (``ancrage entrepot construire``). The existing sites of the
Creuse are every commune of 1,000 inhabitants or more, so that the bench needs no other source.
"""

import json
import time
from datetime import date

import numpy as np

from ancrage.edition.publication import current_edition
from ancrage.errors import MissingSourceError
from ancrage.location import data_directory
from ancrage.siting.choosing import choose_sites
from ancrage.siting.geography import located_communes
from ancrage.siting.positions import Places, Positions
from ancrage.siting.result import Question
from ancrage.siting.territory import open_sites
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.warehouse.reading import Warehouse

ON = date(2026, 11, 23)
REGION, CREUSE = "reg:75", "dep:23"
MOST_SECONDS, MOST_GAP = 60.0, 0.01
NOWHERE = Places((), (), Positions(np.empty((0, 3))))


def main() -> None:
    with Warehouse(current_edition(data_directory())) as warehouse:
        atlas = Atlas(warehouse, today=ON)
        try:
            _region(atlas)
            _creuse(atlas)
        except MissingSourceError as missing:
            print(f"non mesuré : {missing}")


def _region(atlas: Atlas) -> None:
    communes = located_communes(atlas, resolve(atlas, REGION, on=ON))
    places, weights = communes.places, communes.populations
    for label, radius in (("couverture à 15 km", 15.0), ("p-médiane", None)):
        for with_curve in (False, True):
            question = Question(places, weights, places, NOWHERE, 10, radius)
            start = time.perf_counter()
            siting = choose_sites(question, with_curve=with_curve)
            seconds = time.perf_counter() - start
            shown = f"10 sites, {len(places)} communes, {label}{', courbe' * with_curve}"
            _print(shown, seconds, "s", f"< {MOST_SECONDS:.0f}", seconds < MOST_SECONDS)
            worst = max(proof.gap for proof in (siting.proof, *(point.proof for point in siting.curve)))
            _print(f"{shown} : écart", 100 * worst, "%", "≤ 1", worst <= MOST_GAP)


def _creuse(atlas: Atlas) -> None:
    creuse = resolve(atlas, CREUSE, on=ON)
    communes = located_communes(atlas, creuse)
    existing = communes.places.take(np.flatnonzero(communes.populations >= 1000))
    for label, radius in (("couverture à 10 km", 10.0), ("p-médiane", None)):
        start = time.perf_counter()
        opened = open_sites(atlas, creuse, existing, sites=5, radius_km=radius)
        seconds = time.perf_counter() - start
        _print(f"5 sites dans la Creuse, {label}, courbe et contours", seconds, "s", "< 5", seconds < 5)
        gap = opened.siting.proof.gap
        _print(f"5 sites dans la Creuse, {label} : écart", 100 * gap, "%", "≤ 1", gap <= MOST_GAP)


def _print(bench: str, value: float, unit: str, threshold: str, ok: bool) -> None:
    told = {"bench": bench, "value": round(value, 6), "unit": unit, "threshold": threshold, "ok": ok}
    print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
