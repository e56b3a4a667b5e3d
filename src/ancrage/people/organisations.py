"""Organisations: chosen in the register, with its name of that day, or a collective that has no code."""

from datetime import datetime

from ancrage.errors import OrganisationError
from ancrage.journal.models import HOUSE
from ancrage.journal.writing import Pen, write
from ancrage.people.acting import day, deed
from ancrage.people.models import NameSource, Nature, Organisation, Person
from ancrage.people.registered import Registered

LONGEST_NAME = 250


def choose(found: Registered, by: Person, *, nature: str, at: datetime, name: str = "") -> Organisation:
    """The organisation of a code, written the first time it is chosen.

    ``name``: what its member calls it, kept only when the register shows none. Raises
    :class:`OrganisationError` for one that is closed or has no name.
    """

    def do(pen: Pen) -> Organisation:
        known = Organisation.objects.filter(siren=found.siren, siret=found.siret).first()
        return known or pen.create(_chosen(found, nature, name, at))

    return write(deed(by, at), "organisation.choisie", do, chain=HOUSE)


def _chosen(found: Registered, nature: str, name: str, at: datetime) -> Organisation:
    if found.closed is not None:
        raise OrganisationError(
            found.told(), "Choisissez celle qui l'a remplacée, ou un autre établissement."
        )
    return Organisation(
        siren=found.siren,
        siret=found.siret,
        name=found.name or _named(name),
        name_source=NameSource.REGISTER if found.name else NameSource.DECLARED,
        named_on=day(at),
        nature=_nature(found.nature or nature or found.presumed),
    )


def gather(name: str, by: Person, *, at: datetime, key: str = "") -> Organisation:
    """A collective without a legal personality, which has no code and says so."""
    made = Organisation(
        name=_named(name), name_source=NameSource.DECLARED, named_on=day(at), nature=Nature.COLLECTIF
    )
    return write(deed(by, at, key=key), "collectif.reuni", lambda pen: pen.create(made), chain=HOUSE)


def _named(name: str) -> str:
    told = " ".join(name.split())[:LONGEST_NAME]
    if not told:
        raise OrganisationError(
            "Le nom de l'organisation manque.", "Écrivez le nom sous lequel elle est connue."
        )
    return told


def _nature(written: str) -> Nature:
    if written not in Nature.values or written == Nature.COLLECTIF:
        raise OrganisationError("La nature de l'organisation manque.", "Choisissez-la dans la liste.")
    return Nature(written)
