"""Producers that fail in every way seen, and what is left afterwards."""

import base64
import gzip
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ancrage.errors import SourceContentError, SourceUnavailableError
from ancrage.sources.declaration import Source
from ancrage.sources.outcome import Outcome, State
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from ancrage.sources.transport import Timing
from local_producer import Answer, Producer, cut, file, say, stall

BODY = b"code,libelle\n" + b"".join(b"%05d,commune\n" % n for n in range(20_000))
OLD = b"code,libelle\n00001,avant\n"
HASTY = Timing(connect=5, read=1, attempts=3, first_wait=0.001, longest_wait=0.01)
"""Between two attempts only: a busy machine may take its time to answer."""
IMPATIENT = replace(HASTY, read=0.2)


def declared(*urls: str, **more: object) -> Source:
    resource = {"id": "table", "format": "csv", "columns": ["code", "libelle"], "addresses": urls} | more
    return Source.model_validate(
        {
            "id": "essai",
            "title": "Essai",
            "producer": "INSEE",
            "licence": "Licence Ouverte 2.0",
            "licence_url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            "home": "https://www.insee.fr/",
            "frequency": "annuelle",
            "vintage": "2024",
            "description": "Essai.",
            "resources": [resource],
        }
    )


def receive(store: SnapshotStore, source: Source, timing: Timing = HASTY) -> Outcome:
    (outcome,) = synchronise([source], store=store, timing=timing).outcomes
    return outcome


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "données")


def content(store: SnapshotStore) -> bytes:
    snapshot = store.latest("essai", "table")
    assert snapshot is not None
    return snapshot.path.read_bytes()


