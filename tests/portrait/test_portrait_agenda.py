"""The file of events of the publisher, the Mois de l’ESS, and the papers of the portrait."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from ancrage.edition.opened import Opened
from ancrage.errors import CatalogueError
from ancrage.portrait import agenda, consent
from ancrage.portrait.agenda import agenda_of
from ancrage.questions.portrait import Paper, PortraitQuestion
from ancrage.questions.question import Asking
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve

GOOD = """evenements:
  - titre: Portes ouvertes
    debut: 2026-11-30
    heure: 14:30
    commune: "23077"
    organisateur: La ressourcerie
"""
LAST, PLACED_ON = date(2026, 11, 30), date(2026, 11, 23)


@pytest.fixture(autouse=True)
def no_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(agenda, "data_directory", lambda: tmp_path)
    monkeypatch.setattr(agenda, "is_open", lambda: False)


def titles(atlas: Atlas, on: date) -> list[str]:
    return [one.title for one in agenda_of(atlas, resolve(atlas, "23077", on=PLACED_ON), on=on)]


def test_an_event_is_shown_until_its_last_day_and_the_month_of_ess_comes_back(
    embedded_atlas: Atlas, tmp_path: Path
) -> None:
    (tmp_path / agenda.FILE).write_text(GOOD, "utf-8")
    month = "Mois de l’économie sociale et solidaire"
    assert titles(embedded_atlas, LAST) == [f"{month} 2026", "Portes ouvertes"]
    assert titles(embedded_atlas, date(2026, 12, 1)) == [f"{month} 2027"]
    event = agenda_of(embedded_atlas, resolve(embedded_atlas, "23077", on=PLACED_ON), on=LAST)[1]
    assert (f"{event.at:%H:%M}", event.commune_name) == ("14:30", "Faux-la-Montagne")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace('"23077"', '"99999"'), "ligne 5 : « 99999 » n'est pas une commune"),
        (f"{GOOD}    fin: 2026-11-29\n", "« fin » (2026-11-29) est avant « debut »"),
        (GOOD.replace("organisateur", "organisatrice"), "il manque « organisateur »"),
        (GOOD.replace("2026-11-30", "2026-11-31"), "n'est ni un jour"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(
    embedded_atlas: Atlas, tmp_path: Path, wrong: str, said: str
) -> None:
    (tmp_path / agenda.FILE).write_text(wrong, "utf-8")
    with pytest.raises(CatalogueError) as refused:
        titles(embedded_atlas, LAST)
    assert said in refused.value.message
    assert "ligne" in refused.value.message


def test_the_poster_holds_on_one_sheet_a3_and_each_message_says_what_is_made_up(
    embedded_atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consent, "is_open", lambda: False)
    asking = Asking(
        Opened(embedded_atlas, "essai", PLACED_ON, tmp_path / "cache"), PLACED_ON, drawn=True, paged=True
    )
    poster = PortraitQuestion(territory="dep:23", paper=Paper.AFFICHE).answer(asking)
    pages = PdfReader(io.BytesIO(bytes(FORMATS["pdf"].write(Telling(poster))))).pages  # type: ignore[arg-type]
    sides = [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]]
    assert (len(pages), sides) == (1, [297, 420])
    told = Telling(PortraitQuestion(territory="dep:23", paper=Paper.MESSAGES).answer(asking)).sheet
    messages = [block.text for block in told.sections[0].blocks if not block.weight]  # type: ignore[union-attr]
    assert messages
    assert all(one.startswith("[données de démonstration, fictives]") for one in messages)
    assert all(len(one) <= 280 for one in messages)
    assert all("Creuse" in one or "À vos agendas" in one for one in messages)  # each is read alone
