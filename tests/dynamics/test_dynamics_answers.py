import json
from dataclasses import replace
from datetime import date

import pytest
from dynamics_factory import HIDDEN_NAME

from ancrage.dynamics import answering
from ancrage.dynamics.answering import Asked, dynamics_of, prepare
from ancrage.dynamics.association import Quadrant
from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.counting import Level, Measure
from ancrage.dynamics.invitations import as_csv
from ancrage.dynamics.units import Scale, units_of
from ancrage.dynamics.verdicts import Sign, among_alike, judge
from ancrage.errors import DynamicsError
from ancrage.reasoning import Verdict
from ancrage.reports.dynamics.plain import dynamics_json
from ancrage.reports.dynamics.sheet import dynamics_sheet
from ancrage.reports.formats.html import render_sheet_html
from ancrage.territories.resolving import resolve

TODAY = date(2026, 11, 23)
QUICK = Asked(scale=Scale.COMMUNE, permutations=99)


@pytest.fixture(scope="module")
def creuse(drawn_atlas):
    return dynamics_of(drawn_atlas, resolve(drawn_atlas, "dep:23", on=TODAY), QUICK)


@pytest.fixture(scope="module")
def gueret(drawn_atlas):
    return dynamics_of(drawn_atlas, resolve(drawn_atlas, "200034825", on=TODAY), QUICK)


def test_a_part_of_the_departement_is_compared_with_it(gueret):
    section, division, kinds = gueret.representations
    assert (section.level, division.level, kinds.level) == (Level.SECTION, Level.DIVISION, Level.SIAE)
    assert section.reference == "Creuse"
    assert sum(row.quotient.count for row in section.rows) == section.rows[0].quotient.total
    assert section.rows[0].quotient.total == division.rows[0].quotient.total
    assert "fictive" in kinds.reason


def test_counts_are_those_of_the_register(drawn_atlas, gueret):
    communes = resolve(drawn_atlas, "200034825", on=TODAY).communes
    (row,) = drawn_atlas.warehouse.rows(
        "SELECT count(*) FILTER (WHERE naf[:2] = '93') AS sport, count(*) AS n FROM ess_establishment "
        "WHERE ess = 'oui' AND commune IN (SELECT unnest(?)) AND created <= DATE '2026-11-23' "
        "AND (active OR closed > DATE '2026-11-23')",
        (list(communes),),
    )
    (found,) = [one for one in gueret.representations[1].rows if one.quotient.key == "93"]
    assert (found.quotient.count, found.quotient.total) == (row["sport"], row["n"])


def test_employers_may_be_counted_in_place_of_establishments(drawn_atlas, gueret):
    place = resolve(drawn_atlas, "200034825", on=TODAY)
    employers = dynamics_of(drawn_atlas, place, replace(QUICK, measure=Measure.EMPLOYERS))
    fewer, all_of_them = (one.representations[0].rows[0].quotient.total for one in (employers, gueret))
    assert 0 < fewer < all_of_them


def test_a_whole_without_anything_larger_says_so(creuse):
    assert all(not one.rows and one.reason for one in creuse.representations)


def test_communes_of_the_departement_are_compared_on_the_ess_where_the_register_is_whole(drawn_atlas, creuse):
    found = creuse.association
    assert found is not None
    assert found.units.rate.label == "établissements de l'ESS pour 1 000 habitants"
    assert len(found.local) == len(resolve(drawn_atlas, "dep:23", on=TODAY).communes)
    (row,) = drawn_atlas.warehouse.rows(
        "SELECT count(*) AS n FROM ess_establishment WHERE ess = 'oui' AND commune IS NOT NULL AND "
        "(created IS NULL OR created <= DATE '2026-11-23') AND (active OR closed > DATE '2026-11-23')"
    )
    assert sum(one.unit.events for one in found.local) + found.units.left_out == row["n"]
    assert creuse.fictitious


def test_what_is_kept_of_the_places_serves_every_territory_among_them(drawn_atlas, creuse, gueret, tmp_path):
    for code, alone in (("dep:23", creuse), ("200034825", gueret)):
        found = dynamics_of(drawn_atlas, resolve(drawn_atlas, code, on=TODAY), QUICK, cache=tmp_path)
        assert dynamics_json(found) == dynamics_json(alone)
    assert len(list(tmp_path.rglob("association-*"))) == 1


