"""Machine-readable eligibility, translated into conditions of our language of rules."""

import re
from collections.abc import Iterable

from ancrage.aids.imports.imported import ImportedCondition, RejectedEntryError
from ancrage.aids.imports.places import place_rule
from ancrage.language.folding import spaced

SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"
"""Sections of the NAF rév. 2."""
LEAST_AGE = re.compile(r"au moins (un|[1-9]) ans? d'activite")


def sections(allowed: Iterable[str], *, certain: bool = True) -> tuple[ImportedCondition, ...]:
    """Being in one of the sections of activity; nothing to check when all are allowed."""
    kept = sorted(set(allowed))
    if unknown := [section for section in kept if section not in SECTIONS or len(section) != 1]:
        raise RejectedEntryError(f"section d'activité inconnue : « {unknown[0]} »")
    if not kept or len(kept) == len(SECTIONS):
        return ()
    rule = f"naf_section IN ({', '.join(repr(section) for section in kept)})"
    label = f"Exercer dans une section d'activité visée ({', '.join(kept)})"
    return (ImportedCondition("activite", label, rule, certain),)


def workforce(least: int | None, most: int | None) -> tuple[ImportedCondition, ...]:
    """Having between ``least`` and ``most`` employees, both included; ``None`` is no bound."""
    if least is not None and most is not None and least > most:
        raise RejectedEntryError(f"effectif minimal ({least}) supérieur au maximal ({most})")
    if least is None and most is None:
        return ()
    if most is None:
        return (ImportedCondition("effectif", f"Avoir au moins {least} salariés", f"effectif >= {least}"),)
    if least is None:
        return (ImportedCondition("effectif", f"Avoir au plus {most} salariés", f"effectif <= {most}"),)
    label = f"Avoir de {least} à {most} salariés"
    return (ImportedCondition("effectif", label, f"effectif BETWEEN {least} AND {most}"),)


def age(words: str) -> tuple[ImportedCondition, ...]:
    """Having been active for some years, when the words say just that: « Au moins 3 ans d'activité »."""
    found = LEAST_AGE.fullmatch(spaced(words))
    if not found:
        return ()
    years = 1 if found[1] == "un" else int(found[1])
    told = "an" if years == 1 else "ans"
    label = f"Exister depuis au moins {years} {told}"
    return (ImportedCondition("anciennete", label, f"anciennete >= {years}"),)


def no_microentrepreneur() -> ImportedCondition:
    """Refusing micro-entrepreneurs."""
    return ImportedCondition(
        "hors_microentreprise", "Ne pas être une micro-entreprise", "NOT microentrepreneur"
    )


def enterprise() -> ImportedCondition:
    """Being an enterprise, to which these lists speak: an association is one by what it does, not by form."""
    forms = "'cooperative', 'scic', 'scop', 'societe_commerciale', 'entrepreneur_individuel'"
    return ImportedCondition(
        "entreprise",
        "Exercer une activité économique : l'aide s'adresse aux entreprises",
        f"demandeur = 'collectivite' OR forme IN ({forms}) OR activite_economique",
    )


def applicants(audiences: Iterable[str]) -> tuple[ImportedCondition, ...]:
    """Being one of those the aid is for."""
    told = ", ".join(f"'{audience}'" for audience in audiences)
    rule = f"demandeur IN ({told})"
    return (ImportedCondition("public", "Faire partie de ceux qu'elle sert", rule),) if told else ()


def place(coverage: Iterable[str], excluded: Iterable[str] = ()) -> tuple[ImportedCondition, ...]:
    """Being in the territory that the aid covers."""
    rule = place_rule(coverage, excluded)
    return (ImportedCondition("territoire", "Être dans le territoire qu'elle couvre", rule),) if rule else ()


def whole_number(written: object, what: str) -> int | None:
    """A number of employees as sources write it; ``None`` when there is none."""
    if written is None or written == "":
        return None
    text = str(written).strip()
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise RejectedEntryError(f"{what} : « {text[:40]} » n'est pas un nombre entier de salariés")
    return int(text)
