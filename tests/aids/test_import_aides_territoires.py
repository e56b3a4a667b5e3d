"""Aides-territoires: its real CSV export, pages of its API from a file and from a server, real feeds."""

import json
import threading
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ancrage.aids.imports import fetching
from ancrage.aids.imports.aides_territoires import read_export
from ancrage.aids.imports.aides_territoires_api import read_pages
from ancrage.aids.imports.fetching import read_address
from ancrage.aids.imports.reading import read_file
from ancrage.aids.imports.texts import read_given
from ancrage.aids.imports.wording import audiences_of, natures_of
from ancrage.errors import ImportFileError, SourceUnavailableError
from ancrage.repairs import GiveField
from ancrage.sources.transport import Timing

FILE = "aides-territoires-periurbain-2023.csv"
FEEDS = "aides/flux-aides-territoires"
TODAY = date(2026, 11, 24)
SHORT = Timing(connect=2, read=2, attempts=1)


@pytest.fixture(scope="module")
def reading(mirror):
    return read_export(read_given(mirror / "aides" / FILE), FILE, licence="Licence Ouverte 2.0", on=TODAY)


def by_name(reading, name):
    (found,) = [aid for aid in reading.aids if aid.name == name]
    return found


@pytest.mark.mirror
def test_the_two_hundred_and_seventy_four_aids_are_imported(reading):
    assert (len(reading.aids), reading.rejects) == (274, ())
    assert len({aid.id for aid in reading.aids}) == 274


@pytest.mark.mirror
def test_words_of_the_site_are_told_in_our_lists(reading):
    aid = by_name(reading, "Accompagner la revitalisation des centres anciens")
    assert aid.audiences == ("collectivite", "structure")
    assert aid.natures == ("ingenierie",)
    assert aid.funder == "Établissement public foncier d'Occitanie (EPF)"
    assert aid.id == "at:3d9e-accompagner-la-redynamisation-des-centres-via"


@pytest.mark.mirror
def test_every_audience_and_nature_of_the_export_is_known_but_those_without_a_place_in_our_lists(reading):
    without = {
        name
        for aid in reading.aids
        for column, of in (("Bénéficiaire", audiences_of), ("Types d'aides", natures_of))
        for name in aid.raw[column].split(";")
        if not of([name])
    }
    assert without == {"Autre aide financière", "Certificat d'économie d'énergie (CEE)"}


@pytest.mark.mirror
def test_calls_are_calls_and_closings_are_days(reading):
    calls = [aid for aid in reading.aids if "appel_a_projets" in aid.natures]
    assert len(calls) == 24
    closings = [aid.closes for aid in reading.aids if aid.closes]
    assert len(closings) == 22
    assert date(2023, 6, 1) in closings


@pytest.mark.mirror
def test_an_export_does_not_tell_where_so_nothing_is_said_of_it(reading):
    assert {aid.coverage for aid in reading.aids} == {()}
    assert all(condition.id != "territoire" for aid in reading.aids for condition in aid.conditions)


@pytest.mark.mirror
def test_a_real_feed_of_the_shape_of_the_api_is_read_and_said_to_be_partial(mirror):
    reading = read_file(mirror / FEEDS / "departement_drome_data.json", on=TODAY)
    assert [aid.coverage for aid in reading.aids] == [("dep:26",)] * 3
    first = reading.aids[0]
    assert first.id == "at:collectivites.ladrome.fr:162"
    assert first.audiences == ("collectivite", "structure", "personne")
    assert "alimentation" in first.themes
    assert "<br>" not in first.description
    assert reading.remarks == ("La source annonce 166 aides et en donne 3 : la lecture est partielle.",)


@pytest.mark.mirror
def test_a_real_entry_with_a_day_that_is_none_is_rejected(mirror):
    reading = read_file(mirror / FEEDS / "departement_manche_data.json", on=TODAY)
    assert len(reading.aids) == 9
    assert all(bool(aid.audiences) is bool(aid.raw["targeted_audiences"]) for aid in reading.aids)
    assert [(reject.line, reject.name) for reject in reading.rejects] == [(6, "test 2023 1")]
    assert "date_updated" in reading.rejects[0].reason


@pytest.mark.mirror
def test_the_real_feed_that_is_no_json_is_refused_naming_its_line(mirror):
    with pytest.raises(ImportFileError, match=r"ministere_de_la_culture_data.json », ligne 20") as caught:
        read_file(mirror / FEEDS / "ministere_de_la_culture_data.json", on=TODAY)
    assert "JSON" in caught.value.message


@pytest.mark.mirror
@pytest.mark.parametrize("feed", ["ademe_agir_data", "ile_de_france_data", "welcom_europe_data"])
def test_a_real_feed_of_another_shape_is_refused_saying_what_is_read(mirror, feed):
    with pytest.raises(ImportFileError, match="le format n'est pas reconnu") as caught:
        read_file(mirror / FEEDS / f"{feed}.json", on=TODAY)
    assert caught.value.repairs == (GiveField("source", ("PUBLIEUR",)),)


def item(number, **changes):
    return {
        "id": number,
        "slug": f"aide-{number}",
        "url": f"/aides/{number:04x}-aide-{number}/",
        "name": f"Aide {number}",
        "financers": ["ADEME", {"name": "Région"}],
        "targeted_audiences": ["Communes"],
        "aid_types": ["Prêt"],
        "perimeter": "Bretagne",
        "submission_deadline": "2027-01-31",
        **changes,
    }


