"""Alerts over the base of the tests, and a real server of messages."""

import database_here  # noqa: F401 - sets Django up
