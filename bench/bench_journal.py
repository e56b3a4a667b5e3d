"""The journal under load: random commands played again, a writer killed, two who edit at once.

    ANCRAGE_DATA=/tmp/essai python bench/bench_journal.py            # SQLite, in a folder of its own
    DATABASE_URL=postgres://… ANCRAGE_DATA=/tmp/essai python bench/bench_journal.py

Everything is drawn from a seed. The base is emptied first: never point it at one that matters.
"""

import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
SEED, COMMANDS, KILLS, EDITS = 16, 10_000, 200, 100
START = datetime(2026, 1, 1, tzinfo=UTC)


def main(share: float = 1.0, *parts: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"base : {connection.vendor}")
    for part, count in ((replayed, COMMANDS), (killed, KILLS), (edited, EDITS), (shown, 500)):
        if part.__name__ in parts or not parts:
            print(part(int(count * share)), flush=True)


def emptied() -> None:
    from ancrage.journal.models import Line
    from ancrage.journal.registry import recorded
    from ancrage.journal.triggers import lifted

    with lifted():
        for model in (*reversed(recorded()), Line):
            model._default_manager.all()._raw_delete("default")


def replayed(count: int) -> str:
    """Random commands, then the journal played again on an empty base: the same rows."""
    from ancrage.journal.models import Line
    from ancrage.journal.registry import recorded
    from ancrage.journal.replaying import replay
    from ancrage.journal.verifying import verify

    emptied()
    began = time.perf_counter()
    for command in commands(count):
        command()
    wrote = time.perf_counter() - began
    lines, told = list(Line.objects.all()), list(Line.objects.values())
    rows = {model: list(model._default_manager.order_by("pk").values()) for model in recorded()}
    emptied()
    began = time.perf_counter()
    replay(lines)
    again = time.perf_counter() - began
    assert list(Line.objects.values()) == told
    assert {model: list(model._default_manager.order_by("pk").values()) for model in recorded()} == rows
    began = time.perf_counter()
    sound = verify()
    checked = time.perf_counter() - began
    return (
        f"rejeu : {count} commandes, {sound.lines} lignes, {sound.rows} objets : base égale ; "
        f"écrites en {wrote:.1f} s ({1000 * wrote / count:.2f} ms l'une), rejouées en {again:.1f} s, "
        f"vérifiées en {checked:.1f} s"
    )


def commands(count: int) -> Iterator[Callable[[], object]]:
    """Commands drawn from a seed: rows created, changed, retired, several in one act, in five ateliers."""
    from ancrage.journal.writing import Act, Pen, write
    from ancrage.workspace.models import Action, Atelier, Cost, Objective, Step

    draw = random.Random(SEED)  # noqa: S311 a seed, not a secret
    alive: list[tuple[type, uuid.UUID, uuid.UUID]] = []
    ateliers: list[uuid.UUID] = []

    def identity() -> uuid.UUID:
        return uuid.UUID(int=draw.getrandbits(128), version=4)

    def words() -> str:
        return "".join(draw.choices("aéîœ «»🌊\n'\\\"0", k=draw.randint(1, 40))).strip() or "mot"

    for rank in range(count):
        act = Act(identity(), START + timedelta(minutes=rank), identity(), words(), "")
        if len(ateliers) < 5 or not alive:
            row = Atelier(
                id=identity(),
                name=words(),
                territory="23077",
                territory_on=date(2026, 1, 1),
                territory_name="Faux",
            )
            ateliers.append(row.id)
            objective = Objective(id=identity(), atelier=row, title=words(), levers=[draw.randint(1, 6)])

            def opening(pen: Pen, row: Atelier = row, objective: Objective = objective) -> Atelier:
                pen.create(row)
                pen.create(objective)
                return row

            alive.append((Objective, objective.id, row.id))
            yield lambda act=act, row=row, do=opening: write(act, "atelier.ouvert", do, chain=row.id)  # type: ignore[misc]
            continue
        kind, pk, chain = alive[draw.randrange(len(alive))]
        drawn = draw.random()
        if kind is Objective and drawn < 0.6:
            new = Action(
                id=identity(),
                atelier_id=chain,
                objective_id=pk,
                title=words(),
                tools=draw.sample(range(1, 20), 3),
            )
        elif kind is Action and drawn < 0.7:
            new = draw.choice(
                (
                    Step(
                        id=identity(),
                        atelier_id=chain,
                        action_id=pk,
                        title=words(),
                        due=date(2027, 1, draw.randint(1, 31)),
                    ),
                    Cost(
                        id=identity(),
                        atelier_id=chain,
                        action_id=pk,
                        label=words(),
                        year=draw.randint(2020, 2030),
                        planned=draw.choice((None, Decimal(draw.randrange(10**9)) / 100)),
                    ),
                )
            )
        else:
            new = None
        if new is not None:
            alive.append((type(new), new.id, chain))
            yield lambda act=act, new=new, chain=chain: write(  # type: ignore[misc]
                act, "essai.cree", lambda pen: pen.create(new), chain=chain
            )
        elif drawn > 0.97 and kind in (Step, Cost):
            alive.remove((kind, pk, chain))
            yield lambda act=act, kind=kind, pk=pk, chain=chain: write(  # type: ignore[misc]
                act,
                "essai.retire",
                lambda pen: pen.retire(kind, pk, pen.read(kind, pk).version, words()),
                chain=chain,
            )
        else:
            name = "label" if kind is Cost else "title"
            told = words()
            yield lambda act=act, kind=kind, pk=pk, chain=chain, name=name, told=told: write(  # type: ignore[misc]
                act,
                "essai.change",
                lambda pen: pen.change(kind, pk, pen.read(kind, pk).version, **{name: told}),
                chain=chain,
            )


