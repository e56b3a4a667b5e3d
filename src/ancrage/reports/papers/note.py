"""A page for a committee: the ESS here, the blank zones, what to propose, with which aids, with whom."""

from collections.abc import Iterator

from ancrage.contacts.helping import Helper
from ancrage.coverage.judging import State
from ancrage.diagnosis.model import Diagnosis, EssFabric, Inclusion
from ancrage.language.days import day
from ancrage.language.numbers import count, interval, number, percent
from ancrage.language.phrases import listed
from ancrage.language.typography import NO_BREAK_SPACE, capitalised
from ancrage.questions.papers import PaperFacts
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.cells import Ref, Subject
from ancrage.reports.columns import Column, grid
from ancrage.reports.contacts.sheet import helper_distance
from ancrage.reports.overview import wording
from ancrage.reports.papers.annexes import annexed
from ancrage.reports.papers.document import NoteDocument, note
from ancrage.reports.papers.synthesis import AIDS, to_do, worth_asking
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

LARGEST_FAMILIES = 3
MOST_PARTNERS = 7
DECISIONS = 3
TO_FILL = f"{NO_BREAK_SPACE}\n{NO_BREAK_SPACE}"
"""A cell left for a pen, two lines high."""
NO_REGISTER = (
    "Aucun registre complet ne couvre ce territoire : ses structures et ses emplois ne sont pas comptés ici."
)
STATES = {
    State.COUVERT: "couverte",
    State.ELOIGNE: "éloignée",
    State.DLA_SEUL: "servie par le seul DLA",
    State.NON_COUVERT: "non couverte",
    State.INCONNU: "d’état inconnu",
}


def describe(answer: Answer[PaperFacts]) -> Sheet:
    """What a committee has before it."""
    found = answer.facts.overview
    return Sheet(
        kicker=f"Note pour le comité, au {day(answer.on)}",
        title=f"Point ESS : {found.place.name}",
        lead=" · ".join(filter(None, (capitalised(found.place.kind_label), wording.identity(found.place)))),
        warnings=tuple(dict.fromkeys((*answer.warnings, *filter(None, (found.place.note,))))),
        sections=(*_sections(answer.facts), *annexed(answer)),
        sources=answer.sources,
        method="methodes",
        on=answer.on,
        fitted=1,
        page=Ref(Subject.TERRITORY, str(answer.facts.territory.code)),
    )


def _sections(facts: PaperFacts) -> Iterator[Section]:
    yield Section("ess", "L’économie sociale et solidaire ici", (Items(tuple(ess_reading(facts))),))
    yield Section("zones-blanches", "Accompagnement et zones blanches", tuple(blank_zones(facts.diagnosis)))
    yield from to_do(facts.overview)
    if aids := worth_asking(facts):
        yield Section("aides", "Aides à mobiliser", (grid("Aides à mobiliser", AIDS, aids),))
    if facts.partners and facts.partners.groups:
        helpers = tuple(facts.partners.helpers)[:MOST_PARTNERS]
        yield Section("partenaires", "Qui associer", (grid("Qui associer", PARTNERS, helpers),))
    yield Section("decisions", "Décisions du comité", (to_decide(),))


def to_decide() -> Grid:
    """The table that a committee fills with a pen."""
    blank = tuple((f"{rank}.", TO_FILL, TO_FILL, TO_FILL) for rank in range(1, DECISIONS + 1))
    return Grid("Décisions du comité", ("N°", "Décision", "Qui", "Pour quand"), blank)


PARTNERS: tuple[Column[Helper], ...] = (
    Column("Qui", lambda one: one.contact.name),
    Column("Ce que c’est", lambda one: one.contact.kind.label),
    Column("Téléphone", lambda one: cells.phone(one.contact.phone) or "inconnu"),
    Column("Distance", helper_distance),
)


def ess_reading(facts: PaperFacts) -> Iterator[str]:
    """The figures in sentences."""
    found = facts.diagnosis
    if found.ess is None or found.ess.note:
        yield NO_REGISTER
    else:
        yield from _fabric(found.ess)
    if found.inclusion and found.inclusion.total is not None:
        yield _siae(found.inclusion)
    kind = facts.overview.place.kind
    yield from (
        f"{one.label} : {told}."
        for one in facts.overview.ess.figures
        if (told := wording.rank_words(one, kind))
    )


def _fabric(ess: EssFabric) -> Iterator[str]:
    jobs = interval(ess.jobs.low, ess.jobs.high)
    share = (
        f" ; {percent(ess.share_of_employers)} des employeurs" if ess.share_of_employers is not None else ""
    )
    yield (
        f"{count(ess.establishments, 'structure')} dont {count(ess.employers, 'employeur')}, "
        f"{number(ess.jobs.central)} emplois salariés (de {jobs}){share}."
    )
    largest = sorted(ess.families.values(), key=lambda one: -one.establishments)[:LARGEST_FAMILIES]
    told = [f"{one.label.lower()} ({number(one.establishments)})" for one in largest if one.establishments]
    if told:
        yield f"Familles les plus nombreuses : {listed(told)}."
    if ess.to_check:
        yield f"{count(ess.to_check, 'structure')} à vérifier, comptées à part."


def _siae(inclusion: Inclusion) -> str:
    kinds = listed([f"{name} {number(many)}" for name, many in inclusion.kinds.items() if many])
    total = count(inclusion.total or 0, "structure d’insertion", "structures d’insertion")
    return f"{total}{f' : {kinds}' if kinds else ''}."


def blank_zones(diagnosis: Diagnosis) -> Iterator[Block]:
    """How many communes are served, and by which networks; those whose places nobody listed, once."""
    coverage = diagnosis.coverage
    if coverage is None:
        yield Paragraph("L’accompagnement se mesure par commune : il n’est pas mesuré pour ce territoire.")
        return
    states = [
        f"{count(many, 'commune')} {_agreed(State(name), many)}" for name, many in coverage.states.items()
    ]
    yield Paragraph(f"Accompagnement propre à l’ESS : {listed(states)}.")
    known = [one for one in coverage.networks if one.known and one.mean_km is not None]
    if known:
        told = [f"{one.label} à {cells.distance(one.mean_km)} en moyenne" for one in known]
        yield Paragraph(f"{capitalised(listed(told))}.")
    absent = [one.label for one in coverage.networks if not one.known and one.ess]
    if absent:
        yield Paragraph(f"Aucune liste de lieux lue pour : {listed(absent)}.", "quiet")


def _agreed(state: State, many: int) -> str:
    words = STATES[state]
    plural_at = words.split(" ")[0]
    return words if many < 2 or state is State.INCONNU else words.replace(plural_at, f"{plural_at}s", 1)


TOPIC = Topic(describe, note, NoteDocument)
