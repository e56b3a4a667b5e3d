"""Addresses of background tasks."""

from django.urls import path

from ancrage.web.tasks import views

urlpatterns = [
    path("travaux/", views.tasks, name="tasks"),
    path("travaux/<uuid:identifier>/", views.show, name="task"),
    path("travaux/<uuid:identifier>/etat/", views.state, name="task-state"),
    path("travaux/<uuid:identifier>/annuler/", views.give_up, name="task-cancel"),
    path("travaux/<uuid:identifier>/resultat/", views.result, name="task-result"),
]
