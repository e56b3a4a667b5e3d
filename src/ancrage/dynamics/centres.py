"""Centres of the EPCI as ANCT publishes them: what stands in for outlines that were not synchronised."""

from ancrage.dynamics.neighbours import Centres
from ancrage.sources.catalogue import get_source
from ancrage.sources.reading import read_geojson
from ancrage.sources.snapshots import SnapshotStore

SOURCE = "epci-2025-centres"


def epci_centres(store: SnapshotStore) -> Centres | None:
    """Longitude and latitude by SIREN of the EPCI (degrees), or ``None`` when not synchronised.

    An EPT of Greater Paris bears the SIREN of the Métropole beside its own: it is left out.
    """
    (resource,) = get_source(SOURCE).resources
    found = store.latest(SOURCE, resource.id)
    if found is None:
        return None
    return {
        str(properties["siren_epci"]): (float(geometry["coordinates"][0]), float(geometry["coordinates"][1]))
        for path in found.files
        for properties, geometry in read_geojson(path, resource)
        if geometry and not properties["siren_ept"]
    }
