"""The site inside the process of the tests, on the embedded edition, with a data folder of its own.

Importing this module sets Django up: rooms that ask the site or the database import it first.
"""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
os.environ.setdefault("ANCRAGE_DATA", tempfile.mkdtemp(prefix="ancrage-site-"))

import django

django.setup()

import emptying  # noqa: E402, F401 - once Django is set up: how the base is emptied between tests
