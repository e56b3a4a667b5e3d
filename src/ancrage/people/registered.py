"""What the register says today of the organisation that a code names, before anybody acts for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ancrage.edition.opened import Opened
from ancrage.errors import InvalidCodeError, OrganisationError
from ancrage.language.days import short_day
from ancrage.questions.search import index_of
from ancrage.reasoning import Answer, Verdict
from ancrage.register.codes import Siren, Siret
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.search.suggestion import Found, Suggestion
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Row

LONGEST_CODE = 40
MOST = 12


@dataclass(frozen=True, slots=True)
class Registered:
    """A code that is one, and what is known of it that day.

    ``name`` is empty when the register shows none. ``known``: whether the register holds it. ``closed``: the
    first day it was closed. ``nature``: what its kind, or its family of the ESS, tells of it, empty when
    nothing does. ``presumed``: what it is when nobody says otherwise, from the lists of inclusion.
    """

    siren: str
    siret: str = ""
    name: str = ""
    known: bool = False
    closed: date | None = None
    nature: str = ""
    presumed: str = ""

    def told(self) -> str:
        """What is to be known before choosing it, in a French sentence; empty when nothing is."""
        if self.closed is not None:
            return f"Fermé depuis le {short_day(self.closed)} d'après le registre."
        if not self.known:
            return "Ce code n'est pas dans le registre en vigueur : sa clé est juste, son nom est à donner."
        return "" if self.name else "Le registre ne publie pas son nom : il est à donner."


def registered(atlas: Atlas, written: str, *, on: date) -> Registered:
    """What the register says of a SIREN or a SIRET typed by a person.

    Raises :class:`OrganisationError` for what is neither, its key included.
    """
    siren, siret = _read(written)
    if body := _public_body(atlas, siren, on):
        return Registered(siren, siret, body["name"], known=True, nature=NATURES[body["kind"]])
    open_directory(atlas.warehouse)
    rows = atlas.warehouse.rows(NAMED, (siren, siret, siret))
    held = rows or atlas.warehouse.rows(COUNTED, (siren, siret, siret))
    name = next((row["name"] for row in rows if row["name"]), "")
    nature, presumed = _natures(rows)
    return Registered(siren, siret, name, bool(held), _closed(held, on), nature, presumed)


def _natures(rows: list[Row]) -> tuple[str, str]:
    """What the families of the ESS that the register judged tell, and what the lists of inclusion do."""
    families = {FAMILIES[row["family"]] for row in rows if row["ess"] == "oui" and row["family"] in FAMILIES}
    return (families.pop() if len(families) == 1 else "", "siae" if any(row["kinds"] for row in rows) else "")


def establishments(atlas: Atlas, siren: str) -> list[Row]:
    """The establishments of a unit in the directory: SIRET, commune, day closed, whether the head office."""
    open_directory(atlas.warehouse)
    return atlas.warehouse.rows(ESTABLISHMENTS, (siren,))


def closed_among(atlas: Atlas, sirets: Iterable[str], *, on: date) -> dict[str, date]:
    """Those that the directory knows closed that day, with the day."""
    asked = list(sirets)
    if not asked:
        return {}
    open_directory(atlas.warehouse)
    rows = atlas.warehouse.rows(CLOSED.format(", ".join("?" * len(asked))), asked)
    return {row["siret"]: row["closed"] for row in rows if row["closed"] <= on}


def ess_of_units(atlas: Atlas, sirens: Iterable[str]) -> dict[str, Answer]:
    """Whether legal units are of the ESS, as the register in force judges them; those it holds only.

    A unit that the register counts outside of the ESS is *non*; communes and intercommunalités are not in it.
    """
    asked = sorted(set(filter(None, sirens)))
    if not asked:
        return {}
    open_directory(atlas.warehouse)
    marks = ", ".join("?" * len(asked))
    found: dict[str, Answer] = {}
    for row in atlas.warehouse.rows(JUDGED.format(marks), asked):
        told = f"registre{' de démonstration' if row['fictitious'] else ''}"
        why = f"{told} : {row['reason'].partition('. ')[0]}" if row["reason"] else told
        found[row["siren"]] = Answer(Verdict(row["ess"]), (why,))
    outside = [one for one in asked if one not in found]
    if outside:
        for row in atlas.warehouse.rows(OUTSIDE.format(", ".join("?" * len(outside))), outside):
            found[row["siren"]] = Answer(Verdict.NON, ("registre : hors du périmètre de l’ESS",))
    return found


JUDGED = f"""
    SELECT siren, arg_min(ess, CASE ess WHEN 'oui' THEN 0 ELSE 1 END) AS ess,
        any_value(reasons[1]) AS reason, bool_or(fictitious) AS fictitious
    FROM {TABLE} WHERE siren IN ({{}}) GROUP BY siren
