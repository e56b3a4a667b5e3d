"""A brief command leaves its process at once, having said all; one that lasts keeps Python's own ways."""

import subprocess
import sys

import pytest

STARTED = """
import atexit, gc, sys
from ancrage.cli import main

class Kept:
    def __del__(self):
        print("given back", file=sys.stderr)

kept = Kept()
atexit.register(lambda: print("at the end", gc.isenabled(), file=sys.stderr))
main()
"""


def ended(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What a process of its own says, of its objects too, when it runs a command."""
    return subprocess.run(
        [sys.executable, "-c", STARTED, *arguments], capture_output=True, text=True, check=False
    )


def test_a_brief_command_says_all_does_what_is_due_at_the_end_and_gives_back_nothing() -> None:
    done = ended("diagnostic", "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Utilisation : ancrage diagnostic")
    assert done.stdout.endswith("\n")
    assert done.stderr == "at the end False\n"


def test_a_brief_command_that_fails_leaves_with_the_code_and_the_sentence_of_its_failure() -> None:
    done = ended("diagnostic", "99999")
    assert done.returncode == 13
    assert done.stderr.startswith("Territoire inconnu : ")
    assert done.stderr.endswith("at the end False\n")


@pytest.mark.parametrize("command", ["entrepot", "serve"])
def test_a_command_that_lasts_searches_for_cycles_and_gives_back_what_it_holds(command: str) -> None:
    done = ended(command, "--help")
    assert done.returncode == 0
    assert done.stderr == "at the end True\ngiven back\n"
