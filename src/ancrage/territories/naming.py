"""Names as people type them: accents, hyphens, articles and typing mistakes forgiven."""

from ancrage.language.folding import plain_words

ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def normalise(name: str) -> str:
    """A name without accents, case, hyphens or apostrophes; ``St`` becomes ``saint``.

    >>> normalise("L'Haÿ-les-Roses"), normalise("St Étienne")
    ('l hay les roses', 'saint etienne')
    """
    return " ".join(ABBREVIATIONS.get(word, word) for word in plain_words(name))


def likeness(typed: str, name: str) -> float:
    """From 0 to 100: how well a normalised name answers what was typed, normalised too.

    The whole name counts most; a name that begins with, or contains, what was typed is favoured, so that
    « faux la mont » finds Faux-la-Montagne before shorter look-alikes.
    """
    from rapidfuzz import fuzz  # a code needs no likeness

    whole = fuzz.ratio(typed, name)
    if name.startswith(typed):
        return max(whole, 92.0 + 8.0 * len(typed) / max(len(name), 1))
    words = fuzz.token_sort_ratio(typed, name)
    inside = 88.0 if f" {typed} " in f" {name} " else 0.0
    return max(whole, words * 0.97, inside)
