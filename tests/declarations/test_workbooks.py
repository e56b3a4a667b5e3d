"""Workbooks a person brings: the sheet that is read, its titles, what is told, what is refused."""

import zipfile
from datetime import date

import pytest

from ancrage.declarations import workbook
from ancrage.declarations.reader import LIST, Reader
from ancrage.errors import PanelFileError
from workbooks import ods, xlsx

READER = Reader(PanelFileError, "Donnez un CSV.", LIST, guessed=True)
ROWS = (("siret", "nom", "jour"), (38054493200029, "Régie", date(2021, 3, 31)), ("00012", None, 1.5))


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_sheet_is_a_table_whose_lines_are_its_rows(write, tmp_path):
    found = READER.table(write(tmp_path / "liste", {"Liste": ROWS}))
    assert found.columns == ("siret", "nom", "jour")
    assert found.rows == ((2, ("38054493200029", "Régie", "2021-03-31")), (3, ("00012", "", "1.5")))
    assert (found.rejects, found.how) == ((), "feuille « Liste »")


def test_what_stands_above_the_titles_is_told_and_blank_rows_do_not_shift_the_lines(tmp_path):
    rows = (("Liste au 1er janvier", None, None), (None, None, None), *ROWS[:2], (None, None, None), ROWS[2])
    found = READER.table(xlsx(tmp_path / "liste.xlsx", {"Liste": rows}))
    assert [line for line, _ in found.rows] == [4, 6]
    assert [(one.line, one.text, one.reason) for one in found.rejects] == [
        (1, "Liste au 1er janvier", "au-dessus de la ligne de titres")
    ]


def test_the_fullest_visible_sheet_is_read_and_the_others_are_told(tmp_path):
    sheets = {"Lisez-moi": (("Notice",),), "Données": ROWS, "Vide": (), "Ancien": ROWS * 3}
    found = READER.table(xlsx(tmp_path / "liste.xlsx", sheets, hidden=("Ancien",)))
    assert found.how == "feuille « Données », sans « Lisez-moi » et « Ancien »"


def test_a_column_without_a_title_keeps_its_cells_and_an_empty_one_goes(tmp_path):
    rows = (("nom", "ville", None, None), ("A", "Ahun", None, "x"), ("B", None, None, None))
    found = READER.table(xlsx(tmp_path / "liste.xlsx", {"Liste": rows}))
    assert (found.columns, found.rows[0]) == (("nom", "ville", "colonne 4"), (2, ("A", "Ahun", "x")))


def test_titles_written_twice_are_refused_with_their_row(tmp_path):
    with pytest.raises(PanelFileError, match=r"liste.xlsx ».*ligne 1.*« nom » y est deux fois"):
        READER.table(xlsx(tmp_path / "liste.xlsx", {"Liste": (("nom", "nom"), ("A", "B"))}))


def test_a_workbook_without_a_visible_cell_is_refused(tmp_path):
    path = xlsx(tmp_path / "liste.xlsx", {"Vide": (), "Caché": ROWS}, hidden=("Caché",))
    with pytest.raises(PanelFileError, match="aucune feuille visible"):
        READER.table(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 coup\xc3\xa9", b"\xd0\xcf\x11\xe0" + b"a" * 600])
def test_what_is_no_workbook_or_a_damaged_one_is_refused(content, tmp_path):
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content)
    with pytest.raises(PanelFileError, match="pas un classeur lisible"):
        READER.table(path)


def test_a_cut_workbook_is_refused(tmp_path):
    path = xlsx(tmp_path / "liste.xlsx", {"Liste": ROWS})
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(PanelFileError, match="abîmé"):
        READER.table(path)


def test_a_small_workbook_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path):
    path = xlsx(tmp_path / "liste.xlsx", {"Liste": ROWS})
    heavy = tmp_path / "lourd.xlsx"
    with (
        zipfile.ZipFile(path) as good,
        zipfile.ZipFile(heavy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bad,
    ):
        for name in good.namelist():
            if name != "xl/sharedStrings.xml":
                bad.writestr(name, good.read(name))
        with bad.open("xl/sharedStrings.xml", "w", force_zip64=True) as strings:
            strings.write(b"<sst><si><t>")
            for _ in range(257):
                strings.write(b"a" * (1 << 20))
            strings.write(b"</t></si></sst>")
    assert heavy.stat().st_size < 4 << 20
    with pytest.raises(PanelFileError, match="trop de mémoire ou de temps"):
        READER.table(heavy)


def test_a_sheet_that_spreads_over_all_its_cells_is_refused(tmp_path):
    rows = (("a",), *((None,) for _ in range(3)))
    path = xlsx(tmp_path / "liste.xlsx", {"Liste": rows})
    far = tmp_path / "loin.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(far, "w") as bad:
        for name in good.namelist():
            told = good.read(name)
            if name.endswith("sheet1.xml"):
                last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                told = told.replace(b"</sheetData>", last)
            bad.writestr(name, told)
    with pytest.raises(PanelFileError, match="trop de mémoire ou de temps"):
        READER.table(far)


def test_a_reader_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    still = tmp_path / "still.py"
    still.write_text("import sys, time\nsys.stdin.buffer.read()\ntime.sleep(60)\n")
    monkeypatch.setattr(workbook, "CHILD", still)
    monkeypatch.setattr(workbook, "PATIENCE", 0.5)
    with pytest.raises(PanelFileError, match="trop de mémoire ou de temps"):
        READER.table(xlsx(tmp_path / "liste.xlsx", {"Liste": ROWS}))


def test_what_is_read_stays_under_the_size_of_the_kind(tmp_path):
    small = Reader(PanelFileError, "Donnez un CSV.", 1 << 14)
    path = xlsx(tmp_path / "liste.xlsx", {"Liste": (("nom",), *((f"{n:050}",) for n in range(500)))})
    assert path.stat().st_size < small.largest
    with pytest.raises(PanelFileError, match="dépasse 16 ko une fois décompressé"):
        small.table(path)
