"""A financing plan kept with an action or a structure: versions, the past reopened, compared, taken away."""

import html
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from people_here import Place as Where
from people_here import Team, action_of, somebody

from ancrage.contracts.models import capital_model, contract_model
from ancrage.errors import NotAllowedError, StaleVersionError
from ancrage.financing.files import read_plan_text
from ancrage.financing.model import plan_model
from ancrage.financing.plan import Plan
from ancrage.financing.writing import write_plan_text
from ancrage.journal.models import Line
from ancrage.journal.verifying import verify
from ancrage.people.registered import Registered
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.financing import compared, find, keep_for, keep_in, rewrite_plan, versions
from ancrage.workspace.models import FinancingPlan
from ancrage.workspace.proving import FOUND_BY_YOU

pytestmark = [pytest.mark.both_engines]
FOUND = Registered("999000094", "99900009400014", "Association fictive n° 9, Ahun", known=True)


def example(**changed: str) -> Plan:
    text = plan_model()
    for before, after in changed.values():
        assert before in text
        text = text.replace(before, after)
    return read_plan_text(text)


MENDED = {
    "feader": ("montant: 85000", "montant: 80000"),
    "region": ("montant: 15000", "montant: 20000"),
}


def text(answer: object) -> str:
    told = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]
    return " ".join(told.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_plan_changes_and_each_version_is_opened_again_and_compared(team: Team) -> None:
    action = action_of(team)
    row = keep_for(team.by(team.anne), action, example())
    rewrite_plan(team.by(team.anne, days=1), row, 1, example(**MENDED))
    row.refresh_from_db()
    last, first = versions(row)
    assert (last.number, first.number) == (2, 1)
    assert write_plan_text(first.plan) == write_plan_text(example())
    changes = {one.label: (one.before, one.after) for one in compared(first.plan, last.plan)}
    assert set(changes) == {"FEADER par LEADER", "Aide de la Région"}
    assert "85\u202f000" in changes["FEADER par LEADER"][0]
    assert not compared(last.plan, last.plan)
    with pytest.raises(StaleVersionError):
        rewrite_plan(team.by(team.anne, days=2), row, 1, example())
    verify()


def test_only_who_may_change_the_action_keeps_a_plan_with_it(team: Team) -> None:
    stranger = somebody("Zoé")
    with pytest.raises(NotAllowedError):
        keep_for(team.by(stranger), action_of(team), example())
    assert not FinancingPlan.objects.exists()
    keep_in(team.by(team.anne), team.atelier, FOUND, example())
    assert FinancingPlan.objects.get().structure.siren == FOUND.siren  # type: ignore[union-attr]
    assert Line.objects.filter(verb="financement.garde").count() == 2


def test_plans_leave_with_the_atelier_and_come_back_the_same(team: Team) -> None:
    by = team.by(team.anne)
    keep_for(by, action_of(team), example())
    keep_in(by, team.atelier, FOUND, example(**MENDED))
    given = exported(team.atelier)
    other = open_atelier(by, team.anne, team.epci, "Autre", Where())  # type: ignore[arg-type]
    put_back(team.by(team.anne), other, given)
    assert exported(other)["financement"] == given["financement"]


def test_a_plan_is_written_changed_compared_and_printed_on_its_pages(team: Team) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)  # type: ignore[arg-type]
    root = f"/espace/ateliers/{team.atelier.pk}/"
    action = action_of(team)
    new = f"{root}actions/{action.pk}/financements/nouveau/"
    assert "Prêter un local" in client.get(new).content.decode()
    file = io.BytesIO(plan_model().encode())
    file.name = "plan.yaml"
    answer = client.post(new, {"fichier": file})
    assert answer.status_code == 302
    page = answer["Location"]
    assert "85 000 € sur 100 000 € de dépense publique, soit 85 %" in text(client.get(page))
    assert "Épicerie coopérative" in text(client.get(f"{root}actions/{action.pk}/"))
    form = fields(client.get(f"{page}modifier/").content.decode())
    faulty = client.post(f"{page}modifier/", form | {"depenses-0-montant": "-5"})
    assert faulty.status_code == 422
    assert "est négatif" in text(faulty)
    assert fields(faulty.content.decode())["depenses-0-montant"] == "-5"
    changed = client.post(f"{page}modifier/", form | {"ressources-0-montant": "80000", "motif": "Taux"})
    assert changed.status_code == 302
    compare = text(client.get(f"{page}?version=2&avec=1"))
    assert "85 000 € , Demandée" in compare or "85 000 €, demandée" in compare
    late = client.post(f"{page}modifier/", form | {"ressources-0-montant": "1"})
    assert late.status_code == 409
    assert client.get(f"{page}?version=1&papier=demande&format=docx").content.startswith(b"PK")
    again = client.get(f"{page}?version=1&format=yaml").content.decode()
    assert write_plan_text(read_plan_text(again)) == write_plan_text(example())
    assert client.get(f"{page}?version=9").status_code == 404


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the form of a page, as it stands."""
    form = page[page.rindex('<form method="post">') :].partition("</form>")[0]
    found = {
        html.unescape(re.findall(r'name="([^"]+)"', tag)[0]): html.unescape(
            (re.findall(r'value="([^"]*)"', tag) or [""])[0]
        )
        for tag in re.findall(r"<input [^>]+>", form)
    }
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        assert chosen
        found[name] = html.unescape(chosen[1])
    return found


def test_a_contract_is_kept_and_its_payment_waits_for_a_finding(team: Team) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)  # type: ignore[arg-type]
    root = f"/espace/ateliers/{team.atelier.pk}/"
    action = action_of(team)
    new = f"{root}actions/{action.pk}/financements/nouveau/?sorte=contrat-impact"
    form = client.get(new).content.decode()
    written = html.unescape(form.partition("required>")[2].partition("</textarea>")[0])
    assert written.strip() == contract_model().strip()
    faulty = client.post(new, {"texte": written.replace("part: 100 %", "part: 130 %")})
    assert faulty.status_code == 422
    assert "dépasse 100 %" in text(faulty)
    assert "part: 130 %" in html.unescape(faulty.content.decode())
    page = client.post(new, {"texte": written})["Location"]
    assert "en retard : aucun constat" in text(client.get(page))
    assert "Adie" in text(client.get(f"{root}actions/{action.pk}/"))
    refused = client.post(f"{page}constat/", {"le": "2023-05-01", "resultat": "beaucoup", "version": "1"})
    assert refused.status_code == 400
    found = {"le": "2023-05-01", "resultat": "320", "piece": "Rapport", "version": "1"}
    assert client.post(f"{page}constat/", found)["Location"] == page
    told = text(client.get(page))
    assert "dû, sur constat" in told
    assert "1 621 901,12 €" in told or "1 621 901 €" in told
    compare = text(client.get(f"{page}?version=2&avec=1"))
    assert "constats[1].resultat – 320" in compare
    assert client.get(f"{page}?version=1&format=pdf").content.startswith(b"%PDF")
    row = FinancingPlan.objects.get()
    assert row.text.startswith("# Le premier contrat à impact français")
    given = exported(team.atelier)
    other = open_atelier(team.by(team.anne), team.anne, team.epci, "Autre", Where())  # type: ignore[arg-type]
    assert put_back(team.by(team.anne), other, given).doubted == {FOUND_BY_YOU: 1}
    assert exported(other)["financement"] == given["financement"]
    with pytest.raises(NotAllowedError):
        find(team.by(somebody("Zoé")), row, 2, date(2023, 5, 2), Decimal(1))
    verify()


def test_the_capital_of_a_cooperative_is_kept_in_its_file(team: Team) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)  # type: ignore[arg-type]
    new = f"/espace/ateliers/{team.atelier.pk}/structures/{FOUND.siren}/financements/nouveau/?sorte=capital"
    page = client.post(new, {"texte": capital_model()})["Location"]
    assert "Tour de table" in text(client.get(page))
    assert "valeur_part: 50" in client.get(f"{page}modifier/").content.decode()
    changed = {"texte": capital_model().replace("parts: 400}", "parts: 300}", 1), "version": "1"}
    assert client.post(f"{page}modifier/", changed).status_code == 302
    assert "associes[1].parts 400 300" in text(client.get(f"{page}?avec=1"))
    assert client.post(f"{page}modifier/", {"texte": contract_model(), "version": "2"}).status_code == 422
