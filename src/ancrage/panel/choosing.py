"""From a list and terms to a panel: the best, its proof, what each quota costs, who could stand in."""

from collections.abc import Iterator

from ancrage.errors import ImpossibleQuotaError, PanelFileError
from ancrage.optimum import Clock, Proof
from ancrage.panel.longlist import LongList
from ancrage.panel.quotas import EACH, Quota, Terms
from ancrage.panel.relaxing import relax, too_short
from ancrage.panel.result import Panel, QuotaCost, QuotaState, Relaxation
from ancrage.panel.searching import ROUNDING, Best, Searcher
from ancrage.panel.states import stand_ins, states_of
from ancrage.repairs import GiveField

DEFAULT_SECONDS = 60.0


def choose_panel(
    long_list: LongList,
    terms: Terms,
    *,
    seconds: float = DEFAULT_SECONDS,
    with_costs: bool = True,
    bend: bool = False,
) -> Panel:
    """The panel of most diversity that satisfies every quota.

    ``seconds`` bounds the whole search, half of it for the panel itself. ``bend``: when no panel satisfies
    all, give up the smallest set of quotas instead of raising. Raises :class:`ImpossibleQuotaError`, whose
    hint names that set.
    """
    if not 0 < seconds < float("inf"):
        raise PanelFileError(
            f"{seconds:g} secondes ne suffisent pas.",
            "Donnez un temps positif.",
            GiveField("secondes", ("60",)),
        )
    clock, searcher, relaxed = Clock.of(seconds), Searcher(long_list, terms), None
    best = searcher.best(clock.left / 2 if with_costs else clock.left)
    if best.impossible:
        relaxed, best = relax(searcher, clock.left)
        if not bend:
            raise _impossible(relaxed)
    if best.kept is None:
        raise too_short()
    chosen = tuple(sorted(best.kept))
    free, costs = (None, ()) if relaxed or not with_costs else _costs(searcher, best, clock)
    return Panel(
        long_list=long_list,
        terms=terms,
        chosen=chosen,
        proof=best.proof,
        search=best.search,
        settled=best.settled,
        quotas=states_of(long_list, terms, best.kept),
        stand_ins=stand_ins(long_list, terms, chosen),
        free=free,
        costs=costs,
        relaxed=relaxed,
    )


def _costs(searcher: Searcher, best: Best, clock: Clock) -> tuple[Proof | None, tuple[QuotaCost, ...]]:
    """Diversity without any quota, then without each; none gains more than all of them together."""
    quotas = searcher.terms.quotas
    if not quotas:
        return None, ()
    kept = best.kept or frozenset()
    share = clock.left / (len(quotas) + 1)
    free = searcher.best(share, without=[quota.id for quota in quotas], near=kept).proof
    if free.proven and best.proof.proven and free.bound <= best.proof.value + ROUNDING:
        return free, tuple(QuotaCost(quota, 0.0, None, (), ()) for quota in quotas)
    return free, tuple(_costs_of_each(searcher, best, kept, clock))


def _costs_of_each(searcher: Searcher, best: Best, kept: frozenset[int], clock: Clock) -> Iterator[QuotaCost]:
    quotas, candidates = searcher.terms.quotas, searcher.long_list.candidates
    for rank, quota in enumerate(quotas):
        found = searcher.best(clock.left / (len(quotas) - rank), without=[quota.id], near=kept)
        # A search cut short may find less than the panel at hand, which satisfies fewer quotas as well.
        better = found.kept if found.kept and found.proof.value > best.proof.value + ROUNDING else kept
        yield QuotaCost(
            quota=quota,
            gain=max(0.0, searcher.value(better) - best.proof.value),
            proof=found.proof,
            entering=tuple(candidates[one] for one in sorted(better - kept)),
            leaving=tuple(candidates[one] for one in sorted(kept - better)),
        )


def _impossible(relaxed: Relaxation) -> ImpossibleQuotaError:
    told = " ; ".join(missed_words(state) for state in relaxed.quotas)
    smallest = (
        "le plus petit renoncement"
        if relaxed.proven
        else "un renoncement suffisant (le plus petit n'est pas prouvé)"
    )
    others = "".join(f" Ou bien, aussi petit : {_named(one)}." for one in relaxed.others)
    return ImpossibleQuotaError(
        f"Aucun panel ne satisfait tous les quotas ; {smallest} : {told}.{others}",
        "Assouplissez vos quotas, ou demandez le panel qui s'en approche le plus.",
        GiveField("assouplir"),
    )


def _named(quotas: tuple[Quota, ...]) -> str:
    return " et ".join(f"« {quota.label} »" for quota in quotas)


def missed_words(state: QuotaState) -> str:
    """What is missed of a quota: « « DROM : au moins 2 » (1 au mieux : la liste en compte 1) »."""
    quota = state.quota
    if quota.least is not None and state.sure < quota.least:
        told = f"{state.sure} au mieux pour {quota.least} ; la liste en compte {state.available}"
    elif quota.most is not None and state.possible > quota.most:
        unknown = state.possible - state.sure
        doubt = f", dont {unknown} à vérifier" if unknown else ""
        told = f"{state.possible}{doubt}, au mieux, pour {quota.most}"
    else:
        told = f"manqué de {state.missed}"
    value = f", {state.value}" if quota.values == (EACH,) and state.value else ""
    return f"« {quota.label} »{value} ({told})"
