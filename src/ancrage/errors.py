"""Every failure a person may meet: one French sentence, what to do next, and an exit code of its own.

The message says what was received; the hint says what is possible or what to do, in words for everybody:
no command, no option. ``repairs`` say the rest as data, which each face words its own way. The command line
prints all, without a traceback, and ends with ``exit_code``. Codes 1 and 2 are left to Python and to
the option parser; the table in docs/reference/erreurs.md is generated from this file.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from ancrage.language.days import short_day
from ancrage.language.typography import capitalised
from ancrage.repairs import AskDay, ChooseAmong, InstallAgain, Repair, Search


class Choice(NamedTuple):
    """Something a person may have meant: what designates it, and how it is shown."""

    code: str
    label: str


class Difference(NamedTuple):
    """A field that two people wrote: its name and label, what one asks, what the other wrote meanwhile."""

    name: str
    label: str
    mine: object
    theirs: object


class AncrageError(Exception):
    """Base of all failures shown to a person.

    ``query`` is what was typed and ``choices`` what it may mean, when the person is to choose. ``places``:
    each fault of what was given, as the path of its part and its sentence, told by a form beside its field.
    """

    exit_code: ClassVar[int] = 1
    title: ClassVar[str] = "Erreur"
    query: str = ""
    choices: tuple[Choice, ...] = ()
    places: tuple[tuple[tuple[str | int, ...], str], ...] = ()

    def __init__(self, message: str, hint: str = "", *repairs: Repair) -> None:
        self.message = message
        self.hint = hint
        self.repairs = repairs
        super().__init__(f"{message} {hint}".strip())

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by state, so that a worker process can raise any of these to its parent."""
        return (_rebuild, (type(self), self.message, self.hint, *self.repairs))


def _rebuild(kind: type[AncrageError], message: str, hint: str, *repairs: Repair) -> AncrageError:
    error = kind.__new__(kind)
    AncrageError.__init__(error, message, hint, *repairs)
    return error


def _among(choices: Sequence[Choice]) -> ChooseAmong:
    return ChooseAmong(tuple(choice.code for choice in choices))


class InvalidCodeError(AncrageError):
    """A code that cannot be one: wrong length, wrong key."""

    exit_code = 10
    title = "Code invalide"

    def __init__(self, kind: str, value: object, expected: str) -> None:
        super().__init__(f"« {value} » n'est pas un code {kind} valide.", f"Attendu : {expected}.")


class InvalidDayError(AncrageError):
    """A day that is not one, or not written as expected."""

    exit_code = 11
    title = "Date invalide"

    def __init__(self, value: object) -> None:
        super().__init__(
            f"« {value} » n'est pas une date.",
            "Écrivez-la AAAA-MM-JJ, par exemple 2021-03-31, ou JJ/MM/AAAA.",
        )


class DayOutOfRangeError(AncrageError):
    """A day before the first known vintage, or in the future."""

    exit_code = 12
    title = "Date hors des données connues"

    def __init__(self, on: date, first: date, last: date) -> None:
        super().__init__(
            f"Le {short_day(on)} est hors de la période connue.",
            f"Choisissez un jour entre le {short_day(first)} et le {short_day(last)}.",
            AskDay(),
        )


class UnknownTerritoryError(AncrageError):
    """No territory answers to this code or name on this day."""

    exit_code = 13
    title = "Territoire inconnu"

    def __init__(self, query: str, choices: Sequence[Choice] = ()) -> None:
        self.query, self.choices = query, tuple(choices)
        message = f"Aucun territoire ne répond à « {query} »."
        if self.choices:
            labels = " ; ".join(choice.label for choice in self.choices)
            super().__init__(message, f"Vouliez-vous dire : {labels} ?", _among(self.choices))
        else:
            super().__init__(message, "Cherchez-le par son nom.", Search("territory"))


class AmbiguousTerritoryError(AncrageError):
    """Several territories answer; the person must choose."""

    exit_code = 14
    title = "Territoire ambigu"

    def __init__(
        self,
        query: str,
        choices: Sequence[Choice],
        why: str = "désigne plusieurs territoires",
    ) -> None:
        self.query, self.choices = query, tuple(choices)
        labels = " ; ".join(choice.label for choice in self.choices)
        super().__init__(f"« {query} » {why}.", f"Précisez le code : {labels}.", _among(self.choices))


class CeasedTerritoryError(AncrageError):
    """A code, or a name, that existed and no longer does on the day asked; ``choices``: what it became."""

    exit_code = 15
    title = "Territoire disparu"

    def __init__(
        self, message: str, hint: str, *repairs: Repair, query: str = "", choices: Sequence[Choice] = ()
    ) -> None:
        self.query, self.choices = query, tuple(choices)
        super().__init__(message, hint, *repairs)


