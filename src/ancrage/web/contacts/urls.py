"""Addresses of who can help."""

from django.urls import path

from ancrage.web.contacts import views

urlpatterns = [
    path("aide-pres-de-chez-vous/", views.index, name="help"),
    path("territoires/<str:code>/accompagnement/", views.show, name="territory-help"),
]
