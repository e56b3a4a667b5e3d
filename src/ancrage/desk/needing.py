"""A pass of the requests for support, by the worker."""

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, connection

from ancrage.errors import AncrageError
from ancrage.needs.clocks import pass_once
from ancrage.needs.models import Need

logger = logging.getLogger("ancrage.needs")
_alone = threading.Lock()


def pass_by(now: datetime) -> None:
    """A pass apart, if anybody asked anything and none is under way: who calls has other things to do."""
    if Need.objects.filter(erased_at=None).exists() and _alone.acquire(blocking=False):
        threading.Thread(target=_pass, args=(now,), daemon=True).start()


def _pass(now: datetime) -> None:
    """A base or a server of messages that does not answer waits for the next pass."""
    try:
        pass_once(now=now)
    except (AncrageError, DatabaseError) as error:
        logger.warning("requests for support wait: %s", type(error).__name__)
    finally:
        connection.close()
        _alone.release()
