"""A territory in one screen: what covers it, who is there, what to do, whom to call, what opens soon."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ancrage.questions.diagnosed import diagnosed, diagnosis_kept
from ancrage.questions.question import Asking, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from pathlib import Path

    from ancrage.aids.imports.shelf import Shelf
    from ancrage.diagnosis.overview.model import Overview
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory

KEPT = 256
"""Overviews kept by a process that stays: they are short."""


class OverviewQuestion(TerritoryQuestion):
    """The overview of a territory. Raises what a territory raises."""

    name: ClassVar = "apercu"
    label: ClassVar = "Aperçu d’un territoire"
    help: ClassVar = (
        "Montre un territoire en un écran : zonages, chiffres de l'ESS, que faire, qui appeler, échéances."
    )

    def work_out(self, asking: Asking) -> "Worked[Overview]":
        """The overview, from the diagnosis that is kept."""
        from ancrage.questions.provenance import cited

        territory = self.found(asking)
        found = overview(asking, territory)
        whole = diagnosed(asking, territory)
        read = (
            *(one.source for one in whole.zonings if one.source),
            *(one.source for one in found.callers),
        )
        return Worked(found, territory, sources=cited(asking.opened.atlas, read), warnings=whole.warnings)


def overview(asking: Asking, territory: "Territory") -> "Overview":
    """The overview of a territory on its day, kept with the edition."""
    opened = asking.opened
    return opened.atlas.remembering(_overview, answers=KEPT)(territory, opened.cache, opened.shelf)


def _overview(atlas: "Atlas", territory: "Territory", cache: "Path", shelf: "Shelf") -> "Overview":
    from ancrage.diagnosis.overview.assembling import Ground, around, overview_of
    from ancrage.territories.zonings.answering import answer_all
    from ancrage.warehouse.alongside import alongside

    ground = Ground(atlas, cache, shelf)
    answer_all(atlas, territory)  # both ask it: it is answered once
    with alongside(partial(around, ground, territory)) as others:
        return overview_of(ground, territory, diagnosis_kept(atlas, territory, cache), others())
