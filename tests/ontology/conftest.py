"""The ontology's files, parsed once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from konkyo.common.paths import ontology_dir


@pytest.fixture(scope="session")
def ontology() -> Graph:
    return Graph().parse(ontology_dir() / "konkyo.ttl")


@pytest.fixture(scope="session")
def codes() -> Graph:
    return Graph().parse(ontology_dir() / "codes.ttl")


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return Graph().parse(ontology_dir() / "shapes.ttl")


@pytest.fixture(scope="session")
def base() -> Path:
    return ontology_dir() / "examples" / "base.ttl"
