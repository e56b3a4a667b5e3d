"""The site in this process, on the embedded edition, with a data folder of its own."""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
os.environ.setdefault("ANCRAGE_DATA", tempfile.mkdtemp(prefix="ancrage-site-"))

import django

django.setup()

import pytest  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402


@pytest.fixture
def site(embedded: object) -> Client:
    """A visitor without JavaScript; what raises in a page raises in the test."""
    cache.clear()
    return Client(SERVER_NAME="localhost")
