"""How much of the W3C's SPARQL test suites holds, through the endpoint and through `konkyo query`.

    python tests/bench/bench_sparql_suite.py SUITE [--command]

``SUITE`` is the folder ``sparql11`` (the source distribution of rdflib carries it below ``test/data/suites/w3c``). Evaluation, syntax and CSV tests are run, without entailment, federation and updates. A
test's data are named graphs of one store, and its dataset is said by the protocol; ``--command`` gives each its own store and asks by the
command. Rows are compared as bags, numbers by value, blank nodes by their places alone.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import BNode

from konkyo.cli import main as konkyo
from konkyo.store import building
from support.serving import Running, running

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
HOME = "http://suite.example/"
NONE = HOME + "no-graph"
LEFT_OUT = (
    "delete-insert",  # updates, labelled as queries
    "entailment",
    "service",
    "syntax-fed",
    "update",
    "protocol",
    "service-description",
    "http-rdf-update",
)
NUMBERS = ("integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger")
RDF_FORMS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES, ".n3": ox.RdfFormat.N3, ".trig": ox.RdfFormat.TRIG}  # fmt: skip
RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


@dataclass
class Case:
    name: str
    kind: str
    query: Path
    result: Path | None = None
    data: list[Path] = field(default_factory=list)
    named: list[Path] = field(default_factory=list)

    def text(self, suite: Path) -> str:
        return f"BASE <{place(self.query, suite)}>\n{self.query.read_text(encoding='utf-8')}"


def place(path: Path, suite: Path) -> str:
    """Return the IRI of a file of the suite."""
    return HOME + path.relative_to(suite.parent).as_posix()


def cases(suite: Path) -> Iterator[Case]:
    for manifest in sorted(suite.rglob("manifest.ttl")):
        if manifest.parent.name in LEFT_OUT or "update" in manifest.parent.name:
            continue
        graph = Graph().parse(manifest, publicID=manifest.as_uri())
        entries = next(graph.objects(None, MF.entries), None)
        for entry in Collection(graph, entries) if entries is not None else ():
            kind = str(graph.value(entry, RDF.type)).rpartition("#")[2]
            action = graph.value(entry, MF.action)
            name = f"{manifest.parent.name}/{str(entry).rpartition('#')[2]}"
            if isinstance(action, URIRef):
                if "Syntax" in kind and "Update" not in kind:
                    yield Case(name, kind, _path(action))
                continue
            query = graph.value(action, QT.query)
            if query is None or kind not in ("QueryEvaluationTest", "CSVResultFormatTest"):
                continue
            result = graph.value(entry, MF.result)
            data, named = (
                [_path(file) for file in graph.objects(action, of) if isinstance(file, URIRef)]
                for of in (QT.data, QT.graphData)
            )
            yield Case(name, kind, _path(query), _path(result), data, named)


def _path(iri: Any) -> Path:
    from urllib.parse import unquote, urlsplit

    return Path(unquote(urlsplit(str(iri)).path))


def quads(path: Path, suite: Path) -> Iterator[ox.Quad]:
    iri = place(path, suite)
    for quad in ox.parse(path=path, format=RDF_FORMS[path.suffix], base_iri=iri):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(iri))


def lines(found: Iterable[ox.Quad]) -> io.BytesIO:
    return io.BytesIO(ox.serialize(found, format=ox.RdfFormat.N_QUADS))


# --- what is compared -------------------------------------------------------------------------------


def term(value: Any) -> Any:
    if value is None or isinstance(value, (ox.BlankNode, BNode)):
        return value and "_:"
    if isinstance(value, (ox.NamedNode, URIRef)):
        return f"<{getattr(value, 'value', value)}>"
    datatype = str(value.datatype.value if isinstance(value, ox.Literal) else value.datatype or "")
    text, language = (
        (value.value, value.language) if isinstance(value, ox.Literal) else (str(value), value.language)
    )
    if datatype.rpartition("#")[2] in NUMBERS:
        try:
            return datatype, Decimal(text).normalize()
        except InvalidOperation:
            return datatype, text
    return text, (language or "").lower(), datatype.removesuffix("#string").removesuffix("#langString")


def rows(answer: Any) -> Counter[Any]:
    names = [variable.value for variable in answer.variables]
    return Counter(
        frozenset((name, term(row[name])) for name in names if row[name] is not None) for row in answer
    )


def wanted(case: Case) -> Any:
    """Return the expected answer: a bag of rows, a truth, a graph, or the cells of a CSV."""
    path = case.result
    assert path
    if path.suffix == ".csv":
        return _cells(path.read_text("utf-8"))
    if path.suffix in RESULTS:
        answer = ox.parse_query_results(path=path, format=RESULTS[path.suffix])
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else rows(answer)
    return Graph().parse(path, publicID=HOME)


def _cells(text: str) -> Counter[Any]:
    """Return the rows of a CSV; of SELECT * columns may come in any order."""
    return Counter(
        frozenset((name, "_:" if cell.startswith("_:") else cell) for name, cell in row.items())
        for row in csv.DictReader(io.StringIO(text))
    )


def equal(found: bytes, right: Any, case: Case) -> bool:
    assert case.result
    if case.result.suffix == ".csv":
        return _cells(found.decode()) == right
    if isinstance(right, Graph):
        return isomorphic(Graph().parse(data=found, format="nt"), right)
    answer = ox.parse_query_results(found, format=ox.QueryResultsFormat.JSON)
    return (bool(answer) if isinstance(answer, ox.QueryBoolean) else rows(answer)) == right


# --- the two ways -----------------------------------------------------------------------------------


def by_endpoint(case: Case, suite: Path, server: Running) -> tuple[int, bytes]:
    """Return the status and the body."""
    accept = "application/sparql-results+json, application/n-triples;q=0.9"
    if case.result and case.result.suffix == ".csv":
        accept = "text/csv"
    default, named = ([place(path, suite) for path in paths] for paths in (case.data, case.named))
    asked: dict[str, Any] = {"query": case.text(suite)}
    if "FROM" not in asked["query"]:
        asked |= {"default-graph-uri": default or [NONE], "named-graph-uri": named or [NONE]}
    answer = server.client.post(f"{server.url}/sparql", data=asked, headers={"Accept": accept})
    return answer.status_code, answer.content


def by_command(case: Case, suite: Path, folder: Path) -> tuple[int, bytes]:
    """Return 200 or 400, as a server would, and what the command writes."""
    with building(folder / "store") as store:
        for path in (*case.data, *case.named):
            store.load_stream(lines(quads(path, suite)))
    query = folder / "query.rq"
    query.write_text(case.text(suite), encoding="utf-8")
    out = folder / "answer"
    csv_wanted = case.result and case.result.suffix == ".csv"
    form = "nt" if _makes_graph(case) else "csv" if csv_wanted else "json"
    command = ["query", str(query), "--store", str(folder / "store"), "--format", form, "--output", str(out)]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        code = konkyo(command)
    return (400, b"") if code else (200, out.read_bytes())


def _makes_graph(case: Case) -> bool:
    words = case.query.read_text("utf-8").upper()
    return "CONSTRUCT" in words or "DESCRIBE" in words


def main() -> None:
    """Run the suites and print what holds by folder, and every failure."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("suites", type=Path, nargs="+")
    options.add_argument("--command", action="store_true")
    given = options.parse_args()
    counted: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    failed = []
    with tempfile.TemporaryDirectory(prefix="konkyo-") as temporary:
        folder = Path(temporary)
        every = [(suite.resolve(), case) for suite in given.suites for case in cases(suite.resolve())]
        with building(folder / "all") as store:
            for suite in {suite for suite, _ in every}:
                for path in sorted(suite.rglob("*")):
                    if (
                        path.suffix in RDF_FORMS
                        and not path.name.startswith("manifest")
                        and path.suffix != ".trig"
                    ):
                        try:
                            store.load_stream(lines(quads(path, suite)))
                        except SyntaxError as error:
                            print(f"not read: {path.name}: {error}", file=sys.stderr)
        with running(folder / "all", workers=1, per_client=0) as server:
            for number, (suite, case) in enumerate(every):
                own = folder / f"{number}"
                own.mkdir()
                status, body = (
                    by_command(case, suite, own) if given.command else by_endpoint(case, suite, server)
                )
                try:
                    if "Syntax" in case.kind:
                        holds = (status == 200) == ("Positive" in case.kind)
                    else:
                        holds = status == 200 and equal(body, wanted(case), case)
                except Exception as error:
                    holds, body = False, f"{type(error).__name__}: {error}".encode()
                counted[f"{suite.name}/{case.name.partition('/')[0]}"][holds] += 1
                if not holds:
                    failed.append(
                        f"{suite.name}/{case.name} ({case.kind}): {status} {json.dumps(body.decode('utf-8', 'replace')[:160], ensure_ascii=False)}"
                    )
    for name, found in sorted(counted.items()):
        print(f"{name:36}{found[True]:5} of {found.total():4}")
    print(
        f"{'all':36}{sum(found[True] for found in counted.values()):5} of {sum(found.total() for found in counted.values()):4}"
    )
    print("\n".join(failed))


if __name__ == "__main__":
    main()
