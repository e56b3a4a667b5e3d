"""Where pages propose to gather structures: named ones only, one a legal unit, each to be asked apart."""

import re
from typing import Any

import pytest
from django.core.cache import cache

PAGES = ("/territoires/200044014/dynamiques/", "/achats/?montant=60000&acheteur=23096&t=dep:23&cpv=55500000")
FORM = re.compile(r'<form method="get" action="/espace/mises-en-relation/demander/">(.*?)</form>', re.DOTALL)
CODE = re.compile(r'name="code" value="(\d+)"> ([^<]+)</label>')


@pytest.mark.parametrize("where", PAGES)
def test_a_group_is_proposed_by_a_site_that_knows_its_address(site: Any, settings: Any, where: str) -> None:
    settings.SITE_ORIGIN = "https://ancrage.example.org"
    forms = FORM.findall(site.get(where).content.decode())
    assert forms
    for form in forms:
        members = CODE.findall(form)
        assert len(members) > 1
        assert len({code[:9] for code, _ in members}) == len(members)
        assert not [name for _, name in members if "non diffusible" in name]
        assert 'name="objet"' in form


def test_the_commune_of_a_page_can_be_asked_to_meet(site: Any, settings: Any) -> None:
    where, door = "/territoires/23077/accompagnement/", "/espace/mises-en-relation/demander/?code=212307706"
    assert door not in site.get(where).content.decode()
    cache.clear()
    settings.SITE_ORIGIN = "https://ancrage.example.org"
    assert door in site.get(where).content.decode()
    assert "mises-en-relation" not in site.get("/territoires/dep:23/accompagnement/").content.decode()
