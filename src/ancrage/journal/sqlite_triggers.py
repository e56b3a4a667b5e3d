"""The door on SQLite."""

from collections.abc import Iterator, Mapping

from ancrage.journal.guards import Guard

FOUND = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 6) = 'porte_'"
LINES = "journal_line"
REFUSED = "ancrage : une ligne ne s'écrit que par le journal"
KEPT = "ancrage : rien ne s'efface"
APPENDED = "ancrage : le journal ne se récrit pas"
UNTOLD = (
    f"NOT EXISTS (SELECT 1 FROM {LINES} WHERE object_kind = '{{kind}}' AND object_id = NEW.id"
    " AND version = NEW.version)"
)
LAST = f"(SELECT {{what}} FROM {LINES} WHERE chain = NEW.chain ORDER BY rank DESC LIMIT 1)"


def names(tables: Mapping[str, str]) -> list[str]:
    """The triggers that there must be."""
    guarded = [f"porte_{table}_{event}" for table in tables for event in ("insert", "update", "delete")]
    return guarded + [f"porte_{LINES}_{event}" for event in ("insert", "update", "delete")]


def made(tables: Mapping[str, str]) -> Iterator[str]:
    """Orders that make them."""
    for table, kind in tables.items():
        untold = UNTOLD.format(kind=kind)
        again = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
        yield _one(table, "insert", f"NEW.version <> 1 OR {untold} OR {again}", REFUSED)
        yield _one(
            table, "update", f"NEW.id <> OLD.id OR NEW.version <> OLD.version + 1 OR {untold}", REFUSED
        )
        yield _one(table, "delete", "1", KEPT)
    taken = (
        f"EXISTS (SELECT 1 FROM {LINES} WHERE seq = NEW.seq OR (object_kind = NEW.object_kind"
        " AND object_id = NEW.object_id AND version >= NEW.version))"
    )
    rank, digest = LAST.format(what="rank"), LAST.format(what="digest")
    broken = f"NEW.rank <> COALESCE({rank}, 0) + 1 OR NEW.previous_digest <> COALESCE({digest}, '')"
    yield _one(LINES, "insert", f"{taken} OR {broken}", APPENDED)
    yield _one(LINES, "update", "1", APPENDED)
    yield _one(LINES, "delete", "1", APPENDED)


def guarded(table: str, guard: Guard) -> Iterator[str]:
    """The order that puts a guard in place."""
    told = guard.said.replace("'", "''")
    yield (
        f"CREATE TRIGGER porte_{table}_{guard.name} AFTER UPDATE ON {table} WHEN {guard.when}"
        f" BEGIN SELECT RAISE(ABORT, '{told}') WHERE {guard.sqlite}; END"
    )


def dropped(found: list[tuple[str, str]]) -> Iterator[str]:
    """Orders that take them away."""
    for name, _ in found:
        yield f'DROP TRIGGER "{name}"'


def _one(table: str, event: str, when: str, said: str) -> str:
    told = said.replace("'", "''")
    return (
        f"CREATE TRIGGER porte_{table}_{event} BEFORE {event.upper()} ON {table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{told}'); END"
    )
