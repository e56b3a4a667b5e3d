"""What leads to a person is not published: an address, a telephone, a name said with a title, a member's."""

import re
from collections.abc import Iterable, Iterator

from ancrage.language.folding import plain_words

ADDRESS = re.compile(r"[\w.+-]+\s*(?:@|\(at\)|\[at\])\s*[\w-]+\.\w+", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)\s*[1-9](?:[\s.\-]*\d{2}){4}(?!\d)")
TITLED = re.compile(r"\b(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame)\s+(?=[A-ZÉÈÀÎÔÇ])")


def faults(text: str, names: Iterable[str] = ()) -> Iterator[str]:
    """What must go from a text before it is published, each said. ``names``: those of persons known here."""
    if found := ADDRESS.search(text):
        yield f"une adresse électronique ne se publie pas : « {found[0]} »"
    if found := TELEPHONE.search(text):
        yield f"un numéro de téléphone ne se publie pas : « {found[0]} »"
    if found := TITLED.search(text):
        yield f"une personne ne se nomme pas : dites sa fonction, plutôt que « {text[found.start() :][:30]} »"
    said = f" {' '.join(plain_words(text))} "
    for name in names:
        words = plain_words(name)
        if len(words) > 1 and f" {' '.join(words)} " in said:
            yield "le nom d’un membre de l’atelier ne se publie pas : dites sa fonction"
