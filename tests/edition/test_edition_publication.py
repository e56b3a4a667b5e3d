"""Editions are published by one atomic switch; whatever kills it, an edition answers."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from ancrage.edition import opening
from ancrage.edition.publication import (
    EMBEDDED,
    current_edition,
    drafting,
    editions,
    go_back,
    publish,
)
from ancrage.errors import BusyError, NoEditionError, StorageError
from ancrage.warehouse.reading import FORMAT, Warehouse

MANIFEST = {"format": FORMAT}


def published(data: Path, name: str) -> Path:
    with drafting(data, name) as draft:
        (draft / "note.txt").write_text(name, encoding="utf-8")
        return publish(data, draft, MANIFEST)


def answering(data: Path) -> str:
    with Warehouse(current_edition(data)) as warehouse:
        return (warehouse.folder / "note.txt").read_text(encoding="utf-8")


def names(data: Path) -> list[str]:
    return [edition.name for edition in editions(data)]


def hidden(data: Path) -> list[str]:
    return [path.name for path in (data / "entrepot").rglob(".*")]


def test_with_nothing_built_the_embedded_edition_answers(tmp_path):
    assert current_edition(tmp_path) == EMBEDDED
    with pytest.raises(NoEditionError, match="Aucune édition précédente"):
        go_back(tmp_path)


def test_the_edition_published_last_answers_and_only_the_one_before_is_kept(tmp_path):
    for name in ("20260101", "20260102", "20260103"):
        published(tmp_path, name)
        assert answering(tmp_path) == name
    assert names(tmp_path) == ["20260103", "20260102"]
    assert hidden(tmp_path) == []


def test_one_goes_back_to_the_edition_before_and_no_further(tmp_path):
    published(tmp_path, "20260101")
    published(tmp_path, "20260102")
    assert go_back(tmp_path).name == "20260101"
    assert answering(tmp_path) == "20260101"
    with pytest.raises(NoEditionError):
        go_back(tmp_path)
    assert answering(tmp_path) == "20260101"


def test_after_going_back_a_new_edition_keeps_the_one_that_answered(tmp_path):
    for name in ("20260101", "20260102"):
        published(tmp_path, name)
    go_back(tmp_path)
    published(tmp_path, "20260103")
    assert names(tmp_path) == ["20260103", "20260101"]
    assert go_back(tmp_path).name == "20260101"


def test_a_data_folder_reached_through_a_link_keeps_the_same_editions(tmp_path):
    real, link = tmp_path / "disque", tmp_path / "lien"
    real.mkdir()
    link.symlink_to(real)
    for name in ("20260101", "20260102", "20260103"):
        published(link, name)
    assert names(link) == ["20260103", "20260102"]
    assert answering(real) == "20260103"


def test_a_data_folder_may_be_moved(tmp_path):
    published(tmp_path / "ici", "20260101")
    (tmp_path / "ici").rename(tmp_path / "là")
    assert answering(tmp_path / "là") == "20260101"


def test_a_failed_build_leaves_the_edition_in_force_and_no_draft(tmp_path):
    published(tmp_path, "20260101")

    def fail():
        with drafting(tmp_path, "20260102") as draft:
            (draft / "a.parquet").write_bytes(b"")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (names(tmp_path), answering(tmp_path), hidden(tmp_path)) == (["20260101"], "20260101", [])


def test_two_builds_at_once_are_refused_and_the_first_goes_on(tmp_path):
    with drafting(tmp_path, "20260101") as draft:
        with pytest.raises(BusyError, match="déjà en cours"), drafting(tmp_path, "20260102"):
            pytest.fail("the second build began")
        assert draft.is_dir()
        publish(tmp_path, draft, MANIFEST)
    assert names(tmp_path) == ["20260101"]


def test_the_lock_of_a_dead_build_is_freed(tmp_path):
    (tmp_path / "entrepot").mkdir()
    (tmp_path / "entrepot" / "verrou").write_text("", encoding="utf-8")
    assert published(tmp_path, "20260101").is_dir()


@pytest.mark.parametrize("obstacle", ["entrepot", "entrepot/editions", "."])
def test_a_file_where_a_folder_is_expected_is_told_as_a_failure_to_write(tmp_path, obstacle):
    data = tmp_path / "data"
    path = data / obstacle
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="Impossible d'écrire"), drafting(data, "20260101"):
        pytest.fail("the build began")


@pytest.mark.parametrize(
    "full",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        duckdb.IOException("IO Error: No space left on device"),
        duckdb.IOException(
            'IO Error: Async write failed: {"exception_message":"Could not write: File too large"}'
        ),
        duckdb.IOException("IO Error: Could not write file: Disk quota exceeded"),
        duckdb.OutOfMemoryException("Out of Memory Error: failed to offload data block of size 256.0 KiB"),
    ],
    ids=["système", "moteur", "taille", "quota", "débordement"],
)
def test_a_disk_that_fills_up_in_the_middle_of_a_build_is_told_and_the_edition_in_force_stays(tmp_path, full):
    published(tmp_path, "20260101")
    told = r"(?s)Plus de place.*(intacte|touché)"
    with pytest.raises(StorageError, match=told), drafting(tmp_path, "20260102"):
        raise full
    assert names(tmp_path) == ["20260101"]
    assert current_edition(tmp_path).name == "20260101"
    assert not list((tmp_path / "entrepot" / "editions").glob(".*"))


PUBLISH = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from ancrage.edition import publication

    data, name, die_at, version = Path(sys.argv[1]), *sys.argv[2:]

    def die_before(owner, method):
        def die(*arguments, **named):
            os.kill(os.getpid(), signal.SIGKILL)
        setattr(owner, method, die)

    with publication.drafting(data, name) as draft:
        (draft / "note.txt").write_text(name, encoding="utf-8")
        owner, method = {
            "manifest": (publication, "write_manifest"),
            "fsync": (os, "fsync"),
            "rename": (Path, "rename"),
            "link": (Path, "symlink_to"),
            "switch": (Path, "replace"),
            "forget": (publication, "_forget_others"),
        }[die_at]
        die_before(owner, method)
        publication.publish(data, draft, {"format": int(version)})
    """
)


