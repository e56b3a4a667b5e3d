"""What people say of something written."""

from django.db import models

from ancrage.workspace.models.parts import InAtelier


class Comment(InAtelier):
    """A remark on anything of the atelier, answered, then resolved."""

    KIND = "commentaire"
    about_kind = models.CharField("objet", max_length=60)
    about = models.UUIDField("identifiant de l’objet")
    author = models.UUIDField("auteur")
    on_behalf_of = models.UUIDField("organisation", null=True, blank=True)
    text = models.TextField("commentaire", max_length=4000)
    resolved_at = models.DateTimeField("résolu le", null=True, blank=True)

    class Meta:
        """In the order they were said."""

        verbose_name = "commentaire"
        ordering = ("created_at", "id")
