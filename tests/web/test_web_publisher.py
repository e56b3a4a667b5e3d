"""Who publishes the site: one file, told on every page; a fault in it is told to who keeps the server."""

from pathlib import Path

import pytest

from ancrage.desk.health import checks
from ancrage.desk.publisher import FILE, publisher
from ancrage.errors import CatalogueError
from ancrage.location import data_directory

pytestmark = pytest.mark.django_db
SIGNED = """
site: Ancrage Creuse
nom: Conseil départemental de la Creuse
territoire: dep:23
logo: marque.svg
contact:
  courriel: ess@creuse.example
mentions:
  hebergeur: Exemple SAS
"""


@pytest.fixture
def signed(monkeypatch, tmp_path):
    """Write the file of the publisher in a data folder of its own."""
    monkeypatch.setattr("ancrage.desk.publisher.data_directory", lambda: tmp_path)

    def write(text: str) -> Path:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def health() -> dict[str, str]:
    return {check.id: check.told for check in checks() if not check.well}


def test_a_site_nobody_signed_says_so_in_its_legal_notice(site, signed) -> None:
    assert "L’éditeur ne s’est pas encore nommé" in legal_notice(site)
    assert "<span>Ancrage</span>" in legal_notice(site)


def test_a_publisher_is_told_on_every_page_with_where_to_write(site, signed) -> None:
    (signed(SIGNED) / "marque.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    page = site.get("/aides/").content.decode()
    assert "<span>Ancrage Creuse</span>" in page
    assert "Publié par <strong>Conseil départemental de la Creuse</strong>" in page
    assert 'href="mailto:ess@creuse.example?subject=Erreur%20sur%20/aides/' in page
    assert "Exemple SAS" in legal_notice(site)
    assert site.get("/editeur/logo")["Content-Type"] == "image/svg+xml"
    assert "editeur" not in health()


def test_the_site_opens_on_the_territory_of_its_publisher_and_the_country_stays_near(site, signed) -> None:
    signed("territoire: dep:23\n")
    assert site.get("/").headers["Location"] == "/territoires/dep:23/"
    assert "Toute la France" in site.get("/aides/").content.decode()
    assert "choisissez votre département" in site.get("/france/").content.decode()


def test_a_page_kept_for_one_publisher_is_not_given_for_another(site, signed) -> None:
    signed("site: Un\n")
    assert "<span>Un</span>" in site.get("/aides/").content.decode()
    signed("site: Deux autres\n")
    assert "<span>Deux autres</span>" in site.get("/aides/").content.decode()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("site: A\nnon: B\n", "editeur.yaml, ligne 2 : la clé « non » n'existe pas"),
        ("contact:\n  courriel: pas une adresse\n", "editeur.yaml, ligne 2"),
        ("logo: ../secret.svg\n", "editeur.yaml, ligne 1"),
        ("site: [\n", "YAML"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line_and_takes_no_page_away(
    site, signed, written, told
) -> None:
    signed(written)
    with pytest.raises(CatalogueError) as refused:
        publisher()
    assert told in refused.value.message
    assert told in health()["editeur"]
    assert "<span>Ancrage</span>" in site.get("/aides/").content.decode()


@pytest.mark.parametrize("written", ["territoire: dep:999\n", "logo: perdu.svg\n"])
def test_a_territory_or_a_logo_that_is_not_there_is_told_and_the_site_opens(site, signed, written) -> None:
    signed(written)
    assert "editeur" in health()
    assert site.get("/").status_code == 200
    assert site.get("/editeur/logo").status_code == 404


def legal_notice(site) -> str:
    return site.get("/documentation/mentions-legales/").content.decode()


def test_the_file_is_read_in_the_data_folder(site) -> None:
    assert not (data_directory() / FILE).exists()
