"""Messages about shared projects, outside the journal as all messages are: how far each has come."""

from django.db import models

from ancrage.alerts.models import Outgoing
from ancrage.workspace.models.atelier import Atelier
from ancrage.workspace.models.pooling import ProjectInvitation


class ProjectLetter(Outgoing):
    """An invitation as it is told to one person who may engage an invited atelier, once.

    ``person``: hers, whose address is read when it leaves.
    """

    invitation = models.ForeignKey(ProjectInvitation, on_delete=models.PROTECT, related_name="letters")
    atelier = models.ForeignKey(Atelier, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        """Never twice."""

        constraints = (
            models.UniqueConstraint(fields=["invitation", "person"], name="one_letter_an_invitation"),
        )
        indexes = (models.Index(fields=["state", "next_at"], name="project_letter_to_send"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
