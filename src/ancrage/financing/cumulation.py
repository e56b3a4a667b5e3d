"""Do two aids of the catalogue add up? Yes, no or to be checked, each with its text."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from ancrage.aids.catalogue import get_aid, load_aids
from ancrage.aids.declaration import Aid
from ancrage.aids.vocabulary import Nature
from ancrage.declarations.base import Declared
from ancrage.declarations.catalogues import Place, parsed, read_document
from ancrage.declarations.keeping import compiled
from ancrage.declarations.texts import Basis, Text
from ancrage.financing.funders import EUROPEAN
from ancrage.financing.plan import Plan, Resource
from ancrage.financing.ruling.answer import RuleAnswer
from ancrage.financing.ruling.ceilings import STATE_GRANTS
from ancrage.financing.texts import rules
from ancrage.reasoning import Verdict

WITHOUT_MONEY = frozenset({Nature.AGREMENT, Nature.INGENIERIE, Nature.FORMATION})


class Together(Declared):
    """Aids of which a text says that they add up."""

    aids: tuple[str, str]
    why: str


class Group(Declared):
    """Aids of which no two add up for the same thing."""

    label: str
    per: str
    members: tuple[str, ...]
    text: Text


class Pairs(Declared):
    """What is known of pairs."""

    together: tuple[Together, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """Whether two aids add up. ``reason`` in French, ``text`` what says it; ``limit``: within what."""

    first: str
    second: str
    verdict: Verdict
    reason: str
    text: Text
    limit: str = ""


@compiled("cumuls", "declarations", "financing")
def known_pairs() -> Pairs:
    """What is declared of pairs."""
    file = files(__package__) / "pairs.yaml"
    return parsed(Pairs, read_document(file), Place(file))


def pair(first: str, second: str, *, on: date) -> PairAnswer:
    """What is known of two aids. Raises :class:`UnknownAidError`."""
    return _pair(get_aid(first), get_aid(second), on)


def every_pair(*, on: date, among: Sequence[str] = ()) -> Iterator[PairAnswer]:
    """Each pair of the catalogue, or of some aids, once."""
    told = [get_aid(one) for one in among] if among else list(load_aids().values())
    for first, second in itertools.combinations(told, 2):
        yield _pair(first, second, on)


def _pair(first: Aid, second: Aid, on: date) -> PairAnswer:
    for look in (_absent, _grouped, _excluded, _declared, _state, _european, _moneyless):
        found = look(first, second, on)
        if found is not None:
            return found
    text = rules()["meme_cout"].versions[0].text
    why = (
        "Aucun texte lu ne les dit incompatibles ni ne les dit cumulables : le règlement des financeurs, "
        "les aides d'État et le même coût payé deux fois sont à vérifier."
    )
    return PairAnswer(first.id, second.id, Verdict.A_VERIFIER, why, text)


def _absent(first: Aid, second: Aid, on: date) -> PairAnswer | None:
    """Two aids that are not in force the same day have nothing to add up."""
    gone = next((one for one in (first, second) if one.in_force_on(on) is False), None)
    if gone is None:
        return None
    why = f"Pas en vigueur ce jour-là : {gone.name}. Les deux ne se demandent pas ensemble."
    return PairAnswer(first.id, second.id, Verdict.NON, why, gone.versions[-1].text)


@cache
def _groups_of() -> Mapping[str, tuple[Group, ...]]:
    found: dict[str, tuple[Group, ...]] = {}
    for group in known_pairs().groups:
        for member in group.members:
            found[member] = (*found.get(member, ()), group)
    return found


def _grouped(first: Aid, second: Aid, on: date) -> PairAnswer | None:  # noqa: ARG001 the same every day
    common = [one for one in _groups_of().get(first.id, ()) if one in _groups_of().get(second.id, ())]
    if not common:
        return None
    group = common[0]
    sure = group.text.basis in (Basis.TEXTE_LU, Basis.PAGE_LUE)
    why = f"Deux {group.label} ne s'ajoutent pas pour {group.per}."
    return PairAnswer(
        first.id, second.id, Verdict.NON if sure else Verdict.A_VERIFIER, why, group.text, group.per
    )


def _excluded(first: Aid, second: Aid, on: date) -> PairAnswer | None:
    for one, other in ((first, second), (second, first)):
        told = one.cumulation
        if told and other.id in told.excludes:
            version = one.version_on(on) or one.versions[-1]
            return PairAnswer(first.id, second.id, Verdict.NON, told.note, told.text or version.text)
    return None


def _declared(first: Aid, second: Aid, on: date) -> PairAnswer | None:
    for one in known_pairs().together:
        if set(one.aids) == {first.id, second.id}:
            version = first.version_on(on) or first.versions[-1]
            return PairAnswer(first.id, second.id, Verdict.OUI, one.why, version.text)
    return None


def _state(first: Aid, second: Aid, on: date) -> PairAnswer | None:
    if not {first.id, second.id} <= STATE_GRANTS:
        return None
    version = rules()["dotations_etat"].version_on(on)
    if version is None:
        return None
    why = "Ces dotations se combinent, dans la limite de 80 % de la dépense subventionnable."
    return PairAnswer(first.id, second.id, Verdict.OUI, why, version.text, "80 % de la dépense")


def _european(first: Aid, second: Aid, on: date) -> PairAnswer | None:  # noqa: ARG001 unread on any day
    if first.id not in EUROPEAN or second.id not in EUROPEAN:
        return None
    text = rules()["deux_fonds"].versions[0].text
    why = (
        "Deux fonds européens ne paient pas la même dépense ; sur des dépenses distinctes, "
        "l'autorité de gestion le dit."
    )
    return PairAnswer(first.id, second.id, Verdict.A_VERIFIER, why, text, "des dépenses distinctes")


def _moneyless(first: Aid, second: Aid, on: date) -> PairAnswer | None:
    free = next((one for one in (first, second) if one.nature in WITHOUT_MONEY), None)
    if free is None:
        return None
    version = free.version_on(on) or free.versions[-1]
    why = f"« {free.name} » n'apporte pas d'argent : rien ne s'ajoute à l'autre."
    return PairAnswer(first.id, second.id, Verdict.OUI, why, version.text)


def exclusive(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """Aids of the plan, two by two."""
    given = [one for one in plan.resources if one.counted and one.aid]
    label = rules()["exclusion"].label
    for first, second in itertools.combinations(given, 2):
        if first.aid == second.aid:
            continue
        told = pair(first.aid, second.aid, on=on)
        if told.verdict is Verdict.OUI and not told.limit:
            continue
        silent = [one for one, other in ((first, second), (second, first)) if not _agreed(one, other)]
        settled = told.verdict is Verdict.A_VERIFIER and not silent
        yield RuleAnswer(
            f"cumul:{first.id}:{second.id}",
            Verdict.OUI if settled else told.verdict,
            f"{label} : {first.label} et {second.label}",
            _acts(first, second, on) if settled else told.text,
            ("Chacun des deux financeurs l'a écrit, dans l'acte que le plan cite.",)
            if settled
            else (told.reason,),
            "" if settled else _to_ask(told.verdict, silent),
            (first.id, second.id),
        )


def _agreed(one: Resource, other: Resource) -> bool:
    """Whether its funder granted it and wrote that it adds up with the other."""
    return one.state.granted and other.id in one.beside


def _acts(first: Resource, second: Resource, on: date) -> Text:
    """The acts of both funders: the plan cites them, nobody here read them."""
    return Text(
        title=" ; ".join(dict.fromkeys((first.text, second.text))), checked_on=on, basis=Basis.A_VERIFIER
    )


def _to_ask(verdict: Verdict, silent: Sequence[Resource]) -> str:
    if verdict is Verdict.NON:
        return "Retirer l'une des deux."
    if verdict is not Verdict.A_VERIFIER:
        return ""
    who = " et ".join(f"le financeur de « {one.label} »" for one in silent)
    return f"À confirmer par écrit : {who} ; puis l'écrire dans « cumul_avec », avec l'acte dans « texte »."
