"""Addresses of the site: pages in French words, the API under its version."""

from django.urls import include, path

urlpatterns = [
    path("", include("ancrage.api.urls")),
    path("", include("ancrage.web.urls")),
]
handler404 = "ancrage.web.failures.not_found"
handler400 = "ancrage.web.failures.bad_request"
handler500 = "ancrage.web.failures.server_error"
