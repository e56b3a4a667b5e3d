"""A contract of territory, or a quarter: who signs, who is there, what each may do, with which aids."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar

from ancrage.errors import InvalidQuestionError
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.fields import PLACE, PlaceText
from ancrage.questions.papers import PaperFacts, aids_here, intercommunalites, paper_of, sources_of
from ancrage.questions.question import Asking, TerritoryQuestion, Worked
from ancrage.territories.codes import Kind

if TYPE_CHECKING:
    from ancrage.contacts.finding import Contact
    from ancrage.contacts.kinds import DeskKind
    from ancrage.diagnosis.model import TerritoryAid
    from ancrage.levers.authorities import Authority
    from ancrage.levers.recommending import Advice
    from ancrage.territories.territory import Named, Territory
    from ancrage.territories.zonings.answering import ZoningAnswer
    from ancrage.warehouse.reading import Row

CONTRACTED = (Kind.CRTE, Kind.QPV)
ZONINGS = {Kind.CRTE: ("crte",), Kind.QPV: ("qpv", "contrat_ville")}
"""What tells of the contract of each kind: its definition and its text."""
TOOLS, AIDS, MOST_PARTIES = 3, 4, 6
CONTRACT = replace(PLACE, example="crte-75-23-8")


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Somebody who signs: what they may do first, with which aids. ``communes``: theirs in the contract."""

    named: "Named"
    role: str
    communes: int
    contact: "Contact | None" = None
    tools: "tuple[Advice, ...]" = ()
    aids: "tuple[TerritoryAid, ...]" = ()


@dataclass(frozen=True, slots=True, eq=False)
class ContractFacts:
    """A contract: its text, its parties, its communes; ``uncovered``: those no support to the ESS reaches.

    ``uncovered`` is ``None`` when no list of places tells it. ``quarters``: the other ones of the communes.
    """

    paper: PaperFacts
    zonings: "tuple[ZoningAnswer, ...]"
    parties: tuple[Party, ...]
    communes: "tuple[Row, ...]"
    uncovered: tuple[str, ...] | None
    quarters: "tuple[Named, ...]" = ()
    others: int = 0


class ContractQuestion(TerritoryQuestion):
    """A contract for ecological transition, or a quarter and its contract.

    Raises ``InvalidQuestionError`` for a territory of another kind, and what a territory raises.
    """

    name: ClassVar = "contrat"
    label: ClassVar = "Un contrat de territoire, ou un quartier"
    help: ClassVar = (
        "Montre un contrat (CRTE) ou un quartier : signataires, ESS, zones blanches, leviers, aides."
    )
    territory: Annotated[PlaceText, CONTRACT]

    def work_out(self, asking: Asking) -> Worked[ContractFacts]:
        """The contract."""
        from ancrage.territories.listing import communes_inside

        territory = self.found(asking)
        if territory.kind not in CONTRACTED:
            told = "un contrat (crte-…) ou un quartier prioritaire (QN…) est attendu"
            raise InvalidQuestionError((("territoire", told),))
        atlas, paper = asking.opened.atlas, paper_of(asking, territory, partners=True)
        parties = tuple(_parties(asking, territory))
        facts = ContractFacts(
            paper=paper,
            zonings=_zonings(asking, territory),
            parties=parties[:MOST_PARTIES],
            communes=tuple(communes_inside(atlas, territory)),
            uncovered=_uncovered(asking, territory),
            quarters=tuple(_quarters(asking, territory)),
            others=max(0, len(parties) - MOST_PARTIES),
        )
        warnings = paper.diagnosis.warnings
        return Worked(facts, territory, sources=sources_of(asking, paper), warnings=warnings)


def _zonings(asking: Asking, territory: "Territory") -> "tuple[ZoningAnswer, ...]":
    from ancrage.territories.zonings.answering import answer_all

    wanted = ZONINGS[territory.kind]
    return tuple(one for one in answer_all(asking.opened.atlas, territory) if one.zoning.id in wanted)


