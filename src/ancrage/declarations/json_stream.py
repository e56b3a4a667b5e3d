"""The records of a JSON text of any size, one after the other: a list, or objects that lead to lists."""

import json
from collections.abc import Iterator
from typing import IO, Any

from ancrage.declarations.faults import Fault
from ancrage.declarations.json_text import read_next

BLOCK = 1 << 20
LARGEST = 16 << 20
"""Characters of one record beyond which it is none."""
DEEPEST = 4
"""Objects that may stand one in the other before the list of records."""
SPACES = " \t\r\n\ufeff"

Placed = tuple[str, int, Any]
"""The name under which a record stands, the line where it begins, the record."""


class _Text:
    """What is read of the text, from the first character that was not used yet."""

    def __init__(self, file: IO[str]) -> None:
        self._file, self._text, self._at, self._ended = file, "", 0, False
        self._line, self._counted = 1, 0

    @property
    def line(self) -> int:
        """Line of the next character; each is counted once."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in SPACES:
                    return self._text[self._at]
                self._at += 1
            if not self._more(BLOCK):
                return ""

    def take(self, expected: str) -> None:
        """Go past a sign. Raises :class:`Fault` for another one."""
        found = self.peek()
        if found not in expected or not found:
            raise self._unexpected(found)
        self._at += 1

    def value(self) -> Any:
        """The next value, whole."""
        if not self.peek():
            raise self._unexpected("")
        wanted = BLOCK
        while True:
            try:
                found, end = read_next(self._text, self._at)
            except json.JSONDecodeError as error:
                at = error.pos - self._at
                if len(self._text) - self._at > LARGEST or not self._more(wanted):
                    raise self._unreadable(error, at) from error
                wanted *= 2
                continue
            except Fault as fault:
                raise Fault(fault.what, self.line, fault.repair) from fault
            if end < len(self._text) or not self._more(BLOCK):
                self._at = end
                return found

    def _more(self, size: int) -> bool:
        """Read further; the characters already used are forgotten."""
        if self._ended:
            return False
        self._line, self._counted = self.line, 0
        read = self._file.read(size)
        self._text, self._at, self._ended = self._text[self._at :] + read, 0, not read
        return bool(read)

    def _unexpected(self, found: str) -> Fault:
        if not found:
            return Fault(
                "le fichier s'arrête avant la fin", self.line, "Il est tronqué : reprenez le fichier."
            )
        return Fault(f"ce n'est pas du JSON lisible, près de « {found} »", self.line)

    def _unreadable(self, error: json.JSONDecodeError, at: int) -> Fault:
        """``at``: where it is, from the next character."""
        left = self._text[self._at :]
        if at >= len(left.rstrip()) - 1 or "Unterminated" in error.msg:
            return self._unexpected("")
        return Fault("ce n'est pas du JSON lisible", self.line + left.count("\n", 0, at))


def records_of(file: IO[str], names: frozenset[str]) -> Iterator[Placed]:
    """The objects of every list of the text; one that stands alone under one of ``names`` is a record too.

    Raises :class:`Fault`, with the line, for a text that is cut, or is no JSON.
    """
    text = _Text(file)
    yield from _inside(text, "", names, DEEPEST)
    if text.peek():
        raise Fault("le fichier continue après sa fin", text.line)


def _inside(text: _Text, name: str, names: frozenset[str], deepest: int) -> Iterator[Placed]:
    found = text.peek()
    if found == "[":
        yield from _listed(text, name)
    elif found == "{" and name not in names and deepest:
        yield from _named(text, names, deepest)
    else:
        line = text.line
        value = text.value()
        if isinstance(value, dict):
            yield name, line, value


def _listed(text: _Text, name: str) -> Iterator[Placed]:
    text.take("[")
    while text.peek() != "]":
        text.peek()
        yield name, text.line, text.value()
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _named(text: _Text, names: frozenset[str], deepest: int) -> Iterator[Placed]:
    text.take("{")
    while text.peek() != "}":
        key = text.value()
        text.take(":")
        yield from _inside(text, str(key), names, deepest - 1)
        if text.peek() != "}":
            text.take(",")
    text.take("}")
