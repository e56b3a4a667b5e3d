"""From which sources a table of a diagnosis comes, in words."""

from ancrage.diagnosis.model import Diagnosis, SourceUse

REGISTER = ("sirene", "liste-ess", "siae", "demonstration", "demo")
INCLUSION = ("siae", "demonstration", "demo")
OUTLINES = ("contours", "qpv")
SUPPORT = ("france-services", "fabriques", "manufactures", "mediation")


def origin(diagnosis: Diagnosis, families: tuple[str, ...]) -> str:
    """Sources whose identifier starts so, with their vintage; empty when none is named so."""
    used = [one for one in diagnosis.sources if one.id.startswith(families)]
    return f"Source : {' ; '.join(map(_cited, used))}." if used else ""


def _cited(source: SourceUse) -> str:
    vintage = f", {source.vintage}" if source.vintage else ""
    return f"{source.title}, {source.producer}{vintage} ({source.licence})"
