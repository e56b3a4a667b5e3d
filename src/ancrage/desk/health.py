"""Whether this installation is well: its edition, its database, its worker, its disk."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError
from django.utils import timezone

from ancrage.alerts.checking import told as alerts_told
from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened
from ancrage.desk.publisher import logo_file, publisher
from ancrage.errors import AncrageError, SiteFilesError
from ancrage.language.numbers import number
from ancrage.location import data_directory
from ancrage.shell import sentence
from ancrage.tasks.models import Job
from ancrage.tasks.recovering import SILENCE, last_beat
from ancrage.workspace.antivirus import answers

FEWEST_FREE_BYTES = 500_000_000
HERE = ("localhost", "127.0.0.1", "[::1]", "testserver")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and a French sentence on it."""

    id: str
    label: str
    well: bool
    told: str


def checks() -> tuple[Check, ...]:
    """Everything looked at, now."""
    return tuple(
        Check(identifier, label, *look())
        for identifier, label, look in (
            ("edition", "Édition des données", _edition),
            ("fichiers", "Fichiers du site", _files),
            ("base", "Base de travail", _database),
            ("travaux", "Travaux de fond", _worker),
            ("alertes", "Alertes, du changement au message remis", _alerts),
            ("antivirus", "Antivirus des fichiers reçus", _antivirus),
            ("liaison", "Liaison avec les visiteurs", _link),
            ("disque", "Place sur le disque", _disk),
            ("editeur", "Éditeur du site", _publisher),
        )
    )


Seen = tuple[bool, str]
Look = Callable[[], Seen]


def _edition() -> Seen:
    try:
        now = opened()
        now.atlas.warehouse.check()
        now.atlas.warehouse.row("SELECT code FROM commune LIMIT 1")
    except AncrageError as error:
        return False, sentence(f"{error.title} : {error.message}", error.repairs)
    return True, f"Lisible : {now.edition}."


def _publisher() -> Seen:
    try:
        found = publisher()
        if found.territory:
            now = opened()
            territory_of(now, found.territory, on=now.today)
    except AncrageError as error:
        return False, sentence(error.message, error.repairs)
    if found.logo and logo_file(found) is None:
        return False, f"Le logo « {found.logo} » n'est pas dans le dossier de données."
    return True, f"{found.name or 'Non nommé'}."


def _files() -> Seen:
    files: Any = staticfiles_storage  # of the kind that the settings name
    lost = next(files.missing(), None)
    if lost is None:
        return True, "Tous présents."
    error = SiteFilesError(lost)
    return False, str(error)


def _database() -> Seen:
    try:
        Job.objects.exists()
    except DatabaseError:
        return False, "Elle ne répond pas."
    return True, "Elle répond."


def _worker() -> Seen:
    try:
        silence = last_beat()
    except DatabaseError:
        return False, "Inconnu : la base de travail ne répond pas."
    if silence is None or silence > SILENCE:
        return False, "Aucun processus ne les fait en ce moment."
    return True, f"Un processus les fait ; signe de vie il y a {silence.total_seconds():.0f} s."


def _alerts() -> Seen:
    try:
        return alerts_told(timezone.now())
    except DatabaseError:
        return False, "Inconnu : la base de travail ne répond pas."


def _antivirus() -> Seen:
    if not settings.ANTIVIRUS:
        return True, "Aucun n’est réglé : les fichiers reçus ne sont pas regardés."
    if answers():
        return True, "Il répond."
    return False, "Il ne répond pas : aucun fichier n’est accepté."


def _link() -> Seen:
    if settings.SECURE:
        return True, f"En HTTPS : {settings.SITE_ORIGIN}."
    elsewhere = any(one not in HERE for one in settings.ALLOWED_HOSTS)
    told = "En clair, alors que le site répond à d’autres que cette machine" if elsewhere else "En clair"
    return True, f"{told} : l’adresse que tapent les gens n’est pas réglée en https."


def _disk() -> Seen:
    folder = data_directory()
    try:
        free = shutil.disk_usage(folder if folder.is_dir() else folder.parent).free
    except OSError:
        return False, "Le dossier de données ne peut pas être lu."
    told = f"{_gigabytes(free)} libres ; il en faut {_gigabytes(FEWEST_FREE_BYTES)}."
    return free >= FEWEST_FREE_BYTES, told


def _gigabytes(size: int) -> str:
    return f"{number(size / 1e9, 1)} Go"
