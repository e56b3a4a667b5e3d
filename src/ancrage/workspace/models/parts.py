"""What several tables share: an atelier, and a fact with two sides."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.journal.models import Recorded
from ancrage.reasoning import Verdict


class InAtelier(Recorded):
    """What belongs to an atelier."""

    atelier = models.ForeignKey(
        "workspace.Atelier", on_delete=models.PROTECT, related_name="+", verbose_name="atelier"
    )

    class Meta:
        """No table of its own."""

        abstract = True


class Reply(models.TextChoices):
    """What the other side said."""

    AWAITED = "attendue", "à vérifier"
    CONFIRMED = "confirmee", "confirmé"
    REFUSED = "refusee", "refusé"


class TwoSided(InAtelier):
    """What one organisation declares and another confirms; between the two it reads *à vérifier*."""

    declared_by = models.UUIDField("déclaré par")
    awaited_from = models.UUIDField("réponse attendue de", null=True, blank=True)
    reply = models.CharField("réponse", max_length=10, choices=Reply.choices, default=Reply.AWAITED)
    replied_by = models.UUIDField("répondu par", null=True, blank=True)
    replied_at = models.DateTimeField("répondu le", null=True, blank=True)
    reply_reason = models.TextField("motif de la réponse", blank=True, default="", max_length=2000)

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def verdict(self) -> Verdict:
        """Whether both sides say it."""
        said = {Reply.CONFIRMED: Verdict.OUI, Reply.REFUSED: Verdict.NON}
        return said.get(Reply(self.reply), Verdict.A_VERIFIER)

    def awaited(self) -> frozenset[str]:
        """Organisations whose answer is awaited."""
        return frozenset(map(str, self.answering())) if self.reply == Reply.AWAITED else frozenset()

    def answering(self) -> frozenset[UUID]:
        """Organisations that may answer, or answer otherwise: never the one that declares."""
        return frozenset({self.awaited_from} - {None, self.declared_by})  # type: ignore[arg-type]

    def parties(self) -> frozenset[UUID]:
        """Organisations it is about."""
        sides = (getattr(self, name, None) for name in ("organisation", "funder", "giver", "receiver"))
        return frozenset(one for one in (self.declared_by, self.awaited_from, *sides) if one)


def refuse_unordered(begin: object, end: object) -> None:
    """Raises ValidationError when the last day is before the first."""
    if begin and end and end < begin:  # type: ignore[operator]
        raise ValidationError({"end": "la fin est avant le début"})
