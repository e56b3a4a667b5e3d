"""Command that looks for collective dynamics in a territory."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.output import OutputOption, Shape, ShapeOption, answer, write
from ancrage.cli.session import OnOption, day_asked, open_atlas

if TYPE_CHECKING:
    from ancrage.dynamics.answering import Dynamics


class Places(StrEnum):
    """Places compared with their neighbours; the same words as the domain's, which is slow to import."""

    EPCI = "epci"
    COMMUNE = "commune"
    ZONE = "zone"


class Counted(StrEnum):
    """What location quotients count."""

    ETABLISSEMENTS = "etablissements"
    EMPLOYEURS = "employeurs"


def dynamiques(
    code: Annotated[
        str, typer.Argument(help="200044014, un nom exact, dep:23, reg:75, crte:…, 23077+23096…")
    ],
    on: OnOption = None,
    par: Annotated[
        Places,
        typer.Option(
            "--par",
            help="Lieux comparés : epci (France), commune (département), zone (contrats, CRTE).",
        ),
    ] = Places.EPCI,
    distance_km: Annotated[
        float, typer.Option("--distance-km", metavar="KM", help="Distance entre structures d'un même groupe.")
    ] = 20.0,
    mesure: Annotated[
        Counted, typer.Option("--mesure", help="Ce que comptent les quotients de localisation.")
    ] = Counted.ETABLISSEMENTS,
    inviter: Annotated[
        Path | None, typer.Option("--inviter", metavar="FICHIER", help="Écrit la liste à inviter, en CSV.")
    ] = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Cherche les dynamiques collectives à explorer : activités, voisins, structures à réunir."""
    from ancrage.dynamics.invitations import as_csv
    from ancrage.reports.dynamics.plain import dynamics_json
    from ancrage.reports.dynamics.sheet import dynamics_sheet

    found = _found(code, on, par, distance_km, mesure)
    if inviter is not None:
        write(as_csv(found.invited), inviter)
    answer(dynamics_sheet(found), dynamics_json(found), shape, sortie)


def _found(code: str, on: str | None, par: Places, distance_km: float, mesure: Counted) -> "Dynamics":
    from ancrage.dynamics.answering import Asked, dynamics_of
    from ancrage.dynamics.centres import epci_centres
    from ancrage.dynamics.counting import Measure
    from ancrage.dynamics.units import Scale
    from ancrage.sources.location import data_directory
    from ancrage.sources.snapshots import SnapshotStore
    from ancrage.territories.resolving import resolve

    asked = Asked(scale=Scale(par.value), distance_km=distance_km, measure=Measure(mesure.value))
    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        return dynamics_of(atlas, territory, asked, centres=epci_centres(SnapshotStore(data_directory())))
