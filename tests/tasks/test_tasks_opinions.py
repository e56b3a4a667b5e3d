"""« Cette page vous a-t-elle aidé ? »: a count by page and by month, nothing of who answered."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from ancrage.tasks.models import Opinion
from ancrage.tasks.opinions import count
from ancrage.web.opinions.views import MOST, rate

pytestmark = pytest.mark.django_db
PAGE = "/territoires/23077/zonages/"


@pytest.fixture
def site(embedded: object) -> Client:
    cache.clear()
    rate._full_until.clear()
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


def say(site: Client, page: str = PAGE, answer: str = "oui", **headers: str) -> int:
    return site.post("/avis/", {"page": page, "reponse": answer}, headers=headers).status_code


def test_an_answer_is_counted_for_the_kind_of_page_and_nothing_of_who_or_where(site: Client) -> None:
    assert [say(site), say(site, "/territoires/dep:23/zonages/"), say(site, answer="non")] == [303] * 3
    (row,) = Opinion.objects.values()
    assert (row["page"], row["helped"], row["not_helped"]) == ("territory-zonings", 2, 1)
    assert set(row) == {"id", "page", "month", "helped", "not_helped"}
    assert row["month"].day == 1


def test_the_form_is_at_the_foot_of_a_page_and_thanks_lead_back_without_a_cookie(site: Client) -> None:
    assert "Cette page vous a-t-elle aidé" in site.get(PAGE).content.decode()
    answer = site.post("/avis/", {"page": PAGE, "reponse": "oui"}, follow=True)
    assert f'href="{PAGE}"' in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize(
    "page", ["", "//ailleurs.example", "https://ailleurs.example/", "/nulle-part/", "avis"]
)
def test_only_pages_of_this_site_are_counted_and_led_back_to(site: Client, page: str) -> None:
    assert say(site, page) == 404
    assert site.get("/avis/merci/", {"page": page}).status_code == 404
    assert not Opinion.objects.exists()


def test_another_site_cannot_answer_for_its_visitors_nor_an_answer_be_anything(site: Client) -> None:
    assert say(site, **{"sec-fetch-site": "cross-site"}) == 403
    assert say(site, answer="peut-être") == 404
    assert site.get("/avis/").status_code == 405
    assert not Opinion.objects.exists()


def test_one_visitor_has_a_share_of_answers(site: Client) -> None:
    assert {say(site) for _ in range(MOST)} == {303}
    assert say(site) == 429
    assert Opinion.objects.get().helped == MOST


def test_a_month_begins_a_new_count() -> None:
    for on in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31)):
        count("home", helped=True, on=on)
    assert [(one.month, one.helped) for one in Opinion.objects.all()] == [
        (date(2026, 11, 1), 1),
        (date(2026, 12, 1), 2),
    ]


def test_the_migrations_say_all_that_the_models_do() -> None:
    call_command("makemigrations", "tasks", check=True, dry_run=True, verbosity=0)
