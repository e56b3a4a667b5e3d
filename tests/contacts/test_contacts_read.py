"""Contacts as their producers write them: the lists, the live directory, and which of them is believed."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ancrage.contacts.finding import Contact
from ancrage.contacts.kinds import DeskKind, kind_named
from ancrage.contacts.ranking import ranked
from ancrage.contacts.reading import published_in, published_live
from ancrage.contacts.sources import LIVE
from ancrage.reports.aids.desks import written as day_words
from ancrage.sources.catalogue import get_source
from ancrage.sources.reading import read_rows

LISTED = {
    "kind": "prefecture",
    "name": "Préfecture - Creuse",
    "territory_codes": "dep:23",
    "address": "Place Louis-Lacrocq",
    "postcode": "23011",
    "city": "Guéret",
    "phone": "05 55 51 59 00",
    "website": "http://www.creuse.gouv.fr",
    "source_date": "2019-10",
}


def live(kind: str, communes: list[str], **cells: Any) -> Mapping[str, str]:
    """A service as the export of the directory writes it: JSON in its cells."""
    place = {"type_adresse": "Adresse", "numero_voie": "4 place Lacrocq", "code_postal": "23000"}
    told = {
        "id": "1",
        "nom": "Préfecture de la Creuse",
        "pivot": [{"type_service_local": kind, "code_insee_commune": communes}],
        "adresse": [{**place, "nom_commune": "Guéret", "complement1": "", "complement2": ""}],
        "telephone": [{"valeur": "+33 5 55 51 59 00", "description": ""}],
        "site_internet": [{"libelle": "", "valeur": "https://www.creuse.gouv.fr"}],
        **cells,
    }
    written = {name: value if isinstance(value, str) else json.dumps(value) for name, value in told.items()}
    return {
        "adresse_courriel": "prefecture@example.org",
        "date_modification": "02/11/2026 10:00:00",
        **written,
    }


def contact(seen_on: str) -> Contact:
    """A contact last seen on a day."""
    return Contact(
        DeskKind.CAF, "dep:23", "CAF", "", "", "", "", seen_on, "annuaire-administration", "", True
    )


def test_a_listed_service_serves_its_territories_and_says_when_it_was_seen() -> None:
    (found,) = published_in("annuaire-administration-2019", [LISTED])
    assert (found.kinds, found.territories) == ((DeskKind.PREFECTURE,), ("dep:23",))
    assert found.address == "Place Louis-Lacrocq, 23011 Guéret"
    assert found.seen_on == "2019-10"


def test_a_service_that_a_prefect_delegates_to_is_no_prefecture() -> None:
    told = {
        **LISTED,
        "kind": "préfecture",
        "name": "Direction de l'environnement, de l'aménagement et du logement",
    }
    (found,) = published_in("delegations-anct", [told])
    (whole,) = published_in("delegations-anct", [{**told, "name": "Préfecture de la Creuse"}])
    assert found.kinds == (DeskKind.ANCT,)
    assert whole.kinds == (DeskKind.PREFECTURE, DeskKind.ANCT)


def test_a_row_that_serves_nowhere_or_is_no_desk_is_no_contact() -> None:
    rows = [{**LISTED, "territory_codes": "pays:FR"}, {**LISTED, "kind": "tribunal"}, {**LISTED, "name": " "}]
    assert list(published_in("annuaire-administration-2019", rows)) == []


def test_the_live_directory_is_read_through_the_json_of_its_cells() -> None:
    (found,) = published_live([live("prefecture", ["23096", "23001", "87085"])])
    assert found.territories == ("dep:23", "dep:87")
    assert found.address == "4 place Lacrocq, 23000 Guéret"
    assert (found.phone, found.email) == ("+33 5 55 51 59 00", "prefecture@example.org")
    assert found.seen_on == "2026-11-02"


def test_a_service_of_which_there_are_several_serves_the_communes_it_names() -> None:
    (found,) = published_live([live("france_travail", ["23096", "23001"])])
    assert found.territories == ("com:23001", "com:23096")


@pytest.mark.parametrize(
    ("written", "communes", "served"),
    [
        ("caf", ["23096", "23077"], ("dep:23",)),
        ("sie", ["23096", "23077"], ("com:23077", "com:23096")),
        ("drac", ["87085"], ("reg:75",)),
        ("draf", ["87085"], ("reg:75",)),
        ("ars", ["33063"], ("reg:75",)),
        ("ars_antenne", ["23096"], ("dep:23",)),
        ("draf", ["87085", "19272", "23096"], ("dep:19", "dep:23", "dep:87")),
        ("urssaf", ["87085", "87001"], ("dep:87",)),
    ],
)
def test_a_service_of_a_region_that_names_its_seat_alone_serves_the_region(
    written: str, communes: list[str], served: tuple[str, ...]
) -> None:
    regions = dict.fromkeys(("19", "23", "33", "87"), "75")
    (found,) = published_live([live(written, communes)], regions)
    assert found.territories == served


def test_the_seat_of_a_fund_is_called_before_its_counters() -> None:
    names = ("Caf de l'Ain - accueil de Belley", "Caf de l'Ain - siège de Bourg-en-Bresse")
    rows = ranked([*published_live([live("caf", ["01004"], nom=name) for name in names])])
    assert [row["name"] for row in rows] == list(reversed(names))


@pytest.mark.parametrize(
    "pivot", ["", "[", "null", '"prefecture"', "[1]", '[{"type_service_local": "musee"}]']
)
def test_a_cell_that_cannot_be_read_or_names_no_desk_brings_nobody(pivot: str) -> None:
    assert list(published_live([live("prefecture", ["23096"], pivot=pivot)])) == []


def test_the_live_directory_is_told_alone_where_it_knows_the_desk() -> None:
    listed = published_in("annuaire-administration-2019", [LISTED, {**LISTED, "territory_codes": "dep:87"}])
    rows = ranked([*listed, *published_live([live("prefecture", ["23096"])])])
    assert [(row["territory"], row["source"]) for row in rows] == [
        ("dep:23", "annuaire-administration"),
        ("dep:87", "annuaire-administration-2019"),
    ]


def test_who_answers_for_itself_is_believed_before_another_page() -> None:
    other = {**LISTED, "kind": "chambre régionale", "territory_codes": "reg:75", "mark": "other page"}
    rows = ranked(
        published_in("reseaux-ess", [other, {**other, "name": "La CRESS", "mark": "official page"}])
    )
    assert [row["name"] for row in rows] == ["La CRESS", "Préfecture - Creuse"]


@pytest.mark.parametrize(
    ("seen_on", "old"),
    [("2024-11-29", False), ("2024-11-28", True), ("2024-11", False), ("2024-10", True), ("2024", False)],
)
def test_a_contact_is_old_two_years_after_it_was_last_seen(seen_on: str, old: bool) -> None:
    assert contact(seen_on).is_old(date(2026, 11, 29)) is old


def test_a_contact_of_no_known_day_is_old() -> None:
    assert contact("").is_old(date(2026, 11, 29))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("DDETS (convention) et Agence de services et de paiement (versement)", DeskKind.DDETS),
        ("Préfet de département, délégué territorial de l'ANCT", DeskKind.PREFECTURE),
        ("Préfecture de région et Région", DeskKind.REGION),
        ("Association territoriale de France Active", DeskKind.FRANCE_ACTIVE),
        ("Opérateur du DLA dans le département", DeskKind.DLA),
        ("Service départemental à la jeunesse, à l'engagement et aux sports", DeskKind.VIE_ASSOCIATIVE),
        ("Banque des Territoires, en ligne", None),
        ("ADEME", None),
    ],
)
def test_the_name_of_a_desk_says_its_kind(name: str, kind: DeskKind | None) -> None:
    assert kind_named(name) is kind


@pytest.mark.parametrize("communes", ['"23096"', "null", "{}", "[23096, null]"])
def test_a_service_whose_communes_are_no_list_of_codes_serves_nowhere(communes: str) -> None:
    pivot = f'[{{"type_service_local": "caf", "code_insee_commune": {communes}}}]'
    assert list(published_live([live("caf", [], pivot=pivot)])) == []


def test_the_export_of_the_directory_is_read_from_its_file_with_json_in_its_cells(tmp_path: Path) -> None:
    row = live("caf", ["23096", "23077"], nom="Caisse d'allocations familiales ; Creuse")
    file = tmp_path / "export.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(row), delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    read = read_rows(file, get_source(LIVE).resources[0])
    (found,) = published_live(read.table.to_pylist())
    assert (found.kinds, found.territories) == ((DeskKind.CAF,), ("dep:23",))
    assert found.name == "Caisse d'allocations familiales ; Creuse"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("2019-10", "2019-10"),
        ("vers 2020-2021", "2020"),
        ("2019-2023", "2019"),
        ("2014-2012", "2014"),
        ("vers 2020", "2020"),
        ("2025-05-20", "2025-05-20"),
        ("20/05/2025", "2025-05-20"),
        ("31/02/2025", "2025-02"),
        ("2023-13", "2023"),
        ("jadis", ""),
    ],
)
def test_a_span_of_years_is_its_first_and_no_day_that_does_not_exist_is_told(written: str, seen: str) -> None:
    (found,) = published_in("annuaire-administration-2019", [{**LISTED, "source_date": written}])
    assert found.seen_on == seen
    assert not seen or day_words(found.seen_on)
