"""What a person may have meant by what was typed: a name, and what says which one.

Each reading is one way to take the words: as they are, without the nature in front, with the département or
the postcode told apart. The gazetteer answers all of them; the best answers come first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ancrage.territories.codes import Kind, departement_of
from ancrage.territories.gazetteer.natures import Nature, after, in_front
from ancrage.territories.naming import normalise

LONGEST = 200
CEDEX = re.compile(r"\bcedex\b(?:\s+(?:\d{1,2}|[a-z]))?(?=\W|$)", re.IGNORECASE)
ARTICLE_LAST = re.compile(
    r"^(.+?)\s*(?:\(\s*(la|le|les|l['’]?)\s*\)|,\s*(la|le|les|l['’]))\s*$", re.IGNORECASE
)
OVER = re.compile(r"\bs/s\b|\bs/", re.IGNORECASE)
POSTED = re.compile(
    r"^(?:f-?\s?)?(\d{4,5}|2[ab]\d{3})[\s,:/–-]+(\D.*)$|^(.*\D)[\s,(/–-]+(\d{4,5}|2[ab]\d{3})\)?$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\s(\d{5})\s+(\D+)$")
BESIDE = re.compile(r"^(.+?)\s*(?:\(([^()]+)\)|[,/;]\s*([^,/;()]+)|\s[–-]\s+([^()]+))$")
NUMBERED = re.compile(r"^(.+?)\s+(\d{1,2}|2[ab]|9[78]\d)$|^(\d{2}|2[ab]|9[78]\d)\s+(\D.*)$", re.IGNORECASE)
DISTRICT = re.compile(
    r"^(paris|lyon|marseille) (\d{1,2})(?: ?(?:er|ere|e|eme|nd))?(?: (?:arrondissement|arrdt|arr|ardt))?$"
    r"|^(\d{1,2}) ?(?:er|ere|e|eme|nd)(?: (?:arrondissement|arrdt|arr|ardt))?"
    r"(?: (?:de|d))? (paris|lyon|marseille)$"
)
SHORTENED = {
    "s": "saint",
    "ss": "sous",
    "nd": "notre dame",
    "gd": "grand",
    "gde": "grande",
    "gds": "grands",
    "pt": "petit",
    "pte": "petite",
    "vx": "vieux",
    "mt": "mont",
    "chat": "chateau",
    "2": "deux",
    "3": "trois",
    "4": "quatre",
    "7": "sept",
}
"""What postal labels write short, beside « ST » and « STE » that everybody does."""
SHORTENED_COSTS, ELSEWHERE_COSTS = 0.6, 3.0
CORSICA = frozenset({"2A", "2B"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Folded words of a name, and what else was told: its kinds, its département, its postcode."""

    words: str
    kinds: tuple[Kind, ...] = ()
    categories: tuple[str, ...] = ()
    departements: frozenset[str] = frozenset()
    postcode: str = ""
    penalty: float = 0.0

    @property
    def is_told_apart(self) -> bool:
        """Whether something says where."""
        return bool(self.departements or self.postcode)


def readings(typed: str, departements: Mapping[str, frozenset[str]]) -> tuple[Reading, ...]:
    """Every way to take a text, the plainest first. ``departements``: codes by code and by folded name."""
    text = OVER.sub(" sur ", CEDEX.sub(" ", typed[:LONGEST])).strip()
    found = dict.fromkeys(
        each
        for one in _told_apart(text, departements)
        for named in _with_nature(one)
        for each in _spelled(named)
        if each.words
    )
    return tuple(found)


def _told_apart(text: str, departements: Mapping[str, frozenset[str]]) -> Iterator[Reading]:
    """The whole text as a name, then what is beside it as a postcode, a département or a nature."""
    yield Reading(_name(text))
    if posted := POSTED.match(text):
        first, name, other, last = posted.groups()
        yield from _posted(_name(name or other), (first or last).upper().zfill(5))
    elif written := ADDRESS.search(text):
        yield from _posted(_name(written[2]), written[1])
    if (beside := BESIDE.match(text)) and (said := normalise(next(filter(None, beside.groups()[1:])))):
        yield from _said_beside(Reading(_name(beside[1])), said, departements)
    yield from _said_last(normalise(text).split(), departements)
    if numbered := NUMBERED.match(text):
        name, last, first, other = numbered.groups()
        if told := departements.get((last or first).lower().zfill(2)):
            yield Reading(_name(name or other), departements=told)


def _name(text: str) -> str:
    """Folded words of a name, its article put back in front: « ROCHELLE (LA) »."""
    if moved := ARTICLE_LAST.match(text):
        name, first, second = moved.groups()
        return normalise(f"{first or second} {name}")
    return normalise(text)


def _posted(name: str, postcode: str) -> Iterator[Reading]:
    """A postcode is that of a post office as well: the name may lie elsewhere in the département."""
    yield Reading(name, postcode=postcode)
    yield Reading(name, departements=frozenset({departement_of(postcode)}), penalty=ELSEWHERE_COSTS)
    if postcode.startswith("20"):
        yield Reading(name, departements=CORSICA, penalty=ELSEWHERE_COSTS)


def _said_beside(
    reading: Reading, said: str, departements: Mapping[str, frozenset[str]]
) -> Iterator[Reading]:
    if nature := after(said):
        yield _of(reading, reading.words, nature)
    # « commune, Creuse (23) » is how we show a place ourselves.
    rest = next((rest for rest, _ in in_front(said)), said)
    told = departements.get(said.zfill(2)) or departements.get(said) or departements.get(rest)
    if told:
        yield replace(reading, departements=told)
    elif re.fullmatch(r"\d{4,5}", said):
        yield from _posted(reading.words, said.zfill(5))


def _said_last(words: list[str], departements: Mapping[str, frozenset[str]]) -> Iterator[Reading]:
    """« Saint-Denis Réunion »: the last words name the département."""
    for first in range(1, len(words)):
        if (told := departements.get(" ".join(words[first:]))) and not words[first].isdigit():
            yield Reading(" ".join(words[:first]), departements=told)


def _with_nature(reading: Reading) -> Iterator[Reading]:
    yield reading
    for rest, nature in in_front(reading.words):
        yield _of(reading, rest, nature)


def _of(reading: Reading, words: str, nature: Nature) -> Reading:
    return replace(reading, words=words, kinds=nature.kinds, categories=nature.categories)


def _spelled(reading: Reading) -> Iterator[Reading]:
    """The words as they are, then as an arrondissement, then with what a postal label shortens in full."""
    yield reading
    if district := DISTRICT.match(reading.words):
        city, number = district[1] or district[4], int(district[2] or district[3])
        ordinal = "1er" if number == 1 else f"{number}e"
        yield replace(reading, words=f"{city} {ordinal} arrondissement")
    words = reading.words.split()
    spelled = " ".join(SHORTENED.get(word, word) for word in words)
    if spelled != reading.words:
        yield replace(reading, words=spelled, penalty=reading.penalty + SHORTENED_COSTS)