def test_the_same_question_has_the_same_answer(drawn_atlas, gueret):
    place = resolve(drawn_atlas, "200034825", on=TODAY)
    assert dynamics_json(dynamics_of(drawn_atlas, place, QUICK)) == dynamics_json(gueret)


def test_hidden_structures_are_counted_and_never_named(drawn_atlas, creuse):
    hidden = [one for one in creuse.structures if not one.diffusible]
    assert [one for one in hidden if one.kinds]
    assert all(one.siret is one.name is one.commune_name is None for one in hidden)
    told = "\n".join(
        (
            json.dumps(dynamics_json(creuse), ensure_ascii=False),
            as_csv(creuse.invited),
            render_sheet_html(dynamics_sheet(creuse)),
        )
    )
    secrets = drawn_atlas.warehouse.rows("SELECT siret FROM ess_establishment WHERE NOT diffusible")
    assert len(secrets) > 10
    assert HIDDEN_NAME not in told
    assert not [row["siret"] for row in secrets if row["siret"] in told]


def test_positions_known_by_the_commune_gather_within_the_distance_and_tell_no_kilometre(creuse):
    assert creuse.groups
    assert not any(group.by_commune for group in creuse.groups)
    assert {one.distance_km for one in creuse.invited} == {None}
    assert all(group.others is not None for group in creuse.groups)


def test_a_shorter_distance_gathers_fewer_structures(drawn_atlas, creuse):
    place = resolve(drawn_atlas, "dep:23", on=TODAY)
    near = dynamics_of(drawn_atlas, place, replace(QUICK, distance_km=1.0))
    largest = [max(len(group.members) for group in one.groups) for one in (near, creuse)]
    assert largest[0] < largest[1]


def test_a_place_without_register_nor_list_is_refused(drawn_atlas):
    with pytest.raises(DynamicsError, match="Aucune structure n'est connue ici"):
        dynamics_of(drawn_atlas, resolve(drawn_atlas, "dep:59", on=TODAY), QUICK)


@pytest.mark.parametrize("kilometres", [0, -3, 0.09, 200.1, float("nan")])
def test_a_distance_that_cannot_serve_is_refused(kilometres):
    with pytest.raises(DynamicsError, match="Donnez entre"):
        Asked(distance_km=kilometres)
    assert Asked(distance_km=0.1).distance_km == 0.1
    assert Asked(distance_km=200).distance_km == 200


def test_contracts_are_refused_before_they_are_known_and_too_many_communes_too(embedded_atlas):
    before = resolve(embedded_atlas, "dep:23", on=date(2021, 3, 31))
    with pytest.raises(DynamicsError, match="périmètres de contrat"):
        units_of(embedded_atlas, before, Scale.ZONE)
    with pytest.raises(DynamicsError, match="communes à la fois"):
        units_of(embedded_atlas, resolve(embedded_atlas, "fr", on=TODAY), Scale.COMMUNE)


def test_contracts_may_be_compared(embedded_atlas):
    found = units_of(embedded_atlas, resolve(embedded_atlas, "dep:23", on=TODAY), Scale.ZONE)
    assert "crte-75-23-4" in found.own
    assert found.own < {unit.code for unit in found.units}
    assert all(unit.code.startswith("crte-") and unit.population > 0 for unit in found.units)


@pytest.mark.parametrize(
    ("signs", "verdict"),
    [
        ((True, True, None), Verdict.OUI),
        ((True, True, False), Verdict.OUI),
        ((True, False, None), Verdict.PARTIEL),
        ((True, False, False), Verdict.PARTIEL),
        ((False, False, None), Verdict.A_VERIFIER),
        ((None, None, None), Verdict.A_VERIFIER),
        ((False, False, False), Verdict.NON),
    ],
)
def test_two_signs_make_a_yes_one_a_partial_and_an_unknown_is_never_a_no(signs, verdict):
    told = [Sign(there, f"Raison {rank}.") for rank, there in enumerate(signs)]
    found = judge(told, 12, complete=True, enough=True)
    assert found.verdict is verdict
    assert found.reasons == ("Raison 0.", "Raison 1.", "Raison 2.")


