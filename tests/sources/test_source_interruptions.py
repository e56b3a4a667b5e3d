"""A full disk or a process killed at any point of a synchronisation leaves the previous data as they were."""

import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ancrage.sources.declaration import Source
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from local_producer import Producer, file, say, stall

OLD = b"code,libelle\n00001,avant\n"
BODY = b"code,libelle\n" + b"".join(b"%05d,commune\n" % n for n in range(100_000))

SYNCHRONISE = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from ancrage.errors import AncrageError
    from ancrage.sources import snapshots
    from ancrage.sources.declaration import Source
    from ancrage.sources.snapshots import SnapshotStore
    from ancrage.sources.synchronise import synchronise
    from ancrage.sources.transport import Timing

    folder, url, die_at = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

    def interrupt(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    source = Source.model_validate_json(sys.argv[4])

    class Say:
        def begin(self, label, total): print("begin", flush=True)
        def advance(self, amount): print("advance", flush=True)
        def end(self): pass

    if die_at:
        real = getattr(snapshots, die_at)
        def die(*arguments, **named):
            real(*arguments, **named)
            os.kill(os.getpid(), signal.SIGKILL)
        setattr(snapshots, die_at, die)
    try:
        store, patience = SnapshotStore(folder), Timing(connect=5, read=20, attempts=1)
        report = synchronise([source], store=store, progress=Say(), timing=patience)
    except AncrageError as error:
        print(type(error).__name__, error.message, flush=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(1 if report.failures else 0)
    """
)


def declared(url: str) -> Source:
    table = {"id": "table", "format": "csv", "columns": ["code", "libelle"], "addresses": [url]}
    return Source.model_validate(
        {
            "id": "essai",
            "title": "Essai",
            "producer": "INSEE",
            "licence": "Licence Ouverte 2.0",
            "licence_url": "https://www.etalab.gouv.fr/",
            "home": "https://www.insee.fr/",
            "frequency": "annuelle",
            "vintage": "2024",
            "description": "Essai.",
            "resources": [table],
        }
    )


def succeeds(folder: Path, url: str) -> bool:
    return not synchronise([declared(url)], store=SnapshotStore(folder)).failures


def started(folder: Path, url: str, die_at: str = "", largest_file: int = 0) -> subprocess.Popen[str]:
    def limit() -> None:
        if largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.Popen(
        [sys.executable, "-c", SYNCHRONISE, str(folder), url, die_at, declared(url).model_dump_json()],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    told, _ = process.communicate(timeout=30)
    return process.returncode, told


@pytest.fixture
def folder(producer: Producer, tmp_path: Path) -> Path:
    """A data folder that already holds the first version of the table."""
    url = producer.serve("/table.csv", file(OLD, etag='"v0"'))
    assert succeeds(tmp_path, url)
    return tmp_path


def contents(folder: Path) -> list[bytes]:
    store = SnapshotStore(folder)
    assert store.verify() == []
    return [snapshot.path.read_bytes() for snapshot in store.history("essai", "table")]


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_process_stopped_in_the_middle_of_a_download_leaves_the_previous_snapshot(
    producer: Producer, folder: Path, how: signal.Signals, code: int
) -> None:
    url = producer.serve("/table.csv", stall(producer, BODY, 500_000), file(BODY))
    process = started(folder, url)
    assert process.stdout is not None
    while process.stdout.readline() != "advance\n":
        pass
    process.send_signal(how)
    assert finished(process)[0] == code
    assert contents(folder) == [OLD]
    assert succeeds(folder, url)
    assert contents(folder) == [BODY, OLD]


@pytest.mark.parametrize("die_at", ["sha256_of", "sync_file", "write_durably", "sync_folder"])
def test_a_process_killed_while_it_publishes_leaves_a_whole_snapshot_or_none(
    producer: Producer, folder: Path, die_at: str
) -> None:
    url = producer.serve("/table.csv", file(BODY))
    assert finished(started(folder, url, die_at))[0] == -signal.SIGKILL
    # Once the last folder is written down, the snapshot is published; before, it is not there at all.
    assert contents(folder) == ([BODY, OLD] if die_at == "sync_folder" else [OLD])
    assert succeeds(folder, url)
    assert contents(folder) == [BODY, OLD]
    assert list(folder.glob("sources/*/*/.tmp-*")) == []


def test_a_full_disk_is_told_and_the_previous_snapshot_stays(producer: Producer, folder: Path) -> None:
    url = producer.serve("/table.csv", file(BODY))
    code, told = finished(started(folder, url, largest_file=200_000))
    assert code == 24
    assert "StorageError Plus de place" in told
    assert contents(folder) == [OLD]
    assert succeeds(folder, url)
    assert contents(folder) == [BODY, OLD]
    assert producer.requests[-1].headers["Range"] == "bytes=200000-"


def test_a_folder_that_cannot_be_written_is_told(producer: Producer, tmp_path: Path) -> None:
    (tmp_path / "sources").write_text("a file where a folder should be")
    url = producer.serve("/table.csv", say(200, OLD))
    code, told = finished(started(tmp_path, url))
    assert code == 24
    assert "Impossible d'écrire" in told
