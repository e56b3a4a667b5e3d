"""A convention is drafted, signed by both, amended: keyboard alone, axe after each press."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from keyboard import Somebody
from playwright.sync_api import Browser
from test_browser_atelier import ASSOCIATION, EPCI, _answers, _from_the_home_to_a_first_action

TITLE = "Prêt du minibus"


def test_a_convention_is_drafted_signed_by_both_and_amended(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(2)]
    with own_site(**told) as site:
        anne, bruno = (Somebody(one.new_page(), site, axe) for one in contexts)
        _from_the_home_to_a_first_action(anne, folder)
        atelier = anne.page.url.removeprefix(site).partition("actions/")[0]
        _answers(bruno, folder, "bruno@association.fr", "Bruno Petit", "bénévole")
        page = _drafted(anne, atelier)
        _signed(anne, bruno, atelier)
        _amended(anne, page)
        anne.open(f"{atelier}echeances/")
        anne.reads("Fin de la convention", TITLE)
        anne.open(f"{atelier}apports/")
        anne.open(f"{atelier}coconstruction/")
    for one in contexts:
        one.close()


def _drafted(anne: Somebody, atelier: str) -> str:
    anne.open(atelier)
    anne.press("Rédiger une convention")
    anne.press("Prêt de matériel")
    anne.type("Intitulé", TITLE)
    anne.choose("Qui prête", "CC")
    anne.reach(ASSOCIATION)
    anne.page.keyboard.press("Space")
    anne.type("Objet", "prêter le minibus deux jours par semaine")
    anne.date("Début", "2027-01-01")
    anne.date("Fin", "2027-12-31")
    anne.type("Les biens prêtés", "Un minibus de neuf places.")
    anne.type("Usage", "Les sorties du jeudi.")
    anne.press("Enregistrer")
    anne.reads("Projet", "À compléter avant de signer", "Code civil, articles 1875 à 1889")
    anne.press("Compléter le texte")
    anne.type("Entretien et charges", "La communauté de communes.")
    anne.type("Assurance", "L’emprunteur.")
    anne.press("Enregistrer")
    anne.press("Arrêter le texte à signer")
    anne.press("Arrêter le texte")
    anne.reads("À signer", "SHA-256")
    return anne.page.url


def _signed(anne: Somebody, bruno: Somebody, atelier: str) -> None:
    anne.press("Dire qu’une partie a signé")
    anne.press("Dire que c’est signé")
    bruno.open(atelier)
    bruno.reads("Ce qui vous attend", f"{TITLE} : une convention à signer")
    bruno.press(TITLE)
    bruno.press("Dire qu’une partie a signé")
    bruno.press("Dire que c’est signé")
    bruno.reads("Signée le", f"{EPCI}, signé le", f"{ASSOCIATION}, signé le")


def _amended(anne: Somebody, page: str) -> None:
    anne.open(page)
    anne.press("Préparer un avenant")
    anne.date("Fin", "2028-12-31")
    anne.press("Enregistrer")
    anne.reads("Ce que changerait l’avenant", "31 décembre 2028")
    anne.press("Arrêter l’avenant à signer")
    anne.type("Ce que change l’avenant", "Une année de plus.")
    anne.press("Arrêter le texte")
    anne.reads("Avenant à signer", "Avenant n° 1", "Une année de plus.")
