"""The codes of :mod:`ancrage.register.codes` for whole columns, as Ibis expressions.

Each function takes a text column as published and gives a clean column, NULL where nothing can be read; a day
or a truth value that the file already types is taken as it is.
Two readings of the same rule must agree: tests/register compares them on random values.
"""

from datetime import date
from typing import Any

import ibis

from ancrage.cells.keys import LA_POSTE
from ancrage.register.codes import SECTION_OF_DIVISION

Column = Any
"""An Ibis column; the library publishes no types that mypy can follow."""

COMMUNE = r"^([0-8][0-9]|9[0-8]|2A|2B)[0-9]{3}$"
WIDTHS = {"siret": 14, "siren": 9}
"""Digits of a code, by the name of its column."""
AFTER_SIREN = 10**5
"""Of a SIRET, the five last digits come after the SIREN."""
LARGEST = 1e9
"""Beyond every coordinate, in metres, and every capacity; an infinite number is beyond it too."""
NAF_2025 = date(2027, 1, 1)
"""The day from which activities are told in NAF 2025, to check: read through those who cite the INSEE's page
8181066, so that a code which may be of it is left unknown rather than read as NAF rév. 2."""
UNKNOWN_BIRTH = "1900-01-01"
"""The day the INSEE writes when it does not know one."""


def text(column: Column) -> Column:
    """Trimmed text; NULL when empty or masked (``[NON-DIFFUSIBLE]``, ``[ND]``)."""
    trimmed = column.strip()
    masked = trimmed.isin(["", "[NON-DIFFUSIBLE]", "[ND]"])
    return masked.ifelse(ibis.null("string"), trimmed)


def digits(column: Column, width: int) -> Column:
    """Digits of a code that a spreadsheet may have spoilt: spaces, ``.0``, lost leading zeros."""
    bare = column.re_replace(r"[\s\x{00a0}\x{202f}]", "").re_replace(r"\.0+$", "")
    readable = bare.re_search(rf"^[0-9]{{{width - 3},{width}}}$")
    repaired = readable.ifelse(bare.lpad(width, "0"), ibis.null("string"))
    return column.re_search(rf"^[0-9]{{{width}}}$").ifelse(column, repaired)


def number_of(column: Column, width: int) -> Column:
    """The number that the digits of a code make, spoilt or not: the same for all the ways to write one code.

    A text that is no code may make a number too.
    """
    return ibis.coalesce(column.try_cast("int64"), digits(column, width).try_cast("int64"))


def has_luhn_key(column: Column, width: int) -> Column:
    """Whether a column of ``width`` digits has its Luhn key."""
    return _luhn(_whole(column), 0, width) % 10 == 0


