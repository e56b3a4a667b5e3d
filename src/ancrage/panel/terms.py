"""From quotas as written to quotas on a list: known traits and values, possible bounds; faults together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import process

from ancrage.errors import PanelFileError
from ancrage.language.typography import capitalised
from ancrage.panel.longlist import LongList
from ancrage.panel.quota_text import WrittenQuota
from ancrage.panel.quotas import EACH, Quota, Terms
from ancrage.panel.traits import NO, YES, Trait
from ancrage.repairs import GiveField
from ancrage.territories.naming import normalise

MOST_SUGGESTED = 5


def terms_on(
    long_list: LongList, size: int, quotas: Sequence[WrittenQuota], weights: Mapping[str, float] | None = None
) -> Terms:
    """Terms of a panel on a list. ``weights``: of the traits in the diversity, declared ones by default.

    Raises :class:`PanelFileError` with every fault: size, unknown trait or value, bounds, weights.
    """
    faults = list(_size_faults(long_list, size))
    found: list[Quota] = []
    for written in dict.fromkeys(quotas):  # the same one twice says nothing more
        try:
            found.append(_quota(long_list, written))
        except _QuotaFaultError as fault:
            faults.append(f"quota « {written.id or written.trait} » : {fault}")
    faults += [
        f"deux quotas s'appellent « {id_} »" for id_, n in Counter(q.id for q in found).items() if n > 1
    ]
    weighed = _weights(long_list, weights or {}, faults)
    if faults:
        raise PanelFileError(_sentence(faults), _advice(long_list), GiveField("colonne", ("TRAIT=TITRE",)))
    return Terms(size, tuple(found), weighed)


def _sentence(faults: Sequence[str]) -> str:
    told = " ; ".join(faults)
    return capitalised(told) + ("" if told.endswith("?") else ".")


def _advice(long_list: LongList) -> str:
    known = ", ".join(long_list.traits)
    return f"Traits connus : {known}. D'autres colonnes se déclarent."


class _QuotaFaultError(Exception):
    """What is wrong with a quota, in French."""


def _size_faults(long_list: LongList, size: int) -> Iterator[str]:
    if not 1 <= size <= len(long_list):
        yield f"un panel de {size} ne se tire pas d'une liste de {len(long_list)} structures"


def _quota(long_list: LongList, written: WrittenQuota) -> Quota:
    trait = _trait(long_list, written.trait)
    least = written.min if written.exact is None else written.exact
    most = written.max if written.exact is None else written.exact
    if written.exact is not None and (written.min is not None or written.max is not None):
        raise _QuotaFaultError("« exact » ne va ni avec « min » ni avec « max »")
    if least is None and most is None:
        raise _QuotaFaultError("aucune borne (min, max ou exact)")
    if least is not None and most is not None and least > most:
        raise _QuotaFaultError(f"le minimum ({least}) dépasse le maximum ({most})")
    values = _values(long_list, trait, written.valeurs)
    label = written.label or _label(long_list, trait, values, least, most)
    return Quota(written.id or label, label, trait.id, values, least, most, written.poids)


def _trait(long_list: LongList, written: str) -> Trait:
    for trait in long_list.traits.values():
        if normalise(written) in (normalise(trait.id), normalise(trait.label)):
            return trait
    near = process.extractOne(written, list(long_list.traits), processor=normalise, score_cutoff=60)
    told = f", vouliez-vous dire « {near[0]} » ?" if near else ""
    raise _QuotaFaultError(f"le trait « {written} » n'est pas connu{told}")


def _values(long_list: LongList, trait: Trait, written: Sequence[str]) -> tuple[str, ...]:
    if tuple(written) == (EACH,):
        return (EACH,)
    if not written:
        if trait.answers:
            return (YES,)
        raise _QuotaFaultError(f"quelle valeur de « {trait.label} » ? ({_some_values(long_list, trait)})")
    return tuple(dict.fromkeys(_value(long_list, trait, one) for one in written))


def _value(long_list: LongList, trait: Trait, written: str) -> str:
    labels = {value: long_list.label(trait.id, value) for value in long_list.values_of(trait.id)}
    if trait.answers:
        labels |= {YES: YES, NO: NO}
    wanted = normalise(written)
    exact = [value for value, label in labels.items() if wanted in (normalise(value), normalise(label))]
    if exact:
        return exact[0]
    near = process.extract(written, labels, processor=normalise, score_cutoff=60, limit=3)
    told = (
        f", vouliez-vous dire {' ou '.join(f'« {label} »' for label, _, _ in near)} ?"
        if near
        else f" ({_some_values(long_list, trait)})"
    )
    raise _QuotaFaultError(f"aucune structure de la liste n'a « {written} » pour « {trait.label} »{told}")


def _some_values(long_list: LongList, trait: Trait) -> str:
    held = long_list.values_of(trait.id)
    frequent = sorted(held, key=lambda value: (-len(held[value]), value))[:MOST_SUGGESTED]
    if not frequent:
        return "il n'est connu d'aucune structure de la liste"
    more = " ; …" if len(held) > MOST_SUGGESTED else ""
    return "valeurs : " + " ; ".join(long_list.label(trait.id, value) for value in frequent) + more


def _label(
    long_list: LongList, trait: Trait, values: Sequence[str], least: int | None, most: int | None
) -> str:
    if least == most:
        told = f"exactement {least}"
    else:
        bounds = (("au moins", least), ("au plus", most))
        told = ", ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)
    if tuple(values) == (EACH,):
        return f"{trait.label} : {told} de chaque valeur"
    named = " ou ".join(long_list.label(trait.id, value) for value in values)
    return f"{trait.label} : {told}" if tuple(values) == (YES,) else f"{trait.label} « {named} » : {told}"


def _weights(long_list: LongList, written: Mapping[str, float], faults: list[str]) -> dict[str, float]:
    """Weights of the traits that can tell structures apart: those of two known values at least.

    With a single known value, a trait would only prefer what is known to what is not.
    """
    asked = {}
    for name, weight in written.items():
        try:
            asked[_trait(long_list, name).id] = weight
        except _QuotaFaultError as fault:
            faults.append(f"diversité : {fault}")
        if not 0 <= weight < float("inf"):
            faults.append(f"diversité : le poids de « {name} » ({weight:g}) n'est pas un nombre positif")
    weights = asked or {trait.id: trait.diversity for trait in long_list.traits.values()}
    return {
        trait: weight
        for trait, weight in weights.items()
        if weight > 0 and len(long_list.values_of(trait)) > 1
    }
