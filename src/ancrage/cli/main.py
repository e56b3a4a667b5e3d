"""Entry of the command ``ancrage``: mounts the groups, turns every failure into one French sentence.

A command is loaded when it is typed, and imports what it needs inside its own functions: ``ancrage --help``
must answer at once.
"""

import os
import sys
from typing import Annotated

import typer

from ancrage import __version__
from ancrage.cli.french import french_refusal, speak_french
from ancrage.cli.interruption import asked, deafen, listen
from ancrage.cli.lazily import Late, lazily
from ancrage.errors import AncrageError, InterruptedOperationError, StorageError
from ancrage.shell import sentence

COMMANDS = {
    "diagnostic": Late(
        "ancrage.cli.diagnostic:diagnostic",
        "Diagnostique un territoire un jour donné : limites, zonages, tissu de l'ESS, comparaisons, sources.",
        brief=True,
    ),
    "comparer": Late(
        "ancrage.cli.comparer:comparer",
        "Met jusqu'à quatre territoires côte à côte : zonages, tissu de l'ESS, aides, outils.",
    ),
    "chercher": Late(
        "ancrage.cli.chercher:chercher",
        "Cherche partout : territoires, structures, aides, leviers, outils, monographies, glossaire.",
    ),
    "structures": Late(
        "ancrage.cli.structures:structures",
        "Liste les structures de l'ESS et de l'insertion d'un territoire, avec leurs filtres.",
    ),
    "nouveautes": Late(
        "ancrage.cli.nouveautes:nouveautes",
        "Dit ce qui a changé dans un territoire depuis un jour : zonages, structures, aides.",
    ),
    "couverture": Late(
        "ancrage.cli.couverture:couverture",
        "Dit quel accompagnement couvre un territoire, les zones blanches, et où ouvrir.",
    ),
    "marches": Late(
        "ancrage.cli.marches:app",
        "Dit ce que les acheteurs publics achètent vraiment : parts de l'ESS, clauses, réserves, données.",
    ),
    "contacts": Late(
        "ancrage.cli.contacts:contacts",
        "Dit qui peut aider dans un territoire : nom, téléphone, distance, jour de la source.",
    ),
    "leviers": Late(
        "ancrage.cli.leviers:leviers",
        "Recommande les leviers et outils d'une collectivité : par où commencer, pourquoi, sur quel texte.",
    ),
    "achats": Late(
        "ancrage.cli.achats:achats",
        "Dit pour un achat public la procédure, ce qu'on peut réserver, ce qu'on doit, qui peut répondre.",
    ),
    "portrait": Late(
        "ancrage.cli.portrait:portrait",
        "Fait le portrait de l'ESS d'un territoire, et l'article, l'affiche, le communiqué qu'on en tire.",
    ),
    "foncier": Late(
        "ancrage.cli.foncier:foncier",
        "Mène d'un besoin de local ou de terrain aux outils et aux textes, une question après l'autre.",
    ),
    "lots": Late(
        "ancrage.cli.achats:lots",
        "Découpe un achat en lots que les structures autour peuvent porter, seules ou ensemble.",
    ),
    "trousse": Late(
        "ancrage.cli.achats:trousse",
        "Écrit les pièces d'un achat, à modifier : questionnaire, réserve, clause, critères, lots, lettre.",
    ),
    "spaser": Late(
        "ancrage.cli.achats:spaser",
        "Écrit un schéma des achats responsables (SPASER), à modifier, avec ses indicateurs.",
    ),
    "survie": Late(
        "ancrage.cli.survie:survie",
        "Dit combien de temps durent les structures : courbes de survie, intervalles, comparaison.",
    ),
    "dynamiques": Late(
        "ancrage.cli.dynamiques:dynamiques",
        "Cherche les dynamiques collectives à explorer : activités, voisins, structures à réunir.",
    ),
    "panel": Late(
        "ancrage.cli.panel:panel",
        "Choisit dans une liste longue le panel le plus divers qui tient des quotas, avec la preuve.",
    ),
    "zonage": Late(
        "ancrage.cli.zonage:zonage",
        "Donne le verdict d'un zonage pour chaque commune d'un jour.",
    ),
    "veille": Late(
        "ancrage.cli.veille:veille",
        "Compte des termes, année par année, dans un corpus de textes.",
    ),
    "serve": Late(
        "ancrage.cli.serve:serve",
        "Ouvre le site et l'API sur cette machine, et fait les travaux de fond ; Ctrl-C l'arrête.",
    ),
    "sauvegarde": Late(
        "ancrage.cli.sauvegarde:sauvegarde",
        "Sauvegarde la base de travail dans un fichier, qu'elle soit SQLite ou PostgreSQL, et la relit.",
    ),
    "restauration": Late(
        "ancrage.cli.sauvegarde:restauration",
        "Remet une sauvegarde dans la base de travail, sur SQLite ou PostgreSQL, tout ou rien.",
    ),
    "territoire": Late(
        "ancrage.cli.territoire:app",
        "Chercher et montrer un territoire.",
    ),
    "aides": Late(
        "ancrage.cli.aides:app",
        "Les aides : lesquelles, combien, pourquoi, et quoi demander encore.",
    ),
    "sources": Late(
        "ancrage.cli.sources:app",
        "Les jeux de données publics : lister, synchroniser, vérifier.",
    ),
    "entrepot": Late(
        "ancrage.cli.entrepot:app",
        "L'entrepôt : construire, voir son état, revenir en arrière.",
    ),
    "grille": Late(
        "ancrage.cli.grille:app",
        "La grille de pérennité : juger une structure sur quinze critères.",
    ),
    "financement": Late(
        "ancrage.cli.financement:app",
        "Le plan de financement : vérifier qu'il tient, que les aides s'ajoutent, que la caisse suit.",
    ),
    "contrat-impact": Late(
        "ancrage.cli.contrat_impact:app",
        "Le contrat à impact : simuler ce qu'il paie, son rendement, qui porte le risque.",
    ),
    "scic": Late(
        "ancrage.cli.scic:app",
        "Le capital d'une SCIC : simuler une entrée, ce qu'une collectivité peut apporter.",
    ),
    "monographies": Late(
        "ancrage.cli.monographies:app",
        "Les cas de l'étude et les vôtres : lire, chercher, comparer.",
    ),
    "cas": Late(
        "ancrage.cli.cas:app",
        "Ce que font d'autres territoires : les cas publiés, ceux de territoires semblables.",
    ),
    "textes": Late(
        "ancrage.cli.textes:app",
        "Les articles cités : ceux qui ont changé, ceux qui changent demain.",
    ),
    "atelier": Late(
        "ancrage.cli.journal:app",
        "Ce que les personnes écrivent : vérifier que rien n'en a été perdu ni changé.",
    ),
    "alertes": Late(
        "ancrage.cli.alertes:app",
        "Les alertes : relire ce qui est suivi, envoyer ce qui est dû, dire ce qui est en retard.",
    ),
    "besoins": Late(
        "ancrage.cli.besoins:app",
        "Les demandes d'appui : ce qui manque tel qu'on le vit, les rappels dus.",
    ),
    "travaux": Late(
        "ancrage.cli.travaux:app",
        "Les travaux de fond du site : voir, purger.",
    ),
}
app = typer.Typer(
    name="ancrage",
    cls=lazily(COMMANDS),
    help="Ancrage : où en est votre territoire, ce jour-là, sur données ouvertes et sourcées.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


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


# Pydantic looks for plugins in every package installed: a command has none, and would pay for the search.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
INTERRUPTED = 130
"""What Typer gives back in place of the interruption it caught."""


def main() -> None:
    """Run a command; leave with the exit code of its failure, never with a traceback for a mistake."""
    listen()
    try:
        _run()
    except SystemExit:
        raise
    except BaseException as error:
        if asked() or isinstance(error, KeyboardInterrupt):
            deafen()
            _fail(_interrupted())
        _leave(error)


def _run() -> None:
    command = typer.main.get_command(app)
    speak_french(command)
    code = command.main(prog_name="ancrage", standalone_mode=False)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    sys.stdout.flush()  # here, what refuses it is told in a sentence
    sys.exit(code if isinstance(code, int) else 0)


def _interrupted() -> AncrageError:
    return InterruptedOperationError(
        "L'opération a été interrompue.", "Rien de publié n'a été touché ; relancez la même commande."
    )


def _leave(failure: BaseException) -> None:
    """Leave with what a failure deserves; one nobody foresaw is shown whole."""
    try:
        raise failure
    except AncrageError as error:
        _fail(error)
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
    if told := sentence(error.hint, error.repairs):
        print(f"  → {told}", file=sys.stderr)
    sys.exit(error.exit_code)


def _fail_on_usage(error: Exception) -> None:
    """Typer's own refusals (unknown option, missing argument) carry ``format_message`` and an exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error)
        sys.exit(0)
    if not hasattr(error, "format_message"):
        raise error
    print(f"Commande mal écrite : {french_refusal(error)}", file=sys.stderr)
    print("  → Voyez l'aide : ajoutez --help à la commande.", file=sys.stderr)
    sys.exit(int(getattr(error, "exit_code", 2)))
