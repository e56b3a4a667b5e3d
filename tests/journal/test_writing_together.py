"""Several people write at once: each act is kept, in one chain; a base that is busy or away says so."""

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from notebooks import ATELIER, Note, act, noted, opened, rewritten

from ancrage.errors import AncrageError, BusyError, DatabaseUnavailableError, StaleVersionError
from ancrage.journal.models import Line
from ancrage.journal.verifying import verify
from ancrage.journal.writing import write

pytestmark = [pytest.mark.both_engines, pytest.mark.usefixtures("own_tables")]


def together(count: int, do: Callable[[int], object]) -> list[object]:
    """What each of several threads gives, or what stopped it."""
    given: list[object] = []
    barrier = threading.Barrier(count)

    def one(rank: int) -> None:
        barrier.wait()
        try:
            given.append(do(rank))
        except AncrageError as error:
            given.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(rank,)) for rank in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_what_many_write_at_once_makes_one_chain() -> None:
    notebook = opened()
    together(6, lambda rank: noted(notebook, str(rank)))
    assert sorted(Note.objects.values_list("text", flat=True)) == list("012345")
    assert (list(Line.objects.values_list("rank", flat=True)), verify().lines) == (list(range(1, 8)), 7)


def test_of_two_who_change_the_same_text_one_is_told_and_none_is_lost() -> None:
    note = noted(opened(), "avant")
    for turn in range(1, 6):
        given = together(2, lambda rank, turn=turn: rewritten(note, turn, text=f"{turn}, {rank}").text)  # type: ignore[misc]
        assert given.count(StaleVersionError) == 1
        assert Note.objects.get().text in given
    assert verify().lines == 7


def test_the_same_form_sent_twice_at_once_is_one_act() -> None:
    given = together(4, lambda _rank: opened("Carnet", key="k").pk)
    assert (len(given), len(set(given)), Line.objects.count()) == (4, 1, 1)


@pytest.mark.parametrize(
    ("said", "told"),
    [("database is locked", BusyError), ("server closed the connection", DatabaseUnavailableError)],
)
def test_a_base_that_is_busy_or_away_says_that_nothing_was_written(
    said: str, told: type[AncrageError]
) -> None:
    def refused(_pen: object) -> Note:
        raise OperationalError(said)

    with pytest.raises(told, match="rien n'a été écrit"):
        write(act(), "note.ecrite", refused, chain=ATELIER)
