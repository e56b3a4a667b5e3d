"""The tasks people come for, from the home page, by no more clicks than they deserve."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from walking import Walk

Walker = Callable[[int], Walk]


@pytest.mark.mirror
def test_a_buyer_lists_green_spaces_within_thirty_kilometres_of_limoges_and_takes_them_away(
    walker: Walker, tmp_path: Path
) -> None:
    walk = walker(4)
    walk.menu("Structures")
    walk.type("Où ?", "30 km de Limoges")
    walk.type("Ce qu’elles font ou vendent", "espaces verts")
    walk.press("Chercher")
    walk.reads("à 30 km au plus de Limoges", "ESAT L'ENVOL", "activité non publiée")
    page = openpyxl.load_workbook(walk.take("Tableur (XLSX)", tmp_path))["Annuaire"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    heads = next(row for row in rows if "Adresse" in row)
    at = heads.index("Adresse")
    assert any(row[at] == "16 R HUBERT CURIEN" for row in rows)


def test_an_officer_compares_her_epci_with_two_others_and_with_those_most_like_it(
    walker: Walker, tmp_path: Path
) -> None:
    walk = walker(4)
    walk.menu("Mon territoire")
    walk.follow("Comparer", exact=True)
    for rank, name in enumerate(("Creuse Grand Sud", "Limoges Métropole", "CA du Grand Guéret"), 1):
        walk.type(f"territoire {rank}", name)
    walk.press("Comparer")
    walk.reads(
        "est entouré de 3 territoires qui lui ressemblent", "En un coup d’œil", "Les outils, un par un"
    )
    assert walk.page.locator("#territoire thead th").count() == 1 + 3 + 3
    assert walk.page.locator(".petits-multiples .ici").count() > 1
