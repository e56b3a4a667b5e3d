"""Codes of the register, one by one and by whole columns: both readings must agree."""

from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.cells.codes import repair_siren, repair_siret
from ancrage.cells.keys import luhn_key
from ancrage.errors import InvalidCodeError
from ancrage.register import cleaning
from ancrage.register.codes import LegalCategory, Naf, Siren, Siret, departement_of

ENGINE = ibis.duckdb.connect()


def column(expression, values, kind="string"):
    """Evaluate a column function over Python values."""
    table = ibis.memtable(pa.table({"value": pa.array(values, pa.string())}))
    return ENGINE.to_pyarrow(table.select(found=expression(table.value).cast(kind)))["found"].to_pylist()


def accepted(kind, value):
    try:
        return str(kind(value))
    except InvalidCodeError:
        return None


def test_a_siren_is_nine_digits_and_its_key():
    assert Siren("130025265").value == "130025265"
    for wrong in ("130025264", "13002526", "1300252650", "13002526A", ""):
        with pytest.raises(InvalidCodeError, match="SIREN"):
            Siren(wrong)


def test_a_siret_needs_the_key_of_its_siren_too():
    assert Siret("13002526500013").siren == Siren("130025265")
    without_siren_key = "1300252640001"
    with pytest.raises(InvalidCodeError):
        Siret(without_siren_key + luhn_key(without_siren_key))


def test_the_post_office_has_its_own_key():
    assert Siret("35600000000048")  # the head office follows Luhn
    assert Siret("35600000024221")  # digits that sum to 25, without a Luhn key
    with pytest.raises(InvalidCodeError):
        Siret("35600000024222")


def test_naf_is_written_with_its_dot_and_knows_its_section():
    assert Naf("6201Z").value == Naf("62.01z").value == "62.01Z"
    assert (Naf("01.42Z").section, Naf("99.00Z").section, Naf("84.11Z").section) == ("A", "U", "O")


@pytest.mark.parametrize("old", ["57.10", "51.5L", "65.2E", "04.11Z", "", "6201"])
def test_codes_of_older_nomenclatures_are_not_naf(old):
    with pytest.raises(InvalidCodeError):
        Naf(old)


def test_a_legal_category_is_four_digits():
    assert LegalCategory("9220").value == "9220"
    with pytest.raises(InvalidCodeError):
        LegalCategory("9220.0")


def test_the_departement_takes_three_characters_overseas():
    assert [departement_of(code) for code in ("23096", "2A004", "97407", "98818")] == [
        "23",
        "2A",
        "974",
        "988",
    ]
    assert column(cleaning.departement, ["23096", "2A004", "97407"]) == ["23", "2A", "974"]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.from_regex(r"[0-9]{8,9}", fullmatch=True), min_size=1, max_size=40))
def test_columns_and_values_agree_on_siren(values):
    values += [value[:8] + luhn_key(value[:8]) for value in values]
    valid = column(lambda c: cleaning.has_luhn_key(cleaning.digits(c, 9), 9), values, "boolean")
    assert valid == [accepted(Siren, value.zfill(9)) is not None for value in values]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.from_regex(r"(356000000|[0-9]{9})[0-9]{5}", fullmatch=True), min_size=1, max_size=40))
def test_columns_and_values_agree_on_siret(values):
    values += [value[:13] + luhn_key(value[:13]) for value in values]
    keys = column(
        lambda c: cleaning.siret_is_valid(c) & cleaning.siren_of_siret_is_valid(c), values, "boolean"
    )
    assert keys == [accepted(Siret, value) is not None for value in values]


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.from_regex(r"[ \u00a0\u202f]?[0-9]{4,15}(\.0{1,2})?", fullmatch=True), min_size=1, max_size=40
    )
)
def test_columns_repair_as_the_sources_do(values):
    assert column(lambda c: cleaning.digits(c, 14), values) == [repair_siret(value) for value in values]
    assert column(lambda c: cleaning.digits(c, 9), values) == [repair_siren(value) for value in values]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.from_regex(r"[0-9]{1,2}\.?[0-9]{1,2}[A-Zz]?", fullmatch=True), min_size=1, max_size=40))
def test_columns_and_values_agree_on_naf(values):
    unknown = ibis.null("string")
    found = column(lambda c: cleaning.naf(c, unknown), values)
    assert found == [accepted(Naf, value) for value in values]
    sections = column(lambda c: cleaning.section(cleaning.naf(c, unknown)), values)
    assert sections == [code and Naf(code).section for code in found]


@pytest.mark.mirror
def test_every_naf_of_the_nomenclature_is_accepted_with_its_published_section(mirror: Path):
    rows = pacsv.read_csv(
        mirror / "nomenclatures" / "5to1.csv.gz", parse_options=pacsv.ParseOptions(delimiter=";")
    ).to_pylist()
    assert len(rows) == 732
    assert {row["n5"]: Naf(row["n5"]).section for row in rows} == {row["n5"]: row["n1"] for row in rows}


def test_a_nomenclature_said_to_be_old_is_believed():
    table = ibis.memtable(pa.table({"code": ["28.41X", "62.01Z"], "name": ["NAFRev1", "NAFRev2"]}))
    found = ENGINE.to_pyarrow(table.select(found=cleaning.naf(table.code, table.name)))["found"]
    assert found.to_pylist() == [None, "62.01Z"]


def test_codes_spoilt_by_a_spreadsheet_are_repaired():
    assert column(cleaning.legal_category, ["9220.0", " 5710", "922", "x"]) == ["9220", "5710", None, None]
    assert column(cleaning.commune, ["8053", "08053", "2a004", "99132", "0null"]) == [
        *("08053", "08053", "2A004"),
        *(None, None),
    ]
    # As published by the Aude; the fourteenth digit is not recoverable, so the key decides later.
    assert column(lambda c: cleaning.digits(c, 14), ["3805449320029.0"]) == ["03805449320029"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-03-31", "2021-03-31"),
        ("31/03/2021", "2021-03-31"),
        ("31-03-2021 10:20", "2021-03-31"),
        ("2021-03-31T00:00:00", "2021-03-31"),
        ("2021-03-30T22:00:00Z", "2021-03-31"),
        ("2021-01-14T23:00:00.000Z", "2021-01-15"),
        ("2007-04-20T00:00:00Z", "2007-04-20"),
        ("1900-01-01", None),
        ("31/02/2021", None),
        ("invalid_date", None),
        ("infinity", None),
        ("", None),
    ],
)
def test_a_day_is_read_however_it_is_written(written, day):
    assert column(cleaning.day, [written]) == [day]


def test_what_is_masked_or_not_a_number_is_unknown():
    assert column(cleaning.text, ["[NON-DIFFUSIBLE]", "[ND]", " ", "A "]) == [None, None, None, "A"]
    assert column(cleaning.number, ["NOT_VALID", "[ND]", "1,5", "2.5"], "float64") == [None, None, 1.5, 2.5]


def test_the_number_of_an_association_is_read_as_it_is_written_or_not_at_all():
    written = ["W643000551", " w2A1000551 ", "W9M1000551", "W64300055", "643000551", "", None]
    assert column(cleaning.rna, written) == ["W643000551", "W2A1000551", "W9M1000551", *[None] * 4]


def test_a_number_beyond_everything_is_unknown_infinite_or_not() -> None:
    values = ["12,5", "-61.5", "999999999", "1e9", "1e999", "inf", "-Infinity", "NaN", "[ND]", ""]
    assert column(cleaning.number, values, "float64") == [12.5, -61.5, 999999999.0, *[None] * 7]
