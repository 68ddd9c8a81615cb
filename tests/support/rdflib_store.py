"""rdflib's own engine behind the same face: the oracle for Oxigraph's answers, and a store without a disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from konkyo.store.embedded import only
from konkyo.store.query_errors import query_error
from konkyo.store.query_guard import refuse_service

if TYPE_CHECKING:
    from konkyo.store import Answer


@lru_cache(maxsize=1024)
def prepared(text: str) -> Query:
    """Return a query read by rdflib: reading it takes longer than answering it, and the same ones are asked again."""
    return prepareQuery(text)


class RdflibStore:
    """A dataset in memory, queried by rdflib."""

    folder = None

    def __init__(self) -> None:
        self.dataset = Dataset(default_union=True)

    def query(self, text: str) -> Answer:
        """Run a SPARQL query over the union of all graphs. Raises KonkyoError where it is none."""
        refuse_service(text)
        try:
            result = self.dataset.query(prepared(text))
        except Exception as error:  # rdflib lets several parsers' errors through
            raise query_error(SyntaxError(str(error))) from error
        if result.type in ("CONSTRUCT", "DESCRIBE"):
            text_ = result.graph.serialize(format="nt", encoding="utf-8") if result.graph is not None else b""
            # An in-memory store answers with the same type as a query of the other engine does.
            store = ox.Store()
            store.load(text_, format=ox.RdfFormat.N_TRIPLES)
            return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        serialized = result.serialize(format="json")
        return ox.parse_query_results(BytesIO(serialized or b""), format=ox.QueryResultsFormat.JSON)

    def select(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query. Raises KonkyoError where it is none."""
        return only(self.query(text), ox.QuerySolutions)

    def construct(self, text: str) -> ox.QueryTriples:
        """Run a CONSTRUCT or DESCRIBE query. Raises KonkyoError where it is none."""
        return only(self.query(text), ox.QueryTriples)

    def load(self, graph: str, quads: Iterable[str]) -> int:
        """Replace one named graph by lines of N-Quads; return how many lines were read."""
        self.dataset.remove_graph(URIRef(graph))
        lines = list(quads)
        self.dataset.parse(data="".join(lines), format="nquads")
        return len(lines)

    def graphs(self) -> list[str]:
        """Return the named graphs, sorted."""
        default = str(self.dataset.default_graph.identifier)
        return sorted(
            str(g.identifier) for g in self.dataset.graphs() if str(g.identifier) != default and len(g)
        )

    def dump(self, graph: str) -> Iterator[bytes]:
        """Yield one named graph as N-Triples, a line at a time."""
        return (f"{triple} .\n".encode() for triple in self.triples(graph))

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph, in no particular order."""
        data = self.dataset.graph(URIRef(graph)).serialize(format="nt", encoding="utf-8")
        for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple
