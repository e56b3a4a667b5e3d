"""Every text cited by aids, numbers and levers, with where it is cited and since when it is told to hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ancrage.aids.catalogue import load_aids
from ancrage.aids.procedures import load_procedures
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.declarations.texts import Text
from ancrage.levers.catalogue import read_levers


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text where it is cited; ``since`` and ``until`` are the days it founds there."""

    where: str
    text: Text
    since: date | None
    until: date | None


def cited_texts() -> Iterator[CitedText]:
    """Each text of each version, condition, amount, number and tool."""
    for aid in load_aids().values():
        for version in aid.versions:
            texts = [version.text, *(one.text for one in version.conditions)]
            texts += [version.amount.text] if version.amount else []
            for text in dict.fromkeys(filter(None, texts)):
                yield CitedText(f"aide {aid.id}", text, version.since, version.until)
        if aid.application and aid.application.text:
            yield CitedText(f"aide {aid.id}, demande", aid.application.text, None, None)
    for procedure in load_procedures().values():
        for text in procedure.texts:
            yield CitedText(f"procédure {procedure.id}", text, None, None)
    for parameter in load_parameters().values():
        for value in parameter.values:
            yield CitedText(f"paramètre {parameter.id}", value.text, value.since, value.until)
    for name, text in read_levers().texts.items():
        yield CitedText(f"levier, texte {name}", text, text.since, text.until)
