"""The carried registry and table, read once."""

from __future__ import annotations

import pytest

from konkyo.citations.resolve import Resolution, Resolver
from konkyo.citations.title_index import SEEN, TitleObservation, read_observations
from konkyo.common.paths import graphs_dir
from konkyo.sources.registry import Registry


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry(graphs_dir())


@pytest.fixture(scope="session")
def seen() -> list[TitleObservation]:
    return read_observations(graphs_dir() / SEEN)


class Ask:
    """Resolve one string with what is carried."""

    def __init__(self, registry: Registry, seen: list[TitleObservation]) -> None:
        self.registry, self.seen = registry, seen

    def __call__(self, raw: str) -> list[Resolution]:
        return Resolver(self.registry, seen=self.seen).resolve([raw])[raw]


@pytest.fixture(scope="session")
def ask(registry: Registry, seen: list[TitleObservation]) -> Ask:
    return Ask(registry, seen)
