"""A plan typed in the form: verified, mended, printed; what is wrong is told and nothing typed is lost."""

import csv
import html
import io
import re
from typing import Any

import pytest

VERIFY = "/financement/verification/"


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the form of a page, as it stands."""
    form = page[page.index('action="/financement/verification/"') :].partition("</form>")[0]
    found = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'<input name="([^"]+)"[^>]*? value="([^"]*)"', form)
    }
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        assert chosen
        found[name] = html.unescape(chosen[1])
    return found


@pytest.fixture
def example(site: Any) -> dict[str, str]:
    return fields(site.get("/financement/?exemple=oui").content.decode()) | {"fictif": "oui"}


def line(form: dict[str, str], label: str) -> str:
    return next(name for name, value in form.items() if value == label).removesuffix("libelle")


def told(answer: Any) -> str:
    return (
        html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
    )


def test_the_plan_fails_on_the_european_rate_is_mended_and_shows_its_gap(
    site: Any, example: dict[str, str]
) -> None:
    failed = told(site.post(VERIFY, example))
    assert "pas financé" in failed
    assert "85 000 € sur 100 000 € de dépense publique, soit 85 %" in failed
    feader, region = line(example, "FEADER par LEADER"), line(example, "Aide de la Région")
    mended = example | {f"{feader}montant": "80 000", f"{region}montant": "20 000,00"}
    answer = told(site.post(VERIFY, mended))
    assert "80 000 € sur 100 000 € de dépense publique, soit 80 %" in answer
    assert "mois 14" in answer
    assert "Avance en compte courant d’une collectivité associée de la SCIC" in answer


def test_a_fault_is_told_beside_its_field_and_everything_typed_is_kept(
    site: Any, example: dict[str, str]
) -> None:
    at = line(example, "Achat et travaux des locaux")
    answer = site.post(VERIFY, example | {f"{at}montant": "-5", f"{at}libelle": "<b>Locaux</b>"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert f'<a href="#{at}montant">Dépense 1 (&lt;b&gt;Locaux&lt;/b&gt;) – Montant</a>' in page
    beside = page[page.index(f'name="{at}montant"') :].partition("</label>")[0]
    assert 'aria-invalid="true"' in beside
    assert "est négatif" in beside
    assert page.count('aria-invalid="true"') == 1
    kept = fields(page)
    assert kept[f"{at}montant"] == "-5"
    assert "<b>Locaux" not in page
    assert {key: value for key, value in kept.items() if value and not key.startswith(at)}.items() >= {
        key: value for key, value in example.items() if value and not key.startswith(at) and key != "fictif"
    }.items()


def test_more_lines_are_given_without_losing_any(site: Any, example: dict[str, str]) -> None:
    before = sum(name.endswith("-montant") for name in example)
    page = site.post(VERIFY, example | {"ajouter": "depenses"}).content.decode()
    after = fields(page)
    assert sum(name.endswith("-montant") for name in after) == before + 3
    assert after["nom"] == example["nom"]


def test_the_plan_is_printed_in_the_national_form(site: Any, example: dict[str, str]) -> None:
    for shape, mark in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = site.post(VERIFY, example | {"papier": "demande", "format": shape})
        assert answer.status_code == 200
        assert answer.content.startswith(mark)


def test_the_list_of_subsidies_is_published_once_valid_and_says_what_it_lacks(
    site: Any, example: dict[str, str]
) -> None:
    region = line(example, "Aide de la Région")
    asked = example | {f"{region}etat": "accordee", "papier": "subventions", "format": "csv"}
    refused = site.post(VERIFY, asked)
    assert refused.status_code == 400
    assert "Ressource 2 (Aide de la Région) – SIRET de qui l’accorde" in told(refused)
    assert "Pour publier, le SIRET du porteur." in told(refused)
    kept = fields(refused.content.decode())
    assert kept[f"{region}montant"] == example[f"{region}montant"]
    siret = "20005375900011"
    whole = {
        "porteur_siret": siret,
        f"{region}attribuant": "Région Nouvelle-Aquitaine",
        f"{region}siret_attribuant": siret,
        f"{region}accordee_le": "2027-03-01",
    }
    (row,) = csv.DictReader(io.StringIO(site.post(VERIFY, asked | whole).content.decode()))
    assert (row["idAttribuant"], row["idBeneficiaire"], row["montant"]) == (siret, siret, "15000.00")
    assert (row["dateConvention"], row["datesPeriodeVersement"]) == ("2027-03-01", "2027-07-01")
    assert (row["notificationUE"], row["pourcentageSubvention"]) == ("oui", "1.00")
    assert list(row)[:3] == ["nomAttribuant", "idAttribuant", "dateConvention"]


def test_a_file_given_fills_the_form_and_a_foreign_page_gives_nothing(site: Any) -> None:
    model = site.get("/financement/modele.csv").content
    given = io.BytesIO(model)
    given.name = "plan.csv"
    page = site.post(VERIFY, {"fichier": given}).content.decode()
    assert "Subvention de la Région" in fields(page).values()
    refused = site.post(VERIFY, {"nom": "x"}, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403


def test_a_faulty_file_fills_the_form_and_is_told_at_its_cells(site: Any) -> None:
    given = io.BytesIO("Sens;Compte;Libellé;Année;Montant\ndépense;60;Épicerie;2027;-5\n".encode("latin-1"))
    given.name = "plan.csv"
    answer = site.post(VERIFY, {"fichier": given})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Cellule E2 : « -5 » est négatif" in told(answer)
    assert (fields(page)["depenses-0-libelle"], fields(page)["depenses-0-montant"]) == ("Épicerie", "-5")
    shapeless = io.BytesIO(b"depenses: 3")
    shapeless.name = "plan.yaml"
    answer = site.post(VERIFY, {"fichier": shapeless})
    assert "Une liste était attendue" in told(answer)
    assert 'name="fichier"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [("/financement/contrat-impact/", "Qui porte quoi"), ("/financement/scic/", "Tour de table")],
    ids=["impact", "scic"],
)
def test_a_text_is_simulated_and_a_faulty_one_is_kept(site: Any, path: str, words: str) -> None:
    page = site.get(path).content.decode()
    text = html.unescape(page.partition("required>")[2].partition("</textarea>")[0])
    assert words in told(site.post(path, {"texte": text}))
    assert site.post(path, {"texte": text, "format": "pdf"}).content.startswith(b"%PDF")
    refused = site.post(path, {"texte": f"{text}\nfaute: 1"})
    assert refused.status_code == 400
    assert "cette clé n'existe pas" in told(refused)
    assert "faute: 1" in told(refused)


def test_two_aids_are_told_to_add_up_or_not(site: Any) -> None:
    page = told(site.get("/financement/cumul/?aide=detr&aide=dsil"))
    assert "Ces dotations se combinent, dans la limite de 80 %" in page


def test_nobody_is_sent_every_pair_of_the_catalogue(site: Any) -> None:
    answer = site.get("/financement/cumul/")
    assert len(answer.content) < 200_000  # 28 MB were sent: 33,000 pairs, the closed aids first
    assert "n’est pas en vigueur" not in told(answer)
    assert "Choisissez des aides" in told(answer)
    chosen = site.get("/financement/cumul/?aide=detr&aide=&aide=dsil").content.decode()
    assert chosen.count(" selected") == 2


def test_accounts_given_as_files_are_read_and_a_faulty_line_is_told(site: Any) -> None:
    page = "/financement/comptes/"
    given = io.BytesIO("JournalCode;CompteNum;CompteLib;EcritureDate;Debit;Credit\n"
                       "VE;706000;Épicerie;20250601;0,00;300,00\nVE;706000;Épicerie;20250701;0,00;300,00\n"
                       "BQ;741000;Région;20250601;0,00;400,00\n".encode("latin-1"))  # fmt: skip
    given.name = "fec.txt"
    answer = told(site.post(page, {"fichier": given}))
    assert "ventes et prestations" in answer
    assert "60 %" in answer
    text = "Compte;Libelle;Annee;Debit;Credit\n706;Ventes;2025;;beaucoup\n"
    refused = site.post(page, {"texte": text})
    assert refused.status_code == 400
    assert "ligne 2" in told(refused)
    assert "beaucoup" in refused.content.decode()
    fine = text.replace("beaucoup", "600")
    assert site.post(page, {"texte": fine, "format": "xlsx"}).content.startswith(b"PK")
