"""The blank zones as they are lived: needs told in a territory, and those nobody met.

Every count is given by fives, from below, and none under five: neither a small count nor a difference between
two tells of one person.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from ancrage.contacts.needs import directory
from ancrage.contacts.unmet import STEP, Lived, LivedNeeds
from ancrage.needs.models import HELPING, Asked, Need, Outcome, Stage
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory

FIELDS = {
    Kind.COMMUNE: "commune",
    Kind.EPCI: "epci",
    Kind.DEPARTEMENT: "departement",
    Kind.REGION: "region",
}
BELOW = {Kind.FRANCE: Kind.REGION, Kind.REGION: Kind.DEPARTEMENT, Kind.DEPARTEMENT: Kind.EPCI}
"""The level at which a territory is told part by part."""
Pair = tuple[str, bool]
"""What a need is counted under, and whether nobody met it."""


def read_lived(atlas: Atlas, territory: Territory) -> LivedNeeds:
    """What was asked there and what nobody met.

    A need that waits for an answer is not unmet, nor one of which nobody said what was told on the telephone.
    """
    found = list(_there(atlas, territory).values_list("kind", "pk", "unmet", *FIELDS.values()))
    columns = {name: rank for rank, name in enumerate(("kind", "pk", "unmet", *FIELDS.values()))}
    labels = {one.id: one.label for one in directory().needs}
    kinds = dict.fromkeys(labels, (0, 0))  # all of them: one that is left out would say that nobody asked
    kinds |= _counted((row[columns["kind"]], row[columns["unmet"]]) for row in found)
    below = BELOW.get(territory.kind)
    parts: tuple[Lived, ...] = ()
    if below:
        at = columns[FIELDS[below]]
        told = _counted((row[at], row[columns["unmet"]]) for row in found if row[at])
        parts = tuple(one for one in _lines(told, _namer(atlas, below, territory.vintage)) if one.told)
    (whole,) = _lines(
        _counted(("", row[columns["unmet"]]) for row in found) or {"": (0, 0)}, lambda _: "En tout"
    )
    return LivedNeeds(whole, tuple(_lines(kinds, lambda kind: labels.get(kind, kind))), parts)


def _there(atlas: Atlas, territory: Territory) -> QuerySet[Need]:
    helped = Asked.objects.filter(need=OuterRef("pk"), stage__in=HELPING)
    waits = Asked.objects.filter(need=OuterRef("pk"), stage__in=(Stage.ENVOYEE, Stage.A_JOINDRE))
    met, waiting = Q(outcome=Outcome.AIDEE) | Q(Exists(helped)), Q(ended_at=None) & Q(Exists(waits))
    confirmed = Need.objects.exclude(confirmed_at=None).annotate(unmet=~met & ~waiting)
    if territory.kind is Kind.FRANCE:
        return confirmed
    if field := FIELDS.get(territory.kind):
        return confirmed.filter(**{field: territory.code.code})
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(f"SELECT c.code FROM commune c WHERE {where}", parameters)
    return confirmed.filter(commune__in=[row["code"] for row in rows])


def _counted(pairs: Iterable[Pair]) -> dict[str, tuple[int, int]]:
    told, unmet = Counter[str](), Counter[str]()
    for key, missed in pairs:
        told[key] += 1
        unmet[key] += missed
    return {key: (number, unmet[key]) for key, number in told.most_common()}


def _lines(counts: dict[str, tuple[int, int]], label: Callable[[str], str]) -> list[Lived]:
    """In the order of what is shown: two counts that read the same do not tell which is the larger."""
    lines = [Lived(key, label(key), by_fives(told), by_fives(unmet)) for key, (told, unmet) in counts.items()]
    return sorted(lines, key=lambda one: (-(one.told or 0), -(one.unmet or 0), one.label))


def by_fives(number: int) -> int | None:
    """A count as it may be told: a multiple of five, from below; ``None`` under five."""
    return number - number % STEP or None


def _namer(atlas: Atlas, kind: Kind, vintage: int) -> Callable[[str], str]:
    return lambda code: str((atlas.unit(kind, code, vintage) or {}).get("name") or code)
