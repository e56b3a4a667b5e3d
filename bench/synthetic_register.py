"""An edition with a SYNTHETIC register: drawn from a seed over the real communes, labelled fictitious.

It only serves to time what must hold on many structures, and says nothing about real ones.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from ancrage.cells.keys import luhn_key
from ancrage.edition.publication import EMBEDDED
from ancrage.register.catalogue import workforce_bands
from ancrage.register.codes import SECTION_OF_DIVISION
from ancrage.register.tables import ESS_ESTABLISHMENT, ESTABLISHMENT, SIAE
from ancrage.territories.tables import OUTLINE
from ancrage.warehouse.reading import Warehouse
from ancrage.warehouse.writing import write

SEED = 2021
WORDS = (
    "Ressourcerie", "Atelier", "Jardin", "Épicerie", "Garage", "Régie", "Maison", "Foyer", "Régal", "Emploi",
    "Insertion", "Culture", "Sport", "Théâtre", "Cinéma", "Librairie", "Tiers-lieu", "Fablab", "Menuiserie",
    "Couture", "Vélo", "Énergie", "Soleil", "Forêt", "Rivière", "Montagne", "Vallée", "Horizon", "Passerelle",
    "Tremplin", "Avenir", "Solidarité", "Entraide", "Partage", "Accueil", "Crèche", "Famille", "Enfance",
    "Jeunesse", "Aînés", "Santé", "Aide", "Domicile", "Transport", "Mobilité", "Numérique", "Radio",
    "Musique",    "Danse", "Cirque", "Patrimoine", "Mémoire", "Nature", "Abeille", "Paysan", "Bio",
)  # fmt: skip
FAMILIES = ("association", "association", "association", "cooperative", "mutuelle", "fondation")
KINDS = ("ACI", "EI", "AI", "ETTI", "GEIQ")

Row = dict[str, object]


def square(x: float, y: float) -> bytes:
    """A commune drawn as a square of some kilometres (WKB)."""
    return shapely.to_wkb(shapely.box(x - 0.02, y - 0.02, x + 0.02, y + 0.02))


def made_edition(folder: Path, structures: int) -> None:
    shutil.copytree(EMBEDDED, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest.pop("tables", None)  # what they weigh is told of the tables replaced below
    manifest["built_at"] = f"synthétique, {structures} structures, graine {SEED}"
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    rng = np.random.default_rng(SEED)
    with Warehouse(EMBEDDED) as warehouse:
        communes = warehouse.rows(
            "SELECT code, name, departement, coalesce(population, 0) + 50 AS weight FROM commune "
            "WHERE vintage = 2026 AND zone <> 'com' ORDER BY code"
        )
    x, y = rng.uniform(-1.5, 7.5, len(communes)), rng.uniform(43.0, 50.0, len(communes))
    write(OUTLINE, OUTLINE.from_rows([
        {"commune": row["code"], "name": row["name"],
        "geometry": square(float(x[i]), float(y[i])), "area": 1.0,
         "longitude": float(x[i]), "latitude": float(y[i])} for i, row in enumerate(communes)
    ]), folder)  # fmt: skip
    rows = made_rows(rng, communes, x, y, structures)
    table = pa.Table.from_pylist(rows)
    write(ESS_ESTABLISHMENT, table, folder)
    write(ESTABLISHMENT, table, folder)
    write(SIAE, SIAE.from_rows(list(made_siae(rows))), folder)


def made_rows(
    rng: np.random.Generator, communes: list[Row], x: np.ndarray, y: np.ndarray, number: int
) -> list[Row]:
    weights = np.array([row["weight"] for row in communes], float)
    towns = rng.choice(len(communes), number, p=weights / weights.sum())
    bands, divisions = list(workforce_bands()), sorted(SECTION_OF_DIVISION)
    rows = []
    for rank, town in enumerate(towns.tolist()):
        commune, digits = communes[town], f"9{rank:07d}"
        siren = digits + luhn_key(digits)
        siret = f"{siren}0001"
        draw = rng.random(6)
        employs = bool(draw[0] < 0.3)
        division = divisions[int(draw[1] * len(divisions))]
        words = [WORDS[int(one * len(WORDS))] for one in rng.random(2)]
        shown = bool(draw[2] > 0.02)
        band = bands[int(draw[3] * 8) + 1] if employs else "NN"
        found = workforce_bands()[band]
        rows.append({
            "siret": siret + luhn_key(siret), "siren": siren, "diffusible": shown, "head_office": True,
            "name": f"{words[0]} {words[1]} de {commune['name']} {rank} (fictif)" if shown else None,
            "commune": commune["code"], "departement": commune["departement"],
            "created": date(1990, 1, 1) + timedelta(days=int(draw[4] * 12_000)),
            "closed": None, "active": True,
            "naf": f"{division}.10Z", "section": SECTION_OF_DIVISION[division], "legal_category": "9220",
            "employer": employs, "band": band, "jobs_low": found.low, "jobs_central": float(found.low),
            "jobs_high": found.high, "ess": "oui" if draw[5] < 0.95 else "a_verifier",
            "family": FAMILIES[rank % len(FAMILIES)], "reasons": ["Structure fictive."], "flag": "O",
            "in_ess_list": None, "sources_disagree": False,
            "siae_kinds": [KINDS[rank % len(KINDS)]] if rank % 40 == 0 else [],
            "longitude": float(x[town]) + (draw[0] - 0.5) / 50 if shown else None,
            "latitude": float(y[town]) + (draw[1] - 0.5) / 50 if shown else None,
            "qpv": "non", "qpv_codes": None, "qpv_reason": "Structure fictive.", "fictitious": True,
        })  # fmt: skip
    return rows


def made_siae(rows: list[Row]) -> Iterator[Row]:
    for row in rows[::40]:
        own = {name: row[name] for name in SIAE.schema.names if name in row}
        kind = row["siae_kinds"][0]
        yield own | {"kind": kind, "commune_reason": "Structure fictive.", "epci": None, "crte": None}
