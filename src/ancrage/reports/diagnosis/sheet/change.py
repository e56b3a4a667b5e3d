"""How the ESS of a territory changes: births and closures, then how long structures last."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.diagnosis.sheet.fabric import years_section
from ancrage.reports.diagnosis.sheet.methods import survival_section
from ancrage.reports.sheet import Section


def change_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """Those that the diagnosis has something to say of."""
    yield from years_section(diagnosis)
    yield from survival_section(diagnosis)
