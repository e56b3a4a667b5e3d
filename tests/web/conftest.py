"""The site in this process, on the embedded edition, with a data folder of its own."""

import site_here  # noqa: F401 - sets Django up

# isort: split

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture
def site(embedded: object) -> Client:
    """A visitor without JavaScript; what raises in a page raises in the test."""
    cache.clear()
    return Client(SERVER_NAME="localhost")
