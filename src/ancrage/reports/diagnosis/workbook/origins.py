"""From which sources a page of a diagnosis comes, in words."""

from ancrage.diagnosis.model import Diagnosis, SourceUse

PLACES = ("cog",)
REGISTER = ("sirene", "liste-ess", "siae", "demonstration", "demo")
INCLUSION = ("siae", "demonstration", "demo")
OUTLINES = ("contours", "qpv")
SUPPORT = ("france-services", "fabriques", "manufactures", "mediation")
ALL_SOURCES = "Sources et millésimes : feuille « Sources »."


def origin(diagnosis: Diagnosis, families: tuple[str, ...]) -> str:
    """Sources whose identifier starts so, with their vintage; the page of sources when none is named so."""
    used = [one for one in diagnosis.sources if one.id.startswith(families)]
    return f"Source : {' ; '.join(map(_cited, used))}." if used else ALL_SOURCES


def _cited(source: SourceUse) -> str:
    vintage = f", {source.vintage}" if source.vintage else ""
    return f"{source.title}, {source.producer}{vintage} ({source.licence})"
