"""Addresses of the API: its resources, its description, its page, and the refusal of any other."""

from django.urls import path, re_path

from ancrage.api import pages
from ancrage.api.service import api

urlpatterns = [
    path("api/", pages.reading, name="api"),
    path("api/v1/openapi.json", pages.description, name="api-description"),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", pages.nothing),
]
