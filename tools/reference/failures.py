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
    "UnknownAddressError": (
        "Le service national d'adresses ne connaît pas cette adresse, ou n'en reconnaît que la commune.",
        "Prenez le numéro, la rue et la commune, ou donnez un point (longitude, latitude).",
    ),
    "AmbiguousAddressError": (
        "Plusieurs lieux peuvent être cette adresse, ou le seul trouvé lui ressemble peu : Ancrage ne "
        "choisit pas à votre place.",
        "Prenez l'une des adresses proposées.",
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
    "StaleVersionError": (
        "Quelqu'un a changé ce texte depuis que le formulaire a été ouvert : rien n'est écrasé.",
        "Comparez les deux textes côte à côte, puis enregistrez ce qui convient.",
    ),
    "RetiredError": (
        "Ce qui a été retiré de l'atelier ne se change plus.",
        "Créez-en un nouveau ; le retiré reste lisible dans l'historique.",
    ),
    "UnknownObjectError": (
        "Aucun objet de cet atelier ne porte cet identifiant.",
        "Reprenez depuis la page de l'atelier.",
    ),
    "NotAllowedError": (
        "La personne demande ce que son rôle ne permet pas ; le message dit pourquoi, et qui le peut.",
        "Demandez-le à l'une des personnes nommées, ou un rôle au porteur de l'atelier.",
    ),
    "OrganisationError": (
        "Une organisation ne peut pas être choisie : code faux, fermée, sans nom.",
        "Vérifiez son SIREN ou son SIRET, ou donnez son nom et sa nature.",
    ),
    "MembershipError": (
        "Une appartenance ne peut pas être : jours qui se recouvrent, déjà finie, confirmée par soi-même.",
        "Voyez les membres de l'organisation, et leurs jours.",
    ),
    "InvitationError": (
        "Une invitation a servi, est retirée, est passée, ou n'a jamais été faite.",
        "Demandez-en une autre à la personne qui invite.",
    ),
    "RoleError": (
        "Un rôle ne peut être donné ou retiré : un atelier a toujours un porteur.",
        "Donnez d'abord le rôle de porteur à une autre organisation.",
    ),
    "IntroductionError": (
        "Un lien de mise en relation est faux, expiré ou déjà utilisé, ou la demande ne peut pas être faite.",
        "Suivez le message : il dit jusqu'à quand on pouvait répondre, ou ce qui manque à la demande.",
    ),
    "AlertError": (
        "Un lien d'alerte est faux ou expiré, ou une alerte ne peut pas être demandée.",
        "Redemandez l'alerte depuis la page à suivre.",
    ),
    "NeedError": (
        "Une demande d'appui ne peut pas être faite, ou le lien qui y répond est faux, expiré ou a servi.",
        "Copiez l'adresse entière du message, ou refaites la demande.",
    ),
    "EngineError": (
        "Spark ne peut pas tourner ici (pyspark ou Java absent, adresse muette), ou une machine a échoué.",
        "Installez ce que dit le message, ou reprenez sans `--moteur spark` ; rien n’a changé.",
    ),
    "DrawingError": (
        "Ce qui dessine les graphiques s’est arrêté deux fois de suite, ou a pris trop de temps.",
        "Recommencez ; si cela dure, regardez le journal et la mémoire de la machine.",
    ),
    "MailError": (
        "Le serveur de messagerie ne répond pas, ou refuse le message.",
        "Vérifiez `ANCRAGE_SMTP` et l'adresse, puis recommencez.",
    ),
    "BrokenJournalError": (
        "Le journal de ce que les personnes écrivent ne se suit plus, ou la base dit autre chose que lui.",
        "Gardez une copie de la base, puis restaurez la dernière sauvegarde ; `ancrage atelier verifier` "
        "dit la première ligne rompue.",
    ),
    "ForbiddenStateError": (
        "L'action ne peut pas passer de son état à celui demandé, ou pas sans motif.",
        "Prenez l'un des changements que propose sa page ; abandonner, bloquer ou écarter demande un motif.",
    ),
    "UnsafeFileError": (
        "L'antivirus de l'installation reconnaît le fichier donné : il n'est ni lu ni gardé.",
        "Prévenez qui l'a donné ; choisissez-en un autre.",
    ),
    "ScannerUnavailableError": (
        "L'antivirus de l'installation (`ANCRAGE_ANTIVIRUS`) ne répond pas : aucun fichier n'est accepté.",
        "Relancez `clamd` ; `/sante` dit s'il répond.",
    ),
    "WorkspaceFileError": (
        "Le fichier à importer n'est pas l'export d'un atelier, ou il est abîmé.",
        "Prenez un export JSON fait par Ancrage ; rien n'a été écrit.",
    ),
    "InvalidQuestionError": (
        "Une question porte des valeurs que ses champs ne peuvent pas prendre ; toutes sont dites à la fois.",
        "Corrigez chaque valeur nommée : le message dit ce qui est attendu.",
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
    "LawCopyError": (
        "Le dossier donné n'est pas une copie des codes, ou git ne peut pas la lire.",
        "Donnez le dossier d'un dépôt git des codes, entier.",
    ),
    "UnknownParameterError": (
        "Un paramètre n'existe pas, ou sa valeur n'est pas un nombre possible.",
        "Prenez un de ceux que propose le message.",
    ),
    "UnknownLeverError": (
        "Aucun levier ni outil ne porte ce numéro ou cet identifiant, ou l'autorité demandée n'existe pas.",
        "Prenez un numéro de la liste que donne le message.",
    ),
    "PurchaseError": (
        "Un achat ne peut pas être lu : code CPV qui n'existe pas ou dont la clé est fausse, montant sans "
        "unité ou avec taxes, acheteur qui n'est pas un pouvoir adjudicateur.",
        "Écrivez ce que propose le message.",
    ),
    "GridFileError": (
        "Le fichier d'évaluations ne peut pas être lu : version inconnue, critère absent, niveau hors de "
        "1 à 5, deux évaluations le même jour par le même rôle.",
        "Corrigez le fichier à la ligne que donne le message ; rien n'a été modifié.",
    ),
    "FinancingFileError": (
        "Le plan de financement, le contrat à impact, le capital ou les comptes ne peuvent pas être lus : "
        "montant négatif ou à trois décimales, taux de plus de 100 %, jours inversés, versement au-dessus de "
        "ce qui est accordé.",
        "Corrigez la ligne ou la cellule que donne le message ; rien n'a été modifié.",
    ),
    "SurvivalError": (
        "La survie ne peut pas être calculée sur ces données, ou pas selon ce qui est demandé.",
        "Le message dit ce qui manque et la commande qui l'apporte.",
    ),
    "PanelFileError": (
        "La longue liste des structures, ou les quotas, ne peuvent pas être lus.",
        "Corrigez la ligne que donne le message.",
    ),
    "ImpossibleQuotaError": (
        "Aucun choix ne satisfait les quotas demandés.",
        "Le message donne le plus petit ensemble de quotas à relâcher, et jusqu'où.",
    ),
    "UnknownCaseError": (
        "Aucun cas ne porte cet identifiant, ou son atelier l'a retiré.",
        "Voyez ceux qui sont publiés : `ancrage cas lister`.",
    ),
    "MonographError": (
        "La monographie ne peut pas être lue, ou aucune ne répond.",
        "Corrigez l'en-tête au champ que donne le message.",
    ),
    "SupportFileError": (
        "L'annuaire des lieux d'accompagnement ne peut pas être lu.",
        "Donnez un CSV, un GeoJSON ou un JSON au schéma data.inclusion.",
    ),
    "SitingError": (
        "Les ouvertures demandées ne peuvent pas être calculées : trop de sites, aucun site, "
        "personne à servir.",
        "Changez le nombre de sites ou le territoire ; le message dit les bornes.",
    ),
    "DynamicsError": (
        "Les dynamiques collectives ne peuvent pas être calculées sur ces données.",
        "Le message dit ce qui manque et la commande qui l'apporte.",
    ),
    "CorpusError": (
        "Le corpus ne peut pas être lu, ou ne contient rien à compter.",
        "Le message dit quels fichiers ont été écartés, et pourquoi.",
    ),
    "DirectoryQueryError": (
        "L'annuaire est interrogé avec une valeur qu'il ne connaît pas : famille, activité, rayon, curseur…",
        "Le message dit toutes les valeurs refusées et ce qui est possible.",
    ),
    "UnknownStructureError": (
        "Aucune structure de l'annuaire ne porte ce SIRET.",
        "Vérifiez-le, ou cherchez la structure par son nom.",
    ),
    "UnknownBuyerError": (
        "Aucun marché de cet acheteur n'est dans les données lues, ou aucune donnée n'en est synchronisée.",
        "Cherchez l'acheteur par son nom, ou synchronisez les données essentielles de la commande publique.",
    ),
    "CursorError": (
        "Un curseur de page n'a pas été donné par l'API, ou pas pour cette question.",
        "Reprenez la liste sans curseur, puis suivez `next` de page en page.",
    ),
    "UnknownTaskError": (
        "Aucun travail de fond ne porte cet identifiant (il est gardé un jour), ou cette sorte n'existe pas.",
        "Voyez `ancrage travaux`, ou lancez-le de nouveau.",
    ),
    "TaskQueueFullError": (
        "Trop de travaux attendent déjà.",
        "Réessayez quand quelques-uns seront finis.",
    ),
    "BackupError": (
        "La sauvegarde ne peut pas être écrite, relue ou restaurée : fichier abîmé, version inconnue, "
        "base déjà remplie.",
        "Suivez le message ; rien n'a été remplacé.",
    ),
    "DatabaseUnavailableError": (
        "La base de travail (SQLite ou PostgreSQL) ne répond pas.",
        "Vérifiez `DATABASE_URL` et que la base est lancée.",
    ),
    "SiteFilesError": (
        "Un style ou un script livré avec le site manque : ses pages ne peuvent être montrées.",
        "Réinstallez cette version d'Ancrage ; l'API et la ligne de commande répondent sans ces fichiers.",
    ),
    "ShareError": (
        "Un même visiteur a déjà, du serveur, tout ce qu'un visiteur peut prendre.",
        "Attendez que l'un de vos travaux finisse, ou annulez-en un.",
    ),
    "ForeignOriginError": (
        "Un formulaire du site a été envoyé par une page d'un autre site.",
        "Reprenez depuis les pages d'Ancrage.",
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
