"""What a text or a list of the time establishes on the day of the webinar, and since which day."""

import csv
import gzip
from collections import Counter
from datetime import date

import pytest

from ancrage.aids.catalogue import load_aids
from ancrage.reasoning import Verdict
from ancrage.territories.resolving import resolve
from ancrage.territories.zonings.answering import answer_all, answer_each
from ancrage.territories.zonings.contracts import CHANGED, EXACT, HOMONYM, designated, surest
from ancrage.territories.zonings.declaration import A_DAY, get_zoning, load_zonings
from ancrage.territories.zonings.places import Places, words_of

OUI, NON, PARTIEL, A_VERIFIER = Verdict.OUI, Verdict.NON, Verdict.PARTIEL, Verdict.A_VERIFIER
WEBINAR, TODAY = date(2021, 3, 31), date(2026, 11, 23)
FAUX, GUERET, LIMOGES, TOULOUSE = "23077", "23096", "87085", "31555"


@pytest.fixture(scope="module")
def told(embedded_atlas):
    """Answer of one zoning for every commune of a day, asked once a day."""
    asked = {}

    def tell(zoning, on):
        if (zoning, on) not in asked:
            answers = answer_each(embedded_atlas, get_zoning(zoning), on=on)
            asked[zoning, on] = {answer.commune: answer for answer in answers}
        return asked[zoning, on]

    return tell


@pytest.fixture(scope="module")
def answers(embedded_atlas):
    def answer(code, on):
        found = answer_all(embedded_atlas, resolve(embedded_atlas, code, on=on))
        return {one.zoning.id: one for one in found}

    return answer


def rows(mirror, name):
    with gzip.open(
        mirror / "zonages/dates" / f"{name}.csv.gz", "rt", encoding="utf-8-sig", newline=""
    ) as lines:
        return list(csv.DictReader(lines))


def test_the_222_towns_of_2018_are_those_of_the_programme_in_2021_but_two_gone_from_the_list_of_2024(
    told, mirror
):
    towns = [row["insee_com"] for row in rows(mirror, "acv-2018-08-06")]
    assert len(towns) == 222
    verdicts = Counter(told("acv", WEBINAR)[town].verdict for town in towns)
    assert verdicts == {OUI: 220, A_VERIFIER: 2}
    assert told("acv", WEBINAR)[FAUX].verdict is NON


def test_a_town_is_in_its_programme_since_the_day_it_signed_whatever_list_answers(answers):
    for on in (WEBINAR, TODAY):
        found = answers(LIMOGES, on)["acv"]
        assert (found.verdict, found.since) == (OUI, date(2018, 9, 28))


def test_a_small_town_is_in_its_programme_from_the_day_it_signed(told, mirror):
    listed = rows(mirror, "pvd-dates-signature-2023-11")
    before = sum(1 for row in listed if "" < row["date_signature"] <= "2021-03-31")
    verdicts = Counter(answer.verdict for answer in told("pvd", WEBINAR).values())
    assert (before, verdicts[OUI], verdicts[NON]) == (122, 122, 0)


@pytest.mark.parametrize(("on", "verdict"), [(date(2021, 5, 27), A_VERIFIER), (date(2021, 5, 28), OUI)])
def test_the_eve_of_a_signature_is_to_be_checked_and_its_day_is_yes(told, on, verdict):
    found = told("pvd", on)["97106"]
    assert found.verdict is verdict
    assert "28/05/2021" in found.reason or verdict is OUI


def test_a_massif_answers_by_its_decree_in_2021_and_overseas_is_to_be_checked(answers, told):
    assert answers(FAUX, WEBINAR)["massif"].verdict is OUI
    assert answers(FAUX, WEBINAR)["massif"].since is None
    assert answers(TOULOUSE, WEBINAR)["massif"].verdict is NON
    assert answers(TOULOUSE, WEBINAR)["montagne"].verdict is NON
    assert told("massif", WEBINAR)["97411"].verdict is A_VERIFIER
    assert told("massif", TODAY)["97411"].verdict is OUI


