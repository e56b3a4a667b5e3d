"""Everything that can be said of a catalogue without asking its funders: what is wrong, what looks wrong."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ancrage.aids.catalogue import Catalogue, load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.declaration import Aid, Version
from ancrage.aids.procedures import load_procedures
from ancrage.aids.replaying import Replay, replay_all
from ancrage.dating import Period
from ancrage.declarations.dated_parameters import Parameter
from ancrage.declarations.texts import Status, Text
from ancrage.errors import CatalogueError
from ancrage.facts.declaration import Origin, load_facts
from ancrage.language.days import short_day
from ancrage.reasoning import Verdict

IMPLICIT = frozenset({"periode", "public", "droit", "territoire"})
ELSEWHERE = (Origin.DIAGNOSTIC, Origin.ACHAT)
ALWAYS_READ = frozenset({"demandeur", "region", "departement", "epci", "commune", "date_creation"})
"""Facts read by coverages and by computed facts, whatever the conditions name."""
RETROACTIVE = "rétroacti"


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault (``serious``) or something to look at, with its place and what to do, in French."""

    where: str
    what: str
    repair: str
    serious: bool = True


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was read, and the remarks made; ``cases`` counts those of personas too."""

    aids: int
    parameters: int
    personas: int
    cases: int
    remarks: tuple[Remark, ...]

    @property
    def sound(self) -> bool:
        """Nothing serious was found."""
        return not any(remark.serious for remark in self.remarks)


def inspect(folder: Path | None = None) -> Inspection:
    """Inspect Ancrage's catalogue, or a folder's. Raises :class:`CatalogueError` if it cannot be read."""
    catalogue = load_catalogue(folder)
    read: set[str] = set()
    remarks = list(_of_rules(catalogue, read))
    replays: list[Replay] = []
    if not remarks:
        replays = list(replay_all(catalogue))
        remarks += _of_replays(replays, catalogue)
    for aid in catalogue.aids.values():
        remarks += _of_aid(aid, catalogue)
    for parameter in catalogue.parameters.values():
        remarks += _of_parameter(parameter, catalogue)
    if folder is None:
        remarks += _unused(catalogue, read)
    return Inspection(
        len(catalogue.aids), len(catalogue.parameters), len(catalogue.personas), len(replays), tuple(remarks)
    )


def _of_rules(catalogue: Catalogue, read: set[str]) -> Iterator[Remark]:
    """Compiles each day something changes; fills ``read`` with the facts and parameters rules name."""
    days = {version.since for aid in catalogue.aids.values() for version in aid.versions}
    for day in sorted(days):
        try:
            compiled = compile_day(day, catalogue=catalogue)
        except CatalogueError as error:
            yield Remark("", error.message, error.hint)
            return
        read |= {fact for entry in compiled.entries for one in entry.conditions for fact in one.facts}
        read |= set(compiled.program.facts)


def _of_replays(replays: Iterable[Replay], catalogue: Catalogue) -> Iterator[Remark]:
    for replay in replays:
        if replay.gaps:
            where = catalogue.where(replay.owner, *replay.path)
            what = f"{replay.aid.id}, cas « {replay.case.title} » : {' ; '.join(replay.gaps)}"
            yield Remark(where, what, "Corrigez la règle ou le cas.")


def _of_aid(aid: Aid, catalogue: Catalogue) -> Iterator[Remark]:
    for number, version in enumerate(aid.versions):
        where = catalogue.where(aid.id, "versions", number, "from")
        yield from _of_text(version.text, where, version)
        yield from _of_version(version, where)
    yield from _of_cases(aid, catalogue)
    yield from _of_procedure(aid, catalogue)
    if aid.desk.href:
        yield from _of_link(aid.desk.href, catalogue.where(aid.id, "desk", "href"))
    strangers = set(aid.cumulation.excludes) - set(catalogue.aids) if aid.cumulation else set()
    for stranger in sorted(strangers):
        where = catalogue.where(aid.id, "cumulation", "excludes")
        yield Remark(where, f"l'aide « {stranger} » n'existe pas", "Prenez un identifiant du catalogue.")


def _of_procedure(aid: Aid, catalogue: Catalogue) -> Iterator[Remark]:
    named = aid.application.procedure if aid.application else ""
    if named and named not in load_procedures():
        where = catalogue.where(aid.id, "application", "procedure")
        known = ", ".join(load_procedures())
        yield Remark(where, f"la procédure « {named} » n'existe pas", f"Prenez-en une de : {known}.")


def _of_version(version: Version, where: str) -> Iterator[Remark]:
    for condition in version.conditions:
        if condition.id in IMPLICIT:
            yield Remark(
                where, f"« {condition.id} » est le nom d'une condition implicite", "Donnez un autre nom."
            )
        if condition.text is not None:
            yield from _of_text(condition.text, where, version)
    for deadline in version.deadlines:
        if deadline.kind == "cloture" and deadline.day < version.since:
            what = f"l'échéance du {short_day(deadline.day)} précède la version"
            yield Remark(where, what, "Corrigez le jour ou la période.")
    if version.attested_until and version.attested_until not in version.period:
        yield Remark(where, "« attested_until » est hors de la version", "Corrigez le jour ou la période.")


def _of_text(text: Text, where: str, version: Version) -> Iterator[Remark]:
    if text.href:
        yield from _of_link(text.href, where)
    told = f"{text.note} {version.note}"
    if version.status is Status.DESCRIPTIF:
        return
    if text.published_on and text.published_on > version.since and RETROACTIVE not in told:
        what = f"« {text.title:.60} » est publié le {short_day(text.published_on)}, après son effet"
        yield Remark(where, what, "Corrigez le jour, ou dites dans la note que l'effet est rétroactif.")
    if text.checked_on < (text.published_on or text.checked_on):
        yield Remark(where, "le texte est vérifié avant sa publication", "Corrigez « checked_on ».")


def _of_link(href: str, where: str) -> Iterator[Remark]:
    address = urlsplit(href)
    host = address.hostname or ""
    wrong = (
        "." not in host.strip(".")
        or host.endswith((".local", ".test", ".invalid"))
        or "example." in host
        or href.count("://") > 1
        or href.endswith((",", ";", "."))
        or any(sign in href for sign in " «»<>")
    )
    if wrong:
        yield Remark(where, f"l'adresse {href} n'a pas la forme d'un lien vivant", "Recopiez-la de la page.")


def _of_cases(aid: Aid, catalogue: Catalogue) -> Iterator[Remark]:
    where = catalogue.where(aid.id)
    established = [version for version in aid.versions if version.status is Status.ETABLI]
    if not aid.cases:
        yield Remark(
            where, f"« {aid.id} » n'a aucun cas", "Écrivez-en un au moins.", serious=bool(established)
        )
        return
    for version in established:
        if not any(case.day in version.period for case in aid.cases):
            what = f"« {aid.id} » n'a aucun cas pour sa version du {short_day(version.since)}"
            yield Remark(where, what, "Écrivez-en un.", serious=False)
    verdicts = {case.verdict for case in aid.cases}
    if established and Verdict.NON not in verdicts:
        yield Remark(where, f"« {aid.id} » n'a aucun cas refusé", "Écrivez-en un.", serious=False)


def _of_parameter(parameter: Parameter, catalogue: Catalogue) -> Iterator[Remark]:
    for number, value in enumerate(parameter.values):
        where = catalogue.where(parameter.id, "values", number)
        if set(value.of) != set(parameter.by):
            yield Remark(where, f"« of » ne nomme pas {', '.join(parameter.by)}", "Nommez-les tous, seuls.")
        if value.text.href:
            yield from _of_link(value.text.href, where)
        published = value.text.published_on
        if published and published > value.since and RETROACTIVE not in value.text.note:
            what = f"{parameter.id} : texte publié le {short_day(published)}, après son effet"
            yield Remark(where, what, "Corrigez le jour, ou dites dans la note que l'effet est rétroactif.")
    for one, other in itertools.combinations(parameter.values, 2):
        periods = Period(one.since, one.until), Period(other.since, other.until)
        if one.of == other.of and periods[0].overlaps(periods[1]):
            what = f"{parameter.id} : les valeurs du {one.since} et du {other.since} se chevauchent"
            yield Remark(catalogue.where(parameter.id), what, "Fermez la première la veille de la seconde.")


def _unused(catalogue: Catalogue, read: set[str]) -> Iterator[Remark]:
    for fact in load_facts().values():
        # Facts told by a diagnosis or a purchase are those of rooms that this one knows nothing of.
        if fact.id not in read | ALWAYS_READ and fact.origin not in ELSEWHERE:
            yield Remark(
                "facts", f"le fait « {fact.id} » ne sert à aucune règle", "Retirez-le.", serious=False
            )
    written = "\n".join(
        rule
        for aid in catalogue.aids.values()
        for version in aid.versions
        for rule in (*(one.rule for one in version.conditions), version.amount.rule if version.amount else "")
    )
    for parameter in catalogue.parameters:
        if f'"{parameter}"' not in written:
            where = catalogue.where(parameter)
            yield Remark(where, f"le paramètre « {parameter} » ne sert à aucune règle", "", serious=False)
