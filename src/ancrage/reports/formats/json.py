"""An answer as its JSON document: the same keys on every face, those of the API."""

import json

from ancrage.reports.topic import Telling


def write(telling: Telling) -> str:
    """The document, indented for people. Raises :class:`ValueError` for NaN and infinity."""
    return json.dumps(telling.document, ensure_ascii=False, indent=2, allow_nan=False)
