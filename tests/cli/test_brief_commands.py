"""A command says all, does what is due, and leaves its process at once, brief or not."""

import subprocess
import sys
from pathlib import Path

import pytest

STARTED = """
import atexit, ctypes, gc, sys, threading, time
from tempfile import TemporaryDirectory
import duckdb
from ancrage.cli import main

class Kept:
    def __del__(self):
        print("given back", file=sys.stderr)

kept, never = Kept(), duckdb.type("INTEGER")
ctypes.pythonapi.Py_IncRef(ctypes.py_object(never))
folder = TemporaryDirectory(prefix="ancrage-essai-")
print(folder.name)
atexit.register(lambda: print("at the end", gc.isenabled(), file=sys.stderr))
threading.Thread(target=lambda: time.sleep(0.3) or print("work over", file=sys.stderr)).start()
main()
"""
"""A process that keeps a type of DuckDB for ever, whose binding would tell it, a folder, a work going on."""


def ended(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What a process of its own says, of its objects too, when it runs a command."""
    return subprocess.run(
        [sys.executable, "-c", STARTED, *arguments], capture_output=True, text=True, check=False
    )


def test_a_brief_command_says_all_does_what_is_due_at_the_end_and_gives_back_nothing() -> None:
    done = ended("diagnostic", "--help")
    assert done.returncode == 0
    assert "\nUtilisation : ancrage diagnostic" in done.stdout
    assert done.stdout.endswith("\n")
    assert done.stderr == "work over\nat the end False\n"


def test_a_brief_command_that_fails_leaves_with_the_code_and_the_sentence_of_its_failure() -> None:
    done = ended("diagnostic", "99999")
    assert done.returncode == 13
    assert "Territoire inconnu : " in done.stderr
    assert done.stderr.endswith("at the end False\n")


@pytest.mark.parametrize("command", ["entrepot", "serve"])
def test_a_command_that_lasts_searches_for_cycles_and_ends_in_silence_its_folders_removed(
    command: str,
) -> None:
    done = ended(command, "--help")
    assert done.returncode == 0
    assert done.stderr == "work over\nat the end True\n"
    assert not Path(done.stdout.splitlines()[0]).exists()


ENDS = {
    "None": (0, "dit"),
    "sys.exit(13)": (13, "dit"),
    "sys.exit('Un mot.')": (1, "dit"),
    "int('x')": (1, "dit"),
    "signal.raise_signal(signal.SIGINT)": (130, "dit"),
}


@pytest.mark.parametrize("work", ENDS)
def test_a_process_of_ours_ends_with_the_code_python_would_give_and_all_it_said(work: str) -> None:
    script = (
        "import os, signal, sys\nfrom ancrage.leaving import whole_process\n"
        f"whole_process(lambda: (sys.stdout.write('dit'), {work}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == ENDS[work]
    assert ("Un mot." in done.stderr, "Traceback" in done.stderr) == (
        "Un mot." in work,
        "int" in work or "SIGINT" in work,
    )
