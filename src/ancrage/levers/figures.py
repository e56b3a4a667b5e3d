"""The figure that sets a tool first: what is read here, what it is among territories alike, in a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ancrage.facts.declaration import Fact, FactType, load_facts
from ancrage.facts.situation import Known
from ancrage.facts.values import show_value
from ancrage.interval import Interval
from ancrage.language.typography import capitalised
from ancrage.levers.peers import Peers, Sharing

REFERENCE = "_semblables"
"""End of the name of a fact that holds the median of the territories alike."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one reason rests on.

    ``fact`` names what is read, ``value`` is its number (``None``: it is not one), ``shown`` the same in
    words; ``reference`` is the median of the territories alike, ``sharing`` how many have the same reason.
    """

    fact: str
    label: str
    value: float | None
    unit: str
    shown: str
    reference: float | None
    sharing: Sharing
    sentence: str


def figure_of(facts: Mapping[str, Known | None], sharing: Sharing, peers: Peers) -> Figure | None:
    """The figure of a reason that holds, ``None`` when nothing that it reads is known."""
    declared = load_facts()
    read = [
        (declared[name], known) for name, known in facts.items() if known is not None and _tells(name, known)
    ]
    if not read:
        return None
    fact, known = read[0]
    reference = _reference(fact, facts)
    value = known.value.low if isinstance(known.value, Interval) else None
    told = " ; ".join(capitalised(one) for one in _told(read, facts))
    return Figure(
        fact=fact.id,
        label=fact.label,
        value=value,
        unit=fact.unit,
        shown=show_value(fact, known.value),
        reference=reference,
        sharing=sharing,
        sentence=f"{told}{_among(sharing, peers)}",
    )


def _tells(name: str, known: Known) -> bool:
    """A yes, a number or a word; a no of one side of an OR sets nothing first."""
    return known.value is not None and known.value is not False and not name.endswith(REFERENCE)


def _told(read: list[tuple[Fact, Known]], facts: Mapping[str, Known | None]) -> Iterator[str]:
    for fact, known in read:
        if fact.type is FactType.BOOLEEN:
            yield fact.label
            continue
        reference = _reference(fact, facts)
        beside = "" if reference is None else f" (médiane : {show_value(fact, Interval.exactly(reference))})"
        yield f"{fact.label} : {show_value(fact, known.value)}{beside}"


def _reference(fact: Fact, facts: Mapping[str, Known | None]) -> float | None:
    known = facts.get(f"{fact.id}{REFERENCE}")
    return known.value.low if known is not None and isinstance(known.value, Interval) else None


def _among(sharing: Sharing, peers: Peers) -> str:
    if not sharing.told:
        return ""
    all_known = sharing.known == len(peers.situations)
    alike = (
        f"{sharing.known} {peers.noun} {'les plus semblables' if all_known else 'semblables où c’est connu'}"
    )
    if sharing.true:
        return f" ; vrai aussi de {sharing.true} des {alike}"
    return f" ; les {alike} ne l’ont pas"
