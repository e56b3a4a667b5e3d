"""Supports that closed: the register closes every establishment of that name in the département."""

from collections.abc import Iterable, Mapping
from datetime import date

from ancrage.contacts.finding import Contact
from ancrage.contacts.placing import town_written
from ancrage.language.folding import plain_words, sql_words
from ancrage.territories.atlas import Atlas


def closed_among(atlas: Atlas, contacts: Iterable[Contact], *, on: date) -> Mapping[Contact, date]:
    """Those closed by a day, and since when.

    A name that the register does not hold, or holds open once, says nothing: the support is then asked.
    """
    places = {one: _departements(one) for one in contacts}
    named = {_words(one) for one, found in places.items() if found}
    if not named:
        return {}
    rows = atlas.warehouse.rows(
        f"SELECT {sql_words('name')} AS words, departement, max(closed) AS closed FROM ess_establishment "
        f"WHERE departement IN (SELECT unnest($places)) AND {sql_words('name')} IN (SELECT unnest($names)) "
        "GROUP BY 1, 2 HAVING bool_and(coalesce(closed <= $on, false))",
        {
            "places": sorted({one for found in places.values() for one in found}),
            "names": sorted(named),
            "on": on,
        },
    )
    over = {(row["words"], row["departement"]): row["closed"] for row in rows}
    return {
        one: over[_words(one), where]
        for one, found in places.items()
        for where in found[:1]
        if (_words(one), where) in over
    }


def _words(contact: Contact) -> str:
    return " ".join(plain_words(contact.name))


def _departements(contact: Contact) -> tuple[str, ...]:
    level, _, code = contact.territory.partition(":")
    written = town_written(contact.address)
    return written[0] if written else ((code,) if level == "dep" else ())
