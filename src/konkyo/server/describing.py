"""The server and its data described as linked data: service description, VoID and DCAT."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from konkyo.common.words import Words
from konkyo.server.addresses import absolute
from konkyo.server.media import GRAPHS, choose, header
from konkyo.server.pages.requests import at_of
from konkyo.server.querypage import page_response
from konkyo.server.replies import Problem, conditional, etag, language
from konkyo.server.service import service

SUFFIXES = {"ttl": "turtle", "nt": "nt", "jsonld": "jsonld", "rdf": "rdf"}
"""Suffixes of addresses that name a form."""

DATA = {media: form for media, form in GRAPHS.items() if form != "html"}


def unfit(offered: dict[str, str]) -> Problem:
    """Return the problem of a client that takes none of the forms on offer."""
    listed = ", ".join(sorted(offered))
    return Problem(
        406,
        Words("Acceptの形式では答えられません。", "None of the forms in Accept can be given."),
        hint=Words(f"使えるもの: {listed}", f"There are: {listed}"),
    )


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
        "konkyo.server.description:describe",
        {
            "about": about,
            "form": form,
            "endpoint": absolute(request, "/sparql"),
            "dataset": absolute(request, "/dataset"),
            "root": absolute(request, "/"),
            "counted": counted,
            "modified": serve.modified,
        },
    )
    return Response(answered.value, headers={"Content-Type": header(media), "ETag": etag(request, version)})


def suffix_of(request: Request) -> str | None:
    """Return the form that an address's suffix names, None where it has no suffix. Raises Problem for an unknown one."""
    suffix = request.path_params.get("suffix")
    if suffix is None:
        return None
    if suffix == "html":
        return "html"
    if suffix not in SUFFIXES:
        listed = ", ".join(f".{name}" for name in (*SUFFIXES, "html"))
        raise Problem(
            404,
            Words("この形式はありません。", "There is no such form."),
            hint=Words(f"あるもの: {listed}", f"There are: {listed}"),
        )
    return SUFFIXES[suffix]


async def void(request: Request) -> Response:
    """Answer ``/.well-known/void``."""
    return await description_response(request, "dataset")


async def dataset(request: Request) -> Response:
    """Answer ``/dataset`` and ``/dataset.ttl`` and its like: the data described, for programs and for people."""
    wanted = suffix_of(request)
    offered = {"text/turtle": "turtle", **GRAPHS}
    chosen = choose(request.headers.get("accept"), wanted, offered)
    if chosen is not None and chosen[1] == "html":
        return await _page(request)
    return await description_response(request, "dataset", wanted)


async def _page(request: Request) -> Response:
    serve = service(request)
    counted = serve.statistics()
    answered = await serve.run("konkyo.server.description:sources", {"lang": language(request)})
    return page_response(
        request,
        "dataset.html",
        title=Words("データの説明", "The data described"),
        at=at_of(request, answered.version),
        sources=answered.value,
        counted=counted,
        modified=serve.modified,
        endpoint=absolute(request, "/sparql"),
    )
