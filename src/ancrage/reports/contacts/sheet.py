"""Who can help, in words: whom to call first, how to reach them, how far they are."""

from collections.abc import Iterator

from ancrage.contacts.finding import Contact
from ancrage.contacts.helping import Help, Helper
from ancrage.contacts.needs import directory
from ancrage.contacts.reading import NATIONAL
from ancrage.language.days import day
from ancrage.language.folding import bare
from ancrage.language.numbers import count
from ancrage.language.phrases import listed
from ancrage.language.typography import capitalised
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.aids.desks import seen_words
from ancrage.reports.cells import Cell
from ancrage.reports.columns import Column, Title, grid, kept, read
from ancrage.reports.contacts.apart import powerless_words, to_check, without_power
from ancrage.reports.contacts.document import HelpDocument, document
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet, Where
from ancrage.reports.topic import Topic
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory

METHOD = "contacts"
UNKNOWN = "Ce qui n’est pas connu ici"
HERE_KM, FAR_KM = 0.05, 10
"""Kilometres under which it is the same commune, and over which a decimal says nothing."""
LEVELS_OF = {Kind.COMMUNE: "com", Kind.EPCI: "epci", Kind.DEPARTEMENT: "dep", Kind.REGION: "reg"}
DIRECTORY = (
    "L’annuaire de l’administration en donne souvent le téléphone : https://lannuaire.service-public.gouv.fr"
)
NOBODY = "Aucun contact n’est connu pour ce territoire."
STRAIGHT = "À vol d’oiseau ; jusqu’au chef-lieu de ce qu’il sert, quand son adresse n’est pas connue."


def describe(answer: Answer[Help]) -> Sheet:
    """Those who answer, by need or by family; what is not known, said once."""
    found, territory = answer.facts, answer.territory
    assert territory is not None  # noqa: S101 it is always of a territory
    return Sheet(
        kicker=f"{_asked(found)}, le {day(answer.on)}",
        title=f"{territory.name} ({territory.code.code})",
        lead=_lead(found),
        sections=tuple(_sections(answer)),
        sources=answer.sources,
        method=METHOD,
        on=territory.on,
    )


def _asked(found: Help) -> str:
    return f"Qui peut m’aider ici : {found.need.label.lower()}" if found.need else "Qui peut m’aider ici"


def _lead(found: Help) -> str:
    if not found.groups:
        return NOBODY
    told = "Les services et réseaux qui répondent ici, chacun avec le jour où sa source le montre."
    return f"{told} Distances comptées depuis {found.origin.name}." if found.origin else told


def _sections(answer: Answer[Help]) -> Iterator[Section]:
    found, territory = answer.facts, answer.territory
    assert territory is not None  # noqa: S101 it is always of a territory
    for group, helpers in found.groups:
        yield Section(group.id, group.label, (grid(group.label, columns(answer), helpers),))
    if found.unknown:
        yield Section("inconnus", UNKNOWN, (Paragraph(unknown_words(found, territory)),))


def unknown_words(found: Help, territory: Territory) -> str:
    """The kinds of which nobody is known, once, and who would tell; whom the law leaves no power there."""
    without = without_power(found.unknown, territory)
    names = listed([one.label for one in found.unknown if one not in without])
    nobody = f"{capitalised(names)} : aucun nom n’est dans les sources lues." if names else ""
    why = to_check(territory) if names else ""
    doubt = f"Qu’ils existent tous ici est à vérifier. {why}." if why else ""
    return " ".join(filter(None, (*powerless_words(without), nobody, doubt, DIRECTORY)))


def columns(answer: Answer[Help]) -> tuple[Column[Helper], ...]:
    """The columns of a table of helpers, for the day of the answer."""
    return (
        read(
            "Qui", lambda one: cells.lines(cells.strong(one.contact.name), cells.quiet(said_of(one.contact)))
        ),
        read("Joindre", lambda one: cells.lines(*reached(one.contact))),
        read("Distance", helper_distance, brief="km"),
        read("Vu par la source", lambda one: cells.lines(*_seen(one, answer))),
        Column(Title("Sorte", where=Where.KEPT), lambda one: one.contact.kind.label),
        kept("Nom", lambda one: one.contact.name),
        kept("Téléphone", lambda one: one.contact.phone),
        kept("Courriel", lambda one: one.contact.email),
        kept("Site", lambda one: one.contact.website),
        kept("Adresse", lambda one: one.contact.address),
        kept("Distance", lambda one: cells.distance(one.km), note=STRAIGHT),
        kept("Sert le territoire", lambda one: cells.yes_no(not one.beyond)),
        kept("Jour de la source", lambda one: one.contact.seen_on),
        kept(
            "À vérifier", lambda one: cells.yes_no(one.contact.is_old(answer.on) or not one.contact.official)
        ),
        kept("Source", lambda one: one.contact.source),
    )


def said_of(contact: Contact) -> str:
    """What it is, unless its name says so, and what it does."""
    offer = directory().offer_of.get(contact.kind)
    named = bare(contact.kind.label).split()[0] in bare(contact.name).split()
    parts = ("" if named else contact.kind.label, offer.offers if offer else "")
    return capitalised(" : ".join(filter(None, parts)))


def reached(contact: Contact) -> Iterator[str]:
    """How to reach it, a line a way."""
    yield cells.phone(contact.phone) if contact.phone else cells.quiet("Téléphone inconnu")
    yield contact.email
    yield cells.away(_host(contact.website), contact.website)
    yield contact.address


def _host(website: str) -> str:
    return website.partition("://")[2].removeprefix("www.").partition("/")[0]


def helper_distance(one: Helper) -> Cell:
    """How far it is, in words."""
    if one.contact.territory == NATIONAL:
        return "national"
    if one.km is None:
        return cells.distance(None)
    if one.km < HERE_KM:
        return "ici, sans adresse connue" if one.seat else "sur place"
    told = cells.figure(one.km, 0 if one.km >= FAR_KM else 1, unit="km")
    return cells.lines(f"environ {told}" if one.seat else told, "hors du territoire" if one.beyond else "")


def distance_words(one: Helper, territory: Territory) -> Cell:
    """The same on a line of its own: an authority is at no distance from its own territory."""
    if one.km is not None or one.contact.territory == NATIONAL:
        return helper_distance(one)
    own = f"{LEVELS_OF.get(territory.kind, '')}:{territory.code.code.rpartition(':')[2]}"
    return "" if one.contact.territory == own else "distance inconnue"


def _seen(one: Helper, answer: Answer[Help]) -> Iterator[str]:
    yield cells.quiet(seen_words(one.contact, answer.on))
    if one.contact.others:
        yield cells.quiet(f"Et {count(one.contact.others, 'autre', 'autres')} pour ce territoire.")
    if one.contact.national:
        yield cells.Phrase(
            "Au niveau national : ", cells.away(one.contact.national.name, one.contact.national.website)
        )


def table(answer: Answer[Help]) -> Grid:
    """All of them in one table."""
    from ancrage.reports.columns import for_keeping

    whole = grid("Contacts", columns(answer), tuple(answer.facts.helpers))
    sheet = for_keeping(Sheet("", "", "", (Section("contacts", "Contacts", (whole,)),)))
    (told,) = sheet.sections[0].blocks
    assert isinstance(told, Grid)  # noqa: S101 the only block
    return told


TOPIC = Topic(describe, document, HelpDocument, table=table)
