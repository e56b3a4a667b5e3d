"""``ancrage sources`` as a person types it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ancrage.cli.sources import app
from ancrage.errors import SourceContentError, SourceUnavailableError, UnknownSourceError
from ancrage.repairs import GiveField
from ancrage.sources.catalogue import load_catalogue
from ancrage.sources.snapshots import SnapshotStore


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANCRAGE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "data"


def typed(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_list_shows_every_source_with_its_producer() -> None:
    told = typed("list").stdout
    assert "qpv-2024-polygones" in told
    assert "INSEE" in told
    listed = [one["id"] for one in json.loads(typed("list", "--format", "json").stdout)["items"]]
    assert listed == sorted(load_catalogue())


def test_show_tells_where_a_source_comes_from_and_that_its_mirror_is_a_sample() -> None:
    told = typed("show", "sirene-etablissements").stdout
    assert "object.files.data.gouv.fr" in told
    assert "échantillon : 100 établissements" in " ".join(told.split())
    assert json.loads(typed("show", "siae", "--format", "json").stdout)["resources"][0]["id"] == "structures"


def test_an_unknown_source_is_an_error_of_its_own() -> None:
    assert isinstance(typed("show", "zrr").exception, UnknownSourceError)
    assert isinstance(typed("sync", "zrr").exception, UnknownSourceError)
    assert isinstance(typed("status", "zrr").exception, UnknownSourceError)


@pytest.mark.mirror
def test_sync_tells_one_line_a_resource_and_the_next_command(mirror: Path) -> None:
    result = typed("sync", "frr-2025", "qpv-2015-occitanie", "--mirror", mirror)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "nouveau   frr-2025/communes",
        "nouveau   qpv-2015-occitanie/polygones",
        "nouveau   qpv-2015-occitanie/communes",
        "nouveau   qpv-2015-occitanie/tableau",
        "Étape suivante : ancrage entrepot construire",
    ]
    again = typed("sync", "frr-2025", "--mirror", mirror).stdout
    assert again == "inchangé  frr-2025/communes\n"


@pytest.mark.mirror
def test_sync_in_json_gives_the_provenance(mirror: Path) -> None:
    (outcome,) = json.loads(typed("sync", "frr-2025", "--mirror", mirror, "--format", "json").stdout)
    assert (outcome["state"], outcome["provenance"]["rows"]) == ("nouveau", 34_875)


@pytest.mark.mirror
def test_status_then_verify_tell_what_is_here(mirror: Path, data: Path) -> None:
    typed("sync", "frr-2025", "--mirror", mirror)
    told = typed("status", "frr-2025", "zrr-2017").stdout
    assert "34\u202f875" in told
    assert "absente" in told
    (one,) = json.loads(typed("status", "frr-2025", "--format", "json").stdout)["items"]
    assert one["freshness"] == "à jour"
    assert typed("verify").stdout == "Tout ce qui a été reçu est intact.\n"
    snapshot = SnapshotStore(data).latest("frr-2025", "communes")
    assert snapshot is not None
    snapshot.path.unlink()
    result = typed("verify")
    assert "fichier manquant" in result.stdout
    assert isinstance(result.exception, SourceContentError)


def test_a_missing_mirror_file_ends_with_an_error(tmp_path: Path) -> None:
    result = typed("sync", "frr-2025", "--mirror", tmp_path)
    assert "échec" in result.stdout
    assert isinstance(result.exception, SourceUnavailableError)


def test_a_source_asked_by_name_that_cannot_come_is_an_error() -> None:
    result = typed("sync", "recherche-entreprises")
    assert isinstance(result.exception, SourceUnavailableError)
    assert GiveField("departement", ("23",)) in result.exception.repairs


def test_the_group_is_loaded_without_its_heavy_libraries() -> None:
    script = (
        "import sys, ancrage.cli.sources\n"
        "heavy = ('httpx', 'pyarrow', 'pydantic', 'rapidfuzz', 'yaml')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_a_file_is_given_for_one_source_only_and_must_exist(tmp_path: Path) -> None:
    assert typed("sync", "frr-2025", "siae", "--fichier", tmp_path / "x.csv").exit_code == 2
    assert typed("sync", "--fichier", tmp_path / "x.csv").exit_code == 2
    assert typed("sync", "frr-2025", "--fichier", "x.csv", "--mirror", tmp_path).exit_code == 2
    absent = typed("sync", "frr-2025", "--fichier", tmp_path / "x.csv").exception
    assert isinstance(absent, SourceUnavailableError)
    assert absent.repairs == (GiveField("fichier", ("FICHIER",)),)


@pytest.mark.mirror
def test_a_file_given_is_told_for_what_it_is_taken(mirror: Path) -> None:
    told = typed("sync", "frr-2025", "--fichier", mirror / "zonages/frr-2025-07.csv.gz").stdout
    assert "pris pour complet : 34\u202f875\u00a0lignes" in told
    other = typed("sync", "qpv-2024-communes", "--ressource", "rien", "--fichier", mirror / "README.md")
    assert isinstance(other.exception, UnknownSourceError)
