"""A monograph's file: a YAML header between two lines of dashes, then Markdown under fixed titles."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ancrage.declarations.documents import read_document
from ancrage.declarations.faults import Fault, line_at, shown
from ancrage.declarations.given import read_bytes, text_of
from ancrage.declarations.models import faults_of
from ancrage.declarations.reader import DOCUMENT
from ancrage.errors import InvalidCodeError, MonographError
from ancrage.grid.criteria import HIGHEST, LOWEST, criteria
from ancrage.language.numbers import count
from ancrage.monographs.declaration import SCHEMA, Header
from ancrage.register.codes import Naf, Siret
from ancrage.repairs import StartFromModel

FENCE = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n?(.*)\Z", re.DOTALL)
TITLE = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)
FIRST = 2
"""The line of a file after the one of dashes."""


@dataclass(slots=True)
class Faults:
    """Everything wrong, gathered before anything is refused."""

    told: list[str] = field(default_factory=list)

    def say(self, file: Path, what: str, line: int | None = None) -> None:
        """Note a fault of a file."""
        self.told.append(f"{file.name}{f', ligne {line}' if line else ''} : {what}")

    def refuse(self) -> None:
        """Raise :class:`MonographError` if there is any."""
        if self.told:
            raise MonographError(
                f"{count(len(self.told), 'faute')} : " + " ; ".join(self.told) + ".",
                "Corrigez-les.",
                StartFromModel("monograph"),
            )


def read_case(file: Path, parts: Sequence[str], faults: Faults) -> tuple[Header, Mapping[str, str]] | None:
    """Header and parts of a file; ``None``, its faults noted, when they cannot be told."""
    try:
        text = text_of(read_bytes(file, DOCUMENT)).text
        found = FENCE.match(text)
        if found is None:
            raise Fault("il commence par un en-tête entre deux lignes « --- », qui manque ici", 1)
        header = _header(file, found[1], faults)
    except Fault as fault:
        faults.say(file, fault.what, fault.line)
        return None
    body = _parts(file, _Body(found[2], line_at(text, found.start(2))), parts, faults)
    return (header, body) if header is not None else None


def _header(file: Path, text: str, faults: Faults) -> Header | None:
    document = read_document(f"\n{text}")  # the line of dashes is the first
    document.refuse_repeated()
    written = document.values
    if not isinstance(written, dict):
        raise Fault("l'en-tête doit être fait de clés et de valeurs", FIRST)
    if written.get("schema") != SCHEMA:
        told = shown(written.get("schema"))
        line = max(FIRST, document.line(("schema",)))
        raise Fault(f"le schéma « {told} » n'est pas connu ; attendu : {SCHEMA}", line)
    wrong = faults_of(Header, document)
    for fault in wrong:
        faults.say(file, fault.what, fault.line)
    if wrong:
        return None
    header = Header.model_validate(written)
    for key, what in _faults_of_codes(header):
        faults.say(file, what, document.line(key))
    return header


def _faults_of_codes(header: Header) -> Iterator[tuple[tuple[str, ...], str]]:
    """What only the trade knows: keys of codes, criteria and levels of the grid; each with where it is."""
    for key, kind, written in (
        ("siret", Siret, header.siret),
        ("naf", Naf, header.naf.value if header.naf else None),
    ):
        try:
            if written is not None:
                kind(written)
        except InvalidCodeError as error:
            yield (key,), error.message.rstrip(".")
    known = {one.id for one in criteria()}
    for criterion, level in header.grid.items():
        where = ("grid", criterion)
        if criterion not in known:
            possible = ", ".join(sorted(known))
            yield where, f"grille : le critère « {shown(criterion)} » n'existe pas ; possibles : {possible}"
        if not LOWEST <= level <= HIGHEST:
            told = f"le niveau {level} n'est pas entre {LOWEST} et {HIGHEST}"
            yield where, f"grille, {shown(criterion)} : {told}"


@dataclass(frozen=True, slots=True)
class _Body:
    """The text under the header, and the line of the file where it begins."""

    text: str
    begins: int

    def line(self, position: int) -> int:
        return self.begins + line_at(self.text, position) - 1


def _parts(file: Path, body: _Body, expected: Sequence[str], faults: Faults) -> Mapping[str, str]:
    titles = list(TITLE.finditer(body.text))
    ends = [*(title.start() for title in titles[1:]), len(body.text)]
    found = {title[1]: body.text[title.end() : end].strip() for title, end in zip(titles, ends, strict=True)}
    lines = {title[1]: body.line(title.start()) for title in titles}
    for title in expected:
        if not found.get(title):
            line = lines.get(title, body.line(len(body.text.rstrip())))
            faults.say(file, f"la partie « ## {title} » manque ou est vide", line)
    for title, line in lines.items():
        if title not in expected:
            told = f"la partie « ## {shown(title)} » n'est pas prévue ; prévues : {', '.join(expected)}"
            faults.say(file, told, line)
    return {title: found.get(title, "") for title in expected}
