"""Town halls that their source puts in another département are doubted; islands and borders are not."""

from ancrage.edition.shapes import astray

CREUSE = {
    "23096": (1.871, 46.171),
    "23008": (2.169, 45.957),
    "23077": (1.934, 45.752),
    "23069": (2.366, 45.864),
}
VIENNE = {"87128": (1.2018, 46.0783), "87007": (1.21, 46.05)}


def test_a_town_hall_put_in_another_departement_is_found_and_its_neighbours_are_kept():
    found = astray(CREUSE | VIENNE | {"23226": (1.2017, 46.07835)})
    assert found.keys() == {"23226"}
    assert round(found["23226"]) == 53


def test_a_town_hall_alone_or_far_from_every_other_is_not_doubted():
    """Ouessant stands 20 kilometres from the next one, of its own département; Saint-Pierre has no other."""
    finistere = {"29155": (-5.097, 48.458), "29084": (-4.955, 48.397), "29040": (-4.77, 48.36)}
    assert not astray(CREUSE | finistere | {"97502": (-56.178, 46.779)})


def test_a_town_hall_beside_a_border_is_kept_however_near_the_next_one_across_it():
    beside, across = (2.37, 45.95), (2.3705, 45.95)
    assert not astray(CREUSE | {"23900": beside, "63001": across, "63002": (2.5, 45.9)})
