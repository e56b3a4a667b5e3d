"""The whole mirror of real data is received, checked and counted."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ancrage.errors import SourceUnavailableError
from ancrage.sources.catalogue import get_source, load_catalogue
from ancrage.sources.outcome import State, SyncReport
from ancrage.sources.reading import read_geojson, read_rows
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.status import Freshness, status
from ancrage.sources.synchronise import synchronise

# Contracts are counted when they are read as one, by the build: a file of several years repeats them.
RECORDS = {
    f"decp/{name}" for name in ("format-2019", "format-2022", "annee-2024", "annee-2025", "annee-2026")
} | {"decp-tabulaire/contrats"}
# Rows of the table of the mirror's README.md; the figures it does not give were counted in the files.
ROWS: dict[str, int | None] = {
    "acv-2018/communes": 222,
    "acv-signatures-2024/communes": 245,
    "pvd-signatures-2023/communes": 1_645,
    "contrats-de-ville-2018/contrats": 431,
    "contrats-ruralite-2019/contrats": 490,
    "contrats-transition-2019/contrats": 80,
    "zrd-2019/communes": 309,
    "zfu-2019/communes": 145,
    "territoires-industrie-phase-1/territoires": 149,
    "annuaire-administration-2019/services": 3_075,
    "delegations-anct/services": 180,
    "ddets/services": 100,
    "dreets/services": 18,
    "france-travail-agences/agences": 959,
    "reseaux-ess/contacts": 134,
    "aides-dge/aides": 190,
    "aides-territoires/aides": 274,
    "aides-transition-ecologique/programmes": 260,
    "annuaire-france-services/espaces": 2_845,
    "mouvements-communes/evenements": 13_284,
    "communes-2019/communes": 37_932,
    "zrr-2017/communes": 35_416,
    "frr-2025/communes": 34_875,
    "programmes-anct-2023/communes": 35_039,
    "massifs-2025/communes": 8_594,
    "densite-2025/communes": 34_875,
    "ruralite-2025/communes": 34_875,
    "qpv-2024-communes/communes": 824,
    "qpv-2024-polygones/polygones": 692,
    "qpv-2024-contours/polygones": 4,
    "esat/etablissements": 1504,
    "geiq/groupements": 440,
    "qpv-2015-occitanie/polygones": 105,
    "qpv-2015-occitanie/communes": 48,
    "qpv-2015-occitanie/tableau": 105,
    "pvd-2024/territoires": 1_645,
    "acv-2024/territoires": 232,
    "territoires-industrie-2024/territoires": 183,
    "epci-2025-centres/epci": 1_266,
    "contours-communes/communes": 35_000,
    "mairies/positions": 34_859,
    "contours-departements-2025/departements": 101,
    "contours-regions-2025/regions": 18,
    "france-services/liste-2022-12": 2_683,
    "france-services/points-2024": 2_519,
    "fabriques-de-territoire/lieux": 342,
    "manufactures-de-proximite/lieux": 98,
    "mediation-numerique-creuse/lieux": 91,
    "sirene-unites-legales/stock": 80,
    "sirene-etablissements/stock": 100,
    "sirene-ess-numerique/indicateur-ess": 3_375,
    "sirene-ess-numerique/unites": 3_667,
    "liste-ess/liste": 1,
    "siae/structures": 3_853,
    "recherche-entreprises/unites": 85,
    "nomenclatures/naf1": 21,
    "nomenclatures/naf2": 88,
    "nomenclatures/naf3": 272,
    "nomenclatures/naf4": 615,
    "nomenclatures/naf5": 732,
    "nomenclatures/naf5-sections": 732,
    "nomenclatures/categories-juridiques": 260,
    "nomenclatures/tranches-effectifs": 16,
    "titulaires-paris/unites": 5_845,
    "identifiants-collectivites/collectivites": 35_084,
    **dict.fromkeys(RECORDS),
}
SAMPLES = {
    "aides-territoires/aides",
    "mediation-numerique-creuse/lieux",
    "qpv-2024-polygones/polygones",
    "sirene-unites-legales/stock",
    "sirene-etablissements/stock",
    "sirene-ess-numerique/indicateur-ess",
    "sirene-ess-numerique/unites",
    "liste-ess/liste",
    "recherche-entreprises/unites",
    *RECORDS,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SnapshotStore:
    return SnapshotStore(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def report(store: SnapshotStore, mirror: Path) -> SyncReport:
    return synchronise(load_catalogue().values(), store=store, mirror=mirror)


@pytest.mark.mirror
def test_every_file_of_the_mirror_has_the_rows_its_readme_tells(report: SyncReport) -> None:
    told = {
        f"{outcome.source}/{outcome.resource}": outcome.snapshot.provenance.rows
        for outcome in report.outcomes
        if outcome.snapshot
    }
    assert told == ROWS
    assert report.failure() is None


@pytest.mark.mirror
def test_no_real_line_is_rejected_and_no_encoding_is_a_surprise(report: SyncReport) -> None:
    present = [outcome.snapshot.provenance for outcome in report.outcomes if outcome.snapshot]
    assert [told for told in present if told.rejected or told.remarks] == []


@pytest.mark.mirror
def test_the_samples_say_that_they_are(report: SyncReport) -> None:
    samples = {
        f"{outcome.source}/{outcome.resource}"
        for outcome in report.outcomes
        if outcome.snapshot and outcome.snapshot.provenance.sample
    }
    assert samples == SAMPLES
    assert all(
        "échantillon : " in outcome.told
        for outcome in report.outcomes
        if f"{outcome.source}/{outcome.resource}" in samples
    )


@pytest.mark.mirror
def test_a_resource_the_mirror_does_not_promise_is_left_not_failed(report: SyncReport) -> None:
    left = {outcome.source: outcome.told for outcome in report.outcomes if outcome.state is State.LEFT}
    assert set(left) == {
        "sirene-etablissements-historique",
        "sirene-unites-legales-historique",
        "sirene-geolocalisation",
        "adresses-nationales",
        "annuaire-administration",
        "banatic-competences",
        "codes-par-jour",
        "contacts-editeur",
        "decp-locales",
        "quartiers-productifs-2021",
    }
    assert "rien n'est à synchroniser" in left["adresses-nationales"]


@pytest.mark.mirror
def test_the_hundred_and_one_outline_files_are_one_snapshot(report: SyncReport, store: SnapshotStore) -> None:
    snapshot = store.latest("contours-communes", "communes")
    assert snapshot is not None
    assert len(snapshot.files) == 101
    codes = {properties["code"] for path in snapshot.files for properties, _ in read_geojson(path)}
    assert {"2A004", "97601", "75056", "75101"} <= codes


@pytest.mark.mirror
def test_a_snapshot_is_read_from_where_it_is_kept(report: SyncReport, store: SnapshotStore) -> None:
    snapshot = store.latest("zrr-2017", "communes")
    assert snapshot is not None
    rows = read_rows(snapshot.path, get_source("zrr-2017").resource("communes")).table.to_pylist()
    (faux,) = [row for row in rows if row["CODGEO"] == "23077"]
    assert faux["ZRR_SIMP"] == "C - Classée en ZRR"


@pytest.mark.mirror
def test_what_was_received_is_intact_and_its_status_known(report: SyncReport, store: SnapshotStore) -> None:
    assert store.verify() == []
    found = {
        f"{one.source}/{one.resource}": one
        for one in status(load_catalogue().values(), store, on=datetime.now(UTC).date())
    }
    assert found["frr-2025/communes"].freshness is Freshness.CURRENT
    assert found["sirene-etablissements/stock"].freshness is Freshness.SAMPLE
    assert found["sirene-geolocalisation/coordonnees"].freshness is Freshness.ABSENT
    assert found["siae/structures"].rows == 3_853


@pytest.fixture
def partial(mirror: Path, tmp_path: Path) -> Path:
    """A mirror with only the FRR."""
    (tmp_path / "mirror" / "zonages").mkdir(parents=True)
    shutil.copy(mirror / "zonages" / "frr-2025-07.csv.gz", tmp_path / "mirror" / "zonages")
    return tmp_path / "mirror"


@pytest.mark.mirror
def test_a_file_missing_from_the_mirror_is_named_and_the_rest_goes_on(partial: Path, tmp_path: Path) -> None:
    sources = [get_source("densite-2025"), get_source("frr-2025")]
    report = synchronise(sources, store=SnapshotStore(tmp_path / "data"), mirror=partial)
    assert [outcome.state for outcome in report.outcomes] == [State.FAILED, State.NEW]
    failure = report.failure()
    assert isinstance(failure, SourceUnavailableError)
    assert "zonages/densite-cog2025.csv.gz" in failure.message


@pytest.mark.mirror
def test_a_hundred_outlines_out_of_a_hundred_and_one_are_not_enough(mirror: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mirror" / "contours" / "communes-1000m"
    folder.mkdir(parents=True)
    for path in sorted((mirror / "contours" / "communes-1000m").glob("communes-*"))[1:]:
        (folder / path.name).symlink_to(path)
    report = synchronise(
        [get_source("contours-communes")], store=SnapshotStore(tmp_path / "data"), mirror=tmp_path / "mirror"
    )
    failure = report.failure()
    assert failure is not None
    assert "100 fichiers" in failure.message


def test_a_mirror_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailableError, match="miroir"):
        synchronise([], store=SnapshotStore(tmp_path), mirror=tmp_path / "absent")


@pytest.mark.mirror
def test_a_sample_never_replaces_complete_data(mirror: Path, tmp_path: Path) -> None:
    from ancrage.sources.provenance import Provenance

    store, source = SnapshotStore(tmp_path), get_source("sirene-etablissements")
    stock = store.workplace(source.id, "stock") / "StockEtablissement_utf8.parquet"
    stock.write_bytes(b"PAR1PAR1")
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    store.add([stock], Provenance(source.id, "stock", "https://x", moment, source.licence, source.vintage))
    (outcome,) = synchronise([source], store=store, mirror=mirror).outcomes
    assert outcome.state is State.LEFT
    assert outcome.snapshot is not None
    assert not outcome.snapshot.provenance.sample


@pytest.mark.parametrize(("day", "freshness"), [(16, Freshness.CURRENT), (17, Freshness.OLD)])
def test_a_stock_is_old_the_day_after_forty_five(tmp_path: Path, day: int, freshness: Freshness) -> None:
    from ancrage.sources.provenance import Provenance

    store, source = SnapshotStore(tmp_path), get_source("sirene-etablissements")
    stock = store.workplace(source.id, "stock") / "stock.parquet"
    stock.write_bytes(b"PAR1PAR1")
    moment = datetime(2026, 11, 1, 8, tzinfo=UTC)
    store.add([stock], Provenance(source.id, "stock", "https://x", moment, source.licence, source.vintage))
    (one,) = status([source], store, on=date(2026, 12, day))
    assert one.freshness is freshness
    assert one.age_days == day + 29
