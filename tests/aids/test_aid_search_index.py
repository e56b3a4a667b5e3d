"""The index of aids on disk: kept, rebuilt when documents change, never half written, never needed."""

import shutil

import pytest

from ancrage.aids.search.gathering import gather
from ancrage.aids.search.index import KEPT, digest, open_index
from ancrage.aids.search.querying import search
from ancrage.aids.search.question import Question


def folders(cache):
    return sorted(each.name for each in cache.glob("recherche-*"))


def answers(index):
    return [hit.document.id for hit in search(index, Question("trésorerie")).hits]


@pytest.fixture(scope="module")
def documents():
    return gather()


def test_the_index_is_built_once_and_read_back(documents, tmp_path):
    first = answers(open_index(documents, tmp_path))
    (name,) = folders(tmp_path)
    written = (tmp_path / name / "meta.json").stat().st_mtime_ns
    assert answers(open_index(documents, tmp_path)) == first
    assert first
    assert (tmp_path / name / "meta.json").stat().st_mtime_ns == written


def test_a_changed_document_makes_another_index(documents, tmp_path):
    open_index(documents, tmp_path)
    open_index(documents[1:], tmp_path)
    assert folders(tmp_path) == sorted(
        {f"recherche-{digest(documents)}", f"recherche-{digest(documents[1:])}"}
    )


def test_old_indexes_make_room_and_nothing_half_written_stays(documents, tmp_path):
    for rank in range(KEPT + 2):
        open_index(documents[rank:], tmp_path)
    assert len(folders(tmp_path)) == KEPT
    assert not list(tmp_path.glob("*.partiel"))


@pytest.mark.parametrize("damage", ["emptied", "truncated", "garbage"])
def test_a_damaged_index_is_built_again(documents, tmp_path, damage):
    expected = answers(open_index(documents, tmp_path))
    folder = tmp_path / f"recherche-{digest(documents)}"
    if damage == "emptied":
        shutil.rmtree(folder)
        folder.mkdir()
    for file in folder.iterdir():
        if damage == "garbage" and file.name == "meta.json":
            file.write_text("{")
        elif damage == "truncated" and file.suffix == ".term":
            file.write_bytes(b"")
    assert answers(open_index(documents, tmp_path)) == expected
    assert answers(open_index(documents, tmp_path)) == expected


def test_a_folder_that_cannot_be_written_leaves_the_index_in_memory(documents, tmp_path):
    file = tmp_path / "cache"
    file.write_text("pas un dossier")
    assert answers(open_index(documents, file)) == answers(open_index(documents))
    assert file.read_text() == "pas un dossier"
