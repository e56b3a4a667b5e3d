"""The sources that list support places, and the file of each that is read."""

LISTS: tuple[tuple[str, str], ...] = (
    ("france-services", "points-2024"),
    ("fabriques-de-territoire", "lieux"),
    ("manufactures-de-proximite", "lieux"),
    ("mediation-numerique-creuse", "lieux"),
)
