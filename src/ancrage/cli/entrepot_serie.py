"""``ancrage entrepot serie``: a territory, counted in every month of a series."""

import json
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli import output
from ancrage.cli.engines import Engine, EngineOption, MasterOption

if TYPE_CHECKING:
    from ancrage.edition.series.asking import MonthCount, Series


class Shape(StrEnum):
    """How the series is given."""

    TERMINAL = "terminal"
    CSV = "csv"
    JSON = "json"


COLUMNS = (
    *("mois", "compte_le", "registre", "etablissements_ess", "employeurs_ess"),
    *("salaries_bas", "salaries_central", "salaries_haut"),
    *("a_verifier", "etablissements", "employeurs"),
)
SHOWN = ("Mois", "Registre", "ESS", "Employ.", "Salariés", "Bornes", "À vérif.", "Tous")
LEFT = 2
MISSING, UNKNOWN = "absent", "inconnu"


def serie(
    territory: Annotated[
        str, typer.Argument(metavar="TERRITOIRE", help="Code ou nom, comme pour diagnostic.")
    ],
    place: Annotated[
        str,
        typer.Option(
            "--dans", metavar="LIEU", help="Dossier, ou s3://seau/prefixe, où les mois sont rangés."
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="JOUR", help="Jour du périmètre, le même pour tous les mois ; aujourd'hui, sinon."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--depuis", metavar="AAAA-MM", help="Premier mois ; le premier rangé, sinon."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--jusqua", metavar="AAAA-MM", help="Dernier mois ; le dernier rangé, sinon."),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="Présentation de la réponse.")] = Shape.TERMINAL,
    sortie: output.OutputOption = None,
    engine: EngineOption = Engine.duckdb,
    master: MasterOption = None,
) -> None:
    """Compte l'ESS d'un territoire mois par mois, dans une série rangée par « entrepot mois »."""
    from ancrage.cli.session import open_atlas, today
    from ancrage.dating import parse_day
    from ancrage.edition.series.asking import ask_series
    from ancrage.location import data_directory
    from ancrage.sources.depot import Depot
    from ancrage.territories.resolving import resolve
    from ancrage.warehouse.choosing import chosen
    from ancrage.warehouse.limits import limits_of

    first, last = _month("--depuis", since), _month("--jusqua", until)
    with (
        open_atlas() as atlas,
        chosen(engine.value, limits_of(None), data_directory(), master=master),
    ):
        found = resolve(atlas, territory, on=parse_day(on) if on else today())
        told = ask_series(Depot.at(place).require(), atlas, found, since=first, until=last)
    if shape is Shape.TERMINAL and sortie is None:
        _show(told)
        return
    output.write(_as_json(told) if shape is Shape.JSON else _as_csv(told), sortie)


def _month(option: str, written: str | None) -> date | None:
    from ancrage.edition.series.stocks import month_of

    found = month_of(written.strip()) if written else None
    if written and found is None:
        raise typer.BadParameter(f"{option} : « {written} » n'est pas un mois ; écrivez 2026-10")
    return found


def _cells(one: "MonthCount") -> list[Any]:
    jobs = one.jobs
    return [
        *(one.month, one.counted_on, _register(one), one.establishments, one.employers),
        *((jobs.low, jobs.central, jobs.high) if jobs else (None, None, None)),
        *(one.to_check, one.everything, one.everything_employers),
    ]


def _register(one: "MonthCount") -> str:
    return MISSING if one.reach is None else one.reach.value + (", fictif" if one.fictitious else "")


def _show(told: "Series") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=told.territory.name, title_justify="left", title_style="bold")
    for rank, title in enumerate(SHOWN):
        table.add_column(title, justify="left" if rank < LEFT else "right", no_wrap=rank == 0)
    for one in told.months:
        table.add_row(*_row(one))
    Console().print(table)
    for note in notes(told):
        typer.echo(note)


def _row(one: "MonthCount") -> list[str]:
    jobs = one.jobs
    span = f"{_told(jobs.low)} à {_told(jobs.high)}" if jobs else UNKNOWN
    figures = (one.establishments, one.employers, jobs.central if jobs else None)
    return [one.month, _register(one), *map(_told, figures), span, _told(one.to_check), _told(one.everything)]


def _told(figure: int | None) -> str:
    from ancrage.language.numbers import number

    return UNKNOWN if figure is None else number(figure)


def notes(told: "Series") -> Iterator[str]:
    """What must be said of the figures."""
    from ancrage.register.reach import CAVEATS, Reach

    if any(one.fictitious for one in told.months):
        yield "FICTIF : ces mois sont faits de fichiers inventés."
    for reach in (Reach.SAMPLE, Reach.PART, Reach.NONE):
        months = [one.month for one in told.months if one.reach is reach]
        if months:
            yield f"{', '.join(months)} : {CAVEATS[reach]}"
    if missing := [one.month for one in told.months if one.reach is None]:
        yield f"Mois qui ne sont pas dans la série, inconnus : {', '.join(missing)}."
    if told.wider:
        wider = ", ".join(told.wider)
        yield f"Comptées entières, le registre ne distinguant pas une ancienne commune : {wider}."
    yield (
        f"Compté au dernier jour de chaque mois, dans le périmètre du {told.territory.on:%d/%m/%Y}. "
        "ESS, Tous : établissements ouverts. Salariés : ceux des employeurs de l’ESS, par tranche ; la borne "
        "haute est inconnue si une tranche n’en a pas."
    )


def _as_csv(told: "Series") -> str:
    from ancrage.spreadsheets import PEOPLE

    return PEOPLE.text(COLUMNS, [_cells(one) for one in told.months])


def _as_json(told: "Series") -> str:
    return json.dumps(
        {
            "territory": {"code": told.territory.code.code, "name": told.territory.name},
            "on": told.territory.on.isoformat(),
            "notes": list(notes(told)),
            "months": [_plain(one) for one in told.months],
        },
        ensure_ascii=False,
        indent=2,
        default=str,
    )


def _plain(one: "MonthCount") -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(one) | {"reach": one.reach.value if one.reach else None}
