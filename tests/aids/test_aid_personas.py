"""Personas: made-up structures, replayed before the aids they name."""

import pytest

from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.linting import inspect
from ancrage.aids.replaying import replayed

PERSONAS = load_catalogue().personas


@pytest.mark.parametrize("identifier", PERSONAS)
def test_a_persona_says_it_is_made_up_and_gets_what_its_file_says(identifier):
    persona = PERSONAS[identifier]
    assert "inventé" in persona.story
    replays = [one for one in replayed() if one.owner == identifier]
    assert {one.aid.id for one in replays} == set(persona.expected)
    assert [(one.aid.id, one.gaps) for one in replays if one.gaps] == []


def test_a_persona_whose_answer_changed_is_told_with_its_place(tmp_path):
    from importlib.resources import files

    for room, part in (("aids", "catalogue"), ("declarations", "parameters")):
        (tmp_path / part).symlink_to(str(files(f"ancrage.{room}") / part))
    (tmp_path / "personas").mkdir()
    source = (files("ancrage.aids") / "personas" / "association-mayotte.yaml").read_text("utf-8")
    changed = source.replace("siae_post: {verdict: non}", "siae_post: {verdict: oui}")
    (tmp_path / "personas" / "mayotte.yaml").write_text(changed, encoding="utf-8")
    told = [remark for remark in inspect(tmp_path).remarks if remark.serious]
    assert any("mayotte.yaml, ligne" in one.where and "siae_post" in one.what for one in told)
