"""What a table refuses besides, in the database itself: an order an engine, put in place with the door."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """A refusal that holds whatever writes; ``name`` ends the names of its triggers.

    ``sqlite``: a condition on ``OLD`` and ``NEW`` as they stand after a change. ``postgresql``: the same.
    ``when``: which rows are looked at. ``said``: the refusal, in French.
    """

    name: str
    when: str
    sqlite: str
    postgresql: str
    said: str
