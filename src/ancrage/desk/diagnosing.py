"""Diagnoses made for pages and files: a page and its downloads share one."""

from ancrage.diagnosis.model import Diagnosis
from ancrage.edition.opened import Opened
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.question import Asking
from ancrage.territories.territory import Territory


def diagnosis_of(now: Opened, territory: Territory) -> Diagnosis:
    """The whole diagnosis of a territory on its day, with its outline."""
    return diagnosed(Asking(now, now.today), territory, outlined=True)
