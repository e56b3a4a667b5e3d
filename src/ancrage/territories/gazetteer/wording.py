"""The small words of a name, that people leave out."""

LINKS = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur", "lez", "aux", "au", "a"]
)


def unlinked(words: str) -> str:
    """Folded words without the small ones: « rochelle » for « la rochelle »."""
    return " ".join(word for word in words.split() if word not in LINKS) or words
