"""Commands on the catalogue itself: its facts, an aid, its inspection."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.session import OnOption, day_asked

if TYPE_CHECKING:
    from ancrage.facts.declaration import Fact


class Shape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


FormatOption = Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")]


def register(app: typer.Typer) -> None:
    """Mount these commands in the group."""
    app.command("faits")(faits)
    app.command("montrer")(montrer)
    app.command("verifier")(verifier)


def faits(shape: FormatOption = Shape.TERMINAL) -> None:
    """Liste les faits déclarés : type, unité, question, provenance, confidentialité."""
    from ancrage.facts.declaration import load_facts

    facts = list(load_facts().values())
    if shape is Shape.JSON:
        typer.echo(json.dumps([_fact(fact) for fact in facts], ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from ancrage.reports.aids.terminal.catalogue import render_facts

    render_facts(facts, Console())


def montrer(
    identifiant: Annotated[str, typer.Argument(metavar="ID", help="urgencess, pec, dla, ptce_phase2…")],
    on: OnOption = None,
    shape: FormatOption = Shape.TERMINAL,
) -> None:
    """Montre une aide : à qui, combien, ses versions, ses textes, ses échéances, ses cas."""
    from ancrage.aids.catalogue import get_aid

    aid = get_aid(identifiant)
    if shape is Shape.JSON:
        typer.echo(json.dumps(aid.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from ancrage.reports.aids.terminal.catalogue import render_aid

    render_aid(aid, day_asked(on), Console())


def verifier(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            help="Un dossier avec « catalogue » et « parameters » ; le catalogue d'Ancrage sinon."
        ),
    ] = None,
    tout: Annotated[bool, typer.Option("--tout", help="Montre aussi les remarques sans gravité.")] = False,
) -> None:
    """Vérifie le catalogue : règles, périodes, textes, liens, faits, et rejoue tous les cas."""
    from ancrage.aids.linting import inspect
    from ancrage.errors import CatalogueError

    if dossier is not None and not (dossier / "catalogue").is_dir():
        raise CatalogueError(
            f"« {dossier} » n'a pas de dossier « catalogue ».", "Donnez le dossier qui le contient."
        )
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


def _fact(fact: "Fact") -> dict[str, Any]:
    return fact.model_dump(mode="json")
