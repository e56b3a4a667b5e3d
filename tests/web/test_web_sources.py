"""The sources on the site: each one declared, with its producer, its address, its licence and its absence."""

import html
import re

from django.test import Client

from ancrage.language.typography import curled
from ancrage.reports.sources.absence import OTHERS, absence_of
from ancrage.sources.catalogue import load_catalogue
from ancrage.territories.zonings.declaration import load_zonings


def row_of(page: str, source: str) -> str:
    found = re.search(
        rf'<tr id="[^"]*"><th scope="row">(?:(?!</tr>).)*>{source}</span>.*?</tr>', page, flags=re.DOTALL
    )
    assert found, source
    return html.unescape(found[0]).replace("\u00a0", " ").replace("\u202f", " ")


def test_every_source_has_its_producer_its_address_and_its_licence(site: Client) -> None:
    page = site.get("/sources/").content.decode()
    for source in load_catalogue().values():
        row = row_of(page, source.id)
        assert curled(source.producer) in row
        assert f'href="{source.home}"' in row
        assert f'href="{source.licence_url}"' in row


def test_the_absence_of_a_list_of_a_zoning_names_the_zoning(site: Client) -> None:
    page = site.get("/sources/").content.decode()
    for zoning in load_zonings().values():
        for edition in zoning.editions:
            assert curled(zoning.label) in row_of(page, edition.source)


def test_an_absence_is_told_of_every_source_and_of_no_other() -> None:
    assert set(OTHERS) <= set(load_catalogue())
    assert all(map(absence_of, load_catalogue()))


def test_nothing_that_an_address_says_reaches_the_page(site: Client) -> None:
    answer = site.get("/sources/?q=<script>alert(1)</script>")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
