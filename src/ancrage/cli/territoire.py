"""Commands that find and show a territory."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.session import OnOption, day_asked, open_atlas
from ancrage.language.days import short_day
from ancrage.language.numbers import number

if TYPE_CHECKING:
    from ancrage.territories.finding import Match
    from ancrage.territories.territory import Named, Territory

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Shape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


FormatOption = Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")]


@app.command("chercher")
def chercher(
    texte: Annotated[str, typer.Argument(help="Un nom, même mal écrit, un code ou un code postal.")],
    on: OnOption = None,
    shape: FormatOption = Shape.TERMINAL,
    limite: Annotated[int, typer.Option("--limite", min=1, max=100, help="Nombre de réponses.")] = 10,
) -> None:
    """Cherche un territoire par son nom, son code ou un code postal."""
    from ancrage.territories.designating import designate
    from ancrage.territories.finding import find

    day = day_asked(on)
    with open_atlas() as atlas:
        matches = find(atlas, texte, on=day, limit=limite)
        if not matches and shape is Shape.TERMINAL:
            # Nothing answers: this says why, and what a code of another day became.
            designate(atlas, texte, on=day)
    if shape is Shape.JSON:
        typer.echo(json.dumps([_match(match) for match in matches], ensure_ascii=False, indent=2))
        return
    for match in matches:
        typer.echo(f"{match.named.code!s:<14} {match.named.name} — {match.context} ({match.via})")


@app.command("montrer")
def montrer(
    code: Annotated[str, typer.Argument(help="Code ou nom exact : 23077, 200044014, dep:23, reg:75, fr…")],
    on: OnOption = None,
    shape: FormatOption = Shape.TERMINAL,
) -> None:
    """Montre un territoire un jour donné : identité, parents, communes, zonages."""
    from ancrage.territories.resolving import resolve
    from ancrage.territories.zonings.answering import answer_all

    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        answers = answer_all(atlas, territory)
    if shape is Shape.JSON:
        found = {**_territory(territory), "zonings": [answer.as_json() for answer in answers]}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    population = "inconnue" if territory.population is None else number(territory.population)
    typer.echo(f"{territory.name} ({territory.code}), {territory.kind.label}, le {short_day(territory.on)}")
    typer.echo(f"Population municipale : {population} ; COG {territory.vintage}")
    typer.echo(f"Communes : {len(territory.communes)}")
    for parent in territory.parents:
        typer.echo(f"  {parent.code.kind.label} : {parent.label}")
    for answer in answers:
        typer.echo(f"  {answer.zoning.label} : {answer.verdict.label}. {answer.reason}")
    if territory.note:
        typer.echo(territory.note)


def _match(match: "Match") -> dict[str, Any]:
    return {**_named(match.named), "score": match.score, "context": match.context, "via": match.via}


def _named(named: "Named") -> dict[str, Any]:
    return {"kind": named.code.kind.value, "code": named.code.code, "id": str(named.code), "name": named.name}


def _territory(territory: "Territory") -> dict[str, Any]:
    return {
        **_named(territory.named),
        "on": territory.on.isoformat(),
        "vintage": territory.vintage,
        "population": territory.population,
        "communes": list(territory.communes),
        "uncertain_communes": sorted(territory.uncertain),
        "parents": [_named(parent) for parent in territory.parents],
        "note": territory.note,
    }
