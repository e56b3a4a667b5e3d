"""Write again, in the README, what ``ancrage`` shows: every quoted command is run on the embedded edition.

The long transcript of the diagnosis is trimmed to what ``SHOWN`` names; the others keep their length.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)\$ ancrage .*?(?=^```)", re.DOTALL | re.MULTILINE)
CUT = "[…]"
DIAGNOSIS = "ancrage diagnostic 23077"
# What is shown of each section: the paragraphs (between empty lines) that hold these words.
SHOWN = {
    "Zonages ": ("(FRR)", "(QPV)", "Zone de montagne"),
    "Programmes ": ("(CRTE)",),
    "Économie sociale": ("Économie sociale", "Structures d’insertion", "Par famille"),
    "Comparaison": ("Comparaison",),
    "Ce qui manque": ("Ce qui manque",),
}
LINES_OF_WHAT_IS_MISSING = 5


def run(command: str) -> list[str]:
    """Lines a command writes at 80 columns, with nothing synchronised."""
    ancrage = str(Path(sys.executable).with_name("ancrage"))
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ANCRAGE_DATA": folder, "COLUMNS": "80"}
        done = subprocess.run(  # noqa: S603
            [ancrage, *command.split()[1:]], capture_output=True, text=True, env=environment, check=False
        )
    return [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]


def trimmed(lines: list[str]) -> Iterator[str]:
    """Paragraphs of the diagnosis, without those that a first look can do without."""
    starts = [rank for rank in range(1, len(lines) - 1) if _is_title(lines, rank)]
    yield "\n".join(lines[: starts[0]]).rstrip()
    for first, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        wanted = next((words for start, words in SHOWN.items() if lines[first].startswith(start)), ())
        paragraphs = re.split(r"\n\n+", "\n".join(lines[first:after]).strip())
        if kept := [paragraph for paragraph in paragraphs if any(word in paragraph for word in wanted)]:
            yield from (_shortened(paragraph) for paragraph in kept)
            yield CUT


def _is_title(lines: list[str], rank: int) -> bool:
    """A section's title stands between an empty line and a rule."""
    return bool(lines[rank]) and not lines[rank - 1] and set(lines[rank + 1]) == {"─"}


def _shortened(paragraph: str) -> str:
    lines = paragraph.splitlines()
    return "\n".join(lines[:LINES_OF_WHAT_IS_MISSING] if lines[0] == "Ce qui manque" else lines)


def refreshed(block: str) -> str:
    """A block of the README with every output written again, cut where it was cut."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return "".join(_answered(*part.split("\n", 1)) for part in parts)


def _answered(command: str, output: str) -> str:
    if not output.strip():
        return f"$ {command}\n{output}"
    lines = run(command)
    if command == DIAGNOSIS:
        lines = "\n\n".join(trimmed(lines)).splitlines()
    elif CUT in output:
        lines = [*lines[: output.splitlines().index(CUT)], CUT]
    return "\n".join([f"$ {command}", *lines, ""])


def main() -> None:
    """Write the README again."""
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda found: refreshed(found[0]), text), encoding="utf-8")


if __name__ == "__main__":
    main()
