"""What one authority really exercises: the competences of its intercommunalité, those a law adds to it."""

from dataclasses import replace
from datetime import date

import pytest

from ancrage.diagnosis.levers import powers_of
from ancrage.facts.situation import declared
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import read_levers
from ancrage.levers.powers import NONE, Powers, declared_powers, own_authority
from ancrage.levers.recommending import Status, recommend
from ancrage.reasoning import Verdict
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.resolving import resolve

TODAY, WEBINAR = date(2026, 11, 23), date(2021, 3, 31)
SUBSIDISE, INSERTION, ECONOMY = 1, 5, 4
CREUSE_GRAND_SUD, LYON = "200044014", "200046977"
EXERCISING = Powers("La communauté", frozenset({"3505", "2520"}), "2022")


def advised(powers, authority=Authority.EPCI, on=TODAY):
    found = recommend(declared({"departement": "23"}), authority, on=on, powers=powers)
    return {advice.tool.number: advice for advice in found.advices}


@pytest.mark.parametrize("code", ["2510", "2520", "3005"])
def test_one_of_the_competences_of_a_tool_is_enough_to_use_it(code):
    told = advised(replace(EXERCISING, held=frozenset({"3505", code})))[INSERTION]
    assert told.competence.verdict is Verdict.OUI
    assert "La communauté exerce" in told.competence.reason
    assert "relevé de 2022" in told.competence.reason


def test_an_intercommunalite_that_exercises_none_of_them_cannot_and_it_is_said():
    told = advised(replace(EXERCISING, held=frozenset({"3505"})))[INSERTION]
    assert told.status is Status.HORS_COMPETENCE
    assert "n'exerce pas : aide sociale facultative, action sociale" in told.competence.reason


def test_an_intercommunalite_the_list_does_not_name_is_unknown():
    told = advised(replace(EXERCISING, held=None))[INSERTION]
    assert told.status is Status.A_VERIFIER
    assert "n'est pas dans la liste" in told.competence.reason


def test_with_no_intercommunalite_in_particular_the_texts_alone_answer():
    assert advised(NONE)[INSERTION].competence.reason.startswith("Selon ses statuts")


def test_the_reserve_of_the_text_stays_beside_what_is_exercised():
    assert advised(EXERCISING)[SUBSIDISE].competence.reason == (
        "Dans les seules compétences de l'EPCI : la loi (développement économique) ou ses statuts ; "
        "La communauté exerce : développement économique (BANATIC, relevé de 2022)"
    )


def test_what_an_intercommunalite_exercises_says_nothing_of_a_commune():
    plain, told = (advised(powers, Authority.COMMUNE) for powers in (NONE, EXERCISING))
    assert {number: one.competence for number, one in plain.items()} == {
        number: one.competence for number, one in told.items()
    }


def test_every_competence_a_tool_needs_has_a_name():
    needed = {
        code
        for tool in read_levers().tools.values()
        for one in tool.competence.values()
        for code in one.banatic
    }
    assert needed == {"2510", "2520", "3005", "3505"}
    assert needed <= declared_powers().competences.keys()


def test_the_competences_of_each_intercommunalite_are_those_of_the_dump(embedded_atlas, mirror):
    import gzip
    import re

    path = mirror / "collectivites/banatic-competences-par-groupement.sql.gz"
    with gzip.open(path, "rt", encoding="utf-8") as dump:
        pairs = re.findall(r"\('(\d{9})', (\d{4})\)", dump.read())
    told = {}
    for siren, code in pairs:
        told.setdefault(siren, set()).add(code)
    for siren in (CREUSE_GRAND_SUD, LYON, "200054781"):
        assert embedded_atlas.competences(siren) == told[siren]


def test_every_epci_of_2022_is_named_and_exercises_economic_development(embedded_atlas):
    rows = embedded_atlas.warehouse.rows(
        "SELECT DISTINCT epci FROM commune WHERE vintage = 2022 AND epci IS NOT NULL"
    )
    held = {row["epci"]: embedded_atlas.competences(row["epci"]) for row in rows}
    assert len(held) == 1255
    assert [siren for siren, codes in held.items() if codes is None or "3505" not in codes] == []


def test_an_epci_that_no_longer_existed_in_2022_is_unknown(embedded_atlas):
    rows = embedded_atlas.warehouse.rows(
        "SELECT DISTINCT epci FROM commune WHERE vintage = 2021 AND epci IS NOT NULL "
        "AND epci NOT IN (SELECT epci FROM commune WHERE vintage = 2022 AND epci IS NOT NULL)"
    )
    assert len(rows) == 4
    assert {embedded_atlas.competences(row["epci"]) for row in rows} == {None}


