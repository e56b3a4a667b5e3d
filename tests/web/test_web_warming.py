"""What a process asks of itself before its first visitor."""

import gc

import pytest
from django.test import Client

from ancrage.config import warming
from ancrage.territories.atlas import Atlas


@pytest.mark.django_db
def test_every_page_asked_before_the_first_visitor_answers(site: Client) -> None:
    assert warming.AROUND not in warming.pages()
    assert {page: site.get(page).status_code for page in warming.pages()} == dict.fromkeys(
        warming.pages(), 200
    )


@pytest.mark.mirror
def test_distances_are_asked_of_an_edition_that_draws_its_communes(
    real_atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Opened:
        atlas = real_atlas

    monkeypatch.setattr(warming, "opened", Opened)
    assert warming.AROUND in warming.pages()


def test_what_was_put_out_of_reach_does_not_put_off_the_collector() -> None:
    shared = [[] for _ in range(400_000)]  # type: list[list[int]]
    warming._settle()
    before = gc.get_stats()[2]["collections"]
    new = [[] for _ in range(150_000)]  # type: list[list[int]]
    assert gc.get_stats()[2]["collections"] > before
    assert (len(shared), len(new)) == (400_000, 150_000)
    gc.unfreeze()
