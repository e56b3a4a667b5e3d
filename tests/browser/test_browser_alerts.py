"""Task 8: a network is told when a call opens, and why: three clicks, a real server of messages."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from keyboard import last_message
from playwright.sync_api import Browser
from walking import Walk

WHO = "reseau@exemple.fr"
UNSEEN = """
import django
django.setup()
from ancrage.alerts.keeping import packed
from ancrage.alerts.models import Topic
Topic.objects.update(state=packed({}), edition="avant")
"""
"""As if the call had not been there when it was last read."""


def test_a_network_is_told_that_a_call_opened_and_why_then_changes_how_often_from_the_message(
    browser: Browser,
    axe: str,
    post: tuple[Path, dict[str, str]],
    own_site: Callable[..., Any],
    visited: Path,
    command_words: list[str],
) -> None:
    folder, told = post
    told = told | {"ANCRAGE_ORIGINE": "http://ancrage.test"}
    env = os.environ | told | {"ANCRAGE_DATA": str(visited)}
    with own_site(**told) as site:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        walk = Walk(context.new_page(), site, 3, scripted=True, axe=axe)
        walk.search("FDVA fonctionnement")
        walk.follow("FDVA")
        walk.follow("Me prévenir")
        walk.type("Votre courriel", WHO)
        walk.press("Me prévenir")
        walk.reads("courriel")
        walk.allowed += 4  # what follows is done from messages
        link = last_message(folder, WHO).links[0]
        walk.page.goto(site + link.removeprefix("http://ancrage.test"))
        walk.press("Confirmer")
        walk.reads("Alerte confirmée")
        unseen = env | {"DJANGO_SETTINGS_MODULE": "ancrage.config.settings"}
        subprocess.run([sys.executable, "-c", UNSEEN], env=unseen, check=True)
        # A daily digest closes at seven: the subscription is told at once from its own page.
        walk.follow("Régler ou arrêter cette alerte")
        walk.page.get_by_label("Fréquence").select_option("aussitot")
        walk.click(walk.page.get_by_role("button", name="Changer"))
        walk.reads("C’est réglé", "dès que c’est su")
        subprocess.run([*command_words, "alertes", "passer"], env=env, check=True, capture_output=True)
        text = last_message(folder, WHO).text
        for words in ("FDVA", "Pourquoi ce message", "vous suivez « Aide :", "dès que c’est su"):
            assert words in text
        context.close()
        _of_a_situation(browser, axe, site, folder)


def _of_a_situation(browser: Browser, axe: str, site: str, folder: Path) -> None:
    """An association is told of its aids: what is kept is said first, and is erased when it stops."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, color_scheme="dark")
    walk = Walk(context.new_page(), site, 4, scripted=True, axe=axe)
    walk.follow("Mes aides")
    walk.choose("Forme juridique", "asso")
    walk.type("Commune du projet", "Faux-la-Montagne")
    walk.press("Voir mes aides")
    walk.follow("Me prévenir", exact=True)
    walk.reads("Mes aides, Faux-la-Montagne", "Ce qui est gardé de votre situation", "association")
    walk.type("Votre courriel", WHO)
    walk.press("Me prévenir")
    walk.reads("Confirmez votre alerte")
    assert "Mes aides, Faux-la-Montagne" in last_message(folder, WHO).text
    assert len(walk.clicked) == 4
    context.close()
