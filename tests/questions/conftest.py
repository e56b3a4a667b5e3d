"""One question put to every face in this process: command line, site, API, task."""

import site_here  # noqa: F401 - sets Django up

# isort: split
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from address_service import recorded, saying
from ancrage.cli.main import main
from ancrage.cli.session import open_edition
from ancrage.questions.fields import value_type
from ancrage.questions.question import Asking
from ancrage.questions.reading import read
from ancrage.questions.registry import question_named
from ancrage.reports.topic import Telling
from ancrage.tasks.kinds import get_kind
from local_producer import running_producer

Words = Mapping[str, Sequence[str]]
Document = dict[str, Any]


@pytest.fixture
def faces(embedded: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> "Faces":
    """The faces of one installation."""
    cache.clear()

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ancrage", *arguments])
        with pytest.raises(SystemExit) as leaving:
            main()
        told = capsys.readouterr()
        return int(leaving.value.code or 0), told.out, told.err

    return Faces(run)


@pytest.fixture
def address_service(mirror: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The address service, on this machine, with its recorded answer."""
    with running_producer() as producer:
        monkeypatch.setenv("ANCRAGE_ADRESSES", producer.serve("/search", saying(recorded())))
        yield


class Faces:
    """Each method asks one face and gives the JSON document it answers."""

    def __init__(self, run: Callable[..., tuple[int, str, str]]) -> None:
        self.run = run
        self.client = Client(SERVER_NAME="localhost")

    def library(self, name: str, words: Words) -> Document:
        """The question itself, put to the edition in force."""
        with open_edition() as now:
            question = read(question_named(name), words, local=True)
            return json.loads(json.dumps(Telling(question.answer(Asking(now, now.today))).document))

    def command(self, command: Sequence[str], name: str, words: Words) -> Document:
        """``ancrage command… --format json``."""
        code, out, err = self.run(*command, *options(name, words), "--format", "json")
        assert code == 0, err
        return json.loads(out)

    def page(self, path: str, words: Words) -> Document:
        """``path?…&format=json``."""
        return self._got(f"{path}?{urlencode([*flat(words), ('format', 'json')])}")

    def api(self, path: str, words: Words) -> Document:
        """``/api/v1/path?…``."""
        with override_settings(API_RATE="1000000/min"):
            return self._got(f"/api/v1/{path}?{urlencode(flat(words))}")

    def posted(self, case: Any) -> Document:
        """The body of a case, posted to the API."""
        answer = self.client.post(f"/api/v1/{case.api}", case.body, content_type="application/json")
        assert answer.status_code == 200, answer.content.decode()[:400]
        return json.loads(answer.content)

    def task(self, name: str, words: Words) -> Document:
        """The background task of the question, in JSON."""
        kind = get_kind(name)
        read = kind.read({"question": f"{name}?{urlencode(flat(words))}", "forme": "json"})
        return json.loads(kind.work(read, lambda _percent, _message: None).content)

    def _got(self, address: str) -> Document:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.content.decode()[:400])
        return json.loads(answer.content)


def flat(words: Words) -> list[tuple[str, str]]:
    return [(name, value) for name, values in words.items() for value in values]


def options(name: str, words: Words) -> list[str]:
    """The words of an address as options of the command line."""
    question = question_named(name)
    told = {asked.name: (asked, question.model_fields[field]) for field, asked in question.asked()}
    written = []
    for each, value in flat(words):
        asked, field = told[each]
        alone = value_type(field) is bool
        written += [value] if asked.argument else [asked.flag] if alone else [asked.flag, value]
    return written
