"""Rows written together give the lines and rows that they give one by one; a doubt is written one by one."""

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notebooks import ATELIER, Note, Notebook, act, opened

from ancrage.errors import InvalidQuestionError
from ancrage.journal.models import Line, Recorded
from ancrage.journal.verifying import verify
from ancrage.journal.writing import Pen, write

pytestmark = [pytest.mark.both_engines, pytest.mark.usefixtures("own_tables")]

NOTES = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20),
            "amount": st.none() | st.decimals(-10_000, 10_000, places=2) | st.integers(0, 9),
            "day": st.none() | st.dates(date(1990, 1, 1)) | st.just("2026-11-02"),
            "tags": st.lists(st.integers() | st.text("aé", max_size=3), max_size=3),
        }
    ),
    max_size=12,
)


def tree(notes: list[dict[str, Any]]) -> list[Recorded]:
    """Notebooks and the notes in them, with identities told beforehand."""
    rows: list[Recorded] = []
    for rank, said in enumerate(notes):
        if rank % 4 == 0:
            book = Notebook(id=uuid.UUID(int=1000 + rank), title=f"Carnet {rank}")
            rows.append(book)
        rows.append(Note(id=uuid.UUID(int=5000 + rank), notebook=book, **said))
    return rows


def where(row: Recorded) -> str:
    return f"ligne {row.pk.int}"


def one_by_one(pen: Pen, rows: list[Recorded]) -> None:
    for row in rows:
        pen.create(row)


def together(pen: Pen, rows: list[Recorded]) -> None:
    pen.create_all(rows, where=where)


def told_by(do: Callable[[Pen, list[Recorded]], None], rows: list[Recorded]) -> list[Any]:
    """All that the base holds once rows are written, then nothing of it again."""

    def command(pen: Pen) -> Notebook:
        do(pen, rows)
        return Notebook(title="rien")

    with transaction.atomic(), patch("ancrage.journal.writing.uuid.uuid4", lambda: uuid.UUID(int=3)):
        write(act(), "carnet.importe", command, chain=ATELIER)
        lines = [
            {k: v for k, v in one.items() if k != "seq"} for one in Line.objects.order_by("seq").values()
        ]
        held = [list(model.objects.order_by("pk").values()) for model in (Notebook, Note)]
        in_memory = [{k: v for k, v in vars(one).items() if k != "_state"} for one in rows]
        verify()
        transaction.set_rollback(True)
    return [lines, held, in_memory]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NOTES)
def test_rows_written_together_are_those_written_one_by_one_to_the_digest(
    notes: list[dict[str, Any]],
) -> None:
    apart = told_by(one_by_one, tree(notes))
    with patch.object(Pen, "create", side_effect=AssertionError("one by one")):
        assert told_by(together, tree(notes)) == apart


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([Note(text="sans carnet")], "carnet"),
        ([Note(notebook_id=uuid.UUID(int=9), text="carnet absent")], "carnet"),
        ([Notebook(title="A"), Notebook(title="A")], "intitulé"),
        ([Notebook(title="Déjà là")], "intitulé"),
        ([Notebook(title="x" * 41)], "intitulé"),
        ([Notebook(title="A"), Note(notebook_id=uuid.UUID(int=1), amount=Decimal("0.001"))], "montant"),
    ],
    ids=["no-link", "link-to-nothing", "twice-here", "there-already", "too-long", "decimals"],
)
def test_the_first_row_that_does_not_fit_is_told_with_its_place_and_nothing_is_written(
    rows: list[Recorded], said: str
) -> None:
    opened("Déjà là")
    for rank, row in enumerate(rows, 1):
        row.id = uuid.UUID(int=rank)

    def command(pen: Pen) -> Recorded:
        together(pen, rows)
        return rows[0]

    with pytest.raises(InvalidQuestionError) as refused:
        write(act(), "carnet.importe", command, chain=ATELIER)
    assert refused.value.faults[0][0] == f"ligne {len(rows)}, {said}"
    assert (Notebook.objects.count(), verify().lines) == (1, 1)


def test_rows_retired_together_are_those_retired_one_by_one_to_the_digest() -> None:
    opened("Carnet")
    rows = tree([{"text": str(rank)} for rank in range(6)])

    def wrote(pen: Pen) -> Recorded:
        together(pen, rows)
        return rows[0]

    write(act(), "carnet.importe", wrote, chain=ATELIER)
    write(act(), "note.recrite", lambda pen: pen.change(Note, rows[2].pk, 1, text="autre"), chain=ATELIER)
    write(act(), "note.retiree", lambda pen: pen.retire(Note, rows[1].pk, 1, "avant"), chain=ATELIER)
    left = [(type(row), row.pk) for row in rows[::-1]]

    def apart(pen: Pen, _rows: list[Recorded]) -> None:
        for model, identity in left:
            row = pen.read(model, identity)
            if row.live:
                pen.retire(model, identity, row.version, "fichier faux")

    def at_once(pen: Pen, _rows: list[Recorded]) -> None:
        pen.retire_all(left, "fichier faux")

    assert told_by(at_once, []) == told_by(apart, [])


def test_what_hangs_on_a_row_written_later_is_refused_as_one_by_one() -> None:
    book = Notebook(id=uuid.UUID(int=1), title="Après")
    rows = [Note(id=uuid.UUID(int=2), notebook_id=book.pk), book]
    for do in (one_by_one, together):
        with pytest.raises(InvalidQuestionError):
            write(act(), "carnet.importe", lambda pen, do=do: do(pen, rows) or book, chain=ATELIER)  # type: ignore[misc]
    assert Line.objects.count() == 0
