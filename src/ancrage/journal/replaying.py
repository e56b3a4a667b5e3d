"""The journal played again on an empty base gives the base, row for row."""

from collections.abc import Iterable
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, transaction

from ancrage.journal.models import Line, Recorded
from ancrage.journal.past import told_into
from ancrage.journal.registry import recorded


def replay(lines: Iterable[Line]) -> int:
    """Write lines and rows again, in order, through the same triggers; gives the number of lines."""
    models = {model.kind(): model for model in recorded()}
    rows: dict[tuple[str, UUID], Recorded] = {}
    with transaction.atomic():
        for line in lines:
            line.save(force_insert=True)
            key = (line.object_kind, line.object_id)
            row = rows.setdefault(key, models[line.object_kind](id=line.object_id))
            told_into(row, line)
            row.save(force_insert=line.version == 1, force_update=line.version > 1)
        number_on()
    return Line.objects.count()


def number_on() -> None:
    """Let the next line take the number after the last: PostgreSQL counts apart from the table."""
    with connection.cursor() as cursor:
        for order in connection.ops.sequence_reset_sql(no_style(), [Line]):
            cursor.execute(order)
