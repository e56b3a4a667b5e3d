"""Indicators, contributions in kind, decisions: both sources stay, both sides say, what is adopted stays."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from people_here import Team, action_of

import site_here  # noqa: F401 - sets Django up
from ancrage.desk.opened import opened
from ancrage.errors import InvalidQuestionError, NotAllowedError, RetiredError, WorkspaceFileError
from ancrage.questions.question import Asking
from ancrage.reasoning import Verdict
from ancrage.web.space.atelier.courses import course_of
from ancrage.workspace.deciding import account, adopt, edit_decision, speak, write_decision
from ancrage.workspace.following import follow, measure, measure_again
from ancrage.workspace.giving import checks, declare, restate, total
from ancrage.workspace.models import Comment, Contribution, Decision, Indicator, Measure
from ancrage.workspace.plan import withdraw
from ancrage.workspace.reading import read_plan
from ancrage.workspace.remarks import comment, discussion, resolve
from ancrage.workspace.sides import reply

pytestmark = [pytest.mark.both_engines]
ON = date(2026, 11, 29)


def given(team: Team, **fields: object) -> Contribution:
    told = {
        "nature": "locaux",
        "label": "Une salle",
        "giver": team.epci.pk,
        "receiver": team.association.pk,
        "year": 2027,
    }
    return declare(team.by(team.anne), action_of(team), **{**told, **fields})


def test_a_value_nobody_knows_is_not_zero_and_is_counted_apart(team: Team) -> None:
    rows = [given(team), given(team, value="120.50", method="tarif")]
    value, confirmed = total(rows)
    assert (value.known, value.unknown, confirmed.known) == (Decimal("120.50"), 1, None)
    rows[1] = reply(team.by(team.bruno), rows[1], 1, confirmed=True)  # type: ignore[assignment]
    assert total(rows)[1].known == Decimal("120.50")


def test_a_value_without_a_method_and_a_gift_to_oneself_are_refused(team: Team) -> None:
    with pytest.raises(InvalidQuestionError, match="comment la valeur"):
        given(team, value="10")
    with pytest.raises(InvalidQuestionError, match="à elle-même"):
        given(team, receiver=team.epci.pk)


def test_the_receiver_answers_for_what_it_receives_and_again_when_it_changes(team: Team) -> None:
    row = given(team)
    with pytest.raises(NotAllowedError):
        reply(team.by(team.anne), row, 1, confirmed=True)
    said = reply(team.by(team.bruno), row, 1, confirmed=True)
    assert said.verdict is Verdict.OUI
    again = restate(team.by(team.bruno), Contribution.objects.get(), 2, label="Deux salles")
    assert (again.verdict, again.awaited()) == (Verdict.A_VERIFIER, {str(team.epci.pk)})


@pytest.mark.parametrize(
    ("domain", "verdict", "told"),
    [
        ("", Verdict.A_VERIFIER, "Dites si"),
        ("public", Verdict.A_VERIFIER, "gratuité"),
        ("prive", Verdict.OUI, "librement"),
    ],
)
def test_a_public_place_is_checked_against_its_domain(
    team: Team, domain: str, verdict: Verdict, told: str
) -> None:
    found = next(checks(given(team, domain=domain), team.epci))
    assert (found.verdict, told in found.told, "propriété des personnes publiques" in found.text) == (
        verdict,
        True,
        True,
    )
    assert not [one for one in checks(given(team, value="1", method="tarif"), team.association) if one.text]


def test_a_typed_and_a_computed_measure_of_one_day_both_stay(team: Team) -> None:
    row = follow(team.by(team.anne), action_of(team), name="Emplois", computed="emplois_ess")
    now = opened()
    asking = Asking(now, now.today)
    measure(team.by(team.anne), row, on=now.today, value="301", source="enquête")
    team.atelier.territory = "23"
    found = measure_again(team.by(team.anne), row, team.atelier, asking)
    assert found.source.startswith("calculé, édition")
    assert Measure.objects.filter(indicator=row, on=now.today).count() == 2
    with pytest.raises(InvalidQuestionError, match="déjà une mesure"):
        measure(team.by(team.anne), row, on=now.today, value="302", source="enquête")
    typed = follow(team.by(team.anne), row.action, name="Visiteurs")
    with pytest.raises(WorkspaceFileError):
        measure_again(team.by(team.anne), typed, team.atelier, asking)


def test_measures_typed_computed_and_aimed_at_are_drawn_over_time_and_told_in_a_table(team: Team) -> None:
    aims = [{"on": "2027-12-31", "value": "40"}, {"on": "2028-12-31", "value": "60"}]
    row = follow(team.by(team.anne), action_of(team), name="Emplois", unit="postes", targets=aims)
    measure(team.by(team.anne), row, on=date(2026, 1, 1), value="20", source="enquête")
    measure(team.by(team.anne), row, on=date(2026, 7, 1), value=None, source="enquête")
    measure(team.by(team.anne), row, on=date(2027, 1, 1), value="30", source="enquête")
    measure(team.by(team.anne), row, on=date(2027, 1, 1), value="32", source="calculé", edition="2026-12")
    course = course_of(row, Measure.objects.all())
    assert {name: len(placed) for name, placed in course.series.items()} == {
        "saisies": 2,
        "calculees": 1,
        "cibles": 2,
    }
    first, last = course.series["saisies"]
    assert (first.x < last.x, first.y > last.y) == (True, True)
    # Zero is on the drawing: a third more is not shown as three times more.
    assert [told for _, told in course.marks] == ["0", "60"]
    assert [one.told for one in course.points] == ["20", "inconnu", "32", "30", "40", "60"]
    alone = course_of(row, list(Measure.objects.all())[:1])
    assert alone.drawn
    row.targets = []
    assert not course_of(row, list(Measure.objects.all())[:1]).drawn
    assert not course_of(row, []).points


def test_a_decision_once_adopted_is_neither_changed_nor_withdrawn(team: Team) -> None:
    row = write_decision(team.by(team.anne), team.atelier, body="Comité", on=ON, text="Prêter.")
    with pytest.raises(NotAllowedError):
        adopt(team.by(team.bruno), row, 1)
    row = adopt(team.by(team.anne), edit_decision(team.by(team.anne), row, 1, text="Prêter trois ans."), 2)
    with pytest.raises(RetiredError, match="une autre la remplace"):
        edit_decision(team.by(team.anne), row, 3, text="Vendre.")
    with pytest.raises(RetiredError):
        withdraw(team.by(team.anne), row, 3)
    assert Decision.objects.get().text == "Prêter trois ans."
    with pytest.raises(InvalidQuestionError, match="après la décision"):
        write_decision(team.by(team.anne), team.atelier, body="C", on=ON, text="t", review_on=ON)


def test_an_adopted_decision_is_replaced_once_by_another_and_both_pages_say_so(team: Team) -> None:
    by, action = team.by(team.anne), action_of(team)
    said = {"body": "Comité", "on": ON, "present": [str(team.association.pk)], "actions": [str(action.pk)]}
    first = write_decision(by, team.atelier, text="Deux soirs.", options="Trois soirs.", **said)
    with pytest.raises(InvalidQuestionError, match="décision adoptée"):
        write_decision(by, team.atelier, text="Un soir.", replaces_id=first.pk, **said)
    first = adopt(by, first, 1)
    second = write_decision(by, team.atelier, text="Un soir.", replaces_id=first.pk, **said)
    with pytest.raises(InvalidQuestionError, match="qu’aucune autre"):
        write_decision(by, team.atelier, text="Aucun soir.", replaces_id=first.pk, **said)
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    here = f"/espace/ateliers/{team.atelier.pk}/decisions"
    page = client.get(f"{here}/{first.pk}/").content.decode()
    for told in ("Adoptée", "Remplacée par", "Trois soirs.", "L’Établi de Felletin", action.title):
        assert told in page
    assert f"{here}/{first.pk}/" in client.get(f"{here}/{second.pk}/").content.decode()
    edited = {"body": "Comité", "on": str(ON), "text": "Un soir.", "mode": "vote", "version": "1"}
    edited |= {"replaces_id": str(first.pk), "jeton": "a"}
    assert client.post(f"{here}/{second.pk}/modifier/", edited).status_code == 302


def test_each_organisation_says_what_it_thinks_of_a_decision_until_it_is_adopted(team: Team) -> None:
    decision = write_decision(team.by(team.anne), team.atelier, body="Comité", on=ON, text="Oui.")
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.bruno)
    here = f"/espace/ateliers/{team.atelier.pk}/decisions/{decision.pk}/"
    said = {"said": "reserve", "why": "Et le chauffage ?", "jeton": "a", "version": "0"}
    assert client.post(f"{here}avis/{team.epci.pk}/", said).status_code == 404
    assert client.post(f"{here}avis/{team.association.pk}/", said | {"why": ""}).status_code == 422
    assert client.post(f"{here}avis/{team.association.pk}/", said).status_code == 302
    page = client.get(here).content.decode()
    for told in ("d’accord, avec une réserve", "Et le chauffage ?", "Changer l’avis de"):
        assert told in page
    stale = client.post(f"{here}avis/{team.association.pk}/", said | {"said": "accord", "jeton": "b"})
    assert (stale.status_code, "Les deux textes" in stale.content.decode()) == (409, True)
    decision = adopt(team.by(team.anne), decision, 1)
    with pytest.raises(RetiredError):
        speak(team.by(team.bruno), decision, team.association.pk, 1, said="accord")
    assert "Changer l’avis" not in client.get(here).content.decode()


def test_a_remark_on_anything_is_resolved_by_who_made_it_or_who_writes_the_plan(team: Team) -> None:
    by, on = team.by(team.bruno), team.by(team.bruno).on
    decision = write_decision(team.by(team.anne), team.atelier, body="Comité", on=ON, text="Oui.")
    first, second = (comment(by, row, "Quand ?") for row in (decision, action_of(team)))
    other = comment(team.by(team.anne), decision, "Où ?")
    with pytest.raises(NotAllowedError):
        resolve(by, other, 1)
    resolve(by, first, 1)
    resolve(team.by(team.anne, days=1), second, 1)
    assert not discussion([Comment.objects.get(pk=second.pk)], on=on).resolved
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.bruno)
    here = f"/espace/ateliers/{team.atelier.pk}"
    assert "1 remarque résolue" in client.get(f"{here}/decisions/{decision.pk}/").content.decode()
    there = f"{here}/remarques/{first.pk}/resoudre/"
    assert client.post(there, {"resolu": "non", "version": "2"}).status_code == 302
    assert Comment.objects.get(pk=first.pk).resolved_at is None


def test_the_account_of_co_construction_counts_what_is_adopted_with_the_ess(team: Team) -> None:
    both = [str(team.epci.pk), str(team.association.pk)]
    for present in (both, both[:1]):
        row = write_decision(
            team.by(team.anne), team.atelier, body="Comité", on=ON, text="Oui.", present=present
        )
        adopt(team.by(team.anne), row, 1)
    write_decision(team.by(team.anne), team.atelier, body="Comité", on=ON, text="Peut-être.", present=both)
    action_of(team)
    plan = read_plan(team.atelier, on=ON)
    told = account(plan.decisions, plan.actions, plan.organisations)
    assert told == {"avec l’ESS": (1, 2), "avec des habitants": (0, 2), "portées par l’ESS": (0, 1)}


def test_each_is_written_and_shown_on_the_pages(team: Team) -> None:
    anne = Client(SERVER_NAME="localhost")
    anne.force_login(team.anne)
    action = action_of(team)
    home = f"/espace/ateliers/{team.atelier.pk}/"
    page = f"{home}actions/{action.pk}/"
    gift = {
        "nature": "locaux",
        "label": "Une salle de classe",
        "giver": str(team.epci.pk),
        "receiver": str(team.association.pk),
        "year": "2027",
        "quantity": "40,5",
        "unit": "m²",
        "method": "",
        "domain": "public",
    }
    indicator = {
        "name": "Visiteurs du lieu",
        "direction": "hausse",
        "computed": "",
        "target_on": "2027-12-31",
        "target": "1 200",
    }
    decision = {
        "body": "Comité",
        "on": "2026-11-29",
        "text": "Ouvrir le samedi.",
        "mode": "consensus",
        "present": [str(team.epci.pk)],
        "inhabitants": "oui",
        "actions": [str(action.pk)],
    }
    for path, form in (
        (f"{page}contributions/nouvelle/", gift),
        (f"{page}indicateurs/nouveau/", indicator),
        (f"{home}decisions/nouvelle/", decision),
    ):
        assert anne.get(path).status_code == 200
        done = anne.post(path, {**form, "jeton": "a"})
        assert done.status_code == 302, done.content.decode()
    seen = anne.get(page).content.decode()
    for told in (
        "Une salle de classe",
        "40,5",
        "valeur à établir",
        "Visiteurs du lieu",
        "1200",
        "861 et 871",
    ):
        assert told in seen, told
    row = Decision.objects.get()
    assert (row.inhabitants, row.actions) == (True, [str(action.pk)])
    assert "Ouvrir le samedi." in anne.get(home).content.decode()
    edit = anne.get(f"{home}decisions/{row.pk}/modifier/").content.decode()
    assert f'value="{action.pk}" checked' in edit
    one = Indicator.objects.get()
    aimed = f"{page}indicateurs/{one.pk}/"
    sent = {**indicator, "version": "1", "jeton": "c", "later": "31/12/2029 : 2 500\n30/06/2028:1800"}
    assert anne.post(aimed, {**sent, "later": "demain : 2"}).status_code == 422
    assert anne.post(aimed, sent).status_code == 302
    assert [each["value"] for each in Indicator.objects.get().targets] == ["1200", "1800", "2500"]
    assert "30/06/2028 : 1800\n31/12/2029 : 2500" in anne.get(aimed).content.decode()
    assert '<figure class="cours">' in anne.get(page).content.decode()
    assert anne.post(f"{home}decisions/{row.pk}/adopter/", {"version": "1"}).status_code == 302
