"""A pass of the introductions, by the worker."""

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, connection

from ancrage.errors import AncrageError
from ancrage.introductions.models import Introduction
from ancrage.introductions.passing import pass_once

logger = logging.getLogger("ancrage.introductions")
_alone = threading.Lock()


def pass_by(now: datetime) -> None:
    """A pass apart, if anybody asked anything and none is under way: who calls has other things to do."""
    if Introduction.objects.exists() and _alone.acquire(blocking=False):
        threading.Thread(target=_pass, args=(now,), daemon=True).start()


def _pass(now: datetime) -> None:
    """A base that does not answer waits for the next pass."""
    try:
        pass_once(now)
    except (AncrageError, DatabaseError) as error:
        logger.warning("introductions wait: %s", type(error).__name__)
    finally:
        connection.close()
        _alone.release()