def _parties(asking: Asking, territory: "Territory") -> Iterator[Party]:
    """The State, then the intercommunalités, by the number of their communes; the communes of a quarter."""
    from ancrage.contacts.kinds import DeskKind
    from ancrage.levers.authorities import Authority
    from ancrage.territories.territory import Named

    for parent in territory.parents:
        if parent.code.kind is Kind.DEPARTEMENT:
            state = Named(parent.code, f"État, préfecture ({parent.name})")
            contact = _contact(asking, parent, DeskKind.PREFECTURE)
            tools = _tools(asking, territory, Authority.ETAT)
            yield Party(state, "État", len(territory.communes), contact, tools)
    for epci, many in intercommunalites(asking, territory):
        contact = _contact(asking, epci.named, DeskKind.EPCI)
        aids = aids_here(asking, epci)[:AIDS]
        yield Party(epci.named, "intercommunalité", many, contact, _tools(asking, epci, Authority.EPCI), aids)
    if territory.kind is Kind.QPV:
        for parent in territory.parents:
            if parent.code.kind is Kind.COMMUNE:
                commune = _whole(asking, parent, territory)
                tools, aids = _tools(asking, commune, Authority.COMMUNE), aids_here(asking, commune)[:AIDS]
                contact = _contact(asking, parent, DeskKind.COMMUNE)
                yield Party(parent, "commune", 1, contact, tools, aids)


def _whole(asking: Asking, named: "Named", beside: "Territory") -> "Territory":
    from ancrage.territories.resolving import whole

    return whole(asking.opened.atlas, named.code, on=beside.on)


def _contact(asking: Asking, named: "Named", kind: "DeskKind") -> "Contact | None":
    from ancrage.contacts.finding import Contacts

    place = {Kind.DEPARTEMENT: "dep", Kind.EPCI: "epci", Kind.COMMUNE: "com"}[named.code.kind]
    return Contacts(asking.opened.atlas.warehouse).find([kind], [f"{place}:{named.code.code}"]).get(kind)


def _tools(asking: Asking, territory: "Territory", authority: "Authority") -> "tuple[Advice, ...]":
    from ancrage.diagnosis.levers import advise
    from ancrage.levers.recommending import Status

    opened = asking.opened
    found = advise(opened.atlas, territory, diagnosed(asking, territory), authority, cache=opened.cache)
    return tuple(found.of(Status.PRIORITAIRE)[:TOOLS])


def _uncovered(asking: Asking, territory: "Territory") -> tuple[str, ...] | None:
    """Names of the communes that no support proper to the ESS reaches; ``None`` when nothing tells."""
    from ancrage.coverage.judging import ORDER, State
    from ancrage.coverage.states import cover
    from ancrage.coverage.territory import communes_of, edition_directory

    if territory.kind is Kind.QPV:
        return None
    atlas = asking.opened.atlas
    found = cover(communes_of(atlas, territory), edition_directory(atlas), on=territory.on)
    states = [ORDER[rank] for rank in found.together]
    if all(state is State.INCONNU for state in states):
        return None
    blank = (State.NON_COUVERT, State.DLA_SEUL)
    return tuple(name for name, state in zip(found.communes.names, states, strict=True) if state in blank)


def _quarters(asking: Asking, territory: "Territory") -> "Iterator[Named]":
    """The other quarters of the same communes."""
    from ancrage.territories.codes import TerritoryCode
    from ancrage.territories.territory import Named

    rows = asking.opened.atlas.warehouse.rows(
        "SELECT DISTINCT u.code, u.name FROM unit_member m JOIN unit u USING (vintage, kind, code) "
        "WHERE m.vintage = ? AND m.kind = 'qpv' AND m.commune IN (SELECT unnest(?)) ORDER BY u.code",
        (territory.vintage, list(territory.communes)),
    )
    for row in rows:
        if row["code"] != territory.code.code:
            yield Named(TerritoryCode(Kind.QPV, row["code"]), row["name"])
