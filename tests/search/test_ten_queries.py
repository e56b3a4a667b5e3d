"""The ten most natural queries of the documentation each lead to the right thing first."""

from pathlib import Path

import pytest

from ancrage.search.index import open_index
from ancrage.search.suggestion import Found

PAGE = Path(__file__).parents[2] / "docs" / "annuaire.md"
QUERIES = (
    ("Paris", Found.TERRITORY, "75056"),
    ("Creuse", Found.TERRITORY, "dep:23"),
    ("23400", Found.TERRITORY, None),
    ("Saint-Denis (93)", Found.TERRITORY, "93066"),
    ("Communauté de communes Creuse Grand Sud", Found.TERRITORY, "200044014"),
    ("guéret", Found.TERRITORY, "23096"),
    ("PACA", Found.TERRITORY, "reg:93"),
    ("qpv guéret", Found.TERRITORY, "qpv:QN02301M"),
    ("aide embauche", Found.AID, None),
    ("commande publique", Found.LEVER, "3"),
)


@pytest.fixture(scope="module")
def box(embedded_atlas, tmp_path_factory):
    return open_index(embedded_atlas, tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize(("typed", "kind", "code"), QUERIES)
def test_a_natural_query_leads_to_the_right_thing_first(box, typed, kind, code):
    first = box.suggest(typed)[0]
    assert first.kind is kind
    assert code in (None, first.code)


def test_the_documentation_lists_these_queries():
    page = PAGE.read_text("utf-8")
    assert all(f"`{typed}`" in page for typed, _, _ in QUERIES)
