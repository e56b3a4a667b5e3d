"""The six levers and their nineteen tools, read from the YAML files beside this one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.declarations.keeping import compiled, kept
from ancrage.errors import CatalogueError, RuleError, UnknownLeverError
from ancrage.levers.declaration import LEVERS, TOOLS, Lever, LeverText, Need, Tool
from ancrage.rules.program import Program

if TYPE_CHECKING:  # sqlglot, which reads rules, is only loaded to compile them
    from ancrage.rules.parsing import Rule
    from ancrage.rules.vocabulary import Vocabulary

ROOMS = ("declarations", "facts", "language", "levers", "rules")
"""Rooms that the compiled levers hang on."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The rule of every need, by key: what answers for all, the facts each reads, and the words of these."""

    program: Program
    facts: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class LeverCatalogue:
    """Levers in their order, and the texts they rest on by identifier."""

    levers: tuple[Lever, ...]
    texts: Mapping[str, LeverText]

    @cached_property
    def tools(self) -> Mapping[int, Tool]:
        """Every tool by its number, 1 to 19."""
        return {tool.number: tool for lever in self.levers for tool in lever.tools}

    @cached_property
    def needs(self) -> Needs:
        """The rules of the needs, compiled. Raises :class:`CatalogueError` for one that cannot be read."""
        return _compiled(self)

    def lever_of(self, tool: Tool) -> Lever:
        """The lever a tool belongs to."""
        return next(lever for lever in self.levers for one in lever.tools if one.number == tool.number)


def need_key(tool: Tool, need: Need) -> str:
    """Key of a need's rule in the program."""
    return f"{tool.id}.{need.id}"


def _compiled(catalogue: LeverCatalogue) -> Needs:
    from ancrage.facts.values import labels_of, symbols
    from ancrage.rules.lowering import lower
    from ancrage.rules.vocabulary import Vocabulary

    vocabulary = Vocabulary(symbols(), {})
    rules = {
        need_key(tool, need): _rule(tool, need, vocabulary)
        for tool in catalogue.tools.values()
        for need in tool.needs
    }
    program = lower(rules, vocabulary)
    return Needs(program, {key: rule.facts for key, rule in rules.items()}, labels_of(program))


def _rule(tool: Tool, need: Need, vocabulary: "Vocabulary") -> "Rule":
    from ancrage.rules.parsing import parse_rule

    try:
        return parse_rule(need.rule, vocabulary)
    except RuleError as error:
        raise CatalogueError(
            f"Outil {tool.number}, besoin « {need.id} » : règle refusée. {error.message}",
            error.hint,
            *error.repairs,
        ) from error


@lru_cache(maxsize=2)
def open_levers(folder: Path | None) -> LeverCatalogue:
    """The levers and tools, their rules compiled. ``folder`` keeps them, when it can be written.

    Raises what :func:`read_levers` and the compilation of a rule raise.
    """

    def made() -> LeverCatalogue:
        catalogue = read_levers()
        _ = catalogue.tools, catalogue.needs  # worked out, hence kept with it
        return catalogue

    return kept("leviers", made, cache=folder, rooms=ROOMS)


@compiled("outils", "declarations", "facts", "levers")
def read_levers() -> LeverCatalogue:
    """The levers and tools. Raises :class:`CatalogueError` naming the file, the line and the repair."""
    from ancrage.declarations.catalogues import Place, parsed, read_document

    root = files(__package__)
    texts = _texts()
    levers = tuple(
        sorted(
            (
                parsed(Lever, read_document(file), Place(file))
                for file in (root / "catalogue").iterdir()
                if file.name.endswith(".yaml")
            ),
            key=lambda lever: lever.number,
        )
    )
    found = LeverCatalogue(levers, texts)
    for fault in _faults(found):
        raise CatalogueError(fault, "Corrigez levers/catalogue.")
    return found


def _texts() -> dict[str, LeverText]:
    from ancrage.declarations.catalogues import Place, parsed, read_document

    file = files(__package__) / "texts.yaml"
    document = read_document(file)
    return {
        name: parsed(LeverText, row, Place(file, ("texts", name))) for name, row in document["texts"].items()
    }


def _faults(catalogue: LeverCatalogue) -> Iterator[str]:
    """What pydantic cannot see: numbers missing or twice, texts that do not exist."""
    if [lever.number for lever in catalogue.levers] != list(range(1, LEVERS + 1)):
        yield f"Les leviers vont de 1 à {LEVERS}, un fichier chacun."
    numbers = [tool.number for lever in catalogue.levers for tool in lever.tools]
    if numbers != list(range(1, TOOLS + 1)):
        yield f"Les outils vont de 1 à {TOOLS}, dans l'ordre, sans manque ni double."
    known = set(catalogue.texts)
    for lever in catalogue.levers:
        for tool in lever.tools:
            for stranger in sorted((tool.texts | {lever.text}) - known):
                yield f"Outil {tool.number} : le texte « {stranger} » n'est pas dans texts.yaml."


def unknown_aids(catalogue: LeverCatalogue, aids: Collection[str]) -> tuple[str, ...]:
    """Aids that tools name and no catalogue holds, in French; reading every aid takes long, levers do not."""
    return tuple(
        f"Outil {tool.number} : l'aide « {stranger} » n'existe pas."
        for tool in catalogue.tools.values()
        for stranger in sorted(set(tool.aids) - set(aids))
    )


def get_tool(wanted: str) -> Tool:
    """A tool by its number or identifier. Raises :class:`UnknownLeverError`."""
    from rapidfuzz import process

    tools = read_levers().tools
    for tool in tools.values():
        if wanted in (str(tool.number), tool.id):
            return tool
    near = process.extract(
        wanted, {tool.number: f"{tool.id} {tool.name}" for tool in tools.values()}, limit=3
    )
    hint = " ; ".join(f"{number} ({tools[number].name})" for _, _, number in near)
    raise UnknownLeverError(
        f"Aucun outil ne porte le numéro ou l'identifiant « {wanted} ».",
        f"Les outils vont de 1 à {TOOLS}. Proches : {hint}.",
    )
