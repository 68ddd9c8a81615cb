"""What ``ontology/usage.ttl`` says of the use of the vocabulary is so, in invented data and in real rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from konkyo.build.pipeline import build
from konkyo.common.paths import ontology_dir
from konkyo.model import namespaces
from ontology.make_usage import everything, store_triples, text, used
from support.absent import not_here

DCAM = Namespace("http://purl.org/dc/dcam/")
ROWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "rs-rows"
YEARS = sorted(path.name for path in ROWS.glob("20[0-9][0-9]"))


@pytest.fixture(scope="module")
def usage() -> Graph:
    return Graph().parse(ontology_dir() / "usage.ttl")


def test_the_file_is_what_the_data_say() -> None:
    made = text(*everything())
    shown = (ontology_dir() / "usage.ttl").read_text(encoding="utf-8")
    assert shown == made, "PYTHONPATH=tests python tests/ontology/make_usage.py"


@pytest.mark.parametrize("year", YEARS or [None])
def test_real_rows_use_nothing_else(year: str | None, usage: Graph, tmp_path: Path) -> None:
    if year is None:
        not_here("real rows of the RS files beside the checkout")
    build([ROWS / year], tmp_path / "store")
    domains, ranges = used(store_triples(tmp_path / "store"))
    assert len(domains) > 100
    for pairs, includes in ((domains, DCAM.domainIncludes), (ranges, DCAM.rangeIncludes)):
        told = {(str(name), str(kind)) for name, kind in usage.subject_objects(includes)}
        assert pairs <= told


def test_a_domain_and_a_range_agree_with_the_use(usage: Graph, ontology: Graph) -> None:
    """What stands at a thing of another class than the domain says would make that thing one of the domain."""
    for axiom, includes in ((RDFS.domain, DCAM.domainIncludes), (RDFS.range, DCAM.rangeIncludes)):
        for name, kind in usage.subject_objects(includes):
            for wanted in ontology.objects(name, axiom):
                above = set(ontology.transitive_objects(kind, RDFS.subClassOf))
                ours = str(kind).startswith(namespaces.KK) and str(wanted).startswith(namespaces.KK)
                assert wanted in above or not ours, (name, kind)


def test_every_class_and_property_of_today_is_used(usage: Graph, ontology: Graph) -> None:
    at = set(usage.objects(None, DCAM.domainIncludes))
    abstract = {URIRef(namespaces.KK + "PolicyElement"), URIRef(namespaces.KK + "Link")}
    leaves = {
        s for s in ontology.subjects(RDF.type, OWL.Class) if str(s).startswith(namespaces.KK)
    } - abstract
    kept = {*ontology.subjects(OWL.inverseOf), *ontology.subjects(OWL.deprecated)}
    assert leaves <= at
    named = {s for k in (OWL.ObjectProperty, OWL.DatatypeProperty) for s in ontology.subjects(RDF.type, k)}
    ours = {s for s in named if str(s).startswith(namespaces.KK)} - kept
    assert ours <= set(usage.subjects(DCAM.domainIncludes))
