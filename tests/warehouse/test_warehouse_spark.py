"""Both engines give the same register. Runs where ``ancrage[spark]`` and Java are installed."""

import shutil
import socket
from collections.abc import Iterator
from contextvars import Context
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ancrage.aids.simulation import Tally, simulate
from ancrage.edition.series.asking import ask_series
from ancrage.edition.series.building import Order, Outcome, build_series
from ancrage.edition.series.stocks import stocks_of
from ancrage.errors import EngineError, SourceContentError
from ancrage.register import cleaning
from ancrage.register.sirene import UNITS
from ancrage.register.stock import open_stock
from ancrage.sources.depot import Depot
from ancrage.territories.resolving import resolve
from ancrage.warehouse.choosing import chosen
from ancrage.warehouse.engines import connect, connect_ibis, connect_ibis_here
from ancrage.warehouse.limits import Limits
from national import ours
from national.files import Size, made_files, zipped
from national.spoilt import spoiled

pytest.importorskip("pyspark", reason="ancrage[spark] n'est pas installé")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java n'est pas installé"),
    pytest.mark.xdist_group("spark"),
    pytest.mark.filterwarnings("ignore"),
]

DIRTY = (
    *("", " ", "\t", "[ND]", "2021-03-31", "2021-3-1", "2021", "2021-03", "2021-03-31T23:30:00Z"),
    *("31/03/2021", "31-03-2021 10:00", "1900-01-01", "9999-12-31", "2021-02-30", "0001-01-01", "12", "12.5"),
    *("12,5", "12d", "12f"),
    *("1e5", "1e999", "-1e999", "NaN", "inf", "Infinity", "+3", "-3.", ".5", "1_000", "0x10", "NOT_VALID"),
    *("23077", "23077\n", " 23077", "8053", "8053.0", "2A004", "2a004", "99100", "97411", "98735", "69384"),
    *("9220", "9220.0", "9220\n", "W231000123", "w231000123 ", "88.10C", "8810C", "8810c\n", "00.00Z"),
    *("32012345600014", "32012345600014\n", "320 123 456 00014", "32012345600014.0", "\u00a032012345600014"),
    *("32012345", "true", "TRUE ", "O", "n", "oui", "1", "0", "1.0", "É", "’"),
)  # fmt: skip
READINGS = {
    "text": cleaning.text,
    "siret": lambda column: cleaning.digits(column, 14),
    "siren": lambda column: cleaning.digits(column, 9),
    "siret_key": lambda column: cleaning.siret_is_valid(cleaning.digits(column, 14)),
    "siren_key": lambda column: cleaning.has_luhn_key(cleaning.digits(column, 9), 9),
    "legal_category": cleaning.legal_category,
    "rna": cleaning.rna,
    "commune": cleaning.commune,
    "departement": lambda column: cleaning.departement(cleaning.commune(column)),
    "naf": lambda column: cleaning.naf(column, column.nullif(column)),
    "section": lambda column: cleaning.section(cleaning.naf(column, column.nullif(column))),
    "day": cleaning.day,
    "number": cleaning.number,
    "yes_no": cleaning.yes_no,
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One session for all, whose Java compiles little and at once: half the processor for few rows."""
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with chosen("spark", Limits(2 << 30, 2), folder, master="local[2]"):
            yield
    _end_java()


def _end_java() -> None:
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made_files(tmp_path_factory.mktemp("files"), Size(3_000))


def test_a_register_built_on_spark_is_row_for_row_the_one_built_on_duckdb(files, tmp_path, spark):
    """From files with damaged rows, one of them a CSV in a zip, and from lists."""
    given = spoiled(files, tmp_path / "spoilt")
    given |= {"unites": zipped(connect(), given["unites"]), **_lists(files, tmp_path)}
    larger = connect_ibis()
    told = ours.built(given, tmp_path / "spark").tables
    expected = Context().run(ours.built, given, tmp_path / "duckdb").tables
    assert larger.name == "pyspark"
    assert told.accounts == expected.accounts
    assert any(account.kept > 30 for account in told.accounts if "siae" in account.source)
    assert told.coverage == expected.coverage
    assert sorted(map(str, told.rejects.to_pylist())) == sorted(map(str, expected.rejects.to_pylist()))
    names = sorted(path.name for path in (tmp_path / "duckdb").glob("*.parquet"))
    assert len(names) == 10
    for name in names:
        found, rows = (pq.read_table(tmp_path / engine / name) for engine in ("spark", "duckdb"))
        assert found.schema.types == rows.schema.types, name
        assert found.to_pydict() == rows.to_pydict(), name


def _lists(files: dict[str, Path], folder: Path) -> dict[str, Path]:
    """Two lists, of which the second names some establishments under two kinds."""
    named = pq.read_table(files["etablissements"], columns=["siret"])["siret"].to_pylist()[:60]
    kinds = [(siret, kind) for rank, siret in enumerate(named) for kind in ("EI", "ACI")[: 1 + rank % 2]]
    lists = {"liste-ess": folder / "liste-ess.csv", "siae": folder / "siae.csv"}
    lists["liste-ess"].write_text("\n".join(["SIREN", *(siret[:9] for siret in named[::3])]))
    lists["siae"].write_text("\n".join(["siret,kind", *map(",".join, kinds)]))
    return lists


@pytest.mark.parametrize("reading", READINGS)
def test_a_text_is_read_alike_by_both_engines(reading, tmp_path, spark):
    path = tmp_path / "texts.parquet"
    pq.write_table(pa.table({"raw": [*DIRTY, None]}, schema=pa.schema([("raw", pa.string())])), path)
    told = [
        _read(engine.read_parquet(str(path)), reading) for engine in (connect_ibis(), connect_ibis_here())
    ]
    different = [(raw, *pair) for raw, *pair in zip([*DIRTY, None], *told, strict=True) if pair[0] != pair[1]]
    assert different == []


def _read(table: ibis.Table, reading: str) -> list[object]:
    rows = table.select("raw", read=READINGS[reading](table.raw)).to_pyarrow().to_pylist()
    found = {row["raw"]: row["read"] for row in rows}
    return [found[raw] for raw in (*DIRTY, None)]


def test_a_population_counted_on_spark_is_the_one_counted_here(embedded_atlas, spark):
    territory = resolve(embedded_atlas, "200044014", on=date(2026, 11, 23))
    asked = partial(simulate, embedded_atlas, territory, overrides={"urgence-ess.plafond": 20})
    told, expected = asked(), Context().run(asked)
    assert (told.structures, told.served) == (expected.structures, expected.served)
    assert expected.structures > 0
    for name in ("tallies", "supposed"):
        pairs = list(zip(getattr(told, name), getattr(expected, name), strict=True))
        assert [_rounded(one) for one, _ in pairs] == [_rounded(other) for _, other in pairs]


def _rounded(tally: Tally) -> Tally:
    """Sums of amounts to the cent: the order of their terms is that of the parts."""
    low, high, unit = (getattr(tally.amount, name, None) for name in ("low", "high", "unit"))
    return replace(tally, amount=(low and round(low, 2), high and round(high, 2), unit))


def test_a_damaged_file_is_told_alike_on_spark(tmp_path, spark):
    path = tmp_path / "unites.parquet"
    path.write_bytes(b"PAR1" + bytes(200))
    with pytest.raises(SourceContentError, match="tronqué ou abîmé"):
        open_stock(connect_ibis(), path, UNITS, tmp_path)


def test_a_series_of_months_is_counted_alike_by_both_engines(files, tmp_path, spark, embedded_atlas, store):
    stocks = tmp_path / "stocks"
    for month in ("2026-09", "2026-10"):
        (stocks / month).mkdir(parents=True)
        for path in files.values():
            (stocks / month / path.name).symlink_to(path)
    place = Depot.at(str(tmp_path / "lieu"))
    order = Order(Depot.at(str(stocks)), place, tmp_path, Limits(2 << 30, 2), invented=True)
    done = Context().run(
        build_series, stocks_of(order.source), order, now=lambda: datetime(2026, 11, 1, tzinfo=UTC)
    )
    assert [month.outcome for month in done] == [Outcome.MADE, Outcome.MADE]
    territory = resolve(embedded_atlas, "dep:59", on=date(2026, 11, 23))
    asked = partial(ask_series, place, embedded_atlas, territory)
    told, expected = asked(), Context().run(asked)
    assert told == expected
    assert [month.month for month in told.months] == ["2026-09", "2026-10"]
    assert told.months[1].everything > 0
    for path in (tmp_path / "lieu").rglob("*.*"):
        Depot.at(f"{store}/serie").send(path, path.relative_to(tmp_path / "lieu").as_posix())
    there = ask_series(Depot.at(f"{store}/serie"), embedded_atlas, territory)
    assert there == told


def test_a_master_that_is_not_there_is_told_before_anything_starts(tmp_path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        master = f"spark://127.0.0.1:{nobody.getsockname()[1]}"
        with (
            pytest.raises(EngineError, match="Aucun maître"),
            chosen("spark", Limits(2 << 30, 2), tmp_path, master=master),
        ):
            pass
    assert not [*tmp_path.iterdir()]
