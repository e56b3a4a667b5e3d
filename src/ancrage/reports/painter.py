"""What draws charts, as a process of its own: what its JavaScript engine holds is not held by what answers.

Run by its path, with the seconds it waits for an order, it imports nothing of Ancrage. Each order is four
bytes of length then JSON, on its standard input (``spec`` and ``locale`` of a drawing; ``svg`` and ``scale``
of a picture to make of one). Each answer, on its standard output, is four bytes of length, ``+`` or ``-``,
then the drawing or what went wrong.

It ends when nobody orders any more, when whoever orders is gone (even in the middle of a drawing), and, its
drawing given, past ``MOST_MB``: a fresh one takes its place.
"""

import json
import resource
import signal
import sys
from typing import BinaryIO

import vl_convert

LONGEST_SECONDS = 60
"""A guard for a painter whose owner is gone: the owner has a shorter patience."""
MOST_MB = 300
"""Memory past which it gives its place up."""
NEVER_MB = 1_500
"""Memory it can't take, even in the middle of a drawing: the system refuses it, and it dies of it."""
PAGES = "/proc/self/statm"


def main() -> None:
    """Draw what is ordered, until nothing is."""
    resource.setrlimit(resource.RLIMIT_DATA, (NEVER_MB << 20, NEVER_MB << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given, told = sys.stdin.buffer, sys.stdout.buffer
    while _held_mb() < MOST_MB:
        signal.alarm(int(sys.argv[1]))  # nothing handles it: the process ends
        order = _order(given)
        if order is None:
            return
        signal.alarm(LONGEST_SECONDS)
        answer = _answer(order)
        told.write(len(answer).to_bytes(4) + answer)
        told.flush()


def _order(given: BinaryIO) -> bytes | None:
    head = given.read(4)
    return given.read(int.from_bytes(head)) if len(head) == 4 else None


def _answer(order: bytes) -> bytes:
    try:
        return b"+" + _drawn(**json.loads(order))
    except ValueError as error:
        return b"-" + str(error).encode(errors="replace")


def _drawn(
    spec: dict[str, object] | None = None,
    locale: dict[str, object] | None = None,
    svg: str = "",
    scale: float = 1,
) -> bytes:
    if spec is None:
        return bytes(vl_convert.svg_to_png(svg, scale=scale))
    # No file and no address is ever read: a specification carries its values.
    return str(vl_convert.vegalite_to_svg(spec, format_locale=locale, allowed_base_urls=[])).encode()


def _held_mb() -> int:
    """Memory taken now, the most it ever took where the system doesn't tell."""
    try:
        with open(PAGES) as told:  # noqa: PTH123 one import less to wait for
            return int(told.read().split()[1]) * resource.getpagesize() >> 20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
