"""Commands about the texts that are cited: which of their articles changed, which will."""

import json
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.session import today

if TYPE_CHECKING:
    from ancrage.statutes.checking import Checked

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Shape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


@app.callback()
def textes() -> None:
    """Les articles cités : ceux qui ont changé, ceux qui changent demain."""


@app.command("verifier")
def verifier(
    copies: Annotated[
        list[Path],
        typer.Option(
            "--copie",
            metavar="DOSSIER",
            help="Dépôt git d'une copie publique du droit, par jour : codes, ou lois et décrets ; répétable.",
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="AAAA-MM-JJ", help="Jour de la vérification ; aujourd'hui par défaut."),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")] = Shape.TERMINAL,
) -> None:
    """Compare chaque article cité, des codes et des lois, avec des copies publiques, au jour près."""
    from ancrage.dating import parse_day
    from ancrage.statutes.checking import check
    from ancrage.statutes.copies import opened_copy
    from ancrage.statutes.gathering import cited_texts

    day = parse_day(on) if on else today()
    found = check([opened_copy(folder) for folder in copies], cited_texts(), on=day)
    if shape is Shape.JSON:
        told = {"on": day.isoformat(), "articles": [_as_json(one) for one in found]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(found)


def _print(found: Sequence["Checked"]) -> None:
    from ancrage.language.numbers import count
    from ancrage.statutes.checking import Fate

    for fate, group in groupby(found, key=lambda one: one.fate):
        listed = list(group)
        places = len({one.citation for one in listed})
        typer.echo(f"\n{count(places, 'article')} : {fate.label}.")
        if fate is not Fate.SAME:
            for citation, cited in groupby(listed, key=lambda one: one.citation):
                for line in _lines(str(citation), list(cited)):
                    typer.echo(line)


def _lines(citation: str, cited: Sequence["Checked"]) -> Sequence[str]:
    from ancrage.language.days import short_day

    first = cited[0]
    days = [
        *([f"rédaction du {short_day(first.changed_on)}"] if first.changed_on else []),
        *([f"change le {short_day(first.changes_on)}"] if first.changes_on else []),
    ]
    places = dict.fromkeys(
        f"{one.cited.where} (lu le {short_day(one.cited.text.checked_on)})" for one in cited
    )
    return (f"  · {' ; '.join((citation, *days))}", *(f"      {place}" for place in places))


def _as_json(one: "Checked") -> dict[str, Any]:
    return {
        "code": one.citation.code,
        "article": one.citation.article,
        "fate": one.fate.value,
        "changed_on": one.changed_on.isoformat() if one.changed_on else None,
        "changes_on": one.changes_on.isoformat() if one.changes_on else None,
        "where": one.cited.where,
        "title": one.cited.text.title,
        "checked_on": one.cited.text.checked_on.isoformat(),
        "since": one.cited.since.isoformat() if one.cited.since else None,
    }
