"""What messages say: to who asks and to the supports, made when they leave from what is then true."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from ancrage.alerts.links import address
from ancrage.contacts.needs import directory
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.language.phrases import at, listed, of
from ancrage.needs import links
from ancrage.needs.keeping import KEPT_DAYS
from ancrage.needs.models import TO_SUPPORT, Asked, Letter, Need, Stage, Step


@dataclass(frozen=True, slots=True)
class Written:
    """A message: subject and text."""

    subject: str
    text: str


def label_of(kind: str) -> str:
    """The words of a kind of need."""
    return next((one.label for one in directory().needs if one.id == kind), kind)


def words_of(letter: Letter) -> Written:
    """The words of a message, and why it reaches who reads it."""
    written = WORDS[Step(letter.step)](letter)
    return Written(written.subject, f"{written.text}\n\nPourquoi ce message : {_why(letter)}.")


def _why(letter: Letter) -> str:
    need, asked = letter.need, letter.asked
    on = day(localdate(need.asked_at))
    if letter.step not in TO_SUPPORT or asked is None:
        who = "quelqu’un a" if letter.step == Step.CONFIRMER else "vous avez"
        return f"{who} demandé de l’aide avec cette adresse, le {on}"
    giver = asked.from_of.first()
    chosen = (
        f"{giver.name} a transmis {at(asked.name)} une demande faite le {on}"
        if giver
        else f"une personne a choisi {asked.name} parmi les supports proposés, le {on}"
    )
    return f"{chosen}, et cette adresse est celle que ce site lui connaît"


def _subject(need: Need) -> str:
    return f"{label_of(need.kind)}, {need.place}"


def follow_path(need: Need) -> str:
    """The same on this site."""
    return reverse("need-follow", args=[links.token(links.FOLLOW, need.pk)])


def follow_link(need: Need) -> str:
    """Where who asks follows her request."""
    return address("need-follow", links.token(links.FOLLOW, need.pk))


def call_link(need: Need) -> str:
    """Where what to say on the telephone is read."""
    return address("need-call", links.token(links.FOLLOW, need.pk))


def answer_link(asked: Asked) -> str:
    """Where a support answers."""
    return address("need-answer", links.token(links.ANSWER, asked.pk))


def told_of(need: Need) -> Iterator[str]:
    """What a support is told: her words, the facts she chose, how to reach her; nothing else."""
    yield f"Besoin : {label_of(need.kind)}"
    yield f"Où : {need.place}"
    yield f"Qui demande : {need.get_asker_display()}{f', {need.name}' if need.name else ''}"
    yield f"\n{need.words}\n"
    yield from (f"{label} : {value}" for label, value in need.facts)
    yield f"Joindre : {need.email}{f', {need.phone}' if need.phone else ''}"


def _confirm(letter: Letter) -> Written:
    need = letter.need
    link = address("need-confirm", links.token(links.CONFIRM, need.pk))
    by_mail = [one.name for one in need.asked.order_by("name") if one.email]
    calls = [one for one in need.asked.order_by("name") if not one.email]
    press = "Envoyer" if by_mail else "Confirmer"
    text = f"""Bonjour,

Quelqu’un a demandé de l’aide avec cette adresse, sur Ancrage : {_subject(need)}.

Rien n’est encore parti. Ouvrez cette adresse et pressez « {press} ma demande ».
Elle sert {links.CONFIRM_DAYS} jours :

    {link}

{_going(by_mail, calls)}

Vous n’avez rien demandé ? Ignorez ce message : rien ne sera envoyé, et tout sera effacé."""
    return Written(f"Confirmez votre demande : {_subject(need)}", text)


def _gone(letter: Letter) -> Written:
    need = letter.need
    kept = [one for one in need.asked.order_by("name") if one.stage != Stage.FERMEE]
    sent, calls = [one for one in kept if one.email], [one for one in kept if not one.email]
    closed = [one.name for one in need.asked.filter(stage=Stage.FERMEE)]
    gone = (
        f"""Votre demande est partie vers {count(len(sent), "support")} :
{chr(10).join(map(_reach, sent))}

