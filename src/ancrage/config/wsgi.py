"""What the server calls. Everything slow to import is loaded before the first visitor comes."""

import gc
import logging
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 the settings must be there first

from ancrage.config.warming import warm_up  # noqa: E402
from ancrage.tasks.parent import end_with  # noqa: E402

SEARCHES = 10_000, 5, 10
"""Objects made between two searches for cycles among the youngest (Python: 700), and searches until the older
are gone through: all that a process keeps takes a tenth of a second, which one page in five waited for."""
TURN = 0.0005
"""Seconds that a thread of Python works before another may (Python: ten times more): the two parts of a page
take turns each time the engine answers one of them."""
if server := os.environ.get("ANCRAGE_SERVI"):
    # Under « ancrage serve » only: tests and other servers import this module in a process of their own.
    end_with(int(server))
    gc.set_threshold(*SEARCHES)
    sys.setswitchinterval(TURN)
application = get_wsgi_application()
try:
    warm_up(application)
except Exception:
    # A damaged edition must not keep the site from telling so: its pages say what is wrong.
    logging.getLogger("ancrage.web").exception("the first questions failed")
