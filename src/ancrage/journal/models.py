"""A line of the journal, and what every recorded row has."""

import uuid
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from ancrage.journal.columns import CanonicalField
from ancrage.journal.guards import Guard

HOUSE = uuid.UUID(int=0)
"""The chain of what belongs to no atelier: organisations, memberships."""


class Line(models.Model):
    """One row created, changed or retired: who, for whom, when, what, from what to what, and why.

    ``before`` and ``after`` hold the fields that changed only; all of them when the row is new. ``chain`` is
    the atelier, or :data:`HOUSE`; ``rank`` counts the lines of a chain from 1. ``command`` is what the lines
    of one act share, ``key`` the mark of the form it came from. ``actor`` leads to nobody by itself.
    """

    seq = models.BigAutoField(primary_key=True)
    chain = models.UUIDField()
    rank = models.PositiveBigIntegerField()
    command = models.UUIDField()
    key = models.CharField(max_length=64, default="", blank=True)
    at = models.DateTimeField()
    actor = models.UUIDField()
    on_behalf_of = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.UUIDField()
    version = models.PositiveIntegerField()
    before: "models.Field[Any, Any]" = CanonicalField()
    after: "models.Field[Any, Any]" = CanonicalField()
    reason = models.TextField(default="", blank=True)
    previous_digest = models.CharField(max_length=64, default="", blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """One line a version of an object, one a rank of a chain."""

        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(
                fields=["object_kind", "object_id", "version"], name="one_line_a_version"
            ),
            models.UniqueConstraint(fields=["chain", "rank"], name="one_line_a_rank"),
        )
        indexes = (
            models.Index(fields=["chain", "object_kind", "seq"], name="line_by_kind"),
            models.Index(fields=["key"], name="line_by_form", condition=~models.Q(key="")),
        )

    def __str__(self) -> str:
        return f"{self.rank} {self.verb} {self.object_kind} {self.object_id} v{self.version}"


Row = TypeVar("Row", bound="Recorded", covariant=True)


class RecordedQuerySet(models.QuerySet[Row]):
    """Rows as they are now."""

    def live(self) -> Self:
        """Those nobody retired."""
        return self.filter(retired_at=None)


class Recorded(models.Model):
    """A row written through the journal only, never deleted; ``KIND`` is its noun there, for ever."""

    KIND: ClassVar[str] = ""
    GUARDS: ClassVar[tuple[Guard, ...]] = ()
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_reason = models.TextField("motif du retrait", default="", blank=True, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    @classmethod
    def kind(cls) -> str:
        """What the journal calls such a row."""
        return cls.KIND or str(cls._meta.model_name)

    @property
    def live(self) -> bool:
        """Whether nobody retired it."""
        return self.retired_at is None

    def chain(self) -> uuid.UUID:
        """The chain of its lines: its atelier when it has one."""
        return getattr(self, "atelier_id", None) or HOUSE
