"""A table is written, then checked where it lies; an edition is read as it is or not at all."""

import json
from datetime import date

import duckdb
import ibis
import pyarrow as pa
import pytest

from ancrage.errors import BuildError, NoEditionError
from ancrage.repairs import BuildEdition
from ancrage.warehouse.reading import FORMAT, Warehouse
from ancrage.warehouse.table import Check, Column, Table
from ancrage.warehouse.writing import write

COMMUNES = Table(
    name="communes",
    meaning="Communes d'essai",
    key=("code",),
    columns=(
        Column("code", "text", "Code"),
        Column("population", "integer", "Population", "habitants", nullable=True),
        Column("area", "decimal", "Superficie", "km²", nullable=True),
        Column("born", "day", "Création", nullable=True),
        Column("rural", "yes_no", "Rurale", nullable=True),
        Column("names", "texts", "Noms", nullable=True),
        Column("shape", "binary", "Contour", nullable=True),
    ),
    sources=("essai",),
    checks=(Check("la population est positive", "population >= 0"),),
)
FAUX = {
    "code": "23077",
    "population": 443,
    "area": 86.1,
    "born": date(1790, 1, 1),
    "rural": True,
    "names": ["Faux-la-Montagne", "Faus"],
    "shape": b"\x01",
}
GUERET = {"code": "23096", "population": None}


def written(rows, folder, table=COMMUNES):
    return write(table, table.from_rows(rows), folder)


@pytest.fixture
def edition(tmp_path):
    written([GUERET, FAUX], tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    return tmp_path


def test_a_table_is_read_back_as_it_was_written_in_the_order_of_its_key(edition):
    with Warehouse(edition) as warehouse:
        first, second = warehouse.rows("FROM communes")
        assert first == FAUX
        assert (second["code"], second["population"], second["names"]) == ("23096", None, None)


def test_parameters_are_bound_by_position_or_by_name_never_written_in_the_query(edition):
    with Warehouse(edition) as warehouse:
        assert warehouse.row("SELECT code FROM communes WHERE code = ?", ("23096",)) == {"code": "23096"}
        assert warehouse.row("SELECT code FROM communes WHERE code = $c", {"c": "23077"}) == {"code": "23077"}
        assert warehouse.row("SELECT code FROM communes WHERE code = ?", ("' OR true --",)) is None


def test_a_table_comes_from_an_ibis_expression_too(tmp_path):
    given, target = tmp_path / "given", tmp_path / "target"
    given.mkdir()
    target.mkdir()
    expression = ibis.duckdb.connect().read_parquet(written([FAUX, GUERET], given))
    path = write(COMMUNES, expression, target)
    assert [file.name for file in target.iterdir()] == [path.name]
    with pytest.raises(BuildError, match="la clé"):
        write(COMMUNES, expression.union(expression), target)


def test_an_edition_whose_source_is_absent_has_the_table_without_a_row(tmp_path):
    write(COMMUNES, COMMUNES.empty(), tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    with Warehouse(tmp_path) as warehouse:
        assert warehouse.rows("SELECT code, names FROM communes") == []


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([FAUX, FAUX], "la clé (code) n'est pas unique"),
        ([{**FAUX, "population": -1}], "la population est positive"),
        ([FAUX, {**FAUX, "code": None}], "une cellule obligatoire est vide"),
    ],
)
def test_a_broken_rule_is_refused_with_its_name_and_an_example(tmp_path, rows, reason):
    data = pa.Table.from_pylist(
        rows, schema=pa.schema([field.with_nullable(True) for field in COMMUNES.schema])
    )
    with pytest.raises(BuildError) as refusal:
        write(COMMUNES, data, tmp_path)
    assert "« communes » est refusée" in refusal.value.message
    assert reason in refusal.value.message
    assert "par exemple" in refusal.value.message
    assert "L'édition précédente reste en place" in refusal.value.hint


def test_a_population_of_zero_and_an_unknown_one_pass_the_rule(tmp_path):
    written([{**FAUX, "population": 0}, GUERET], tmp_path)


def test_a_missing_column_is_named(tmp_path):
    data = COMMUNES.from_rows([FAUX]).drop_columns(["population", "area"])
    with pytest.raises(BuildError, match="n'a pas ses colonnes : population, area"):
        write(COMMUNES, data, tmp_path)


def test_an_undeclared_column_is_left_out(tmp_path):
    data = COMMUNES.from_rows([FAUX]).append_column("secret", pa.array(["x"]))
    write(COMMUNES, data, tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    with Warehouse(tmp_path) as warehouse:
        assert "secret" not in warehouse.rows("FROM communes")[0]


@pytest.mark.parametrize(
    ("column", "values"),
    [("population", ["beaucoup"]), ("born", ["hier"]), ("area", ["grande"]), ("rural", ["peut-être"])],
)
def test_a_column_of_the_wrong_type_is_refused_in_french(tmp_path, column, values):
    data = COMMUNES.from_rows([FAUX])
    data = data.set_column(data.column_names.index(column), column, pa.array(values))
    with pytest.raises(BuildError, match="« communes » a une colonne du mauvais type"):
        write(COMMUNES, data, tmp_path)


def test_a_folder_with_a_quote_in_its_name_is_written_and_read(tmp_path):
    folder = tmp_path / "l'entrepôt d'essai"
    folder.mkdir()
    written([FAUX], folder)
    (folder / "manifest.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    with Warehouse(folder) as warehouse:
        assert warehouse.row("SELECT count(*) AS n FROM communes") == {"n": 1}


@pytest.mark.parametrize("text", [None, "", "{", '{"format": 1}', "{}"])
def test_a_folder_without_a_readable_manifest_of_this_version_is_no_edition(edition, text):
    manifest = edition / "manifest.json"
    manifest.unlink() if text is None else manifest.write_text(text, encoding="utf-8")
    with pytest.raises(NoEditionError) as refusal:
        Warehouse(edition)
    assert refusal.value.repairs == (BuildEdition(),)


def test_a_damaged_table_is_told_each_time_it_is_asked(edition):
    path = edition / "communes.parquet"
    with Warehouse(edition) as warehouse:
        path.write_bytes(path.read_bytes()[:100])
        for _ in range(2):
            with pytest.raises(NoEditionError, match=r"communes\.parquet est illisible"):
                warehouse.rows("FROM communes")
    with pytest.raises(NoEditionError, match=r"communes\.parquet est illisible"):
        Warehouse(edition)


def test_a_table_damaged_inside_is_told_by_the_query_and_a_fault_of_ours_stays_one(edition):
    path = edition / "communes.parquet"
    content = path.read_bytes()
    path.write_bytes(content[:4] + bytes(len(content) // 2) + content[4 + len(content) // 2 :])
    told = pytest.raises(NoEditionError, match=r"communes\.parquet est illisible")
    with Warehouse(edition) as warehouse, told:
        warehouse.rows("FROM communes")
    path.write_bytes(content)
    with Warehouse(edition) as warehouse, pytest.raises(duckdb.Error, match="nowhere"):
        warehouse.rows("SELECT nowhere FROM communes")
