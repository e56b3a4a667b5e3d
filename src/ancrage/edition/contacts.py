"""The table of contacts: what the publisher adds, the live directory where it was synchronised, the lists."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

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
    communes = read_table(folder, COMMUNE).select(["departement", "name", "region", "vintage"]).to_pylist()
    communes.sort(key=lambda row: row["vintage"])
    regions = {row["departement"]: row["region"] for row in communes}
    found = settled(published(inputs, regions), _towns(communes), inputs.reject)
    write(CONTACT, CONTACT.from_rows(ranked(found)), folder)


def _towns(communes: Iterable[Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """Names of the communes of each département, of any vintage, as addresses are read."""
    towns: dict[str, set[str]] = defaultdict(set)
    for row in communes:
        towns[row["departement"]].add(" ".join(plain_words(row["name"])))
    return {code: frozenset(names) for code, names in towns.items()}


def published(inputs: Inputs, regions: Mapping[str, str] = MappingProxyType({})) -> Iterator[Published]:
    """Every contact of the sources at hand, those of the publisher first.

    ``regions``: the region of each département.
    """
    yield from added(inputs.rows(PUBLISHER) or (), partial(inputs.reject, PUBLISHER))
    yield from published_live(inputs.rows(LIVE) or (), regions)
    for source, resource in LISTS:
        yield from published_in(source, inputs.rows(source, resource) or ())
