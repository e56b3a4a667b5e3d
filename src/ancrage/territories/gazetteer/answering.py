"""Answer what was typed with the places it may mean, best first."""

from collections.abc import Callable, Iterable, Iterator
from math import log10

from ancrage.collecting import uncollected
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.gazetteer.former import former_communes
from ancrage.territories.gazetteer.gathering import departement_words, places
from ancrage.territories.gazetteer.index import NameIndex
from ancrage.territories.gazetteer.names import BARE, former_name, names_of, usual_names
from ancrage.territories.gazetteer.place import BEHIND, Alias, Former, Hit, Place, rank
from ancrage.territories.gazetteer.reading import Reading, readings
from ancrage.territories.gazetteer.wording import LINKS, unlinked
from ancrage.territories.naming import likeness

UNLINKED, GLUED = 2.5, 3.5
"""What a name costs whose small words lack, or whose spaces do."""
BEGUN, INHABITED, INSIDE = 88.0, 4.0, 90.0
"""What a name begun is worth, what the share typed and its inhabitants add; the most one held inside is."""
POSTED, DISTRICT_POSTED, FORMER_CODE = 90.0, 91.0, 90.8
POSTED_ALONE, SURE = 66.0, 95.0
"""What a postcode is worth when the name beside it is not understood, and from when a name is."""
LEAST, AMONG = 62.0, 64.0
READ = 60
OTHER_CATEGORY = 1.5
BILLION = 9.0


