"""What a document given is, from its first bytes, never from its name; and a name that harms nobody."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from ancrage.errors import WorkspaceFileError

MOST_BYTES = 4_000_000
MOST_PARTS = 5_000
LONGEST_NAME = 120
ACCEPTED = "PDF, image (PNG, JPEG, WebP), texte, CSV, Word, Excel, PowerPoint ou LibreOffice, sans macros."
STARTS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)
OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_PARTS = {
    "word/document.xml": (f"{OFFICE}wordprocessingml.document", "docx"),
    "xl/workbook.xml": (f"{OFFICE}spreadsheetml.sheet", "xlsx"),
    "ppt/presentation.xml": (f"{OFFICE}presentationml.presentation", "pptx"),
}
OPEN = "application/vnd.oasis.opendocument."
OPEN_TYPES = {f"{OPEN}text": "odt", f"{OPEN}spreadsheet": "ods", f"{OPEN}presentation": "odp"}
ENDINGS = {
    **{mime: ending for _, mime, ending in STARTS},
    **dict(OFFICE_PARTS.values()),
    **OPEN_TYPES,
    "image/webp": "webp",
    "text/csv": "csv",
    "text/plain": "txt",
}
"""How the name of a document of each type ends."""
MARKUP = re.compile(r"\A\s*<(!doctype|html|\?xml|svg|script)", re.IGNORECASE)
UNSAFE = re.compile(r"[^\w .,()+'’-]")


@dataclass(frozen=True, slots=True)
class Given:
    """A document that may be kept: its name, its type as its bytes say it, its bytes."""

    filename: str
    mime: str
    written: bytes


def checked(name: str, written: bytes) -> Given:
    """A document as it may be kept. Raises :class:`WorkspaceFileError` for one that may not."""
    if not written:
        raise WorkspaceFileError("Ce fichier est vide.", "Choisissez-en un autre.")
    if len(written) > MOST_BYTES:
        raise WorkspaceFileError(
            f"Ce fichier dépasse {MOST_BYTES // 1_000_000} Mo.", "Réduisez-le, ou joignez-en une partie."
        )
    mime, ending = _kind(name, written)
    return Given(named(name, ending), mime, written)


def _kind(name: str, written: bytes) -> tuple[str, str]:
    for start, mime, ending in STARTS:
        if written.startswith(start):
            return mime, ending
    if written[:4] == b"RIFF" and written[8:12] == b"WEBP":
        return "image/webp", "webp"
    if written.startswith(b"PK\x03\x04"):
        return _package(written)
    if _is_text(written):
        csv = name.lower().endswith(".csv")
        return ("text/csv", "csv") if csv else ("text/plain", "txt")
    raise WorkspaceFileError("Ce type de fichier n’est pas accepté.", ACCEPTED)


def _package(written: bytes) -> tuple[str, str]:
    """What a package is, from the list of its parts; none of them is unpacked but a short one."""
    try:
        with zipfile.ZipFile(io.BytesIO(written)) as package:
            parts = package.infolist()
            names = {one.filename for one in parts}
            if len(parts) > MOST_PARTS or any("vbaproject" in one.lower() for one in names):
                raise WorkspaceFileError("Ce document porte des macros, ou trop de parties.", ACCEPTED)
            for part, found in OFFICE_PARTS.items():
                if {part, "[Content_Types].xml"} <= names:
                    return found
            told = _declared(package, parts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise WorkspaceFileError("Ce document est abîmé.", ACCEPTED) from error
    if told not in OPEN_TYPES or any(one.startswith(("Basic/", "Scripts/")) for one in names):
        raise WorkspaceFileError("Ce type de fichier n’est pas accepté.", ACCEPTED)
    return told, OPEN_TYPES[told]


def _declared(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> str:
    first = parts[0] if parts else None
    if first is None or first.filename != "mimetype" or first.file_size > 100:
        return ""
    return package.read(first).decode("ascii", "replace").strip()


def _is_text(written: bytes) -> bool:
    try:
        told = written.decode()
    except UnicodeDecodeError:
        return False
    controls = sum(unicodedata.category(one) == "Cc" and one not in "\t\r\n" for one in told[:100_000])
    return not controls and not MARKUP.match(told)


def named_as(name: str, mime: str) -> str:
    """A name for a document of a type. Raises :class:`WorkspaceFileError` for a type that is not accepted."""
    if mime not in ENDINGS:
        raise WorkspaceFileError("Ce type de fichier n’est pas accepté.", ACCEPTED)
    return named(name, ENDINGS[mime])


def named(name: str, ending: str) -> str:
    """The last part of a name, in plain characters, that ends as its type says."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = " ".join(UNSAFE.sub(" ", last).split()).strip(". ")
    stem = re.sub(rf"\.{ending}$|\.jpeg$", "", plain, flags=re.IGNORECASE).strip(". ")
    return f"{stem[:LONGEST_NAME] or 'document'}.{ending}"
