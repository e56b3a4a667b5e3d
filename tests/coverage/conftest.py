import pytest

from ancrage.coverage.placing import ground_of


@pytest.fixture(scope="session")
def real_ground(real_atlas):
    """Codes and points of an edition built from the mirror."""
    return ground_of(real_atlas)
