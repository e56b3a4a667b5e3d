"""From plain values to a file of assessments: everything wrong is said at once, nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from ancrage.cells.codes import is_rounded, read_siret
from ancrage.cells.days import read_day
from ancrage.declarations.documents import Document
from ancrage.declarations.gathering import Gathering, shown, suggestion
from ancrage.declarations.parts import Path
from ancrage.errors import GridFileError, InvalidCodeError
from ancrage.grid.assessment import SCHEMA, Assessment, GridFile, Judgement, Role, Structure
from ancrage.grid.criteria import HIGHEST, LOWEST, criteria
from ancrage.language.days import short_day
from ancrage.register.codes import Siren, Siret
from ancrage.repairs import StartFromModel
from ancrage.territories.codes import Kind, TerritoryCode

Code = TypeVar("Code", Siren, Siret)

MODEL = StartFromModel("grid")
FILE_KEYS = ("schema", "structure", "assessments")
STRUCTURE_KEYS = ("name", "commune", "siren", "siret", "fictitious")
ASSESSMENT_KEYS = ("date", "role", "signed_by", "levels")
JUDGEMENT_KEYS = ("level", "comment", "evidence")
_PERSON = re.compile(r"@|^\s*(?:m|mr|mm|mme|mlle|monsieur|madame|mademoiselle)\b\.?\s", re.IGNORECASE)


def check(
    document: Document, *, today: date, name: str = "", where: Callable[[Path], str] | None = None
) -> GridFile:
    """The file a document holds. Raises :class:`GridFileError` listing every fault with its line.

    ``where`` says in words where a part is, in a file that shows no keys.
    """
    found = Gathering(document, _refused, name, where)
    whole = found.mapping(document.values, (), FILE_KEYS) or {}
    if whole.get("schema") != SCHEMA:
        found.say(("schema",), f"la version lue est « {SCHEMA} », pas {shown(whole.get('schema'))}")
    structure = _structure(found, whole.get("structure"))
    assessments = _assessments(found, whole.get("assessments"), today)
    _refuse_twice(found, assessments)
    found.close()
    return GridFile(structure, tuple(sorted((one for _, one in assessments), key=_by_day)))


def _refused(told: str) -> GridFileError:
    return GridFileError(told, "", MODEL)


def _by_day(one: Assessment) -> tuple[date, str]:
    return one.date, one.role


def _structure(found: Gathering, value: Any) -> Structure:
    path: Path = ("structure",)
    told = found.mapping(value, path, STRUCTURE_KEYS)
    if told is None:
        return Structure("", "")
    siren, siret = _code(found, told, "siren", Siren), _code(found, told, "siret", Siret)
    if siren and siret and siret.siren != siren:
        found.say((*path, "siret"), f"ce SIRET est celui d'une autre unité que le SIREN {siren}")
    fictitious = told.get("fictitious", False)
    if not isinstance(fictitious, bool):
        found.say((*path, "fictitious"), f"true ou false est attendu, pas {shown(fictitious)}")
    name = found.text(told, "name", path, required=True)
    return Structure(name, _commune(found, told), siren, siret, fictitious is True)


def _commune(found: Gathering, told: Mapping[str, Any]) -> str:
    try:
        return TerritoryCode(Kind.COMMUNE, str(told.get("commune") or "")).code
    except InvalidCodeError as error:
        found.refuse(("structure", "commune"), error)
        return ""


def _code(found: Gathering, told: Mapping[str, Any], key: str, kind: Callable[[str], Code]) -> Code | None:
    value = told.get(key)
    if value in (None, ""):
        return None
    if kind is Siret and is_rounded(str(value)):
        found.say(("structure", key), f"{read_siret(str(value)).sentence.rstrip('.')}")
        return None
    try:
        return kind(str(value).replace(" ", ""))
    except InvalidCodeError as error:
        found.refuse(("structure", key), error)
        return None


def _assessments(found: Gathering, value: Any, today: date) -> list[tuple[Path, Assessment]]:
    if not isinstance(value, list) or not value:
        found.say(("assessments",), "une liste d'au moins une évaluation était attendue")
        return []
    read = ((("assessments", rank), each) for rank, each in enumerate(value))
    kept = ((path, _assessment(found, each, path, today)) for path, each in read)
    return [(path, one) for path, one in kept if one is not None]


def _assessment(found: Gathering, value: Any, path: Path, today: date) -> Assessment | None:
    told = found.mapping(value, path, ASSESSMENT_KEYS)
    if told is None:
        return None
    day, role = _day(found, told, path, today), _role(found, told, path)
    signed_by = found.text(told, "signed_by", path, required=True)
    if _PERSON.search(signed_by):
        found.say((*path, "signed_by"), "écrivez une fonction (« présidence »), pas le nom d'une personne")
    levels = _levels(found, told.get("levels"), (*path, "levels"))
    return Assessment(day, role, signed_by, levels) if day and role else None


def _day(found: Gathering, told: Mapping[str, Any], path: Path, today: date) -> date | None:
    here = (*path, "date")
    value = told.get("date")
    read = read_day(value if isinstance(value, str) else "" if value is None else str(value))
    if read.value is None:
        found.say(
            here, f"{read.remark or 'un jour est attendu, rien n’est écrit'} (AAAA-MM-JJ ou JJ/MM/AAAA)"
        )
        return None
    day = read.value
    if day > today:
        found.say(here, f"le {short_day(day)} est à venir (nous sommes le {short_day(today)})")
    return day


def _role(found: Gathering, told: Mapping[str, Any], path: Path) -> Role | None:
    value = told.get("role")
    if isinstance(value, str) and value in Role.__members__.values():
        return Role(value)
    known = ", ".join(Role)
    near = suggestion(value, {role.value: role.value for role in Role}) if value else ""
    found.say((*path, "role"), f"{shown(value)} n'est pas un rôle ({known}){near}")
    return None


def _levels(found: Gathering, value: Any, path: Path) -> dict[str, Judgement]:
    if not isinstance(value, dict):
        found.say(path, f"les quinze critères et leurs niveaux étaient attendus, pas {shown(value)}")
        return {}
    known = {one.id: one for one in criteria()}
    for key in value:
        if key not in known:
            near = suggestion(key, {one.id: f"{one.id} {one.label}" for one in known.values()})
            found.say((*path, str(key)), f"ce critère n'existe pas{near}")
    for identifier in known:
        if identifier not in value:
            found.say(path, f"il manque « {identifier} » (écrivez null si vous ne savez pas)")
    return {key: _judgement(found, value[key], (*path, key)) for key in known if key in value}


def _judgement(found: Gathering, value: Any, path: Path) -> Judgement:
    if not isinstance(value, dict):
        return Judgement(_level(found, value, path))
    told = found.mapping(value, path, JUDGEMENT_KEYS) or {}
    if "level" not in told:
        found.say(path, "il manque « level » (écrivez null si vous ne savez pas)")
    level = _level(found, told.get("level"), (*path, "level"))
    return Judgement(level, found.text(told, "comment", path), found.text(told, "evidence", path))


def _level(found: Gathering, value: Any, path: Path) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and LOWEST <= value <= HIGHEST:
        return value
    found.say(
        path, f"un niveau de {LOWEST} à {HIGHEST} (ou null : ne sait pas) est attendu, pas {shown(value)}"
    )
    return None


def _refuse_twice(found: Gathering, assessments: list[tuple[Path, Assessment]]) -> None:
    seen: set[tuple[date, Role]] = set()
    for path, one in assessments:
        if (one.date, one.role) in seen:
            found.say(path, f"deux évaluations du {short_day(one.date)} pour le rôle « {one.role} »")
        seen.add((one.date, one.role))
