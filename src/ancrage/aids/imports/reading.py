"""From a file or an address to the aids it holds, whatever the format."""

from datetime import date
from pathlib import Path

from ancrage.aids.imports import aides_territoires, aides_territoires_api, dge, mte, territoires_entry
from ancrage.aids.imports.imported import Reading
from ancrage.aids.imports.texts import read_given, read_json
from ancrage.declarations.csv_text import first_line
from ancrage.declarations.tables import Table
from ancrage.errors import ImportFileError
from ancrage.repairs import GiveField
from ancrage.sources.catalogue import get_source

SOURCES = {"mte": mte.SOURCE, "dge": dge.SOURCE, "aides-territoires": territoires_entry.SOURCE}
"""Short names people type, and the declared source of each."""


def read_file(path: Path, *, on: date, source: str | None = None) -> Reading:
    """The aids of a file. ``source`` is a short name; the format is recognised when it is not given.

    Raises :class:`ImportFileError` naming the file, the line and the repair.
    """
    given = read_given(path)
    return read_content(given, path.name, on=on, source=source or recognised(given, path.name))


def read_content(given: str | Table, name: str, *, on: date, source: str) -> Reading:
    """The aids of a text, or of a sheet, of this source."""
    licence = get_source(SOURCES[source]).licence
    if source == "mte":
        return mte.read_mte(_text(given, name), name, licence=licence, on=on)
    if source == "dge":
        return dge.read_dge(given, name, licence=licence, on=on)
    if _is_json(given):
        pages = [read_json(_text(given, name), name)]
        return aides_territoires_api.read_pages(pages, name, licence=licence, on=on)
    return aides_territoires.read_export(given, name, licence=licence, on=on)


def recognised(given: str | Table, name: str) -> str:
    """Short name of the source whose format this is. Raises :class:`ImportFileError`."""
    if _is_json(given):
        document = read_json(_text(given, name), name)
        if isinstance(document, list) and any(_has(entry, "eligibilityData") for entry in document):
            return "mte"
        if any(_has(document, key) for key in aides_territoires_api.LISTS):
            return "aides-territoires"
    else:
        header = " ".join(given.columns) if isinstance(given, Table) else first_line(given)
        if "eligibilite_geographique" in header or "types_aides" in header:
            return "dge"
        if "Descriptif" in header or "Financeurs" in header:
            return "aides-territoires"
    raise ImportFileError(f"« {name} », ligne 1 : le format n'est pas reconnu.", FORMATS, SOURCE)


FORMATS = (
    "Formats lus : programmes JSON de Mission Transition Écologique, format d'échange CSV de la DGE, "
    "export CSV ou page JSON d'Aides-territoires. Si c'en est un, dites de qui il vient."
)
SOURCE = GiveField("source", ("PUBLIEUR",))


def _text(given: str | Table, name: str) -> str:
    if isinstance(given, Table):
        raise ImportFileError(f"« {name} », ligne 1 : c'est un classeur, pas un JSON.", FORMATS, SOURCE)
    return given


def _is_json(given: str | Table) -> bool:
    return isinstance(given, str) and given.lstrip().startswith(("{", "["))


def _has(entry: object, key: str) -> bool:
    return isinstance(entry, dict) and key in entry
