"""The recherche-entreprises API, played by a local server with the recorded answers."""

import gzip
import json
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import InvalidCodeError, SourceUnavailableError
from ancrage.repairs import GiveField
from ancrage.sources import api_recherche
from ancrage.sources.api_recherche import Harvest, Harvester, RateLimiter
from ancrage.sources.api_results import read_results
from ancrage.sources.catalogue import get_source
from ancrage.sources.declaration import Address, Source
from ancrage.sources.mirror import find_in_mirror
from ancrage.sources.outcome import State
from ancrage.sources.progress import Silent
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from ancrage.sources.transport import Timing, open_client
from local_producer import Answer, Producer, say

HASTY = Timing(connect=1, read=1, attempts=3, first_wait=0.001, longest_wait=0.01)


class FakeTime:
    """A clock that only moves when someone sleeps."""

    def __init__(self) -> None:
        self.now, self.departures = 0.0, list[float]()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def free() -> RateLimiter:
    moments = FakeTime()
    return RateLimiter(clock=moments.clock, sleep=moments.sleep)


def units(count: int, section: str = "S") -> list[dict[str, Any]]:
    return [{"siren": f"{n:09d}", "section_activite_principale": section} for n in range(count)]


def pages_of(results: list[dict[str, Any]], ceiling: int | None = None) -> Answer:
    """Answer like the API: filters by section, 25 a page, never more than the ceiling."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(handler.path).query).items()}
        section = query.get("section_activite_principale")
        kept = [unit for unit in results if section in (None, unit["section_activite_principale"])]
        begin = (int(query["page"]) - 1) * 25
        shown = kept[: ceiling or len(kept)]
        told = {"results": shown[begin : begin + 25], "total_results": len(shown)}
        say(200, json.dumps(told).encode(), Content_Type="application/json")(handler)

    return answer


def harvest(
    producer: Producer, workplace: Path, department: str = "23", communes: Iterable[str] = ()
) -> Harvest:
    with open_client(HASTY) as client:
        return Harvester(
            producer.url(), department, workplace, client, HASTY, Silent(), tuple(communes), limiter=free()
        ).run()


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.mark.mirror
def test_the_recorded_units_are_all_harvested_with_few_fields_asked(
    mirror: Path, producer: Producer, workplace: Path
) -> None:
    (resource,) = get_source("recherche-entreprises").resources
    assert resource.mirror is not None
    recorded = list(read_results(find_in_mirror(mirror, resource.mirror)))
    producer.serve("/search", pages_of(recorded))
    result = harvest(producer, workplace)
    sirens = [unit["siren"] for unit in read_results([result.path])]
    assert sirens == sorted({unit["siren"] for unit in recorded})
    asked = producer.requests[0].query
    assert (asked["departement"], asked["est_ess"], asked["per_page"], asked["page"]) == (
        "23",
        "true",
        "25",
        "1",
    )
    assert (asked["minimal"], asked["include"]) == ("true", "siege,complements,matching_etablissements")
    assert len(producer.requests) == -(-len(recorded) // 25)


@pytest.mark.parametrize(("count", "requests"), [(0, 1), (1, 1), (25, 1), (26, 2), (50, 2)])
def test_no_page_is_asked_after_the_last(
    producer: Producer, workplace: Path, count: int, requests: int
) -> None:
    producer.serve("/search", pages_of(units(count)))
    assert harvest(producer, workplace).count == count
    assert len(producer.requests) == requests


def test_a_harvest_interrupted_continues_at_the_page_where_it_stopped(
    producer: Producer, workplace: Path
) -> None:
    whole = pages_of(units(60))
    producer.serve("/search", whole, whole, say(404))
    with pytest.raises(SourceUnavailableError):
        harvest(producer, workplace)
    producer.serve("/search", whole)
    assert harvest(producer, workplace).count == 60
    assert [request.query["page"] for request in producer.requests] == ["1", "2", "3", "3"]


def test_what_was_written_after_the_last_note_is_asked_again(producer: Producer, workplace: Path) -> None:
    whole = pages_of(units(60))
    producer.serve("/search", whole, say(404))
    with pytest.raises(SourceUnavailableError):
        harvest(producer, workplace)
    with (workplace / "pages.jsonl.part").open("a") as pages:
        pages.write('{"siren": "half')
    producer.serve("/search", whole)
    assert harvest(producer, workplace).count == 60


def test_too_many_requests_are_waited_for(producer: Producer, workplace: Path) -> None:
    producer.serve("/search", say(429, Retry_After="1"), pages_of(units(3)))
    assert harvest(producer, workplace).count == 3


def test_a_unit_that_moves_between_two_pages_is_kept_once(producer: Producer, workplace: Path) -> None:
    producer.serve("/search", pages_of([*units(25), *units(3)]))
    assert harvest(producer, workplace).count == 25


def test_a_question_at_the_ceiling_is_asked_by_section_of_activity(
    producer: Producer, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_recherche, "CEILING", 100)
    many = [*units(60, "S"), *({"siren": f"9{n:08d}", "section_activite_principale": "P"} for n in range(99))]
    producer.serve("/search", pages_of(many, ceiling=100))
    result = harvest(producer, workplace)
    assert result.count == 159
    (remark,) = result.remarks
    assert "section_activite_principale" in remark


def test_a_question_that_cannot_be_made_smaller_is_said_to_be_cut(
    producer: Producer, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_recherche, "CEILING", 25)
    monkeypatch.setattr(api_recherche, "SPLITS", {"section_activite_principale": ("S",)})
    producer.serve("/search", pages_of(units(40), ceiling=25))
    result = harvest(producer, workplace, communes=["23096"])
    assert result.count == 25
    assert "code_commune=23096" in result.remarks[-1]


@pytest.mark.parametrize("code", ["", "20", "2", "023", "96", "979", "Creuse"])
def test_a_code_that_is_no_departement_is_refused(workplace: Path, producer: Producer, code: str) -> None:
    with pytest.raises(InvalidCodeError):
        harvest(producer, workplace, department=code)


@given(st.lists(st.floats(min_value=0, max_value=0.5), min_size=30, max_size=60))
def test_never_more_than_seven_requests_leave_within_a_second(pauses: list[float]) -> None:
    moments = FakeTime()
    limiter = RateLimiter(clock=moments.clock, sleep=moments.sleep)
    departures = []
    for pause in pauses:
        moments.sleep(pause)
        limiter.wait()
        departures.append(moments.now)
    assert all(later - before >= 1 - 1e-6 for before, later in zip(departures, departures[7:], strict=False))


def local_api(producer: Producer) -> Source:
    source = get_source("recherche-entreprises")
    (resource,) = source.resources
    address = Address(url=producer.url())
    return source.model_copy(update={"resources": (resource.model_copy(update={"addresses": (address,)}),)})


def test_a_departement_synchronised_is_a_snapshot_of_its_own(producer: Producer, tmp_path: Path) -> None:
    producer.serve("/search", pages_of(units(30)))
    store = SnapshotStore(tmp_path)
    synchronise([local_api(producer)], store=store, department="23", timing=HASTY, limiter=free())
    (outcome,) = synchronise(
        [local_api(producer)], store=store, department="2A", timing=HASTY, limiter=free()
    ).outcomes
    assert outcome.state is State.NEW
    assert store.resources("recherche-entreprises") == ["unites-23", "unites-2a"]
    snapshot = store.latest("recherche-entreprises", "unites-23")
    assert snapshot is not None
    assert snapshot.provenance.rows == 30
    assert len(gzip.decompress(snapshot.path.read_bytes()).splitlines()) == 30


def test_the_same_answers_a_second_time_are_recognised(producer: Producer, tmp_path: Path) -> None:
    producer.serve("/search", pages_of(units(30)))
    states = [
        synchronise(
            [local_api(producer)],
            store=SnapshotStore(tmp_path),
            department="23",
            timing=HASTY,
            limiter=free(),
        )
        .outcomes[0]
        .state
        for _ in range(2)
    ]
    assert states == [State.NEW, State.UNCHANGED]


def test_without_a_departement_the_api_is_left_alone(producer: Producer, tmp_path: Path) -> None:
    (outcome,) = synchronise([local_api(producer)], store=SnapshotStore(tmp_path), timing=HASTY).outcomes
    assert outcome.state is State.LEFT
    assert outcome.repairs == (GiveField("departement", ("23",)),)
    assert producer.requests == []