@pytest.mark.parametrize(("complete", "verdict"), [(True, Verdict.NON), (False, Verdict.A_VERIFIER)])
def test_too_few_structures_is_a_no_only_where_all_are_known(complete, verdict):
    signs = [Sign(True, "a"), Sign(True, "b"), Sign(True, "c")]
    assert judge(signs, 1, complete=complete, enough=False).verdict is verdict


def test_every_declared_activity_gets_a_verdict_with_its_reasons(creuse, gueret):
    for answer in (creuse, gueret):
        assert [one.activity.id for one in answer.explorations] == list(complementarities().activities)
        assert all(one.answer.reasons for one in answer.explorations)


def test_the_answer_is_plain_json_and_the_page_says_it_is_fiction(gueret):
    plain = dynamics_json(gueret)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    page = render_sheet_html(dynamics_sheet(gueret))
    assert "fictives" in page
    assert "Indice de Moran global" in page
    assert "article 9" in page


def test_a_place_of_the_demonstration_is_fictitious_even_when_it_holds_nothing(embedded_atlas):
    row = embedded_atlas.warehouse.row(
        "SELECT code FROM commune WHERE vintage = 2026 AND departement = '23' AND code NOT IN "
        "(SELECT commune FROM ess_establishment WHERE commune IS NOT NULL) ORDER BY code"
    )
    empty = dynamics_of(embedded_atlas, resolve(embedded_atlas, row["code"], on=TODAY), Asked())
    assert empty.structures == ()
    assert empty.fictitious
    assert {one.answer.verdict for one in empty.explorations} == {Verdict.NON}


def test_a_quarter_where_nothing_is_placed_for_sure_is_unknown_not_empty(embedded_atlas):
    with pytest.raises(DynamicsError, match="Aucune structure n'est connue ici"):
        dynamics_of(embedded_atlas, resolve(embedded_atlas, "QN02301M", on=TODAY), Asked())


def test_a_territory_in_none_of_the_places_compared_has_an_unknown_sign(gueret):
    assert gueret.association is not None
    nowhere = replace(gueret.association, units=replace(gueret.association.units, own=frozenset()))
    activity = complementarities().activities["sport"]
    assert among_alike(activity, nowhere).there is None
    assert among_alike(activity, None).there is None
    assert among_alike(activity, gueret.association).there is not None


def test_where_they_are_too_many_to_be_listed_structures_are_counted_alike(drawn_atlas, creuse, monkeypatch):
    monkeypatch.setattr("ancrage.dynamics.answering.MOST_LISTED", creuse.known - 1)
    counted = dynamics_of(drawn_atlas, creuse.territory, QUICK)
    assert counted.known == creuse.known == len(creuse.structures)
    assert [(one.structures, one.units) for one in counted.explorations] == [
        (one.structures, one.units) for one in creuse.explorations
    ]
    assert counted.fictitious == creuse.fictitious
    assert (counted.structures, counted.groups, counted.invited) == ((), None, ())
    assert "sont trop à rapprocher et à inviter" in counted.unknown["groups"]


@pytest.mark.parametrize(("alike", "said"), [(6, ""), (7, " et 1 autre."), (9, " et 3 autres.")])
def test_a_reason_names_six_neighbours_and_counts_the_others(gueret, alike, said):
    found = gueret.association
    high = [
        replace(one, q=0.0 if rank < alike else 1.0, quadrant=Quadrant.HIGH_HIGH)
        for rank, one in enumerate(found.local)
    ]
    everywhere = replace(found.units, own=frozenset(one.unit.code for one in high))
    sign = among_alike(
        complementarities().activities["sport"], replace(found, local=tuple(high), units=everywhere)
    )
    assert sign.there
    assert "(toutes activités de l'ESS ensemble)" in sign.reason  # never those of sport alone
    assert sign.reason.count(", ") == 5
    assert sign.reason.replace("\u00a0", " ").endswith(said or f"{high[5].unit.name}.")


@pytest.mark.mirror
def test_nobody_waits_for_the_places_of_the_country_once_they_are_prepared(real_atlas, tmp_path, monkeypatch):
    asked, creuse = Asked(permutations=99), resolve(real_atlas, "dep:23", on=real_atlas.today)
    prepare(real_atlas, asked, on=real_atlas.today, centres=None, cache=tmp_path)
    monkeypatch.setattr(answering, "_associated", lambda *_: pytest.fail("worked out again"))
    assert dynamics_of(real_atlas, creuse, asked, cache=tmp_path).association
