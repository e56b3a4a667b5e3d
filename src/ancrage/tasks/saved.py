"""What a backup holds: every table of this base, but those named here with the reason they are not kept."""

from graphlib import TopologicalSorter

from django.apps import apps
from django.db import models

LEFT_OUT = {
    "contenttypes.contenttype": "Django la remplit elle-même.",
    "django_tasks_db.dbtaskresult": "La file : les travaux en vie y sont remis par la restauration.",
    "tasks.workerbeat": "Qui travaille en ce moment.",
    "tasks.bucket": "Ce qu'un visiteur a demandé cette minute.",
    "sessions.session": "La table de Django : les nôtres sont people.opensession.",
    "people.opensession": "Une session ouverte se rouvre : elle n'est pas à copier.",
    "auth.permission": "Django la remplit elle-même.",
}


def saved() -> tuple[type[models.Model], ...]:
    """Every table saved, those that others refer to first."""
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    graph = {model: {to for to in _linked(model) if to is not model and to in kept} for model in kept}
    return tuple(TopologicalSorter(graph).static_order())


def _linked(model: type[models.Model]) -> set[type[models.Model]]:
    return {found for field in model._meta.concrete_fields if (found := field.related_model)}
