"""A server of the carried graph for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.serving import Running, running


@pytest.fixture(scope="session")
def carried(store_folder: Path) -> Iterator[Running]:
    """A server of the carried graph, with the limits as they come, but those of time."""
    with running(store_folder) as made:
        yield made
