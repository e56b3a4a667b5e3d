"""The API in this process, on the embedded edition, with a data folder of its own."""

import os
import tempfile
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
os.environ.setdefault("ANCRAGE_DATA", tempfile.mkdtemp(prefix="ancrage-site-"))

import django

django.setup()

import pytest  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client, override_settings  # noqa: E402


@pytest.fixture
def api(embedded: object) -> Iterator[Client]:
    """A program that asks as much as it likes."""
    cache.clear()
    with override_settings(API_RATE="1000000/min"):
        yield Client(SERVER_NAME="localhost", headers={"accept": "application/json"})
