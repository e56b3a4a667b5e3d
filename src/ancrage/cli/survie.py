"""Command that says how long structures last."""

from pathlib import Path
from typing import Annotated

import typer

from ancrage.cli.output import OutputOption, Shape, ShapeOption, answer
from ancrage.cli.session import OnOption, day_asked, open_atlas


def survie(
    code: Annotated[str | None, typer.Argument(help="Territoire : 23077, dep:23, reg:75…")] = None,
    par: Annotated[
        str,
        typer.Option("--par", metavar="GROUPES", help="ess, famille, activite, cohorte, qpv ou zonage."),
    ] = "famille",
    depuis: Annotated[
        str | None,
        typer.Option("--depuis", metavar="AAAA-MM-JJ", help="Premier jour observé ; quinze ans par défaut."),
    ] = None,
    fichier: Annotated[
        Path | None, typer.Option("--fichier", help="Un fichier d'unités, au lieu du registre.")
    ] = None,
    observe_le: Annotated[
        str | None,
        typer.Option("--observe-le", metavar="AAAA-MM-JJ", help="Jour où l'état du fichier a été constaté."),
    ] = None,
    on: OnOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Dit combien de temps durent les structures : courbes de survie, intervalles, comparaison."""
    if fichier is not None:
        _of_file(fichier, par, observe_le, shape, sortie)
        return
    if code is None:
        raise typer.BadParameter("donnez un territoire, ou un fichier avec --fichier")
    _of_territory(code, par, depuis, on, shape, sortie)


def _of_file(path: Path, par: str, observe_le: str | None, shape: Shape, sortie: Path | None) -> None:
    from ancrage.dating import parse_day
    from ancrage.errors import SurvivalError
    from ancrage.reports.survival.sheet import status_json, status_sheet
    from ancrage.survival.file import survive_from_file

    if observe_le is None:
        raise SurvivalError(
            "Le jour où l'état des unités a été constaté n'est pas dit.",
            "Donnez-le : --observe-le AAAA-MM-JJ (la date de l'extrait). Il ne se devine pas.",
        )
    found = survive_from_file(path, by=par, observed_on=parse_day(observe_le))
    answer(status_sheet(found, name=path.name, by=par), status_json(found), shape, sortie)


def _of_territory(
    code: str, par: str, depuis: str | None, on: str | None, shape: Shape, sortie: Path | None
) -> None:
    from ancrage.dating import parse_day
    from ancrage.diagnosis.survival import sources_of, survival_of
    from ancrage.errors import SurvivalError
    from ancrage.reports.survival.sheet import as_json, survival_sheet
    from ancrage.survival.cohort import Grouping
    from ancrage.territories.resolving import resolve

    if par not in set(Grouping):
        raise SurvivalError(
            f"« {par} » n'est pas une façon de comparer.",
            f"Choisissez : {', '.join(one.value for one in Grouping)}.",
        )
    by = Grouping(par)
    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        found, warnings = survival_of(atlas, territory, by, since=parse_day(depuis) if depuis else None)
        sources = sources_of(atlas, by)
    place = f"{territory.name} ({territory.code.code})"
    sheet = survival_sheet(found, place=place, by=by, warnings=warnings, sources=sources)
    document = {"territory": str(territory.code), "by": by.value, **as_json(found)}
    answer(sheet, document, shape, sortie)
