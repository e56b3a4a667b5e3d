"""The table of contacts: what the publisher adds, the live directory where it was synchronised, the lists."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ancrage.contacts.adding import added
from ancrage.contacts.misplaced import settled
from ancrage.contacts.ranking import ranked
from ancrage.contacts.reading import Published, published_in, published_live
from ancrage.contacts.sources import LISTS, LIVE, PUBLISHER
from ancrage.contacts.tables import CONTACT
from ancrage.edition.geography import read_table
from ancrage.edition.inputs import Inputs
from ancrage.language.folding import plain_words
from ancrage.territories.tables import COMMUNE
from ancrage.warehouse.writing import write


def write_contacts(inputs: Inputs, folder: Path) -> None:
    """Write who answers for each territory; a list that was not synchronised nor held brings nobody."""
    found = settled(published(inputs), _towns(folder), inputs.reject)
    write(CONTACT, CONTACT.from_rows(ranked(found)), folder)


def _towns(folder: Path) -> dict[str, frozenset[str]]:
    """Names of the communes of each département, of any vintage, as addresses are read."""
    towns: dict[str, set[str]] = defaultdict(set)
    for row in read_table(folder, COMMUNE).to_pylist():
        towns[row["departement"]].add(" ".join(plain_words(row["name"])))
    return {code: frozenset(names) for code, names in towns.items()}


def published(inputs: Inputs) -> Iterator[Published]:
    """Every contact of the sources at hand, those of the publisher first."""
    yield from added(inputs.rows(PUBLISHER) or (), partial(inputs.reject, PUBLISHER))
    yield from published_live(inputs.rows(LIVE) or ())
    for source, resource in LISTS:
        yield from published_in(source, inputs.rows(source, resource) or ())
