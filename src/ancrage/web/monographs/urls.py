"""Addresses of the monographs."""

from django.urls import path

from ancrage.web.monographs import views

urlpatterns = [
    path("monographies/", views.index, name="monographs"),
    path("monographies/volume.md", views.volume_file, name="monographs-volume"),
    path("monographies/semblables/", views.alike, name="monographs-alike"),
    path("monographies/<str:identifier>/", views.show, name="monograph"),
]
