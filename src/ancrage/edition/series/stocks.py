"""The stocks of a series: a folder a month, « AAAA-MM », that holds the files of SIRENE as published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from ancrage.errors import SourceUnavailableError
from ancrage.sources.depot import Depot, Found

MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")
PART = re.compile(r"(?P<rank>[0-9]{1,4})/(?P<count>[0-9]{1,4})")
NAMES = {
    "StockEtablissement": "sirene-etablissements",
    "StockUniteLegale": "sirene-unites-legales",
    "StockEtablissementHistorique": "sirene-etablissements-historique",
    "StockUniteLegaleHistorique": "sirene-unites-legales-historique",
    "GeolocalisationEtablissement": "sirene-geolocalisation",
    "liste-ess": "liste-ess",
}
"""How the name of a file begins, up to its first « _ » or « . », and the source it stands for."""
REQUIRED = ("sirene-etablissements", "sirene-unites-legales")


@dataclass(frozen=True, slots=True)
class Stock:
    """What a month is made from: its first day, and its files by the source each stands for."""

    month: date
    files: dict[str, Found]

    @property
    def name(self) -> str:
        """« 2026-10 »."""
        return month_name(self.month)

    @property
    def counted_on(self) -> date:
        """The last day of the month: the day its establishments are counted open."""
        return following(self.month) - timedelta(days=1)


def month_name(month: date) -> str:
    """« 2026-10 »."""
    return f"{month:%Y-%m}"


def month_of(written: str) -> date | None:
    """First day of a month written « 2026-10 »; ``None`` when it is not one."""
    found = MONTH.fullmatch(written)
    return date(int(found["year"]), int(found["month"]), 1) if found and int(found["year"]) else None


def following(month: date) -> date:
    """First day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def stocks_of(place: Depot) -> list[Stock]:
    """The stocks of a place, in the order of the months; files of other names are not looked at.

    Raises :class:`SourceUnavailableError` when there is none, or when a month has two files for one source.
    """
    found: dict[date, dict[str, Found]] = {}
    for one in place.files():
        folder, _, name = one.name.rpartition("/")
        month, source = month_of(folder), NAMES.get(re.split(r"[_.]", name)[0])
        if month is None or source is None:
            continue
        if twin := found.setdefault(month, {}).get(source):
            raise SourceUnavailableError(
                f"Le mois {folder} a deux fichiers pour la source « {source} » : "
                f"{PurePosixPath(twin.name).name} et {name}.",
                "N'en laissez qu'un.",
            )
        found[month][source] = one
    if not found:
        raise SourceUnavailableError(
            f"Aucun stock mensuel dans « {place.told} ».",
            "Rangez-y un dossier par mois, nommé AAAA-MM, avec StockEtablissement_utf8 et "
            "StockUniteLegale_utf8 (Parquet, ou CSV dans un zip).",
        )
    return [Stock(month, files) for month, files in sorted(found.items())]


def require_whole(stock: Stock) -> None:
    """Raise :class:`SourceUnavailableError` when a month lacks a file that a register cannot do without."""
    if missing := [source for source in REQUIRED if source not in stock.files]:
        names = [name for name, source in NAMES.items() if source in missing]
        raise SourceUnavailableError(
            f"Le mois {stock.name} n'a pas {' ni '.join(names)}.", "Ajoutez-le à son dossier, puis relancez."
        )


def share(stocks: Sequence[Stock], rank: int, count: int) -> list[Stock]:
    """The part ``rank`` (from 1) of ``count``: months that follow one another, each in one part only."""
    return list(stocks[len(stocks) * (rank - 1) // count : len(stocks) * rank // count])
