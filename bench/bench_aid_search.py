"""Search among 10,000 aids: 95th percentile of 300 questions with typing mistakes and filters.

The documents are SYNTHETIC: a seeded generator varies those of the catalogue (words, places, days, funders).
They only serve to time the search, and say nothing about real aids.
"""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from ancrage.aids.search.documents import AidDocument, Span
from ancrage.aids.search.gathering import gather
from ancrage.aids.search.index import AidIndex, open_index
from ancrage.aids.search.querying import search
from ancrage.aids.search.question import Question
from ancrage.aids.vocabulary import Nature, Theme
from ancrage.facts.situation import Audience
from ancrage.language.words import folded

DOCUMENTS, QUESTIONS, SEED, WARM = 10_000, 300, 2021, 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SYLLABLES = ("ba", "cor", "den", "fou", "gra", "lin", "mon", "par", "ro", "sel", "tou", "val", "vil", "zé")
REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")


def report(bench: str, value: float, unit: str, threshold: str, ok: bool | None) -> None:
    print(json.dumps({"bench": bench, "value": round(value, 3), "unit": unit, "threshold": threshold,
                      "ok": ok}), flush=True)  # fmt: skip


def main() -> None:
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    documents = list(synthetic(dice))
    questions = list(asked(dice, documents))
    print(f"{len(documents)} aides synthétiques (graine {SEED}), {len(questions)} questions")
    with tempfile.TemporaryDirectory() as cache:
        start = time.perf_counter()
        open_index(documents, Path(cache))
        report("recherche, index de 10 000 aides bâti", time.perf_counter() - start, "s", "aucun", None)
        start = time.perf_counter()
        index = open_index(documents, Path(cache))
        words = len(index.words)
        report("recherche, index relu", time.perf_counter() - start, "s", "aucun", None)
        print(f"{words} mots distincts")
        seconds, found = timed(index, questions)
    print(f"{found} questions sur {len(questions)} ont une réponse")
    ordered = sorted(seconds)
    report("recherche, médiane de 300 questions", statistics.median(seconds) * 1e3, "ms", "aucun", None)
    slow = ordered[int(len(ordered) * 0.95)]
    report("recherche, 95e centile de 300 questions", slow * 1e3, "ms", "< 20", slow < 0.020)
    report("recherche, la plus lente", ordered[-1] * 1e3, "ms", "aucun", None)


def timed(index: AidIndex, questions: list[Question]) -> tuple[list[float], int]:
    """Seconds of each question, once warm, and how many found something."""
    for question in questions[:WARM]:
        search(index, question)
    seconds, found = [], 0
    for question in questions:
        start = time.perf_counter()
        answer = search(index, question)
        seconds.append(time.perf_counter() - start)
        found += answer.total > 0
    return seconds, found


def synthetic(dice: random.Random) -> Iterator[AidDocument]:
    """The real ones first, then variations: other places, days, and words of their own."""
    real = gather()
    words = [word for document in real for word in document.summary.split()]
    yield from real[:DOCUMENTS]
    for number in range(DOCUMENTS - len(real)):
        model = dice.choice(real)
        place = "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))).capitalize()
        since = date(2015, 1, 1) + timedelta(days=dice.randrange(4000))
        yield replace(
            model,
            id=f"synthetique_{number}",
            group="",
            name=f"{model.name} de {place}",
            summary=f"{model.summary} {' '.join(dice.choices(words, k=40))}",
            description=" ".join(dice.choices(words, k=dice.randint(50, 300))),
            funder=f"{model.funder}, {place}",
            themes=tuple(dice.sample(list(Theme), 2)),
            audiences=tuple(dice.sample(list(Audience), 2)),
            natures=(dice.choice(list(Nature)),),
            coverage=("fr",) if dice.random() < 0.3 else (f"reg:{dice.choice(REGIONS)}",),
            spans=(Span(since, since + timedelta(days=dice.randrange(2000))),),
            provenance="synthétique",
        )


def asked(dice: random.Random, documents: list[AidDocument]) -> Iterator[Question]:
    """One to four words of a document, half of them mistyped, the last one cut short, one filter in two."""
    for _ in range(QUESTIONS):
        document = dice.choice(documents)
        words = folded().analyze(f"{document.name} {document.summary}")
        picked = [mistyped(dice, word) if dice.random() < 0.5 else word
                  for word in dice.sample(words, dice.randint(1, min(4, len(words))))]  # fmt: skip
        picked[-1] = picked[-1][: max(4, len(picked[-1]) - 2)]
        some = dice.random() < 0.5
        yield Question(
            " ".join(picked),
            territory=frozenset({"fr", *document.coverage}) if some else frozenset(),
            audience=document.audiences[0] if dice.random() < 0.3 and document.audiences else None,
            theme=document.themes[0] if dice.random() < 0.3 and document.themes else None,
            on=document.spans[-1].since if dice.random() < 0.3 else None,
        )


def mistyped(dice: random.Random, word: str) -> str:
    """One letter replaced, left out, added or swapped from four letters on, two from eight."""
    for _ in range((len(word) >= 4) + (len(word) >= 8)):
        place = dice.randrange(len(word) - 1)
        kind = dice.randrange(4)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        new = dice.choice(LETTERS)
        word = before + (new, "", letter + new, after[:1] + letter)[kind] + after[kind == 3 :]
    return word


if __name__ == "__main__":
    main()
