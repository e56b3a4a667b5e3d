"""What a page tells beside the answer itself: what became of each request, who closed meanwhile."""

from dataclasses import dataclass

from ancrage.alerts.models import State
from ancrage.edition.opened import Opened
from ancrage.introductions.models import Side, Sort, Standing
from ancrage.people.registered import registered


@dataclass(frozen=True, slots=True)
class Told:
    """A side that was asked, what it answered, and a French sentence on its request if one is needed."""

    side: Side
    note: str


def answers_of(asker: Side) -> list[Told]:
    """What became of each request of who asked, in the order they were made."""
    sides = asker.introduction.sides.filter(asks=False).order_by("asked_at", "name")
    return [Told(one, _note(one)) for one in sides]


def _note(side: Side) -> str:
    if side.standing == Standing.UNREACHED:
        return "La messagerie la refuse : refaites la demande à une autre adresse, ou joignez-la autrement."
    if side.standing != Standing.ASKED:
        return ""
    states = set(side.letters.filter(sort=Sort.INVITATION).values_list("state", flat=True))
    if State.REMIS in states:
        return "La demande lui a été remise par courriel."
    if states & {State.A_ENVOYER, State.ENVOI}:
        return "La demande partira dès que le serveur de messagerie la prendra."
    if State.REFUSE in states:
        return "Son serveur de messagerie a refusé la demande : l’adresse n’est sans doute pas la bonne."
    return "La demande n’a pas pu lui être envoyée par courriel."


def closed_of(reader: Side, opened: Opened) -> list[str]:
    """The sides that the register has closed since, each in a French sentence."""
    found = []
    for one in reader.introduction.sides.exclude(pk=reader.pk):
        if reader.asks or one.asks:
            told = registered(opened.atlas, one.code, on=opened.today) if one.code else None
            if told is not None and told.closed is not None:
                found.append(f"{one.name} : {told.told()}")
    return found
