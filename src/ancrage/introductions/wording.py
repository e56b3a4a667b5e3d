"""What each message says: who asks what and why it reaches one, how to reach who said yes, what ended."""

from dataclasses import dataclass
from datetime import datetime

from ancrage.alerts.links import address
from ancrage.introductions.asking import ANSWER_WITHIN
from ancrage.introductions.links import token_of
from ancrage.introductions.models import OPEN, Letter, Side, Sort, Standing
from ancrage.introductions.showing import details_between
from ancrage.language.days import day as long_day
from ancrage.language.numbers import count
from ancrage.people.acting import day

ABOUT_ONE = (
    "Vos coordonnées ne lui seront données que si vous acceptez ; les siennes vous parviendront alors."
)
ABOUT_MANY = (
    "Cette proposition est faite à {count}, chacune à part. "
    "Le groupe ne connaîtra que celles qui acceptent : "
    "elles seules verront vos coordonnées, et vous les leurs, si vous acceptez aussi."
)
INVITATION = """Bonjour,

{asker}{code} souhaite entrer en relation avec {name} pour {aim}{subject}.

Son message :

{words}

{about}

Pour accepter, décliner, ou ne plus recevoir de telles demandes, ouvrez cette adresse
et répondez jusqu'au {until} :

    {link}

Sans réponse, rien d'autre ne vous sera envoyé à ce sujet.

Pourquoi ce message : {why}."""
MEMBER = "vous représentez {name} sur ce site"
ACCORD = """Bonjour,

{other}{code} et {name} sont d'accord pour entrer en relation ({aim}{subject}).

Pour joindre {other} :

{details}

Vos coordonnées lui sont données de même. Pour les retrouver, ou mettre fin à cette mise en relation :

    {link}"""
DECLINED = """Bonjour,

{other}{code} ne souhaite pas donner suite à votre demande ({aim}{subject}).
Ses coordonnées ne vous sont pas données, et elle n'a pas à dire pourquoi.

    {link}"""
UNANSWERED = """Bonjour,

{other}{code} n'a pas répondu en {days} jours à votre demande ({aim}{subject}).
Elle ne peut plus y répondre ; ses coordonnées ne vous sont pas données.

    {link}"""
UNREACHED = """Bonjour,

Votre demande ({aim}{subject}) n'a pas pu être remise à {other}{code} : la messagerie la refuse,
l'adresse n'est sans doute pas la bonne.

Vous pouvez la refaire à une autre adresse, ou joindre cette structure autrement :

    {link}"""
ENDED = """Bonjour,

{other}{code} a mis fin à votre mise en relation ({aim}{subject}).
Ses coordonnées ne sont plus montrées sur ce site, et il vous est demandé de ne plus vous en servir.

    {link}"""


@dataclass(frozen=True, slots=True)
class Written:
    """A message: subject and text."""

    subject: str
    text: str


def written(letter: Letter, now: datetime) -> Written | None:
    """The words of a message as they are true now; ``None`` when there is nothing to say any more.

    Raises :class:`MailError` where links of messages would not open.
    """
    to, about = letter.to, letter.about
    if letter.sort == Sort.INVITATION:
        return _invitation(letter, now)
    words = _common(to, about) | {"link": page_of(to)}
    if letter.sort == Sort.ACCORD:
        reached = details_between(to, about)
        if reached is None:
            return None
        told = [reached.name, reached.email, reached.phone]
        proof = f"    ({reached.proof})" if reached.proof else ""
        words["details"] = "\n".join([*(f"    {one}" for one in told if one), *filter(None, (proof,))])
        return Written(
            _subject(f"Mise en relation avec {about.name} : vous êtes d'accord"), _said(ACCORD, words)
        )
    if letter.sort == Sort.FIN:
        return Written(_subject(f"{about.name} a mis fin à votre mise en relation"), _said(ENDED, words))
    if about.standing == Standing.EXPIRED:
        words["days"] = str(ANSWER_WITHIN.days)
        return Written(_subject(f"{about.name} n'a pas répondu"), _said(UNANSWERED, words))
    if about.standing == Standing.UNREACHED:
        return Written(
            _subject(f"Votre demande n'a pas pu être remise à {about.name}"), _said(UNREACHED, words)
        )
    return Written(_subject(f"{about.name} ne donne pas suite"), _said(DECLINED, words))


def _invitation(letter: Letter, now: datetime) -> Written | None:
    to, asker = letter.to, letter.about
    until = to.asked_at + ANSWER_WITHIN
    over = to.introduction.ended_at is not None or now >= until
    if to.standing not in OPEN or over:
        return None
    asked = to.introduction.sides.filter(asks=False).count()
    reached = getattr(to, "reached_at", None)
    words = _common(to, asker) | {
        "asker": asker.name,
        "words": "\n".join(f"    {line}" for line in to.introduction.words.splitlines()),
        "about": ABOUT_ONE if asked == 1 else ABOUT_MANY.format(count=count(asked, "structure")),
        "until": long_day(day(until)),
        "link": page_of(to) if letter.person else answer_page(to),
        "why": MEMBER.format(name=to.name)
        if letter.person or reached is None
        else f"on cherche à joindre {to.name}, et {reached.told}",
    }
    return Written(
        _subject(f"{asker.name} souhaite entrer en relation avec {to.name}"), _said(INVITATION, words)
    )


def _common(to: Side, about: Side) -> dict[str, str]:
    introduction = to.introduction
    return {
        "name": to.name,
        "other": about.name,
        "code": f" ({'SIRET' if about.siret else 'SIREN'} {about.code})" if about.code else "",
        "aim": introduction.get_aim_display(),
        "subject": f", « {introduction.subject} »" if introduction.subject else "",
    }


def page_of(side: Side) -> str:
    """Where a side is read and answered: in the space for who has an account, by its link otherwise."""
    own = side.person is not None or (side.organisation is not None and side.standing in OPEN)
    return address("introduction", str(side.pk)) if own else answer_page(side)


def answer_page(side: Side) -> str:
    """Where a side without an account answers."""
    return address("introduction-answer", token_of(side.pk))


def _said(text: str, words: dict[str, str]) -> str:
    """Values are put in once: what people wrote is never read as a pattern."""
    return text.format_map(words)


def _subject(told: str) -> str:
    return " ".join(told.split())[:200]
