"""Panels of 16 among 150 drawn from the list of inclusion enterprises, under quotas, proved optimal.

Needs an edition with the list of inclusion enterprises (``ancrage sources sync siae``, ``entrepot
construire``). Several draws are timed, the worst is kept: a lucky draw would prove nothing.
"""

import json
import time
from datetime import date

from ancrage.edition.publication import current_edition
from ancrage.location import data_directory
from ancrage.panel.choosing import choose_panel
from ancrage.panel.longlist import LongList
from ancrage.panel.places import place_book
from ancrage.panel.quota_text import parse_short
from ancrage.panel.quotas import Terms
from ancrage.panel.reading import read_long_list
from ancrage.panel.terms import terms_on
from ancrage.sources.snapshots import SnapshotStore
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Warehouse

ON = date(2026, 11, 23)
SIZE, LONG, DRAWS = 16, 150, 8
MOST_SECONDS = 10.0
QUOTAS = (
    "drom>=2",
    "commune_qpv>=5",
    "frr>=4",
    "categorie=ACI>=3",
    "categorie=*<=5",
    "region=*<=2",
)


def main() -> None:
    snapshot = SnapshotStore(data_directory()).latest("siae", "structures")
    if snapshot is None:
        print("non mesuré : la source siae n'est pas synchronisée")
        return
    with Warehouse(current_edition(data_directory())) as warehouse:
        start = time.perf_counter()
        places = place_book(Atlas(warehouse, today=ON), on=ON)
        listed = read_long_list(snapshot.path, places, on=ON)
        _print(f"lire et placer {len(listed)} structures", time.perf_counter() - start, "s", "< 10", 10.0)
    draws = [listed.drawn(LONG, seed) for seed in range(1, DRAWS + 1)]
    _worst("sans le coût des quotas", draws, QUOTAS, with_costs=False)
    _worst("avec le coût de chaque quota", draws, QUOTAS, with_costs=True)
    _worst("sans aucun quota", draws, (), with_costs=False)
    _impossible(draws)
    _whole(listed)


def _terms(listed: LongList, quotas: tuple[str, ...]) -> Terms:
    return terms_on(listed, SIZE, [parse_short(quota) for quota in quotas])


def _worst(what: str, draws: list[LongList], quotas: tuple[str, ...], *, with_costs: bool) -> None:
    seconds, gap = 0.0, 0.0
    for drawn in draws:
        start = time.perf_counter()
        panel = choose_panel(drawn, _terms(drawn, quotas), with_costs=with_costs)
        seconds = max(seconds, time.perf_counter() - start)
        gap = max(gap, panel.proof.gap)
    label = f"panel de {SIZE} parmi {LONG}, {what}, pire de {DRAWS} tirages"
    _print(label, seconds, "s", f"< {MOST_SECONDS:.0f}", MOST_SECONDS)
    _print(f"{label} : écart", 100 * gap, "%", "optimum prouvé", 1e-4)


def _impossible(draws: list[LongList]) -> None:
    start = time.perf_counter()
    drawn = draws[0]
    panel = choose_panel(drawn, _terms(drawn, (*QUOTAS, "drom>=12", "categorie=EI>=12")), bend=True)
    seconds = time.perf_counter() - start
    told = len(panel.relaxed.quotas) if panel.relaxed else 0
    _print(f"quotas impossibles : le plus petit renoncement ({told})", seconds, "s", "< 30", 30.0)


def _whole(listed: LongList) -> None:
    start = time.perf_counter()
    panel = choose_panel(listed, _terms(listed, QUOTAS), with_costs=False)
    seconds = time.perf_counter() - start
    told = f"panel de {SIZE} parmi les {len(listed)} de la liste"
    _print(told, seconds, "s", "< 60", 60.0)
    _print(f"{told} : écart", 100 * panel.proof.gap, "%", "≤ 1", 1.0)


def _print(bench: str, value: float, unit: str, threshold: str, most: float) -> None:
    told = {
        "bench": bench,
        "value": round(value, 6),
        "unit": unit,
        "threshold": threshold,
        "ok": value <= most,
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
