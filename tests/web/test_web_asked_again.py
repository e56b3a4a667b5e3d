"""A form whose words are refused is asked again in place, every field kept."""

import html

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/structures/?t=30+km+de+Saint-Denis&vend=traiteur", 300, ('value="traiteur"', "30+km+de+93066")),
        (
            "/structures/?t=Nulle-Part&vend=traiteur",
            404,
            ('value="traiteur"', "Nulle-Part"),
        ),
        ("/structures/?t=30+km+de+dep:23", 400, ("Un rayon se prend autour d’une commune",)),
        ("/territoires/comparer/?t=Saint-Denis&t=23077", 300, ('value="23077"', "t=93066")),
        ("/territoires/comparer/?t=Zzzzzz&t=23077", 404, ('value="23077"', 'value="Zzzzzz"')),
    ],
)
def test_a_place_that_is_not_understood_is_asked_in_the_form(
    site: Client, address: str, status: int, words: tuple[str, ...]
) -> None:
    answer = site.get(address)
    told = html.unescape(answer.content.decode())
    assert answer.status_code == status
    assert 'role="alert"' in told
    for one in words:
        assert one in told


@pytest.mark.parametrize(
    ("address", "wrong", "others"),
    [
        ("/leviers/?t=Zzyzx", "Zzyzx", ()),
        ("/aide-pres-de-chez-vous/?t=Zzyzx", "Zzyzx", ()),
        ("/accompagnement/?t=Zzyzx", "Zzyzx", ()),
        ("/aides/?q=emploi&territoire=Zzyzx", "Zzyzx", ("emploi",)),
        ("/aides/?montant=abc", "abc", ()),
        ("/territoires/dep:23/couverture/?seuil_km=abc&loin_km=40", "abc", ("40",)),
        ("/territoires/dep:23/couverture/?tournee=Zzyzx&seuil_km=20", "Zzyzx", ("20",)),
        ("/territoires/dep:23/couverture/?ouvrir=-3&seuil_km=20", "-3", ("20",)),
        ("/territoires/23077/?le=hier", "hier", ()),
        ("/territoires/point/?point=zzz", "zzz", ()),
        ("/territoires/dep:23/survie/?par=zzz", "zzz", ()),
    ],
)
def test_what_was_typed_is_asked_again_where_it_was_with_its_fault_beside_it(
    site: Client, address: str, wrong: str, others: tuple[str, ...]
) -> None:
    answer = site.get(address)
    told = html.unescape(answer.content.decode())
    assert 400 <= answer.status_code < 500
    form = told[told.index('class="reprise"') :].partition("</form>")[0]
    refused, _, beside = form.partition('aria-invalid="true"')
    assert refused.rpartition('value="')[2].startswith(wrong)
    assert wrong in beside.partition('class="refus">')[2]
    for value in others:
        assert f'value="{value}"' in form


def test_an_address_that_nobody_typed_has_no_form_of_its_own(site: Client) -> None:
    assert 'class="reprise"' not in site.get("/territoires/99999/").content.decode()
    assert 'class="reprise"' not in site.get("/nulle-part/?le=2026-01-01").content.decode()


def test_a_comparison_is_filled_with_those_most_alike(site: Client) -> None:
    assert "checked" in site.get("/territoires/comparer/").content.decode()
    told = site.get("/territoires/comparer/?t=200044014&semblables=oui").content.decode().replace("\xa0", " ")
    assert "4 territoires qui lui ressemblent" in told
    assert "En un coup d’œil" in told
    assert "Où chacun se place" in told


def test_a_commune_of_the_grid_may_be_named_and_a_wrong_one_is_asked_again_with_every_level(
    site: Client,
) -> None:
    told = {"nom": "Le Lieu", "role": "structure", "n_tresorerie": "3"}
    assert site.get("/grille/evaluation/", told | {"commune": "Faux-la-Montagne"}).status_code == 200
    again = site.get("/grille/evaluation/", told | {"commune": "Xyzzyx"})
    page = again.content.decode()
    assert again.status_code == 404
    assert 'value="Xyzzyx" placeholder' in page
    assert 'value="Le Lieu"' in page
    assert 'name="n_tresorerie" value="3" checked' in page


def test_my_aids_keep_what_was_said_when_the_place_is_unknown(site: Client) -> None:
    again = site.get("/mes-aides/", {"territoire": "Xyzzyx", "f.effectif": "4", "f.forme": "association"})
    page = again.content.decode()
    assert again.status_code == 404
    assert 'value="Xyzzyx" aria-invalid="true"' in page
    assert 'name="f.effectif" inputmode="decimal" autocomplete="off" maxlength="40" value="4"' in page
    assert 'value="association" selected' in page


def test_a_simulation_refused_keeps_its_value(site: Client) -> None:
    asked = {"aide": "acre", "parametre": "inconnu", "valeur": "12,5"}
    page = site.get("/territoires/dep:23/simulation/", asked).content.decode()
    assert 'name="valeur" type="text" value="12,5"' in page


def test_a_financing_plan_is_filled_by_choices_and_begins_with_one_line_of_each(site: Client) -> None:
    page = site.get("/financement/").content.decode()
    assert "est_ess=" not in page
    assert 'name="fait_pret_bancaire"' in page
    assert page.count('<details class="ligne-de-plan" open>') == 2
