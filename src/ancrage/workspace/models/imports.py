"""A file that was imported: what it became, what was set aside, so that all of it can be taken back."""

from django.db import models

from ancrage.workspace.models.parts import InAtelier


class PlanImport(InAtelier):
    """An import; ``made``: kind and identifier of each row written; ``aside``: lines not taken, and why.

    Cells of the file are not kept here: they may hold names, and nothing of the journal may.
    """

    KIND = "import"
    name = models.CharField("fichier", max_length=200)
    how = models.CharField("lecture", max_length=500, blank=True, default="")
    lines = models.PositiveIntegerField("lignes")
    made = models.JSONField("objets écrits", default=list, blank=True)
    aside = models.JSONField("lignes mises de côté", default=list, blank=True)
    remarks = models.JSONField("remarques", default=list, blank=True)

    class Meta:
        """The last first."""

        verbose_name = "import d’un plan"
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        return self.name
