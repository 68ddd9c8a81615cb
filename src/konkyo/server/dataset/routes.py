"""The server and its data described as linked data: service description, VoID and DCAT."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from konkyo.common.words import Words
from konkyo.server.dataset import description
from konkyo.server.http.addresses import absolute
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import DATA, GRAPHS, choose, header, language, suffix_of, unfit
from konkyo.server.pages.respond import page_context, page_response
from konkyo.server.workers.service import service


async def description_response(request: Request, about: str, wanted: str | None = None) -> Response:
    """Return the description of the ``service`` or of the ``dataset`` in the form that the client likes."""
    chosen = choose(request.headers.get("accept"), wanted, DATA)
    if chosen is None:
        raise unfit(DATA)
    media, form = chosen
    serve = service(request)
    # The numbers are counted once for each version of the data, which takes a while for a large store.
    counted = serve.statistics()
    version = f"{serve.version} {counted is not None}"
    if unchanged := conditional(request, version):
        return unchanged
    answered = await serve.run(
        request,
        description.describe.call(
            about=about,
            form=form,
            endpoint=absolute(request, "/sparql"),
            dataset=absolute(request, "/dataset"),
            root=absolute(request, "/"),
            counted=counted,
            modified=serve.modified,
        ),
    )
    return Response(answered.value, headers={"Content-Type": header(media), "ETag": etag(request, version)})


async def void(request: Request) -> Response:
    """Answer ``/.well-known/void``."""
    return await description_response(request, "dataset", request.query_params.get("format"))


async def dataset(request: Request) -> Response:
    """Answer ``/dataset`` and ``/dataset.ttl`` and its like: the data described, for programs and for people."""
    wanted = suffix_of(request) or request.query_params.get("format")
    offered = {"text/turtle": "turtle", **GRAPHS}
    chosen = choose(request.headers.get("accept"), wanted, offered)
    if chosen is not None and chosen[1] == "html":
        return await _page(request)
    return await description_response(request, "dataset", wanted)


async def _page(request: Request) -> Response:
    serve = service(request)
    counted = serve.statistics()
    answered = await serve.run(request, description.sources.call(lang=language(request)))
    return page_response(
        request,
        "dataset.html",
        title=Words("データの説明", "The data described"),
        at=page_context(request, answered.version),
        sources=answered.value,
        counted=counted,
        modified=serve.modified,
        endpoint=absolute(request, "/sparql"),
    )
