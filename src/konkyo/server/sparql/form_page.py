"""The pages of the server itself: the form for queries, with the stored ones as examples, and the data described."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from konkyo.common.words import Words
from konkyo.graph.sparql import declared
from konkyo.graph.stored_queries import StoredQuery, names, stored
from konkyo.model.namespaces import KK, SKOS
from konkyo.server.http.addresses import absolute
from konkyo.server.http.problems import Problem
from konkyo.server.pages.respond import page_context, page_response
from konkyo.server.sparql.request import SparqlRequest
from konkyo.server.sparql.results import QueryHead
from konkyo.server.workers.service import service


@cache
def examples() -> tuple[StoredQuery, ...]:
    """Return the stored queries, each of which runs as it stands."""
    return tuple(stored(name) for name in names())


def query_page(
    request: Request,
    asked: SparqlRequest,
    answer: str | None,
    head: QueryHead,
    *,
    problem: Problem | None = None,
) -> Response:
    """Return the form; with a query, below it its answer or what is wrong with it."""
    serve = service(request)
    example = request.query_params.get("example")
    chosen = next((item for item in examples() if item.name == example), None)
    made = page_response(
        request,
        "sparql.html",
        at=page_context(request, serve.version),
        title=Words("SPARQLで問い合わせる", "Query with SPARQL"),
        endpoint=absolute(request, "/sparql"),
        limits=serve.settings,
        forms=_FORMS,
        wanted=asked.wanted or "html",
        # Forms send line ends as CR LF, and a CR would be shown as a sign that is none.
        text=(asked.query or (chosen.text if chosen else _FIRST)).replace("\r\n", "\n"),
        examples=examples(),
        # The worker has escaped everything in it that comes from the data.
        answer=Markup(answer) if answer is not None else None,  # noqa: S704
        head=head,
        problem=problem,
    )
    if problem is not None:
        made.status_code = problem.status
        made.headers.update({"Cache-Control": "no-store", **problem.headers})
    return made


_FORMS = (
    ("html", Words("表と棒（この頁）", "table with bars (this page)")),
    ("network", Words("つながりの図", "network")),
    ("excel", Words("CSV（表計算ソフトで開く。名称付き）", "CSV for a spreadsheet, with labels")),
    ("csv", Words("CSV（SPARQLの規格通り）", "CSV as SPARQL has it")),
    ("tsv", Words("TSV", "TSV")),
    ("json", Words("JSON（グラフはJSON-LD）", "JSON (JSON-LD for a graph)")),
    ("xml", Words("XML（グラフはRDF/XML）", "XML (RDF/XML for a graph)")),
    ("turtle", Words("Turtle（グラフ）", "Turtle (for a graph)")),
    ("nt", Words("N-Triples（グラフ）", "N-Triples (for a graph)")),
)

_FIRST = f"""{declared({"kk": KK, "skos": SKOS})}SELECT ?measure ?label WHERE {{
  ?measure a kk:Measure ; skos:prefLabel ?label .
}}
LIMIT 100
"""
