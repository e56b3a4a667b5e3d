"""Pages of the place: zonings and programmes, then the communes when their outlines are known."""

from collections.abc import Iterator, Mapping

from ancrage.diagnosis.model import Diagnosis, ZoningAnswer
from ancrage.language.days import short_day
from ancrage.reasoning import Verdict
from ancrage.reports.cartography import properties
from ancrage.reports.diagnosis.workbook.origins import OUTLINES, origin
from ancrage.reports.formats.workbook.page import Column, Page, Value, columns, joined, share

ZONINGS = columns(
    "Zonage ou programme", "Identifiant", "Nature", "Réponse",
    Column("Part de la population", "Part de la population du territoire dans des communes classées."),
    "Communes oui", "Communes non", "Communes partiel", "Communes à vérifier", "Précisions", "Motif",
    "Depuis", "Jusqu’au", "Texte", "Texte lu", "Adresse du texte", "Source", "Millésime",
)  # fmt: skip


def place_pages(diagnosis: Diagnosis) -> Iterator[Page]:
    """Zonings always; communes only where the diagnosis names them."""
    yield Page(
        "Zonages",
        f"Zonages et programmes au {short_day(diagnosis.territory.on)}",
        "Source et millésime de chaque réponse : deux dernières colonnes.",
        ZONINGS,
        tuple(_zoning(one) for one in diagnosis.zonings),
    )
    if diagnosis.outline and diagnosis.outline.communes:
        names = tuple(Column(one.label, one.reason) for one in diagnosis.zonings)
        rows = tuple(_commune(diagnosis, properties(one)) for one in diagnosis.outline.communes)
        about = f"Communes dessinées. {origin(diagnosis, OUTLINES)}"
        yield Page("Communes", "Communes et zonages", about, (*columns("Commune", "Code"), *names), rows)


def _zoning(one: ZoningAnswer) -> tuple[Value, ...]:
    text = one.text
    return (
        one.label,
        one.id,
        one.kind,
        one.verdict,
        share(one.share),
        one.communes.oui,
        one.communes.non,
        one.communes.partiel,
        one.communes.a_verifier,
        joined(one.details),
        one.reason,
        one.since or "",
        one.until or "",
        text.title if text else "non renseigné",
        text is not None and text.status == "lu",
        (text.href if text else None) or "",
        one.source or "aucune liste ne répond",
        one.vintage,
    )


def _commune(diagnosis: Diagnosis, about: Mapping[str, object]) -> tuple[Value, ...]:
    told = about.get("verdicts")
    verdicts = told if isinstance(told, Mapping) else {}
    answers = (verdict_of(verdicts.get(one.id)) for one in diagnosis.zonings)
    return (str(about.get("name", "")), str(about.get("code", "")), *answers)


def verdict_of(value: object) -> Verdict | None:
    """A verdict written in the properties of a commune."""
    return Verdict(value) if isinstance(value, str) and value in set(Verdict) else None