def siret_is_valid(siret: Column) -> Column:
    """Whether a column of fourteen digits has the key of a SIRET, La Poste included (not of its SIREN).

    The sum of La Poste is worked out for its establishments alone.
    """
    number = _whole(siret)
    plain = _plain_total(number) % 5 == 0
    post_office = (number // AFTER_SIREN == int(LA_POSTE)).ifelse(plain, ibis.literal(False))
    return (_luhn(number, 0, 14) % 10 == 0) | post_office


def siren_of_siret_is_valid(siret: Column) -> Column:
    """Whether the SIREN that begins a column of fourteen digits has its key."""
    return _luhn(_whole(siret), 5, 14) % 10 == 0


def _whole(digits: Column) -> Column:
    """The number that digits alone make: a sum asks it twenty times, and some engines try each anew."""
    return digits.cast("int64")


def _luhn(number: Column, first: int, width: int) -> Column:
    """What ends with the same digit as the Luhn sum of a number of ``width`` digits, but the ``first`` last.

    Of two digits ``10 a + b``, the sum takes ``b + 2 a``, and one more where ``a > 4``, give or take tens.
    Told by the quotients of the number alone, which the SIRET and its SIREN share: each is divided once.
    """
    total: Column = number // 10**first if first else number
    for rank in range(first, width, 2):
        if rank > first:
            total = total - number // 10**rank
        if rank + 1 < width:
            total = total + number // 10 ** (rank + 1) * 2 + number // (5 * 10 ** (rank + 1))
    return total


def _plain_total(number: Column) -> Column:
    """Sum of the fourteen digits of a number, two by two."""
    total: Column = ibis.literal(0)
    for rank in range(0, 14, 2):
        total = total + _plain_pair(number // 10**rank % 100)
    return total


def _plain_pair(pair: Column) -> Column:
    """The sum of the two digits."""
    return pair - pair // 10 * 9


def legal_category(column: Column) -> Column:
    """Four digits, or NULL; ``9220.0`` is read as 9220."""
    shape = r"^[1-9][0-9]{3}$"
    bare = column.strip().re_replace(r"\.0+$", "")
    repaired = bare.re_search(shape).ifelse(bare, ibis.null("string"))
    return column.re_search(shape).ifelse(column, repaired)


def rna(column: Column) -> Column:
    """Number of an association in the national directory (RNA): W, then nine signs; NULL otherwise."""
    bare = column.strip().upper()
    return bare.re_search(r"^W[0-9][0-9A-Z][0-9A-Z][0-9]{6}$").ifelse(bare, ibis.null("string"))


def commune(column: Column) -> Column:
    """Five characters, or NULL; ``8053`` is read as 08053. A country (99…) is not a commune."""
    bare = column.strip().re_replace(r"\.0+$", "").upper()
    padded = bare.re_search(r"^[0-9]{4}$").ifelse(bare.lpad(5, "0"), bare)
    repaired = padded.re_search(COMMUNE).ifelse(padded, ibis.null("string"))
    return column.re_search(COMMUNE).ifelse(column, repaired)


def departement(commune_code: Column) -> Column:
    """Two first characters of a commune code, three overseas."""
    return commune_code.left(2).isin(["97", "98"]).ifelse(commune_code.left(3), commune_code.left(2))


def naf(column: Column, nomenclature: Column, since: Column | None = None) -> Column:
    """Activity in NAF rév. 2 with its dot; NULL for the codes of other nomenclatures.

    Where the nomenclature is not given, the shape decides: four digits and a letter. Codes of NAF 2025 have
    the same one: ``since``, the day from which a code holds, leaves unknown those of the day when activities
    are told in NAF 2025 and after.
    """
    bare = column.strip().upper().replace(".", "")
    divisions = "|".join(SECTION_OF_DIVISION)
    repaired = bare.re_search(rf"^({divisions})[0-9]{{2}}[A-Z]$").ifelse(
        bare.left(2) + "." + bare.substr(2, 3), ibis.null("string")
    )
    known = column.re_search(rf"^({divisions})\.[0-9]{{2}}[A-Z]$").ifelse(column, repaired)
    told = nomenclature.fill_null("")
    alone = told == ""
    if since is not None:
        alone &= (since < ibis.literal(NAF_2025)).fill_null(True)
    return ((told == "NAFRev2") | alone).ifelse(known, ibis.null("string"))


def is_naf_2025(nomenclature: Column) -> Column:
    """Whether a code is told in NAF 2025, however that is written."""
    return nomenclature.fill_null("").isin(["NAF2025", "NAF 2025", "NAF25", "NAF 25"])


def section(naf_code: Column) -> Column:
    """Section (A to U) of a NAF rév. 2 code: the letter at the rank of its division."""
    letters = "".join(SECTION_OF_DIVISION.get(f"{division:02}", " ") for division in range(100))
    return ibis.literal(letters).substr(naf_code.left(2).try_cast("int64"), 1).nullif(" ").nullif("")


def day(column: Column) -> Column:
    """A day written ``2021-03-31``, ``2021-03-31T…``, ``31/03/2021`` or ``31-03-2021 …``; NULL otherwise.

    An instant in universal time (with a final ``Z``) is a day of metropolitan France shifted by its
    offset: late evening UTC belongs to the next day, which is why two hours are added in that case.
    « infinity » is a day for the engine, for nobody else.
    """
    return _readable_day(column).nullif(ibis.literal(UNKNOWN_BIRTH).cast("date"))


def is_unreadable_day(column: Column) -> Column:
    """Whether something is written that is no day; nothing, ``[ND]`` and the unknown birth are read."""
    written = column if column.type().is_date() else text(column)
    return written.notnull() & _readable_day(column).isnull()


def _readable_day(column: Column) -> Column:
    bounds = [ibis.literal(bound).cast("date") for bound in ("0001-01-01", "9999-12-31")]
    if column.type().is_date():
        return column.between(*bounds).ifelse(column, ibis.null("date"))
    trimmed = column.strip()
    of_year = trimmed.substr(2, 1).between("0", "9")  # the engine reads « 31/12/22 » as a day of the year 31
    iso = of_year.ifelse(trimmed.left(10), ibis.null("string")).try_cast("date")
    french = trimmed.re_extract(r"^([0-9]{2})[/-]([0-9]{2})[/-]([0-9]{4})", 0)
    turned = (french.substr(6, 4) + "-" + french.substr(3, 2) + "-" + french.left(2)).try_cast("date")
    universal = trimmed.re_replace("Z$", "").try_cast("timestamp") + ibis.interval(hours=2)
    known = trimmed.endswith("Z").ifelse(universal.cast("date"), ibis.coalesce(iso, turned))
    return known.between(*bounds).ifelse(known, ibis.null("date"))


def number(column: Column) -> Column:
    """A decimal number, NULL when it is not one (``NOT_VALID``, ``[ND]``), or is infinite or out of reach."""
    read = ibis.coalesce(column.try_cast("float64"), column.strip().replace(",", ".").try_cast("float64"))
    return (read.abs() < LARGEST).ifelse(read, ibis.null("float64"))


def yes_no(column: Column) -> Column:
    """``true``/``false``, ``O``/``N``, ``1``/``0`` as a truth value; anything else NULL."""
    if column.type().is_boolean():
        return column
    bare = column.strip().lower()
    return ibis.cases(
        (bare.isin(["true", "o", "1", "oui"]), True),
        (bare.isin(["false", "n", "0", "non"]), False),
        else_=ibis.null("boolean"),
    )
