"""Documents joined to what is written. The journal keeps their digest; their bytes are apart, in this base.

In the base, hence in every backup, and out of reach of any server of files.
"""

from django.db import models

from ancrage.workspace.models.parts import InAtelier


class Attachment(InAtelier):
    """A document joined to an action, a decision, a contribution or a convention."""

    KIND = "piece"
    about_kind = models.CharField("objet", max_length=60)
    about = models.UUIDField("identifiant de l’objet")
    title = models.CharField("ce que c’est", max_length=250)
    filename = models.CharField("fichier", max_length=160)
    mime = models.CharField("type", max_length=120)
    size = models.PositiveIntegerField("taille")
    digest = models.CharField("empreinte SHA-256", max_length=64)
    joined_by = models.UUIDField("joint pour", null=True, blank=True)

    class Meta:
        """In the order they were joined."""

        verbose_name = "pièce jointe"
        ordering = ("created_at", "id")


class Content(models.Model):
    """The bytes of a document, by their digest, in an atelier: another atelier has its own."""

    atelier_id = models.UUIDField("atelier")
    digest = models.CharField("empreinte SHA-256", max_length=64)
    written = models.BinaryField("contenu")

    class Meta:
        """Once an atelier."""

        constraints = (models.UniqueConstraint(fields=["atelier_id", "digest"], name="one_content_a_digest"),)

    def __str__(self) -> str:
        return self.digest
