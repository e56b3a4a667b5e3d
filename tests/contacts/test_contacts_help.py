"""Who can help in a territory: whom, from how far, and what is not known."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ancrage.contacts.adding import added
from ancrage.contacts.helping import Help, Helper, help_in
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.needs import directory, need_named
from ancrage.contacts.placing import kilometres
from ancrage.contacts.ranking import ranked
from ancrage.contacts.reading import published_in
from ancrage.contacts.sources import PUBLISHER
from ancrage.errors import InvalidQuestionError
from ancrage.reports.contacts.apart import without_power
from ancrage.reports.contacts.sheet import distance_words, unknown_words
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve

DAY = date(2026, 11, 23)
LINE = {
    "kind": "dla",
    "name": "DLA de la Creuse",
    "territory_codes": "dep:23",
    "address": "1 rue de la Mairie",
    "postcode": "23000",
    "city": "Guéret",
    "phone": "05 55 00 00 00",
    "email": "",
    "website": "",
    "source_date": "2026-11-01",
}


def help_at(atlas: Atlas, code: str, need: str = "", each: int = 1) -> Help:
    return help_in(atlas, resolve(atlas, code, on=DAY), need_named(need) if need else None, each)


def by_kind(found: Help) -> Mapping[DeskKind, Helper]:
    return {one.contact.kind: one for one in reversed(list(found.helpers))}


def test_every_kind_that_may_be_asked_for_says_what_it_does_and_stands_in_a_family() -> None:
    declared = directory()
    families = {kind for family in declared.families for kind in family.kinds}
    assert families == set(DeskKind) == set(declared.offer_of)
    assert {kind for need in declared.needs for kind in need.kinds} <= families


def test_a_commune_is_served_by_its_own_desks_first(embedded_atlas: Atlas) -> None:
    found = by_kind(help_at(embedded_atlas, "23008"))
    assert found[DeskKind.EPCI].contact.name == "Communauté de communes Creuse Grand Sud"
    assert found[DeskKind.FRANCE_TRAVAIL].contact.territory == "dep:23"
    assert found[DeskKind.CRESS].contact.territory == "reg:75"
    assert found[DeskKind.FRANCE_SERVICES].contact.territory == "com:23008"


def test_a_region_is_served_by_its_own_desks_before_those_of_its_departements(embedded_atlas: Atlas) -> None:
    found = by_kind(help_at(embedded_atlas, "reg:75"))
    assert found[DeskKind.DREETS].contact.territory == "reg:75"
    assert found[DeskKind.DDETS].contact.others == 11


def test_the_whole_country_has_only_those_who_answer_for_all_of_it(embedded_atlas: Atlas) -> None:
    assert {one.contact.territory for one in help_at(embedded_atlas, "fr").helpers} == {"national"}


def test_a_sub_prefecture_serves_its_own_arrondissement_alone(embedded_atlas: Atlas) -> None:
    at_belley, at_bourg = (by_kind(help_at(embedded_atlas, code, "projet")) for code in ("01034", "01053"))
    assert "Belley" in at_belley[DeskKind.SOUS_PREFECTURE].contact.name
    assert DeskKind.SOUS_PREFECTURE not in at_bourg


def test_what_nobody_is_known_for_is_said_once_and_never_shown_empty(embedded_atlas: Atlas) -> None:
    found = help_at(embedded_atlas, "dep:23")
    assert set(found.unknown).isdisjoint(by_kind(found))
    assert DeskKind.ARS in found.unknown


def test_several_of_a_kind_are_told_when_they_are_asked_for(embedded_atlas: Atlas) -> None:
    one, three = (help_at(embedded_atlas, "dep:23", "demarches", each) for each in (1, 3))
    told = [helper for helper in three.helpers if helper.contact.kind is DeskKind.FRANCE_SERVICES]
    assert len(told) == 3
    assert by_kind(one)[DeskKind.FRANCE_SERVICES].contact.others == told[0].contact.others + 2


def test_a_need_that_does_not_exist_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidQuestionError, match=r"creer, consolider"):
        need_named("dormir")


def test_straight_kilometres_are_those_of_the_sphere() -> None:
    assert kilometres((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.195, abs=0.001)
    assert kilometres((2.17, 45.95), (2.17, 45.95)) == 0


def test_a_desk_is_as_far_as_the_town_of_its_address_or_the_chief_town_of_what_it_serves(
    embedded_atlas: Atlas,
) -> None:
    found = by_kind(help_at(embedded_atlas, "23008"))
    assert found[DeskKind.EPCI].km == 0  # its address is in Aubusson
    assert found[DeskKind.PREFECTURE].km == pytest.approx(34, abs=3)  # « 23011 GUERET », a post office box
    assert not found[DeskKind.PREFECTURE].seat
    assert found[DeskKind.CRESS].seat  # no address: Bordeaux, where the region is
    assert found[DeskKind.CRESS].km == pytest.approx(245, abs=10)


def test_the_nearest_known_is_named_where_none_serves_the_territory(embedded_atlas: Atlas) -> None:
    nearest = by_kind(help_at(embedded_atlas, "23008", "consolider"))[DeskKind.DLA]
    assert nearest.beyond
    assert nearest.km is not None
    assert nearest.contact.national is not None
    assert not by_kind(help_at(embedded_atlas, "dep:33", "consolider"))[DeskKind.DLA].beyond


def test_nobody_is_near_across_an_ocean(embedded_atlas: Atlas) -> None:
    found = help_at(embedded_atlas, "97311")
    assert all(one.km is None or one.km <= 1_500 for one in found.helpers if one.beyond)
    assert any(one.beyond and one.km and one.km > 1_000 for one in found.helpers)  # the islands, not Brittany
    assert not any("breton" in one.contact.name for one in found.helpers)


def test_a_directory_that_lost_a_zero_sends_nobody_from_belfort_to_foix(embedded_atlas: Atlas) -> None:
    assert by_kind(help_at(embedded_atlas, "09122"))[DeskKind.CRIB].contact.name.endswith("Paasport 09")
    assert DeskKind.CRIB in help_at(embedded_atlas, "90010").unknown


def test_what_a_publisher_adds_is_believed_before_any_list() -> None:
    mine = added([LINE], lambda *_: pytest.fail("refused"))
    listed = published_in("reseaux-ess", [{**LINE, "kind": "DLA départemental", "name": "Un ancien DLA"}])
    assert [row["name"] for row in ranked([*listed, *mine])] == ["DLA de la Creuse"]


def test_the_file_of_the_publisher_is_optional_and_its_faults_are_told_at_the_door(
    ancrage: Callable[..., Any], tmp_path: Path
) -> None:
    folder, data = tmp_path / "miroir", tmp_path / "donnees"
    folder.mkdir()
    absent = ancrage("sources", "sync", PUBLISHER, "--mirror", folder, data=data)
    assert "facultative" in absent.stderr
    with (folder / "contacts-editeur.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(LINE))
        writer.writeheader()
        writer.writerows([LINE, {**LINE, "kind": "banque"}])
    told = ancrage("sources", "sync", PUBLISHER, "--mirror", folder, data=data)
    assert told.returncode == 0
    assert "ligne 3" in " ".join((told.stdout + told.stderr).split())


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"kind": "banque"}, "n’est pas une sorte de contact"),
        ({"name": " "}, "le nom (name) manque"),
        ({"territory_codes": "Creuse"}, "n’est pas un territoire servi"),
        ({"territory_codes": ""}, "n’est pas un territoire servi"),
    ],
)
def test_a_line_of_the_publisher_that_cannot_be_used_is_told_with_its_number(
    cells: dict[str, str], why: str
) -> None:
    told: list[tuple[str, str]] = []
    kept = list(added([LINE, {**LINE, **cells}, LINE], lambda line, said: told.append((line, said))))
    assert [one.source for one in kept] == [PUBLISHER, PUBLISHER]
    assert [line for line, _ in told] == ["ligne 3"]
    assert why in told[0][1]


def test_where_the_law_leaves_a_service_no_power_nobody_is_sent_to_look_for_it(
    embedded_atlas: Atlas,
) -> None:
    """Koné, in New Caledonia: health and labour are its own, culture was not read."""
    kinds = (DeskKind.ARS, DeskKind.DRAC, DeskKind.DDETS)
    kone, creuse = (resolve(embedded_atlas, code, on=DAY) for code in ("98811", "dep:23"))
    said = unknown_words(Help((), kinds), kone)
    assert "Agence régionale de santé (ARS) : sans compétence ici. La santé est propre" in said
    assert "art. 22, 2°" in said
    assert "Direction régionale des affaires culturelles (DRAC) : aucun nom" in said
    assert "Qu’ils existent tous ici est à vérifier." in said
    assert "à vérifier" not in unknown_words(Help((), kinds), creuse)
    assert not without_power(kinds, creuse)


def test_an_authority_is_at_no_distance_from_its_own_territory(embedded_atlas: Atlas) -> None:
    epci, commune = (resolve(embedded_atlas, code, on=DAY) for code in ("200067544", "23096"))
    contact = replace(by_kind(help_at(embedded_atlas, "23096"))[DeskKind.EPCI].contact, territory="")
    own = Helper(replace(contact, territory="epci:200067544"))
    assert distance_words(own, epci) == ""
    assert distance_words(own, commune) == "distance inconnue"
