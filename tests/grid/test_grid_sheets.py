"""The grid as a spreadsheet: read as the same judgement, or refused with the line and the column."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from grid_factory import TODAY, grid_files
from hypothesis import Phase, given, settings

from ancrage.errors import GridFileError
from ancrage.grid.assessment import GridFile, Judgement, Role
from ancrage.grid.files import Syntax, read_grid_bytes, read_grid_file, write_grid_text
from ancrage.grid.sheet import rows_of
from workbooks import ods, xlsx

HEAD = [
    ("Grille de la ressourcerie", None, None),
    ("Structure", "Essai", None),
    ("Commune", "23077", None),
    ("Date", date(2026, 1, 15), "31/01/2026"),
    ("Rôle", "Structure", "Collectivité"),
    ("Signée par", "présidence", "élu à l'ESS"),
]
"""As people have it; the first line is a title, which is none of the grid's."""
LEVELS = [(f"{rank}", 3, rank % 5 + 1) for rank in range(1, 16)]


def read(rows, name="grille.csv", *, separator=";", encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return read_grid_bytes(out.getvalue().encode(encoding), name, today=TODAY)


def refused(rows):
    with pytest.raises(GridFileError) as caught:
        read(rows)
    return f"{caught.value.message} {caught.value.hint}"


def typed(text):
    """What a cell may hold, blank ends taken off."""
    return "".join(sign for sign in text if sign.isprintable()).strip()


def in_cells(file):
    """The same judgement in words that cells hold."""
    told = [
        replace(
            one,
            signed_by="présidence",
            levels={
                key: Judgement(each.level, typed(each.comment), typed(each.evidence))
                for key, each in one.levels.items()
            },
        )
        for one in file.assessments
    ]
    named = replace(file.structure, name=typed(file.structure.name) or "Essai")
    return GridFile(named, tuple(told))


@given(grid_files.map(in_cells))
@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_a_sheet_is_read_back_as_it_was_written(file):
    content = write_grid_text(file, Syntax.CSV).encode()
    assert read_grid_bytes(content, "grille.csv", today=TODAY) == file


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_says_what_the_csv_says(tmp_path, write):
    rows = HEAD[1:] + LEVELS
    path = write(tmp_path / f"grille.{write.__name__}", {"Grille": rows})
    assert read_grid_file(path, today=TODAY) == read(rows)
    assert [(one.date, one.role) for one in read(rows).assessments] == [
        (date(2026, 1, 15), Role.STRUCTURE),
        (date(2026, 1, 31), Role.COLLECTIVITE),
    ]


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig"), (";", "utf-8-sig")]
)
def test_a_sheet_is_read_in_any_separator_and_encoding(separator, encoding):
    assert read(HEAD[1:] + LEVELS, separator=separator, encoding=encoding) == read(HEAD[1:] + LEVELS)


def test_a_criterion_is_known_by_its_identifier_its_label_or_its_number():
    plain = read(HEAD[1:] + LEVELS)
    labels = [row[0] for row in rows_of()][9:]
    assert len(labels) == 15
    assert read(HEAD[1:] + [(label, *row[1:]) for label, row in zip(labels, LEVELS, strict=True)]) == plain
    mixed = [*LEVELS[:3], ("Trésorerie", 3, 5), *LEVELS[4:]]
    assert read(HEAD[1:] + mixed) == plain


def test_a_label_wins_over_a_number_of_the_file_s_own():
    moved = [*LEVELS[:2], ("3. Trésorerie", 1, 1), ("4. Investissement", 2, 2), *LEVELS[4:]]
    (first, _) = read(HEAD[1:] + moved).assessments
    assert (first.level("tresorerie"), first.level("capacite_investissement")) == (1, 2)


@pytest.mark.parametrize("cell", ["", "?", "ne sait pas", "NSP", "null"])
def test_a_blank_or_a_doubt_is_unknown_and_no_level(cell):
    (first, _) = read([*HEAD[1:], ("1", cell, 3), *LEVELS[1:]]).assessments
    assert first.level("articulation_besoins") is None


def test_reasons_stand_under_their_criterion():
    told = [LEVELS[0], ("Commentaire", "En cours.", ""), ("Éléments", "", "Convention."), *LEVELS[1:]]
    (first, second) = read(HEAD[1:] + told).assessments
    assert first.levels["articulation_besoins"] == Judgement(3, "En cours.", "")
    assert second.levels["articulation_besoins"] == Judgement(2, "", "Convention.")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (HEAD + LEVELS, "ligne 1 : la ligne « Grille de la ressourcerie » n'est pas de la grille"),
        (
            [*HEAD[1:], ("1", 6, 3), *LEVELS[1:]],
            "ligne 6 – colonne B, Réponse aux besoins : un niveau de 1 à 5",
        ),
        ([*HEAD[1:], ("1", 3, "fort"), *LEVELS[1:]], "ligne 6 – colonne C, Réponse aux besoins : un niveau"),
        (HEAD[1:] + LEVELS[:-1], "il manque « cooperations »"),
        ([*HEAD[1:], *LEVELS, LEVELS[0]], "ligne 21 – colonne B, Réponse aux besoins : écrit deux fois"),
        ([*HEAD[1:3], ("Date", "30/02/2026"), *HEAD[4:], *LEVELS], "février 2026 a 28 jours"),
        ([*HEAD[1:4], ("Rôle", "maire", "usagers"), *HEAD[5:], *LEVELS], "colonne B, Rôle : « maire »"),
        ([HEAD[1], ("Commune", "Guéret"), *HEAD[3:], *LEVELS], "ligne 2 – Commune : "),
        ([*HEAD[1:], ("Commentaire", "x"), *LEVELS], "ligne 6 : « Commentaire » ne suit aucun critère"),
        (
            [*HEAD[1:3], ("SIRET", "3,05420E+13"), *HEAD[3:], *LEVELS],
            "ligne 3 – SIRET : « 3,05420E+13 » est un SIRET arrondi par un tableur",
        ),
        ([*HEAD[1:], ("Tresorrerie", 1, 1), *LEVELS], "vouliez-vous dire « Trésorerie"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_told_with_its_line_and_its_column(rows, told):
    assert told in refused(rows)


def test_the_model_to_fill_lacks_only_what_a_person_writes():
    told = refused(list(rows_of()))
    assert "ligne 2 – Structure : un texte est attendu" in told
    assert "une liste d'au moins une évaluation" in told
