import io

import pytest
from diagnosis_factory import EXAMPLES, empty_handed, fictitious, full, long_names, telling
from rich.cells import cell_len
from rich.console import Console

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.audience import Audience
from ancrage.reports.formats.terminal.sheet import show

SECTIONS = (
    "Zonages",
    "Programmes",
    "Économie sociale et solidaire",
    "Familles de l’ESS",
    "Activités de l’ESS",
    "Créations et fermetures",
    "Principaux employeurs",
    "Comparaison",
    "Territoires comparables",
    "Chiffres publiés, à côté des nôtres",
    "Aides, pour la collectivité",
    "Aides, pour une structure d’ici",
    "Ce qui manque",
    "Sources",
)


def shown(diagnosis: Diagnosis, width: int = 100, encoding: str = "utf-8", colour: bool = False) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    console = Console(
        file=file, width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    show(telling(diagnosis, Audience.OPERATOR), console)
    file.flush()
    return raw.getvalue().decode(encoding)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("example", EXAMPLES)
def test_no_line_is_wider_than_the_terminal(example: str, width: int) -> None:
    text = shown(EXAMPLES[example](), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_a_very_wide_terminal_is_not_filled() -> None:
    assert max(cell_len(line) for line in shown(full(), 250).splitlines()) <= 110


def test_every_section_is_there_in_the_order_of_the_questions() -> None:
    text, reached = shown(full()), 0
    for title in SECTIONS:
        reached = text.index(f"\n{title}", reached)


def test_the_aids_are_told_with_what_is_to_be_known_and_the_command_that_gives_the_others() -> None:
    text = flat(shown(full()))
    assert "Fonds UrgencESS" in text
    assert "effectif salarié" in text
    assert "touchée par la crise sanitaire" in text
    assert "Et 2 autres" in text
    assert "ancrage aides --territoire 23077 --on 2021-03-31 --tout" in text


def test_verdicts_are_words_not_only_colours() -> None:
    text = shown(full())
    assert all(word in text for word in ("oui", "non", "partiel", "à vérifier"))
    assert "\x1b" not in text


def test_jobs_are_told_with_their_interval() -> None:
    text = flat(shown(full()))
    assert "120 à 310 Valeur centrale : 190." in text


def test_fictitious_data_is_said_before_anything_else() -> None:
    text = shown(fictitious())
    assert text.startswith("DONNÉES DE DÉMONSTRATION, FICTIVES")
    assert "(fictif)" in text
    assert "fictives" not in shown(full())


def test_what_is_unknown_is_never_zero() -> None:
    text = flat(shown(empty_handed()))
    assert "Inconnu. Aucun registre complet ne couvre ce territoire : rien ne peut être dit de l’ESS" in text
    assert "Habitants inconnu aucune source ne la donne" in text
    assert "$ ancrage sources sync sirene-etablissements" in text
    assert " 0 " not in text


def test_a_place_the_register_does_not_cover_is_unknown_and_says_why() -> None:
    text = flat(shown(full()))
    assert "France inconnu inconnu" in text
    assert "France : Le registre ne couvre pas tout ce territoire." in text


def test_the_name_of_a_unit_that_is_not_diffusible_is_not_shown() -> None:
    assert "nom non diffusible" in shown(full())


def test_names_cannot_write_colours_or_escapes_on_the_terminal() -> None:
    text = shown(long_names(), colour=True)
    assert "[red]Mur[/red]" in text
    assert "\x1b[31mMur" not in text


def test_a_number_is_never_cut_at_its_thousands() -> None:
    text = shown(EXAMPLES["france"](), 80)
    assert "68\u202f456\u202f321" in text
    assert "1\u202f950\u202f112" in text


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_terminal_without_unicode_still_shows_everything(encoding: str) -> None:
    text = shown(full(), 80, encoding)
    assert "Faux-la-Montagne" in text
    assert "####" in text


def test_a_command_to_type_is_not_altered() -> None:
    assert "  $ ancrage sources sync qpv-2015\n" in shown(full(), 80)
