"""10,000 plans that balance to the cent and not with one more, every pair of aids, 10,000 draws: by hand."""

import random
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import yaml

from ancrage.contracts.checking import read_contract_text
from ancrage.contracts.models import contract_model
from ancrage.contracts.simulating import simulate
from ancrage.financing.cumulation import every_pair
from ancrage.financing.files import read_plan_text
from ancrage.financing.plan import SCHEMA
from ancrage.financing.verifying import verify

PLANS = 10_000
CENT = Decimal("0.01")
DAY = date(2026, 11, 29)


def main() -> None:
    chance = random.Random(19)  # noqa: S311 a seed, not a secret
    _told("every pair of aids", lambda: sum(1 for _ in every_pair(on=DAY)))
    _told("10,000 draws of a contract", lambda: simulate(read_contract_text(contract_model())).paid)
    _told(
        f"{PLANS} plans read, verified, with and without a cent too many",
        lambda: sum(_balances(chance) for _ in range(PLANS)),
    )


def _balances(chance: random.Random) -> bool:
    costs = [Decimal(chance.randint(1, 10**9)) / 100 for _ in range(chance.randint(1, 12))]
    total = sum(costs, Decimal(0))
    cuts = sorted(Decimal(chance.randint(1, int(total * 100))) / 100 for _ in range(chance.randint(0, 6)))
    parts = [after - before for before, after in zip([Decimal(0), *cuts], [*cuts, total], strict=True)]
    text = yaml.dump(
        {
            "schema": SCHEMA,
            "depenses": [{"compte": "60", "annee": 2026, "montant": str(one)} for one in costs],
            "ressources": [{"compte": "74", "annee": 2026, "montant": str(one)} for one in parts],
        },
        Dumper=yaml.CSafeDumper,
    )
    plan = read_plan_text(text)
    found = verify(plan, on=DAY)
    first, *others = plan.resources
    more = replace(plan, resources=(replace(first, amount=first.amount + CENT), *others))
    if not found.balanced or found.missing or plan.found() != total or verify(more, on=DAY).missing != -CENT:
        raise AssertionError(text)
    return True


def _told(name: str, work) -> None:  # type: ignore[no-untyped-def]
    processor, elapsed = time.process_time(), time.perf_counter()
    result = work()
    spent, waited = time.process_time() - processor, time.perf_counter() - elapsed
    print(f"{name}: {result} in {spent:.2f} s of processor, {waited:.2f} s elapsed")


if __name__ == "__main__":
    main()
