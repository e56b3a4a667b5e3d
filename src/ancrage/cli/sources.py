"""``ancrage sources``: what is declared, what is here, and how it comes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.interruption import heed
from ancrage.language.days import short_day
from ancrage.language.numbers import number, plain_number
from ancrage.language.typography import NO_BREAK_SPACE

if TYPE_CHECKING:
    from ancrage.sources.declaration import Source
    from ancrage.sources.outcome import Outcome, SyncReport
    from ancrage.sources.snapshots import SnapshotStore
    from ancrage.sources.status import ResourceStatus

# Columns a terminal needs before the longest texts of a table are worth showing.
WIDE = 120

app = typer.Typer(no_args_is_help=True, help="Les données publiques : déclarées, synchronisées, vérifiées.")


class OutputFormat(StrEnum):
    """How a command answers."""

    TERMINAL = "terminal"
    JSON = "json"


FormatOption = Annotated[OutputFormat, typer.Option("--format", help="Présentation de la réponse.")]
IdsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help="Sources voulues ; toutes si rien n'est donné.")
]


@app.command("list")
def list_sources(output: FormatOption = OutputFormat.TERMINAL) -> None:
    """Liste les sources déclarées."""
    from ancrage.sources.catalogue import load_catalogue

    sources = load_catalogue().values()
    if output is OutputFormat.JSON:
        _print_json([source.model_dump(mode="json", exclude={"resources"}) for source in sources])
        return
    rows = [(source.id, source.title, source.producer, source.vintage, source.licence) for source in sources]
    _print_table(("identifiant", "titre", "producteur", "millésime", "licence"), rows)


@app.command()
def show(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="Identifiant de la source.")],
    output: FormatOption = OutputFormat.TERMINAL,
) -> None:
    """Montre une source : d'où elle vient, ce qu'elle contient, ce qui en est déjà là."""
    from ancrage.sources.catalogue import get_source

    source = get_source(source_id)
    if output is OutputFormat.JSON:
        present = [_provenance(_store(), source.id, resource.id) for resource in source.resources]
        _print_json(source.model_dump(mode="json") | {"snapshots": [told for told in present if told]})
        return
    _print_source(source)


@app.command()
def sync(
    ids: IdsArgument = None,
    mirror: Annotated[
        Path | None, typer.Option("--mirror", metavar="DOSSIER", help="Prendre les fichiers dans ce miroir.")
    ] = None,
    department: Annotated[
        str | None, typer.Option("--departement", metavar="CODE", help="Département à demander à l'API.")
    ] = None,
    delay: Annotated[
        float, typer.Option("--delai", min=0.1, help="Secondes sans rien recevoir avant de réessayer.")
    ] = 60.0,
    output: FormatOption = OutputFormat.TERMINAL,
) -> None:
    """Synchronise des sources, depuis leurs producteurs ou un miroir."""
    from ancrage.cli.sources_progress import terminal_progress
    from ancrage.sources.synchronise import synchronise
    from ancrage.sources.transport import Timing

    sources = _wanted(ids)
    with terminal_progress() as progress:
        report = synchronise(
            sources,
            store=_store(),
            mirror=mirror,
            progress=progress,
            department=department,
            timing=Timing(read=delay),
            after=lambda _: heed(),
        )
    _print_report(report, output)
    if failure := report.failure() or _unmet(report, ids):
        raise failure


@app.command()
def status(ids: IdsArgument = None, output: FormatOption = OutputFormat.TERMINAL) -> None:
    """Dit ce qui est là, de quand, et ce qui a vieilli."""
    from dataclasses import asdict
    from shutil import get_terminal_size

    from ancrage.sources.status import status as read_status

    found = read_status(_wanted(ids), _store(), on=datetime.now(UTC).date())
    if output is OutputFormat.JSON:
        _print_json([asdict(one) for one in found])
        return
    wide = get_terminal_size().columns >= WIDE
    rows = [
        (
            f"{one.source}/{one.resource}",
            one.freshness.value,
            short_day(one.fetched_at) if one.fetched_at else "",
            "" if one.age_days is None else f"{one.age_days} j",
            *(_details(one) if wide else ()),
        )
        for one in found
    ]
    titles = ["ressource", "état", "reçue le", "âge"]
    titles += ["taille", "lignes", "rejets", "fréquence", "millésime"] if wide else []
    _print_table(titles, rows)


@app.command()
def verify(output: FormatOption = OutputFormat.TERMINAL) -> None:
    """Recalcule les sommes de contrôle de tout ce qui a été reçu."""
    from ancrage.errors import SourceContentError
    from ancrage.repairs import SynchroniseSources

    damages = _store().verify()
    if output is OutputFormat.JSON:
        _print_json([{"path": str(damage.path), "problem": damage.problem} for damage in damages])
    else:
        for damage in damages:
            typer.echo(f"{damage.path} : {damage.problem}")
    if damages:
        raise SourceContentError(
            f"Des fichiers reçus ne sont plus intacts ({len(damages)}).",
            "Reprenez-les.",
            SynchroniseSources(),
        )
    if output is OutputFormat.TERMINAL:
        typer.echo("Tout ce qui a été reçu est intact.")


def _store() -> "SnapshotStore":
    from ancrage.sources.location import data_directory
    from ancrage.sources.snapshots import SnapshotStore

    return SnapshotStore(data_directory())


def _wanted(ids: list[str] | None) -> "list[Source]":
    from ancrage.sources.catalogue import get_source, load_catalogue

    return (
        [get_source(source_id) for source_id in dict.fromkeys(ids)] if ids else [*load_catalogue().values()]
    )


def _unmet(report: "SyncReport", ids: list[str] | None) -> Exception | None:
    """A source asked for by name and left aside is a failure; among all of them, it is not."""
    from ancrage.errors import SourceUnavailableError
    from ancrage.repairs import See
    from ancrage.sources.outcome import State

    left = [
        outcome for outcome in report.outcomes if outcome.state is State.LEFT and outcome.snapshot is None
    ]
    if not ids or not left:
        return None
    told = " ; ".join(f"{outcome.source}/{outcome.resource} : {outcome.told}" for outcome in left)
    repairs = dict.fromkeys(repair for outcome in left for repair in outcome.repairs)
    return SourceUnavailableError(f"Rien n'a été reçu pour {told}.", "", *repairs, See("source"))


def _print_report(report: "SyncReport", output: OutputFormat) -> None:
    from ancrage.repairs import BuildEdition
    from ancrage.shell import command_of, sentence

    if output is OutputFormat.JSON:
        _print_json([_outcome(outcome) for outcome in report.outcomes])
        return
    for outcome in report.outcomes:
        told = f"{outcome.told.rstrip('.')}." if outcome.repairs else outcome.told
        words = sentence(told, outcome.repairs)
        told = f" ({words})" if words else ""
        typer.echo(f"{outcome.state.value:<9} {outcome.source}/{outcome.resource}{told}")
    if report.changed:
        typer.echo(f"Étape suivante : {command_of(BuildEdition())}")


def _outcome(outcome: "Outcome") -> dict[str, Any]:
    return {
        "source": outcome.source,
        "resource": outcome.resource,
        "state": outcome.state.value,
        "told": outcome.told,
        "provenance": outcome.snapshot.provenance.as_json() if outcome.snapshot else None,
    }


def _provenance(store: "SnapshotStore", source_id: str, resource_id: str) -> dict[str, Any] | None:
    snapshot = store.latest(source_id, resource_id)
    return snapshot.provenance.as_json() if snapshot else None


def _print_source(source: "Source") -> None:
    lines = [
        source.title,
        source.description,
        "",
        f"producteur  {source.producer}",
        f"page        {source.home}",
        f"licence     {source.licence} ({source.licence_url})",
        f"millésime   {source.vintage}",
        f"fréquence   {source.frequency}",
        *([f"note        {source.note}"] if source.note else []),
    ]
    for resource in source.resources:
        lines += ["", f"{source.id}/{resource.id}  {resource.format.value}  {resource.title}".rstrip()]
        lines += [f"  adresse   {address.url}" for address in resource.addresses]
        lines += [f"  miroir    {path}" for path in (resource.mirror.paths if resource.mirror else ())]
        if resource.mirror and resource.mirror.sample:
            lines.append(f"            échantillon : {resource.mirror.note}")
        lines += [f"  note      {resource.note}"] if resource.note else []
        lines += [f"  colonnes  {', '.join(resource.columns)}"] if resource.columns else []
        if told := _provenance(_store(), source.id, resource.id):
            lines.append(f"  reçue le  {told['fetched_at'][:10]}, {_size(told['size'])}, de {told['origin']}")
    typer.echo("\n".join(lines))


def _size(size: int | None) -> str:
    if size is None:
        return ""
    unit, divisor = next(
        (unit, divisor)
        for unit, divisor in (("Go", 10**9), ("Mo", 10**6), ("ko", 10**3), ("o", 1))
        if size >= divisor or divisor == 1
    )
    return f"{plain_number(round(size / divisor, 1))}{NO_BREAK_SPACE}{unit}"


def _details(one: "ResourceStatus") -> tuple[str, ...]:
    rows = "" if one.rows is None else number(one.rows)
    return (_size(one.size), rows, str(one.rejected or ""), one.frequency, one.vintage)


def _print_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _print_table(titles: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for rank, title in enumerate(titles):
        table.add_column(title, overflow="fold", no_wrap=rank == 0)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
