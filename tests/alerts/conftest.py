"""Alerts over the base of the tests, and a real server of messages."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

import database_here  # noqa: F401 - sets Django up


@pytest.fixture(autouse=True)
def known_elsewhere() -> Iterator[None]:
    """A site that knows its address: the links of its messages open."""
    with override_settings(SITE_ORIGIN="https://ancrage.example.org"):
        yield
