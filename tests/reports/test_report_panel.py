import io
import json
from dataclasses import replace

from rich.console import Console

from ancrage.declarations.csv_text import Reject
from ancrage.optimum import Proof
from ancrage.panel.choosing import choose_panel
from ancrage.panel.longlist import Candidate, LongList
from ancrage.panel.quotas import Quota, Terms
from ancrage.panel.traits import Trait
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.terminal.sheet import render_sheet
from ancrage.reports.panel.plain import panel_json
from ancrage.reports.panel.sheet import panel_sheet

LONG = "Une très longue raison sociale qui ne tient pas dans sa colonne"


def panel(*, bend=False, least=1, **changes):
    told = [("a", "oui", "Nord <b>"), ("b", "oui", LONG), ("a", "non", "Sud"), ("c", None, "@Est")]
    candidates = tuple(
        Candidate(f"s{rank}", name, rank + 2, {"categorie": one, **({"zrr": answer} if answer else {})})
        for rank, (one, answer, name) in enumerate(told)
    )
    traits = {"categorie": Trait("categorie", "Catégorie", 1), "zrr": Trait("zrr", "ZRR", 1, answers=True)}
    listed = LongList("l.csv", candidates, traits, {}, (Reject(9, "=1+1", "ni identifiant ni nom"),), "l.csv")
    quotas = (Quota("zrr", "En ZRR", "zrr", ("oui",), least=least),)
    found = choose_panel(listed, Terms(3, quotas, {"categorie": 1.0, "zrr": 1.0}), bend=bend)
    return replace(found, **changes)


def text_of(sheet, width=80):
    out = io.StringIO()
    render_sheet(sheet, Console(file=out, width=width))
    return out.getvalue().replace("\u202f", " ").replace("\u00a0", " ")


def test_a_panel_is_told_with_its_proof_its_quotas_and_its_limits():
    told = " ".join(text_of(panel_sheet(panel())).split())
    for words in (
        "3 structures parmi 4",
        "optimum prouvé",
        "En ZRR",
        "ni identifiant ni nom",
        "représentatif",
    ):
        assert words in told


def test_no_line_passes_the_edge_and_no_word_of_a_name_is_cut():
    for width in (64, 80, 110):
        told = text_of(panel_sheet(panel()), width)
        assert all(len(line) <= width for line in told.splitlines())
        assert all(word in told for word in LONG.split())


def test_a_search_cut_short_says_how_far_it_stopped_and_ties_not_settled_are_told():
    told = text_of(panel_sheet(panel(proof=Proof(96.0, 100.0), settled=False)))
    assert "4,00 %" in told
    assert "optimum prouvé" not in told
    assert "départager" in text_of(panel_sheet(panel(settled=False)))


def test_what_is_given_up_stands_first():
    sheet = panel_sheet(panel(bend=True, least=3))
    assert sheet.lead.startswith("Aucun panel ne tient tous les quotas")
    assert sheet.warnings[0].startswith("Le plus petit renoncement : « En ZRR »")
    assert "non tenu" in text_of(sheet)


def test_the_page_escapes_names_and_draws():
    page = render_sheet_html(panel_sheet(panel()))
    assert "Nord <b>" not in page
    assert "<svg" in page


def test_the_plain_answer_is_json():
    told = json.loads(json.dumps(panel_json(panel()), allow_nan=False))
    assert told["search"]["settled"] is True
    assert told["list"]["rejects"][0]["line"] == 9
