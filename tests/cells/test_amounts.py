"""Amounts as cells hold them: read, or told with how to write them; one that has two readings has none."""

import gzip
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.cells.amounts import read_amount, read_amounts
from ancrage.declarations.reader import LIST, Reader
from ancrage.errors import SurvivalError

CENTS = st.integers(min_value=-(10**13), max_value=10**13).map(lambda cents: Decimal(cents) / 100)
SPACES = (" ", "\u00a0", "\u202f", "\u2009")


def grouped(value, thousands, decimal):
    return f"{abs(value):,.2f}".replace(",", "_").replace(".", decimal).replace("_", thousands)


@given(CENTS, st.sampled_from(SPACES), st.sampled_from(["", "€", " €", "\u00a0EUR", " euros"]))
def test_an_amount_written_in_french_is_read_whatever_its_spaces_and_its_unit(value, space, unit):
    written = grouped(value, space, ",") + unit
    for sign in ("-", "\u2212", "- "):
        assert read_amount(sign + written if value < 0 else written).value == value


@given(CENTS)
def test_an_amount_is_read_with_points_or_commas_between_thousands(value):
    sign = "-" if value < 0 else ""
    for thousands, decimal in ((".", ","), (",", "."), ("'", "."), ("", ","), ("", ".")):
        assert read_amount(sign + grouped(value, thousands, decimal)).value == value


@given(CENTS.filter(bool))
def test_an_amount_between_parentheses_or_before_a_minus_is_owed(value):
    written = grouped(value, " ", ",")
    assert read_amount(f"({written}) €").value == read_amount(f"{written}-").value == -abs(value)


@given(st.integers(0, 10**6), st.sampled_from([("k€", 3), ("M€", 6), ("Md€", 9), (" millions d'euros", 6)]))
def test_a_scale_multiplies(tenths, scale):
    name, power = scale
    assert read_amount(f"{tenths // 10},{tenths % 10} {name}").value == Decimal(tenths).scaleb(power - 1)


@given(st.text(max_size=30))
def test_whatever_is_written_is_read_or_told_never_both_lost(written):
    told = read_amount(written)
    assert told.value is None or told.value.is_finite()
    assert told.misread == (told.value is None and bool(told.repair))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("12 k€", "12000"), ("12k", "12000"), ("1,5 M€", "1500000"), ("€ 50", "50"), ("50 EUR", "50")),
        *(("0,125", "0.125"), ("1234.567", "1234.567"), ("1.234.567", "1234567"), ("12€50", "12.50")),
        *(("5 mille euros", "5000"), ("1,234 k€", "1234"), ("100 000,00", "100000")),
    ],
)
def test_an_amount_is_read_as_people_write_it(cell, value):
    assert (read_amount(cell).value, read_amount(cell).remark) == (Decimal(value), "")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        *(("1.234", "se lit de deux façons"), ("12,000", "se lit de deux façons")),
        *(("1,2E+06", "arrondi par un tableur"), ("$ 5", "pas en euros"), ("500 F CFP", "pas en euros")),
        *(("1 23", "pas un montant"), ("10 %", "pas un montant"), ("NC", "pas un montant")),
        *(("-(5)", "pas un montant"), ("selon le projet", "pas un montant")),
        ("3 000 € à 10 000 €", "pas un montant"),
        ("240 000 € (pour les 3 saisons sportives)", "pas un montant"),
    ],
)
def test_what_is_no_amount_is_told_with_how_to_write_it(cell, why):
    told = read_amount(cell)
    assert told.value is None
    assert why in told.remark
    assert told.repair


def test_a_tax_told_beside_an_amount_is_told():
    assert read_amount("29 000 € HT").remark == "« 29 000 € HT » est lu hors taxes"


@pytest.mark.parametrize("cell", ["", "  ", "nd", "-", "NA"])
def test_an_empty_cell_is_unknown_and_nothing_is_told(cell):
    assert (read_amount(cell).value, read_amount(cell).misread) == (None, False)


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (("1.234", "12,50"), "1234"),
        (("1,234", "12.50"), "1234"),
        (("1.234", "12.5"), "1.234"),
        (("1.234", "2.345.678"), "1234"),
    ],
)
def test_the_other_cells_of_a_column_say_which_sign_comes_before_decimals(cells, first):
    assert read_amounts(cells)[0].value == Decimal(first)


@pytest.mark.parametrize("cells", [("1.234", "1,234"), ("1.234", "12,5", "12.5"), ("1.234", "18")])
def test_a_column_that_does_not_say_leaves_them_told(cells):
    assert read_amounts(cells)[0].value is None


READER = Reader(SurvivalError, "", LIST, guessed=True)
PUBLISHED = {
    "cd44-loire-atlantique-2008-2019.csv.gz": ("Montant total de la subvention", 18_116, []),
    "cd49-maine-et-loire-2004-2018.csv.gz": ("Mandaté", 11_843, []),
    "cd72-sarthe-2018.csv.gz": ("Montant de la subvention de fonctionnement (1)", 1_565, ["« N 82 584,28 »"]),
    "fonds-vert-2023.csv.gz": ("montant_engage", 10_782, []),
    "toulouse-metropole-2023.csv.gz": ("montant", 551, []),
    "cd53-mayenne-2018.xlsx": ("montant", 173, []),
}
"""By published list of grants: the column of amounts, how many are read, and those told."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_amount_of_the_published_lists_of_grants_is_read_or_told(mirror, tmp_path, name):
    column, read, told = PUBLISHED[name]
    path = tmp_path / name.removesuffix(".gz")
    content = (mirror / "subventions" / name).read_bytes()
    path.write_bytes(gzip.decompress(content) if name.endswith(".gz") else content)
    table = READER.table(path)
    rank = table.columns.index(column)
    found = read_amounts(cells[rank] for _, cells in table.rows)
    assert sum(one.value is not None for one in found) == read
    assert [one.remark.removesuffix(" n'est pas un montant") for one in found if one.misread] == told
