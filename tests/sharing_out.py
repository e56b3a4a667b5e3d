"""How tests are shared out between workers: a file, or a folder that holds servers, goes to one whole.

What the tests of a file share is worked out once, not once a worker. Marks are not enough: the plugin writes
them into the names of tests, which pytest no longer lets it do.
"""

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = ("tests/browser", "tests/tasks")
"""Folders run by one worker: its browser, its servers and its PostgreSQL serve them all."""


class ByFile(LoadScopeScheduling):
    """Work units of a run in several processes."""

    def remove_node(self, node: WorkerController) -> str | None:
        """Leave out the test that ended its process: given again, it would end the next ones too."""
        given = self.assigned_work[node].values()
        ended = next(((unit, test) for unit in given for test, done in unit.items() if not done), None)
        if ended is None:
            return super().remove_node(node)
        unit, test = ended
        unit[test] = True
        super().remove_node(node)
        return test

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def unit_of(test: str) -> str:
    """The work unit a test belongs to: its folder, or its file."""
    file = PurePosixPath(test.split("::", 1)[0])
    return next((folder for folder in TOGETHER if file.is_relative_to(folder)), str(file))
