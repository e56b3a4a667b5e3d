"""Files are read as text, with what went wrong said, never dropped."""

import gzip
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from ancrage.declarations.csv_text import split_rows
from ancrage.errors import SourceContentError
from ancrage.sources import checking
from ancrage.sources.catalogue import get_source
from ancrage.sources.checking import check_received
from ancrage.sources.declaration import Format, Resource
from ancrage.sources.envelope import check_envelope, extract
from ancrage.sources.reading import check_header, read_geojson, read_rows
from ancrage.sources.rejects import write_rejects

TABLE = Resource(id="table", format=Format.CSV, columns=("code", "libelle"))


def written(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_code_keeps_its_leading_zero(tmp_path: Path) -> None:
    result = read_rows(written(tmp_path, b"code,libelle\n08053,Bazeilles\n"), TABLE)
    assert result.table.to_pylist() == [{"code": "08053", "libelle": "Bazeilles"}]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_when_it_is_not_declared(tmp_path: Path, separator: str) -> None:
    text = separator.join(("code", "libelle")) + "\n" + separator.join(("1", "x")) + "\n"
    assert read_rows(written(tmp_path, text.encode()), TABLE).separator == separator


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path: Path) -> None:
    result = read_rows(written(tmp_path, "\ufeffcode;libelle\r\n1;é\r\n".encode()), TABLE)
    assert result.table.column_names == ["code", "libelle"]
    assert result.remarks == ()


@pytest.mark.parametrize(("encoding", "told"), [("cp1252", "cp1252"), ("utf-16", "utf-16")])
def test_another_encoding_is_read_and_said(tmp_path: Path, encoding: str, told: str) -> None:
    result = read_rows(written(tmp_path, "code,libelle\n1,Cœur d’Évreux\n".encode(encoding)), TABLE)
    assert result.table["libelle"].to_pylist() == ["Cœur d’Évreux"]
    assert result.remarks == (f"encodage {told} au lieu de utf-8",)


def test_a_byte_that_windows_does_not_know_falls_back_to_latin_1(tmp_path: Path) -> None:
    result = read_rows(written(tmp_path, b"code,libelle\n1,\xe9\x81\n"), TABLE)
    assert result.encoding == "latin-1"


def test_a_separator_at_the_end_of_each_line_is_no_column(tmp_path: Path) -> None:
    result = read_rows(written(tmp_path, b"code;libelle;\r\n1;a;\r\n2;b;\r\n"), TABLE)
    assert result.table.column_names == ["code", "libelle"]
    assert result.table.num_rows == 2


def test_a_quoted_separator_and_line_break_stay_in_their_cell(tmp_path: Path) -> None:
    result = read_rows(written(tmp_path, b'code,libelle\n1,"a, b\nc"\n2,"d ""e"""\n'), TABLE)
    assert result.table["libelle"].to_pylist() == ["a, b\nc", 'd "e"']


def test_a_line_with_a_wrong_number_of_cells_is_set_aside_with_its_number_and_text(tmp_path: Path) -> None:
    result = read_rows(written(tmp_path, b"code,libelle\n1,a\n2\n3,c,d\n\n4,e\n"), TABLE)
    assert result.table["code"].to_pylist() == ["1", "4"]
    assert [(reject.line, reject.text) for reject in result.rejects] == [(3, "2"), (4, "3,c,d")]
    assert [reject.reason for reject in result.rejects] == [
        "1 cellule au lieu de 2",
        "3 cellules au lieu de 2",
    ]


def test_the_rejects_are_written_for_a_spreadsheet(tmp_path: Path) -> None:
    rejects = read_rows(written(tmp_path, b"code,libelle\n2;x\n"), TABLE).rejects
    write_rejects(rejects, tmp_path / "rejets.csv")
    assert (tmp_path / "rejets.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "ligne;raison;texte",
        '2;1 cellule au lieu de 2;"2;x"',
    ]