class UnknownZoningError(AncrageError):
    """No zoning has this identifier."""

    exit_code = 16
    title = "Zonage inconnu"

    def __init__(self, zoning: str, known: Sequence[str]) -> None:
        super().__init__(
            f"Le zonage « {zoning} » n'est pas connu.",
            "Zonages connus : " + ", ".join(known) + ".",
            ChooseAmong(tuple(known)),
        )


class UnknownAddressError(AncrageError):
    """The address service knows no such address, or only its commune, ``city``."""

    exit_code = 18
    title = "Adresse inconnue"

    def __init__(self, typed: str, city: str = "", *repairs: Repair) -> None:
        told = (
            f"ne reconnaît dans « {typed} » que la commune {city}" if city else f"ne connaît pas « {typed} »"
        )
        hint = "Écrivez le numéro, la rue et la commune, ou donnez un point (longitude, latitude)."
        super().__init__(f"Le service national d'adresses {told}.", hint, *repairs)


class AmbiguousAddressError(AncrageError):
    """Several places may be the address, or one that is little like it; the person must choose."""

    exit_code = 19
    title = "Adresse à préciser"

    def __init__(self, typed: str, choices: Sequence[Choice]) -> None:
        self.query, self.choices = typed, tuple(choices)
        labels = " ; ".join(choice.label for choice in self.choices)
        super().__init__(
            f"« {typed} » n'est pas une adresse sûre : laquelle est-ce ?",
            f"Précisez : {labels}.",
            _among(self.choices),
        )


class UnknownSourceError(AncrageError):
    """No source has this identifier."""

    exit_code = 20
    title = "Source inconnue"

    def __init__(self, source: str, known: Sequence[str]) -> None:
        super().__init__(
            f"La source « {source} » n'est pas déclarée.",
            "Sources connues : " + ", ".join(known) + ".",
            ChooseAmong(tuple(known)),
        )


class SourceUnavailableError(AncrageError):
    """The producer or the mirror does not give the file."""

    exit_code = 21
    title = "Source inaccessible"


class SourceContentError(AncrageError):
    """What was received is not the data expected: truncated, wrong encoding, missing column, web page."""

    exit_code = 22
    title = "Contenu inattendu"


class MissingSourceError(AncrageError):
    """A command needs a source that was never synchronised."""

    exit_code = 23
    title = "Source non synchronisée"


class StorageError(AncrageError):
    """The disk is full, read-only, or the data folder cannot be used."""

    exit_code = 24
    title = "Écriture impossible"


class BusyError(AncrageError):
    """Another process is writing the same data."""

    exit_code = 25
    title = "Opération déjà en cours"


class InterruptedOperationError(AncrageError):
    """The person or the system asked to stop; nothing published was touched."""

    exit_code = 26
    title = "Opération interrompue"


class BuildError(AncrageError):
    """A warehouse build failed a check: the previous edition stays in place."""

    exit_code = 30
    title = "Construction refusée"


class EngineError(AncrageError):
    """The engine chosen cannot run here, or stopped: nothing is changed."""

    exit_code = 100
    title = "Moteur refusé"


class NoEditionError(AncrageError):
    """No edition of the warehouse can be read."""

    exit_code = 31
    title = "Entrepôt absent"


class CatalogueError(AncrageError):
    """A declaration file of the project itself is wrong."""

    exit_code = 32
    title = "Catalogue invalide"


class SetDefinitionError(AncrageError):
    """A set of communes written by the person cannot be read."""

    exit_code = 17
    title = "Ensemble invalide"


class RuleError(AncrageError):
    """A rule is not written in the language of rules."""

    exit_code = 40
    title = "Règle invalide"

    def __init__(self, why: str, *, line: int, column: int, excerpt: str, suggestion: str) -> None:
        self.line, self.column = line, column
        super().__init__(
            f"Ligne {line}, colonne {column}, à « {excerpt} » : {why}.",
            capitalised(suggestion) + ".",
        )


class FactError(AncrageError):
    """A fact was given a value it cannot have, or does not exist."""

    exit_code = 41
    title = "Fait invalide"


class UnknownAidError(AncrageError):
    """No aid of the catalogue has this identifier."""

    exit_code = 42
    title = "Aide inconnue"


class ImportFileError(AncrageError):
    """A file of aids to import cannot be read."""

    exit_code = 43
    title = "Fichier d'aides illisible"


class UnknownParameterError(AncrageError):
    """A parameter does not exist, or cannot take the value given."""

    exit_code = 44
    title = "Paramètre invalide"


class UnknownLeverError(AncrageError):
    """No lever or tool has this number or identifier, or no such authority exists."""

    exit_code = 45
    title = "Levier inconnu"


class GridFileError(AncrageError):
    """A file of assessments cannot be read: unknown version, missing criterion, level out of range."""

    exit_code = 50
    title = "Grille invalide"


