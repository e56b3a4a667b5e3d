"""A pass of the alerts over the edition in force, by the worker."""

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, connection

from ancrage.alerts.models import Subscription
from ancrage.alerts.passing import pass_once
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError

logger = logging.getLogger("ancrage.alerts")
_alone = threading.Lock()


def pass_by(now: datetime) -> None:
    """A pass apart, if anybody follows anything and none is under way: who calls has other things to do."""
    if Subscription.objects.exists() and _alone.acquire(blocking=False):
        threading.Thread(target=_pass, args=(now,), daemon=True).start()


def _pass(now: datetime) -> None:
    """An edition or a base that does not answer waits for the next pass."""
    try:
        pass_once(opened(), now=now)
    except (AncrageError, DatabaseError) as error:
        logger.warning("alerts wait: %s", type(error).__name__)
    finally:
        connection.close()
        _alone.release()
