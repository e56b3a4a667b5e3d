"""A need reaches three supports, one declines, one helps: by the keyboard, with real messages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from browser_pages import faultless
from keyboard import Somebody, last_message
from playwright.sync_api import Browser

from helped_edition import ADDRESSES, helped_edition

SITE, WHO = "http://ancrage.example.org", "claire@projet.fr"
CRESS, FRANCE_ACTIVE, OPCO = ADDRESSES.values()
NAMES = ("CRESS Nouvelle-Aquitaine", "France Active Nouvelle-Aquitaine", "Uniformation")


def test_a_project_holders_need_reaches_three_supports_one_declines_one_helps(
    browser: Browser,
    axe: str,
    post: tuple[Path, dict[str, str]],
    own_site: Callable[..., Any],
    embedded: Path,
    visited: Path,
) -> None:
    folder, told = post
    editions = visited / "entrepot" / "editions"
    helped_edition(embedded, editions / "essai")
    (visited / "entrepot" / "courante").symlink_to("editions/essai")
    with own_site(**told, ANCRAGE_ORIGINE=SITE) as site:
        contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(2)]
        claire, support = (Somebody(one.new_page(), site, axe) for one in contexts)
        _ask(claire)
        claire.open(_link(folder, WHO))
        claire.press("Envoyer ma demande")
        claire.reads("envoyée, sans réponse pour l’instant")

        support.open(_link(folder, CRESS))
        support.reads("Nous ouvrons une épicerie", "effectif salarié", "3 salariés")
        support.type("Un mot pour la personne", "Voyez France Active.")
        support.press("Ce n’est pas pour moi")
        support.reads("Vous avez répondu")
        support.open(_link(folder, FRANCE_ACTIVE))
        support.press("Je prends en charge")
        support.press("L’aide est apportée")

        assert "France Active Nouvelle-Aquitaine dit vous avoir aidé" in last_message(folder, WHO).text
        claire.open(_link(folder, WHO))
        claire.reads("pas de son ressort", "Voyez France Active.", "aide apportée")
        claire.press("On m’aide : c’est réglé")
        assert "a arrêté sa demande" in last_message(folder, OPCO).text
        _say_where_to_be_asked(support, folder)
        assert claire.pressed[-2:] == ["Envoyer ma demande", "On m’aide : c’est réglé"]
        for one in contexts:
            one.close()


def _ask(claire: Somebody) -> None:
    claire.open("/mes-aides/?f=effectif=3&f=forme=association&territoire=23096")
    claire.press("Demander un appui")
    claire.choose("Pour", "se faire")
    claire.press("Voir qui peut aider")
    for one in (*NAMES, "effectif salarié : 3"):
        claire.reach(one)
        claire.page.keyboard.press("Space")
        if one == NAMES[-1]:
            claire.type("Votre besoin", "Nous ouvrons une épicerie à Guéret et cherchons à la faire tenir.")
    claire.type("Votre courriel", WHO)
    claire.press("Continuer")
    claire.reads("Un courriel vient de partir", "Rien n’est encore parti vers les supports")


def _say_where_to_be_asked(support: Somebody, folder: Path) -> None:
    """The form where a support gives its address and the page that confirms it, which messages lead to."""
    support.open("/demander-un-appui/adresse/?t=23096&besoin=consolider")
    faultless(support.page, support.axe)
    support.choose("Votre organisme", "cress")
    support.type("Son courriel", "appui@exemple.fr")
    support.press("Envoyer le lien à confirmer")
    support.reads("Un courriel est parti à cette adresse")
    support.open(_link(folder, "appui@exemple.fr"))
    faultless(support.page, support.axe)
    support.press("C’est notre adresse : confirmer")
    support.reads("les demandes y arrivent depuis")
    faultless(support.page, support.axe)


def _link(folder: Path, who: str) -> str:
    (found,) = [one for one in last_message(folder, who).links if "/demander-un-appui/" in one]
    return found.removeprefix(SITE)
