"""The tasks as Django knows them."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Work in progress and its results."""

    name = "ancrage.tasks"
    label = "tasks"
