"""The aids that others publish answer beside ours: once each, by their own rules, in their own window."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.catalogue import load_aids
from ancrage.aids.compiling import compile_day
from ancrage.aids.imports.duplicates import card_of_catalogue
from ancrage.aids.imports.published import FORGOTTEN, published
from ancrage.aids.imports.reading import read_file
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.imports.storing import keep
from ancrage.aids.standing import Class, State
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import read_facts
from ancrage.reasoning import Verdict

LISTS = (
    "aides/mission-transition-ecologique-2026-06.json.gz",
    "aides/format-dge-2026-06.csv.gz",
    "aides/aides-territoires-periurbain-2023.csv",
)
LISTED = {"aides-transition-ecologique": "2026-06-01", "aides-dge": "2026-06-01"}
DAY = date(2026, 11, 28)
CREUSE = ["commune=23096", "departement=23", "region=75", "epci=200034825"]
LAW = ["droit_commun=oui"]
pytestmark = pytest.mark.mirror


def listed(aid):
    return replace(aid, provenance=replace(aid.provenance, listed_on=LISTED.get(aid.source, "2023-01-01")))


@pytest.fixture(scope="module")
def lists(mirror):
    readings = [read_file(mirror / name, on=DAY) for name in LISTS]
    assert not any(reading.rejects for reading in readings)
    return tuple(listed(aid) for reading in readings for aid in reading.aids)


@pytest.fixture(scope="module")
def day(lists):
    return DayCatalogue(compile_day(DAY, imported=lists))


def told(day, facts):
    situation = completed(declared(read_facts([*facts, *LAW])), on=DAY)
    return {one.entry.id: one for one in day.answers(situation) if not one.entry.ours}


def aid_like(lists, **changes):
    whole = next(aid for aid in lists if aid.source == "aides-transition-ecologique")
    given = {"id": "mte:essai", "name": "Essai unique au monde", "links": (), "notes": (), "conditions": ()}
    return replace(whole, **given | {"coverage": ("fr",)} | changes)


def test_every_aid_of_the_three_lists_is_told_once_or_closed_for_more_than_two_years(lists):
    found = published(lists, (), on=DAY)
    kept = {aid.id for each in found for aid in (each.aid, *each.twins)}
    assert len(lists) == 190 + 260 + 274
    assert {aid.id for aid in lists} - kept == {
        aid.id for aid in lists if aid.closes and aid.closes < DAY - FORGOTTEN
    }
    assert sum(1 + len(each.twins) for each in found) == len(kept)


def test_a_programme_published_by_two_administrations_is_one_aid_that_names_both(lists):
    (found,) = [each for each in published(lists, (), on=DAY) if each.aid.id == "mte:retrofit-electrique"]
    assert [twin.source for twin in found.twins] == ["aides-dge"]


def test_an_aid_that_the_catalogue_tells_that_day_is_left_to_it(lists):
    ours = load_aids()["france_relance_tourisme_durable"]
    theirs = next(aid for aid in lists if aid.name == "Fonds Tourisme Durable" and aid.id.startswith("mte"))
    still = replace(theirs, closes=None)
    assert published([still], (), on=DAY)
    assert not published([still], (card_of_catalogue(ours),), on=DAY)


def test_the_window_of_a_list_tells_whether_an_aid_is_open_to_come_closed_or_not_told(lists):
    def state(**changes):
        (found,) = published([aid_like(lists, **changes)], (), on=DAY)
        return found.existence.state

    untold = {"opens": None, "closes": None}
    assert state(opens=date(2026, 1, 1), closes=DAY) is State.OUVERTE
    assert state(opens=date(2026, 1, 1), closes=date(2026, 11, 27)) is State.FERMEE
    assert state(opens=date(2026, 11, 29), closes=None) is State.ANNONCEE
    assert state(**untold) is State.EN_VIGUEUR
    old = replace(aid_like(lists).provenance, listed_on="2025-11-27", updated_on="")
    assert state(**untold, provenance=old) is State.A_CONFIRMER
    never = replace(old, listed_on="")
    assert state(**untold, provenance=never) is State.A_CONFIRMER


def test_two_lists_that_do_not_agree_that_an_aid_is_closed_leave_it_to_be_confirmed_and_say_so(lists):
    opened = aid_like(lists, opens=date(2026, 1, 1), closes=None)
    origin = replace(opened.provenance, source="aides-dge")
    closed = replace(opened, id="dge:essai", closes=date(2026, 6, 30), provenance=origin)
    (found,) = published([opened, closed], (), on=DAY)
    assert found.existence.state is State.A_CONFIRMER
    assert found.doubt == "Direction générale des entreprises la dit close depuis le 30/06/2026"
    again = replace(closed, provenance=opened.provenance)
    (found,) = published([opened, again], (), on=DAY)
    assert found.existence.state is State.EN_VIGUEUR


def test_what_is_told_of_a_place_and_a_form_is_what_the_list_says(day):
    answers = told(
        day, [*CREUSE, "forme=scic", "effectif=4", "naf_section=G", "microentrepreneur=non", "anciennete=10"]
    )
    for one in answers.values():
        assert one.standing not in (Class.DROIT, Class.REPONSE_MANQUANTE), one.entry.id
        assert (one.standing is Class.A_DEMANDER) == (one.verdict is Verdict.OUI)
    counted = Counter(one.standing for one in answers.values())
    assert counted[Class.A_DEMANDER] >= 8
    elsewhere = [one for one in answers.values() if one.entry.coverage == ("reg:93",)]
    assert elsewhere
    assert all(one.standing in (Class.NON, Class.FERMEE) for one in elsewhere)


def test_an_association_is_asked_whether_she_is_an_enterprise_before_an_aid_to_enterprises_is_hers(day):
    facts = [*CREUSE, "forme=association", "effectif=4", "naf_section=Q", "microentrepreneur=non"]
    asked = told(day, facts)["mte:formations-tee"]
    assert asked.standing is Class.REPONSE_MANQUANTE
    assert asked.missing == ("activite_economique",)
    assert told(day, [*facts, "activite_economique=oui"])["mte:formations-tee"].standing is Class.A_DEMANDER
    assert told(day, [*facts, "activite_economique=non"])["mte:formations-tee"].standing is Class.NON


def test_where_the_codes_do_not_hold_an_aid_for_all_of_france_is_no_yes(day):
    facts = ["region=988", "departement=988", "forme=scic", "effectif=4", "naf_section=G"]
    situation = completed(declared(read_facts([*facts, "droit_commun=non"])), on=DAY)
    nation = [one for one in day.answers(situation) if not one.entry.ours and "fr" in one.entry.coverage]
    assert nation
    assert not any(one.verdict is Verdict.OUI for one in nation)


def test_conditions_in_words_and_an_amount_in_words_are_told_as_the_list_writes_them(day):
    answers = told(day, [*CREUSE, "forme=scic", "effectif=4", "naf_section=C"])
    with_notes = [one for one in answers.values() if one.entry.doubts and one.entry.in_force]
    assert with_notes
    for one in with_notes:
        assert one.verdict is not Verdict.OUI
    retrofit = answers["mte:retrofit-electrique"].as_json()
    assert retrofit["amount"]["label"] == "jusqu'à 9 000 €"
    assert (retrofit["amount"]["low"], retrofit["amount"]["high"]) == (None, None)


def test_an_aid_whose_territory_the_list_does_not_tell_is_never_a_yes(day):
    untold = [one for one in told(day, ["forme=commune"]).values() if not one.entry.coverage]
    assert len(untold) > 200
    assert not any(one.verdict is Verdict.OUI for one in untold)


def test_a_source_imported_by_hand_takes_the_place_of_the_same_one_in_the_edition(lists, tmp_path):
    ours = [aid for aid in lists if aid.source == "aides-dge"][:3]
    keep(tmp_path, "aides-dge", ours)
    assert [aid.id for aid in Shelf(data=tmp_path).aids()] == [aid.id for aid in ours]
    before = Shelf(data=tmp_path)
    keep(tmp_path, "aides-dge", ours[:1])
    assert before == before
    assert Shelf(data=tmp_path) != Shelf()


def test_the_edition_built_from_the_lists_holds_each_of_their_aids(real_atlas, lists):
    found = {aid.id: aid for aid in Shelf(real_atlas.warehouse).aids()}
    assert found.keys() == {aid.id for aid in lists}
    for aid in lists:
        assert found[aid.id].provenance.listed_on == aid.provenance.listed_on
        assert found[aid.id].conditions == aid.conditions


def test_the_answers_of_a_person_hold_what_others_publish_and_count_what_is_not_listed(ancrage, real_data):
    told = ("--territoire", "23096", "--fait", "forme=scic", "--fait", "naf_section=G", "--on", "2026-11-24")
    done = ancrage("aides", *told, "--format", "json", data=real_data)
    found = json.loads(done.stdout)
    theirs = [aid for aid in found["aids"] if aid["source"] != "catalogue"]
    assert theirs
    assert not {aid["class"] for aid in theirs} & {"non", "fermee"}
    assert found["published"]["non"] > 0
    assert sum(found["published"].values()) - found["published"]["non"] - found["published"].get(
        "fermee", 0
    ) == len(theirs)
