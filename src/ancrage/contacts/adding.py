"""Contacts a publisher adds in a file: each line that cannot be used is told, with what it should say."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.reading import TERRITORY, Published, listed
from ancrage.contacts.sources import PUBLISHER

FIRST_LINE = 2
"""The line under the names of the columns."""
LONGEST_SHOWN = 40
Refuse = Callable[[str, str], None]
"""Who hears of a line that cannot be used: which it is, and why, in French."""


def added(rows: Iterable[Mapping[str, str]], refuse: Refuse) -> Iterator[Published]:
    """The contacts of the lines of the file that can be used."""
    for line, row in enumerate(rows, FIRST_LINE):
        if why := fault_of(row):
            refuse(f"ligne {line}", why)
        else:
            yield listed(PUBLISHER, row, (DeskKind(row["kind"].strip()),))


def fault_of(row: Mapping[str, str]) -> str:
    """Why a line cannot be used, in French; empty when it can."""
    kind = row["kind"].strip()
    if kind not in set(DeskKind):
        return f"« {kind[:LONGEST_SHOWN]} » n’est pas une sorte de contact (kind) : {', '.join(DeskKind)}"
    if not row["name"].strip():
        return "le nom (name) manque"
    if bad := [code for code in row["territory_codes"].split("|") if not TERRITORY.fullmatch(code.strip())]:
        return (
            f"« {bad[0][:LONGEST_SHOWN]} » n’est pas un territoire servi (territory_codes) : com:23077, "
            "epci:200044014, dep:23, reg:75 ou national, joints par « | »"
        )
    return ""
