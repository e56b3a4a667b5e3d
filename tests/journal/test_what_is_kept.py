"""Nothing written is deleted, every table goes into a backup, a command says that the journal is whole."""

import importlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from notebooks import Note, act, noted, opened, rewritten

from ancrage.errors import BackupError, BrokenJournalError
from ancrage.journal import triggers
from ancrage.journal.models import Line
from ancrage.journal.registry import recorded
from ancrage.journal.verifying import verify
from ancrage.tasks.backup import restore, save
from ancrage.tasks.saved import LEFT_OUT, saved

FORGOTTEN = {"tasks"}
"""Rooms whose rows are meant to be forgotten: what was worked out, a day after it was."""


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("ancrage.")]


def test_no_link_of_what_people_write_deletes_with_what_it_leads_to() -> None:
    for model in ours():
        for field in model._meta.concrete_fields:
            if field.remote_field and model._meta.app_label not in FORGOTTEN:
                assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name}"


def test_every_recorded_table_fits_the_journal() -> None:
    assert set(recorded()) == {model for model in ours() if hasattr(model, "KIND")}


def test_every_table_is_saved_or_said_not_to_be() -> None:
    every = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert every - {model._meta.label_lower for model in saved()} <= set(LEFT_OUT)
    assert "journal.line" not in LEFT_OUT


@pytest.mark.both_engines
def test_a_backup_brings_back_rows_and_lines_and_the_door_is_shut_after_it(
    own_tables: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notebooks import own_apps

    every = [*apps.get_models(include_auto_created=True), *own_apps.get_models()]
    monkeypatch.setattr("ancrage.tasks.saved.apps.get_models", lambda **_: every)
    real = apps.get_model
    monkeypatch.setattr(
        "django.core.serializers.python.apps.get_model",
        lambda name: next((one for one in every if one._meta.label_lower == name), None) or real(name),
    )
    note = rewritten(noted(opened(), "avant", amount=1), 1, text="après")
    save(tmp_path / "s", at=datetime(2026, 11, 26, tzinfo=UTC))
    rewritten(note, 2, act(10), text="perdu")
    with pytest.raises(BackupError, match="n'est pas vide"):
        restore(tmp_path / "s")
    restore(tmp_path / "s", replace=True)
    assert (Note.objects.get().text, Line.objects.count(), verify().rows) == ("après", 3, 2)
    assert triggers.missing() == []
    assert rewritten(note, 2, text="la suite").version == 3
    assert verify().lines == 4


def test_the_command_says_whole_or_the_first_break(
    own_tables: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = importlib.import_module("ancrage.cli.journal")
    monkeypatch.setattr("ancrage.tasks.migrating.migrate", lambda _data: None)
    rewritten(noted(opened(), "avant"), 1, text="après")
    command.verifier()
    assert capsys.readouterr().out == "Journal entier : 3 lignes, 1 chaîne, 2 objets pareils à la base.\n"
    with triggers.lifted():
        Line.objects.filter(rank=2).update(verb="autre")
    with pytest.raises(BrokenJournalError, match="Ligne 2"):
        command.verifier()
