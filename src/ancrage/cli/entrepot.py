"""Commands of the warehouse."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.engines import Engine, EngineOption, MasterOption, MemoryOption
from ancrage.cli.entrepot_mois import mois
from ancrage.cli.entrepot_serie import serie

if TYPE_CHECKING:
    from ancrage.edition.build import Built

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("construire")
def construire(
    memory: MemoryOption = None,
    engine: EngineOption = Engine.duckdb,
    master: MasterOption = None,
) -> None:
    """Construit une édition à partir des sources synchronisées, la vérifie, puis la publie."""
    from ancrage.cli.building import build_progress
    from ancrage.cli.session import now
    from ancrage.edition.build import build
    from ancrage.language.numbers import count as counted
    from ancrage.location import data_directory
    from ancrage.warehouse.choosing import chosen
    from ancrage.warehouse.limits import OF_AN_EDITION, limits_of

    limits, data = limits_of(memory, OF_AN_EDITION), data_directory()
    with chosen(engine.value, limits, data, master=master), build_progress() as progress:
        built = build(data, at=now(), step=progress, limits=limits)
    for line in _told(built):
        typer.echo(line)
    for source, reasons in built.manifest["rejects"].items():
        for reason, count in reasons.items():
            typer.echo(f"  {source} : {counted(count, 'ligne écartée', 'lignes écartées')}, {reason}")
    if built.manifest["rejects"]:
        typer.echo(f"  Détail des lignes écartées : {built.folder / 'rejets.csv'}")
    for account in built.manifest["register"]["accounts"]:
        for remark, count in account["remarks"].items():
            typer.echo(
                f"  {account['source']} : {counted(count, 'ligne gardée', 'lignes gardées')}, {remark}"
            )
    for remark in built.manifest["remarks"]:
        typer.echo(f"  À savoir : {remark}")


def _told(built: "Built") -> Iterator[str]:
    """Where an edition is, and what of it was made again."""
    from ancrage.language.numbers import count as counted

    yield f"Édition publiée : {built.folder}"
    if not built.prepared:
        yield "  L'annuaire et la recherche n'ont pu être préparés : le site le fera en s'ouvrant."
    if built.taken:
        told = counted(built.taken, "résultat repris", "résultats repris")
        yield f"  {told} d'une construction précédente : rien de ce dont ils dépendent n'a changé"
    if built.since:
        yield f"  registre fait depuis celui de l'édition {built.since} : seul ce qui a changé est refait"
    if built.because:
        yield f"  registre refait en entier : {built.because}"


@app.command("reference", hidden=True)
def reference(
    packages: Annotated[str, typer.Argument(help="Dossier node_modules où npm a mis les six millésimes.")],
) -> None:
    """Construit l'édition embarquée dans le paquet, à partir des paquets npm."""
    from pathlib import Path

    from ancrage.cli.building import told_step
    from ancrage.cli.session import now
    from ancrage.edition.build import build_embedded
    from ancrage.edition.publication import EMBEDDED

    build_embedded(Path(packages), EMBEDDED, at=now(), step=told_step)
    typer.echo(f"Édition embarquée construite : {EMBEDDED}")


@app.command("tuiles")
def tuiles() -> None:
    """Écrit les tuiles vectorielles (PMTiles) de l'édition en vigueur, pour la carte de France du site."""
    from ancrage.cli.session import open_edition
    from ancrage.edition.tiles.layers import layers_of
    from ancrage.edition.tiles.writing import write_tiles
    from ancrage.language.numbers import number
    from ancrage.location import data_directory
    from ancrage.territories.resolving import resolve

    with open_edition() as opened:
        country = resolve(opened.atlas, "fr", on=opened.today)
        written = write_tiles(layers_of(opened.atlas, country), data_directory(), opened.edition)
    for path in written:
        typer.echo(f"{path} : {number(path.stat().st_size / 1e6, 2)} Mo")
    if not written:
        typer.echo("Rien à dessiner : cette édition n'a ni contours, ni structures placées.")


@app.command("etat")
def etat() -> None:
    """Dit quelle édition répond, de quoi elle est faite, ce qui lui manque ; relit tous ses fichiers."""
    from ancrage.edition.opening import open_edition
    from ancrage.edition.publication import EMBEDDED, current_edition, editions
    from ancrage.location import data_directory

    data = data_directory()
    current = current_edition(data)
    with open_edition(current) as warehouse:
        warehouse.check(deep=True)
        manifest = warehouse.manifest
    label = "embarquée" if current == EMBEDDED else current.name
    typer.echo(
        f"Édition en vigueur : {label}, construite le {manifest['built_at'][:19].replace('T', ' ')} UTC"
    )
    for source in manifest["sources"]:
        mark = " (échantillon)" if source["sample"] else ""
        typer.echo(f"  {source['id']} : {source['vintage']}{mark}")
    if manifest["missing_sources"]:
        typer.echo("Sources non synchronisées : " + ", ".join(manifest["missing_sources"]))
    kept = [edition.name for edition in editions(data) if edition != current]
    if kept:
        typer.echo("Éditions conservées : " + ", ".join(kept))


@app.command("revenir")
def revenir() -> None:
    """Revient à l'édition précédente, si elle est conservée."""
    from ancrage.edition.publication import go_back
    from ancrage.location import data_directory

    typer.echo(f"Édition en vigueur : {go_back(data_directory()).name}")


app.command("mois")(mois)
app.command("serie")(serie)
