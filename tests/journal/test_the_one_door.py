"""What people write goes through one door: a line, then the row. The database refuses any other way."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from notebooks import ATELIER, Note, Notebook, act, noted, opened, rewritten

from ancrage.errors import (
    BrokenJournalError,
    InvalidQuestionError,
    RetiredError,
    StaleVersionError,
    UnknownObjectError,
)
from ancrage.journal import triggers
from ancrage.journal.keys import form_key
from ancrage.journal.models import Line
from ancrage.journal.past import all_as_on, as_on, history
from ancrage.journal.replaying import replay
from ancrage.journal.verifying import Sound, verify
from ancrage.journal.writing import Pen, write

pytestmark = [pytest.mark.both_engines, pytest.mark.usefixtures("own_tables")]


def test_a_command_writes_a_line_that_says_all_then_the_row() -> None:
    organisation = uuid.uuid4()
    notebook = opened(on_behalf_of=organisation, reason="Le comité l'a demandé.")
    line = Line.objects.get()
    assert (line.verb, line.object_kind, line.object_id) == ("carnet.ouvert", "notebook", notebook.pk)
    assert (line.rank, line.version, line.previous_digest, line.before) == (1, 1, "", {})
    assert (line.after["title"], line.on_behalf_of, line.reason) == (
        "Carnet",
        organisation,
        "Le comité l'a demandé.",
    )
    assert Notebook.objects.get().created_at == line.at == datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_change_tells_only_what_changed_and_the_same_again_tells_nothing() -> None:
    note = noted(opened(), "avant", amount="12.5", tags=["a"])
    changed = rewritten(note, 1, text="après", tags=["a"])
    assert (changed.version, changed.amount) == (2, Decimal("12.50"))
    last = Line.objects.last()
    assert last is not None
    assert (last.before, last.after) == ({"text": "avant"}, {"text": "après"})
    assert rewritten(note, 2, text="après", amount="12.50").version == 2
    assert Line.objects.count() == 3


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda note: Note.objects.filter(pk=note.pk).update(text="volé"),
        lambda note: Note.objects.filter(pk=note.pk).update(text="volé", version=2),
        lambda note: Note(id=note.pk, notebook=note.notebook, text="volé", created_at=note.created_at).save(),
        lambda note: Note.objects.create(notebook=note.notebook, text="nouveau", created_at=note.created_at),
        lambda note: Note.objects.bulk_create([Note(notebook=note.notebook, created_at=note.created_at)]),
        lambda note: Note.objects.bulk_update(
            [Note(id=note.pk, text="volé", version=2)], ["text", "version"]
        ),
        lambda _note: Note.objects.all().delete(),
        lambda note: note.delete(),
        lambda _note: Line.objects.update(actor=uuid.uuid4()),
        lambda _note: Line.objects.all().delete(),
        lambda _note: Line.objects.filter(rank=2)._raw_delete("default"),  # type: ignore[attr-defined]
    ],
)
def test_any_other_way_is_refused(otherwise: object) -> None:
    note = noted(opened(), "avant")
    with pytest.raises(IntegrityError, match=r"ancrage|duplicate"), transaction.atomic():
        otherwise(note)  # type: ignore[operator]
    assert (Note.objects.get().text, Line.objects.count(), verify().rows) == ("avant", 2, 2)


def test_no_order_of_the_engine_itself_goes_round_the_door() -> None:
    note = noted(opened(), "avant")
    identity = note.pk.hex if connection.vendor == "sqlite" else str(note.pk)
    orders = {
        "sqlite": (
            f"INSERT OR REPLACE INTO journal_note SELECT * FROM journal_note WHERE id = '{identity}'",
            "INSERT OR REPLACE INTO journal_line SELECT * FROM journal_line WHERE rank = 2",
        ),
        "postgresql": (
            "TRUNCATE journal_note CASCADE",
            "TRUNCATE journal_line",
            f"INSERT INTO journal_note SELECT * FROM journal_note WHERE id = '{identity}'"
            " ON CONFLICT (id) DO UPDATE SET text = 'volé'",
        ),
    }
    for order in orders[connection.vendor]:
        with (
            pytest.raises(IntegrityError, match="ancrage"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(order)


def test_a_line_that_does_not_follow_the_last_is_refused() -> None:
    opened()
    line = Line.objects.get()
    for said in ({"rank": 3}, {"rank": 2, "previous_digest": "0" * 64}):
        forged = Line.objects.get()
        forged.seq, forged.object_id, forged.rank, forged.previous_digest = None, uuid.uuid4(), 2, line.digest
        for name, value in said.items():
            setattr(forged, name, value)
        with pytest.raises(IntegrityError, match="récrit"), transaction.atomic():
            forged.save(force_insert=True)


def test_a_stale_form_is_told_both_texts_and_writes_nothing() -> None:
    note = noted(opened(), "avant", amount=5)
    rewritten(note, 1, text="celui d'Anne", amount=6)
    with pytest.raises(StaleVersionError) as caught:
        rewritten(note, 1, text="celui de Bruno", amount=6)
    assert caught.value.current == 2
    assert [tuple(one) for one in caught.value.differences] == [
        ("text", "texte", "celui de Bruno", "celui d'Anne")
    ]
    assert (Note.objects.get().text, Line.objects.count()) == ("celui d'Anne", 3)


def test_the_same_form_sent_twice_is_one_act_and_one_changed_meanwhile_is_another() -> None:
    first, again, changed = (form_key("jeton", {"title": title}) for title in ("A", "A", "B"))
    assert opened("A", key=first).pk == opened("A", key=again).pk
    opened("B", key=changed)
    assert sorted(Notebook.objects.values_list("title", flat=True)) == ["A", "B"]


def test_every_field_that_does_not_fit_is_told_in_french() -> None:
    opened("pris")
    for title, said in (("", "à remplir"), ("x" * 41, "40 caractères au plus"), ("pris", "déjà prise")):
        with pytest.raises(InvalidQuestionError, match=said):
            opened(title)
    assert Line.objects.count() == 1


def test_a_row_is_retired_with_a_reason_and_changes_no_more() -> None:
    note = noted(opened(), "à retirer")
    write(act(), "note.retiree", lambda pen: pen.retire(Note, note.pk, 1, "en double"), chain=ATELIER)
    assert (Note.objects.count(), Note.objects.live().count()) == (1, 0)
    with pytest.raises(RetiredError, match="en double"):
        rewritten(note, 2, text="encore")


def test_a_row_of_another_atelier_is_out_of_reach() -> None:
    note = noted(opened(), "ici")
    other = uuid.uuid4()
    with pytest.raises(UnknownObjectError):
        write(act(), "note.volee", lambda pen: pen.change(Note, note.pk, 1, text="volé"), chain=other)
    with pytest.raises(ValueError, match="chain"):
        write(act(), "note.volee", lambda pen: pen.create(Note(notebook=note.notebook)), chain=other)


def test_a_command_that_fails_midway_leaves_nothing() -> None:
    def half(pen: Pen) -> Notebook:
        pen.create(Notebook(title="à moitié"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(act(), "carnet.ouvert", half, chain=ATELIER)
    assert (Line.objects.count(), Notebook.objects.count()) == (0, 0)


def test_what_was_written_is_read_as_it_stood_at_the_end_of_any_day() -> None:
    notebook = opened()
    note = noted(notebook, "le 3", act(day=3), day=date(2026, 12, 1), amount=1)
    noted(notebook, "retirée le 5", act(day=3))
    gone = Note.objects.get(text="retirée le 5")
    rewritten(note, 1, act(22, 4), text="le 4 à 23 h de Paris")
    rewritten(note, 2, act(23, 4), text="le 5 à minuit de Paris")
    write(act(day=5), "note.retiree", lambda pen: pen.retire(Note, gone.pk, 1, "x"), chain=ATELIER)

    def texts(day: int) -> list[str]:
        return [one.text for one in all_as_on(Note, ATELIER, on=date(2026, 11, day))]

    assert texts(2) == []
    assert texts(3) == ["le 3", "retirée le 5"]
    assert texts(4) == ["le 4 à 23 h de Paris", "retirée le 5"]
    assert texts(5) == ["le 5 à minuit de Paris"]
    then = as_on(Note, note.pk, on=date(2026, 11, 3))
    assert then is not None
    assert (then.notebook_id, then.day, then.amount) == (notebook.pk, date(2026, 12, 1), Decimal("1.00"))
    assert [line.version for line in history(note)] == [3, 2, 1]


def test_a_clock_set_back_never_makes_a_line_older_than_the_one_before() -> None:
    notebook = opened(hour=11)
    assert noted(notebook, "une heure plus tôt", act(10)).created_at == notebook.created_at


def test_the_journal_played_again_on_an_empty_base_gives_the_base() -> None:
    note = noted(opened(), "avant — « été » \u2028 🌊", tags=[{"é": [1, 0.1, None]}], amount="1234.5")
    rewritten(note, 1, text="après", day=date(2026, 12, 1))
    opened("autre")
    rows = [list(model.objects.order_by("pk").values()) for model in (Notebook, Note)]
    lines, told = list(Line.objects.all()), list(Line.objects.values())
    with triggers.lifted():
        for model in (Note, Notebook, Line):
            model.objects.all().delete()
    assert replay(lines) == 4
    assert [list(model.objects.order_by("pk").values()) for model in (Notebook, Note)] == rows
    assert list(Line.objects.values()) == told
    assert verify() == Sound(lines=4, chains=1, rows=3)
    opened("la suite")
    assert verify().lines == 5


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda: Line.objects.filter(rank=2).update(verb="autre"), "Ligne 2 .* contenu"),
        (lambda: Line.objects.filter(rank=2).update(previous_digest=""), "Ligne 2 .* précédente"),
        (lambda: Line.objects.filter(rank=2).delete(), "Ligne 3 .* manque"),
        (lambda: Line.objects.filter(rank=3).delete(), "version 2, le journal à la 1"),
        (lambda: Note.objects.update(text="volé"), "« text »"),
        (lambda: Note.objects.all().delete(), "que la base n'a pas"),
        (lambda: Line.objects.all().delete(), "ne dit rien"),
    ],
)
def test_the_first_break_is_told(damage: object, said: str) -> None:
    rewritten(noted(opened(), "avant"), 1, text="après")
    with triggers.lifted():
        damage()  # type: ignore[operator]
    with pytest.raises(BrokenJournalError, match=said):
        verify()


def test_a_base_that_lost_its_guard_is_told() -> None:
    triggers.remove()
    try:
        with pytest.raises(BrokenJournalError, match="gardée"):
            verify()
    finally:
        triggers.install()
    assert verify().lines == 0
