"""Whatever an entry holds, it is imported with rules that can be read, or rejected with a reason."""

import copy
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.aids.imports.aides_territoires_api import read_pages
from ancrage.aids.imports.dge import read_dge
from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.imports.mte import read_mte
from ancrage.aids.imports.reading import read_content
from ancrage.facts.values import symbols
from ancrage.rules.parsing import parse_rule
from ancrage.rules.vocabulary import Vocabulary

TODAY = date(2026, 11, 24)
VOCABULARY = Vocabulary(symbols())
PROGRAMME = {
    "id": "essai",
    "titre": "Un essai",
    "promesse": "Essayez",
    "url": "https://example.org",
    "nature de l'aide": "prêt",
    "eligibilityData": {
        "company": {
            "allowedNafSections": ["A"],
            "allowedRegion": ["Bretagne"],
            "minEmployees": "1",
            "maxEmployees": "9",
            "excludeMicroentrepreneur": True,
            "openToPublicAdministration": True,
        },
        "validity": {"start": "01/02/2024", "end": "01/03/2024"},
        "priorityObjectives": ["waste"],
    },
    "conditions d'éligibilité": {"taille de l'entreprise": ["Toutes"], "autres": ["Un critère"]},
    "champs conditionnels": [{"effectif": "1"}],
    "objectifs": [],
}
ITEM = {
    "id": 1,
    "slug": "essai",
    "url": "/aides/essai/",
    "name": "Un essai",
    "description": "<p>Essai</p>",
    "financers": [{"name": "ADEME"}],
    "targeted_audiences": ["Communes"],
    "aid_types": "Prêt;Subvention",
    "perimeter": "Creuse",
    "categories": ["Sport"],
    "start_date": "2024-01-01",
    "submission_deadline": "2024-02-01",
    "date_updated": "2024-01-01T10:00:00Z",
    "recurrence": "Ponctuelle",
    "is_call_for_project": True,
}
JUNK = st.sampled_from(
    [None, True, 3, -1.5, "", "x", "'; DROP TABLE aides --", "²", "9" * 30, [], [None], ["x"], {}, {"x": []}]
)


def places(document, path=()):
    """Every way to a value of a document, itself included."""
    yield path
    if isinstance(document, dict | list):
        keys = document if isinstance(document, dict) else range(len(document))
        for key in keys:
            yield from places(document[key], (*path, key))


def replaced(document, path, value):
    if not path:
        return value
    changed = copy.deepcopy(document)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


def with_junk(document):
    return st.builds(replaced, st.just(document), st.sampled_from(list(places(document))), JUNK)


def check(reading):
    assert len(reading.aids) + len(reading.rejects) == 1
    assert all(reject.reason for reject in reading.rejects)
    for aid in reading.aids:
        for condition in aid.conditions_on(TODAY):
            parse_rule(condition.rule, VOCABULARY)
        assert ImportedAid.from_json(json.loads(json.dumps(aid.as_json()))) == aid


@given(entry=with_junk(PROGRAMME))
def test_a_programme_of_any_shape(entry):
    check(read_mte(json.dumps([entry]), "essai.json", licence="", on=TODAY))


@given(entry=with_junk(ITEM))
def test_an_item_of_any_shape(entry):
    check(read_pages([{"results": [entry]}], "essai.json", licence="", on=TODAY))


ROW = {
    "id": "34e43d1b-7eee-4f48-a20f-532a8df271db",
    "titre": "Un essai",
    "promesse": "Essayez",
    "description": "Une aide pour essayer.",
    "eligibilite": "Secteurs principalement concernés par le dispositif : A|B",
    "types_aides": "prêt",
    "porteurs": '[{"nom":"A","siren":"","roles":["financeur"]}]',
    "url_source": "https://example.org",
    "cibles": "professionnels",
    "eligibilite_geographique": "REG-75",
    "eligibilite_geographique_exclusions": "DEP-23",
    "date_ouverture": "2024-01-01",
    "date_cloture": "2024-12-31",
    "date_mise_a_jour": "2024-01-01",
}
CELL = st.sampled_from(
    (
        *("", " ", "x", "|", "A|B", "'; DROP TABLE aides --", "[]", "[3]", "3", '[{"nom": "A"}]'),
        *('[{"nom": 3, "roles": 4}]', "REG-75|DEP-2A", "QN02301M", "31/12/2024", "\n- x", "²"),
        "Secteurs principalement concernés par le dispositif : A|é",
    )
)


@given(changes=st.dictionaries(st.sampled_from(sorted(ROW)), CELL, max_size=3))
def test_a_row_of_any_cells(changes):
    rows = (list(ROW), (ROW | changes).values())
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    check(read_dge("\n".join(quoted) + "\n", "essai.csv", licence="", on=TODAY))


HUGE = "9" * 5_000


@pytest.mark.parametrize("short", ["mte", "aides-territoires"])
def test_a_number_of_five_thousand_digits_spoils_its_entry_alone(short):
    entry = PROGRAMME if short == "mte" else ITEM | {"slug": "sound"}
    entries = [entry | {"slug": "spoilt", "essai": 0}, entry]
    text = json.dumps(entries if short == "mte" else {"results": entries, "count": 0}).replace(
        ": 0", f": {HUGE}"
    )
    reading = read_content(text, "essai.json", on=TODAY, source=short)
    assert len(reading.aids) == 1
    assert [one.reason for one in reading.rejects] == [f"le nombre « {HUGE[:24]}… » est démesuré"]
    assert all(len(remark) < 200 for remark in reading.remarks)
