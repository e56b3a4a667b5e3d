"""The portrait in sentences, the same in the page, the article, the messages and the press note.

A figure that is not known is said so, never zero; a sample is no count, and gives none here.
"""

from collections.abc import Iterable, Iterator, Sequence

from ancrage.diagnosis.model import Activity, EssFabric, Family
from ancrage.diagnosis.overview.model import Glance
from ancrage.language.days import day, span
from ancrage.language.numbers import count, interval, number, percent
from ancrage.language.phrases import listed
from ancrage.language.places import in_place
from ancrage.language.typography import capitalised, uncapitalised
from ancrage.portrait.agenda import Happening
from ancrage.portrait.consent import Shown
from ancrage.questions.portrait import PortraitFacts

LARGEST = 3
NO_REGISTER = (
    "Le nombre de structures et d’emplois n’est pas connu ici : aucun registre complet ne couvre ce "
    "territoire."
)
DEFINITION = (
    "L’économie sociale et solidaire (ESS) réunit les associations, les coopératives, les mutuelles, les "
    "fondations, et des sociétés commerciales qui cherchent une utilité sociale : un but autre que le seul "
    "partage des bénéfices, une gouvernance démocratique, des bénéfices consacrés en majorité à l’activité."
)
LAW = "loi n° 2014-856 du 31 juillet 2014, article 1er"
CONSENT = "Les structures ne sont nommées qu’avec leur accord ; les autres sont seulement comptées."
NOBODY = "Aucune structure n’a encore donné son accord pour paraître ici."
UNKNOWN_CONSENT = "Aucun espace de travail n’est lu ici : qui est d’accord pour paraître n’est pas su."


def here(facts: PortraitFacts) -> str:
    """« à Aubusson », « dans la Creuse »; of an intercommunalité, « dans la CC Creuse Grand Sud »."""
    kind, name = facts.territory.kind.value, facts.territory.name
    if kind == "epci":
        return f"dans {'la ' if name.startswith(('CC ', 'CA ', 'CU ')) else ''}{name}"
    return in_place(kind, name)


def figure_of(facts: PortraitFacts, name: str) -> Glance:
    """One of the four figures of the diagnosis."""
    return next(one for one in facts.overview.ess.figures if one.id == name)


def fabric_of(facts: PortraitFacts) -> EssFabric | None:
    """The ESS of the territory where its register covers it wholly; a sample is no count."""
    return facts.diagnosis.ess if figure_of(facts, "structures").value is not None else None


def how_many(facts: PortraitFacts) -> Iterator[str]:
    """How many structures, jobs, structures of inclusion."""
    ess = fabric_of(facts)
    if ess is None:
        yield NO_REGISTER
    else:
        yield from _counted(facts, ess)
    if facts.diagnosis.inclusion and facts.diagnosis.inclusion.total:
        yield _included(facts)


def _included(facts: PortraitFacts) -> str:
    """Structures of inclusion, between the bounds of the diagnosis, with the list and its vintage."""
    told = figure_of(facts, "structures_insertion")
    low, high = int(told.low or 0), None if told.high is None else int(told.high)
    many = f"{interval(low, high)} structures" if high != low else count(low, "structure")
    verb = "accueille" if high == low == 1 else "accueillent"
    read = next((one for one in facts.diagnosis.sources if one.id == "siae"), None)
    source = f" ({read.title}, {read.vintage})" if read else ""
    begun = (
        f"{many} d’insertion y {verb}" if fabric_of(facts) else f"{here(facts)}, {many} d’insertion {verb}"
    )
    return f"{capitalised(begun)} des personnes éloignées de l’emploi{source}."


def _counted(facts: PortraitFacts, ess: EssFabric) -> Iterator[str]:
    structures = count(ess.establishments, "structure")
    verb = "fait vivre" if ess.establishments == 1 else "font vivre"
    employers = count(ess.employers, "emploie", "emploient")
    yield (
        f"{capitalised(here(facts))}, {structures} {verb} l’économie sociale et solidaire, dont {employers} "
        "des salariés."
    )
    jobs = ess.jobs
    if ess.employers:
        yield (
            f"On y compte environ {count(jobs.central, 'emploi salarié', 'emplois salariés')} "
            f"(de {interval(jobs.low, jobs.high)})."
        )
    if ess.share_of_employers is not None:
        yield f"C’est {percent(ess.share_of_employers)} des établissements employeurs du territoire."


def what_they_do(ess: EssFabric) -> Iterator[str]:
    """Their families, their activities: the most numerous first."""
    families = most(ess.families.values())
    if families:
        yield f"Les plus nombreuses : {families}."
    activities = most(ess.activities)
    if activities:
        yield f"Ce qu’elles font d’abord : {activities}."


def most(kinds: Iterable[Family | Activity]) -> str:
    """The most numerous, with how many each."""
    ordered = sorted((one for one in kinds if one.establishments), key=lambda one: -one.establishments)
    return listed([f"{uncapitalised(one.label)} ({number(one.establishments)})" for one in ordered[:LARGEST]])


def named_words(one: Shown) -> str:
    """A structure named, in a line: what it is, where, in its own words."""
    about = ", ".join(filter(None, (uncapitalised(one.activity), one.commune_name)))
    told = f"{one.name}{f' ({about})' if about else ''}"
    return f"{told} : {one.words}" if one.words else f"{told}."


def need_words(name: str, need: str) -> str:
    """What a structure says it needs."""
    return f"{name} : {need}"


def when(one: Happening) -> str:
    """« le 12 novembre 2026 à 18 h 30 », « du 1er au 30 novembre 2026 »."""
    if one.ends != one.begins:
        return span(one.begins, one.ends)
    hour = f" à {one.at.hour} h{f' {one.at.minute:02}' if one.at.minute else ''}" if one.at else ""
    return f"le {day(one.begins)}{hour}"


def where(one: Happening) -> str:
    """Its place and its commune; « partout en France » for what has none."""
    return ", ".join(filter(None, (one.place, one.commune_name))) or "partout en France"


def event_words(one: Happening) -> str:
    """An event in a line."""
    return f"{one.title}, {when(one)}, {where(one)}. Organisé par {one.organiser}."


def soonest(events: Sequence[Happening], most: int) -> tuple[Happening, ...]:
    """Local ones first, then what is everywhere; in the order of their days."""
    local = [one for one in events if one.commune][:most]
    return tuple([*local, *(one for one in events if not one.commune)][:most])
