"""Coverage with nothing synchronised: it answers, and says what it does not know."""

import json


def test_without_any_list_only_the_dla_is_known(ancrage, tmp_path):
    document = json.loads(ancrage("couverture", "23077", "--format", "json", data=tmp_path).stdout)
    states = document["communes"][0]["states"]
    assert states.pop("dla") == "couvert"
    assert set(states.values()) == {"inconnu"}
    assert document["communes"][0]["together"] == "inconnu"


def test_a_list_of_ones_own_is_read_even_there(ancrage, tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(
        "id,nom,code_insee,zone_diffusion_type,zone_diffusion_code\n1,Antenne,23077,departement,23\n"
    )
    answer = ancrage(
        "couverture", "23077", "--lieux", f"france_active={path}", "--format", "json", data=tmp_path
    )
    assert json.loads(answer.stdout)["communes"][0]["states"]["france_active"] == "couvert"


def test_the_terminal_says_what_to_synchronise(ancrage, tmp_path):
    answer = ancrage("couverture", "200044014", "--detail", data=tmp_path)
    assert answer.returncode == 0
    assert "inconnus" in answer.stdout
    assert "sources sync" in answer.stdout
