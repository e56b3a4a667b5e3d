"""A volume: the cases of a category one after the other, as Markdown that any word processor reads."""

from collections.abc import Iterator, Sequence

from ancrage.errors import MonographError
from ancrage.language.days import short_day
from ancrage.levers.catalogue import read_levers
from ancrage.monographs.catalogue import Monograph
from ancrage.monographs.declaration import Category
from ancrage.repairs import GiveField

UNKNOWN = "à vérifier"


def volume_title(category: Category | None) -> str:
    """Title of a volume; without a category, of all of them together."""
    return f"Monographies : {category.label}" if category else "Monographies : toutes les catégories"


def volume(cases: Sequence[Monograph], category: Category | None) -> str:
    """The volume as Markdown: contents, cases with their sources, then what is still to be checked.

    Raises :class:`MonographError` for no case at all.
    """
    if not cases:
        raise MonographError(
            "Aucun cas n'est de cette catégorie.",
            "La catégorie des cas du projet n'est pas connue ; ajoutez les vôtres, ou prenez-les tous.",
            GiveField("dossier", ("DOSSIER",)),
        )
    lines = [f"# {volume_title(category)}", ""]
    if any(case.header.fictitious for case in cases):
        lines += ["**Données de démonstration, fictives : ne citez aucun de ces cas.**", ""]
    lines += ["## Sommaire", "", *(f"- [{case.header.name}](#{case.id})" for case in cases), ""]
    for case in cases:
        lines += _case(case)
    lines += ["## Ce qui reste à vérifier", "", *_doubts(cases), ""]
    return "\n".join(lines)


def _case(case: Monograph) -> Iterator[str]:
    header = case.header
    yield f"## {header.name} {{#{case.id}}}"
    yield ""
    where = header.where + (f" ({header.commune})" if header.commune else "")
    yield f"- Lieu : {where}, étudié le {short_day(header.studied_on)}"
    yield f"- Catégorie : {header.category.label if header.category else UNKNOWN}"
    for name, label in STATEMENTS.items():
        stated = header.stated[name]
        doubt = f" ({UNKNOWN})" if stated and stated.status == "a_verifier" else ""
        yield f"- {label} : {stated.value + doubt if stated else UNKNOWN}"
    tools = read_levers().tools
    for one in header.contributions:
        doubt = f" ({UNKNOWN})" if one.status == "a_verifier" else ""
        yield f"- Outil {one.tool}, {tools[one.tool].name} : {one.what}{doubt}"
    yield ""
    for title, text in case.parts.items():
        yield from (f"### {title}", "", text, "")
    yield from ("### Sources", "")
    for source in header.sources.values():
        where = f" : {source.href}" if source.href else ""
        extract = ", extrait" if source.read == "extrait" else ""
        yield f"- {source.title}{where} (lu le {short_day(source.read_on)}{extract})"
    yield ""


STATEMENTS = {
    "legal_form": "Forme",
    "family": "Famille",
    "activity": "Activité",
    "naf": "Code d’activité",
    "band": "Tranche d’effectif",
    "created": "Création",
}
"""Labels of the statements of a header."""


def _doubts(cases: Sequence[Monograph]) -> Iterator[str]:
    for case in cases:
        header = case.header
        absent = [STATEMENTS[name].lower() for name, stated in header.stated.items() if stated is None]
        doubtful = [
            STATEMENTS[name].lower()
            for name, stated in header.stated.items()
            if stated and stated.status == "a_verifier"
        ]
        if header.category is None:
            absent.append("catégorie")
        if absent or doubtful:
            told = [f"inconnu : {', '.join(absent)}"] * bool(absent)
            told += [f"à confirmer : {', '.join(doubtful)}"] * bool(doubtful)
            yield f"- {header.name} : {' ; '.join(told)}."
