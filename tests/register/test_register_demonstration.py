"""The fictitious register: plainly fictitious, reproducible, and shaped like SIRENE."""

import csv
import hashlib
import re

import pytest

from ancrage.register.build import RegisterInputs, build_register
from ancrage.register.codes import Siret
from ancrage.register.demonstration import DemonstrationTown, write_demonstration
from ancrage.register.localities import TownLookup
from ancrage.register.placement import without_list
from ancrage.register.siae import Whereabouts

TOWNS = (
    DemonstrationTown("23096", "Guéret", 12_734, "23000", 1.871, 46.171),
    DemonstrationTown("23176", "La Souterraine", 5_048, "23300"),
    DemonstrationTown("23008", "Aubusson", 3_127, "23200"),
    DemonstrationTown("23077", "Faux-la-Montagne", 436, "23340"),
)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def delivery(tmp_path_factory):
    return write_demonstration(tmp_path_factory.mktemp("demonstration"), TOWNS)


@pytest.fixture(scope="module")
def register(delivery, tmp_path_factory):
    towns = TownLookup.of((town.code, town.name, town.postcode) for town in TOWNS)
    return build_register(
        RegisterInputs(
            (delivery,),
            tmp_path_factory.mktemp("scratch"),
            place=without_list,
            where=Whereabouts(towns, lambda longitude, _: [None] * len(longitude)),
        )
    )


@pytest.fixture(scope="module")
def ess(register):
    return register.con.to_pyarrow(register.ess_establishment).to_pylist()


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(delivery, tmp_path):
    again = write_demonstration(tmp_path / "again", TOWNS)
    other = write_demonstration(tmp_path / "other", TOWNS, seed=1)
    for part in ("establishments", "units", "siae"):
        assert getattr(delivery, part).read_bytes() == getattr(again, part).read_bytes()
    assert delivery.establishments.read_bytes() != other.establishments.read_bytes()


def test_the_bytes_do_not_depend_on_the_machine(delivery):
    digest = hashlib.sha256(delivery.establishments.read_bytes()).hexdigest()
    assert digest == "dcb0bd5d0827be1aaf89706ad56c5804ebf6c702b56e1cd93cf63d3bcd195016"


def test_identifiers_are_made_up_in_one_range_with_true_keys(delivery):
    places = read(delivery.establishments)
    assert all(place["siret"].startswith("999") and Siret(place["siret"]) for place in places)
    assert len({place["siret"] for place in places}) == len(places)


def test_names_and_addresses_are_plainly_fictitious(delivery):
    names = {unit["denominationUniteLegale"] for unit in read(delivery.units)} - {"[ND]"}
    assert all(re.search(r"ficti(f|ve)\b.*\(démonstration\)$", name) for name in names)
    assert {place["libelleVoieEtablissement"] for place in read(delivery.establishments)} == {
        *("ADRESSE FICTIVE", "[ND]", "")
    }


def test_headers_are_those_of_sirene(delivery, mirror):
    official = mirror / "sirene" / "entetes-officiels"
    with (official / "sirene" / "sireneTestData.csv").open(encoding="utf-8") as file:
        header = next(csv.reader(file))
    ours = list(read(delivery.establishments)[0])
    assert ours == header[: len(ours)]
    with (official / "sirene_ul" / "sireneULTestData.csv").open(encoding="utf-8") as file:
        units = [column for column in next(csv.reader(file)) if "NAF25" not in column]
    assert list(read(delivery.units)[0]) == units


def test_it_has_the_size_and_the_mix_announced(register, ess):
    total = register.con.to_pyarrow(register.establishment.count()).as_py()
    assert 4_500 < total < 5_200
    assert 850 < len(ess) < 950
    employers = [row for row in ess if row["active"] and row["employer"] and row["ess"] == "oui"]
    assert 250 < len(employers) < 310
    assert {row["family"] for row in ess} >= {
        *("association", "cooperative", "mutuelle", "fondation", "societe_commerciale_ess")
    }


def test_it_shows_what_real_data_shows(register, ess):
    assert any(not row["diffusible"] and row["name"] is None for row in ess)
    assert any(row["sources_disagree"] for row in ess)
    assert any(row["ess"] == "a_verifier" for row in ess)
    assert any(row["siae_kinds"] for row in ess)
    assert all(row["fictitious"] for row in ess)
    account = register.accounts[0]
    assert account.balanced
    assert account.left_out["sans commune, dans une livraison limitée à des départements"] == 12


def test_coordinates_stay_near_the_centre_given_and_are_absent_elsewhere(ess):
    for row in ess:
        if row["longitude"] is not None:
            assert row["commune"] == "23096"
            assert abs(row["longitude"] - 1.871) < 0.0021
    assert any(row["longitude"] is not None for row in ess)


def test_it_covers_its_departement_and_says_that_it_is_fictitious(register):
    assert [(found.departement, found.complete, found.fictitious) for found in register.coverage] == [
        ("23", True, True)
    ]


def test_its_inclusion_enterprises_are_placed_and_fictitious(register):
    rows = register.lists.siae.to_pylist()
    assert len(rows) == 8
    assert all(row["commune"] and row["fictitious"] for row in rows)
