"""The vocabulary under its own address: ``/ns`` with its versions, its parts and the JSON-LD context.

``/ns`` is the vocabulary of today with its code lists, the same graph in each form; a term such as ``/ns#Measure`` is a part of it.
``/ns/0.1.0`` is what ``owl:versionIRI`` of a version names. ``/ns/codes``, ``/ns/mappings`` and the like are files of their own.
"""

from __future__ import annotations

import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import DATA, GRAPHS, MEDIA, SUFFIXES, choose, header, suffix_of, unfit
from konkyo.server.http.problems import Problem
from konkyo.server.linked_data import describe
from konkyo.server.workers.service import service

_WHOLE = ["konkyo.ttl", "codes.ttl"]
_PARTS = {name: [f"{name}.ttl"] for name in ("codes", "shapes", "mappings", "usage")}
_CURRENT = "0.2.0"
_VERSION = re.compile(r"\d+\.\d+\.\d+")
# The page of the vocabulary carries its own style.
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


async def vocabulary(request: Request) -> Response:
    """Answer ``/ns``, ``/ns.ttl`` and its like."""
    return await _answer(request, "", suffix_of(request), _WHOLE)


async def shapes(request: Request) -> Response:
    """Answer ``/shape``, the IRI of the shapes, and ``/shape.ttl`` and its like."""
    return await _answer(request, "/shapes", suffix_of(request), _PARTS["shapes"])


async def vocabulary_part(request: Request) -> Response:
    """Answer what is below ``/ns/``: a version, a part, the context; each with or without a suffix of a form."""
    name = request.path_params["part"]
    if name == "context.jsonld":
        return _context(request, ontology_dir() / "context.jsonld")
    if re.fullmatch(r"\d+\.\d+\.\d+/context\.jsonld", name):
        return _context(request, _version_folder(name.partition("/")[0]) / "context.jsonld")
    base, _, suffix = name.rpartition(".")
    if not base or (suffix not in SUFFIXES and suffix != "html"):
        base, suffix = name, ""
    wanted = SUFFIXES.get(suffix, suffix) or None
    version = base.removeprefix("codes/")
    if base in _PARTS:
        return await _answer(request, f"/{base}", wanted, _PARTS[base])
    if _VERSION.fullmatch(version):
        folder = _version_folder(version).relative_to(ontology_dir()).as_posix()
        files = [f"{folder}/{file}" for file in _WHOLE]
        return await _answer(request, f"/{base}", wanted, files if base == version else files[1:])
    raise _missing(name)


async def _answer(request: Request, place: str, wanted: str | None, files: list[str]) -> Response:
    """Answer files of the vocabulary in the form that a client likes; the page is that of the vocabulary of today."""
    of_today = files == _WHOLE or place == f"/{_CURRENT}"
    offered = GRAPHS if of_today else DATA
    wanted = wanted or request.query_params.get("format")
    chosen = choose(request.headers.get("accept"), wanted, offered)
    if chosen is None or (wanted == "html" and not of_today):
        raise unfit(offered)
    serve = service(request)
    if unchanged := conditional(request, serve.version):
        return unchanged
    media, form = chosen
    headers = {"ETag": etag(request, serve.version)}
    if form == "html":
        page = await serve.run(request, describe.ontology_page.call())
        headers["Content-Security-Policy"] = _PAGE_POLICY
        return Response(page.value, headers={**headers, "Content-Type": "text/html; charset=utf-8"})
    answered = await serve.run(request, describe.ontology.call(files=files, form=form))
    root = str(request.scope.get("root_path", "")) + "/ns" + place
    links = [f'<{root}.{end}>; rel="alternate"; type="{kind}"' for end, kind in MEDIA.items()]
    if of_today:
        links.append(f'<{root}.html>; rel="alternate"; type="text/html"')
    headers["Link"] = ", ".join(links)
    return Response(answered.value, headers={**headers, "Content-Type": header(media)})


def _context(request: Request, path: Path) -> Response:
    """Answer a JSON-LD context, which a document may name instead of carrying it."""
    version = service(request).version
    if unchanged := conditional(request, version):
        return unchanged
    headers = {"ETag": etag(request, version), "Content-Type": "application/ld+json"}
    return Response(path.read_bytes(), headers=headers)


def _version_folder(version: str) -> Path:
    """Return the folder of a version's files. Raises Problem for one that there never was."""
    folder = ontology_dir() if version == _CURRENT else ontology_dir() / "versions" / version
    if not _VERSION.fullmatch(version) or not folder.is_dir():
        raise _missing(version)
    return folder


def _missing(name: str) -> Problem:
    earlier = sorted(path.name for path in (ontology_dir() / "versions").iterdir())
    listed = ", ".join((_CURRENT, *earlier, *_PARTS, "context.jsonld"))
    return Problem(
        404,
        Words("語彙にこの版や部分はありません。", "The vocabulary has no such version or part."),
        hint=Words(f"あるもの: {listed}", f"There are: {listed}"),
    )