def test_the_epci_of_a_commune_is_the_one_asked_for_it(embedded_atlas):
    own = powers_of(embedded_atlas, resolve(embedded_atlas, CREUSE_GRAND_SUD, on=TODAY), Authority.EPCI)
    commune = powers_of(embedded_atlas, resolve(embedded_atlas, "23077", on=TODAY), Authority.EPCI)
    assert own == commune
    assert (own.grouping, own.vintage) == ("CC Creuse Grand Sud", "2022")
    several = powers_of(embedded_atlas, resolve(embedded_atlas, "dep:23", on=TODAY), Authority.EPCI)
    assert (several.grouping, several.held) == ("", None)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("reg:94", Authority.REGION),
        ("dep:2A", Authority.REGION),
        ("dep:972", Authority.REGION),
        ("dep:973", Authority.REGION),
        (LYON, Authority.EPCI),
        ("75056", Authority.COMMUNE),
        ("6AE", Authority.DEPARTEMENT),
        ("69D", Authority.DEPARTEMENT),
    ],
)
def test_a_collectivity_with_a_special_status_has_an_authority_of_its_own(embedded_atlas, typed, first):
    territory = resolve(embedded_atlas, typed, on=TODAY)
    assert own_authority(territory.code, on=TODAY) is first


@pytest.mark.parametrize("typed", ["dep:974", "dep:23", "23077", "200044014"])
def test_any_other_territory_has_that_of_its_kind(embedded_atlas, typed):
    territory = resolve(embedded_atlas, typed, on=TODAY)
    assert own_authority(territory.code, on=TODAY).value == territory.kind.value
    assert powers_of(embedded_atlas, territory, Authority.COMMUNE).status is None


def test_the_metropole_of_lyon_has_the_tools_of_a_departement_and_says_by_which_law(embedded_atlas):
    lyon = powers_of(embedded_atlas, resolve(embedded_atlas, LYON, on=TODAY), Authority.EPCI)
    told = advised(replace(lyon, held=frozenset()))[INSERTION]
    assert told.competence.verdict is Verdict.OUI
    assert told.competence.authority is Authority.EPCI
    assert (
        "métropole de Lyon exerce aussi cette compétence (departement ; Code général"
        in told.competence.reason
    )


def test_a_collectivity_of_one_kind_more_pulls_what_either_may(embedded_atlas):
    corsica = powers_of(embedded_atlas, resolve(embedded_atlas, "reg:94", on=TODAY), Authority.DEPARTEMENT)
    alone, together = advised(NONE, Authority.DEPARTEMENT), advised(corsica, Authority.DEPARTEMENT)
    assert alone[ECONOMY].competence.verdict is Verdict.A_VERIFIER
    assert together[ECONOMY].competence.verdict is Verdict.OUI


def test_a_status_holds_from_its_own_day():
    code = TerritoryCode(Kind.ENSEMBLE, "6AE")
    assert own_authority(code, on=date(2021, 1, 1)) is Authority.DEPARTEMENT
    assert own_authority(code, on=date(2020, 12, 31)) is None


def test_what_an_authority_exercises_is_told_in_words(embedded_atlas):
    lyon = powers_of(embedded_atlas, resolve(embedded_atlas, LYON, on=TODAY), Authority.EPCI)
    by_law, by_list = lyon.told
    assert by_law.startswith(
        "La métropole de Lyon exerce ici les compétences d'une intercommunalité et d'un département."
    )
    assert by_list.startswith("Métropole de Lyon exerce, d'après BANATIC, relevé de 2022 : ")
    assert "développement économique" in by_list
    assert NONE.told == ()
    assert "aucune liste lue" in replace(EXERCISING, held=None).told[0]


def test_an_epci_of_the_list_without_the_competences_cannot_fund_the_approved_structures(embedded_atlas):
    rows = embedded_atlas.warehouse.rows("SELECT siren, codes FROM grouping_competence ORDER BY siren")
    lacking = [row["siren"] for row in rows if not {"2510", "2520", "3005"} & set(row["codes"])]
    assert len(lacking) == 71
    powers = powers_of(embedded_atlas, resolve(embedded_atlas, lacking[0], on=TODAY), Authority.EPCI)
    assert advised(powers)[INSERTION].status is Status.HORS_COMPETENCE
