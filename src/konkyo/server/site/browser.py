"""SPARQL in the browser: a page, Oxigraph as WebAssembly in a worker, and the part of the graph that it loads as it needs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from markupsafe import Markup

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Language, Words
from konkyo.graph.stored_queries import StoredQuery
from konkyo.model.identifiers import code, fiscal_year
from konkyo.model.namespaces import ID
from konkyo.present.templates import own_text
from konkyo.present.text.advice import QUERY_COMMANDS
from konkyo.server.pages.render import environment
from konkyo.server.site.browser_graph import LABELS, BrowserGraph, browser_graph
from konkyo.server.site.files import SiteFile
from konkyo.server.site.frame import by_script
from konkyo.server.site.parts import base64_of, part, script
from konkyo.server.site.things import by_kind

ADDRESS = "/sparql"
FOLDER = "sparql"
_SCRIPTS = ("sparql_terms.js", "sparql_page.js")
# As every page of a site, with WebAssembly and the worker, which is made of a script that is here already.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; "
    "base-uri 'none'; form-action 'self'"
)
_ENGINE = Path(__file__).resolve().parent / "oxigraph"
_MODULE = re.compile(r"^export (?:\{[^}]*\};|(?=class |function |async ))", re.MULTILINE)
_TITLE = Words("ブラウザーでSPARQL", "SPARQL in the browser")
_LIMITS = (10, 30, 120)


def files(
    graph: KnowledgeGraph, page_of: Callable[[str], str | None], *, base: str = "", version: str = ""
) -> Iterator[SiteFile]:
    """Yield the pages, scripts, engine and data of SPARQL in the browser.

    ``page_of`` tells the file of a thing's Japanese page by its IRI (None: it has none); the English one is below ``en/``.
    """
    yield from by_script(ADDRESS, _TITLE, _body, _SCRIPTS, base=base, version=version, policy=POLICY)
    yield engine()
    found = browser_graph(graph.store)
    yield part(FOLDER, "list", _listed(found))
    for number, module in enumerate(found.modules):
        yield part(FOLDER, f"m/{number}", base64_of(module.content))
    shown = sorted({iri for some in by_kind(graph.store).values() for iri in some})
    yield part(FOLDER, "pages", [[iri, page] for iri in shown if (page := page_of(iri))])


@cache
def engine() -> SiteFile:
    """Return Oxigraph with its licence and the worker's own script, in one script that a page can load from anywhere."""
    licence = "".join(f"// {line}\n" for line in own_text(_ENGINE / "LICENSE-MIT").splitlines())
    # No browser starts a module as the worker of a page from a folder: without what makes it a module it is a plain script.
    plain = _MODULE.sub("", own_text(_ENGINE / "web.js")).replace("import.meta.url", "self.location")
    code_of_worker = f"// Oxigraph\n{licence}{plain}\n{script('sparql_worker.js')}"
    wasm = base64_of((_ENGINE / "web_bg.wasm.gz").read_bytes())
    return part(FOLDER, "engine", {"code": code_of_worker, "wasm": wasm})


def _listed(found: BrowserGraph) -> dict[str, object]:
    """Return what the page knows of the queries and the data before it loads any."""
    answered = {query.name: list(modules) for query, modules in found.answered}
    queries = sorted((*(query for query, _ in found.answered), *found.others), key=lambda query: query.name)
    return {
        "queries": [_query(query, answered.get(query.name)) for query in queries],
        "modules": [[module.iri, module.count, module.whole] for module in found.modules],
        "ready": [number for number, module in enumerate(found.modules) if module.iri in LABELS],
        "missing": list(found.missing),
        "commands": QUERY_COMMANDS,
        "ids": ID,
        "codes": code("x")[:-1],
        "years": fiscal_year(2000).removesuffix("2000"),
    }


def _query(query: StoredQuery, modules: list[int] | None) -> dict[str, object]:
    return {
        "name": query.name,
        "title": query.title,
        "parameters": [
            {"name": one.name, "kind": one.kind, "label": one.label, "choices": one.choices}
            for one in query.parameters
        ],
        "columns": query.columns,
        "text": query.text,
        "modules": modules,
    }


def _body(lang: Language) -> Markup:
    def t(ja: str, en: str) -> str:
        return Words(ja, en).of(lang)

    # The template has escaped what is in it.
    return Markup(environment().get_template("browser.html").render(t=t, limits=_LIMITS))  # noqa: S704
