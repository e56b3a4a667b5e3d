"""The parts of a YAML text, built from the events of its parser: nothing is built of what goes too far."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ancrage.declarations.faults import Fault, line_at, shown
from ancrage.declarations.json_text import LONGEST_NUMBER, too_deep
from ancrage.declarations.loading import loader
from ancrage.declarations.parts import DEEPEST, MOST_PARTS, Part, too_many
from ancrage.deferred import Deferred

if TYPE_CHECKING:
    import yaml
else:
    yaml = Deferred("yaml")

WRITING = "Vérifiez les deux-points et les retraits."
ANCHORS = "Recopiez la valeur."
MERGE = "<<"

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = re.compile(rf"[-+]?(?:0|[1-9][0-9]{{0,{LONGEST_NUMBER - 1}}})")


def parts_of_yaml(text: str, *, aliases: bool) -> Part:
    """The root of a YAML text. Raises :class:`Fault` for what is none, or holds more than values."""
    try:
        return _Composer(yaml.parse(text, loader()), aliases=aliases).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else _line_of_control(text)
        raise Fault("ce n'est pas du YAML lisible", line, WRITING) from error
    except UnicodeEncodeError as error:
        raise Fault("un caractère n'existe pas", line_at(text, error.start), "Corrigez ce texte.") from error


def _line_of_control(text: str) -> int | None:
    """Line of the first character that YAML cannot hold."""
    found = _UNPRINTABLE.search(text)
    return line_at(text, found.start()) if found else None


class _Composer:
    """Builds parts from the events of a parser; nothing is built of a document that goes too far."""

    def __init__(self, events: Iterator[Any], *, aliases: bool) -> None:
        self.events, self.aliases = events, aliases
        self.anchors: dict[str, Part] = {}
        self.seen = 0

    def document(self) -> Part:
        """The only document of the text; an empty text is null."""
        root = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise Fault("un second document y commence (---)", line_of(event), "Gardez-en un seul.")
                root = self._part(next(self.events), 0)
        return root or Part(None)

    def _part(self, event: Any, depth: int) -> Part:
        if isinstance(event, yaml.AliasEvent):
            return self._counted(self._aliased(event), event)
        self._refuse_unplain(event)
        if isinstance(event, yaml.ScalarEvent):
            part = Part(_resolved(event.value) if event.implicit[0] else event.value)
            self._counted(part, event)
        else:
            if depth >= DEEPEST:
                raise too_deep(line_of(event))
            self._counted(part := Part({} if isinstance(event, yaml.MappingStartEvent) else []), event)
            self._fill(part, depth)
        if event.anchor:
            self.anchors[event.anchor] = part
        return part

    def _fill(self, part: Part, depth: int) -> None:
        merged: list[Part] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent | yaml.SequenceEndEvent):
            line = line_of(event)
            if isinstance(part.value, list):
                part.put(len(part.value), line, self._part(event, depth + 1))
            elif (key := self._key(event)) == MERGE and self.aliases:
                merged.append(self._mapping(next(self.events), depth))
            else:
                part.put(key, line, self._part(next(self.events), depth + 1))
        for given in merged:
            part.lend(given)

    def _mapping(self, event: Any, depth: int) -> Part:
        part = self._part(event, depth + 1)
        if not isinstance(part.value, dict):
            raise Fault("« << » ajoute des clés et leurs valeurs, et rien d'autre", line_of(event), ANCHORS)
        return part

    def _key(self, event: Any) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_unplain(event)
        key = (
            self._aliased(event).value
            if isinstance(event, yaml.AliasEvent)
            else getattr(event, "value", None)
        )
        if not isinstance(key, str):
            raise Fault("une clé doit être un texte", line_of(event), WRITING)
        return key

    def _aliased(self, event: Any) -> Part:
        if not self.aliases:
            raise Fault("ancres et renvois (& et *) ne sont pas lus", line_of(event), ANCHORS)
        if event.anchor not in self.anchors:
            # An anchor is known once its value ends: one that holds itself is not known inside.
            raise Fault(
                f"le renvoi « *{shown(event.anchor)} » ne désigne aucune ancre déjà finie",
                line_of(event),
                ANCHORS,
            )
        return self.anchors[event.anchor]

    def _refuse_unplain(self, event: Any) -> None:
        if event.anchor and not self.aliases:
            raise Fault("ancres et renvois (& et *) ne sont pas lus", line_of(event), ANCHORS)
        if event.tag:
            raise Fault("les types (!) ne sont pas lus", line_of(event), "Écrivez la valeur seule.")

    def _counted(self, part: Part, event: Any) -> Part:
        self.seen += part.size
        if self.seen > MOST_PARTS:
            raise too_many(line_of(event))
        return part


def line_of(event: Any) -> int:
    """Line, from 1, at which an event of the parser begins."""
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def _resolved(text: str) -> Any:
    """A null, a boolean, a decimal integer; all else stays the text that is written."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    return int(text) if _WHOLE.fullmatch(text) else text