def test_a_file_received_becomes_a_snapshot_with_its_provenance(
    producer: Producer, store: SnapshotStore
) -> None:
    url = producer.serve(
        "/table.csv", say(200, BODY, ETag='"v1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")
    )
    outcome = receive(store, declared(url))
    assert outcome.state is State.NEW
    assert outcome.snapshot is not None
    told = outcome.snapshot.provenance
    assert told.origin == url
    assert told.etag == '"v1"'
    assert told.last_modified == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert told.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (told.size, told.rows) == (len(BODY), 20_000)
    assert (told.licence, told.vintage, told.sample) == ("Licence Ouverte 2.0", "2024", False)
    assert outcome.snapshot.path.name == "table.csv"


def test_a_redirection_is_followed_and_gives_the_name_of_the_file(
    producer: Producer, store: SnapshotStore
) -> None:
    producer.serve("/Stock_utf8.csv", say(200, BODY))
    url = producer.serve("/r/0651fb76", say(302, Location="/Stock_utf8.csv"))
    outcome = receive(store, declared(url))
    assert outcome.snapshot is not None
    assert outcome.snapshot.path.name == "Stock_utf8.csv"


def test_redirections_without_end_are_refused(producer: Producer, store: SnapshotStore) -> None:
    url = producer.serve("/ici", say(302, Location="/ici"))
    outcome = receive(store, declared(url))
    assert isinstance(outcome.error, SourceUnavailableError)
    assert len(producer.requests) < 12


def test_a_file_unchanged_is_not_sent_again(producer: Producer, store: SnapshotStore) -> None:
    url = producer.serve("/table.csv", file(BODY))
    receive(store, declared(url))
    outcome = receive(store, declared(url))
    assert outcome.state is State.UNCHANGED
    assert producer.requests[-1].headers["If-None-Match"] == '"v1"'
    assert len(store.history("essai", "table")) == 1


def test_the_same_bytes_without_an_etag_are_not_kept_twice(producer: Producer, store: SnapshotStore) -> None:
    url = producer.serve("/table.csv", say(200, BODY))
    first = receive(store, declared(url))
    second = receive(store, declared(url))
    assert second.state is State.UNCHANGED
    assert len(store.history("essai", "table")) == 1
    assert first.snapshot is not None
    assert store.last_checked("essai", "table") != first.snapshot.provenance.fetched_at


@pytest.mark.parametrize(
    ("failing", "told"),
    [
        pytest.param([say(404)], "introuvable", id="404"),
        pytest.param([say(410)], "retiré", id="410"),
        pytest.param([say(403)], "refusé", id="403"),
        pytest.param([say(500)], "erreur du serveur", id="500 for ever"),
        pytest.param([say(429)], "trop nombreuses", id="429 for ever"),
        pytest.param([cut(BODY, 0)], "coupé", id="cut for ever"),
        pytest.param([say(200, b"<!DOCTYPE html><html></html>")], "page web", id="html"),
        pytest.param([say(200, b"")], "vide", id="empty"),
        pytest.param([say(200, gzip.compress(BODY)[:-9])], "tronqué", id="truncated gz"),
        pytest.param([say(200, b"code,LIBELLES\n1,a\n")], "LIBELLES", id="renamed column"),
        pytest.param([say(200, b"code,libelle\n")], "0\u00a0ligne", id="header only"),
        pytest.param([say(200, b"PAR1 and nothing")], "Parquet", id="truncated parquet"),
    ],
)
def test_a_failure_is_told_in_french_and_the_previous_data_stay(
    producer: Producer, store: SnapshotStore, failing: list[Answer], told: str
) -> None:
    url = producer.serve("/table.csv", say(200, OLD))
    receive(store, declared(url))
    producer.serve("/table.csv", *failing)
    outcome = receive(store, declared(url))
    assert outcome.state is State.FAILED
    assert told in outcome.told
    assert content(store) == OLD
    assert outcome.snapshot is not None
    assert store.verify() == []


def test_a_latin_1_file_is_read_and_the_remark_kept(producer: Producer, store: SnapshotStore) -> None:
    url = producer.serve("/table.csv", say(200, "code,libelle\n1,Évreux\n".encode("latin-1")))
    outcome = receive(store, declared(url))
    assert outcome.told == "encodage cp1252 au lieu de utf-8"


def test_rejected_lines_are_counted_and_listed_beside_the_snapshot(
    producer: Producer, store: SnapshotStore
) -> None:
    url = producer.serve("/table.csv", say(200, b"code,libelle\n1,a\n2\n"))
    outcome = receive(store, declared(url))
    assert outcome.told == "1\u00a0ligne inutilisable (rejets.csv)"
    assert outcome.snapshot is not None
    assert outcome.snapshot.provenance.rejected == 1
    assert outcome.snapshot.rejects is not None


@pytest.mark.parametrize(
    "troubles",
    [
        pytest.param([say(429, Retry_After="0")], id="429 then 200"),
        pytest.param([say(429, Retry_After="3600")], id="a long Retry-After is capped"),
        pytest.param([say(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")], id="a date as Retry-After"),
        pytest.param([say(503), say(500)], id="two server errors then 200"),
        pytest.param([cut(BODY, 0)], id="cut before the first byte"),
    ],
)
def test_a_passing_trouble_is_tried_again(
    producer: Producer, store: SnapshotStore, troubles: list[Answer]
) -> None:
    url = producer.serve("/table.csv", *troubles, file(BODY))
    assert receive(store, declared(url)).state is State.NEW
    assert content(store) == BODY


def test_a_404_is_not_tried_again(producer: Producer, store: SnapshotStore) -> None:
    receive(store, declared(producer.serve("/table.csv", say(404))))
    assert len(producer.requests) == 1


def test_a_server_that_hangs_is_given_up_after_the_delay(producer: Producer, store: SnapshotStore) -> None:
    stalled = declared(producer.serve("/table.csv", stall(producer, BODY, 0)))
    outcome = receive(store, stalled, IMPATIENT)
    assert isinstance(outcome.error, SourceUnavailableError)
    assert "0.2 s" in outcome.told


def test_nobody_listening_is_told_as_such(store: SnapshotStore) -> None:
    outcome = receive(store, declared("http://127.0.0.1:9/table.csv"))
    assert "injoignable" in outcome.told


def test_a_download_cut_in_the_middle_is_continued(producer: Producer, store: SnapshotStore) -> None:
    url = producer.serve("/table.csv", cut(BODY, 100_000), file(BODY))
    assert receive(store, declared(url)).state is State.NEW
    assert producer.requests[-1].headers["Range"] == "bytes=100000-"
    assert producer.requests[-1].headers["If-Range"] == '"v1"'
    assert content(store) == BODY


def test_a_download_given_up_is_continued_by_the_next_synchronisation(
    producer: Producer, store: SnapshotStore
) -> None:
    url = producer.serve("/table.csv", cut(BODY, 100_000))
    impatient = Timing(connect=1, read=0.2, attempts=1)
    assert receive(store, declared(url), impatient).state is State.FAILED
    producer.serve("/table.csv", file(BODY))
    assert receive(store, declared(url)).state is State.NEW
    assert producer.requests[-1].headers["Range"] == "bytes=100000-"


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(file(BODY, etag='"v2"'), id="the file changed meanwhile"),
        pytest.param(say(200, BODY, ETag='"v1"'), id="the server ignores ranges"),
    ],
)
def test_a_part_is_never_joined_to_another_file(
    producer: Producer, store: SnapshotStore, second: Answer
) -> None:
    url = producer.serve("/table.csv", cut(b"x" * len(BODY), 1000), second)
    assert receive(store, declared(url)).state is State.NEW
    assert content(store) == BODY


def test_an_answer_with_another_range_than_asked_starts_again(
    producer: Producer, store: SnapshotStore
) -> None:
    other = say(206, BODY[5:], ETag='"v1"', Content_Range=f"bytes 5-{len(BODY) - 1}/{len(BODY)}")
    url = producer.serve("/table.csv", cut(BODY, 1000), other, file(BODY))
    assert receive(store, declared(url)).state is State.NEW
    assert content(store) == BODY


@pytest.mark.parametrize("missing", [0, 10])
def test_a_refused_range_means_all_is_here_or_start_again(
    producer: Producer, store: SnapshotStore, missing: int
) -> None:
    refusal = say(416, Content_Range=f"bytes */{len(BODY) - missing}")
    url = producer.serve("/table.csv", cut(BODY + b"\n", len(BODY)), refusal, file(BODY))
    assert receive(store, declared(url)).state is State.NEW
    assert content(store) == BODY


def digest_header(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


@pytest.mark.parametrize(
    ("of_header", "of_declaration", "state"),
    [(BODY, BODY, State.NEW), (OLD, BODY, State.FAILED), (BODY, OLD, State.FAILED)],
)
def test_a_published_sum_is_verified(
    producer: Producer, store: SnapshotStore, of_header: bytes, of_declaration: bytes, state: State
) -> None:
    url = producer.serve("/table.csv", say(200, BODY, Repr_Digest=digest_header(of_header)))
    address = {"url": url, "sha256": hashlib.sha256(of_declaration).hexdigest()}
    outcome = receive(store, declared(addresses=[address]))
    assert outcome.state is state
    assert outcome.error is None or isinstance(outcome.error, SourceContentError)


def test_the_second_address_is_tried_when_the_first_fails(producer: Producer, store: SnapshotStore) -> None:
    first, second = producer.serve("/a.csv", say(404)), producer.serve("/b.csv", say(200, BODY))
    outcome = receive(store, declared(first, second))
    assert outcome.snapshot is not None
    assert outcome.snapshot.provenance.origin == second


def test_a_damaged_snapshot_is_received_again_although_unchanged_at_the_producer(
    producer: Producer, store: SnapshotStore
) -> None:
    url = producer.serve("/table.csv", file(BODY))
    damaged = receive(store, declared(url)).snapshot
    assert damaged is not None
    damaged.path.chmod(0o644)
    damaged.path.write_bytes(b"x")
    assert [damage.problem for damage in store.verify()] == ["fichier modifié depuis sa réception"]
    assert receive(store, declared(url)).state is State.NEW
    assert content(store) == BODY
    assert store.verify() == []


def test_the_advance_adds_up_to_the_size_even_when_continued(
    producer: Producer, store: SnapshotStore
) -> None:
    seen: list[tuple[str, int]] = []

    class Watch:
        def begin(self, label: str, total: int | None) -> None:
            seen.append((label, total or 0))

        def advance(self, amount: int) -> None:
            seen.append(("", amount))

        def end(self) -> None:
            seen.append(("end", 0))

    url = producer.serve("/table.csv", cut(BODY, 100_000), file(BODY))
    synchronise([declared(url)], store=store, timing=HASTY, progress=Watch())
    last = max(rank for rank, (label, _) in enumerate(seen) if label == "table.csv")
    assert seen[last] == ("table.csv", len(BODY))
    assert sum(amount for label, amount in seen[last:] if not label) == len(BODY)


def test_one_failure_leaves_the_other_sources_alone(producer: Producer, store: SnapshotStore) -> None:
    good = declared(producer.serve("/b.csv", say(200, BODY)))
    bad = declared(producer.serve("/a.csv", say(404))).model_copy(update={"id": "autre"})
    report = synchronise([bad, good], store=store, timing=HASTY)
    assert [outcome.state for outcome in report.outcomes] == [State.FAILED, State.NEW]
    assert report.failure() is report.outcomes[0].error


def test_several_failures_are_told_by_one_error_of_their_kind(
    producer: Producer, store: SnapshotStore
) -> None:
    def failing(name: str, answer: Answer) -> Source:
        return declared(producer.serve(f"/{name}", answer)).model_copy(update={"id": name})

    kinds: dict[str, Callable[[], Answer]] = {"page": lambda: say(200, b"<html>"), "vide": lambda: say(200)}
    report = synchronise([failing(name, make()) for name, make in kinds.items()], store=store, timing=HASTY)
    failure = report.failure()
    assert isinstance(failure, SourceContentError)
    assert "page/table, vide/table" in failure.message
    mixed = synchronise(
        [failing("page", say(200, b"<html>")), failing("perdu", say(404))], store=store, timing=HASTY
    )
    assert isinstance(mixed.failure(), SourceUnavailableError)
