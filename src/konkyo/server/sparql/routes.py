"""The SPARQL 1.1 Protocol, for reading: queries by GET, by a form, and as the body of a POST."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.dataset.routes import description_response
from konkyo.server.http.addresses import absolute
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import best, language
from konkyo.server.http.problems import Problem
from konkyo.server.http.settings import Settings
from konkyo.server.sparql import evaluate
from konkyo.server.sparql.form_page import query_page
from konkyo.server.sparql.request import SparqlRequest, bad_request, read_request
from konkyo.server.workers.failures import problem_of
from konkyo.server.workers.service import service
from konkyo.server.workers.stopped import OverLimit

# What gives another answer each time must not be kept.
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


async def sparql(request: Request) -> Response:
    """Answer a request to the endpoint."""
    asked = await read_request(request)
    if asked.query is None:
        return await _nothing_asked(request)
    request.scope["state"]["query"] = asked.query
    try:
        return await _answered(request, asked, asked.query)
    except (Problem, KonkyoError, OverLimit) as error:
        if asked.wanted not in (None, "html", "network") or not for_people(request):
            raise
        # Whoever has written a query in the form gets it back with what is wrong.
        return query_page(request, asked, None, {}, problem=problem_of(request, error))


async def _answered(request: Request, asked: SparqlRequest, query: str) -> Response:
    serve = service(request)
    if request.method != "POST" and (unchanged := conditional(request, serve.version)):
        return unchanged
    settings = serve.settings
    answered = await serve.query(
        request,
        evaluate.query.call(
            text=query,
            default=asked.default,
            named=asked.named,
            accept=request.headers.get("accept"),
            wanted=asked.wanted,
            max_rows=settings.max_rows,
            max_bytes=settings.max_bytes,
            truncate=asked.truncate,
            lang=language(request),
            root=request.scope.get("root_path", ""),
            base=absolute(request, "/sparql"),
        ),
    )
    head, body = answered.value
    if "unfit" in head:
        listed = ", ".join(head["unfit"])
        raise Problem(
            406,
            Words(
                "望まれた形式（Accept、format）では答えられません。",
                "None of the forms wished for (Accept, format) can be given.",
            ),
            hint=Words(f"この問合せに使えるもの: {listed}", f"For this query there are: {listed}"),
        )
    if "over" in head:
        raise _too_large(head["over"], settings)
    headers = {"Content-Type": head["media"], "X-Konkyo-Data": answered.version}
    if head.get("cut"):
        limit = settings.max_rows if head["cut"] == "rows" else settings.max_bytes
        headers["X-Konkyo-Truncated"] = f"{head['cut']}={limit}"
        headers["X-SPARQL-MaxRows"] = str(head["count"])
    if request.method != "POST" and not _CHANGING.search(query):
        headers["ETag"] = etag(request, answered.version)
    if "policy" in head:
        return Response(body, headers={**headers, "Content-Security-Policy": head["policy"]})
    if head["media"] == "text/html":
        page = query_page(request, asked, body.decode(), head)
        page.headers.update({name: value for name, value in headers.items() if name != "Content-Type"})
        return page
    if asked.wanted == "excel":
        headers["Content-Disposition"] = 'attachment; filename="konkyo.csv"'
    return Response(body, headers=headers)


def _too_large(limit: str, settings: Settings) -> Problem:
    """Return the problem of an answer beyond a limit: a part of it would look like the whole to most programs."""
    if limit == "rows":
        most = Words(f"{settings.max_rows:,}行（又はトリプル）", f"{settings.max_rows:,} rows (or triples)")
    else:
        most = Words(f"{settings.max_bytes:,}バイト", f"{settings.max_bytes:,} bytes")
    return Problem(
        413,
        Words(
            f"答えが上限の{most.ja}を超えます。", f"The answer has more than {most.en}, which is the limit."
        ),
        hint=Words(
            "問合せに ORDER BY と LIMIT・OFFSET を付けて分けるか、truncate=1 を付けて初めの部分だけを受け取ってください。",
            "Take it in parts, with ORDER BY, LIMIT and OFFSET in the query, or its beginning alone, with truncate=1 in the request.",
        ),
        headers={"X-Konkyo-Limit": limit},
    )


def for_people(request: Request) -> bool:
    """Return whether a request wants a page before all."""
    return best(request.headers.get("accept"), ["text/turtle", "text/html"]) == "text/html"


async def _nothing_asked(request: Request) -> Response:
    if request.method == "POST":
        raise bad_request("問合せがありません（query）。", "There is no query (query).")
    if for_people(request):
        return query_page(request, SparqlRequest(), None, {})
    return await description_response(request, "service")