@contextmanager
def serving(pages):
    """A server of this machine: what it answers by path and query, and the questions it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            status, body = pages(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/aids/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(results, following=None, count=3):
    return 200, json.dumps({"count": count, "next": following, "previous": None, "results": results}).encode()


def test_pages_of_a_server_are_followed_to_the_last():
    def pages(path):
        if path.endswith("page=2"):
            return page([item(3)])
        return page([item(1), item(2)], "?page=2")

    with serving(pages) as (address, asked):
        reading = read_address(address, on=TODAY, timing=SHORT)
    assert asked == ["/api/aids/", "/api/aids/?page=2"]
    assert [aid.id for aid in reading.aids] == [f"at:000{number}-aide-{number}" for number in (1, 2, 3)]
    aid = reading.aids[0]
    assert aid.coverage == ("reg:53",)
    assert aid.funder == "ADEME ; Région"
    assert aid.closes == date(2027, 1, 31)
    assert aid.desk == "https://aides-territoires.beta.gouv.fr/aides/0001-aide-1/"
    assert reading.remarks == ()


@pytest.mark.parametrize(
    ("following", "told"),
    [
        ("/api/aids/", "revient sur une page déjà lue"),
        ("https://example.org/api/aids/?page=2", "renvoie vers un autre site"),
    ],
)
def test_a_next_page_that_turns_round_or_leads_elsewhere_is_refused(following, told):
    with (
        serving(lambda _path: page([item(1)], following)) as (address, asked),
        pytest.raises(ImportFileError, match=told),
    ):
        read_address(address, on=TODAY, timing=SHORT)
    assert len(asked) == 1


def test_pages_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(fetching, "MOST_PAGES", 4)

    def pages(path):
        number = int(path.rpartition("=")[2]) if "=" in path else 1
        return page([item(number)], f"?page={number + 1}")

    with serving(pages) as (address, asked), pytest.raises(ImportFileError, match="a plus de 4 pages"):
        read_address(address, on=TODAY, timing=SHORT)
    assert len(asked) == 4


def test_a_page_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST_PAGE", 1 << 20)
    with (
        serving(lambda _path: (200, b" " * (2 << 20))) as (address, _),
        pytest.raises(ImportFileError, match="dépasse 1 Mo"),
    ):
        read_address(address, on=TODAY, timing=SHORT)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"count": 1,\n "results": [', "ligne 2"),
        (b"<!doctype html><html></html>", "c'est une page web"),
        (b'{"detail": "cle"}', "ce n'est pas une page d'Aides-territoires"),
        (
            '{"count": 1,\n"results": [{"name": "é"}]}'.encode("latin-1"),
            "ligne 2 : ce n'est pas de l'UTF-8",
        ),
    ],
)
def test_a_page_that_is_not_one_is_refused(body, told):
    with serving(lambda _path: (200, body)) as (address, _), pytest.raises(ImportFileError, match=told):
        read_address(address, on=TODAY, timing=SHORT)


def test_a_server_that_refuses_is_told():
    with (
        serving(lambda _path: (401, b"")) as (address, _),
        pytest.raises(SourceUnavailableError, match="s'identifier"),
    ):
        read_address(address, on=TODAY, timing=SHORT)


def test_only_web_addresses_are_read(tmp_path):
    with pytest.raises(ImportFileError, match="n'est pas une adresse"):
        read_address(f"file://{tmp_path}", on=TODAY, timing=SHORT)


def served(**told):
    """What is read of one item of the API, other fields being good; or why it is set aside."""
    item = {"id": 1, "slug": "a", "url": "/aides/a/", "name": "Aide", "perimeter": "Creuse", **told}
    good = {"id": 2, "slug": "b", "url": "/aides/b/", "name": "Bonne", "perimeter": "Creuse"}
    return read_pages([{"results": [item, good]}], "x.json", licence="", on=TODAY)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"subvention_rate_upper_bound": "beaucoup"}, "« beaucoup » n'est pas un nombre"),
        ({"loan_amount": True}, "« True » n'est pas un nombre"),
        ({"origin_url": "pas une adresse"}, "n'est pas une adresse que l'on peut suivre"),
        ({"start_date": "2026-12-31", "submission_deadline": "2026-01-01"}, "avant l'ouverture"),
    ],
)
def test_an_item_with_a_fault_is_set_aside_with_its_reason_and_the_other_is_kept(told, reason):
    reading = served(**told)
    assert [aid.id for aid in reading.aids] == ["at:b"]
    (reject,) = reading.rejects
    assert reason in reject.reason


def test_a_territory_that_is_not_known_is_told_and_a_region_of_before_is_its_departements():
    reading = served(perimeter="Zzyx-sur-Nulle-Part")
    (remark,) = reading.remarks
    assert "1\u00a0aide" in remark
    assert "« Zzyx-sur-Nulle-Part »" in remark
    assert [aid.coverage for aid in reading.aids] == [(), ("dep:23",)]
    assert served(perimeter="Limousin").aids[0].coverage == ("dep:19", "dep:23", "dep:87")


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ({"subvention_rate_lower_bound": 20, "subvention_rate_upper_bound": 80}, "20 à 80 % de subvention"),
        ({"subvention_rate_upper_bound": 50}, "jusqu'à 50 % de subvention"),
        ({"loan_amount": 10000, "subvention_comment": "<p>à voir</p>"}, "prêt : 10\u202f000 € ; à voir"),
        ({}, ""),
    ],
)
def test_what_an_item_says_of_its_amount_is_told(told, amount):
    assert served(**told).aids[0].amount.replace("\u00a0", "\u202f") == amount.replace("\u00a0", "\u202f")
