"""A territory too large to be kept structure by structure is told the same, once, and keeps little."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ancrage.alerts import large
from ancrage.alerts.following import changed, followed
from ancrage.alerts.keeping import unpacked
from ancrage.alerts.models import Content, Event, Subscriber, Subscription, Topic
from ancrage.alerts.noticing import notice
from ancrage.alerts.subscribing import topic_of
from ancrage.changes.noting import Sort
from ancrage.edition.opened import Opened, edition_name
from ancrage.edition.opening import open_edition
from ancrage.edition.publication import EMBEDDED
from ancrage.territories.atlas import Atlas
from told_again import tell_again

pytestmark = pytest.mark.django_db
THEN, NOW = date(2026, 3, 2), date(2026, 11, 23)
CREUSE = "nouveautes?territoire=dep:23&objet=structure"
TABLE = "ess_establishment.parquet"


def open_of_old() -> list[str]:
    rows = pl.read_parquet(EMBEDDED / TABLE).filter(
        (pl.col("departement") == "23") & pl.col("active") & (pl.col("ess") == "oui")
    )
    return rows.filter(pl.col("created") < date(2020, 1, 1))["siret"].sort().to_list()[:4]


def edition(data: Path, day: date, without: str) -> Path:
    """The embedded edition as one built that day, without a structure."""
    folder = data / "entrepot" / "editions" / f"{day:%Y%m%d}T000000000000Z"
    shutil.copytree(EMBEDDED, folder)
    pl.read_parquet(folder / TABLE).filter(pl.col("siret") != without).write_parquet(folder / TABLE)
    manifest = folder / "manifest.json"
    written = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(written | {"built_at": f"{day}T00:00:00+00:00"}), "utf-8")
    tell_again(folder)
    return folder


def follow_through(then: Path, now: Path, data: Path, *, gone: bool = False) -> tuple[Topic, dict[str, str]]:
    """Somebody follows from the first edition; a pass runs twice on the second; what she is owed."""
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with open_edition(then) as warehouse:
        topic = topic_of(
            followed(CREUSE),
            Opened(Atlas(warehouse, today=THEN), edition_name(warehouse), THEN, data / "cache"),
        )
    person = Subscriber.objects.create(email="anne@example.org")
    Subscription.objects.create(
        subscriber=person, topic=topic, frequency="jour", asked_at=moment, confirmed_at=moment
    )
    if gone:
        shutil.rmtree(then)
    with open_edition(now) as warehouse:
        opened = Opened(Atlas(warehouse, today=NOW), edition_name(warehouse), NOW, data / "cache")
        later = datetime(2026, 11, 23, 9, tzinfo=UTC)
        first, again = notice(opened, now=later), notice(opened, now=later)
    assert (first, again) == (Content.objects.count(), 0)
    return topic, {one.document["key"]: one.document["what"] for one in Event.objects.all()}


def test_a_large_territory_is_told_what_a_small_one_is_once_and_its_structures_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, left, *_ = open_of_old()
    then, now = edition(tmp_path, THEN, without=late), edition(tmp_path, NOW, without=left)
    _, small = follow_through(then, now, tmp_path)
    assert small[f"structure:{late}"] == "nouvelle dans le registre"
    assert small[f"structure:{left}"] == "n’est plus dans le registre"
    for model in (Content, Subscription, Subscriber):
        model.objects.all().delete()
    Topic.objects.get().matches.all().delete()
    Event.objects.all().delete()
    Topic.objects.all().delete()
    monkeypatch.setattr(large, "MOST_KEPT", 3)
    topic, told = follow_through(then, now, tmp_path)
    assert told == small
    topic.refresh_from_db()
    assert list(unpacked(topic.state)) == [large.APART.key]


def test_past_a_number_the_others_are_counted_and_an_edition_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, left, *_ = open_of_old()
    then, now = edition(tmp_path, THEN, without=late), edition(tmp_path, NOW, without=left)
    monkeypatch.setattr(large, "MOST_KEPT", 3)
    monkeypatch.setattr(large, "MOST_TOLD", 1)
    with open_edition(now) as warehouse:
        opened = Opened(Atlas(warehouse, today=NOW), edition_name(warehouse), NOW, tmp_path / "cache")
        question, since = followed(CREUSE), date(2021, 1, 15)
        some = changed(question, opened, since=since, on=NOW)
        monkeypatch.setattr(large, "MOST_TOLD", 10_000)
        every = changed(question, opened, since=since, on=NOW)
    assert {one.sort for one in every} == {Sort.STRUCTURE}
    assert [one.what.split()[0] for one in some if one.subject == ""] == [str(len(every) - 1)]
    _, told = follow_through(then, now, tmp_path, gone=True)
    assert told["structures:dep:23"] == large.ON_ONE_EDITION
