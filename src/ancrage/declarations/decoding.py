"""From bytes to text: the declared encoding first, then those public files use, and the fallback is said."""

import codecs
import re
from dataclasses import dataclass

BROKEN = "\ufffd"
RARE = 10
"""Sound accents for a broken byte, from which a text is UTF-8."""
_ACCENT = re.compile(r"[^\x00-\x7f]")
# cp1252 before latin-1: latin-1 never fails, but reads the « œ » and « € » of Windows files as control codes.
FALLBACKS = ("utf-8-sig", "cp1252", "latin-1")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that read it, and a French remark when it is not the declared one."""

    text: str
    encoding: str
    remark: str = ""


def decode(content: bytes, declared: str) -> Decoded:
    """Read bytes as text; a byte order mark is dropped without a remark.

    A few broken bytes in UTF-8 are marked and told: another encoding would spoil every accent of the file.
    Raises :class:`UnicodeDecodeError` for damaged UTF-16.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _told(content, "utf-16", declared)
    first = "utf-8-sig" if declared.lower().replace("_", "-") in {"utf-8", "utf8"} else declared
    for encoding in (first, *FALLBACKS):
        try:
            return _told(content, encoding, first)
        except UnicodeDecodeError:
            if mended := _mended(content) if encoding == "utf-8-sig" else None:
                return mended
    raise AssertionError("latin-1 reads any bytes")


def _mended(content: bytes) -> Decoded | None:
    """UTF-8 whose broken bytes are rare beside its accents; ``None`` when it is likely something else."""
    text = content.decode("utf-8-sig", "replace")
    broken = text.count(BROKEN)
    accents = sum(1 for _ in _ACCENT.finditer(text)) - broken
    if accents < RARE * broken:
        return None
    words = "octet illisible, remplacé" if broken == 1 else "octets illisibles, remplacés"
    return Decoded(text, "utf-8-sig", f"{broken} {words} par {BROKEN}")


def _told(content: bytes, encoding: str, declared: str) -> Decoded:
    text = content.decode(encoding)
    remark = "" if encoding == declared else f"encodage {encoding} au lieu de {declared.removesuffix('-sig')}"
    return Decoded(text, encoding, remark)
