"""A reader is led to the official site of a code, even where its words were read in a copy."""

from datetime import date

from ancrage.declarations.texts import Basis, Text
from ancrage.statutes.gathering import cited_texts

COPY = "https://github.com/legalize-dev/legalize-fr"


def text(title: str, href: str = COPY, note: str = "") -> Text:
    return Text(title=title, href=href, checked_on=date(2026, 11, 29), basis=Basis.TEXTE_LU, note=note)


def test_a_code_read_in_a_copy_is_linked_on_legifrance_and_its_copy_stays_told() -> None:
    found = text("Code de l’urbanisme, articles L. 151-16 et L. 151-41", note="Lu en avril.")
    assert found.href == "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006074075"
    assert found.note == f"Lu en avril. Copie lue : {COPY}"


def test_the_very_state_of_the_copy_that_was_read_stays_told() -> None:
    found = text("Code de la commande publique, article R. 2152-7", href=f"{COPY}/commit/3880a95a0")
    assert str(found.href).endswith("LEGITEXT000037701019")
    assert found.note == f"Copie lue : {COPY}/commit/3880a95a0"


def test_another_page_keeps_its_link_and_so_does_a_code_whose_address_is_unknown() -> None:
    page = "https://www.rtes.fr/spaser"
    assert text("Code civil, article 1875", href=page).href == page
    assert text("Code des ports maritimes, article L. 1").href == COPY


def test_no_text_cited_leads_to_a_copy() -> None:
    assert {one.where for one in cited_texts() if one.text.href and COPY in one.text.href} == set()
