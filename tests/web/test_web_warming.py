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


@pytest.mark.django_db
def test_questions_asked_together_are_all_asked_and_the_collector_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def application(environ: dict[str, object], _: object) -> list[bytes]:
        assert not gc.isenabled()
        asked.append(str(environ["PATH_INFO"]))
        return []

    monkeypatch.setattr(warming, "_settle", lambda: None)
    warming.warm_up(application)
    pages = [page.partition("?")[0] for page in warming.pages()]
    assert asked[0] == pages[0]
    assert sorted(asked) == sorted([*pages, *[warming.ELIGIBILITY] * warming.ENOUGH_TO_COMPILE])
    assert gc.isenabled()


@pytest.mark.django_db
def test_a_question_that_fails_is_told_and_the_collector_goes_on() -> None:
    def application(environ: dict[str, object], _: object) -> list[bytes]:
        if environ["PATH_INFO"] == warming.ELIGIBILITY:
            raise RuntimeError("spoilt")
        return []

    with pytest.raises(RuntimeError, match="spoilt"):
        warming.warm_up(application)
    assert gc.isenabled()
