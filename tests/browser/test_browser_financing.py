"""A rural grocery: its plan fails on the European rate, is mended, shows its gap, and is printed."""

import zipfile
from pathlib import Path
from typing import Any

PATIENCE_MS = 120_000
"""A catalogue read for the first time, on a machine that has other work."""


def test_a_rural_grocery_mends_its_plan_sees_its_gap_and_prints_the_national_form(
    visitor: Any, demonstration: str, tmp_path: Path
) -> None:
    visit = visitor(demonstration)
    page = visit.open("/financement/")
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
    region.get_by_label("Montant (€)").fill("-20 000,00")
    page.get_by_role("button", name="Vérifier de nouveau").click()
    page.get_by_role("link", name="Ressource 2 (Aide de la Région) – Montant").click()
    wrong = page.locator("input[aria-invalid]")
    assert wrong.is_visible()
    assert wrong.input_value() == "-20 000,00"
    assert "400 (Bad Request)" in visit.troubles.pop()  # what the console says of the refusal
    wrong.fill("20 000,00")
    page.get_by_role("button", name="Vérifier le plan").click()
    page.get_by_text("à confirmer").first.wait_for()
    mended = _read(page)
    assert "mois 14" in mended
    assert "Avance en compte courant d’une collectivité associée de la SCIC" in mended
    assert "Loi n° 2022-217 du 21 février 2022, article 221" in mended
    assert all(text.strip() for text in page.locator("#regles td:last-child").all_text_contents())
    for shape in ("pdf", "docx"):
        with page.expect_download() as coming:
            page.locator(f"form.papiers button[value={shape}]").click()
        coming.value.save_as(tmp_path / f"demande.{shape}")
    assert (tmp_path / "demande.pdf").read_bytes().startswith(b"%PDF")
    printed = zipfile.ZipFile(tmp_path / "demande.docx").read("word/document.xml").decode()
    for line in ("131 FEADER par LEADER", "131 Aide de la Région", "101 Parts sociales de la communauté"):
        assert line in printed
    assert "870 Bénévolat" in printed
    assert "Total des produits" in printed


def _read(page: Any) -> str:
    """All that the page tells, parts that are not yet drawn included, on one line."""
    return " ".join(str(page.locator("main").text_content()).split())
