"""What territories like that of an atelier publish: a few cases to start from, told on its page."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Max

from ancrage.cases.case import Case, Sort
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError
from ancrage.questions.cases import CasesQuestion
from ancrage.questions.question import Asking
from ancrage.web.space.atelier.shared import Inside
from ancrage.workspace.models import PublishedCase

FEW = 3


def cases_alike(inside: Inside) -> Sequence[tuple[Case, float]]:
    """Cases of other ateliers, of the territories most like this one; asked again when one is written."""
    if inside.past:
        return ()
    seen = PublishedCase.objects.aggregate(n=Count("pk"), new=Max("created_at"), out=Max("retired_at"))
    now = opened()
    key = (now.edition, now.today, *seen.values())
    return _found(key, inside.atelier.pk, inside.atelier.territory)


@lru_cache(maxsize=256)
def _found(_key: tuple[object, ...], atelier: UUID, territory: str) -> tuple[tuple[Case, float], ...]:
    now = opened()
    own = set(map(str, PublishedCase.objects.filter(atelier=atelier).values_list("pk", flat=True)))
    try:
        answer = CasesQuestion(territory=territory).answer(Asking(now, now.today))
    except AncrageError:
        return ()
    others = [
        (one, far)
        for one, far in answer.facts.found
        if far is not None and one.sort is not Sort.STUDIED and one.id not in own
    ]
    return tuple(others[:FEW])
