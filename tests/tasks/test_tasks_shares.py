"""One visitor cannot take all: tasks, requests and pages have a share each, the same for every process."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory, override_settings

from ancrage.config.caches import caches as declared
from ancrage.desk import rates
from ancrage.desk.rates import Rate
from ancrage.desk.visitors import address_told, is_here, mark_of, visitor_of
from ancrage.tasks import asking, buckets, keeping
from ancrage.tasks.models import Bucket, Job
from ancrage.tasks.shared import CACHE_TABLE, SHARED

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
ASKED = {"sorte": "rapport", "territoire": "23077", "forme": "json"}
DAYS = tuple(f"2021-03-{day:02}" for day in range(1, 32))


@pytest.fixture
def site(embedded: object) -> Client:
    return Client(SERVER_NAME="localhost")


def asked(site: Client, day: str, visitor: str) -> int:
    return site.post("/travaux/", ASKED | {"le": day}, REMOTE_ADDR=visitor).status_code


def test_a_visitor_has_five_tasks_and_the_others_still_have_theirs(site: Client) -> None:
    found = [asked(site, day, "203.0.113.7") for day in DAYS[:6]]
    assert found == [303] * asking.MOST_OF_ONE + [429]
    assert asked(site, DAYS[0], "203.0.113.7") == 303  # the same question is no other task
    assert asked(site, DAYS[7], "203.0.113.8") == 303
    asking.cancel(Job.objects.filter(asker=Job.objects.first().asker).first().id)  # type: ignore[union-attr]
    assert asked(site, DAYS[8], "203.0.113.7") == 303


def test_the_share_is_told_with_what_to_do(site: Client) -> None:
    for day in DAYS[:5]:
        asked(site, day, "203.0.113.7")
    page = site.post("/travaux/", ASKED | {"le": DAYS[9]}, REMOTE_ADDR="203.0.113.7").content.decode()
    assert "5 de vos travaux attendent" in page
    assert "annulez-en un" in page


def test_visitors_who_ask_at_once_never_pass_their_share(embedded: object) -> None:
    def ask(day: str) -> int:
        try:
            return asked(Client(SERVER_NAME="localhost"), day, "203.0.113.9")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(ask, DAYS[:12]))
    assert found == [303] * asking.MOST_OF_ONE + [429] * 7
    assert Job.objects.count() == asking.MOST_OF_ONE


def test_nothing_kept_of_a_visitor_is_an_address(site: Client) -> None:
    asked(site, DAYS[0], "203.0.113.7")
    with override_settings(RATES_SHARED=True):
        assert site.get("/api/v1/territoires/23077", REMOTE_ADDR="203.0.113.7").status_code == 200
    told = [Job.objects.get().asker, *Bucket.objects.values_list("key", flat=True)]
    assert len(told) >= 2
    assert not [one for one in told if "203" in one and "113" in one]


@override_settings(RATES_SHARED=True)
def test_processes_count_in_one_bucket() -> None:
    """Two rates that share nothing but the database, as those of two processes."""
    one, other = Rate(), Rate()
    found = [(one, other)[number % 2].wait("visitor", 4, 60) for number in range(6)]
    assert found[:4] == [0.0] * 4
    assert all(0 < seconds <= 15 for seconds in found[4:])
    assert other.wait("somebody else", 4, 60) == 0.0


@override_settings(RATES_SHARED=True)
def test_a_high_rate_is_taken_by_several_places_and_never_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    take = buckets.take
    monkeypatch.setattr(buckets, "take", lambda key, pour: (calls.append(key), take(key, pour))[1])
    one, other = Rate(), Rate()
    passed = sum((one, other)[number % 2].wait("visitor", 600, 3600) == 0 for number in range(700))
    assert passed == 600
    assert 60 <= len(calls) <= 66  # ten places at a time; who is refused is not asked for again


@override_settings(RATES_SHARED=True)
def test_threads_that_count_at_once_never_let_more_pass() -> None:
    def ask(_: int) -> float:
        try:
            return Rate().wait("visitor", 5, 3600)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(24)))
    assert found.count(0.0) == 5


@override_settings(RATES_SHARED=True)
def test_a_database_that_fails_leaves_each_process_count_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def fail(key: str, _pour: object) -> float:
        calls.append(key)
        raise DatabaseError

    monkeypatch.setattr(buckets, "take", fail)
    moment = [100.0]
    rate = Rate(clock=lambda: moment[0])
    assert [rate.wait("visitor", 2, 60) > 0 for _ in range(3)] == [False, False, True]
    assert calls == ["visitor"]  # it is left alone for a while
    moment[0] += rates.ALONE_SECONDS
    rate.wait("visitor", 2, 60)
    assert calls == ["visitor", "visitor"]


def test_buckets_that_are_empty_are_forgotten() -> None:
    buckets.take("old", lambda _full, now: (now - 1, 0.0))
    buckets.take("new", lambda _full, now: (now + 60, 0.0))
    keeping.purge()
    assert list(Bucket.objects.values_list("key", flat=True)) == ["new"]


@pytest.fixture
def shared_pages() -> Iterator[Any]:
    from django.core.management import call_command

    call_command("createcachetable", CACHE_TABLE, verbosity=0)
    with override_settings(CACHES=declared("base")):
        yield caches[SHARED]
        caches[SHARED].clear()
        caches["default"].clear()


def test_a_page_made_by_a_process_is_found_by_the_others(
    site: Client, shared_pages: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ancrage.web.home import views

    first = site.get("/")
    caches["default"].clear()  # as another process, which has made nothing
    monkeypatch.setattr(views, "render", lambda *_: pytest.fail("the page was made again"))
    assert site.get("/").content == first.content


@pytest.fixture
def pages_in_redis(redis: str) -> Iterator[str]:
    with override_settings(CACHES=declared(redis)):
        yield redis
        caches["default"].clear()


def test_a_page_made_by_a_process_is_found_by_the_others_in_a_real_redis(
    site: Client, pages_in_redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ancrage.web.home import views

    caches["default"].clear()
    first = site.get("/")
    caches["default"].clear()  # as another machine, which has made nothing
    monkeypatch.setattr(views, "render", lambda *_: pytest.fail("the page was made again"))
    assert site.get("/").content == first.content
    caches[SHARED].clear()
    caches["default"].clear()
    with pytest.raises(pytest.fail.Exception):
        site.get("/")


def test_a_redis_that_hears_and_never_answers_leaves_pages_to_be_made(site: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        with override_settings(CACHES=declared(address)):
            caches["default"].clear()
            assert site.get("/documentation/donnees/").status_code == 200
    with override_settings(CACHES=declared(address)):  # nothing listens there any more
        caches["default"].clear()
        assert site.get("/documentation/donnees/").status_code == 200


def test_shared_pages_that_fail_leave_pages_to_be_made(
    site: Client, shared_pages: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("django.core.cache.backends.db.DatabaseCache.get", fail)
    monkeypatch.setattr("django.core.cache.backends.db.DatabaseCache.set", fail)
    assert site.get("/documentation/donnees/").status_code == 200


def test_what_is_shared_is_told_by_one_setting() -> None:
    assert set(declared("")) == set(declared("debits")) == {"default"}
    assert declared("base")[SHARED]["LOCATION"] == CACHE_TABLE
    redis = declared("redis://127.0.0.1:6379/0")[SHARED]
    assert (redis["BACKEND"].rpartition(".")[2], redis["LOCATION"][:5]) == ("RedisCache", "redis")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "198.51.100.1", "203.0.113.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "", "203.0.113.7"),
    ],
)
def test_an_address_is_the_one_that_our_proxies_saw(proxies: int, forwarded: str, found: str) -> None:
    with override_settings(NINJA_NUM_PROXIES=proxies):
        assert address_told(forwarded, "203.0.113.7") == found


def test_a_subscriber_is_one_visitor_whatever_the_address() -> None:
    assert (
        visitor_of("2001:db8:1:2::1") == visitor_of("2001:db8:1:2:ffff::9") != visitor_of("2001:db8:1:3::1")
    )
    assert visitor_of("203.0.113.7") != visitor_of("203.0.113.8")
    marks = {
        mark_of(RequestFactory().get("/", REMOTE_ADDR=one)) for one in ("2001:db8:1:2::1", "2001:db8:1:2::2")
    }
    assert len(marks) == 1
    assert [is_here(one) for one in ("127.0.0.1", "::1", "203.0.113.7", "")] == [True, True, False, True]
