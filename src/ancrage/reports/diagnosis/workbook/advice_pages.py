"""Pages of what may be done: aids, levers, support."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis, Levers, Support
from ancrage.language.days import short_day
from ancrage.language.numbers import kilometres
from ancrage.levers.recommending import Status
from ancrage.reports.diagnosis.method_sections import SUPPORT_WORDS
from ancrage.reports.diagnosis.workbook.origins import SUPPORT, origin
from ancrage.reports.formats.workbook.page import Page, columns, joined, share
from ancrage.reports.wording import AUDIENCES


def advice_pages(diagnosis: Diagnosis) -> Iterator[Page]:
    """Aids always; levers and support where the territory has an authority, or whole communes."""
    yield _aids(diagnosis)
    if diagnosis.levers is not None:
        yield _levers(diagnosis.levers)
    if diagnosis.coverage is not None:
        yield _support(diagnosis.coverage, origin(diagnosis, SUPPORT))


def _aids(diagnosis: Diagnosis) -> Page:
    rows = tuple(
        (
            aid.name,
            aid.id,
            AUDIENCES[aid.for_whom],
            aid.verdict,
            aid.nature,
            aid.funder,
            aid.desk,
            aid.desk_href or "",
            joined(aid.missing),
            joined(aid.doubts),
            aid.since,
            aid.until or "",
            aid.text,
            aid.text_href or "",
        )
        for aid in diagnosis.aids
    )
    titles = columns(
        "Aide", "Identifiant", "Pour qui", "Réponse", "Nature", "Financeur", "Guichet", "Adresse du guichet",
        "Faits à connaître", "À vérifier", "Depuis", "Jusqu’au", "Texte", "Adresse du texte",
    )  # fmt: skip
    about = "Aides non refusées ce jour-là ; le texte de chacune est sur sa ligne."
    return Page("Aides", f"Aides au {short_day(diagnosis.territory.on)}", about, titles, rows)


def _levers(levers: Levers) -> Page:
    rows = tuple(
        (
            tool.number,
            tool.name,
            tool.lever,
            Status(tool.status).label,
            joined(tool.reasons),
            joined(tool.missing),
            tool.since or "",
            joined(text.title for text in tool.texts),
            joined(tool.aids),
        )
        for tool in levers.tools
    )
    titles = columns(
        "N°", "Outil", "Levier", "Conseil", "Pourquoi", "Faits à connaître", "Fondé depuis", "Textes",
        "Aides",
    )  # fmt: skip
    about = f"Prérequis, volonté de co-construire un partenariat de long terme : {levers.precondition.label}."
    return Page("Leviers", "Leviers et outils", about, titles, rows, levers.fictitious)


def _support(found: Support, about: str) -> Page:
    rows = tuple(
        (
            one.label,
            one.ess,
            one.known,
            *(one.states.get(state, 0) for state in SUPPORT_WORDS),
            one.mean_km,
            share(one.population_within),
        )
        for one in found.networks
    )
    titles = columns(
        "Réseau", "Propre à l’ESS", "Lieux connus",
        *(f"Communes : {words}" for words in SUPPORT_WORDS.values()),
        "Distance moyenne (km)", f"Habitants à moins de {kilometres(found.near_km)}",
    )  # fmt: skip
    told = f"Accompagnement à l’ESS : {SUPPORT_WORDS[found.state]}. Distances à vol d’oiseau. {about}"
    return Page("Accompagnement", "Accompagnement", told, titles, rows)
