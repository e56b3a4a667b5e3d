"""Addresses of introductions: those of the space, and the one by which who has no account answers."""

from django.urls import path

from ancrage.web.introductions import answering, asking, letters, reading

urlpatterns = [
    path("espace/mises-en-relation/", reading.listing, name="introductions"),
    path("espace/mises-en-relation/demander/", asking.form, name="introduction-ask"),
    path("espace/mises-en-relation/<uuid:identifier>/", reading.show, name="introduction"),
    path("espace/mises-en-relation/<uuid:identifier>/lettre/", letters.letters, name="introduction-letter"),
    path("mises-en-relation/<str:token>/", answering.answer, name="introduction-answer"),
]
