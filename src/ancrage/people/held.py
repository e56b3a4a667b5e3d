"""An atelier has who holds it (*porteur*) at every moment: the database itself refuses to lose the last."""

from ancrage.journal.guards import Guard
from ancrage.people.roles import Role

TABLE = "people_habilitation"
HELD = (
    "{one}.atelier_id = OLD.atelier_id AND {one}.role = '" + Role.PORTEUR + "' AND {one}.retired_at IS NULL"
)
"""A role of porteur of the same atelier, whenever."""
SOMEBODY = f"EXISTS (SELECT 1 FROM {TABLE} r WHERE {HELD.format(one='r')} AND {{}})"
FOLLOWED = (
    f"EXISTS (SELECT 1 FROM {TABLE} s WHERE {HELD.format(one='s')} AND s.since <= {{next}}"
    " AND (s.until IS NULL OR s.until >= {next}))"
)


def _lost(following: str) -> str:
    """Nobody for ever, nobody at the beginning, or a day that nobody holds after one stops.

    ``following``: the day after ``r.until``, in the words of an engine.
    """
    for_ever = SOMEBODY.format("r.until IS NULL")
    as_early = SOMEBODY.format("r.since <= OLD.since")
    gap = SOMEBODY.format(f"r.until IS NOT NULL AND NOT {FOLLOWED.format(next=following)}")
    return f"(NOT {for_ever} OR NOT {as_early} OR {gap})"


ALWAYS_HELD = Guard(
    name="porteur",
    when=f"OLD.role = '{Role.PORTEUR}' AND OLD.retired_at IS NULL",
    sqlite=_lost("date(r.until, '+1 day')"),
    postgresql=_lost("(r.until + 1)"),
    said="ancrage : un atelier a un porteur à chaque moment",
)
