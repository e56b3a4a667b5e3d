from collections.abc import Iterator

import pytest

from local_producer import Producer, running_producer


@pytest.fixture
def producer() -> Iterator[Producer]:
    with running_producer() as local:
        yield local