def test_a_quote_never_closed_is_refused_rather_than_swallowing_the_rest(tmp_path: Path) -> None:
    with pytest.raises(SourceContentError, match="ligne 3"):
        read_rows(written(tmp_path, b'code,libelle\n1,a\n2,"b\n3,c\n4,d\n'), TABLE)


def test_a_renamed_column_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(SourceContentError, match=r"« libelle » \(la plus proche est « LIBELLES »\)"):
        read_rows(written(tmp_path, b"code,LIBELLES\n1,a\n"), TABLE)


def test_a_column_present_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceContentError, match="deux fois"):
        read_rows(written(tmp_path, b"code,libelle,code\n1,a,2\n"), TABLE)


@pytest.mark.parametrize("envelope", ["gz", "zip"])
def test_the_envelope_is_recognised_from_the_bytes(tmp_path: Path, envelope: str) -> None:
    path = tmp_path / "table.data"
    if envelope == "gz":
        path.write_bytes(gzip.compress(b"code,libelle\n1,a\n"))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("dossier/table.csv", "code,libelle\n1,a\n")
    assert read_rows(path, TABLE).table.num_rows == 1
    assert check_header(path, TABLE) == ("code", "libelle")


def test_a_zip_of_several_tables_needs_to_be_told_which_and_a_notice_is_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "table.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("table.csv", "code,libelle\n1,a\n")
        archive.writestr("lisez-moi.txt", "bonjour")
    assert read_rows(path, TABLE).table.num_rows == 1
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("autre.csv", "code,libelle\n2,b\n3,c\n")
    with pytest.raises(SourceContentError, match=r"autre\.csv"):
        read_rows(path, TABLE)
    assert read_rows(path, TABLE.model_copy(update={"member": "autre.*"})).table.num_rows == 2


def test_an_archive_is_extracted_for_the_engines_that_cannot_open_it(tmp_path: Path) -> None:
    path = tmp_path / "StockUniteLegale_utf8.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("StockUniteLegale_utf8.csv", "code,libelle\n1,a\n")
    copy = extract(path, TABLE, tmp_path)
    assert copy.name == "StockUniteLegale_utf8.csv"
    assert copy.read_text() == "code,libelle\n1,a\n"


@pytest.mark.parametrize(("minimum", "refused"), [(3, False), (4, True)])
def test_a_large_parquet_is_counted_from_its_footer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minimum: int, refused: bool
) -> None:
    monkeypatch.setattr(checking, "COUNTED_BELOW", 0)
    path = tmp_path / "stock.parquet"
    parquet.write_table(pa.table({"code": ["1"] * 3, "libelle": ["a"] * 3}), path)
    stock = TABLE.model_copy(update={"format": Format.PARQUET, "min_rows": minimum})
    if refused:
        with pytest.raises(SourceContentError, match="3\u00a0lignes au lieu de 4"):
            check_received([path], stock)
    else:
        assert check_received([path], stock).rows == 3


def test_a_large_csv_is_not_counted_but_its_columns_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "COUNTED_BELOW", 0)
    assert check_received([written(tmp_path, b"code,libelle\n1,a\n")], TABLE).rows is None
    with pytest.raises(SourceContentError, match="libelle"):
        check_received([written(tmp_path, b"code\n1\n")], TABLE)


def truncated_gzip() -> bytes:
    return gzip.compress(b"code,libelle\n" + bytes(range(48, 122)) * 50)[:-20]


def truncated_parquet(folder: Path) -> bytes:
    parquet.write_table(pa.table({"code": ["1"], "libelle": ["a"]}), folder / "whole.parquet")
    return (folder / "whole.parquet").read_bytes()[:-20]


def truncated_zip(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "whole.zip", "w") as archive:
        archive.writestr("table.csv", "code,libelle\n1,a\n" * 100)
    return (folder / "whole.zip").read_bytes()[:-40]