class FinancingFileError(AncrageError):
    """A financing plan, an impact contract, a capital table or accounts cannot be read; faults are listed."""

    exit_code = 59
    title = "Plan ou contrat invalide"


class SurvivalError(AncrageError):
    """Survival cannot be worked out from the data at hand, or not by what was asked."""

    exit_code = 51
    title = "Survie incalculable"


class PanelFileError(AncrageError):
    """A long list of structures, or its quotas, cannot be read."""

    exit_code = 52
    title = "Liste ou quotas invalides"


class ImpossibleQuotaError(AncrageError):
    """No choice satisfies the quotas; the hint names the smallest set to relax."""

    exit_code = 53
    title = "Quotas impossibles"


class MonographError(AncrageError):
    """A monograph cannot be read, or none answers."""

    exit_code = 54
    title = "Monographie invalide"


class UnknownCaseError(AncrageError):
    """No case has this identifier, or it is published no more."""

    exit_code = 63
    title = "Cas introuvable"


class SupportFileError(AncrageError):
    """A directory of support places cannot be read."""

    exit_code = 55
    title = "Annuaire d'accompagnement illisible"


class SitingError(AncrageError):
    """Openings asked cannot be worked out: none or too many sites, nobody to serve."""

    exit_code = 56
    title = "Ouvertures incalculables"


class DynamicsError(AncrageError):
    """Collective dynamics cannot be worked out from the data at hand."""

    exit_code = 57
    title = "Dynamiques incalculables"


class CorpusError(AncrageError):
    """A corpus of texts cannot be read, or holds nothing to count."""

    exit_code = 58
    title = "Corpus illisible"


class DirectoryQueryError(AncrageError):
    """The directory of structures is asked with values it does not know; all of them are listed at once."""

    exit_code = 61
    title = "Recherche impossible dans l'annuaire"


class UnknownStructureError(AncrageError):
    """No structure of the directory has this SIRET."""

    exit_code = 62
    title = "Structure inconnue"


class UnknownBuyerError(AncrageError):
    """No contract of this buyer was read, or no essential data of contracts was synchronised."""

    exit_code = 47
    title = "Acheteur inconnu"


class CursorError(AncrageError):
    """A cursor that the API did not give, or not for this question."""

    exit_code = 70
    title = "Curseur invalide"

    def __init__(self) -> None:
        super().__init__(
            "Ce curseur n'a pas été donné par l'API pour cette question.",
            "Reprenez sans curseur, puis suivez « next » de page en page sans changer les autres paramètres.",
        )


class UnknownTaskError(AncrageError):
    """No background task has this identifier, or it is of a kind that does not exist."""

    exit_code = 71
    title = "Travail inconnu"


class TaskQueueFullError(AncrageError):
    """Too many background tasks wait already."""

    exit_code = 72
    title = "File des travaux pleine"


class BackupError(AncrageError):
    """A backup cannot be written, read or restored."""

    exit_code = 73
    title = "Sauvegarde impossible"


class DatabaseUnavailableError(AncrageError):
    """The workspace database does not answer."""

    exit_code = 74
    title = "Base de travail indisponible"


class ForeignOriginError(AncrageError):
    """A form sent by a page of another site."""

    exit_code = 75
    title = "Demande venue d'un autre site"

    def __init__(self) -> None:
        super().__init__(
            "Ce formulaire a été envoyé par une page d'un autre site.", "Reprenez depuis les pages d'Ancrage."
        )


class SiteFilesError(AncrageError):
    """Styles and scripts that travel with the site are lost: its pages cannot be shown."""

    exit_code = 76
    title = "Fichiers du site absents"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Un fichier du site manque ou est illisible : « {name} ».",
            "L'API et la ligne de commande répondent sans lui ; réinstaller Ancrage le remet en place.",
            InstallAgain(),
        )


class ShareError(AncrageError):
    """A visitor who already has all that one visitor may take of this server."""

    exit_code = 77
    title = "Part d'un visiteur atteinte"


class LawCopyError(AncrageError):
    """A folder is no copy of the codes by day, or git cannot read it."""

    exit_code = 78
    title = "Copie des codes illisible"


class StaleVersionError(AncrageError):
    """A form made from a version that somebody has changed since: both texts are told, none is lost.

    ``current``: the version there is now; ``differences``: the fields where the two texts differ.
    """

    exit_code = 79
    title = "Texte changé entre-temps"
    current: int = 0
    differences: tuple[Difference, ...] = ()

    def __init__(self, what: str, current: int, differences: Sequence[Difference]) -> None:
        self.current, self.differences = current, tuple(differences)
        super().__init__(
            f"Ce texte ({what}) a été changé depuis que vous l'avez ouvert : rien n'a été écrit.",
            "Comparez les deux textes, gardez ce qui convient, puis enregistrez.",
        )


