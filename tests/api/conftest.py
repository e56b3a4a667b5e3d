"""The API in this process, on the embedded edition, with a data folder of its own."""

import site_here  # noqa: F401 - sets Django up

# isort: split
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client, override_settings


@pytest.fixture
def api(embedded: object) -> Iterator[Client]:
    """A program that asks as much as it likes."""
    cache.clear()
    with override_settings(API_RATE="1000000/min"):
        yield Client(SERVER_NAME="localhost", headers={"accept": "application/json"})
