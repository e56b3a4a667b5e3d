"""Passes of what writes to people (alerts, introductions, requests, projects), by the worker."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import QuerySet

from ancrage.alerts import passing as alerts_passing
from ancrage.alerts.delivering import Digests
from ancrage.alerts.models import Subscription
from ancrage.alerts.posting import Box
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError
from ancrage.introductions import delivering as introductions_delivering
from ancrage.introductions import passing as introductions_passing
from ancrage.introductions.models import Introduction
from ancrage.needs import clocks
from ancrage.needs import delivering as needs_delivering
from ancrage.needs.models import Need
from ancrage.workspace import announcing
from ancrage.workspace.models import ProjectInvitation


class Pass:
    """A pass made apart, if there is anything to pass over and none is under way: who calls has other
    things to do. An edition, a base or a server of messages that does not answer waits for the next one.
    """

    def __init__(
        self, room: str, concerned: Callable[[], QuerySet[Any]], made: Callable[[datetime], object]
    ) -> None:
        self._logger = logging.getLogger(f"ancrage.{room}")
        self._concerned, self._made = concerned, made
        self._alone = threading.Lock()

    def __call__(self, now: datetime) -> None:
        """Begin it."""
        if self._concerned().exists() and self._alone.acquire(blocking=False):
            threading.Thread(target=self._pass, args=(now,), daemon=True).start()

    def _pass(self, now: datetime) -> None:
        try:
            self._made(now)
        except (AncrageError, DatabaseError) as error:
            self._logger.warning("a pass waits: %s", type(error).__name__)
        finally:
            connection.close()
            self._alone.release()


alerts = Pass(
    "alerts",
    lambda: Subscription.objects.all(),
    lambda now: alerts_passing.pass_once(opened(), now=now),
)
introductions = Pass(
    "introductions", lambda: Introduction.objects.all(), lambda now: introductions_passing.pass_once(now)
)
needs = Pass(
    "needs",
    lambda: Need.objects.filter(erased_at=None),
    lambda now: clocks.pass_once(now=now),
)

projects = Pass(
    "workspace",
    lambda: ProjectInvitation.objects.filter(retired_at=None),
    announcing.pass_once,
)


def boxes(now: datetime) -> tuple[Box[Any], ...]:
    """All that writes to people: whoever reads what came back tells each its own."""
    return (
        Digests(now),
        needs_delivering.Letters(),
        introductions_delivering.Letters(now),
        announcing.Letters(now),
    )