Chacun répond par un lien. Sans réponse en 72 heures, nous le lui rappelons ; en quinze jours, nous vous le
disons, avec ce que vous pouvez faire d’autre.
"""
        if sent
        else ""
    )
    to_call = (
        f"""À joindre vous-même, car nous n’en connaissons pas de courriel :
{chr(10).join(map(_reach, calls))}

Quoi leur dire, à imprimer ou à lire au téléphone, et où noter ce qu’ils répondent :

    {call_link(need)}
"""
        if calls
        else ""
    )
    over = f"N’est pas demandé, car le registre le donne fermé : {listed(closed)}.\n" if closed else ""
    told = "".join(f"{part}\n" for part in (gone, to_call, over) if part)
    text = f"""Bonjour,

{told}Suivre votre demande, en demander d’autres, l’arrêter, l’effacer :

    {follow_link(need)}

Ce que vous avez écrit est effacé {KEPT_DAYS} jours après votre demande."""
    began = "Votre demande est partie" if sent else "Qui appeler, et que dire"
    return Written(f"{began} : {_subject(need)}", text)


def _going(by_mail: list[str], calls: list[Asked]) -> str:
    told = [f"Elle ira à :\n{chr(10).join(f'    {name}' for name in by_mail)}"] if by_mail else []
    if calls:
        told.append(f"Vous joindrez vous-même :\n{chr(10).join(map(_reach, calls))}")
    return "\n\n".join(told)


def _reach(one: Asked) -> str:
    told = one.phone or (one.website if not one.email else "")
    return f"    {one.name}{f' ({told})' if told else ''}"


def _calls(letter: Letter) -> Written:
    need = letter.need
    waiting = [one for one in need.asked.order_by("name") if one.stage == Stage.A_JOINDRE]
    return Written(
        f"Avez-vous pu les joindre ? {_subject(need)}",
        f"""Bonjour,

Il y a quinze jours, vous deviez joindre vous-même :
{chr(10).join(map(_reach, waiting))}

Dites ce qu’ils ont répondu : cela compte dans ce qui manque sur ce territoire, sans rien qui vous désigne.
Quoi leur dire si ce n’est pas encore fait, et d’autres supports :

    {follow_link(need)}

C’est notre seul rappel.""",
    )


def _ask(letter: Letter) -> Written:
    asked = _asked(letter)
    text = f"""Bonjour,

Une personne demande de l’aide à {asked.name}, par Ancrage.

{chr(10).join(told_of(letter.need))}

Répondez en un clic, sans compte :

    {answer_link(asked)}

Vous pouvez dire que vous prenez en charge, que ce n’est pas pour vous, que vous n’arrivez pas à joindre la
personne, qu’aucune aide n’est possible, ou transmettre à un autre support. La personne en est prévenue.

Ces informations sont celles qu’elle a choisi d’envoyer ; elles ne servent qu’à lui répondre."""
    return Written(f"Demande d’appui : {_subject(letter.need)}", text)


def _remind(letter: Letter) -> Written:
    asked = _asked(letter)
    return Written(
        f"Rappel, demande d’appui : {_subject(letter.need)}",
        f"""Bonjour,

Il y a plus de 72 heures, une personne a demandé de l’aide à {asked.name}. Elle attend votre réponse.

{chr(10).join(told_of(letter.need))}

Répondre, même pour dire non :

    {answer_link(asked)}

C’est notre seul rappel.""",
    )


def _go_on(letter: Letter) -> Written:
    asked = _asked(letter)
    return Written(
        f"Où en êtes-vous ? {_subject(letter.need)}",
        f"""Bonjour,

Il y a quinze jours, {asked.name} a pris cette demande en charge. Où en êtes-vous ?

{chr(10).join(told_of(letter.need))}

