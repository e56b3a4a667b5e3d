"""Page of the failures: exit code, title, French meaning and what to do."""

from ancrage.errors import AncrageError

from .markdown import page, table

# The docstrings of errors.py are English; a failure missing here stops the generator (KeyError).
MEANINGS = {
    "InvalidCodeError": (
        "Le code donné ne peut pas en être un : longueur, caractères ou clé de contrôle.",
        "Relisez le code ; le message dit ce qui était attendu.",
    ),
    "InvalidDayError": (
        "Le jour donné n'est pas une date, ou pas une date possible (30 février).",
        "Écrivez-le `AAAA-MM-JJ` ou `JJ/MM/AAAA`.",
    ),
    "DayOutOfRangeError": (
        "Le jour est avant le premier millésime connu, ou dans l'avenir.",
        "Choisissez un jour dans la période que donne le message.",
    ),
    "UnknownTerritoryError": (
        "Aucun territoire ne porte ce code ou ce nom ce jour-là.",
        "Prenez l'une des suggestions, ou `ancrage territoire chercher NOM`.",
    ),
    "AmbiguousTerritoryError": (
        "Plusieurs territoires répondent : Ancrage ne choisit pas à votre place.",
        "Reprenez avec l'un des codes proposés.",
    ),
    "CeasedTerritoryError": (
        "Le code a existé mais ne désigne plus un territoire le jour demandé.",
        "Le message dit quand il a disparu et ce qui l'a remplacé : prenez ce code, ou un jour d'avant.",
    ),
    "UnknownZoningError": (
        "Aucun zonage ne porte cet identifiant.",
        "Prenez un identifiant de [la liste des zonages](zonages.md).",
    ),
    "SetDefinitionError": (
        "L'ensemble de communes que vous avez écrit (`23077+23096`, `@fichier`) ne peut pas être lu.",
        "Corrigez le fichier ou la liste ; le message dit laquelle des communes fait défaut.",
    ),
    "UnknownSourceError": (
        "Aucune source ne porte cet identifiant.",
        "Prenez un identifiant de [la liste des sources](sources.md).",
    ),
    "SourceUnavailableError": (
        "Le producteur, ou le miroir, ne donne pas le fichier (404, 429, 500, silence, coupure).",
        "Réessayez plus tard : un téléchargement coupé reprend où il s'était arrêté. "
        "Sinon, prenez un miroir (`--mirror`).",
    ),
    "SourceContentError": (
        "Ce qui a été reçu n'est pas la donnée attendue : tronqué, autre encodage, colonne absente, "
        "page web, fichier vide ou altéré.",
        "Reprenez la source ; si cela dure, le producteur a changé son fichier : signalez-le.",
    ),
    "MissingSourceError": (
        "Il faut une source qui n'a jamais été synchronisée.",
        "Lancez la commande que donne le message (`ancrage sources sync …`).",
    ),
    "StorageError": (
        "Le disque est plein, protégé en écriture, ou le dossier de données ne peut pas servir.",
        "Libérez de la place, ou désignez un autre dossier par `ANCRAGE_DATA`.",
    ),
    "BusyError": (
        "Une autre commande écrit les mêmes données.",
        "Attendez qu'elle finisse, puis recommencez.",
    ),
    "InterruptedOperationError": (
        "Vous, ou le système, avez demandé l'arrêt. Rien de publié n'a été touché.",
        "Relancez la même commande.",
    ),
    "BuildError": (
        "Une édition n'a pas passé ses contrôles : elle n'est pas publiée, la précédente reste en vigueur.",
        "Le message dit quelle table et quel contrôle ; reprenez la source en cause, puis reconstruisez.",
    ),
    "NoEditionError": (
        "Aucune édition de l'entrepôt ne peut être lue.",
        "Suivez la commande que donne le message.",
    ),
    "CatalogueError": (
        "Un fichier de déclaration (le vôtre, ou un d'Ancrage) est mal écrit.",
        "Corrigez la clé que nomme le message.",
    ),
    "RuleError": (
        "Une règle (condition ou montant) n'est pas écrite dans le langage des règles.",
        "Corrigez à la ligne et à la colonne que donne le message.",
    ),
    "FactError": (
        "Un fait n'existe pas, ou la valeur donnée n'est pas de celles qu'il peut prendre.",
        "Voyez `ancrage aides faits`.",
    ),
    "UnknownAidError": (
        "Aucune aide du catalogue n'a cet identifiant.",
        "Prenez un de ceux que propose le message.",
    ),
    "ImportFileError": (
        "Un fichier d'aides à importer ne peut pas être lu.",
        "Corrigez à la ligne que nomme le message ; rien n'a été importé.",
    ),
    "UnknownParameterError": (
        "Un paramètre n'existe pas, ou sa valeur n'est pas un nombre possible.",
        "Prenez un de ceux que propose le message.",
    ),
}


def known_errors() -> list[type[AncrageError]]:
    """Every failure, in the order of its exit code."""
    return sorted(AncrageError.__subclasses__(), key=lambda error: error.exit_code)


def errors_page() -> str:
    """The page, one row a failure."""
    rows = [
        (str(error.exit_code), error.title, *MEANINGS[error.__name__], f"`{error.__name__}`")
        for error in known_errors()
    ]
    return page(
        "Erreurs et codes de sortie",
        "Une commande qui échoue écrit une phrase et ce qu'il faut faire, sur la sortie d'erreur, et se "
        "termine par un code qui ne sert qu'à cette sorte d'échec. Le code 0 est un succès ; 1 une panne du "
        "programme lui-même, à signaler ; 2 une commande mal écrite (option inconnue, argument absent).",
        [table(("code", "titre", "ce que cela veut dire", "que faire", "classe"), rows)],
    )
