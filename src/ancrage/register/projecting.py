"""Degrees from the metres SIRENE gives in the projection of each département (Lambert-93, UTM overseas).

Source: INSEE, variables ``coordonneeLambertAbscisseEtablissement`` and
``coordonneeLambertOrdonneeEtablissement`` of StockEtablissement.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pyproj import Transformer

MAINLAND = 2154
"""EPSG code of RGF93 / Lambert-93."""
OVERSEAS = {
    **dict.fromkeys(("971", "972", "977", "978"), 5490),
    "973": 2972,
    "974": 2975,
    "975": 4467,
    "976": 4471,
}
"""EPSG codes of the legal projections by département; elsewhere overseas, none is published."""

POINT_FIELDS = (pa.field("longitude", pa.float64()), pa.field("latitude", pa.float64()))

Degrees = tuple[NDArray[np.float64], NDArray[np.float64]]


def degrees(x: NDArray[np.float64], y: NDArray[np.float64], departements: Sequence[str | None]) -> Degrees:
    """Longitudes and latitudes (WGS 84) of points in metres; NaN where nothing can be said."""
    longitude, latitude = np.full(len(x), np.nan), np.full(len(x), np.nan)
    codes = np.array([_projection(code) for code in departements])
    for code in np.unique(codes[codes > 0]):
        here = (codes == code) & np.isfinite(x) & np.isfinite(y)
        if here.any():
            east, north = _transformer(int(code)).transform(x[here], y[here])
            sound = np.isfinite(east) & np.isfinite(north)
            longitude[here], latitude[here] = np.where(sound, east, np.nan), np.where(sound, north, np.nan)
    return longitude, latitude


def _projection(departement: str | None) -> int:
    if departement is None:
        return 0
    return OVERSEAS.get(departement, 0) if departement[:2] in ("97", "98") else MAINLAND


@cache
def _transformer(code: int) -> "Transformer":
    from pyproj import Transformer

    return Transformer.from_crs(code, 4326, always_xy=True)


def with_degrees(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch where ``longitude`` and ``latitude`` that were not published are those of ``x`` and ``y``."""
    longitude, latitude, x, y = (_numbers(batch[name]) for name in ("longitude", "latitude", "x", "y"))
    lacking = ~(np.isfinite(longitude) & np.isfinite(latitude)) & np.isfinite(x) & np.isfinite(y)
    if not lacking.any():
        return batch
    places = batch["departement"].filter(pa.array(lacking)).to_pylist()
    longitude[lacking], latitude[lacking] = degrees(x[lacking], y[lacking], places)
    for field, values in zip(POINT_FIELDS, (longitude, latitude), strict=True):
        rank = batch.schema.get_field_index(field.name)
        batch = batch.set_column(rank, field, pa.array(values, from_pandas=True))
    return batch


def _numbers(column: pa.Array) -> NDArray[np.float64]:
    """A copy that may be written, with NaN for NULL."""
    numbers: NDArray[np.float64] = column.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
    return numbers.copy()
