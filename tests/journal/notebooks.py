"""Two tables of the tests' own, recorded like those of the site: a notebook and its notes."""

import database_here  # noqa: F401 - sets Django up

# isort: split
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from ancrage.journal import triggers
from ancrage.journal.models import Recorded
from ancrage.journal.writing import Act, write

ATELIER = uuid.UUID(int=7)
ACTOR = uuid.UUID(int=1)

with isolate_apps("ancrage.journal") as own_apps:

    class Notebook(Recorded):
        atelier_id = models.UUIDField("atelier", default=ATELIER)
        title = models.CharField("intitulé", max_length=40, unique=True)

        class Meta:
            app_label = "journal"
            verbose_name = "carnet"

    class Note(Recorded):
        atelier_id = models.UUIDField("atelier", default=ATELIER)
        notebook = models.ForeignKey(Notebook, on_delete=models.PROTECT, verbose_name="carnet")
        text = models.TextField("texte", default="", blank=True)
        amount = models.DecimalField("montant", max_digits=14, decimal_places=2, null=True, blank=True)
        day = models.DateField("jour", null=True, blank=True)
        tags = models.JSONField("étiquettes", default=list, blank=True)

        class Meta:
            app_label = "journal"
            verbose_name = "note"


def act(hour: int = 9, day: int = 2, **said: object) -> Act:
    return Act(ACTOR, datetime(2026, 11, day, hour, tzinfo=UTC), **said)  # type: ignore[arg-type]


def opened(title: str = "Carnet", **said: object) -> Notebook:
    return write(act(**said), "carnet.ouvert", lambda pen: pen.create(Notebook(title=title)), chain=ATELIER)


def noted(notebook: Notebook, text: str, done: Act | None = None, **fields: object) -> Note:
    note = Note(notebook=notebook, text=text, **fields)
    return write(done or act(), "note.ecrite", lambda pen: pen.create(note), chain=ATELIER)


def rewritten(note: Note, seen: int, done: Act | None = None, **fields: object) -> Note:
    return write(
        done or act(), "note.recrite", lambda pen: pen.change(Note, note.pk, seen, **fields), chain=ATELIER
    )


@pytest.fixture
def own_tables(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The two tables, guarded, for the time of a test."""
    monkeypatch.setattr("ancrage.journal.registry.apps", own_apps)
    with connection.schema_editor() as editor:
        editor.create_model(Notebook)
        editor.create_model(Note)
    triggers.install()
    yield
    triggers.remove()
    with connection.schema_editor() as editor:
        editor.delete_model(Note)
        editor.delete_model(Notebook)
    monkeypatch.undo()
    assert apps.get_app_config("journal")
    triggers.install()
