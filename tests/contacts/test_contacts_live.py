"""The live directory of the administration, from its export to the desk of an aid: made-up services."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ancrage.aids.desks import local_desk
from ancrage.aids.opening import open_day
from ancrage.contacts.finding import Contacts
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.sources import LIVE
from ancrage.edition.build import build
from ancrage.edition.publication import current_edition
from ancrage.sources.catalogue import get_source
from ancrage.sources.declaration import Address
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from ancrage.warehouse.reading import Warehouse
from local_producer import running_producer, say

ON = date(2026, 11, 29)
PLACES = ("com:23096", "dep:23", "reg:75")
CREUSE = ["23096", "23077"]
SERVICES: Mapping[str, tuple[str, list[str]]] = {
    "caf": ("Caisse d'allocations familiales (Caf) - siège fictif", CREUSE),
    "urssaf": ("Urssaf fictive", ["87085"]),
    "sie": ("Service des impôts des entreprises fictif", ["23096"]),
    "ars": ("Agence régionale de santé (ARS) fictive", ["33063"]),
    "drac": ("Direction régionale des affaires culturelles (Drac) fictive", ["33063"]),
    "draf": ("Direction régionale de l'agriculture (Draaf) fictive", ["87085", "33063", "23096"]),
}


def export() -> bytes:
    """The export of the API of the directory, in its own form: semicolons, JSON in the cells."""
    out = io.StringIO()
    names = (*("id", "nom", "pivot", "adresse", "telephone", "adresse_courriel"), "site_internet")
    writer = csv.DictWriter(out, (*names, "date_modification"), delimiter=";")
    writer.writeheader()
    for rank, (kind, (name, communes)) in enumerate(SERVICES.items()):
        place = {"type_adresse": "Adresse", "numero_voie": f"{rank} rue Fictive", "code_postal": "23000"}
        cells = {
            "pivot": [{"type_service_local": kind, "code_insee_commune": communes}],
            "adresse": [{**place, "complement1": "", "nom_commune": "Guéret"}],
            "telephone": [{"valeur": f"05 00 00 00 0{rank}", "description": ""}],
            "site_internet": [{"libelle": "", "valeur": "https://example.org"}],
        }
        writer.writerow(
            {
                "id": str(rank),
                "nom": name,
                "adresse_courriel": "",
                "date_modification": "28/11/2026 10:00:00",
                **{column: json.dumps(told, ensure_ascii=False) for column, told in cells.items()},
            }
        )
    return out.getvalue().encode()


@pytest.fixture
def contacts(tmp_path: Path) -> Iterator[Contacts]:
    """Those of an edition built from the export, synchronised from a server of this machine."""
    declared = get_source(LIVE)
    (resource,) = declared.resources
    with running_producer() as producer:
        url = producer.serve("/export.csv", say(200, export(), Content_Type="text/csv"))
        local = resource.model_copy(update={"addresses": (Address(url=url),), "min_rows": len(SERVICES)})
        source = declared.model_copy(update={"resources": (local,)})
        synchronise([source], store=SnapshotStore(tmp_path))
    build(tmp_path, at=datetime.now(UTC))
    with Warehouse(current_edition(tmp_path)) as warehouse:
        yield Contacts(warehouse)


def test_the_directory_once_synchronised_gives_the_desk_of_aids_of_funds_and_regions(
    contacts: Contacts,
) -> None:
    kinds = {"caf": "caf", "urssaf": "urssaf", "impots": "sie", "ars": "ars", "drac": "drac", "draaf": "draf"}
    directory = contacts.find([DeskKind(kind) for kind in kinds], PLACES)
    assert {kind.value: one.name for kind, one in directory.items()} == {
        kind: SERVICES[written][0] for kind, written in kinds.items()
    }
    offered: dict[str, Callable[[date], dict[str, object]]] = {}
    for entry in open_day(ON).entries:
        if entry.desk["kind"] in kinds:
            offered[entry.desk["kind"]] = local_desk(entry.desk, directory).as_json
    assert set(offered) == set(kinds)
    for kind, told in offered.items():
        desk = told(ON)
        assert (desk["desk"], desk["source"]) == (SERVICES[kinds[kind]][0], LIVE)
        assert desk["phone"]
        assert (desk["seen_on"], desk["to_check"]) == ("2026-11-28", False)
