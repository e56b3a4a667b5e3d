"""The watch of terms on ten thousand invented texts of two thousand words, ten terms counted."""

import json
import random
import tempfile
import time
from pathlib import Path

from ancrage.watch.corpus import Wishes, survey
from ancrage.watch.counting import watch
from ancrage.watch.declaration import ancrage_terms

TEXTS, WORDS, TERMS = 10_000, 2_000, 10
VOCABULARY, LONGEST = 4_000, 11
RARITY = 400
"""One word in so many is a term."""


def main() -> None:
    terms = ancrage_terms().termes[:TERMS]
    with tempfile.TemporaryDirectory() as folder:
        planted = _write(Path(folder), [variant for term in terms for variant in term.variantes])
        for context in (0, 8):
            start = time.perf_counter()
            told = watch(survey([Path(folder)], terms, Wishes(context=context)), terms)
            seconds = time.perf_counter() - start
            assert sum(one.total.count for one in told.series) == planted
            _print(f"veille, {TEXTS} textes, {TERMS} termes, contextes de {context} mots", seconds)


def _write(folder: Path, variants: list[str]) -> int:
    """Write the corpus; gives the number of terms planted. The words of the filling hold none."""
    chance = random.Random(20210331)  # noqa: S311 - a fixed corpus, not a secret
    letters = "aeéèiou" + "bdfglmnprstv" * 2
    filling = ["".join(chance.choices(letters, k=chance.randint(1, LONGEST))) for _ in range(VOCABULARY)]
    planted = 0
    for rank in range(TEXTS):
        words = chance.choices(filling, k=WORDS)
        for place in range(chance.randrange(RARITY), WORDS, RARITY):
            words[place] = chance.choice(variants)
            planted += 1
        lines = "\n".join(" ".join(words[at : at + 15]) for at in range(0, WORDS, 15))
        (folder / f"texte-{rank}-{1990 + rank % 30}.txt").write_text(lines, encoding="utf-8")
    return planted


def _print(name: str, seconds: float) -> None:
    print(json.dumps({"bench": name, "value": round(seconds, 2), "unit": "s",
                      "threshold": "indicatif", "ok": None}), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
