"""Names as people type them: accents, hyphens, articles and typing mistakes forgiven."""

from rapidfuzz import fuzz, process

from ancrage.language.folding import plain_words

ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def normalise(name: str) -> str:
    """A name without accents, case, hyphens or apostrophes; ``St`` becomes ``saint``.

    >>> normalise("L'Haÿ-les-Roses"), normalise("St Étienne")
    ('l hay les roses', 'saint etienne')
    """
    return " ".join(ABBREVIATIONS.get(word, word) for word in plain_words(name))


def likeness(typed: str, name: str, **_options: object) -> float:
    """From 0 to 100: how well a normalised name answers what was typed, normalised too.

    The whole name counts most; a name that begins with, or contains, what was typed is favoured, so that
    « faux la mont » finds Faux-la-Montagne before shorter look-alikes.
    """
    whole = fuzz.ratio(typed, name)
    if name.startswith(typed):
        return max(whole, 92.0 + 8.0 * len(typed) / max(len(name), 1))
    words = fuzz.token_sort_ratio(typed, name)
    inside = 88.0 if f" {typed} " in f" {name} " else 0.0
    return max(whole, words * 0.97, inside)


def closest(typed: str, names: list[str], *, limit: int, least: float = 70.0) -> list[tuple[int, float]]:
    """Ranks of the names nearest to what was typed, with their likeness, best first.

    A fast sieve keeps the nearest by edit distance and those that contain it; a finer measure ranks them.
    """
    wanted = normalise(typed)
    sieve = {
        index
        for _, _, index in process.extract(
            wanted, names, scorer=fuzz.ratio, limit=300, score_cutoff=least - 20
        )
    }
    sieve |= {index for index, name in enumerate(names) if wanted in name}
    ranked = sorted(
        ((index, likeness(wanted, names[index])) for index in sieve),
        key=lambda found: (-found[1], len(names[found[0]]), names[found[0]]),
    )
    return [(index, score) for index, score in ranked if score >= least][:limit]