class Gazetteer:
    """Places of a vintage by what people type. Threads may share one: it never changes."""

    @uncollected()
    def __init__(self, atlas: Atlas, vintage: int) -> None:
        found = list(places(atlas, vintage))
        self._places = {(place.kind, place.bare_code): place for place in found}
        self._departements = departement_words(found)
        communes = {place.bare_code: place for place in found if place.kind is Kind.COMMUNE}
        names = {code: place.name for code, place in communes.items()}
        formers = [(one, communes[heir]) for one, heir in former_communes(atlas, vintage, names)]
        self._former_codes: dict[str, list[tuple[Former, Place]]] = {}
        for former, heir in formers:
            if former.code not in names:
                self._former_codes.setdefault(former.code, []).append((former, heir))
        self._posted: dict[str, list[Place]] = {}
        for place in found:
            for postcode in place.postcodes:
                self._posted.setdefault(postcode, []).append(place)
        self._index = NameIndex(
            [
                *(alias for place in found for alias in names_of(place)),
                *usual_names(self._places),
                *(former_name(former, heir) for former, heir in formers if former.name != heir.name),
            ]
        )

    def ordered(self, hits: Iterable[Hit], limit: int) -> list[Hit]:
        """Best first, each place once with its best score, a place's twin with it."""
        best: dict[TerritoryCode, Hit] = {}
        for hit in hits:
            known = best.get(hit.place.code)
            if known is None or hit.score > known.score:
                best[hit.place.code] = hit
        kept = [hit for hit in best.values() if hit.place.twin not in best]
        return sorted(kept, key=rank)[:limit]

    def by_code(self, codes: Iterable[TerritoryCode]) -> list[Hit]:
        """Places of the codes that exist in this vintage."""
        found = (self._places.get((code.kind, code.code)) for code in codes)
        return [Hit(place, 100.0, "code") for place in found if place]

    def by_digits(self, typed: str) -> list[Hit]:
        """Places of a postcode, and what a code of old became; a lost leading zero is put back."""
        return [*self.by_postcode(typed), *self.by_former_code(typed)]

    def by_former_code(self, typed: str) -> list[Hit]:
        """Communes that a code of old became, or that hold the one it designates."""
        formers = self._former_codes.get(_padded(typed), ())
        return [Hit(heir, FORMER_CODE, former.told(heir.name), former) for former, heir in formers]

    def by_postcode(self, typed: str) -> list[Hit]:
        """Places of a postcode, an arrondissement municipal before its whole city."""
        code = _padded(typed)
        return [
            Hit(
                place,
                DISTRICT_POSTED if place.kind is Kind.ARRONDISSEMENT_MUNICIPAL else POSTED,
                f"code postal {code}",
            )
            for place in self._posted.get(code, ())
        ]

    def named(self, typed: str, limit: int) -> list[Hit]:
        """Places that bear a name, or nearly; a mistyped one is looked for when nothing bears it."""
        asked = readings(typed, self._departements)
        found = self.exactly(typed)
        if len({id(hit.place) for hit in found if hit.score >= SURE}) >= limit:
            return found
        found += [hit for reading in asked for hit in self._partly(reading)]
        if not any(hit.score >= SURE for hit in found):
            found += [hit for reading in asked for hit in self._where_told(reading)]
        if kept := _likely_enough(found):
            return kept
        if kept := _likely_enough([hit for reading in asked for hit in self._nearly(reading)]):
            return kept
        far = [hit for reading in asked for hit in self._alike(reading)]
        return _likely_enough([*far, *self._inside(asked[0].words if asked else "")])

    def exactly(self, typed: str) -> list[Hit]:
        """Places that bear this very name, whatever its accents, its small words and what is told beside."""
        return [hit for reading in readings(typed, self._departements) for hit in self._whole(reading)]

    def _whole(self, reading: Reading) -> Iterator[Hit]:
        keep = self._filter(reading)
        for alias in self._index.whole(reading.words):
            if keep(alias):
                yield _hit(alias, reading, _closeness(alias.words, reading.words))

    def _partly(self, reading: Reading) -> Iterator[Hit]:
        keep = self._filter(reading)
        for alias in self._index.begun(reading.words, keep, READ):
            yield _hit(alias, reading, _begun(alias, len(reading.words)))
        for alias in self._index.with_words(reading.words, keep, READ):
            yield _hit(alias, reading, min(INSIDE, likeness(reading.words, alias.words)))

    def _nearly(self, reading: Reading) -> Iterator[Hit]:
        return self._likely(self._index.misspelt(reading.words, self._filter(reading), READ * 4), reading)

    def _alike(self, reading: Reading) -> Iterator[Hit]:
        return self._likely(self._index.alike(reading.words, self._filter(reading), READ), reading)

    def _inside(self, words: str) -> list[Hit]:
        """Places whose whole name stands among other words: « recyclerie limoges »."""
        held = words.split()
        for length in range(len(held) - 1, 0, -1):
            phrases = [" ".join(held[first : first + length]) for first in range(len(held) - length + 1)]
            found = [
                Hit(alias.place, AMONG * (1 + len(phrase) / len(words) / 4), "nom")
                for phrase in phrases
                if unlinked(phrase) not in LINKS
                for alias in self._index.whole(phrase)
                if alias.words == phrase and alias.worth >= BARE and alias.place.kind not in BEHIND
            ]
            if found:
                return found
        return []

    def _likely(self, aliases: Iterable[Alias], reading: Reading) -> Iterator[Hit]:
        return (_hit(alias, reading, min(INSIDE, likeness(reading.words, alias.words))) for alias in aliases)

    def _where_told(self, reading: Reading) -> Iterator[Hit]:
        """Communes of a postcode beside which a name is mistyped, or that of a hamlet, of a post office."""
        if reading.postcode:
            yield from self._nearly(reading)
        for place in self._posted.get(reading.postcode, ()):
            yield Hit(place, POSTED_ALONE, f"code postal {reading.postcode}")

    def _filter(self, reading: Reading) -> Callable[[Alias], bool]:
        def keep(alias: Alias) -> bool:
            place = alias.place
            return (
                (not reading.kinds or place.kind in reading.kinds)
                and (not reading.departements or bool(alias.departements & reading.departements))
                and (not reading.postcode or reading.postcode in (*place.postcodes, place.bare_code))
            )

        return keep


def _likely_enough(hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.score >= LEAST]


def _padded(typed: str) -> str:
    code = typed.strip().upper()
    return code.zfill(5) if code.isdigit() and len(code) == 4 else code


def _closeness(name: str, words: str) -> float:
    if name == words:
        return 100.0
    return 100.0 - (UNLINKED if unlinked(name) == unlinked(words) else GLUED)


def _begun(alias: Alias, letters: int) -> float:
    """A name begun: the share typed, and how many live there, decide together."""
    share = letters / max(len(alias.words), 1)
    return BEGUN + INHABITED * (share + log10((alias.place.population or 0) + 1) / BILLION * 1.3)


def _hit(alias: Alias, reading: Reading, closeness: float) -> Hit:
    place, former = alias.place, alias.former
    other = reading.categories and place.category not in reading.categories
    costs = (100.0 - alias.worth, reading.penalty, OTHER_CATEGORY if other else 0.0)
    behind = 0.0 if reading.kinds else BEHIND.get(place.kind, 0.0)
    return Hit(place, closeness - sum(costs) - behind, former.told(place.name) if former else "nom", former)
