"""``ancrage sources``: what is declared, what is here, and how it comes."""

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.interruption import heed
from ancrage.cli.lazily import Late, lazily

if TYPE_CHECKING:
    from ancrage.sources.outcome import Outcome, SyncReport
    from ancrage.sources.snapshots import SnapshotStore

app = typer.Typer(
    cls=lazily(
        {
            "list": Late("ancrage.cli.sources_told:list_sources", "Liste les sources déclarées."),
            "show": Late(
                "ancrage.cli.sources_told:show",
                "Montre une source : d'où elle vient, ce qu'elle contient, ce qui en est déjà là.",
            ),
            "sync": Late(
                "ancrage.cli.sources:sync",
                "Synchronise des sources, depuis leurs producteurs, un miroir ou un fichier.",
            ),
            "status": Late(
                "ancrage.cli.sources_told:status", "Dit ce qui est là, de quand, et ce qui a vieilli."
            ),
            "revenir": Late(
                "ancrage.cli.sources:revenir",
                "Revient à l'instantané précédent d'une source ; le dernier est mis de côté, jamais effacé.",
            ),
            "verify": Late(
                "ancrage.cli.sources:verify",
                "Recalcule les sommes de contrôle de tout ce qui a été reçu.",
            ),
        }
    ),
    no_args_is_help=True,
)


@app.callback()
def sources() -> None:
    """Les jeux de données publics : lister, synchroniser, vérifier."""


class OutputFormat(StrEnum):
    """How a command answers."""

    TERMINAL = "terminal"
    JSON = "json"


FormatOption = Annotated[OutputFormat, typer.Option("--format", help="Présentation de la réponse.")]
IdsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help="Sources voulues ; toutes si rien n'est donné.")
]


def sync(
    ids: IdsArgument = None,
    mirror: Annotated[
        Path | None, typer.Option("--mirror", metavar="DOSSIER", help="Prendre les fichiers dans ce miroir.")
    ] = None,
    given: Annotated[
        str | None,
        typer.Option(
            "--fichier",
            metavar="FICHIER",
            help="Prendre ce fichier, ou s3://seau/fichier (Parquet, CSV, JSON ; seul, gz ou zip) "
            "pour la source nommée.",
        ),
    ] = None,
    invented: Annotated[
        bool,
        typer.Option("--fictif", help="Le fichier donné est inventé : le signaler partout où il sert."),
    ] = False,
    only: Annotated[
        str | None,
        typer.Option("--ressource", metavar="ID", help="Une seule ressource des sources nommées."),
    ] = None,
    department: Annotated[
        str | None, typer.Option("--departement", metavar="CODE", help="Département à demander à l'API.")
    ] = None,
    delay: Annotated[
        float, typer.Option("--delai", min=0.1, help="Secondes sans rien recevoir avant de réessayer.")
    ] = 60.0,
    output: FormatOption = OutputFormat.TERMINAL,
) -> None:
    """Synchronise des sources, depuis leurs producteurs, un miroir ou un fichier que vous avez."""
    from ancrage.cli.sources_progress import terminal_progress
    from ancrage.edition.door import try_to_read
    from ancrage.edition.judging import judge, judge_invented
    from ancrage.location import data_directory
    from ancrage.sources.catalogue import wanted
    from ancrage.sources.depot import brought
    from ancrage.sources.given import Given
    from ancrage.sources.synchronise import synchronise
    from ancrage.sources.transport import Timing

    if given is not None and (len(ids or ()) != 1 or mirror is not None):
        raise typer.BadParameter(
            "--fichier demande l'identifiant d'une seule source, sans --mirror : "
            "ancrage sources sync sirene-etablissements --fichier FICHIER"
        )
    if invented and given is None:
        raise typer.BadParameter("--fictif se dit d'un fichier donné : ajoutez --fichier FICHIER")
    judged = judge_invented if invented else judge
    sources = wanted(ids or ())
    with ExitStack() as stack:
        progress = stack.enter_context(terminal_progress())
        path = stack.enter_context(brought(given, data_directory())) if given is not None else None
        report = synchronise(
            sources,
            store=_store(),
            mirror=mirror,
            progress=progress,
            department=department,
            timing=Timing(read=delay),
            after=lambda _: heed(),
            door=try_to_read,
            given=Given(path, judged, fictitious=invented) if path is not None else None,
            only=only,
        )
    _print_report(report, output)
    if failure := report.failure() or _unmet(report, ids):
        raise failure


def revenir(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="Identifiant de la source.")],
    resource_id: Annotated[
        str | None, typer.Argument(metavar="[RESSOURCE]", help="Une de ses ressources ; toutes sinon.")
    ] = None,
) -> None:
    """Revient à l'instantané précédent d'une source ; le dernier est mis de côté, jamais effacé."""
    from ancrage.repairs import BuildEdition
    from ancrage.shell import command_of
    from ancrage.sources.catalogue import get_source
    from ancrage.sources.going_back import go_back

    for now in go_back(_store(), get_source(source_id), resource_id):
        told = now.provenance
        typer.echo(
            f"{told.source}/{told.resource} : instantané reçu le {told.fetched_at:%d/%m/%Y à %H:%M} UTC"
        )
    typer.echo(f"Étape suivante : {command_of(BuildEdition())}")


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
    from ancrage.location import data_directory
    from ancrage.sources.snapshots import SnapshotStore

    return SnapshotStore(data_directory())


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


def _print_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
