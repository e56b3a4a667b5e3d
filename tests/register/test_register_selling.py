"""What structures sell, as people type it: those known to, then those whose activity nobody published."""

from datetime import date

import pytest

from ancrage.questions.structures import StructuresQuestion
from ancrage.register.directory.listing import Directory
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.vocabulary import Order, Told
from ancrage.reports.structures.directory import COLUMNS, chosen
from ancrage.territories.resolving import resolve

TODAY = date(2026, 11, 23)
GREEN = "81.30Z"


def asked(atlas, code, **fields):
    return DirectoryQuery(resolve(atlas, code, on=TODAY), **fields)


@pytest.mark.parametrize("typed", ["espaces verts", "Entretien d'espaces verts", "espace vert", "jardins"])
def test_words_find_the_structures_of_an_activity(embedded_atlas, typed):
    directory = Directory(embedded_atlas)
    query = asked(embedded_atlas, "dep:23", selling=typed)
    cards = directory.page(query, limit=1000).cards
    every = directory.page(asked(embedded_atlas, "dep:23"), limit=100_000).cards
    green = {card.siret for card in every if card.naf == GREEN}
    assert green
    assert green <= {card.siret for card in cards if card.sells}
    assert all(card.sells or card.naf is None for card in cards)
    assert directory.facets(query).sellers == sum(card.sells for card in cards)


def test_words_that_no_activity_holds_find_names_alone(embedded_atlas):
    directory = Directory(embedded_atlas)
    assert directory.facets(asked(embedded_atlas, "dep:23", selling="zzz")).sellers == 0


def test_who_published_no_activity_stays_after_those_that_did(real_atlas):
    directory = Directory(real_atlas)
    for order in (Order.NAME, Order.COMMUNE, Order.JOBS, Order.RECENT):
        query = asked(real_atlas, "reg:75", selling="espaces verts", order=order)
        told = [card.sells for card in directory.page(query, limit=100_000).cards]
        assert True in told
        assert False in told
        assert told == sorted(told, reverse=True)


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_one_another_in_every_order(real_atlas, order):
    directory = Directory(real_atlas)
    query = asked(real_atlas, "87085", radius_km=60.0, selling="recyclerie", order=order)
    whole, pages, after = directory.page(query, limit=1000).cards, [], None
    while page := directory.page(query, limit=7, after=after):
        pages += page.cards
        if (after := page.after) is None:
            break
    assert [card.siret for card in pages] == [card.siret for card in whole]


@pytest.mark.parametrize(
    ("typed", "place", "km"),
    [
        ("30 km de Limoges", "Limoges", 30),
        ("à 12,5 km autour d’Aubusson", "Aubusson", 12.5),
        ("5km d'Évreux", "Évreux", 5),
        ("Limoges", "Limoges", None),
    ],
)
def test_a_distance_is_said_with_the_place(typed, place, km):
    read = StructuresQuestion(territory=typed)
    assert (read.territory, read.radius_km) == (place, km)


def test_a_distance_written_apart_is_kept():
    assert StructuresQuestion(territory="30 km de Limoges", radius_km=10).radius_km == 10


def test_every_column_may_be_chosen_and_a_name_always_stays():
    assert set(COLUMNS) == set(Told)
    assert chosen((Told.ADDRESS,)) == (Told.SIRET, Told.NAME, Told.ADDRESS)
    assert chosen(()) == tuple(Told)
