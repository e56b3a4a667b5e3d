"""Several threads ask one edition at once: each gets the answers it would get alone."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ancrage.edition.opening import open_edition
from ancrage.errors import NoEditionError
from ancrage.warehouse.reading import FORMAT, Warehouse

THREADS = 8
QUESTIONS = {
    "commune": "SELECT count(*) AS n FROM commune",
    "unit": "SELECT count(*) AS n FROM unit",
    "establishment": "SELECT count(*) AS n FROM establishment",
    "siae": "SELECT count(*) AS n FROM siae",
    "joined": "SELECT count(*) AS n FROM siae JOIN ess_establishment USING (siret)",
}


def together(work: Callable[[int], object]) -> list[object]:
    """What the work gives in each of the threads, all started at the same moment."""
    gate = threading.Barrier(THREADS)

    def one(number: int) -> object:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.mark.parametrize("resident", [False, True])
def test_threads_that_open_the_same_tables_at_once_all_get_their_answer(
    resident: bool, embedded: Path
) -> None:
    with open_edition(embedded, resident=resident) as alone:
        expected = {name: alone.rows(sql) for name, sql in QUESTIONS.items()}
    with open_edition(embedded, resident=resident) as shared:
        found = together(lambda _: {name: shared.rows(sql) for name, sql in QUESTIONS.items()})
    assert found == [expected] * THREADS


@pytest.mark.parametrize("resident", [False, True])
def test_a_table_opened_for_another_that_is_made_of_it_is_not_opened_twice(
    resident: bool, embedded: Path
) -> None:
    with open_edition(embedded, resident=resident) as shared:
        shared.derive("a_small_commune", "SELECT code FROM commune WHERE population < 50")
        sql = "SELECT count(*) AS n FROM a_small_commune JOIN commune USING (code)"
        assert shared.row(sql) == shared.row(sql)


def test_parameters_of_one_thread_never_answer_another(embedded: Path) -> None:
    codes = [f"23{number:03d}" for number in range(1, 200)]
    with Warehouse(embedded) as shared:

        def asked(number: int) -> Counter[bool]:
            own = codes[number::THREADS]
            rows = [shared.row("SELECT ? AS code", (code,)) for code in own]
            return Counter(row == {"code": code} for row, code in zip(rows, own, strict=True))

        assert all(set(counted) == {True} for counted in together(asked) if isinstance(counted, Counter))


def test_frames_and_rows_may_be_asked_together(embedded: Path) -> None:
    sql = "SELECT siret FROM establishment ORDER BY siret"
    with Warehouse(embedded) as shared:
        found = together(
            lambda number: (
                shared.frame(sql)["siret"].to_list()
                if number % 2
                else [row["siret"] for row in shared.rows(sql)]
            )
        )
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize("resident", [False, True])
def test_a_derived_table_is_made_once_whoever_names_it_first(resident: bool, embedded: Path) -> None:
    with open_edition(embedded, resident=resident) as shared:

        def asked(_: int) -> object:
            shared.derive(
                "small_commune", "SELECT code FROM commune WHERE vintage = 2026 AND population < 50"
            )
            return shared.rows("SELECT count(*) AS n, count(DISTINCT code) AS d FROM small_commune")

        found = together(asked)
        (row,) = shared.rows("SELECT count(*) AS n FROM commune WHERE vintage = 2026 AND population < 50")
    assert found == [[{"n": row["n"], "d": row["n"]}]] * THREADS


def test_a_damaged_table_is_told_to_every_thread(embedded: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    (tmp_path / "siae.parquet").write_bytes(b"PAR1 not a table PAR1")
    with Warehouse(tmp_path) as shared:

        def asked(_: int) -> str:
            with pytest.raises(NoEditionError) as refused:
                shared.rows("SELECT * FROM siae")
            return refused.value.message

        assert len(set(together(asked))) == 1
