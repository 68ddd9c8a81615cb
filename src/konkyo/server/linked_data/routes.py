"""Linked data: every IRI of the data answers under this server's own address.

``/id/KEY`` is the thing itself: it answers 303 with the place of what is known of it, a page for people or RDF for programs.
``/id/KEY.ttl`` and its like are such descriptions. ``/code/…`` and ``/graph/…`` are alike; ``/ns`` is in :mod:`.vocabulary`.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from konkyo.common.words import Words
from konkyo.server.http.addresses import SAFE, absolute, iri_of
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import GRAPHS, MEDIA, SUFFIXES, choose, header, unfit
from konkyo.server.http.problems import Problem
from konkyo.server.linked_data import describe
from konkyo.server.workers.pool import WorkerResult
from konkyo.server.workers.service import service

_SUFFIX_OF = {form: suffix for suffix, form in SUFFIXES.items()}
_ENDING = re.compile(r"(.+)\.(ttl|nt|jsonld|rdf|html)")
_MOST = 2000


async def thing(request: Request) -> Response:
    """Answer ``/id/…``, ``/code/…`` and ``/graph/…``, with or without a suffix."""
    path = _path(request)
    ending = _ENDING.fullmatch(path)
    if ending is None:
        return await _resource(request, path)
    if unchanged := conditional(request, service(request).version):
        return unchanged
    base, suffix = ending.groups()
    if suffix == "html":
        return _redirect(request, f"/page{base}")
    answered = await _described(request, base, SUFFIXES[suffix], also=path)
    found, body = answered.value
    # The key itself may end in a suffix: then the longer one is the thing.
    if found["longer"]:
        return await _resource(request, path)
    place = quote(base, safe=SAFE)
    headers = {
        "Content-Type": header(MEDIA[suffix]),
        "ETag": etag(request, answered.version),
        "Link": _links(request, place, describes=found["iri"]),
        "Content-Location": f"{_root(request)}{place}.{suffix}",
    }
    if found["cut"]:
        headers["X-Konkyo-Truncated"] = f"rows={found['cut']}"
    return Response(body, headers=headers)


async def _resource(request: Request, path: str) -> Response:
    """Answer an IRI itself: 303 to what describes it, or why there is nothing."""
    chosen = choose(request.headers.get("accept"), request.query_params.get("format"), GRAPHS)
    if chosen is None:
        raise unfit(GRAPHS)
    await _described(request, path, None)
    shown = quote(path, safe=SAFE)
    links = _links(request, shown)
    if chosen[1] == "html":
        return _redirect(request, f"/page{shown}", links)
    return _redirect(request, f"{shown}.{_SUFFIX_OF[chosen[1]]}", links)


async def _described(
    request: Request, path: str, form: str | None, also: str = ""
) -> WorkerResult[tuple[describe.Described, bytes]]:
    """Ask a worker what is known of the IRI of a path; without a form, only whether there is such a thing.

    Raises Problem where there is none, or more of it than one answer may hold.
    """
    serve = service(request)
    place = quote(path, safe=SAFE)
    answered = await serve.run(
        request,
        describe.describe.call(
            candidates=_candidates(path),
            longer=_candidates(also) if also else [],
            form=form,
            max_rows=serve.settings.max_rows,
            max_bytes=serve.settings.max_bytes,
            document=absolute(request, f"{place}.{_SUFFIX_OF[form]}" if form else place),
            endpoint=absolute(request, "/sparql"),
        ),
    )
    found, _ = answered.value
    if found["iri"] is None:
        raise _missing(path, gone=found["gone"])
    if found["over"]:
        raise _too_large(found["iri"], found["over"])
    return answered


def _path(request: Request) -> str:
    """Return the path that was asked for, decoded once, without the prefix. Raises Problem for one that is no key."""
    root = _root(request)
    path = str(request.scope["path"]).removeprefix(root)
    if len(path) > _MOST or "\ufffd" in path or any(part in ("", ".", "..") for part in path[1:].split("/")):
        raise Problem(
            404, Words("このアドレスの形のIRIはありません。", "No IRI has the form of this address.")
        )
    return path


def _candidates(path: str) -> list[str]:
    """Return the IRIs that a path may mean: with its letters as they are, and percent-encoded."""
    plain = iri_of(path)
    encoded = iri_of(quote(path, safe=SAFE))
    return [plain] if plain == encoded else [plain, encoded]


def _links(request: Request, path: str, describes: str | None = None) -> str:
    root = _root(request)
    links = [f'<{root}{path}.{suffix}>; rel="alternate"; type="{media}"' for suffix, media in MEDIA.items()]
    links.append(f'<{root}/page{path}>; rel="alternate"; type="text/html"')
    if describes is not None:
        # A header holds ASCII only.
        target = quote(describes, safe=SAFE + "%#?")
        links += [f'<{target}>; rel="describes"', f'<{target}>; rel="canonical"']
    return ", ".join(links)


def _redirect(request: Request, path: str, links: str | None = None) -> Response:
    query = request.query_params.get("lang")
    target = _root(request) + path + (f"?lang={query}" if query in ("ja", "en") else "")
    response = RedirectResponse(target, 303)
    if links:
        response.headers["Link"] = links
    return response


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _missing(path: str, *, gone: bool) -> Problem:
    iri = iri_of(path)
    if gone:
        return Problem(
            410,
            Words(
                f"{iri} は一つ前の版のデータにありましたが、今の版にはありません。",
                f"{iri} was in the data before the last build, and is in it no more.",
            ),
            hint=Words(
                "資料が差し替わったか、読み方が変わったのでしょう。/search で探せます。",
                "A source was replaced, or is read in another way. /search finds what there is.",
            ),
        )
    return Problem(
        404,
        Words(f"{iri} についてのデータはありません。", f"There is no data about {iri}."),
        hint=Words(
            "綴りを確かめるか、/search で名前や番号から探してください。",
            "Check its spelling, or look for a name or number with /search.",
        ),
    )


def _too_large(iri: str, limit: str) -> Problem:
    return Problem(
        413,
        Words(
            f"{iri} についてのトリプルは、一つの答えの上限を超えます。",
            f"The triples about {iri} are more than one answer may hold.",
        ),
        hint=Words(
            "/sparql に、LIMIT と OFFSET を付けて問い合わせてください。",
            "Ask /sparql for them in parts, with LIMIT and OFFSET.",
        ),
        headers={"X-Konkyo-Limit": limit},
    )
