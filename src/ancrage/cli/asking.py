"""A command made from questions: its options are their fields, its shapes the formats, its words theirs."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from ancrage.cli import output
from ancrage.cli.session import open_edition, today
from ancrage.errors import InvalidQuestionError
from ancrage.questions.fields import Asked, takes_several, value_type, written
from ancrage.questions.question import Asking, Question, SetAside
from ancrage.questions.reading import choose
from ancrage.questions.registry import question_named
from ancrage.reports.audience import Audience
from ancrage.reports.formats import FORMATS, Format
from ancrage.reports.topic import PARTICULAR, Telling

Command = Callable[..., None]
Beside = Callable[[Telling], None]
Within = Callable[[], AbstractContextManager[None]]
Refine = Callable[[Question, Asking], Question]
FORM, OUTPUT, CONTEXT = "shape", "sortie", "context"
CONTEXT_PARAMETER = inspect.Parameter(CONTEXT, inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
SHAPE_HELP = "Forme de la réponse ; par défaut celle que dit le nom du fichier à écrire, sinon terminal."


def command_asking(
    *names: str,
    resident: bool = False,
    group: bool = False,
    refine: Refine | None = None,
    beside: Beside | None = None,
    set_aside: SetAside | None = None,
    within: Within = nullcontext,
) -> Command:
    """The command that asks one of these questions: the first whose needed options are given, else the last.

    ``resident``: it asks much of a few tables, that are worth having in memory; ``group``: it is that of a
    group, silent when a command of the group is typed; ``refine``: what the person is asked before the
    question is put; ``beside``: what it writes beside its answer; ``set_aside``: what it says of the lines of
    a file that cannot be used; ``within``: what is opened around it, such as the workspace.
    """
    questions = [question_named(name) for name in names]
    fields = _fields(questions)

    def command(**given: Any) -> None:
        if group and given.pop(CONTEXT).invoked_subcommand is not None:
            return
        with within():
            _ask(
                questions,
                fields,
                given,
                resident=resident,
                refine=refine,
                beside=beside,
                set_aside=set_aside,
            )

    command.__name__ = names[-1]
    command.__doc__ = questions[-1].help
    parameters = [*((CONTEXT_PARAMETER,) if group else ()), *_parameters(fields), *_shown(names)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what Typer reads
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


Field = tuple[Asked, FieldInfo, bool]
"""The words of a field, the field, and whether every question has it and wants it."""


def _fields(questions: Sequence[type[Question]]) -> Mapping[str, Field]:
    """The fields of all of them, by name in the model: those of the last first, which is the usual one."""
    found: dict[str, Field] = {}
    for question in (*reversed(questions),):
        for name, asked in question.asked():
            field = question.model_fields[name]
            wanted = field.is_required() and all(
                name in each.model_fields and each.model_fields[name].is_required() for each in questions
            )
            found.setdefault(name, (asked, field, wanted))
    day = {name: one for name, one in found.items() if one[0].name == "le"}
    return {**{name: one for name, one in found.items() if name not in day}, **day}


def _parameters(fields: Mapping[str, Field]) -> Iterator[inspect.Parameter]:
    for name, (asked, field, wanted) in fields.items():
        yield inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if wanted else _default(field),
            annotation=_annotation(asked, field, wanted=wanted),
        )


def _is_flag(field: FieldInfo) -> bool:
    return value_type(field) is bool


def _annotation(asked: Asked, field: FieldInfo, *, wanted: bool) -> Any:
    told: dict[str, Any] = {"help": asked.help, "metavar": asked.metavar or None}
    one = Path if asked.local else str
    kind: Any = list[one] if takes_several(field) else one  # type: ignore[valid-type]  # told to Typer
    if asked.argument:
        return Annotated[kind if wanted else kind | None, typer.Argument(**told)]
    names = (asked.flag, *((asked.short,) if asked.short else ()))
    if _is_flag(field):
        return Annotated[bool, typer.Option(*names, help=asked.help)]
    return Annotated[kind if wanted and kind is one else kind | None, typer.Option(*names, **told)]


def _default(field: FieldInfo) -> str | bool | None:
    """What the option says when nobody gives it: as it would be written."""
    if _is_flag(field):
        return False
    return None if field.default in (None, PydanticUndefined, ()) else str(written(field.default))


def _shown(names: Sequence[str]) -> Iterator[inspect.Parameter]:
    """``--format`` and ``--sortie``."""
    shapes: Any = StrEnum("Shape", {one.id.upper(): one.id for one in _formats(names)})  # type: ignore[misc]
    yield inspect.Parameter(
        FORM,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[shapes | None, typer.Option("--format", help=SHAPE_HELP)],
    )
    yield inspect.Parameter(
        OUTPUT, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=output.OutputOption
    )


def _formats(names: Sequence[str]) -> Iterator[Format]:
    """The shapes at least one of the questions takes; no topic is loaded for a command that is not run."""
    return (
        one for one in FORMATS.values() if one.id not in PARTICULAR or PARTICULAR[one.id].intersection(names)
    )


def _ask(
    questions: Sequence[type[Question]],
    fields: Mapping[str, Field],
    given: Mapping[str, Any],
    *,
    resident: bool,
    refine: Refine | None,
    beside: Beside | None,
    set_aside: SetAside | None,
) -> None:
    shape = _shape(given[FORM], given[OUTPUT])
    question = _read(questions, fields, given)
    with open_edition(resident=resident) as opened:
        asking = Asking(opened, today(), drawn=shape.drawn, paged=shape.paged, set_aside=set_aside)
        settled = refine(question, asking) if refine else question
        telling = Telling(settled.answer(asking), to=Audience.OPERATOR)
        if beside is not None:
            beside(telling)
        output.tell(telling, shape, given[OUTPUT])


def _shape(asked: StrEnum | None, sortie: Path | None) -> Format:
    """The shape asked, else that which the name of the file says, else the terminal's."""
    told = asked.value if asked else sortie.suffix.lower().removeprefix(".") if sortie else ""
    return FORMATS.get(told, FORMATS["terminal"])


def _read(
    questions: Sequence[type[Question]], fields: Mapping[str, Field], given: Mapping[str, Any]
) -> Question:
    """The question the options ask. Raises :class:`typer.BadParameter` naming the options at fault."""
    words = {
        asked.name: _words(given[name])
        for name, (asked, _, _) in fields.items()
        if given[name] not in (None, False, [])
    }
    try:
        return choose(questions, words, local=True)
    except InvalidQuestionError as error:
        flags = {
            asked.name: asked.metavar if asked.argument else asked.flag for asked, _, _ in fields.values()
        }
        told = (f"{flags.get(name, name)} : {fault}" for name, fault in error.faults)
        raise typer.BadParameter(" ; ".join(told)) from error


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return ["oui"] if value is True else [str(value)]
