"""Repairs in the words of the command line: the exact command to type, or the option to add.

The one place that knows them. A test has the real command line read every command written here.
"""

import shlex
from collections.abc import Iterable, Iterator

from ancrage import repairs as r
from ancrage.repairs import Repair

BUILD = "ancrage entrepot construire"
THEN = ", puis "
"""Between two commands that go together."""
SEARCHES = {
    "territory": ("Tapez", "ancrage territoire chercher NOM"),
    "structure": ("Cherchez la structure", "ancrage chercher NOM"),
    "aid": ("Cherchez l'aide", "ancrage aides chercher MOTS"),
}
SEEN: dict[r.Subject, tuple[str, str]] = {
    "territory": ("Voyez le territoire", "ancrage diagnostic {}"),
    "structure": ("Voyez la structure", "ancrage structures --texte {}"),
    "aid": ("Voyez l'aide", "ancrage aides montrer {}"),
    "fact": ("Voyez les faits", "ancrage aides faits"),
    "lever": ("Voyez les leviers", "ancrage leviers"),
    "tool": ("Voyez l'outil", "ancrage leviers --outil {}"),
    "monograph": ("Voyez la monographie", "ancrage monographies montrer {}"),
    "source": ("Voyez la source", "ancrage sources show {}"),
    "case": ("Voyez le cas", "ancrage cas montrer {}"),
}
LISTED: dict[r.Subject, tuple[str, str]] = {"case": ("Voyez les cas", "ancrage cas lister")}
"""What a list leads to, when none is named."""
MODELS = {
    "capital": "ancrage scic modele",
    "financing": "ancrage financement modele",
    "impact": "ancrage contrat-impact modele",
    "grid": "ancrage grille modele",
    "monograph": "ancrage monographies modele --sortie DOSSIER/cas.md",
}
ALWAYS: dict[type, tuple[str, str]] = {
    r.BuildEdition: ("Construisez l'édition", BUILD),
    r.RevertEdition: ("Revenez à l'édition précédente", "ancrage entrepot revenir"),
    r.ImportAids: ("Importez les aides", "ancrage aides importer FICHIER"),
}
"""What needs nothing to be told."""


def command_of(repair: Repair) -> str | None:
    """The command that does it, as it is typed; ``None`` when no command of its own does."""
    told = _command(repair)
    return told[1] if told else None


def option_of(repair: Repair) -> str | None:
    """The option to add to the command just typed; ``None`` when it is no matter of options."""
    match repair:
        case r.AskDay(on=on):
            return f"--on {on or 'AAAA-MM-JJ'}"
        case r.GiveField(field=field, values=values):
            return f"{_option(field)} {'|'.join(values)}".rstrip()
        case r.OmitField(field=field):
            return f"sans {_option(field)}"
        case _:
            return None


def steps(repairs: Iterable[Repair]) -> tuple[tuple[str, str], ...]:
    """What is done and what to type for it: what follows from another with it, options all together."""
    given = tuple(repairs)
    options = [option for one in given if (option := option_of(one))]
    told = list(_commands(given))
    if options:
        told.append(("Options" if len(options) > 1 else "Option", " ou ".join(options)))
    return tuple(told)


def sentence(text: str, repairs: Iterable[Repair]) -> str:
    """A text and what to type, in one go."""
    return " ".join(filter(None, (text, " ; ".join(f"{what} : {typed}" for what, typed in steps(repairs)))))


def _commands(repairs: tuple[Repair, ...]) -> Iterator[tuple[str, str]]:
    builds = any(isinstance(one, r.BuildEdition) for one in repairs)
    for one in repairs:
        told = _command(one)
        if told is None or (isinstance(one, r.BuildEdition) and _receives(repairs)):
            continue
        then = f"{THEN}{BUILD}" if builds and isinstance(one, r.SynchroniseSources) else ""
        yield told[0], f"{told[1]}{then}"


def _receives(repairs: tuple[Repair, ...]) -> bool:
    return any(isinstance(one, r.SynchroniseSources) for one in repairs)


def _command(repair: Repair) -> tuple[str, str] | None:
    """What is done, in the imperative, and the command that does it."""
    match repair:
        case r.SynchroniseSources():
            return _synchronise(repair)
        case r.Search(what=what):
            return SEARCHES[what]
        case r.See(subject=subject, code=code):
            done, typed = SEEN[subject] if code or subject not in LISTED else LISTED[subject]
            return done, typed.format(shlex.quote(code) if code else "ID")
        case r.AskAids(territory=territory, on=on):
            return "Toutes les aides", f"ancrage aides --territoire {shlex.quote(territory)} --on {on} --tout"
        case r.StartFromModel(of=model):
            return "Partez du modèle", MODELS[model]
        case _:
            return ALWAYS.get(type(repair))


def _synchronise(repair: r.SynchroniseSources) -> tuple[str, str]:
    head = {0: "Synchronisez", 1: "Synchronisez la source"}.get(len(repair.ids), "Synchronisez les sources")
    mirror = ("--mirror", "DOSSIER") if repair.mirror else ()
    return head, " ".join(("ancrage sources sync", *repair.ids, *mirror))


def _option(field: str) -> str:
    return f"--{field.replace('_', '-')}"
