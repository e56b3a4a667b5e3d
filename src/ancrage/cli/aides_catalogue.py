"""Command that inspects the catalogue itself."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.session import today

if TYPE_CHECKING:
    from ancrage.aids.declaration import Aid
    from ancrage.aids.prospects import Prospects


def register(app: typer.Typer) -> None:
    """Mount the command in the group."""
    app.command("verifier")(verifier)


def verifier(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            help="Un dossier avec « catalogue » et « parameters » ; le catalogue d'Ancrage sinon."
        ),
    ] = None,
    tout: Annotated[bool, typer.Option("--tout", help="Montre aussi les remarques sans gravité.")] = False,
    jour: Annotated[
        str | None, typer.Option("--on", help="Jour pour lequel chercher ce que les aides peuvent répondre.")
    ] = None,
) -> None:
    """Vérifie le catalogue : règles, périodes, textes, liens, faits, et rejoue tous les cas.

    Dit ensuite ce qu'il peut répondre au mieux : les aides qui disent oui à quelqu'un, et chaque classe.
    """
    from ancrage.aids.catalogue import load_catalogue
    from ancrage.aids.linting import inspect
    from ancrage.aids.prospects import prospects
    from ancrage.dating import parse_day
    from ancrage.errors import CatalogueError

    inspection = inspect(dossier)
    shown = [remark for remark in inspection.remarks if tout or remark.serious]
    for remark in shown:
        typer.echo(f"{'✗' if remark.serious else '·'} {remark.where} : {remark.what}. {remark.repair}")
    typer.echo(
        f"{inspection.aids} aides, {inspection.parameters} paramètres, {inspection.personas} personnages, "
        f"{inspection.cases} cas rejoués."
    )
    if not inspection.sound:
        raise CatalogueError("Le catalogue a des fautes.", "Corrigez celles que montre la liste.")
    typer.echo("Aucune faute.")
    catalogue = load_catalogue(dossier)
    on = parse_day(jour) if jour else today()
    typer.echo(_asked(tuple(catalogue.aids.values()), on))
    _told(prospects(on, catalogue))


def _asked(aids: Sequence["Aid"], on: date) -> str:
    """How many aids tell how they are asked for, each from a text read; how many silent ones are over."""
    from ancrage.aids.procedures import request_of

    told = [request_of(aid) for aid in aids]
    silent = [aid for aid, one in zip(aids, told, strict=True) if not one]
    over = sum(1 for aid in silent if aid.version_on(on) is None)
    return (
        f"Comment demander : {sum(1 for one in told if one.documents)} aides disent les pièces à joindre, "
        f"{sum(1 for one in told if one.delay)} le délai de réponse, "
        f"{sum(1 for one in told if one.steps)} les étapes ; "
        f"{sum(1 for one in told if one)} l'une de ces choses au moins, sur {len(told)}. "
        f"Sur les {len(silent)} qui n'en disent rien, {over} ne sont plus en vigueur."
    )


def _told(found: "Prospects") -> None:
    """Write how many aids may say yes, and the classes: of each aid at its best, then of every answer."""
    from ancrage.aids.standing import Class
    from ancrage.language.days import day
    from ancrage.language.numbers import count, percent

    aids, answers = len(found.aids), sum(found.answers.values())
    sums = sum(one.amount for one in found.yes)
    share = percent(len(found.yes) / aids, 0)
    typer.echo(
        f"Le {day(found.on)}, {len(found.yes)} aides sur {aids} ({share}) répondent oui dans une "
        f"situation au moins ; {sums} y donnent un montant ou un taux."
    )
    typer.echo(f"Chaque aide au mieux, et chaque réponse dans les {found.situations} situations trouvées :")
    for one in Class:
        most = count(found.classes.get(one, 0), "aide")
        share = percent(found.answers.get(one, 0) / answers) if answers else "—"
        typer.echo(f"  {one.label} : {most} ; {share} des réponses")
