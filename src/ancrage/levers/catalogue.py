"""The six levers and their nineteen tools, read from the YAML files beside this one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from ancrage.declarations.catalogues import Place, parsed, read_document
from ancrage.errors import CatalogueError, RuleError, UnknownLeverError
from ancrage.facts.values import symbols
from ancrage.levers.declaration import LEVERS, TOOLS, Lever, LeverText, Need, Tool
from ancrage.rules.lowering import lower
from ancrage.rules.parsing import Rule, parse_rule
from ancrage.rules.program import Program
from ancrage.rules.vocabulary import Vocabulary


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
    def rules(self) -> Mapping[str, Rule]:
        """The rule of each need, by key. Raises :class:`CatalogueError` for one that cannot be read."""
        vocabulary = Vocabulary(symbols(), {})
        return {need_key(tool, need): _rule(tool, need, vocabulary) for tool, need in self._needs()}

    @cached_property
    def program(self) -> Program:
        """Every rule, ready to be evaluated on a situation."""
        return lower(self.rules, Vocabulary(symbols(), {}))

    def lever_of(self, tool: Tool) -> Lever:
        """The lever a tool belongs to."""
        return next(lever for lever in self.levers if tool in lever.tools)

    def _needs(self) -> Iterator[tuple[Tool, Need]]:
        return ((tool, need) for tool in self.tools.values() for need in tool.needs)


def need_key(tool: Tool, need: Need) -> str:
    """Key of a need's rule in the program."""
    return f"{tool.id}.{need.id}"


def _rule(tool: Tool, need: Need, vocabulary: Vocabulary) -> Rule:
    try:
        return parse_rule(need.rule, vocabulary)
    except RuleError as error:
        raise CatalogueError(
            f"Outil {tool.number}, besoin « {need.id} » : règle refusée. {error.message}", error.hint
        ) from error


@cache
def read_levers() -> LeverCatalogue:
    """The levers and tools. Raises :class:`CatalogueError` naming the file, the line and the repair."""
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
