"""Every table of an edition, as the room it belongs to declares it."""

from collections.abc import Collection, Mapping
from typing import Any

from ancrage.aids.tables import TABLES as AID_TABLES
from ancrage.contacts.tables import TABLES as CONTACT_TABLES
from ancrage.coverage.tables import TABLES as COVERAGE_TABLES
from ancrage.procurement.bought.tables import TABLES as PURCHASE_TABLES
from ancrage.register.tables import TABLES as REGISTER_TABLES
from ancrage.territories.tables import TABLES as TERRITORY_TABLES
from ancrage.warehouse.reading import Warehouse

TABLES = (
    *TERRITORY_TABLES,
    *COVERAGE_TABLES,
    *CONTACT_TABLES,
    *REGISTER_TABLES,
    *AID_TABLES,
    *PURCHASE_TABLES,
)


def origins(warehouse: Warehouse, tables: Collection[str]) -> tuple[Mapping[str, Any], ...]:
    """Entries of the manifest (``title``, ``vintage``, ``fictitious``, ``sample``…) some tables come from.

    ``tables``: as a recording tells them (:mod:`ancrage.warehouse.recording`). A table of the register may
    hold a fictitious département beside others: whether a territory is concerned is for
    :mod:`ancrage.register.reach` to say.
    """
    sources = {source for table in TABLES if table.name in tables for source in table.sources}
    return tuple(entry for entry in warehouse.manifest["sources"] if entry["id"] in sources)
