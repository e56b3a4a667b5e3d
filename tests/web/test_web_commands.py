"""No word of the command line on the pages, and nothing else lost."""

import re

import pytest
from django.test import Client

from ancrage.web.commands import plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Et 12 autres : --detail ou --format geojson.", "Et 12 autres."),
        ("Et 3 autres (--format json).", "Et 3 autres."),
        ("Leurs conditions : ancrage aides montrer urgencess", ""),
        ("Pour répondre : --partenariat oui, ou --partenariat non.", ""),
        ("10 sur 30 ; toutes en CSV : --inviter FICHIER.", "10 sur 30."),
        ("Un texte sans commande ; il reste, entier.", "Un texte sans commande ; il reste, entier."),
        ("Une proposition d’Ancrage -- discutable.", "Une proposition d’Ancrage -- discutable."),
        ("Vrai. Qui peut : ancrage leviers --outil NUMÉRO.", "Vrai."),
    ],
)
def test_a_command_is_left_out_and_what_is_true_stays(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    "address",
    [
        "/leviers/",
        "/leviers/outils/1/",
        "/territoires/23077/leviers/",
        "/territoires/dep:23/accompagnement/",
        "/territoires/dep:23/survie/",
        "/territoires/dep:23/dynamiques/",
        "/grille/evaluation/?nom=X&commune=23077&n_tresorerie=1",
        "/monographies/",
        "/sources/",
    ],
)
def test_no_page_of_method_speaks_to_a_terminal(site: Client, address: str) -> None:
    page = site.get(address).content.decode()
    body = re.sub(r"<(script|svg|head).*?</\1>", "", page, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", body)
    assert not re.findall(r"\s--[a-z]+|ancrage (?:aides|leviers|sources|couverture|entrepot)[^<]{0,20}", text)
