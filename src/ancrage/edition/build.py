"""Build an edition of the warehouse: which tables, in which order, from what was synchronised."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ancrage.edition.aids import write_aids
from ancrage.edition.bought import write_bought
from ancrage.edition.competences import write_competences
from ancrage.edition.contacts import write_contacts
from ancrage.edition.features import write_features
from ancrage.edition.geography import (
    copy_geography,
    leading_somewhere,
    read_events,
    read_thread,
    write_events,
    write_geography,
)
from ancrage.edition.held.tables import held_tables
from ancrage.edition.inputs import Inputs
from ancrage.edition.manifest import build_manifest
from ancrage.edition.pace import Pace, expected
from ancrage.edition.preparing import Ready
from ancrage.edition.publication import (
    EMBEDDED,
    drafting,
    in_force,
    manifest_in_force,
    publish,
    write_manifest,
)
from ancrage.edition.register.monthly import Written
from ancrage.edition.register.writing import ground_of, write_register
from ancrage.edition.rejects import write_rejects
from ancrage.edition.shapes import write_outlines, write_quarters
from ancrage.edition.support import write_support
from ancrage.edition.zonings import write_zonings
from ancrage.errors import NoEditionError
from ancrage.sources.snapshots import SnapshotStore
from ancrage.territories.geography import read_geographies
from ancrage.warehouse.keeping import keeping
from ancrage.warehouse.limits import OF_AN_EDITION, Limits, beside_what_is_held, limited, limits_of
from ancrage.warehouse.writing import squeeze

Step = Callable[..., None]
"""Told the label of a step in French, and the pace of the build when it has one."""
WORKSHOP = Path("entrepot") / "chantier"
"""Where a build keeps what it makes, for the next one."""


@dataclass(frozen=True, slots=True)
class Built:
    """An edition just built: its folder and its manifest; ``taken``, results found as they had been made.

    ``prepared``: whether a site will find beside it all that it needs (:mod:`ancrage.edition.preparing`).
    ``since``: the edition from which its register was made; ``because``: why it was not, when it could be.
    """

    folder: Path
    manifest: dict[str, Any]
    taken: int = 0
    prepared: bool = True
    since: str = ""
    because: str = ""


def build(data: Path, *, at: datetime, step: Step = lambda *_: None, limits: Limits | None = None) -> Built:
    """Build from the latest snapshots under ``data``, check, then publish by one atomic switch.

    ``at``: moment of the build (UTC), which names the edition. ``step`` is told, in French, what is being
    done. ``limits``: memory and threads, those of the machine when not given. Raises :class:`BuildError`
    when a check fails, :class:`BusyError` when another build is under way; the edition in force stays in
    place.
    """
    if not (EMBEDDED / "manifest.json").is_file():
        raise NoEditionError(
            "Le découpage administratif embarqué est absent.", "Construisez-le d'abord : make reference."
        )
    inputs = Inputs(SnapshotStore(data), held_tables())
    known = manifest_in_force(data)
    pace = Pace(expected(inputs.store, known))
    told = partial(_paced, step, pace)
    name = at.strftime("%Y%m%dT%H%M%S%fZ")
    with (
        drafting(data, name) as draft,
        limited(limits or limits_of(None, OF_AN_EDITION), draft / ".debordement"),
        keeping(data / WORKSHOP) as kept,
    ):
        told("Découpage administratif")
        copy_geography(EMBEDDED, draft)
        manifest, register = _complete(inputs, draft, at, told, in_force(data))
        shorter = kept.taken or register.since
        manifest["pace"] = known.get("pace") if shorter else pace.told(inputs.store)
        shutil.rmtree(draft / ".debordement", ignore_errors=True)
        ready = Ready(data, at.date(), told)
        edition = publish(data, draft, manifest, ready)
        built = Built(edition, manifest, len(kept.taken), ready.done, register.since, register.because)
        kept.forget_others()
        return built


def _paced(step: Step, pace: Pace, label: str) -> None:
    pace.begin(label)
    step(label, pace)


def build_embedded(packages: Path, folder: Path, *, at: datetime, step: Step = lambda *_: None) -> Built:
    """Build the edition that travels inside the wheel, from the npm packages and the facts held here.

    It holds the geography of six vintages, every list of zonings and a fictitious register of the Creuse.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    step("Découpage administratif, six millésimes")
    write_geography(read_geographies(packages), folder)
    nothing = Inputs(SnapshotStore(folder / "aucune-source"), held_tables())
    manifest, _ = _complete(nothing, folder, at, step)
    for path in folder.glob("*.parquet"):
        squeeze(path)
    write_manifest(folder, manifest)
    return Built(folder, manifest)


def _complete(
    inputs: Inputs, draft: Path, at: datetime, step: Step, previous: Path | None = None
) -> tuple[dict[str, Any], Written]:
    step("Événements et filiation des communes")
    events = leading_somewhere(read_events(inputs), draft, inputs)
    write_events(events, draft, inputs)
    thread = read_thread(draft, events)
    step("Zonages et programmes")
    zonings = write_zonings(inputs, thread, draft)
    step("Contours et quartiers")
    write_outlines(inputs, thread, draft)
    perimeters = write_quarters(inputs, draft)
    write_features(draft)
    write_competences(inputs, draft)
    step("Lieux d'accompagnement")
    write_support(inputs, draft)
    step("Aides publiées ailleurs")
    write_aids(inputs, draft, on=at.date())
    step("Guichets")
    write_contacts(inputs, draft)
    step("Registre de l'ESS")
    ground = ground_of(draft, thread, zonings.quarters, perimeters)
    with beside_what_is_held():
        written = write_register(inputs, draft, ground, on=at.date(), previous=previous)
    register = written.tables
    step("Marchés notifiés")
    write_bought(inputs, draft, on=at.date(), register=register)
    step("Rejets et manifeste")
    write_rejects(inputs, register, draft)
    return build_manifest(inputs, register, zonings, at), written