@pytest.mark.parametrize(
    ("code", "on", "zoning", "since", "until"),
    [
        (FAUX, WEBINAR, "zrr", date(2017, 7, 1), date(2024, 6, 30)),
        (FAUX, TODAY, "frr", None, None),
        (FAUX, TODAY, "frr_plus", date(2025, 1, 1), None),
        (GUERET, TODAY, "qpv", date(2024, 1, 1), None),
        (FAUX, TODAY, "crte", None, None),
        (FAUX, TODAY, "rural", None, None),
        (TOULOUSE, date(2024, 6, 1), "qpv", date(2024, 1, 1), None),
        (TOULOUSE, WEBINAR, "qpv", date(2015, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_classification_is_dated_by_its_text_and_never_by_its_file(answers, code, on, zoning, since, until):
    found = answers(code, on)[zoning]
    assert found.verdict in (OUI, PARTIEL)
    assert (found.since, found.until) == (since, until)


def test_what_is_not_classified_has_no_day(answers):
    assert (answers(TOULOUSE, WEBINAR)["zrr"].verdict, answers(TOULOUSE, WEBINAR)["zrr"].since) == (NON, None)


def test_communes_that_signed_on_other_days_share_none(answers):
    limousin = answers("dep:87", WEBINAR)["pvd"]
    assert (limousin.verdict, limousin.since) != (OUI, None) or limousin.since is None


def test_the_pilot_territories_of_the_productive_quarters_are_the_fourteen_named(told):
    verdicts = told("quartiers_productifs", WEBINAR)
    assert verdicts[TOULOUSE].verdict is PARTIEL
    assert verdicts["59512"].verdict is PARTIEL
    assert verdicts["97414"].verdict is PARTIEL
    assert verdicts["57618"].verdict is A_VERIFIER
    assert verdicts["91228"].verdict is A_VERIFIER
    assert "établissement public territorial" in verdicts["91228"].reason
    names = {name for answer in verdicts.values() if answer.verdict is PARTIEL for name in answer.details}
    assert len(names) == 13


def test_the_productive_quarters_do_not_exist_on_the_eve_of_their_launch(answers):
    assert "quartiers_productifs" not in answers(TOULOUSE, date(2021, 3, 17))
    assert "quartiers_productifs" in answers(TOULOUSE, date(2021, 3, 18))


def test_the_national_broadband_plan_is_known_and_no_list_answers_for_it(answers):
    found = answers(FAUX, WEBINAR)["tres_haut_debit"]
    assert (found.verdict, found.edition) == (A_VERIFIER, None)


def test_no_list_of_contracts_of_march_2021_is_said_not_to_have_been_found():
    crte = get_zoning("crte")
    assert "833" in crte.editions[0].notes
    assert crte.editions_on(WEBINAR) == ()


def test_the_contract_of_a_city_covers_the_communes_of_an_epci_that_did_not_change(told):
    verdicts = Counter(answer.verdict for answer in told("contrat_ville", WEBINAR).values())
    assert verdicts[OUI] > 1000
    assert verdicts[NON] == 0
    assert told("contrat_ville", WEBINAR)[GUERET].verdict in (OUI, A_VERIFIER)


def test_a_rural_contract_is_named_with_the_day_it_was_signed(answers):
    found = answers(GUERET, WEBINAR)["contrat_ruralite"]
    assert found.verdict is A_VERIFIER
    assert "contrat de ruralité" in found.reason.lower()
    assert "contrat_ruralite" not in answers(GUERET, date(2021, 7, 1))


def test_a_free_zone_is_told_where_one_commune_bears_its_name(told):
    verdicts = Counter(answer.verdict for answer in told("zfu", WEBINAR).values())
    assert verdicts[PARTIEL] > 80
    assert told("zfu", WEBINAR)["06088"].verdict is PARTIEL
    assert told("zfu", WEBINAR)["93066"].verdict is A_VERIFIER
    assert told("zfu", WEBINAR)[FAUX].verdict is NON


PLACES = Places.of(
    [
        {"code": "23077", "name": "Faux-la-Montagne", "epci": "200044014", "ept": None},
        {"code": "23176", "name": "Saint-Quentin", "epci": "200044014", "ept": None},
        {"code": "02691", "name": "Saint-Quentin", "epci": "200071892", "ept": None},
    ],
    [
        {"kind": "epci", "code": "200044014", "name": "CC Creuse Grand Sud"},
        {"kind": "epci", "code": "200071892", "name": "CA du Saint-Quentinois"},
    ],
)


def row(lib, perimetre="epci", nbcom="2", info1=""):
    return {"id": "X1", "lib": lib, "perimetre": perimetre, "nbcom": nbcom, "info1": info1}


@pytest.mark.parametrize(
    ("told", "status", "communes"),
    [
        (row("Faux la Montagne", "Commune", "1"), EXACT, ("23077",)),
        (row("St-Quentin", "commune", "1"), HOMONYM, ("23176", "02691")),
        (row("Inconnue", "commune", "1"), HOMONYM, ()),
        (row("CC de la Creuse Grand-Sud"), EXACT, ("23077", "23176")),
        (row("CC Creuse Grand Sud", nbcom="26"), CHANGED, ("23077", "23176")),
        (row("Autre nom", nbcom="1 2", info1="Siren EPCI 2015 : 200071892"), CHANGED, ("02691",)),
        (row("Pays de Nulle Part", "PETR", "12"), CHANGED, ()),
    ],
)
def test_a_name_designates_what_bears_it_and_as_surely_as_it_does(told, status, communes):
    found = designated(told, PLACES)
    assert found[1] == communes
    assert not communes or found[0] == status


def test_a_commune_named_twice_keeps_its_surest_answer():
    found = {
        commune: status
        for commune, status, _ in surest(
            [row("CC Creuse Grand Sud", nbcom="9"), row("CC Creuse Grand Sud")], PLACES
        )
    }
    assert found == {"23077": EXACT, "23176": EXACT}


def test_a_name_is_the_same_with_saint_shortened_and_small_words_left_out():
    assert words_of("CC de St-Pourçain, Val de Sioule") == words_of("CC Saint Pourçain Val Sioule")
    assert words_of("CC du Pays d'Uzès") != words_of("CA du Pays d'Uzès")


def test_a_day_is_a_status_only_where_the_list_says_so():
    pvd = next(edition for edition in get_zoning("pvd").editions if A_DAY in edition.statuses)
    signed = pvd.status("2021-05-28")
    assert (signed.verdict, signed.since, signed.classified.since) == (
        OUI,
        date(2021, 5, 28),
        date(2021, 5, 28),
    )
    other = get_zoning("zrr").editions[0].status("2021-05-28")
    assert other.verdict is A_VERIFIER


def test_every_programme_named_by_the_issue_is_declared():
    assert {
        "contrat_ville", "contrat_ruralite", "contrat_transition", "zrd", "zfu", "quartiers_productifs",
        "tres_haut_debit",
    } <= load_zonings().keys()  # fmt: skip


def test_the_effects_kept_by_a_former_zone_end_on_the_same_day_in_the_zoning_and_in_the_aid():
    frr = get_zoning("frr").editions[0]
    ends = {status.until for status in frr.statuses.values() if "bénéficie" in status.label}
    version = load_aids()["frr_profit_exemption"].versions[0]
    (told,) = [one.day for one in version.deadlines if "bénéficiaire" in one.label]
    assert ends == {told} == {date(2027, 12, 31)}
    assert all(status.classified.until == status.until for status in frr.statuses.values() if status.until)
