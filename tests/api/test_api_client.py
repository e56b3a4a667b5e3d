"""A client generated from the OpenAPI document, that calls every operation and reads typed answers."""

import importlib
import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from django.test import override_settings

from ancrage.api.openapi import openapi

GENERATOR = Path(sys.prefix) / "client" / "bin" / "openapi-python-client"
PACKAGE = "client_of_the_api"
WITHOUT_PLACES = {
    "aids_published": 404,
    "buyers_show": 404,
    "coverage_openings": 400,
    "zonings_address": 503,
    "zonings_point": 503,
}
"""What the embedded edition refuses for want of lists, contracts, outlines, and tests of a network."""
OPERATIONS = {
    told["operationId"]: (path, method, told)
    for path, methods in openapi()["paths"].items()
    for method, told in methods.items()
}


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The client, generated as anybody does."""
    if not GENERATOR.exists():
        pytest.skip("no generator of clients: « make test » installs it")
    folder = tmp_path_factory.mktemp("client")
    described = folder / "openapi.json"
    described.write_text(json.dumps(openapi()), encoding="utf-8")
    asked = ("generate", "--path", described, "--output-path", folder / PACKAGE, "--meta", "none")
    made = subprocess.run([GENERATOR, *asked], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout
    assert "unable to" not in made.stdout.lower(), made.stdout
    sys.path.insert(0, str(folder))
    return importlib.import_module(PACKAGE)


@pytest.fixture
def client(generated: ModuleType, embedded: object, transactional_db: None) -> Iterator[Any]:
    """The client, whose requests reach the site in this process."""
    # The bare application, as a server, looks at connections that earlier tests of the process opened.
    with override_settings(API_RATE="1000000/min", ALLOWED_HOSTS=["*"]):
        from ancrage.config.wsgi import application

        transport = httpx.WSGITransport(app=application)
        yield generated.Client(base_url="http://localhost", httpx_args={"transport": transport})


def called(module: ModuleType, told: dict[str, Any]) -> dict[str, Any]:
    """What an operation cannot be called without, from the examples of the document."""
    given = {one["name"]: one["example"] for one in told["parameters"] if one["required"]}
    if "requestBody" in told:
        example = told["requestBody"]["content"]["application/json"]["example"]
        body = inspect.signature(module.sync_detailed).parameters["body"].annotation
        given["body"] = body.from_dict(example)
    return given


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_generated_client_calls_every_operation_and_reads_what_it_declares(
    client: Any, operation: str
) -> None:
    _, _, told = OPERATIONS[operation]
    (found,) = Path(client_folder()).glob(f"api/*/{operation}.py")
    module = importlib.import_module(f"{PACKAGE}.api.{found.parent.name}.{operation}")
    answer = module.sync_detailed(client=client, **called(module, told))
    assert answer.status_code == WITHOUT_PLACES.get(operation, 200), answer.content[:300]
    read = answer.parsed[0] if isinstance(answer.parsed, list) else answer.parsed
    assert type(read).__module__.startswith(f"{PACKAGE}.models.")
    kept = json.loads(json.dumps(read.to_dict()))
    sent = json.loads(answer.content)
    assert kept == (sent[0] if isinstance(sent, list) else sent)


def client_folder() -> str:
    """Where the generated package lies."""
    return str(Path(str(sys.modules[PACKAGE].__file__)).parent)
