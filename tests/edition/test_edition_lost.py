"""An edition that was lost or damaged is told, with what mends it; no other answers in its place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ancrage.edition.kept import FIRST
from ancrage.edition.opening import open_edition
from ancrage.edition.publication import EMBEDDED, current_edition, drafting, editions, go_back, publish
from ancrage.errors import NoEditionError
from ancrage.repairs import BuildEdition, Repair, RevertEdition
from ancrage.warehouse.reading import Warehouse

OLDER = "20240101T000000000000Z"


def copied(embedded: Path, data: Path, name: str) -> Path:
    with Warehouse(embedded) as warehouse, drafting(data, name) as draft:
        shutil.copytree(embedded, draft, dirs_exist_ok=True)
        return publish(data, draft, warehouse.manifest)


@pytest.fixture
def two(embedded: Path, tmp_path: Path, old: str) -> Path:
    """A data folder with an edition in force and the one before it."""
    for name in (OLDER, old):
        copied(embedded, tmp_path, name)
    return tmp_path


def answers(data: Path) -> str:
    with open_edition(current_edition(data)) as warehouse:
        assert warehouse.row("SELECT count(*) > 0 AS some FROM commune") == {"some": True}
        return warehouse.folder.name


def refused(data: Path) -> tuple[Repair, ...]:
    with pytest.raises(NoEditionError) as refusal:
        answers(data)
    return refusal.value.repairs


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def blank(path: Path) -> None:
    """The same size, and nothing of what was there."""
    path.write_bytes(bytes(path.stat().st_size))


def empty(path: Path) -> None:
    path.write_text("[]", encoding="utf-8")


def swap(path: Path) -> None:
    path.unlink()
    path.mkdir()


LOSSES: dict[str, Callable[[Path], None]] = {
    "the folder is gone": shutil.rmtree,
    "the manifest is gone": lambda folder: (folder / "manifest.json").unlink(),
    "the manifest is cut": lambda folder: cut(folder / "manifest.json"),
    "the manifest is no object": lambda folder: empty(folder / "manifest.json"),
    "a table is gone": lambda folder: (folder / "siae.parquet").unlink(),
    "a table is cut": lambda folder: cut(folder / "siae.parquet"),
    "a table is blank": lambda folder: blank(folder / "siae.parquet"),
    "a table is a folder": lambda folder: swap(folder / "siae.parquet"),
    "the link is gone": lambda folder: (folder.parents[1] / "courante").unlink(),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_lost_edition_is_refused_with_both_repairs_and_each_of_them_mends_it(two, old, embedded, loss):
    LOSSES[loss](current_edition(two))
    assert refused(two) == (RevertEdition(), BuildEdition())
    expected = old if loss == "the link is gone" else OLDER
    assert go_back(two).name == expected
    assert answers(two) == expected


@pytest.mark.parametrize("loss", LOSSES)
def test_alone_a_lost_edition_is_to_be_built_again_and_the_embedded_one_never_answers(
    data, old, embedded, loss
):
    LOSSES[loss](current_edition(data))
    kept = loss == "the link is gone"
    assert refused(data) == ((RevertEdition(), BuildEdition()) if kept else (BuildEdition(),))
    copied(embedded, data, "20250102T000000000000Z")
    assert answers(data) == "20250102T000000000000Z"


def test_a_byte_changed_inside_a_table_is_found_by_who_reads_it_all(data, ancrage):
    path = current_edition(data) / "commune.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    told = ancrage("entrepot", "etat", data=data)
    assert told.returncode == 31
    assert "commune.parquet a changé depuis sa publication" in told.stderr
    assert "ancrage entrepot construire" in told.stderr


def test_a_table_lost_while_the_edition_is_open_is_told_by_the_query_that_reads_it(data):
    with open_edition(current_edition(data)) as warehouse:
        (warehouse.folder / "commune.parquet").unlink()
        with pytest.raises(NoEditionError, match=r"commune\.parquet manque"):
            warehouse.rows("FROM commune")
        with pytest.raises(NoEditionError, match=r"commune\.parquet manque"):
            warehouse.frame("FROM commune")


def test_going_back_passes_over_a_damaged_edition(two, embedded):
    cut(two / "entrepot" / "editions" / OLDER / "commune.parquet")
    with pytest.raises(NoEditionError, match="Aucune édition précédente"):
        go_back(two)


def test_a_new_edition_keeps_the_one_that_can_be_read_rather_than_the_one_lost(two, old, embedded):
    cut(current_edition(two) / "commune.parquet")
    copied(embedded, two, "20260101T000000000000Z")
    assert [edition.name for edition in editions(two)] == ["20260101T000000000000Z", OLDER]


def test_until_the_first_edition_is_in_force_the_embedded_one_answers(data, old):
    """As a build killed between its two last steps leaves it."""
    folder = data / "entrepot"
    (folder / "courante").unlink()
    (folder / FIRST).touch()
    assert current_edition(data) == EMBEDDED
    (folder / FIRST).unlink()
    assert refused(data) == (RevertEdition(), BuildEdition())


def test_the_command_line_says_the_commands_and_goes_back(two, ancrage):
    shutil.rmtree(current_edition(two))
    told = ancrage("diagnostic", "23077", data=two)
    assert told.returncode == 31
    assert "ancrage entrepot revenir" in told.stderr
    assert "ancrage entrepot construire" in told.stderr
    assert OLDER in ancrage("entrepot", "revenir", data=two).stdout
    assert ancrage("diagnostic", "23077", data=two).returncode == 0
