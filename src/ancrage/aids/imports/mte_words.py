"""What a programme of Mission Transition Écologique says in words beside its ``eligibilityData``."""

from collections.abc import Iterator, Mapping
from typing import Any

from ancrage.aids.imports import eligibility
from ancrage.aids.imports.imported import ImportedCondition
from ancrage.aids.imports.texts import plain
from ancrage.language.folding import spaced

AGE = "nombre d'années d'activité"
TOLD_BY_RULES = frozenset({"taille de l'entreprise", "secteur géographique"})
WITHOUT_EFFECT = frozenset({"eligible a toutes les entreprises", "tous secteurs d'activite"})
WHEN = {"toutes ces conditions": " et ", "une de ces conditions": " ou "}


def ages(entry: Mapping[str, Any]) -> Iterator[ImportedCondition]:
    """The years of activity asked, when the words are plain."""
    told = entry.get("conditions d'éligibilité")
    lines = told.get(AGE) if isinstance(told, Mapping) else None
    if isinstance(lines, list) and len(lines) == 1:
        yield from eligibility.age(plain(lines[0]))


def notes(entry: Mapping[str, Any]) -> Iterator[str]:
    """Conditions that stay in words, and what the source says of the programme as a whole."""
    if entry.get("aide temporairement indisponible") == "oui":
        yield "La source la dit temporairement indisponible."
    told = entry.get("conditions d'éligibilité") or {}
    for heading, lines in told.items() if isinstance(told, Mapping) else ():
        if heading not in TOLD_BY_RULES and isinstance(lines, list):
            yield from (f"{heading} : {text}" for text in map(plain, lines) if _adds(text))
    variants = entry.get("champs conditionnels")
    for variant in variants if isinstance(variants, list) else ():
        if isinstance(variant, Mapping):
            yield _variant(variant)


def _variant(variant: Mapping[str, Any]) -> str:
    """What the source says of those who meet some more conditions: « si effectif ≤ 49 : … »."""
    when = (_joined(variant[key], sign) for key, sign in WHEN.items() if key in variant)
    told = (f"{key} : {_joined(value, ', ')}" for key, value in variant.items() if key not in WHEN)
    said = " et ".join(when).replace(">=", "≥").replace("<=", "≤")
    return f"Si {said} : {' ; '.join(told)}"


def _joined(value: object, sign: str) -> str:
    return sign.join(map(plain, value)) if isinstance(value, list) else plain(value)


def _adds(text: str) -> bool:
    """Whether a line asks for anything that no rule does."""
    return spaced(text) not in WITHOUT_EFFECT and not eligibility.age(text)
