"""Where an aid may be had is told by the name of the place, never by a code a reader would have to know."""

import pytest


@pytest.mark.parametrize(
    ("aid", "place"),
    [
        ("region_grand_est_cheque_transition", "Grand Est"),
        ("ademe_circulaire_outre_mer_corse", "Corse"),
        ("departement_49_tiers_lieux", "Maine-et-Loire"),
        ("detr", "toute la France"),
    ],
)
def test_a_region_a_departement_or_the_nation_is_named(ancrage, tmp_path, aid, place):
    done = ancrage("aides", "montrer", aid, data=tmp_path)
    where = next(line for line in done.stdout.splitlines() if line.startswith("Où "))
    assert place in done.stdout
    assert "reg:" not in where
    assert "dep:" not in where
