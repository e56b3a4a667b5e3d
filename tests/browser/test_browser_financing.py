"""A rural grocery: its plan fails on the European rate, is mended, shows its gap, and is printed."""

from pathlib import Path
from typing import Any

PATIENCE_MS = 120_000
"""A catalogue read for the first time, on a machine that has other work."""


def test_a_rural_grocery_mends_its_plan_sees_its_gap_and_prints_the_national_form(
    visitor: Any, demonstration: str, tmp_path: Path
) -> None:
    page = visitor(demonstration).open("/financement/")
    page.set_default_timeout(PATIENCE_MS)
    page.get_by_role("link", name="Voir un exemple").click()
    page.get_by_role("button", name="Vérifier le plan").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Épicerie coopérative de Faux-la-Montagne"
    failed = _read(page)
    assert "pas financé" in failed
    assert "1 € de cofinancement public appelle 4 € de FEADER" in failed
    page.get_by_text("Changer le plan", exact=True).click()
    for line in ("FEADER par LEADER", "Aide de la Région"):
        page.locator("summary", has_text=line).click()
    feader = page.get_by_role("group", name="Ressource 1", exact=True)
    region = page.get_by_role("group", name="Ressource 2", exact=True)
    feader.get_by_label("Montant (€)").fill("80 000")
    region.get_by_label("Montant (€)").fill("20 000,00")
    page.get_by_role("button", name="Vérifier de nouveau").click()
    page.get_by_text("à confirmer").first.wait_for()
    mended = _read(page)
    assert "mois 14" in mended
    assert "Avance en compte courant d'une collectivité associée de la SCIC" in mended
    assert "Loi n° 2022-217 du 21 février 2022, article 221" in mended
    with page.expect_download() as coming:
        page.locator("form.papiers button[value=pdf]").click()
    coming.value.save_as(tmp_path / "demande.pdf")
    assert (tmp_path / "demande.pdf").read_bytes().startswith(b"%PDF")


def _read(page: Any) -> str:
    """All that the page tells, parts that are not yet drawn included, on one line."""
    return " ".join(str(page.locator("main").text_content()).split())
