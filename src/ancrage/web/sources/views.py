"""Every public data set: who publishes it, under which licence, and what is here of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.sources.catalogue import load_catalogue
from ancrage.sources.location import data_directory
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.status import status
from ancrage.web.sources.absence import absence_of


@kept
def index(request: HttpRequest) -> HttpResponse:
    """The list, with what the edition in force took of each."""
    now = opened()
    catalogue = load_catalogue()
    used = {row["id"]: row for row in now.atlas.warehouse.manifest["sources"]}
    found = status(catalogue.values(), SnapshotStore(data_directory()), on=now.today)
    told = {
        "catalogue": sorted(catalogue.values(), key=lambda source: source.title),
        "used": used,
        "resources": found,
        "changes": {name: absence_of(name) for name in catalogue},
        "built": now.atlas.warehouse.manifest.get("built_at", ""),
        "fictitious": any(row.get("fictitious") for row in used.values()),
    }
    return render(request, "sources/index.html.j2", told)
