"""What a visitor told, read from the address: a SIRET, a place, facts, and the questions passed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from ancrage.aids.asking import Request
from ancrage.errors import FactError
from ancrage.facts.values import read_facts
from ancrage.rules.values import Value

MOST_FACTS = 80
LONGEST = 200
NEW_FACT, NEW_VALUE = "fait", "valeur"


@dataclass(frozen=True, slots=True)
class Told:
    """Facts as they were written, ``passed`` those the visitor does not know, ``faults`` those refused."""

    siret: str
    territory: str
    facts: Mapping[str, str]
    passed: tuple[str, ...]
    only: tuple[str, ...]
    values: Mapping[str, Value]
    faults: Mapping[str, str]

    @property
    def started(self) -> bool:
        """Whether anything was told at all."""
        return bool(self.siret or self.territory or self.facts or self.passed or self.faults)

    @property
    def request(self) -> Request:
        """The question put to the catalogue."""
        return Request(
            self.values, siret=self.siret or None, territory=self.territory or None, only=self.only
        )

    def address(self, *, without: str = "", day: str = "") -> str:
        """The query that tells the same, one answer left out: the link that saves, or that takes back."""
        pairs = [("siret", self.siret), ("territoire", self.territory), ("le", day)]
        pairs += [("f", f"{fact}={value}") for fact, value in self.facts.items() if fact != without]
        pairs += [("passe", fact) for fact in self.passed if fact != without]
        pairs += [("aide", aid) for aid in self.only]
        return urlencode([(name, value) for name, value in pairs if value])


def read_told(asked: QueryDict) -> Told:
    """What the address tells; a value that cannot be read is a fault and leaves the others as they are.

    The answer just given comes as ``fait`` and ``valeur``; an empty value is « je ne sais pas ».
    Raises :class:`FactError` for more facts than there can be.
    """
    written = [one for one in asked.getlist("f") if one]
    if len(written) > MOST_FACTS:
        raise FactError(f"{len(written)} faits sont donnés.", f"Il n'y en a pas plus de {MOST_FACTS} à dire.")
    facts, faults = {}, {}
    for pair in written:
        name, _, value = pair[:LONGEST].partition("=")
        facts[name.strip()] = value.strip()
    passed = list(dict.fromkeys(one for one in asked.getlist("passe") if one))[:MOST_FACTS]
    new = asked.get(NEW_FACT, "").strip()[:LONGEST]
    if new:
        value = asked.get(NEW_VALUE, "").strip()[:LONGEST]
        if value:
            facts[new] = value
        elif new not in passed:
            passed.append(new)
    values: dict[str, Value] = {}
    for name, value in list(facts.items()):
        try:
            values |= read_facts([f"{name}={value}"])
        except FactError as error:
            faults[name] = f"{error.message} {error.hint}"
            del facts[name]
    return Told(
        siret="".join(asked.get("siret", "").split())[:20],
        territory=asked.get("territoire", "").strip()[:LONGEST],
        facts=facts,
        passed=tuple(passed),
        only=tuple(asked.getlist("aide")[:20]),
        values=values,
        faults=faults,
    )
