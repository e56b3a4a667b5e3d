"""Snapshots are whole or absent, never changed, never mixed by two processes."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ancrage.declarations.csv_text import Reject
from ancrage.errors import BusyError, StorageError
from ancrage.location import data_directory
from ancrage.sources.provenance import Provenance
from ancrage.sources.snapshots import SnapshotStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "data")


def provenance(moment: datetime = NOON) -> Provenance:
    return Provenance("essai", "table", "https://www.insee.fr/t.csv", moment, "Licence Ouverte 2.0", "2024")


def received(store: SnapshotStore, content: bytes, name: str = "t.csv") -> Path:
    path = store.workplace("essai", "table") / name
    path.write_bytes(content)
    return path


def test_a_snapshot_is_named_by_its_moment_and_its_sum(store: SnapshotStore) -> None:
    snapshot, new = store.add([received(store, b"a")], provenance())
    assert new
    assert snapshot.folder.name == "20261123T120000000000Z-ca978112ca1b"
    assert snapshot.folder.parent == store.root / "sources" / "essai" / "table"
    assert snapshot.path.read_bytes() == b"a"
    assert not snapshot.path.stat().st_mode & 0o222


def test_the_provenance_is_read_back_as_written(store: SnapshotStore) -> None:
    snapshot, _ = store.add([received(store, b"a")], provenance(), rejects=[Reject(2, "x", "raison")])
    again = store.latest("essai", "table")
    assert again == snapshot
    assert again.rejects is not None


def test_the_latest_snapshot_comes_first_and_the_others_stay(store: SnapshotStore) -> None:
    for hour, content in enumerate((b"a", b"b", b"a")):
        store.add([received(store, content)], provenance(NOON + timedelta(hours=hour)))
    assert [snapshot.path.read_bytes() for snapshot in store.history("essai", "table")] == [b"a", b"b", b"a"]


def test_a_later_check_is_noted_without_touching_the_snapshot(store: SnapshotStore) -> None:
    first, _ = store.add([received(store, b"a")], provenance())
    _, new = store.add([received(store, b"a")], provenance(NOON + timedelta(days=3)))
    assert not new
    assert store.last_checked("essai", "table") == NOON + timedelta(days=3)
    assert json.loads((first.folder / "provenance.json").read_text())["fetched_at"] == NOON.isoformat()


def test_several_files_make_one_snapshot_whose_sum_does_not_depend_on_their_order(
    store: SnapshotStore,
) -> None:
    def pair() -> list[Path]:
        return [received(store, b"a", "a.csv"), received(store, b"b", "b.csv")]

    first, _ = store.add(pair(), provenance())
    _, new = store.add(pair()[::-1], provenance(NOON + timedelta(days=1)))
    assert not new
    assert [path.name for path in first.files] == ["a.csv", "b.csv"]
    with pytest.raises(ValueError, match="unpack"):
        _ = first.path


def test_nothing_received_is_none_not_an_error(store: SnapshotStore) -> None:
    assert store.latest("essai", "table") is None
    assert store.last_checked("essai", "table") is None
    assert store.verify() == []


def test_what_an_interruption_left_is_never_seen_and_is_removed(store: SnapshotStore) -> None:
    store.add([received(store, b"a")], provenance())
    leftover = store.root / "sources" / "essai" / "table" / ".tmp-abc"
    leftover.mkdir()
    (leftover / "t.csv").write_bytes(b"half")
    assert len(store.history("essai", "table")) == 1
    assert store.verify() == []
    store.clean()
    assert not leftover.exists()


def test_altered_and_missing_files_are_listed(store: SnapshotStore) -> None:
    snapshot, _ = store.add([received(store, b"a", "a.csv"), received(store, b"b", "b.csv")], provenance())
    first, second = snapshot.files
    first.chmod(0o644)
    first.write_bytes(b"altered")
    second.unlink()
    assert [(damage.path.name, damage.problem) for damage in store.verify()] == [
        ("a.csv", "fichier modifié depuis sa réception"),
        ("b.csv", "fichier manquant"),
    ]


def test_a_lost_provenance_is_listed_and_the_snapshot_before_is_used(store: SnapshotStore) -> None:
    store.add([received(store, b"a")], provenance())
    latest, _ = store.add([received(store, b"b")], provenance(NOON + timedelta(days=1)))
    (latest.folder / "provenance.json").unlink()
    (damage,) = store.verify()
    assert damage.problem == "provenance absente ou illisible"
    current = store.latest("essai", "table")
    assert current is not None
    assert current.path.read_bytes() == b"a"


def test_two_synchronisations_do_not_run_at_once(store: SnapshotStore) -> None:
    script = (
        "import sys; from pathlib import Path; from ancrage.sources.snapshots import SnapshotStore\n"
        "with SnapshotStore(Path(sys.argv[1])).lock(): pass"
    )
    command = [sys.executable, "-c", script, str(store.root)]
    with store.lock():
        with pytest.raises(BusyError), SnapshotStore(store.root).lock():
            pass
        assert "BusyError" in subprocess.run(command, capture_output=True, text=True, check=False).stderr
    subprocess.run(command, check=True)


def test_a_file_in_place_of_the_data_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("x")
    monkeypatch.setenv("ANCRAGE_DATA", str(tmp_path / "data"))
    with pytest.raises(StorageError):
        data_directory()
    with pytest.raises(StorageError):
        SnapshotStore(tmp_path / "data").workplace("essai", "table")


def test_the_data_folder_is_the_users_unless_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANCRAGE_DATA", str(tmp_path / "ailleurs"))
    assert data_directory() == tmp_path / "ailleurs"
    monkeypatch.delenv("ANCRAGE_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_directory().name == "ancrage"
