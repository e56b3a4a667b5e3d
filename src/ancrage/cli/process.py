"""A command as the whole of a process, which it leaves without giving its objects back one by one."""

import gc

from ancrage.leaving import whole_process


def main() -> None:
    """Run the command typed, then leave with its exit code: nothing of the process is left after it.

    Python's search for cycles and the end of each object take a quarter of the time of an answer of a second:
    a brief command does without either. A command that lasts begins the search again when it is loaded.
    """
    gc.disable()
    from ancrage.cli.main import main as run

    whole_process(run)