@pytest.mark.parametrize(
    ("die_at", "answer"),
    [
        ("manifest", "20260102"),
        ("fsync", "20260102"),
        ("rename", "20260102"),
        ("link", "20260102"),
        ("switch", "20260102"),
        ("forget", "20260103"),
    ],
)
def test_killed_at_any_point_of_a_publication_an_edition_answers_and_the_next_build_works(
    tmp_path, die_at, answer
):
    published(tmp_path, "20260101")
    published(tmp_path, "20260102")
    killed = subprocess.run(
        [sys.executable, "-c", PUBLISH, str(tmp_path), "20260103", die_at, str(FORMAT)],
        check=False,
        env=os.environ,
    )
    assert killed.returncode == -signal.SIGKILL
    assert answering(tmp_path) == answer
    published(tmp_path, "20260104")
    assert answering(tmp_path) == "20260104"
    assert names(tmp_path) == ["20260104", answer]
    assert hidden(tmp_path) == []


def test_a_folder_whose_manifest_was_never_written_is_not_an_edition(tmp_path):
    published(tmp_path, "20260101")
    (tmp_path / "entrepot" / "editions" / "20260102").mkdir()
    assert names(tmp_path) == ["20260101"]


def test_the_embedded_edition_has_its_manifest_last_and_of_this_version(embedded):
    manifest = json.loads((embedded / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == FORMAT
    assert manifest["vintages"] == [2021, 2022, 2023, 2024, 2025, 2026]


def test_an_edition_that_is_being_read_stays_until_nobody_reads_it_and_is_never_gone_back_to(tmp_path):
    first = published(tmp_path, "20260101")
    with Warehouse(first):
        for name in ("20260102", "20260103"):
            published(tmp_path, name)
        assert (first / "note.txt").is_file()
        assert names(tmp_path) == ["20260103", "20260102"]
    published(tmp_path, "20260104")
    assert not first.exists()


def test_who_opens_an_edition_that_others_replace_and_remove_meanwhile_reads_the_one_in_force(
    tmp_path, monkeypatch
):
    published(tmp_path, "20260101")

    def late(data):
        """Found, then replaced twice before it is opened."""
        monkeypatch.setattr(opening, "current_edition", current_edition)
        found = current_edition(data)
        for name in ("20260102", "20260103"):
            published(data, name)
        return found

    monkeypatch.setattr(opening, "current_edition", late)
    with opening.open_in_force(tmp_path) as warehouse:
        assert warehouse.folder.name == "20260103"
    (tmp_path / "entrepot" / "editions" / "20260103" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(NoEditionError):
        opening.open_in_force(tmp_path)


def test_a_reader_that_is_forgotten_without_being_closed_holds_nothing(tmp_path):
    first = published(tmp_path, "20260101")
    Warehouse(first)
    for name in ("20260102", "20260103"):
        published(tmp_path, name)
    assert not first.exists()


def test_going_back_and_publishing_while_the_left_edition_is_read_keeps_the_one_that_answered(tmp_path):
    for name in ("20260101", "20260102"):
        published(tmp_path, name)
    with Warehouse(current_edition(tmp_path)):
        go_back(tmp_path)
        published(tmp_path, "20260103")
        assert go_back(tmp_path).name == "20260101"
