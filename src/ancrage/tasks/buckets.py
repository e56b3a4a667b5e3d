"""Rates counted in the database: every process and every machine that shares it counts in the same bucket."""

import time
from collections.abc import Callable

from django.db import transaction

from ancrage.tasks.models import Bucket

Pour = Callable[[float, float], tuple[float, float]]
"""Of a bucket and of now, what the bucket becomes, and by how many seconds it overflows (0: it does not)."""


def locked(key: str) -> Bucket:
    """A bucket that nobody else may touch before the end of the transaction."""
    Bucket.objects.bulk_create([Bucket(key=key)], ignore_conflicts=True)
    return Bucket.objects.select_for_update().get(pk=key)


def take(key: str, pour: Pour) -> float:
    """Pour into the bucket of a key; gives the seconds it overflows by."""
    with transaction.atomic():
        bucket = locked(key)
        full_until, over = pour(bucket.full_until, time.time())
        Bucket.objects.filter(pk=key).update(full_until=full_until)
    return over


def empty() -> None:
    """Forget the buckets that are empty."""
    Bucket.objects.filter(full_until__lt=time.time()).delete()
