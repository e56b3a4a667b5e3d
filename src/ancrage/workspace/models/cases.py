"""Cases an atelier lets anybody read: each a text frozen the day it is published, withdrawn with a reason."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.cases.case import SORTS, STAGES, Sort
from ancrage.cases.privacy import faults
from ancrage.grid.criteria import criteria
from ancrage.workspace.models.money import amount
from ancrage.workspace.models.parts import InAtelier, refuse_unordered
from ancrage.workspace.models.plan import TOOLS, Action, refuse_numbers
from ancrage.workspace.states import State

TEXTS = ("title", "text", "learnt", "publics", "link")


class PublishedCase(InAtelier):
    """What anybody may read of an action; ``place``: the code of the atelier's territory, with name and day.

    ``shares``: who brings what, as it stood. A case never changes: another takes its place.
    """

    KIND = "cas"
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="cases", verbose_name="action")
    sort = models.CharField(
        "ce que c’est",
        max_length=10,
        choices=[(one.value, SORTS[one]) for one in (Sort.ACTION, Sort.CAMPAIGN)],
        default=Sort.ACTION.value,
    )
    title = models.CharField("titre", max_length=250)
    text = models.TextField("ce qui est fait", max_length=8000)
    learnt = models.TextField("ce qui en a été appris", max_length=4000, blank=True, default="")
    publics = models.CharField("publics", max_length=500, blank=True, default="")
    tools = models.JSONField("outils", default=list, blank=True)
    criteria = models.JSONField("critères de la grille", default=list, blank=True)
    state = models.CharField("état", max_length=20, choices=State.choices)
    begin = models.DateField("début", null=True, blank=True)
    end = models.DateField("fin", null=True, blank=True)
    place = models.CharField("territoire", max_length=40)
    place_name = models.CharField("nom du territoire", max_length=250)
    place_on = models.DateField("jour du territoire")
    shares = models.JSONField("qui apporte quoi", default=list, blank=True)
    stage = models.CharField(
        "où en est la campagne",
        max_length=12,
        blank=True,
        default="",
        choices=[(one.value, told) for one, told in STAGES.items()],
    )
    goal = amount("objectif de la campagne")
    ends = models.DateField("fin de la campagne", null=True, blank=True)
    link = models.URLField("page de la campagne", max_length=500, blank=True, default="")

    class Meta:
        """The last first; one live case an action."""

        verbose_name = "cas publié"
        ordering = ("-created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["action"],
                condition=models.Q(retired_at=None),
                name="one_live_case_an_action",
                violation_error_message="un cas de cette action est déjà publié",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Tools and criteria exist, days follow each other, nothing leads to a person."""
        refuse_numbers("tools", self.tools, TOOLS)
        refuse_unordered(self.begin, self.end)
        wrong: dict[str, str] = {}
        for name in TEXTS:
            if told := next(faults(str(getattr(self, name))), ""):
                wrong[name] = told
        if not set(self.criteria) <= {one.id for one in criteria()}:
            wrong["criteria"] = "des critères de la grille, chacun une fois"
        if self.link and not self.link.startswith(("https://", "http://")):
            wrong["link"] = "une adresse de page, en https://"
        if self.sort == Sort.CAMPAIGN and not self.stage:
            wrong["stage"] = "dites où en est la campagne"
        if wrong:
            raise ValidationError(wrong)


class PublishedPlan(InAtelier):
    """A plan by lever, that others may compare with theirs: numbers only, frozen the day they are published.

    ``rows``: by lever, actions, those done, amounts as text (empty: unknown); ``actions``: all of them.
    """

    KIND = "plan_publie"
    place = models.CharField("territoire", max_length=40)
    place_name = models.CharField("nom du territoire", max_length=250)
    place_on = models.DateField("jour du territoire")
    actions = models.PositiveIntegerField("actions")
    rows = models.JSONField("par levier", default=list)

    class Meta:
        """The last first; one an atelier."""

        verbose_name = "plan publié"
        ordering = ("-created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["atelier"],
                condition=models.Q(retired_at=None),
                name="one_live_plan_an_atelier",
                violation_error_message="le plan de cet atelier est déjà publié",
            ),
        )


class CampaignReading(InAtelier):
    """What a campaign had gathered a day, where it was read; public with the case of its action."""

    KIND = "releve_campagne"
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="campaign_readings", verbose_name="action"
    )
    on = models.DateField("jour du relevé")
    gathered = models.DecimalField("réuni", max_digits=14, decimal_places=2)
    backers = models.PositiveIntegerField("personnes qui ont donné", null=True, blank=True)
    source = models.CharField("lu où", max_length=250)
    link = models.URLField("page où c’est lu", max_length=500, blank=True, default="")

    class Meta:
        """By day, one a day."""

        verbose_name = "relevé d’une campagne"
        ordering = ("on", "created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["action", "on"],
                condition=models.Q(retired_at=None),
                name="one_live_reading_a_day",
                violation_error_message="un relevé de ce jour est déjà écrit : corrigez-le",
            ),
        )

    def clean(self) -> None:
        """Nothing is negative, nothing leads to a person."""
        wrong = {"gathered": "un montant positif"} if (self.gathered or 0) < 0 else {}
        if told := next(faults(self.source), ""):
            wrong["source"] = told
        if self.link and not self.link.startswith(("https://", "http://")):
            wrong["link"] = "une adresse de page, en https://"
        if wrong:
            raise ValidationError(wrong)
