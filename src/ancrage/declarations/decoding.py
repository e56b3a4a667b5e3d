"""From bytes to text: the declared encoding first, then those public files use, and the fallback is said."""

import codecs
from dataclasses import dataclass

# cp1252 before latin-1: latin-1 never fails, but reads the « œ » and « € » of Windows files as control codes.
FALLBACKS = ("utf-8-sig", "cp1252", "latin-1")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that read it, and a French remark when it is not the declared one."""

    text: str
    encoding: str
    remark: str = ""


def decode(content: bytes, declared: str) -> Decoded:
    """Read bytes as text; a byte order mark is dropped without a remark."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _told(content, "utf-16", declared)
    first = "utf-8-sig" if declared.lower().replace("_", "-") in {"utf-8", "utf8"} else declared
    for encoding in (first, *FALLBACKS):
        try:
            return _told(content, encoding, first)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads any bytes")


def _told(content: bytes, encoding: str, declared: str) -> Decoded:
    text = content.decode(encoding)
    remark = "" if encoding == declared else f"encodage {encoding} au lieu de {declared.removesuffix('-sig')}"
    return Decoded(text, encoding, remark)
