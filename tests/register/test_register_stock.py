"""Stock files in every envelope, and the ways they arrive broken."""

import gzip
import zipfile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ancrage.errors import SourceContentError
from ancrage.register.stock import Layout, connect, open_stock, saved
from ancrage.warehouse.room import lacks_room

LAYOUT = Layout("essai", required=("siren", "nom"), optional=("absent",))
CONTENT = 'siren,autre,nom\n000325175,x,Société à Guéret\n130025265,y,"Deux, mots"\n'


@pytest.fixture
def read(tmp_path):
    con = connect(tmp_path)

    def opened(path, layout=LAYOUT):
        found = open_stock(con, path, layout, tmp_path)
        return con.to_pyarrow(found.rows.order_by(layout.required[0])).to_pylist(), found.rejects.to_pylist()

    return opened


EXPECTED = [
    {"siren": "000325175", "nom": "Société à Guéret", "absent": None},
    {"siren": "130025265", "nom": "Deux, mots", "absent": None},
]


def write(path, content=CONTENT):
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("Stock_utf8.csv", content)
    elif path.suffix == ".gz":
        path.write_bytes(gzip.compress(content.encode()))
    else:
        path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.zip"])
def test_a_csv_is_read_in_any_envelope_with_its_leading_zeros(tmp_path, read, name):
    assert read(write(tmp_path / name)) == (EXPECTED, [])


def test_nothing_extracted_from_a_zip_is_left_behind(tmp_path, read):
    read(write(tmp_path / "a.zip"))
    assert not list(tmp_path.glob("*.csv"))


def test_parquet_is_read_as_text_whatever_its_types(tmp_path, read):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"siren": [130025265], "nom": [True]}), path)
    assert read(path) == ([{"siren": "130025265", "nom": "true", "absent": None}], [])


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ","), ("utf-8", ";"), ("latin-1", ";"), ("utf-8", "\t")]
)
def test_encoding_and_separator_are_recognised(tmp_path, read, encoding, separator):
    path = tmp_path / "a.csv"
    path.write_bytes(f"siren{separator}nom\r\n000325175{separator}Guéret\r\n".encode(encoding))
    assert read(path)[0] == [{"siren": "000325175", "nom": "Guéret", "absent": None}]


def test_missing_columns_are_named(tmp_path, read):
    with pytest.raises(SourceContentError, match="siren, nom") as failure:
        read(write(tmp_path / "a.csv", "SIREN_renomme;x\n1;2\n"))
    assert "SIREN_renomme" in failure.value.hint


def test_a_web_page_is_recognised(tmp_path, read):
    with pytest.raises(SourceContentError, match="page web"):
        read(write(tmp_path / "a.csv", "  <!DOCTYPE html><html><body>Service indisponible</body></html>"))


def test_an_empty_file_has_no_column(tmp_path, read):
    with pytest.raises(SourceContentError, match="colonnes attendues"):
        read(write(tmp_path / "a.csv", ""))


def test_a_file_that_does_not_exist_is_said(tmp_path, read):
    with pytest.raises(SourceContentError, match="n'existe pas"):
        read(tmp_path / "nulle-part.csv")


@pytest.mark.parametrize("name", ["a.csv.gz", "a.zip", "a.parquet"])
def test_a_truncated_file_is_refused(tmp_path, read, name):
    path = tmp_path / name
    if name.endswith("parquet"):
        pq.write_table(pa.table({"siren": ["1"] * 5000, "nom": ["a"] * 5000}), path)
    else:
        write(path, CONTENT * 2000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(SourceContentError):
        read(path)


def test_a_zip_of_several_csv_is_refused(tmp_path, read):
    path = write(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("autre.csv", CONTENT)
    with pytest.raises(SourceContentError, match="2 fichiers CSV"):
        read(path)


def test_a_line_with_too_few_or_too_many_cells_is_set_aside_with_its_number(tmp_path, read):
    broken = CONTENT + "123,trop,de,cellules\n456\n"
    rows, rejects = read(write(tmp_path / "a.csv", broken))
    assert rows == EXPECTED
    assert [reject["key"] for reject in rejects] == ["ligne 4", "ligne 5"]
    assert all(reject["values"] == "" for reject in rejects)


def test_an_unexpected_engine_failure_never_reaches_the_reader(tmp_path, read, monkeypatch):
    path = write(tmp_path / "a.csv")
    monkeypatch.setattr(
        "ancrage.register.stock._read_csv", lambda *_: (_ for _ in ()).throw(duckdb.Error("rupture"))
    )
    with pytest.raises(SourceContentError, match="rupture"):
        read(path)


def test_a_parquet_spoilt_in_its_middle_is_named_when_it_is_read(tmp_path):
    path, scratch = tmp_path / "stock.parquet", tmp_path / "scratch"
    scratch.mkdir()
    pq.write_table(pa.table({"a": [str(number) for number in range(50_000)]}), path, use_dictionary=False)
    content = bytearray(path.read_bytes())
    content[20_000:60_000] = bytes(40_000)
    path.write_bytes(content)
    con = connect(scratch)
    rows = open_stock(con, path, Layout("essai", required=("a",)), scratch).rows
    with pytest.raises(SourceContentError, match=r"stock\.parquet est abîmé"):
        saved(con, rows, scratch / "copie.parquet")


def test_a_disk_that_is_full_is_not_told_as_a_damaged_file(tmp_path, read):
    path = write(tmp_path / "a.csv")
    read(path)
    (copy,) = tmp_path.glob("*.parquet")
    copy.unlink()
    copy.symlink_to("/dev/full")
    with pytest.raises(duckdb.IOException) as failure:
        read(path)
    assert lacks_room(failure.value)
