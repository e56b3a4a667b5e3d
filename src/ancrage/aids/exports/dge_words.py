"""Columns, codes and words of the exchange format of the DGE."""

import re
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from ancrage.aids.vocabulary import Nature
from ancrage.facts.situation import Audience

COLUMNS = (
    "id", "titre", "promesse", "description", "eligibilite", "types_aides", "porteurs", "programmes_parents",
    "url_source", "cibles", "eligibilite_geographique", "eligibilite_geographique_exclusions",
    "date_ouverture", "date_cloture", "date_mise_a_jour",
)  # fmt: skip
REQUIRED = (
    "titre", "description", "eligibilite", "types_aides", "cibles", "eligibilite_geographique",
    "date_mise_a_jour",
)  # fmt: skip
PLACES = re.compile(r"[A-Z]+-\d+(\|[A-Z]+-\d+)*")
"""The published pattern of places."""
LONGEST = {"promesse": 179, "description": 4999}
NAMESPACE = uuid5(NAMESPACE_URL, "urn:ancrage:aides")
"""Own to Ancrage: the same aid keeps the same identifier from one export to the next."""
PARIS = ZoneInfo("Europe/Paris")
NATION = "PAYS-99100"
TYPES = {
    Nature.SUBVENTION: "financement",
    Nature.PRET: "prêt",
    Nature.GARANTIE: "garantie",
    Nature.AVANCE: "avance",
    Nature.EXONERATION: "avantage fiscal",
    Nature.INGENIERIE: "étude",
    Nature.AGREMENT: "agrément",
    Nature.APPEL_A_PROJETS: "appel à projets",
    Nature.CONTRAT: "contrat",
    Nature.INVESTISSEMENT: "investissement",
    Nature.FORMATION: "formation",
}
"""The list of types is open: those that the schema does not have yet are ours."""
TARGETS = {
    Audience.STRUCTURE: ("professionnels", "associations"),
    Audience.COLLECTIVITE: ("secteur public",),
    Audience.PORTEUR: ("professionnels",),
    Audience.PERSONNE: ("particuliers",),
}


def identifier(aid: str) -> str:
    """The UUID of an aid: that its identifier ends with, else one that never changes."""
    found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", aid)
    return found.group() if found else str(uuid5(NAMESPACE, aid))


def place(code: str) -> str:
    """The code in the format; a collectivity overseas, a region for us, is a COM there."""
    kind, _, number = code.partition(":")
    if not number:
        return NATION
    return f"COM-{number}" if kind == "reg" and len(number) == 3 else f"{kind.upper()}-{number}"


def moment(day: date | None) -> str:
    """Midnight in Paris, told in UTC: the day before at 22:00 or 23:00."""
    if day is None:
        return ""
    at = datetime.combine(day, time(), PARIS).astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"
