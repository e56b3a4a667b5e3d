"""Entry of the command ``ancrage``: mounts the groups, turns every failure into one French sentence.

Commands import what they need inside their own functions: ``ancrage --help`` must answer at once.
"""

import os
import sys
from typing import Annotated

import typer

from ancrage import __version__
from ancrage.cli import aides, entrepot, grille, monographies, sources, territoire, travaux
from ancrage.cli.chercher import chercher
from ancrage.cli.couverture import couverture
from ancrage.cli.diagnostic import diagnostic
from ancrage.cli.dynamiques import dynamiques
from ancrage.cli.french import french_help, french_refusal, speak_french
from ancrage.cli.interruption import listen
from ancrage.cli.leviers import leviers
from ancrage.cli.panel import panel
from ancrage.cli.sauvegarde import restauration, sauvegarde
from ancrage.cli.serve import serve
from ancrage.cli.structures import structures
from ancrage.cli.survie import survie
from ancrage.cli.veille import veille
from ancrage.cli.zonage import zonage
from ancrage.errors import AncrageError, InterruptedOperationError, StorageError

app = typer.Typer(
    name="ancrage",
    help="Ancrage : où en est votre territoire, ce jour-là, sur données ouvertes et sourcées.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.command("diagnostic")(diagnostic)
app.command("chercher")(chercher)
app.command("structures")(structures)
app.command("couverture")(couverture)
app.command("leviers")(leviers)
app.command("survie")(survie)
app.command("dynamiques")(dynamiques)
app.command("panel")(panel)
app.command("zonage")(zonage)
app.command("veille")(veille)
app.command("serve")(serve)
app.command("sauvegarde")(sauvegarde)
app.command("restauration")(restauration)
app.add_typer(territoire.app, name="territoire", help="Chercher et montrer un territoire.")
app.add_typer(
    aides.app, name="aides", help="Les aides : lesquelles, combien, pourquoi, et quoi demander encore."
)
app.add_typer(
    sources.app, name="sources", help="Les jeux de données publics : lister, synchroniser, vérifier."
)
app.add_typer(
    entrepot.app, name="entrepot", help="L'entrepôt : construire, voir son état, revenir en arrière."
)
app.add_typer(
    grille.app, name="grille", help="La grille de pérennité : juger une structure sur quinze critères."
)
app.add_typer(
    monographies.app, name="monographies", help="Les cas de l'étude et les vôtres : lire, chercher, comparer."
)
app.add_typer(travaux.app, name="travaux", help="Les travaux de fond du site : voir, purger.")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ancrage {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Affiche la version.")
    ] = False,
) -> None:
    """Options communes à toutes les commandes."""


INTERRUPTED = 130
"""What Typer gives back in place of the interruption it caught."""


def main() -> None:
    """Run a command; leave with the exit code of its failure, never with a traceback for a mistake."""
    listen()
    try:
        command = typer.main.get_command(app)
        speak_french(command)
        code = command.main(prog_name="ancrage", standalone_mode=False)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code if isinstance(code, int) else 0)
    except AncrageError as error:
        _fail(error)
    except KeyboardInterrupt:
        _fail(
            InterruptedOperationError(
                "L'opération a été interrompue.", "Rien de publié n'a été touché ; relancez la même commande."
            )
        )
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _fail(_refused_by_the_system(error))
    except typer.Exit as leaving:
        sys.exit(leaving.exit_code)
    except Exception as error:
        _fail_on_usage(error)


def _refused_by_the_system(error: OSError) -> AncrageError:
    from ancrage.declarations.system import reason_of

    if error.filename is None:
        # What could not be written must not be tried again when Python closes the standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    where = f"« {error.filename} »" if error.filename else "la sortie standard"
    return StorageError(
        f"Le système refuse une opération sur {where} ({reason_of(error)}).",
        "Vérifiez ce chemin et la place du disque, puis relancez.",
    )


def _fail(error: AncrageError) -> None:
    print(f"{error.title} : {error.message}", file=sys.stderr)
    if error.hint:
        print(f"  → {error.hint}", file=sys.stderr)
    sys.exit(error.exit_code)


def _fail_on_usage(error: Exception) -> None:
    """Typer's own refusals (unknown option, missing argument) carry ``format_message`` and an exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(french_help(str(error)))
        sys.exit(0)
    describe = getattr(error, "format_message", None)
    if describe is None:
        raise error
    print(f"Commande mal écrite : {french_refusal(describe())}", file=sys.stderr)
    print("  → Voyez l'aide : ajoutez --help à la commande.", file=sys.stderr)
    sys.exit(int(getattr(error, "exit_code", 2)))
