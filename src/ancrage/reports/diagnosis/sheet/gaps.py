"""What the diagnosis lacks.

The commands that bring the missing pieces stay in the terminal and the JSON: a report is read, not typed.
"""

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.sheet import Grid, Paragraph, Section

TITLE = "Ce qui manque"


def missing_section(diagnosis: Diagnosis) -> Section:
    """Each missing piece and why."""
    if not diagnosis.missing:
        nothing = Paragraph("Rien de ce que ce diagnostic cherche ne manque.")
        return Section("manques", TITLE, (nothing,))
    rows = tuple((piece.subject, piece.why) for piece in diagnosis.missing)
    return Section("manques", TITLE, (Grid(TITLE, ("Sujet", "Pourquoi"), rows),))
