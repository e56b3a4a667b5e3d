"""Connector of the recherche-entreprises API: the ESS legal units of one département.

Limits told by its documentation: 25 results a page, 7 requests a second, and never more than 10,000
results for one question. A question that reaches the ceiling is asked again in smaller ones (by section of
activity, then state, then workforce band, then commune when the codes are given). A unit without the
value asked about is in none of the smaller questions: the remarks say so.
"""

import gzip
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import stamina

from ancrage.errors import InvalidCodeError, SourceContentError
from ancrage.sources.api_cursor import Cursor, Question
from ancrage.sources.envelope import RETRY
from ancrage.sources.progress import Progress
from ancrage.sources.storage import disk_failures
from ancrage.sources.transport import Timing, retry_hook, unavailable

PAGE_SIZE = 25
REQUESTS_PER_SECOND = 7
CEILING = 10_000
DEPARTMENT = re.compile(r"0[1-9]|[13-8]\d|2[1-9]|2[AB]|9[0-5]|97[12346]")
FIXED = {
    "est_ess": "true",
    "per_page": str(PAGE_SIZE),
    "minimal": "true",
    "include": "siege,complements,matching_etablissements",
    "limite_matching_etablissements": "100",
}
WORKFORCE_BANDS = (
    *("NN", "00", "01", "02", "03"),
    *("11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53"),
)
SPLITS: dict[str, tuple[str, ...]] = {
    "section_activite_principale": tuple("ABCDEFGHIJKLMNOPQRSTU"),
    "etat_administratif": ("A", "C"),
    "tranche_effectif_salarie": WORKFORCE_BANDS,
}


class RateLimiter:
    """Spaces requests evenly; the clock and the wait are given, so that tests wait for nothing."""

    def __init__(
        self,
        per_second: float = REQUESTS_PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.interval, self.clock, self.sleep = 1 / per_second, clock, sleep
        self.next_at = clock()

    def wait(self) -> None:
        """Return when the next request may leave."""
        now = self.clock()
        if now < self.next_at:
            self.sleep(self.next_at - now)
        self.next_at = max(now, self.next_at) + self.interval


@dataclass(frozen=True, slots=True)
class Harvest:
    """All results of a département in one ``.jsonl.gz``, and French remarks on what may be missing."""

    path: Path
    count: int
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Harvester:
    """Asks page after page; interrupted, a new one on the same workplace continues where it stopped."""

    address: str
    department: str
    workplace: Path
    client: httpx.Client
    timing: Timing
    progress: Progress
    communes: Sequence[str] = ()
    limiter: RateLimiter = field(default_factory=RateLimiter)

    def __post_init__(self) -> None:
        if not DEPARTMENT.fullmatch(self.department):
            raise InvalidCodeError(
                "de département", self.department, "deux ou trois caractères, par exemple 23"
            )

    def run(self) -> Harvest:
        """Ask all pages. Raises :class:`SourceUnavailableError`, :class:`StorageError`."""
        with disk_failures(self.workplace):
            cursor = Cursor.open(self.workplace, {"departement": self.department})
        self.progress.begin(f"département {self.department}", None)
        try:
            while cursor.pending:
                self._step(cursor)
        finally:
            self.progress.end()
        with disk_failures(self.workplace):
            return self._gather(cursor)

    def _step(self, cursor: Cursor) -> None:
        question, page = cursor.pending[0], cursor.page
        answer = self._ask(question, page)
        full = answer["total_results"] >= CEILING
        if page == 1 and full and (smaller := self._split(question)):
            cursor.replace(smaller)
            return
        with disk_failures(self.workplace):
            last = page * PAGE_SIZE >= min(answer["total_results"], CEILING) or not answer["results"]
            cursor.keep(answer["results"], last=last, truncated=last and full)
        self.progress.advance(1)

    def _split(self, question: Question) -> list[Question]:
        """Smaller questions that cover this one, along the first key it does not use yet."""
        choices = SPLITS | ({"code_commune": tuple(self.communes)} if self.communes else {})
        key = next((key for key in choices if key not in question), None)
        return [question | {key: value} for value in choices[key]] if key else []

    def _ask(self, question: Question, page: int) -> dict[str, Any]:
        attempts = stamina.retry_context(
            on=retry_hook(self.timing),
            attempts=self.timing.attempts,
            timeout=None,
            wait_initial=self.timing.first_wait,
            wait_max=self.timing.longest_wait,
            wait_jitter=self.timing.first_wait,
        )
        url = f"{self.address.rstrip('/')}/search"
        try:
            for attempt in attempts:
                with attempt:
                    self.limiter.wait()
                    response = self.client.get(url, params=FIXED | question | {"page": str(page)})
                    response.raise_for_status()
                    return _answer(response)
        except httpx.HTTPError as error:
            raise unavailable(error, url, self.timing) from error
        raise AssertionError("stamina returns or raises")

    def _gather(self, cursor: Cursor) -> Harvest:
        path = self.workplace / f"departement-{self.department}.jsonl.gz"
        results = sorted(cursor.results(), key=lambda result: str(result.get("siren", "")))
        distinct = _without_repeats(results)
        # mtime=0: the same answers give the same bytes, so that an unchanged harvest is recognised.
        with gzip.GzipFile(path, "wb", mtime=0) as file:
            for result in distinct:
                line = json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                file.write(line.encode() + b"\n")
        cursor.close()
        return Harvest(path, len(distinct), tuple(_remarks(cursor)))


def _answer(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
        return {"results": list(answer["results"]), "total_results": int(answer["total_results"])}
    except (ValueError, KeyError, TypeError) as error:
        raise SourceContentError(
            f"« {response.url} » n'a pas répondu comme l'API documentée.", RETRY
        ) from error


def _without_repeats(results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A unit may come twice when the answers move between two pages; results are sorted by SIREN."""
    repeated = {id(after) for before, after in pairwise(results) if before.get("siren") == after.get("siren")}
    return [result for result in results if id(result) not in repeated]


def _remarks(cursor: Cursor) -> Iterator[str]:
    if cursor.splits:
        yield (
            f"plus de {CEILING} résultats : la question a été découpée par {', '.join(cursor.splits)} ; "
            "une unité sans cette information n'y est pas"
        )
    for question in cursor.truncated:
        told = ", ".join(f"{key}={value}" for key, value in question.items())
        yield f"limité à {CEILING} résultats par l'API pour {told}"
