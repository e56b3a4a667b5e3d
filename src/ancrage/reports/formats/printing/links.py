"""Addresses of a text, given or found in it, so that a report lets them be followed."""

import re
from collections.abc import Callable, Iterator

from ancrage.reports.cells import Away, parts_of

_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+")
_TRAILING = ".,;:!?)»]"

Piece = tuple[str, str]


def pieces(text: str, cleaned: Callable[[str], str]) -> Iterator[Piece]:
    """A text cut into ``(words, address)``, made printable; the address is empty for plain words."""
    for part in parts_of(text):
        if isinstance(part, Away):
            yield cleaned(part), part.href
            if part.spelled:
                yield from _found(f" {part.href}")
        else:
            yield from _found(cleaned(part))


def _found(text: str) -> Iterator[Piece]:
    done = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(_TRAILING)
        if found.start() > done:
            yield text[done : found.start()], ""
        yield address, address
        done = found.start() + len(address)
    if done < len(text) or not text:
        yield text[done:], ""
