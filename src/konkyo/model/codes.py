"""What codes are called: the labels of the code lists in ``ontology/codes.ttl``, which no module writes again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.model.namespaces import SKOS, C


def label_of(code: str) -> Words:
    """Return the label of a code (``executed``: 執行額, executed); of a code that is in no list, itself."""
    return _labels().get(code) or Words(code, code)


def heading_of(code: str) -> Words:
    """Return the label of a code as the head of a column: 執行額, Executed."""
    label = label_of(code)
    return Words(label.ja, label.en[:1].upper() + label.en[1:])


@cache
def codes_of(scheme: str) -> tuple[str, ...]:
    """Return the codes of a list such as ``BudgetStage``, in its order."""
    return tuple(code for code, value in _said("inScheme") if value.value == C + scheme)


@cache
def _labels() -> dict[str, Words]:
    found: dict[str, dict[str, str]] = {}
    for code, label in _said("prefLabel"):
        found.setdefault(code, {})[label.language] = label.value
    return {code: Words(**labels) for code, labels in found.items()}


def _said(name: str) -> Iterator[tuple[str, Any]]:
    """Yield each code with each value (a term) of a property of SKOS, in the order of the file."""
    return ((code, value) for code, predicate, value in _facts() if predicate == SKOS + name)


@cache
def _facts() -> tuple[tuple[str, str, Any], ...]:
    """Return code, property and value of all that the lists say: they are read once for labels and every list."""
    import pyoxigraph as ox

    return tuple(
        (triple.subject.value.removeprefix(C), triple.predicate.value, triple.object)
        for triple in ox.parse(path=str(ontology_dir() / "codes.ttl"), format=ox.RdfFormat.TURTLE)
        if isinstance(triple.subject, ox.NamedNode)
    )
