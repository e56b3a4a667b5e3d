"""The decision tree on land and premises: questions, answers, and the ways that they lead to."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.texts import Text
from ancrage.errors import CatalogueError, InvalidQuestionError
from ancrage.levers.catalogue import read_levers


class Reply(Declared):
    """An answer, and the question or the way it leads to."""

    label: str
    next: str


class Question(Declared):
    """A question, its answers by their word."""

    ask: str
    help: str = ""
    answers: dict[str, Reply] = Field(min_length=2)


class Way(Declared):
    """What can be done: under which texts, with which tools, by which steps, by which convention."""

    title: str
    summary: str
    texts: tuple[str, ...]
    tools: tuple[int, ...] = Field(min_length=1)
    steps: tuple[str, ...] = Field(min_length=1)
    watch: tuple[str, ...] = ()
    convention: str = ""


class Tree(Declared):
    """The whole tree, as declared."""

    start: str
    questions: dict[str, Question]
    ways: dict[str, Way]
    texts: dict[str, Text]

    def text(self, name: str) -> Text:
        """A text it names: its own, or one of the levers."""
        return self.texts.get(name) or read_levers().texts[name]


class Walk(Declared):
    """Where some answers lead: what was asked and answered, then the question that is next, or the way."""

    answered: tuple[tuple[Question, str], ...]
    question: Question | None
    way_id: str = ""
    way: Way | None = None


@compiled("foncier", "declarations", "land", "levers")
def read_tree() -> Tree:
    """The tree. Raises :class:`CatalogueError` for one that leads nowhere."""
    from ancrage.declarations.catalogues import Place, parsed, read_document

    file = files(__package__) / "tree.yaml"
    found = parsed(Tree, read_document(file), Place(file))
    for fault in _faults(found):
        raise CatalogueError(fault, "Corrigez land/tree.yaml.")
    return found


def _faults(tree: Tree) -> Iterator[str]:
    nodes = {**tree.questions, **tree.ways}
    led = {one.next for question in tree.questions.values() for one in question.answers.values()}
    yield from (
        f"« {one} » n'est ni une question ni une voie." for one in sorted((led | {tree.start}) - set(nodes))
    )
    yield from (f"Rien ne mène à « {one} »." for one in sorted(set(nodes) - led - {tree.start}))
    known = {*tree.texts, *read_levers().texts}
    for name, way in tree.ways.items():
        yield from (f"« {name} » : le texte « {one} » est inconnu." for one in way.texts if one not in known)


def walk(answers: Sequence[str]) -> Walk:
    """Where answers lead, from the first question. Raises :class:`InvalidQuestionError`."""
    tree = read_tree()
    here, answered = tree.start, []
    for rank, word in enumerate(answers, 1):
        question = tree.questions.get(here)
        if question is None:
            raise InvalidQuestionError([("reponse", f"« {_shown(word)} » est de trop : la voie est trouvée")])
        if word not in question.answers:
            possible = ", ".join(question.answers)
            told = f"« {_shown(word)} » ne répond pas à la question {rank}, « {question.ask} » ({possible})"
            raise InvalidQuestionError([("reponse", told)])
        answered.append((question, word))
        here = question.answers[word].next
    way = tree.ways.get(here)
    return Walk(
        answered=tuple(answered), question=tree.questions.get(here), way_id=here if way else "", way=way
    )


def _shown(word: str) -> str:
    return word[:40]


def paths() -> Mapping[str, tuple[str, ...]]:
    """The answers that lead to each way, the first found."""
    tree = read_tree()
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(tree.start, ())]
    while waiting:
        here, before = waiting.pop(0)
        if here in tree.ways:
            found.setdefault(here, before)
            continue
        waiting += [(one.next, (*before, word)) for word, one in tree.questions[here].answers.items()]
    return found
