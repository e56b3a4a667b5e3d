"""The records of an XML text of any size, as plain values; a text that declares entities is refused."""

from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from ancrage.declarations.faults import Fault

BLOCK = 1 << 18
DEEPEST = 32
LONGEST = 1 << 20
"""Characters of one text beyond which it is none of a record."""


class _Records:
    """Builds the records as the parser meets them: elements are keys, those repeated become lists."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.done: list[tuple[str, int, Any]] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self._depth, self._line = 0, 0

    def _refuse(self, *_: object) -> None:
        raise Fault("le fichier déclare des entités (DOCTYPE)", self.parser.CurrentLineNumber)

    def _start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Fault("le fichier est imbriqué trop profondément", self.parser.CurrentLineNumber)
        if self._open:
            self._open.append((name, {}, []))
        elif name in self.names:
            self._line = self.parser.CurrentLineNumber
            self._open = [(name, {}, [])]

    def _say(self, text: str) -> None:
        if self._open:
            said = self._open[-1][2]
            said.append(text)
            if len(said) > BLOCK or sum(map(len, said[-1:])) > LONGEST:
                raise Fault("un texte est démesuré", self.parser.CurrentLineNumber)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        name, children, said = self._open.pop()
        value: Any = children or "".join(said).strip()
        if not self._open:
            self.done.append((name, self._line, value))
            return
        above = self._open[-1][1]
        if name in above:
            before = above[name]
            above[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            above[name] = value


def records_of_xml(file: IO[bytes], names: frozenset[str]) -> Iterator[tuple[str, int, Any]]:
    """Each element of one of these names, the line where it begins, its content.

    Raises :class:`Fault`, with the line, for a text that is cut, is no XML, or declares entities.
    """
    found = _Records(names)
    try:
        while block := file.read(BLOCK):
            found.parser.Parse(block, False)
            yield from found.done
            found.done.clear()
        found.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _told(error) from error


def _told(error: expat.ExpatError) -> Fault:
    ends = (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN)
    if expat.errors.messages.get(error.code) in ends:
        return Fault(
            "le fichier s'arrête avant la fin", error.lineno, "Il est tronqué : reprenez le fichier."
        )
    return Fault("ce n'est pas du XML lisible", error.lineno, "Vérifiez les balises.")
