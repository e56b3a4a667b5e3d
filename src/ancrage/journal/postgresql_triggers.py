"""The door on PostgreSQL."""

from collections.abc import Iterator, Mapping

from ancrage.journal.guards import Guard
from ancrage.journal.sqlite_triggers import APPENDED, KEPT, LINES, REFUSED

FOUND = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgname LIKE 'porte\\_%'"
    " AND c.relnamespace = current_schema()::regnamespace"
)


def _raise(said: str) -> str:
    told = said.replace("'", "''")
    return f"RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'"


ROWS = f"""CREATE OR REPLACE FUNCTION ancrage_porte() RETURNS trigger LANGUAGE plpgsql AS $porte$
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN {_raise(KEPT)}; END IF;
  IF (TG_OP = 'INSERT' AND NEW.version <> 1) THEN {_raise(REFUSED)}; END IF;
  IF (TG_OP = 'UPDATE' AND (NEW.id <> OLD.id OR NEW.version <> OLD.version + 1))
    THEN {_raise(REFUSED)}; END IF;
  IF NOT EXISTS (SELECT 1 FROM {LINES} WHERE object_kind = TG_ARGV[0] AND object_id = NEW.id
                 AND version = NEW.version) THEN {_raise(REFUSED)}; END IF;
  RETURN NEW;
END $porte$"""
JOURNAL = f"""CREATE OR REPLACE FUNCTION ancrage_journal() RETURNS trigger LANGUAGE plpgsql AS $porte$
DECLARE last_rank bigint; last_digest varchar;
BEGIN
  IF TG_OP <> 'INSERT' THEN {_raise(APPENDED)}; END IF;
  SELECT rank, digest INTO last_rank, last_digest FROM {LINES}
    WHERE chain = NEW.chain ORDER BY rank DESC LIMIT 1;
  IF NEW.rank <> COALESCE(last_rank, 0) + 1 OR NEW.previous_digest <> COALESCE(last_digest, '')
    THEN {_raise(APPENDED)}; END IF;
  RETURN NEW;
END $porte$"""


def names(tables: Mapping[str, str]) -> list[str]:
    """The triggers that there must be."""
    return [f"porte_{table}{suffix}" for table in (*tables, LINES) for suffix in ("", "_truncate")]


def made(tables: Mapping[str, str]) -> Iterator[str]:
    """Orders that make them."""
    yield ROWS
    yield JOURNAL
    for table, kind in tables.items():
        yield from _both(table, f"ancrage_porte('{kind}')")
    yield from _both(LINES, "ancrage_journal()")


def _both(table: str, call: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER porte_{table} BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {call}"
    )
    yield (
        f"CREATE TRIGGER porte_{table}_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {call}"
    )


def guarded(table: str, guard: Guard) -> Iterator[str]:
    """The orders that put a guard in place."""
    yield (
        f"CREATE OR REPLACE FUNCTION ancrage_{guard.name}() RETURNS trigger LANGUAGE plpgsql AS $porte$"
        f" BEGIN IF {guard.postgresql} THEN {_raise(guard.said)}; END IF; RETURN NULL; END $porte$"
    )
    yield (
        f"CREATE TRIGGER porte_{table}_{guard.name} AFTER UPDATE ON {table}"
        f" FOR EACH ROW WHEN ({guard.when}) EXECUTE FUNCTION ancrage_{guard.name}()"
    )


def dropped(found: list[tuple[str, str]]) -> Iterator[str]:
    """Orders that take them away."""
    for name, table in found:
        yield f'DROP TRIGGER "{name}" ON "{table}"'
