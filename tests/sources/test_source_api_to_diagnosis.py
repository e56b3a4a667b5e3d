"""From the API to the diagnosis: a département harvested from a local server counts in its territory."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ancrage.diagnosis.assemble import diagnose
from ancrage.edition.build import build
from ancrage.edition.publication import current_edition
from ancrage.sources.api_recherche import RateLimiter
from ancrage.sources.api_results import read_results
from ancrage.sources.catalogue import get_source
from ancrage.sources.declaration import Address
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.warehouse.reading import Warehouse
from local_producer import Producer, say

ON = date(2026, 11, 23)


@pytest.fixture
def harvested(producer: Producer, mirror: Path, tmp_path: Path) -> Iterator[Atlas]:
    """An edition built from the recorded answers, served as if they were all of Paris."""
    recorded = sorted((mirror / "api" / "recherche-entreprises").glob("*.json"))
    units = list({unit["siren"]: unit for unit in read_results(recorded)}.values())

    def answer(handler: BaseHTTPRequestHandler) -> None:
        begin = (int(parse_qs(urlsplit(handler.path).query)["page"][0]) - 1) * 25
        told = {"results": units[begin : begin + 25], "total_results": len(units)}
        say(200, json.dumps(told).encode(), Content_Type="application/json")(handler)

    producer.serve("/search", answer)
    declared = get_source("recherche-entreprises")
    (resource,) = declared.resources
    local = resource.model_copy(update={"addresses": (Address(url=producer.url()),)})
    source = declared.model_copy(update={"resources": (local,)})
    limiter = RateLimiter(clock=lambda: 0.0, sleep=lambda _: None)
    synchronise([source], store=SnapshotStore(tmp_path), department="75", limiter=limiter)
    build(tmp_path, at=datetime.now(UTC))
    with Warehouse(current_edition(tmp_path)) as warehouse:
        yield Atlas(warehouse, today=ON)


@pytest.mark.mirror
def test_a_harvested_departement_is_counted_without_a_share_and_without_fiction(harvested: Atlas) -> None:
    ess = diagnose(harvested, resolve(harvested, "dep:75", on=ON)).ess
    assert ess is not None
    assert ess.establishments > 0
    assert ess.share_of_employers is None, "the API gives the ESS only: no denominator"
    assert not ess.fictitious
    paris = diagnose(harvested, resolve(harvested, "75056", on=ON)).ess
    assert paris is not None
    assert paris.establishments == ess.establishments
    creuse = diagnose(harvested, resolve(harvested, "dep:23", on=ON)).ess
    assert creuse is not None
    assert creuse.fictitious
    assert diagnose(harvested, resolve(harvested, "69123", on=ON)).ess is None
