"""Two associations are put in touch: one asks from the directory, the other answers without an account."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from keyboard import Somebody, code_in, last_message
from playwright.sync_api import Browser

OTHER, SIRET = "Association fictive n° 379, Felletin (démonstration)", "99900379100012"
ORIGIN = "http://ancrage.example.org"
"""What links of messages begin with: the site itself stands at another address here."""
HERS = "Association fictive n° 9, Ahun"
ANNE, BRUNO = "anne.filigrane@asso-ahun.fr", "contact.filigrane@asso-felletin.fr"
WORDS = "Nous réparons des vélos à Ahun et cherchons avec qui partager un atelier."


def test_two_associations_are_put_in_touch(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    with own_site(**told, ANCRAGE_ORIGINE=ORIGIN) as site:
        contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(2)]
        anne, bruno = (Somebody(one.new_page(), site, axe) for one in contexts)
        anne.open(f"/structures/{SIRET}/")
        anne.press("Être mis en relation")
        _enters(anne, folder)
        anne.press("Choisir mon organisation")
        anne.type("Son nom, son SIREN ou son SIRET", "ahun")
        anne.press("Chercher")
        anne.press(HERS)
        anne.choose("Vous y êtes", "béné")
        anne.press("J’appartiens à cette organisation")
        anne.reads("Demander une mise en relation", OTHER, f"Au nom de {HERS}")
        anne.type("Adresse où lui écrire", BRUNO)
        anne.choose("Pour", "trav")
        anne.type("Votre message", WORDS)
        anne.type("Votre téléphone", "05 55 11 22 33")
        anne.press("Envoyer la demande")
        anne.reads("La demande est faite", "La demande lui a été remise par courriel")
        hers = anne.page.url

        asked = last_message(folder, BRUNO)
        assert WORDS in asked.text
        assert not [one for one in (ANNE, "05 55 11 22 33", "Anne Martin") if one in asked.text]
        bruno.open(next(one for one in asked.links if "/mises-en-relation/" in one).removeprefix(ORIGIN))
        bruno.reads(f"{HERS} (démonstration) souhaite entrer en relation avec vous", WORDS)
        assert not [one for one in (ANNE, "05 55 11 22 33") if one in bruno.page.content()]
        bruno.type("Qui joindre chez vous", "Bruno Petit")
        bruno.press("Accepter")
        bruno.reads("Vous êtes d’accord pour vous connaître", "Anne Martin", ANNE, "05 55 11 22 33")
        assert bruno.page.context.cookies() == []
        anne.open(hers)
        anne.reads("Vous êtes d’accord tous les deux", "Bruno Petit", BRUNO, "rien d’autre ne prouve")
        assert BRUNO in last_message(folder, ANNE).text
        assert "Anne Martin" in last_message(folder, BRUNO).text
        anne.press("Mettre fin")
        anne.reads("C’est fini")
        assert BRUNO not in anne.page.content()
        for one in contexts:
            one.close()


def _enters(who: Somebody, folder: Path) -> None:
    who.type("Votre adresse électronique", ANNE)
    who.press("Recevoir un code")
    who.type("Code reçu", code_in(folder, ANNE))
    who.press("Entrer")
    who.type("Prénom et nom", "Anne Martin")
    who.press("Continuer")
