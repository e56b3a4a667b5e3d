"""A plan of 500 actions read by twenty people at once, on this machine only.

    python bench/bench_plan.py                # twenty people, each a page every two seconds, for thirty
    python bench/bench_plan.py 20 1 20        # people, seconds between two pages, seconds in all

The site is the real command, two processes; each person has a session of her own. One of them changes an
action every five seconds, so that what processes hold of the plan is read again. The files are asked by one
person alone.
"""

import http.client
import os
import random
import sys
import tempfile
import threading
import time
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent / "web"))
ACTIONS, LIMIT_MS, FILE_LIMIT_S = 500, 150, 5
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def main(people: int = 20, pause: float = 2.0, seconds: float = 30.0) -> int:
    from site_served import served

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {"ANCRAGE_DATA": folder, "DJANGO_SETTINGS_MODULE": "ancrage.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        page, cookies, write = prepared(people)
        shapes = ("xlsx", "docx", "pdf")
        with served(Path(folder)) as site:
            # What a process reads once (catalogues, templates) is told apart from what a page costs.
            first = max(timed(site, page, one) for one in cookies)
            spent = together(site, page, cookies, write, pause=pause, seconds=seconds)
            files = {shape: timed(site, f"{page}plan.{shape}", cookies[0]) for shape in shapes}
    p50, p95 = (spent[int(len(spent) * share)] for share in (0.5, 0.95))
    print(f"{people} personnes, {len(spent)} pages, charge de la machine {os.getloadavg()[0]:.1f}")
    print(f"première page d'un serveur qui vient de démarrer : {first:.2f} s")
    print(f"médiane {p50:.0f} ms, 95 % {p95:.0f} ms ({LIMIT_MS} ms)")
    for shape, took in files.items():
        print(f"plan.{shape} : {took:.2f} s ({FILE_LIMIT_S} s)")
    return int(p95 > LIMIT_MS or max(files.values()) > FILE_LIMIT_S)


def prepared(people: int):
    """A plan, the cookie of each person, and a function that changes an action of it."""
    from django.conf import settings
    from django.test import Client

    from ancrage.journal.models import HOUSE
    from ancrage.journal.writing import Act, write
    from ancrage.people.actors import actor_of
    from ancrage.people.belonging import confirm, join
    from ancrage.people.models import Nature, Organisation, Person
    from ancrage.people.persons import rename
    from ancrage.people.rights import Standing
    from ancrage.workspace.ateliers import open_atelier
    from ancrage.workspace.door import By
    from ancrage.workspace.importing.lines import Draft, Reading
    from ancrage.workspace.importing.table import Table
    from ancrage.workspace.importing.writing import write_plan
    from ancrage.workspace.models import Action
    from ancrage.workspace.plan import edit_action

    somebody = [Person.objects.create(created_at=START) for _ in range(people)]
    for rank, one in enumerate(somebody):
        rename(one, f"Personne {rank}")
    first = somebody[0]
    row = Organisation(name="Une CC", nature=Nature.EPCI, name_source="declare", named_on=START.date())
    own = write(Act(first.pk, START), "organisation.choisie", lambda pen: pen.create(row), chain=HOUSE)
    for one in somebody:
        made = join(one, own, "agent", at=START)
        if made.standing == Standing.WAITING:
            confirm(made.pk, first, seen=made.version, at=START)

    class Place:
        code, name, on = "200044014", "CC Creuse Grand Sud", date(2026, 1, 5)

    def by() -> By:
        return By(actor_of(first), Act(first.pk, datetime.now(UTC)))

    atelier = open_atelier(By(actor_of(first), Act(first.pk, START)), first, own, "Plan", Place())
    drafts = tuple(_draft(Draft, rank, own.pk) for rank in range(ACTIONS))
    write_plan(by(), atelier, Table("plan.xlsx", "", (), (), ()), Reading(drafts, ()))
    action = Action.objects.first()
    cookies = []
    for one in somebody:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(one)
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")

    def change() -> None:
        action.refresh_from_db()
        edit_action(by(), action, action.version, description=f"Dite {action.version} fois.")

    return f"/espace/ateliers/{atelier.pk}/", cookies, change


def _draft(kind, rank: int, pilot: uuid.UUID):
    said = kind(rank + 2, f"Action {rank}", f"Objectif {rank // 25}", "", {"pilot": pilot})
    said.steps = [f"Étape {step}" for step in range(2)]
    said.costs = [{"year": 2026 + year, "label": "Loyer", "planned": Decimal("1000.50")} for year in range(2)]
    said.resources = [{"funder_name": "État", "funder": None, "year": 2026, "granted": Decimal(500)}]
    return said


def together(site: str, page: str, cookies: list[str], write, *, pause: float, seconds: float) -> list[float]:
    """Milliseconds of every page, sorted; a page that is not 200 stops the bench."""
    until, spent = time.monotonic() + seconds, []

    def visit(rank: int) -> None:
        dice = random.Random(rank)  # noqa: S311
        time.sleep(dice.random() * pause)
        while time.monotonic() < until:
            spent.append(1000 * timed(site, page, cookies[rank]))
            time.sleep(pause * (0.5 + dice.random()))

    def writes() -> None:
        while time.monotonic() < until - 5:
            time.sleep(5)
            write()

    threads = [threading.Thread(target=visit, args=(rank,)) for rank in range(len(cookies))]
    threads.append(threading.Thread(target=writes))
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(spent)


def timed(site: str, path: str, cookie: str) -> float:
    """Seconds to receive a whole answer."""
    link = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    began = time.perf_counter()
    link.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = link.getresponse()
    answer.read()
    took = time.perf_counter() - began
    link.close()
    if answer.status != 200:
        raise SystemExit(f"{path} : {answer.status}")
    return took


if __name__ == "__main__":
    raise SystemExit(
        main(*(kind(told) for kind, told in zip((int, float, float), sys.argv[1:], strict=False)))
    )