class RetiredError(AncrageError):
    """A change of something that was retired."""

    exit_code = 80
    title = "Objet retiré"

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(
            f"Cet objet ({what}) a été retiré : il ne se change plus.",
            f"Motif du retrait : {reason}." if reason else "",
        )


class UnknownObjectError(AncrageError):
    """Nothing written in this atelier has this identifier."""

    exit_code = 81
    title = "Objet inconnu"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Rien ne porte cet identifiant ici ({what}).", "Reprenez depuis la page de l'atelier."
        )


class BrokenJournalError(AncrageError):
    """The journal of what people wrote was changed by another way, or the base says something else."""

    exit_code = 82
    title = "Journal rompu"

    def __init__(self, message: str) -> None:
        super().__init__(message, "Gardez cette base telle qu'elle est, et restaurez la dernière sauvegarde.")


class ForbiddenStateError(AncrageError):
    """An action cannot go from its state to the one asked, or not without saying why."""

    exit_code = 85
    title = "Changement d'état impossible"

    def __init__(self, seen: str, asked: str, hint: str = "") -> None:
        super().__init__(
            f"Une action « {seen} » ne devient pas « {asked} » ainsi.",
            hint or "Prenez l'un des changements que propose sa page.",
        )


class WorkspaceFileError(AncrageError):
    """A file to put into an atelier cannot be read."""

    exit_code = 86
    title = "Fichier d'atelier illisible"


class UnsafeFileError(AncrageError):
    """A file that the antivirus of this installation recognises."""

    exit_code = 87
    title = "Fichier refusé"

    def __init__(self, recognised: str) -> None:
        super().__init__(
            f"L’antivirus de ce site refuse ce fichier ({recognised[:80]}) : il n’est ni lu ni gardé.",
            "Prévenez qui vous l’a donné, ou choisissez-en un autre.",
        )


class ScannerUnavailableError(AncrageError):
    """The antivirus of this installation does not answer, or not clearly."""

    exit_code = 88
    title = "Antivirus injoignable"

    def __init__(self) -> None:
        super().__init__(
            "L’antivirus de ce site ne répond pas : aucun fichier n’est lu ni gardé sans lui.",
            "Réessayez dans un instant ; si cela dure, prévenez qui tient ce site.",
        )


class InvalidQuestionError(AncrageError):
    """Values that the fields of a question cannot take; all of them are told at once.

    ``faults`` pairs the name of each field, as people write it, with what is said of its value.
    """

    exit_code = 2
    title = "Paramètres invalides"

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        told = " ; ".join(f"{name} : {fault}" for name, fault in self.faults)
        super().__init__(f"{told}." if told else "", "Corrigez chaque valeur nommée.")


class NotAllowedError(AncrageError):
    """A person asks for what she may not do; the message says why, the hint who could."""

    exit_code = 90
    title = "Ce n'est pas permis"


class OrganisationError(AncrageError):
    """An organisation that cannot be chosen: unknown code, closed, taken already."""

    exit_code = 91
    title = "Organisation impossible"


class MembershipError(AncrageError):
    """A belonging that cannot be: days that overlap, an end before its beginning."""

    exit_code = 92
    title = "Appartenance impossible"


class InvitationError(AncrageError):
    """An invitation that is used, withdrawn, over, or was never made."""

    exit_code = 93
    title = "Invitation invalide"


class RoleError(AncrageError):
    """A role that cannot be given or ended: a workspace always has who holds it."""

    exit_code = 94
    title = "Rôle impossible"


class MailError(AncrageError):
    """A message that could not be sent."""

    exit_code = 95
    title = "Courriel impossible"


class AlertError(AncrageError):
    """A link of an alert that is forged, expired or over, or an alert that cannot be asked."""

    exit_code = 96
    title = "Alerte"


class NeedError(AncrageError):
    """A request for support that cannot be asked or answered: a link forged, over or used, nobody chosen."""

    exit_code = 97
    title = "Demande d’appui"


class PurchaseError(AncrageError):
    """A purchase that cannot be read: a code that does not exist, an amount without unit, who is no buyer."""

    exit_code = 46
    title = "Achat invalide"


class IntroductionError(AncrageError):
    """A link of an introduction that is forged, expired or over, or an introduction that cannot be asked."""

    exit_code = 98
    title = "Mise en relation"


class DrawingError(AncrageError):
    """A chart that could not be drawn: what draws it died twice, or took too long."""

    exit_code = 99
    title = "Dessin impossible"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Un graphique n’a pas pu être dessiné : {why}.",
            "Réessayez dans un instant ; les chiffres, eux, restent donnés en CSV, en XLSX et en JSON.",
        )
