"""The territories an address compares."""

from datetime import date

from django.http import HttpRequest

from ancrage.desk.asking import territory_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.diagnosis.model import Diagnosis
from ancrage.edition.opened import Opened
from ancrage.errors import SetDefinitionError

MOST_COMPARED = 4


def asked_codes(request: HttpRequest) -> list[str]:
    """Codes of ``?t=``, once each. Raises :class:`SetDefinitionError` for more than ``MOST_COMPARED``."""
    asked = list(dict.fromkeys(code.strip() for code in request.GET.getlist("t") if code.strip()))
    if len(asked) > MOST_COMPARED:
        raise SetDefinitionError(
            f"{len(asked)} territoires sont demandés ; la comparaison en tient {MOST_COMPARED}.",
            "Retirez-en, ou comparez-les en plusieurs fois.",
        )
    return asked


def compared(request: HttpRequest, now: Opened, on: date) -> list[Diagnosis]:
    """Their diagnoses on a day, in the order asked."""
    return [diagnosis_of(now, territory_of(now, code, on=on)) for code in asked_codes(request)]
