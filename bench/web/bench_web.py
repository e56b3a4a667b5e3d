"""The site under load and in a slow browser: ``make bench-web`` (needs wrk and Chromium).

Two data folders: nothing synchronised (the embedded edition), then a SYNTHETIC register of 200,000 structures
that do not exist, for the search box and the directory. Load comes from a second process here, bounded
in time; both share its two cores.
"""

import json
import random
import statistics
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from budgets import largest_paint_ms, weight_kb
from load import Load, load
from site_served import served

from ancrage.edition.opening import open_edition
from ancrage.edition.publication import EMBEDDED
from synthetic_register import SEED, WORDS, made_edition

STRUCTURES = 200_000
LARGE = ("dep:23", "75056", "69123", "reg:75", "dep:974", "reg:84", "fr", "dep:59", "33063", "200054781")
COMMUNES = "SELECT code FROM commune WHERE vintage = (SELECT max(vintage) FROM commune) ORDER BY code"
EPCI = "SELECT DISTINCT epci AS code FROM commune WHERE vintage = 2026 AND epci IS NOT NULL ORDER BY 1"
PAGES = (("accueil", "/"), ("territoire", "/territoires/23077/"), ("aides", "/aides/"))
MAP = "/statique/web/maps."
"""What the map of a page is drawn with."""
DEPARTEMENTS = ("dep:59", "dep:33", "dep:69")
USERS, SECONDS = 50, 10


def tell(bench: str, value: float, unit: str, limit: str, *, ok: bool) -> bool:
    line = {"bench": bench, "value": round(value, 1), "unit": unit, "threshold": limit, "ok": ok}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return ok


def under(bench: str, value: float, unit: str, limit: float) -> bool:
    return tell(bench, value, unit, f"< {limit:g}", ok=value < limit)


def under_load(bench: str, found: Load, limit_ms: float, least_rate: float | None = None) -> bool:
    held = under(f"{bench}, 95e centile", found.p95, "ms", limit_ms)
    rate = f"> {least_rate:g}" if least_rate else "aucun"
    held &= tell(f"{bench}, débit", found.rate, "req/s", rate, ok=found.rate > (least_rate or 0))
    return held & tell(f"{bench}, réponses en échec", found.failed, "", "0", ok=found.failed == 0)


def embedded(folder: Path) -> bool:
    """Pages, eligibility and budgets on what travels in the package."""
    with served(folder) as site:
        held = first_time(site)
        page = ["/territoires/23077/"]
        load(site, page, users=4, seconds=2)
        held &= under_load(
            "page d'un territoire, 50 visiteurs", load(site, page, users=USERS, seconds=SECONDS), 150, 200
        )
        body = {"facts": {"effectif": 4, "forme": "association"}, "territory": "23096"}
        load(site, ["/api/v1/eligibilite"], users=2, seconds=2, body=body)
        found = load(site, ["/api/v1/eligibilite"], users=2, seconds=5, body=body)
        held &= under_load("éligibilité par l'API", found, 50)
        for name, address in PAGES:
            held &= under(
                f"{name}, poids transféré sans la carte", weight_kb(site + address, without=MAP), "ko", 150
            )
        for name, address in PAGES:
            held &= under(
                f"{name}, plus grand affichage, téléphone bridé", largest_paint_ms(site + address), "ms", 1200
            )
    return held


def first_time(site: str) -> bool:
    """Territories nobody has asked since the server started, itself included: it asks for the country."""
    asked_ms(f"{site}/")  # the server opens its edition for its first visitor, whoever that is
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    with open_edition(EMBEDDED) as edition:
        communes = [row["code"] for row in edition.rows(COMMUNES)]
        held = [row["code"] for row in edition.rows(EPCI)]
    drawn = [*LARGE, *dice.sample(held, 40), *dice.sample(communes, 150)]
    dice.shuffle(drawn)
    times = [asked_ms(f"{site}/territoires/{code}/") for code in drawn]
    name = f"page d'un territoire, première fois, {len(drawn)} tirés"
    return under(f"{name}, 95e centile", statistics.quantiles(times, n=20)[-1], "ms", 300) & under(
        f"{name}, la pire", max(times), "ms", 500
    )


def asked_ms(address: str) -> float:
    """Milliseconds until the last byte of an answer."""
    start = time.perf_counter()
    urllib.request.urlopen(address).read()  # noqa: S310 our own address
    return (time.perf_counter() - start) * 1e3


def synthetic(folder: Path) -> bool:
    """The search box and the directory over many structures."""
    edition = folder / "entrepot" / "editions" / "synthetique"
    edition.parent.mkdir(parents=True)
    made_edition(edition, STRUCTURES)
    (folder / "entrepot" / "courante").symlink_to(edition)
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    typed = [word[: dice.randint(2, len(word))] for word in WORDS] + ["faux la mon", "gueret", "saint den"]
    suggested = [f"/recherche/suggestions/?q={urllib.parse.quote(text)}" for text in typed]
    communes = ("23096", "23077", "87085", "19272", "63113", "33063", "35238", "44109", "59350", "67482")
    around = [f"/structures/?t={code}&km={km}" for code in communes for km in (5, 10, 15, 20)]
    with served(folder) as site:
        dynamics = max(asked_ms(f"{site}/territoires/{code}/dynamiques/") for code in DEPARTEMENTS)
        kept = under("dynamiques d'un département, première fois, la pire de trois", dynamics, "ms", 1000)
        load(site, suggested, users=2, seconds=3)
        held = under_load(
            "recherche à la frappe, 200 000 structures", load(site, suggested, users=2, seconds=8), 75
        )
        found = load(
            site,
            [f"{one}&q={word[:3].lower()}" for one in around for word in WORDS[:20]],
            users=1,
            seconds=10,
        )
        return under_load("annuaire autour d'une commune, 200 000 structures", found, 75) & held & kept


def main() -> int:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        held = embedded(Path(one))
        held &= synthetic(Path(other))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
