"""Open, closing soon, by funder, by amount; and the same aid of several lists, shown once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ancrage.aids.imports.duplicates import Card, normalised
from ancrage.aids.search.amounts import most_euros
from ancrage.aids.search.documents import Span, document_of
from ancrage.aids.search.gathering import gather
from ancrage.aids.search.grouping import grouped
from ancrage.aids.search.index import open_index
from ancrage.aids.search.querying import search
from ancrage.aids.search.question import Question

DAY = date(2026, 11, 23)
OWN = gather()


@pytest.mark.parametrize(
    ("words", "euros"),
    [
        ("Jusqu'à 80% du coût de l'étude, dans un maximum de 30 000 €", 30_000),
        ("Entre 160 € et 2300 €, en fonction de votre activité", 2_300),
        ("29 000 € HT", 29_000),
        ("de 3.000 à 50.000 euros", 50_000),
        ("jusqu'à 1,5 million d'euros", 1_500_000),
        ("50 k€", 50_000),
        ("Gratuit", None),
        ("Jusqu'à 80% du coût de l'étude ou 60% de l'investissement", None),
        ("sur 36 mois", None),
    ],
)
def test_the_largest_sum_of_words_is_read_and_nothing_is_read_where_none_is_told(words, euros):
    assert most_euros(words) == euros


def found(documents, **asked):
    return [hit.document.id for hit in search(open_index(documents), Question("", limit=50, **asked)).hits]


def aid(identifier, **told):
    return replace(OWN[0], **{"id": identifier, "group": "", **told})


def test_an_aid_that_closes_on_the_last_day_asked_is_found_and_one_of_the_day_after_is_not():
    documents = [
        aid(f"ferme_{days}", spans=(Span(date(2026, 1, 1), DAY + timedelta(days=days)),))
        for days in (0, 30, 31)
    ]
    documents.append(aid("sans_fin", spans=(Span(date(2026, 1, 1), None),)))
    assert sorted(found(documents, on=DAY, closing_in=30)) == ["ferme_0", "ferme_30"]


@pytest.mark.parametrize(("least", "shown"), [(12_000, ["dit"]), (12_001, [])])
def test_a_sum_counts_from_itself_and_an_aid_that_tells_none_is_left_out(least, shown):
    documents = [aid("dit", most_eur=12_000), aid("tait", most_eur=None)]
    assert found(documents, least_eur=least) == shown


def test_a_funder_is_found_by_its_words_and_no_other_field_answers_for_it():
    documents = [
        aid("region", funder="Région Nouvelle-Aquitaine"),
        aid("autre", funder="État", summary="Avec la Région Nouvelle-Aquitaine."),
    ]
    assert found(documents, funder="région aquitaine") == ["region"]


def card(identifier, name, source="a", link="", funder="ademe"):
    links = frozenset({link} if link else ())
    return Card(identifier, source, normalised(name), funder, links, frozenset({"fr"}), None)


def test_the_same_name_is_one_aid_and_so_is_one_page_of_two_lists():
    documents = [aid("un"), aid("deux"), aid("trois"), aid("quatre")]
    cards = [
        card("un", "Recycler une friche"),
        card("deux", "Recycler une friche", funder="epf de bretagne"),
        card("trois", "Diag Décarbon'Action", link="ademe.fr/diag"),
        card("quatre", "Diag décarbonation", source="b", link="ademe.fr/diag"),
    ]
    assert [one.group for one in grouped(documents, cards)] == ["un", "un", "trois", "trois"]


def test_the_variants_of_an_aid_are_under_it_and_every_one_is_counted():
    documents = [aid("un", group="un"), aid("deux", group="un"), aid("trois", group="trois")]
    answer = search(open_index(documents), Question("", limit=10))
    assert answer.total == 3
    told = {hit.document.id: [one.id for one in hit.variants] for hit in answer.hits}
    assert {len(variants) for variants in told.values()} == {0, 1}
    assert sorted([*told, *(one for variants in told.values() for one in variants)]) == [
        "deux", "trois", "un",
    ]  # fmt: skip


def test_the_amount_of_an_aid_of_the_catalogue_is_read_in_its_words_or_its_rule(load_one):
    told = document_of(load_one("ademe_invest_reemploi"))
    assert told.most_eur == 200_000


@pytest.fixture
def load_one():
    from ancrage.aids.catalogue import get_aid

    return get_aid


@pytest.mark.mirror
def test_what_three_lists_publish_is_shown_once_each(real_atlas, tmp_path):
    from ancrage.aids.imports.shelf import Shelf

    documents = gather(Shelf(real_atlas.warehouse, tmp_path))
    answer = search(open_index(documents), Question("", limit=len(documents)))
    ids = [one.id for hit in answer.hits for one in (hit.document, *hit.variants)]
    assert len(ids) == len(set(ids)) == answer.total == len(documents)
    assert len(answer.hits) < 0.85 * len(documents)
