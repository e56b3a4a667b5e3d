"""Addresses found in a text, so that a report lets them be followed."""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+")
_TRAILING = ".,;:!?)»]"

Piece = tuple[str, str]


def pieces(text: str) -> Iterator[Piece]:
    """A text cut into ``(words, address)``; the address is empty for plain words."""
    done = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(_TRAILING)
        if found.start() > done:
            yield text[done : found.start()], ""
        yield address, address
        done = found.start() + len(address)
    if done < len(text) or not text:
        yield text[done:], ""
