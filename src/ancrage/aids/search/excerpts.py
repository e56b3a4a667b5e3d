"""Where the words were found in a document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.aids.search.documents import AidDocument
from ancrage.aids.search.index import texts_of
from ancrage.language.words import stemmed

LONGEST = 220
SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Found:
    """A field where words were found, and its first sentence that holds one."""

    field: str
    excerpt: str


def found_in(document: AidDocument, stems: frozenset[str]) -> Iterator[Found]:
    """The fields that hold one of the stems."""
    for name, texts in texts_of(document).items():
        text = next((text for text in texts if _holds(text, stems)), None)
        if text is not None:
            # Cut only now: most texts hold nothing, and cutting costs more than reading.
            found = next((part for part in SENTENCE.split(text) if _holds(part, stems)), text)
            yield Found(name, found if len(found) <= LONGEST else f"{found[:LONGEST]}…")


def _holds(text: str, stems: frozenset[str]) -> bool:
    return not stems.isdisjoint(stemmed().analyze(text))
