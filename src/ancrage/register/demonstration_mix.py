"""What the demonstration register is made of: shares chosen to look like a rural département, and NOT data.

What inspired them: the Creuse of 2012 had 5,095 ESS jobs, a quarter of its private jobs, 431 associations
employing 3,602 people (http://bij23.fr/dla23/178/); 83 % of the ESS employers of rural communes have fewer
than ten employees (http://www.maire-info.com/article.asp?param=23291); about 95 % of the units marked ESS in
SIRENE are associations, of which less than one in five employs. Everything else is invented, and rounded.
"""

from dataclasses import dataclass

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Mould:
    """A sort of fictitious unit: how it is named, how many, its legal categories, mark, activities and bands.

    ``employers`` is the share that employs; ``bands`` and ``activities`` are weights.
    """

    noun: str
    count: int
    categories: Weights
    flag: str
    activities: Weights
    employers: float
    bands: Weights


SMALL: Weights = (("01", 45), ("02", 25), ("03", 15), ("11", 12), ("12", 3))
LARGE: Weights = (("01", 30), ("02", 22), ("03", 18), ("11", 17), ("12", 9), ("21", 3), ("22", 1))
LEISURE: Weights = (
    *(("94.99Z", 30), ("93.12Z", 22), ("90.01Z", 8), ("93.29Z", 8), ("91.03Z", 3)),
    *(
        ("88.99B", 8),
        ("88.10A", 6),
        ("85.59B", 5),
        ("55.20Z", 3),
        ("87.10A", 3),
        ("38.32Z", 2),
        ("81.30Z", 2),
    ),
)
TRADE: Weights = (
    *(("01.42Z", 26), ("68.20B", 18), ("43.99C", 9), ("47.11B", 6), ("56.10A", 8), ("96.02A", 5)),
    *(
        ("86.90D", 6),
        ("45.20A", 5),
        ("70.22Z", 4),
        ("49.41A", 3),
        ("10.71C", 4),
        ("02.20Z", 4),
        ("82.99Z", 2),
    ),
)

MOULDS: tuple[Mould, ...] = (
    Mould(
        "Association",
        770,
        (("9220", 94), ("9230", 3), ("9221", 2), ("9222", 1)),
        "O",
        LEISURE,
        0.31,
        LARGE,
    ),
    Mould("Association non déclarée", 6, (("9210", 1),), "", LEISURE, 0.0, SMALL),
    Mould("Association au marqueur contraire", 6, (("9220", 1),), "N", LEISURE, 0.5, SMALL),
    Mould(
        "Coopérative",
        62,
        (("6316", 55), ("6317", 25), ("5458", 12), ("5558", 4), ("5460", 4)),
        "O",
        (("01.61Z", 55), ("46.21Z", 20), ("16.10A", 10), ("43.32A", 10), ("47.29Z", 5)),
        0.5,
        LARGE,
    ),
    Mould("Mutuelle", 18, (("8210", 1),), "O", (("65.12Z", 70), ("86.23Z", 30)), 0.8, SMALL),
    Mould("Fondation", 4, (("9300", 1),), "O", (("88.99B", 50), ("87.30A", 50)), 1.0, LARGE),
    Mould("Entreprise", 20, (("5710", 70), ("5499", 30)), "O", TRADE, 0.6, SMALL),
    Mould("Société immobilière marquée ESS", 2, (("6540", 1),), "O", (("68.20B", 1),), 0.0, SMALL),
    Mould("Exploitation", 2500, (("1000", 1),), "", TRADE, 0.06, SMALL),
    Mould("Société", 1100, (("5499", 55), ("5710", 45)), "", TRADE, 0.5, LARGE),
    Mould(
        "Société civile", 360, (("6540", 80), ("6598", 20)), "", (("68.20B", 80), ("01.42Z", 20)), 0.02, SMALL
    ),
    Mould("Service public", 130, (("7210", 80), ("7346", 8), ("7361", 12)), "", (("84.11Z", 1),), 0.9, LARGE),
)

NON_DIFFUSIBLE = {"Exploitation": 0.12, "Association": 0.01}
"""Share of units that opposed diffusion."""

OLD_NOMENCLATURE = 12
"""Establishments closed long ago, without commune, with a NAP code."""

SIAE_KINDS = ("ACI", "ACI", "ACI", "AI", "EI", "ETTI", "ACI", "EA")
"""Kinds of the fictitious inclusion enterprises; each is carried by an employing association or company."""
