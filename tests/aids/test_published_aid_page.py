"""An aid that others publish is told as one of the catalogue: window, class, conditions, amount, desk."""

import json
from datetime import date

import pytest

from ancrage.edition.opened import Opened
from ancrage.errors import UnknownAidError
from ancrage.questions.aids import PublishedAidQuestion
from ancrage.questions.eligibility import EligibilityQuestion
from ancrage.questions.question import Asking
from ancrage.reports.aids.published import PublishedAidDocument
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling

ON = date(2026, 11, 23)
GREENHOUSES = "mte:etude-diagnostic-serres"

pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def asking(real_atlas, tmp_path_factory):
    opened = Opened(real_atlas, "essai", ON, tmp_path_factory.mktemp("publiees") / "cache")
    return Asking(opened, ON, paged=True)


def told(asking, identifier, **asked):
    return Telling(PublishedAidQuestion(aid=identifier, **asked).answer(asking))


def page(telling):
    return FORMATS["html"].write(telling)


def test_its_page_says_until_when_how_much_for_whom_where_and_whom_to_ask(asking):
    written = page(told(asking, GREENHOUSES)).replace("\u00a0", " ")
    for said in (
        "Ouverte, jusqu’au 31 décembre 2026",
        "dans un maximum de 50 000 €",
        "toute la France",
        "À qui s’adresser",
        "Exercer dans une section d’activité visée (A, G)",
        "Direction générale des entreprises",
    ):
        assert said in written, said


def test_its_document_has_the_keys_of_an_answer(asking):
    document = json.loads(json.dumps(told(asking, GREENHOUSES).document))
    PublishedAidDocument.model_validate(document)
    assert document["class"] == "reponse_manquante"
    assert document["exists"] == {
        "state": "ouverte", "from": "2023-01-01", "to": "2026-12-31", "last_proof": "2026-06-01",
    }  # fmt: skip
    assert document["next"]["deadline"] == "2026-12-31"


def test_every_published_aid_has_its_page(asking):
    aids = asking.opened.shelf.aids()
    for aid in aids[:: len(aids) // 40]:
        telling = told(asking, aid.id)
        PublishedAidDocument.model_validate(telling.document)
        assert telling.sheet.title == aid.name


def test_a_place_answers_what_depends_on_it(asking):
    aids = asking.opened.shelf.aids()
    south = next(aid for aid in aids if aid.coverage == ("reg:93",) and not aid.closes)
    assert told(asking, south.id, territory="13055").document["class"] != "non"
    assert told(asking, south.id, territory="23096").document["class"] == "non"


def test_an_aid_of_the_catalogue_or_of_nowhere_is_refused(asking):
    for identifier in ("urgencess", "mte:nulle-part"):
        with pytest.raises(UnknownAidError):
            told(asking, identifier)


def conditions(asking, detail, *aids):
    question = EligibilityQuestion(
        facts=("forme=association", "effectif=4"), territory="23096", detail=detail, aids=aids
    )
    document = Telling(question.answer(asking)).document
    return {aid["id"]: [one["verdict"] for one in aid["conditions"]] for aid in document["aids"]}, {
        aid["id"] for aid in document["aids"] if aid["source"] == "catalogue"
    }


def test_of_an_aid_that_others_publish_only_the_conditions_that_matter_are_told_unless_all_are_asked(asking):
    everything, ours = conditions(asking, "tout")
    useful, _ = conditions(asking, "utile")
    brief, _ = conditions(asking, "bref")
    assert everything.keys() == useful.keys() == brief.keys()
    for aid, told in everything.items():
        assert useful[aid] == (told if aid in ours else [one for one in told if one != "oui"])
        assert brief[aid] == []
    named, _ = conditions(asking, "bref", "urgencess")
    assert named["urgencess"]
