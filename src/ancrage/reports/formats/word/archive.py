"""The archive of a document, without the clock of whoever made it: the same content gives the same bytes."""

import io
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def undated(document: bytes) -> bytes:
    """The same files in the same order, all of the first day that an archive can tell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return out.getvalue()
