"""The process that works jobs out, beside the server: ``python -m ancrage.tasks.worker [parent]``.

It ends when asked (SIGTERM), when the parent whose number it is given is gone, and never in the middle of a
step: the job under way goes back to the queue.
"""

import logging
import os
import sys
import threading
import time
import uuid
from types import FrameType

import django

from ancrage.leaving import whole_process
from ancrage.tasks.parent import end_with

logger = logging.getLogger("ancrage.tasks")
BEAT_SECONDS = 10
PURGE_EVERY = 60
"""Beats between two sweeps: ten minutes."""
RETRY_SECONDS = 5


def main() -> None:
    """Work until asked to end; a database that does not answer is waited for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
    django.setup()
    from ancrage.errors import DatabaseUnavailableError
    from ancrage.location import data_directory
    from ancrage.tasks import running
    from ancrage.tasks.migrating import migrate

    worker_id = f"{os.uname().nodename[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    running.name["worker"] = worker_id
    worker = _worker(worker_id)
    worker.configure_signals()
    threading.Thread(target=_live, args=(worker_id,), daemon=True).start()
    while not running.stopping.is_set():
        try:
            migrate(data_directory())
            worker.run()
        except (DatabaseUnavailableError, django.db.DatabaseError):
            logger.warning("the workspace database does not answer")
            running.stopping.wait(RETRY_SECONDS)
    _farewell(worker_id)


def _worker(worker_id: str):  # type: ignore[no-untyped-def]
    from django_tasks_db.management.commands.db_worker import Worker

    from ancrage.tasks.running import stopping

    class GentleWorker(Worker):
        """Stops between two steps, and never by leaving in the middle of one."""

        def shutdown(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 named by the parent
            self.running = False
            stopping.set()

    return GentleWorker(
        queue_names=["default"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def _live(worker_id: str) -> None:
    """Beat, take again what the dead had begun, sweep."""
    from django.db import DatabaseError, connection

    from ancrage.tasks.keeping import purge
    from ancrage.tasks.recovering import beat, recover
    from ancrage.tasks.running import stopping

    beats = 0
    while not stopping.wait(BEAT_SECONDS if beats else 0):
        try:
            beat(worker_id)
            recover()
            if beats % PURGE_EVERY == 0:
                purge()
        except DatabaseError:
            connection.close()
        beats += 1


def _farewell(worker_id: str) -> None:
    from django.db import DatabaseError

    from ancrage.tasks.recovering import leave

    try:
        leave(worker_id)
    except DatabaseError:
        time.sleep(0)


if __name__ == "__main__":
    for told in sys.argv[1:]:
        end_with(int(told))
    whole_process(main)