@pytest.mark.parametrize("kind", ["gz", "zip", "parquet", "empty", "empty gz", "html", "html gz"])
def test_what_is_not_the_data_announced_is_refused(tmp_path: Path, kind: str) -> None:
    page = b"\n<!DOCTYPE html><html><body>Erreur</body></html>"
    content = {
        "gz": truncated_gzip(),
        "zip": truncated_zip(tmp_path),
        "parquet": truncated_parquet(tmp_path),
        "empty": b"",
        "empty gz": gzip.compress(b""),
        "html": page,
        "html gz": gzip.compress(page),
    }[kind]
    with pytest.raises(SourceContentError) as caught:
        check_envelope(written(tmp_path, content), TABLE)
    assert caught.value.hint


def test_a_parquet_is_read_as_text(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"code": [8053], "libelle": ["a"]}), tmp_path / "table.parquet")
    assert read_rows(tmp_path / "table.parquet", TABLE).table.schema.types == [pa.string(), pa.string()]
    assert check_header(tmp_path / "table.parquet", TABLE) == ("code", "libelle")


def test_a_parquet_without_its_column_is_refused_before_its_rows_are_read(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"code": ["1"]}), tmp_path / "table.parquet")
    with pytest.raises(SourceContentError, match="libelle"):
        check_header(tmp_path / "table.parquet", TABLE)


def test_json_broken_in_the_middle_says_where(tmp_path: Path) -> None:
    with pytest.raises(SourceContentError, match="ligne 2"):
        read_rows(written(tmp_path, b'[{"code": "1",\n "libelle": }]', "table.json"), TABLE)


def test_a_geojson_gives_properties_and_geometry_even_absent(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [2.0, 46.0]}
    features = [
        {"properties": {"code": "1"}, "geometry": point},
        {"properties": {"code": "2"}, "geometry": None},
    ]
    path = written(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert list(read_geojson(path)) == [({"code": "1"}, point), ({"code": "2"}, None)]


def test_a_json_that_is_no_collection_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceContentError, match="GeoJSON"):
        list(read_geojson(written(tmp_path, b'{"type": "Feature"}')))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\x00'), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=20))
def test_every_line_becomes_a_row_or_a_reject(rows: list[list[str]]) -> None:
    quoted = [",".join(f'"{cell}"' for cell in row) for row in rows]
    _, kept, rejects = split_rows("\n".join(["a,b", *quoted]), ",")
    assert len(kept) + len(rejects) == len(rows)
    assert kept == [row for row in rows if len(row) == 2]


def real(mirror: Path, source_id: str, resource_id: str) -> list[dict[str, str]]:
    resource = get_source(source_id).resource(resource_id)
    assert resource.mirror is not None
    rows: list[dict[str, str]] = read_rows(mirror / resource.mirror.paths[0], resource).table.to_pylist()
    return rows


@pytest.mark.mirror
def test_the_real_frr_file_has_a_trailing_separator_and_windows_line_ends(mirror: Path) -> None:
    rows = real(mirror, "frr-2025", "communes")
    assert list(rows[0]) == [
        "Code_insee",
        "Departement",
        "Commune",
        "Classement FRR et FRR+ au 10 juillet 2025",
    ]
    assert rows[0]["Code_insee"] == "01001"


@pytest.mark.mirror
def test_the_real_digital_list_keeps_the_float_a_spreadsheet_made(mirror: Path) -> None:
    rows = real(mirror, "sirene-ess-numerique", "unites")
    assert rows[0]["siren"] == "062201199"
    assert rows[0]["code_postal"] == "84200.0"


@pytest.mark.mirror
def test_the_real_france_services_list_keeps_its_broken_commune_code(mirror: Path) -> None:
    codes = {row["insee_com"] for row in real(mirror, "france-services", "liste-2022-12")}
    assert "0null" in codes


@pytest.mark.mirror
def test_the_real_inclusion_list_keeps_the_twelve_sirets_present_twice(mirror: Path) -> None:
    sirets = [row["siret"] for row in real(mirror, "siae", "structures")]
    assert len(sirets) - len(set(sirets)) == 12


@pytest.mark.mirror
def test_a_json_code_list_becomes_a_table(mirror: Path) -> None:
    rows = real(mirror, "nomenclatures", "categories-juridiques")
    assert {"code": "1000", "libelle": "Entrepreneur individuel"} in rows
