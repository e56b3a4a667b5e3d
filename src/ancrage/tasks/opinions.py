"""What visitors say of pages: counted by page and by month, and nothing else kept."""

from datetime import date

from django.db import transaction
from django.db.models import F

from ancrage.tasks.models import Opinion


def count(page: str, *, helped: bool, on: date) -> None:
    """Count that a page helped somebody, or did not."""
    column = "helped" if helped else "not_helped"
    with transaction.atomic():
        counted, _ = Opinion.objects.get_or_create(page=page, month=on.replace(day=1))
        Opinion.objects.filter(pk=counted.pk).update(**{column: F(column) + 1})