def killed(count: int) -> str:
    """A writer killed at any moment: what it had said written is there, and each act is whole."""
    from django.db import connections

    from ancrage.journal.models import Line
    from ancrage.journal.verifying import verify

    emptied()
    draw = random.Random(SEED)  # noqa: S311 a seed, not a secret
    chain, said = uuid.UUID(int=draw.getrandbits(128), version=4), set()
    for turn in range(count):
        connections.close_all()
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            os.close(reading)
            try:
                write_on(chain, turn, writing)
            finally:
                os._exit(1)
        os.close(writing)
        begun = os.read(reading, 1)  # the first mark it sends: it is connected, and about to write
        assert begun == b"\n"
        time.sleep(draw.uniform(0.0, 0.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as acknowledged:
            said |= {line.decode() for line in acknowledged.read().split(b"\n") if len(line) == 36}
    kept: dict[str, int] = {}
    for command in Line.objects.values_list("reason", flat=True):
        kept[command] = kept.get(command, 0) + 1
    lost = said - set(kept)
    half = [one for one, lines in kept.items() if lines != 2]
    sound = verify()
    assert not lost, len(lost)
    assert not half, len(half)
    return (
        f"arrêts brutaux : {count}, {len(said)} actes annoncés, {len(kept)} gardés, 0 perdu, 0 à moitié ; "
        f"{sound.lines} lignes vérifiées"
    )


def write_on(chain: uuid.UUID, turn: int, writing: int) -> None:
    """Acts of two rows, each told once it is written."""
    from ancrage.journal.writing import Act, Pen, write
    from ancrage.workspace.models import Atelier, Objective

    def do(pen: Pen) -> Objective:
        if not Atelier.objects.filter(pk=chain).exists():
            pen.create(
                Atelier(
                    id=chain, name="A", territory="23077", territory_on=date(2026, 1, 1), territory_name="F"
                )
            )
        else:
            pen.create(Objective(atelier_id=chain, title="premier"))
        return pen.create(Objective(atelier_id=chain, title="second"))

    Atelier.objects.exists()
    os.write(writing, b"\n")
    while True:
        name = str(uuid.uuid4())
        write(Act(uuid.uuid4(), START + timedelta(hours=turn), reason=name), "essai", do, chain=chain)
        os.write(writing, name.encode() + b"\n")


def edited(count: int) -> str:
    """Two processes change the same text from the same version: one is told, none is lost."""
    from django.db import connections

    from ancrage.journal.models import Line
    from ancrage.journal.verifying import verify
    from ancrage.workspace.models import Objective

    row = Objective.objects.first()
    assert row is not None
    stale = written = 0
    for turn in range(count):
        seen = Objective.objects.get(pk=row.pk).version
        connections.close_all()
        codes = together([partial(edit, row.pk, row.atelier_id, seen, f"{turn} {who}") for who in "ab"])
        stale, written = stale + codes.count(3), written + codes.count(0)
        now = Objective.objects.get(pk=row.pk)
        assert now.version == seen + 1
        assert now.title in (f"{turn} a", f"{turn} b")
    lines = Line.objects.filter(object_id=row.pk, verb="essai.edite").count()
    assert (written, lines) == (count, count)
    verify()
    return f"deux à la fois : {count} fois, {stale} textes périmés annoncés, {written} écrits, {lines} lignes"


def shown(count: int) -> str:
    """A plan of many actions: how long its page and its files take, asked a hundred times."""
    from django.test import Client

    from ancrage.journal.writing import Act, Pen, write
    from ancrage.people.belonging import join
    from ancrage.people.habilitations import open_to
    from ancrage.people.models import NameSource, Nature, Organisation, Person
    from ancrage.people.persons import rename
    from ancrage.workspace.models import Action, Atelier, Cost, Objective, Step

    emptied()
    person = Person.objects.create(created_at=START)
    rename(person, "Anne")
    act = Act(person.pk, START)
    row = Organisation(name="CC", nature=Nature.EPCI, name_source=NameSource.DECLARED, named_on=START.date())
    own = write(act, "essai", lambda pen: pen.create(row), chain=row.chain())
    join(person, own, "agent", at=START)
    atelier = Atelier(name="A", territory="200044014", territory_on=START.date(), territory_name="CC")

    def do(pen: Pen) -> Atelier:
        pen.create(atelier)
        open_to(pen, own, person, at=START)
        goals = [pen.create(Objective(atelier=atelier, title=f"Objectif {rank}")) for rank in range(20)]
        for rank in range(count):
            action = pen.create(
                Action(atelier=atelier, objective=goals[rank % 20], title=f"Action {rank}", pilot=own.pk)
            )
            pen.create(Step(atelier=atelier, action=action, title="Étape", due=date(2027, 1, 1)))
            pen.create(Cost(atelier=atelier, action=action, year=2027, label="Objet", planned="100"))
        return atelier

    write(act, "essai", do, chain=atelier.pk)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    page = f"/espace/ateliers/{atelier.pk}/"
    return f"plan de {count} actions : " + " ; ".join(
        f"{name or 'page'} {timed(client, page + name, times)}"
        for name, times in (("", 100), ("plan.xlsx", 3), ("plan.docx", 3))
    )


def timed(client: object, path: str, times: int) -> str:
    """The median and the 95th percentile of an address, once it is warm."""
    client.get(path)  # type: ignore[attr-defined]
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        assert client.get(path).status_code == 200  # type: ignore[attr-defined]
        spent.append(1000 * (time.perf_counter() - began))
    spent.sort()
    return f"{spent[len(spent) // 2]:.0f} ms (95 % : {spent[int(0.95 * len(spent))]:.0f} ms)"


def together(works: list[Callable[[], int]]) -> list[int]:
    """Processes that begin at the same moment, and how each ended."""
    start, go = os.pipe()
    children = []
    for work in works:
        if (child := os.fork()) == 0:
            os.close(go)
            os.read(start, 1)
            os._exit(work())
        children.append(child)
    os.close(start)
    os.close(go)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def edit(pk: uuid.UUID, chain: uuid.UUID, seen: int, title: str) -> int:
    from ancrage.errors import StaleVersionError
    from ancrage.journal.writing import Act, write
    from ancrage.workspace.models import Objective

    act = Act(uuid.uuid4(), START)
    try:
        write(act, "essai.edite", lambda pen: pen.change(Objective, pk, seen, title=title), chain=chain)
    except StaleVersionError:
        return 3
    return 0


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, *sys.argv[2:])
