import csv
import io

import pytest
from dynamics_factory import structure

from ancrage.dynamics.complementarities import complementarities, read_complementarities
from ancrage.dynamics.gatherings import gather
from ancrage.dynamics.invitations import COLUMNS, NOT_SHOWN, as_csv, invitations
from ancrage.errors import CatalogueError

DECLARED = complementarities()
NAMES = {"23096": "Guéret"}


def invited(*structures, over=None):
    groups = gather(structures, DECLARED, distance_km=20)
    return invitations(structures, groups, over or {}, DECLARED, NAMES)


def three(**changes):
    return structure(0, "bois"), structure(1, "construction"), structure(2, "construction", **changes)


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_members_of_groups_and_of_over_represented_activities_are_invited_with_their_reasons():
    alone = structure(3, "sport", commune="23001", north_km=300)
    found = invited(*three(jobs=12.0), alone, over={3: "Sport", 2: "Construction"})
    assert [one.structure.rank for one in found] == [2, 0, 1, 3]
    assert found[0].why == (
        "Forêt et bois ↔ Construction et rénovation, autour de Guéret.",
        "Activité sur-représentée : Construction.",
    )
    assert (found[0].around, found[0].distance_km) == ("Guéret", 0)
    assert (found[-1].around, found[-1].distance_km) == (None, None)


def test_a_structure_that_is_not_to_be_shown_has_no_name_no_siret_no_place():
    hidden = {"diffusible": False, "siret": None, "name": None, "commune_name": None, "exact": False}
    (row,) = [row for row in read(as_csv(invited(*three(**hidden)))) if row["nom"] == NOT_SHOWN]
    assert (row["siret"], row["commune"], row["autour_de"], row["distance_km"]) == ("", "", "", "")
    assert "Guéret" not in row["pourquoi"]
    assert row["activites"] == "Construction et rénovation"


@pytest.mark.parametrize("name", ["=CMD()", "+33", "-1", "@somme", " =A1"])
def test_a_name_written_as_a_formula_is_neutralised_in_the_file(name):
    (row, *_) = read(as_csv(invited(*three(name=name, jobs=9.0))))
    assert row["nom"] == f"'{name}"
    assert tuple(row) == COLUMNS


def test_what_is_unknown_is_written_unknown_and_fiction_is_told():
    (row, *_) = read(
        as_csv(invited(*three(employer=None, name=None, fictitious=True, registered=False, jobs=9.0)))[0:]
    )
    by_rank = {
        row["siret"]: row for row in read(as_csv(invited(*three(employer=None, name=None, fictitious=True))))
    }
    found = by_rank["'00000000000002"]
    assert (found["nom"], found["employeur"], found["famille"], found["fictif"]) == (
        "inconnu",
        "inconnu",
        "inconnu",
        "fictif",
    )
    assert row["source"] == "SIRENE"


def test_every_pair_is_made_of_declared_activities_and_says_why():
    assert DECLARED.status == "proposition d'Ancrage"
    for pair in DECLARED.pairs:
        assert set(pair.between) <= set(DECLARED.activities)
        assert pair.between[0] != pair.between[1]
        assert pair.why.endswith(".")


def test_activities_are_read_from_the_naf_code_and_the_kinds():
    assert DECLARED.activities_of("38.32Z", ["ACI"]) == ("reemploi", "insertion", "chantier")
    assert DECLARED.activities_of(None, ["GEIQ"]) == ("passerelle",)
    assert DECLARED.activities_of(None, ()) == ()
    assert DECLARED.activities_of("88.91A", ()) == ("enfance",)
    assert DECLARED.activities_of("88.91B", ()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "status: x\nchecked_on: x\nactivities: []\npairs: [{id: a-b, between: [a, b], why: w}]",
        "status: x\nchecked_on: x\nactivities: [{id: a, label: A, naf: ['00'], siae: []}]\npairs: []",
        "status: x\nchecked_on: x\nactivities: [{id: a, label: A, naf: [], siae: []}]\npairs: []",
        "status: x\nchecked_on: x\nactivities: [{id: a, label: A, naf: [], siae: [ABC]}]\npairs: []",
        "status: x",
    ],
)
def test_a_wrong_declaration_is_refused(text):
    with pytest.raises(CatalogueError):
        read_complementarities(text)
