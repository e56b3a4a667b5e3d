"""A monograph's file: a YAML header between two lines of dashes, then Markdown under fixed titles."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from ancrage.declarations.loading import read_yaml
from ancrage.errors import InvalidCodeError, MonographError
from ancrage.grid.criteria import HIGHEST, LOWEST, criteria
from ancrage.monographs.declaration import SCHEMA, Header
from ancrage.register.codes import Naf, Siret

File = Traversable | Path
FENCE = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n?(.*)\Z", re.DOTALL)
TITLE = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)
MEANINGS = {
    "missing": "il manque « {key} »",
    "extra_forbidden": "la clé « {key} » n'existe pas",
    "enum": "« {key} » : « {input} » n'est pas possible ({expected})",
    "literal_error": "« {key} » : « {input} » n'est pas possible ({expected})",
    "string_pattern_mismatch": "« {key} » : « {input} » n'a pas la forme attendue",
    "value_error": "{error}",
}


@dataclass(slots=True)
class Faults:
    """Everything wrong, gathered before anything is refused."""

    told: list[str] = field(default_factory=list)

    def say(self, file: File, what: str) -> None:
        """Note a fault of a file."""
        self.told.append(f"{file.name} : {what}")

    def refuse(self) -> None:
        """Raise :class:`MonographError` if there is any."""
        if self.told:
            raise MonographError(
                f"{len(self.told)} faute(s) : " + " ; ".join(self.told) + ".",
                "Corrigez-les ; « ancrage monographies modele » donne un fichier à remplir.",
            )


def read_case(file: File, parts: Sequence[str], faults: Faults) -> tuple[Header, Mapping[str, str]] | None:
    """Header and parts of a file; ``None``, its faults noted, when they cannot be told."""
    text = _text(file, faults)
    found = FENCE.match(text) if text is not None else None
    if text is not None and found is None:
        faults.say(file, "il commence par un en-tête entre deux lignes « --- », qui manque ici")
    if found is None:
        return None
    header = _header(file, found[1], faults)
    body = _parts(file, found[2], parts, faults)
    return (header, body) if header is not None else None


def _text(file: File, faults: Faults) -> str | None:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        faults.say(file, "il n'est pas écrit en UTF-8")
    except OSError as error:
        faults.say(file, f"il ne peut pas être lu ({error.strerror})")
    return None


def _header(file: File, text: str, faults: Faults) -> Header | None:
    try:
        written = read_yaml(text)
    except yaml.YAMLError:
        faults.say(file, "l'en-tête n'est pas un YAML lisible")
        return None
    if not isinstance(written, dict):
        faults.say(file, "l'en-tête doit être fait de clés et de valeurs")
        return None
    if written.get("schema") != SCHEMA:
        faults.say(file, f"le schéma « {written.get('schema')} » n'est pas connu ; attendu : {SCHEMA}")
        return None
    try:
        header = Header.model_validate(written)
    except ValidationError as error:
        for each in error.errors():
            faults.say(file, _meaning(each))
        return None
    for fault in _faults_of_codes(header):
        faults.say(file, fault)
    return header


def _meaning(error: Any) -> str:
    key = ".".join(str(step) for step in error["loc"] if step != "schema") or "en-tête"
    told = MEANINGS.get(error["type"], "« {key} » : « {input} » n'est pas une valeur possible")
    context = error.get("ctx", {})
    return told.format(
        key=key, input=error["input"], expected=context.get("expected", ""), error=context.get("error", "")
    )


def _faults_of_codes(header: Header) -> Iterator[str]:
    """What only the trade knows: keys of codes, criteria and levels of the grid."""
    for kind, written in ((Siret, header.siret), (Naf, header.naf.value if header.naf else None)):
        try:
            if written is not None:
                kind(written)
        except InvalidCodeError as error:
            yield error.message.rstrip(".")
    known = {one.id for one in criteria()}
    for criterion, level in header.grid.items():
        if criterion not in known:
            yield f"grille : le critère « {criterion} » n'existe pas ; possibles : {', '.join(sorted(known))}"
        if not LOWEST <= level <= HIGHEST:
            yield f"grille, {criterion} : le niveau {level} n'est pas entre {LOWEST} et {HIGHEST}"


def _parts(file: File, text: str, expected: Sequence[str], faults: Faults) -> Mapping[str, str]:
    pieces = TITLE.split(text)
    found = {title: body.strip() for title, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    for title in expected:
        if not found.get(title):
            faults.say(file, f"la partie « ## {title} » manque ou est vide")
    for title in found:
        if title not in expected:
            faults.say(file, f"la partie « ## {title} » n'est pas prévue ; prévues : {', '.join(expected)}")
    return {title: found.get(title, "") for title in expected}
