"""Write ``ontology/usage.ttl``: which properties stand at things of which class, in the data that konkyo makes.

    PYTHONPATH=tests python tests/ontology/make_usage.py

It looks at the examples, at the carried graph and at a store of the invented RS rows and review sheets. A test makes the file again, and another
one finds nothing in real rows that the file lacks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from konkyo.build.pipeline import build
from konkyo.common.paths import ontology_dir
from konkyo.model.graphs import ONTOLOGY
from konkyo.model.namespaces import PREFIXES, RDF, RDFS, shorten
from konkyo.sources.rs import IMPORTERS
from konkyo.store import open_store
from support.judgit_sheets import lines, samples
from support.rs_rows import sample, write_csv

TYPE = ox.NamedNode(RDF + "type")
Pair = tuple[str, str]
HEAD = """# Which properties stand at things of which class, and to things of which class they lead, in the data that konkyo makes.
# Made by tests/ontology/make_usage.py. Unlike rdfs:domain and rdfs:range, nothing follows from it.

"""
ABOUT = """
<https://w3id.org/konkyo/ns/usage> a owl:Ontology ;
    dcterms:title "konkyo語彙の使われ方"@ja, "How the konkyo vocabulary is used"@en ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:isPartOf <https://w3id.org/konkyo/ns> .
dcam:domainIncludes a owl:AnnotationProperty .
dcam:rangeIncludes a owl:AnnotationProperty .
dcterms:title a owl:AnnotationProperty .
dcterms:license a owl:AnnotationProperty .
dcterms:isPartOf a owl:AnnotationProperty .

"""


def superclasses() -> dict[str, set[str]]:
    """Return for each class of ours those above it."""
    quads = ox.parse(path=str(ontology_dir() / "konkyo.ttl"), format=ox.RdfFormat.TURTLE)
    direct: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == RDFS + "subClassOf":
            direct.setdefault(quad.subject.value, set()).add(quad.object.value)

    def above(kind: str) -> set[str]:
        return {kind}.union(*map(above, direct.get(kind, ())))

    return {kind: above(kind) - {kind} for kind in direct}


def used(triples: Iterable[ox.Triple]) -> tuple[set[Pair], set[Pair]]:
    """Return properties with the classes at which they stand, and with the classes to which they lead."""
    above = superclasses()
    kinds: dict[str, set[str]] = {}
    others = []
    for triple in triples:
        if triple.predicate == TYPE:
            kinds.setdefault(triple.subject.value, set()).add(triple.object.value)
        elif not triple.predicate.value.startswith(RDF):  # OWL 2 lets nothing be said of rdf:value
            others.append(triple)

    def own(node: object) -> set[str]:
        found = kinds.get(node.value, set()) if isinstance(node, ox.NamedNode) else set()
        return found - set().union(*(above.get(kind, ()) for kind in found))

    domains = {(t.predicate.value, kind) for t in others for kind in own(t.subject)}
    ranges = {(t.predicate.value, kind) for t in others for kind in own(t.object)}
    properties = {name for name, _ in domains}
    return domains, {(name, kind) for name, kind in ranges if name in properties}


def store_triples(folder: Path) -> Iterable[ox.Triple]:
    """Yield what a store holds beside the ontology."""
    store = open_store(folder)
    for graph in store.graphs():
        if graph != ONTOLOGY:
            yield from store.triples(graph)


def example_triples() -> Iterable[ox.Triple]:
    """Yield what the base and the valid examples hold; an example's own names are told apart by its file."""
    examples = ontology_dir() / "examples"
    for path in (examples / "base.ttl", *sorted((examples / "valid").glob("*.ttl"))):
        text = path.read_text(encoding="utf-8").replace("/konkyo/id/ex/", f"/konkyo/id/ex/{path.stem}/")
        yield from (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def everything() -> tuple[set[Pair], set[Pair]]:
    """Return what the examples, the carried graph and the invented rows and sheets use."""
    with tempfile.TemporaryDirectory() as temporary:
        rows, store = Path(temporary) / "rows", Path(temporary) / "store"
        rows.mkdir()
        for year in (2024, 2025):
            for kind in IMPORTERS:
                write_csv(rows, kind, sample(kind, year), year)
        (rows / "sheets.ndjson").write_bytes(lines(samples()))
        build([rows], store)
        return used([*example_triples(), *store_triples(store)])


def text(domains: set[Pair], ranges: set[Pair]) -> str:
    """Return the file."""
    prefixes = {**PREFIXES, "dcam": "http://purl.org/dc/dcam/"}
    lines = [f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items())]
    said = []
    for name in sorted({name for name, _ in domains}):
        kinds = ", ".join(shorten(kind) for of, kind in sorted(domains) if of == name)
        line = f"{shorten(name)} dcam:domainIncludes {kinds}"
        if leads := [shorten(kind) for of, kind in sorted(ranges) if of == name]:
            line += f" ;\n    dcam:rangeIncludes {', '.join(leads)}"
        said.append(line + " .\n")
    return HEAD + "".join(lines) + ABOUT + "".join(said)


if __name__ == "__main__":
    (ontology_dir() / "usage.ttl").write_text(text(*everything()), encoding="utf-8")