Dire que l’aide est apportée, qu’elle n’est pas possible, ou transmettre :

    {answer_link(asked)}""",
    )


def _stopped(letter: Letter) -> Written:
    return Written(
        f"Demande arrêtée : {_subject(letter.need)}",
        f"""Bonjour,

La personne qui vous demandait de l’aide ({_subject(letter.need)}) a arrêté sa demande. Vous n’avez
plus rien à faire ; merci.""",
    )


ANSWERED = {
    Stage.PRISE: "{name} prend votre demande en charge et vous joindra.",
    Stage.AIDEE: "{name} dit vous avoir aidé.",
    Stage.PAS_POUR_MOI: "{name} répond que ce n’est pas de son ressort.",
    Stage.INJOIGNABLE: "{name} n’a pas réussi à vous joindre.",
    Stage.SANS_AIDE: "{name} répond qu’il n’a pas d’aide possible.",
    Stage.PASSEE: "{name} a transmis votre demande à {other}.",
}


def sentence_of(asked: Asked, stage: Stage) -> str:
    """An answer in a sentence."""
    other = asked.passed_to.name if asked.passed_to else ""
    return ANSWERED[stage].format(name=asked.name, other=other)


def _answer(letter: Letter) -> Written:
    need, asked = letter.need, _asked(letter)
    stage = Stage(letter.key.rpartition("|")[2])
    said = sentence_of(asked, stage)
    word = f"\nSon mot :\n\n{asked.word}\n" if asked.word else ""
    reach = f"Le joindre : {', '.join(filter(None, (asked.phone, asked.email)))}."
    text = f"""Bonjour,

{said}
{word}
{reach}

{_left(need)}

Suivre votre demande, en demander d’autres, l’arrêter :

    {follow_link(need)}"""
    return Written(said, text)


NOBODY_LEFT = "Plus aucune réponse n’est attendue"


def _left(need: Need) -> str:
    stages = list(need.asked.values_list("stage", flat=True))
    waiting = stages.count(Stage.ENVOYEE)
    if waiting:
        return f"{count(waiting, 'autre support n’a', 'autres supports n’ont')} pas encore répondu."
    if calls := stages.count(Stage.A_JOINDRE):
        return f"{count(calls, 'support reste', 'supports restent')} à joindre par vous."
    if Stage.PRISE in stages or Stage.AIDEE in stages:
        return f"{NOBODY_LEFT}."
    return f"{NOBODY_LEFT} : la page ci-dessous propose d’autres supports, et leurs téléphones."


def _silence(letter: Letter) -> Written:
    need, asked = letter.need, _asked(letter)
    refused = asked.stage == Stage.NON_REMISE
    said = (
        f"Le courriel n’a pas pu être remis à {asked.name}."
        if refused
        else f"{asked.name} n’a pas répondu en quinze jours, malgré un rappel."
    )
    call = f"Vous pouvez l’appeler : {asked.phone}." if asked.phone else "Son téléphone n’est pas connu."
    text = f"""Bonjour,

{said}
{call}

{_left(need)}

Ce que vous pouvez faire d’autre : demander à d’autres supports, voir leurs téléphones, ou dire que quelqu’un
vous aide déjà :

    {follow_link(need)}

Votre besoin compte dans ce qui manque sur ce territoire, sans rien qui vous désigne."""
    return Written(f"Pas de réponse {of(asked.name)}", text)


def _asked(letter: Letter) -> Asked:
    assert letter.asked is not None  # noqa: S101 of a support, always
    return letter.asked


def sent_on(asked: Asked) -> str:
    """The day it was asked, in words."""
    at = asked.need.confirmed_at
    return day(at.date()) if at else ""


WORDS: Mapping[Step, Callable[[Letter], Written]] = {
    Step.CONFIRMER: _confirm,
    Step.PARTIE: _gone,
    Step.DEMANDE: _ask,
    Step.RELANCE: _remind,
    Step.SUITE: _go_on,
    Step.REPONSE: _answer,
    Step.SILENCE: _silence,
    Step.ARRET: _stopped,
    Step.APPELS: _calls,
}
