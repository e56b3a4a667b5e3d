import csv
import json

import pytest

from ancrage.dynamics.centres import epci_centres
from ancrage.dynamics.neighbours import nearest
from ancrage.dynamics.units import Scale, units_of
from ancrage.sources.snapshots import SnapshotStore
from ancrage.territories.resolving import resolve


def test_the_command_answers_on_the_demonstration_and_writes_the_list(ancrage, tmp_path):
    invited = tmp_path / "liste" / "inviter.csv"
    found = ancrage(
        "dynamiques",
        "200034825",
        "--on",
        "2026-11-23",
        "--format",
        "json",
        "--inviter",
        invited,
        data=tmp_path,
    )
    assert (found.returncode, found.stderr.splitlines()) == (0, [f"Écrit : {invited}"])
    answer = json.loads(found.stdout)
    assert answer["fictitious"] is True
    assert answer["association"] is None
    assert "contours" in answer["unknown"]["association"]
    with invited.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == len(answer["invited"])
    assert {row["fictif"] for row in rows} == {"fictif"}


def test_the_terminal_says_what_is_fictitious_and_what_is_unknown(ancrage, tmp_path):
    found = ancrage("dynamiques", "23096", "--on", "2026-11-23", data=tmp_path)
    assert found.returncode == 0
    assert "FICTIVES" in found.stdout
    assert "Qui inviter" in found.stdout
    assert "Inconnu. Ni contours ni centres" in " ".join(found.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("dep:59",), "Aucune structure n'est connue ici"),
        (("dep:23", "--distance-km", "0"), "0\u00a0km"),
        (("dep:23", "--on", "2021-03-31", "--par", "zone"), "périmètres de contrat"),
        (("fr", "--par", "commune"), "communes à la fois"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_french_with_its_own_code(ancrage, tmp_path, arguments, told):
    found = ancrage("dynamiques", *arguments, data=tmp_path)
    assert found.returncode == 57
    assert found.stderr.startswith("Dynamiques incalculables : ")
    assert told in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.mirror
def test_real_inclusion_enterprises_of_france_are_compared_by_epci(ancrage, real_data):
    found = ancrage("dynamiques", "dep:59", "--on", "2026-11-23", "--format", "json", data=real_data)
    assert found.returncode == 0, found.stderr
    answer = json.loads(found.stdout)
    association = answer["association"]
    assert len(association["places"]) == 1255
    assert sum(place["structures"] for place in association["places"]) == 3820
    assert 0.08 < association["moran"] < 0.10
    assert association["p"] < 0.001
    paris = next(place for place in association["places"] if place["name"] == "Métropole du Grand Paris")
    assert (paris["structures"], paris["quadrant"], paris["established"]) == (250, "faible-faible", True)
    assert len(association["attached"]) == 6
    kinds = {row["key"]: row for row in answer["representations"][2]["rows"]}
    assert (kinds["ACI"]["count"], kinds["ACI"]["presence"]) == (110, "sur_represente")
    assert answer["fictitious"] is False
    verdicts = {one["activity"]: one["verdict"] for one in answer["explorations"]}
    assert verdicts["chantier"] == "oui"
    assert verdicts["sport"] == "a_verifier"


@pytest.mark.mirror
def test_real_centres_stand_in_for_outlines(real_atlas, real_data):
    centres = epci_centres(SnapshotStore(real_data))
    assert centres is not None
    assert len(centres) == 1255
    units = units_of(real_atlas, resolve(real_atlas, "dep:59", on=real_atlas.today), Scale.EPCI)
    found = nearest(units, centres)
    assert len(found.of) > 1200


def test_centres_that_were_not_synchronised_are_unknown(tmp_path):
    assert epci_centres(SnapshotStore(tmp_path)) is None