"""
OUTSIDE = """
    SELECT siren FROM establishment WHERE siren IN ({}) GROUP BY siren HAVING bool_and(ess = 'non')
"""
ESTABLISHMENTS = f"""
    SELECT siret, commune, closed, head_office FROM {TABLE} WHERE siren = ?
    ORDER BY closed IS NOT NULL, head_office DESC NULLS LAST, siret LIMIT 50
"""
CLOSED = f"SELECT siret, closed FROM {TABLE} WHERE closed IS NOT NULL AND siret IN ({{}})"
NATURES = {"epci": "epci", "ept": "epci", "commune": "commune"}
FAMILIES = {
    "association": "association",
    "cooperative": "cooperative",
    "mutuelle": "mutuelle",
    "fondation": "fondation",
    "societe_commerciale_ess": "societe_ess",
}
NAMED = f"""
    SELECT name, closed, ess, family, kinds FROM {TABLE} WHERE siren = ? AND (? = '' OR siret = ?)
    ORDER BY siret
"""
COUNTED = "SELECT closed FROM establishment WHERE siren = ? AND (? = '' OR siret = ?)"
"""Establishments outside of the ESS are counted in the register, without a name."""
BODIES = """
    SELECT kind, name FROM unit WHERE vintage = ? AND code = ? AND kind IN ('epci', 'ept')
    UNION ALL SELECT 'commune' AS kind, name FROM commune WHERE vintage = ? AND siren = ?
"""


def _public_body(atlas: Atlas, siren: str, on: date) -> Row | None:
    vintage = atlas.vintage_on(on)
    return atlas.warehouse.row(BODIES, (vintage, siren, vintage, siren))


def named_like(opened: Opened, typed: str) -> tuple[Registered, ...]:
    """Organisations whose name or code is like what was typed, best first; each can be chosen as it is."""
    found = index_of(opened).suggest(typed, limit=MOST, kinds=(Found.TERRITORY, Found.STRUCTURE))
    codes = filter(None, (_code_of(opened, one) for one in found))
    return tuple(registered(opened.atlas, code, on=opened.today) for code in dict.fromkeys(codes))


def _code_of(opened: Opened, one: Suggestion) -> str:
    """The SIRET of a structure, the SIREN of a commune or of an intercommunality; empty for other places."""
    return one.code if one.kind is Found.STRUCTURE else siren_of_body(opened, one.code)


def siren_of_body(opened: Opened, code: str) -> str:
    """The SIREN of the commune or of the intercommunality of a code; empty for other places."""
    vintage = opened.atlas.vintage_on(opened.today)
    row = opened.atlas.warehouse.row(CODED, (vintage, code, vintage, code))
    return str(row["siren"] or "") if row else ""


def population_of_body(opened: Opened, siren: str) -> int | None:
    """The population in force of the commune of a SIREN; nothing when it is none, or is not known."""
    vintage = opened.atlas.vintage_on(opened.today)
    row = opened.atlas.warehouse.row(
        "SELECT code FROM commune WHERE vintage = ? AND siren = ?", (vintage, siren)
    )
    legal = opened.atlas.population_of((row["code"],), opened.today) if row and siren else None
    return legal.municipal if legal else None


CODED = """
    SELECT code AS siren FROM unit WHERE vintage = ? AND code = ? AND kind IN ('epci', 'ept')
    UNION ALL SELECT siren FROM commune WHERE vintage = ? AND code = ?
"""


def _read(written: str) -> tuple[str, str]:
    digits = "".join(written.split())[:LONGEST_CODE]
    try:
        return (Siren(digits).value, "") if len(digits) <= 9 else (Siret(digits).siren.value, digits)
    except InvalidCodeError as error:
        raise OrganisationError(error.message, error.hint) from error


def _closed(rows: list[Row], on: date) -> date | None:
    """The day the last of them closed, when none is open that day."""
    days: list[date | None] = [row["closed"] for row in rows]
    known = [day for day in days if day is not None and day <= on]
    return max(known) if known and len(known) == len(days) else None
