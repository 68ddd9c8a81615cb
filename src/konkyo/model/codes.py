"""What codes are called: the labels of the code lists in ``ontology/codes.ttl``, which no module writes again."""

from __future__ import annotations

from functools import cache

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
def _labels() -> dict[str, Words]:
    import pyoxigraph as ox

    found: dict[str, dict[str, str]] = {}
    for triple in ox.parse(path=str(ontology_dir() / "codes.ttl"), format=ox.RdfFormat.TURTLE):
        if triple.predicate.value == f"{SKOS}prefLabel" and isinstance(triple.object, ox.Literal):
            code = triple.subject.value.removeprefix(C) if isinstance(triple.subject, ox.NamedNode) else ""
            found.setdefault(code, {})[triple.object.language or ""] = triple.object.value
    return {code: Words(**labels) for code, labels in found.items()}
