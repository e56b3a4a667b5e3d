"""Where a row lies: its QPV, asked of the territories' geometry in batches of columns."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ancrage.reasoning import Verdict
from ancrage.territories.geometry.assignment import ZoneIndex
from ancrage.territories.geometry.qpv_placement import Placements, place_in_qpv

QPV_SCHEMA = pa.schema(
    [
        ("siret", pa.string()),
        ("qpv", pa.string()),
        ("qpv_codes", pa.list_(pa.string())),
        ("qpv_reason", pa.string()),
    ]
)


class QpvPlacement(Protocol):
    """Says of n points whether each lies in a QPV.

    ``longitude``, ``latitude``: degrees, shape (n,), NaN when absent. ``communes``: published codes, an
    arrondissement of Paris, Lyon or Marseille included, ``None`` when unknown. ``qualities``: ``qualite_xy``
    as published. ``errors_m``: ``distance_precision``, metres, NaN when not published.
    """

    def __call__(
        self,
        longitude: NDArray[np.float64],
        latitude: NDArray[np.float64],
        communes: Sequence[str | None],
        qualities: Sequence[str | None],
        errors_m: NDArray[np.float64],
    ) -> Placements:
        """Answers for the n points."""
        ...


@dataclass(frozen=True, slots=True)
class QpvList:
    """A :class:`QpvPlacement` made of the perimeters and of the list by commune; see ``place_in_qpv``.

    ``parents`` maps a municipal arrondissement to its commune, since the list speaks of whole communes.
    """

    index: ZoneIndex
    communes_with_qpv: Mapping[str, Sequence[tuple[str, str]]]
    communes_with_missing_polygon: Collection[str]
    parents: Mapping[str, str]
    known_departements: Collection[str] | None = None

    def __call__(
        self,
        longitude: NDArray[np.float64],
        latitude: NDArray[np.float64],
        communes: Sequence[str | None],
        qualities: Sequence[str | None],
        errors_m: NDArray[np.float64],
    ) -> Placements:
        """Place the points; see :class:`QpvPlacement`."""
        return place_in_qpv(
            self.index,
            longitude,
            latitude,
            [self.parents.get(code, code) if code else None for code in communes],
            qualities,
            self.communes_with_qpv,
            self.communes_with_missing_polygon,
            known_departements=self.known_departements,
            max_error_m=errors_m,
        )


def without_list(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    communes: Sequence[str | None],
    qualities: Sequence[str | None],
    errors_m: NDArray[np.float64],
) -> Placements:
    """A :class:`QpvPlacement` for when no list of QPV was synchronised: every answer is to be checked."""
    nowhere = QpvList(ZoneIndex.build([], []), {}, (), {})
    return nowhere(longitude, latitude, communes, qualities, errors_m)


def placed_rows(sirets: pa.Array, placements: Placements) -> pa.Table:
    """Placements beside their SIRET, in ``QPV_SCHEMA``; codes are NULL where the answer is no."""
    return pa.table(
        {
            "siret": sirets,
            "qpv": pa.array([str(Verdict(verdict)) for verdict in placements.verdicts], pa.string()),
            "qpv_codes": pa.array([list(codes) or None for codes in placements.codes], pa.list_(pa.string())),
            "qpv_reason": pa.array(placements.reasons, pa.string()),
        },
        schema=QPV_SCHEMA,
    )


def place_batch(batch: pa.RecordBatch, place: QpvPlacement) -> pa.Table:
    """Place a batch that has siret, longitude, latitude, commune, quality and error_m (QPV_SCHEMA out)."""
    return placed_rows(
        batch["siret"],
        place(
            degrees_of(batch["longitude"]),
            degrees_of(batch["latitude"]),
            batch["commune"].to_pylist(),
            batch["quality"].to_pylist(),
            degrees_of(batch["error_m"]),
        ),
    )


def degrees_of(column: pa.Array) -> NDArray[np.float64]:
    """Numbers of a column, with NaN for NULL."""
    numbers: NDArray[np.float64] = (
        column.cast(pa.float64()).fill_null(float("nan")).to_numpy(zero_copy_only=False)
    )
    return numbers


CommuneAt = Callable[[NDArray[np.float64], NDArray[np.float64]], Sequence[str | None]]
"""Code of the commune whose outline holds each point (degrees, shape (n,)), ``None`` when none does."""
