"""How one asks for an aid: what it says itself, and what the procedure that it follows says for its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from pydantic import Field

from ancrage.aids.declaration import Aid
from ancrage.declarations.base import ID, Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.declarations.texts import Text


class Told(Declared):
    """Something a procedure says, and the text that says it."""

    says: tuple[str, ...] = Field(min_length=1)
    text: Text


class Procedure(Declared):
    """A procedure that many aids follow: that of a law, or of a funder."""

    id: str = Field(pattern=ID)
    label: str
    steps: Told | None = None
    documents: Told | None = None
    delay: Told | None = None
    note: str = ""

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that say it, each once."""
        told = filter(None, (self.steps, self.documents, self.delay))
        return tuple(dict.fromkeys(one.text for one in told))


class _Procedures(Declared):
    procedures: tuple[Procedure, ...]


@compiled("procedures", "aids", "declarations")
def load_procedures() -> Mapping[str, Procedure]:
    """The procedures declared, by identifier."""
    text = files("ancrage.aids").joinpath("procedures.yaml").read_text("utf-8")
    return {one.id: one for one in _Procedures.model_validate(read_yaml(text)).procedures}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing told of a request; ``text`` is ``None`` where the aid's own text founds it."""

    says: tuple[str, ...] = ()
    text: Text | None = None

    def __bool__(self) -> bool:
        return bool(self.says)


@dataclass(frozen=True, slots=True)
class Request:
    """How one asks for an aid. A part that no text read tells is empty."""

    steps: Part
    documents: Part
    delay: Part
    notes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.steps or self.documents or self.delay)

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that say it, each once."""
        parts = (self.steps, self.documents, self.delay)
        return tuple(dict.fromkeys(part.text for part in parts if part and part.text))


def request_of(aid: Aid) -> Request:
    """What the aid says of its request, completed by the procedure it follows."""
    own = aid.application
    if own is None:
        return Request(Part(), Part(), Part(), ())
    shared = load_procedures().get(own.procedure, Procedure(id="aucune", label=""))
    delay = (own.delay,) if own.delay else ()
    return Request(
        _part(own.steps, own.text, shared.steps),
        _part(own.documents, own.text, shared.documents),
        _part(delay, own.text, shared.delay),
        tuple(filter(None, (own.note, shared.note))),
    )


def _part(own: tuple[str, ...], text: Text | None, shared: Told | None) -> Part:
    if own or shared is None:
        return Part(own, text)
    return Part(shared.says, shared.text)
