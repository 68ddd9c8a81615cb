"""A SPARQL 1.1 server as a store: Virtuoso, GraphDB, Stardog, Neptune, QLever, an Oxigraph server …

Others may keep graphs on the same server, and one of konkyo's may be on its way: a question is put to the graphs of konkyo
that are complete, by the dataset of the SPARQL protocol, so that the answer is that of a store of one's own.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.text import printable
from konkyo.common.words import Language, Words, default_language
from konkyo.model.namespaces import GRAPH
from konkyo.store.embedded import only
from konkyo.store.query_guard import refuse_service
from konkyo.store.remote import answers, fetch, fetch_plan
from konkyo.store.remote.endpoints import Endpoint, endpoint
from konkyo.store.remote.http import Http, StoreError
from konkyo.store.remote.upload import LOADING, STAGING, STATE, UNFINISHED, drop, load

if TYPE_CHECKING:
    import httpx

    from konkyo.store import Answer

_NOTHING = "urn:konkyo:no-graph"
_LISTED_FOR = 30.0  # seconds: a server may get a new build while one reads
_PAGE = 10_000
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"


class RemoteStore:
    """The graphs of konkyo on a server. ``prefix`` is what their names begin with, ``lang`` the language of notes on stderr."""

    folder = None

    def __init__(
        self,
        where: str | Path | Endpoint,
        *,
        prefix: str = GRAPH,
        http: Http | None = None,
        lang: Language | None = None,
    ) -> None:
        self.endpoint = where if isinstance(where, Endpoint) else endpoint(where)
        self._lang = lang or default_language()
        self.http = http or Http(self.endpoint, lang=self._lang)
        self.prefix = prefix
        self._listed: tuple[float, list[str], bool] | None = None

    def opened(self) -> RemoteStore:
        """Return the store itself if konkyo's graphs are on the server; say on stderr if a load has not ended."""
        self.recognise()
        graphs = self.graphs()
        if self.unfinished():
            note = Words(
                "（このサーバーへの読み込みが終わっていません。もう一度同じ読み込みをすると、続きから再開します。）",
                "(A load into this server has not ended; the same load, run again, goes on with it.)",
            )
            print(note.of(self._lang), file=sys.stderr)
        if not graphs:
            raise KonkyoError(
                Words(
                    "このサーバーにkonkyoのグラフはありません。",
                    "There is no graph of konkyo on this server.",
                ),
                source=self.endpoint.name,
                hint=Advice(Code.NO_GRAPH_ON_SERVER),
            )
        return self

    def recognise(self) -> None:
        """Ask the server once what it is, where only its address looks like Virtuoso's: others are asked in other ways."""
        if self.endpoint.otherwise is None:
            return
        body, headers = self.http.post(self.endpoint.query, {"query": "ASK {}"}, accept=_JSON)
        # Virtuoso answers an ASK by rows, even where a proxy puts a name of its own in place of the server's.
        virtuoso = headers.get("Server", "").startswith("Virtuoso") or b'"results"' in body
        self.endpoint = replace(self.endpoint, otherwise=None) if virtuoso else self.endpoint.otherwise

    # --- reading --------------------------------------------------------------------------------

    def query(
        self, text: str, *, default: Sequence[str] | None = None, named: Sequence[str] | None = None
    ) -> Answer:
        """Run a SPARQL query over the union of konkyo's graphs. Raises KonkyoError for one that cannot be run.

        ``default`` and ``named`` are a dataset as the SPARQL protocol gives it: only these graphs are seen.
        """
        refuse_service(text)
        text = text if self.endpoint.profile.undef else answers.without_open_values(text)
        form = answers.form_of(text)
        dataset = self._dataset(default, named)
        if (
            self.endpoint.profile.joins
            and not fetch_plan.is_plain(text)
            and (needs := fetch_plan.fetch_plan_of(text))
        ):
            try:
                return fetch.answer(text, needs, _Joins(self, dataset))
            except fetch.TooMany:
                raise self._incomplete(fetch.MOST_ROWS, None) from None
            except fetch.Unfit as unfit:
                raise self.nonsense(str(unfit)) from None
        if form is ox.QueryTriples:
            return answers.as_triples(self._triples(text, dataset))
        if form is ox.QuerySolutions:
            return self.solutions(text, dataset)[0]
        return self._results(self._post(text, dataset, _JSON)[0], form, text)

    def select(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query. Raises KonkyoError where it is none."""
        return only(self.query(text), ox.QuerySolutions)

    def construct(self, text: str) -> ox.QueryTriples:
        """Run a CONSTRUCT or DESCRIBE query. Raises KonkyoError where it is none."""
        return only(self.query(text), ox.QueryTriples)

    def graphs(self) -> list[str]:
        """Return konkyo's graphs that are complete, sorted."""
        return list(self._graphs()[0])

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph, in no particular order, read in pages where rows are cut."""
        pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
        if not self.endpoint.profile.pages:
            yield from self._read(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", graph)
            return
        count = self.count(graph)
        seen: set[ox.Triple] = set()
        for start in range(0, count, _PAGE):
            page = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }} LIMIT {_PAGE} OFFSET {start}"
            new = {*self._read(page, graph)} - seen
            if not new:  # whatever it counted, it has no more
                break
            seen |= new
            yield from new
        # Without an order, pages may overlap in theory; sorting millions for each page costs hours in practice.
        if len(seen) != count:
            raise self._incomplete(len(seen), count)

    def dump(self, graph: str) -> Iterator[bytes]:
        """Yield one named graph as N-Triples, a line at a time."""
        return (f"{triple} .\n".encode() for triple in self.triples(graph))

    def count(self, graph: str) -> int:
        """Return how many triples a graph holds, complete or not."""
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
        return answers.counted(self.rows(text), self.nonsense)

    def unfinished(self) -> bool:
        """Return whether a load was begun and has not ended."""
        return self._graphs()[1]

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    # --- writing --------------------------------------------------------------------------------

    def load(self, graph: str, quads: Iterable[str]) -> int:
        """Replace one named graph by lines of N-Quads; return how many lines were read."""
        return load(self, graph, quads)

    def drop(self, graph: str) -> None:
        """Remove one named graph with all it holds."""
        drop(self, graph)
        self.forget()

    def update(self, text: str, *, again: bool = True) -> None:
        """Run an update. ``again``: running it twice does the same as once. Raises KonkyoError."""
        if self.endpoint.update is None:
            raise self.read_only()
        # Virtuoso takes an update as a query, and only so; all others take it as an update.
        name = "query" if self.endpoint.profile.name == "virtuoso" else "update"
        self.http.post(self.endpoint.update, {name: text}, again=again, timeout=self.patience)

    def probe(self) -> None:
        """Raise StoreError where the server does not let itself be written to; nothing is changed."""
        self.recognise()
        self.update(f"DROP SILENT GRAPH <{STAGING}none>")

    @property
    def patience(self) -> float:
        """Return the seconds that a step of a load may take: more than a question."""
        return max(self.endpoint.timeout, 600.0)

    def forget(self) -> None:
        """Ask anew which graphs there are."""
        self._listed = None

    # --- which graphs ---------------------------------------------------------------------------

    def everything(self) -> list[str]:
        """Return all named graphs of the server, whosesoever they are, sorted."""
        return answers.graph_names(self.rows(self.endpoint.profile.listing), self.nonsense)

    def _graphs(self) -> tuple[list[str], bool, bool]:
        now = time.monotonic()
        if self._listed is None or now - self._listed[0] > _LISTED_FOR:
            held = self.everything()
            ours = [name for name in held if name.startswith(self.prefix) and not name.startswith(LOADING)]
            hidden = self._unfinished() if STATE in held else set()
            complete = [name for name in ours if name not in hidden]
            self._listed = (now, complete, len(complete) == len(held))
            self._loading = STATE in held
        return self._listed[1], self._loading, self._listed[2]

    _loading = False

    def _unfinished(self) -> set[str]:
        rows = self.rows(f"SELECT ?g WHERE {{ GRAPH <{STATE}> {{ ?g <{UNFINISHED}> ?since }} }}")
        return {row["g"].value for row in rows}

    def _dataset(
        self, default: Sequence[str] | None, named: Sequence[str] | None
    ) -> Mapping[str, Sequence[str]]:
        """Return the parameters that say which graphs a question sees."""
        union = self.endpoint.profile.union
        if default is None and named is None:
            graphs, _, alone = self._graphs()
            # Oxigraph looks into each graph of a list by itself, which takes ten times as long as its union.
            if alone and graphs and union:
                return {"": union}
            default = named = graphs
        return {
            "default-graph-uri": list(default or ()) or [_NOTHING],
            "named-graph-uri": list(named or ()) or [_NOTHING],
        }

    # --- asking ---------------------------------------------------------------------------------

    def _post(
        self, text: str, dataset: Mapping[str, Sequence[str]], accept: str
    ) -> tuple[bytes, httpx.Headers]:
        fields: dict[str, str | Sequence[str]] = {"query": text, **dataset}
        union = fields.pop("", None)
        params = {union[0]: union[1]} if union else None
        body, headers = self.http.post(self.endpoint.query, fields, accept=accept, params=params)
        if headers.get("X-SQL-State", "").startswith("S1TAT"):
            # Virtuoso ends a query at its limit and answers with what it has by then.
            raise self._incomplete(None, None)
        return body, headers

    def rows(self, text: str, dataset: Mapping[str, Sequence[str]] | None = None) -> ox.QuerySolutions:
        """Run a SELECT query over a dataset; without one the query names its graphs, which may be those of loads."""
        body, _ = self._post(text, dataset or {}, _JSON)
        return only(self._results(body, ox.QuerySolutions, text), ox.QuerySolutions)

    def _results(self, body: bytes, form: type, asked: str) -> Answer:
        body = answers.with_plain_blanks(body)
        try:
            answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            if form is ox.QueryBoolean and isinstance(answer, ox.QuerySolutions):
                # Virtuoso answers an ASK by a row that holds 1, and by no row at all.
                value = any(row[0] is not None and row[0].value not in ("0", "false") for row in answer)
                text = json.dumps({"head": {}, "boolean": value})
                answer = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
            elif isinstance(answer, ox.QuerySolutions):
                answers.read_through(body, asked)
        except (SyntaxError, ValueError) as error:
            raise self.nonsense(str(error)) from None
        if not isinstance(answer, form):
            raise self.nonsense(f"{type(answer).__name__} for {form.__name__}")
        return answer

    def solutions(
        self, text: str, dataset: Mapping[str, Sequence[str]], *, pages: bool = True
    ) -> tuple[ox.QuerySolutions, bool]:
        """Return the rows of a SELECT query, and whether the server may have cut them, which ``pages`` prevents."""
        body, headers = self._post(text, dataset, _JSON)
        cut = answers.may_lack_rows(headers)
        if cut and pages:
            body, cut = self._paged(text, dataset, headers), False
        return only(self._results(body, ox.QuerySolutions, text), ox.QuerySolutions), cut

    def _paged(self, text: str, dataset: Mapping[str, Sequence[str]], headers: httpx.Headers) -> bytes:
        """Return all rows of a query whose rows the server cuts, page by page, and make sure that none is missing.

        The query becomes the inner one of ``SELECT * { { … } }``: so its own order and limit stay, and Virtuoso
        sorts what it would not sort with a limit outside.
        """
        prologue, inner = answers.split_prologue(text)
        size = min(answers.number(headers.get("X-SPARQL-MaxRows", f"{_PAGE}"), self.nonsense) or _PAGE, _PAGE)
        counting = f"{prologue}\nSELECT (COUNT(*) AS ?konkyo_n) WHERE {{ {{ {inner}\n}} }}"
        count = answers.counted(self.rows(counting, dataset), self.nonsense)
        pages: list[Any] = []
        variables: list[str] = []
        for start in range(0, min(count, fetch.MOST_ROWS), size):
            page = f"{prologue}\nSELECT * WHERE {{ {{ {inner}\n}} }} LIMIT {size} OFFSET {start}"
            body, _ = self._post(page, dataset, _JSON)
            names, found = answers.page_of(body, self.nonsense)
            variables = variables or names
            pages += found
            if not found:
                break
        if len(pages) != count:
            raise self._incomplete(len(pages), count)
        return json.dumps({"head": {"vars": variables}, "results": {"bindings": pages}}).encode()

    def _read(self, text: str, graph: str) -> Iterator[ox.Triple]:
        return self._parsed(*self._post(text, {}, _TRIPLES))

    def _triples(self, text: str, dataset: Mapping[str, Sequence[str]]) -> Iterator[ox.Triple]:
        if not self.endpoint.profile.pages or _LIMITED.search(text):
            yield from self._parsed(*self._post(text, dataset, _TRIPLES))
            return
        for start in range(0, fetch.MOST_ROWS, _PAGE):  # the server does not say that it cuts triples
            page = f"{text}\nLIMIT {_PAGE} OFFSET {start}"
            found = list(self._parsed(*self._post(page, dataset, _TRIPLES)))
            if not found:
                return
            yield from found
        raise self._incomplete(fetch.MOST_ROWS, None)

    def _parsed(self, body: bytes, headers: httpx.Headers) -> Iterator[ox.Triple]:
        media = headers.get("Content-Type", "").partition(";")[0].strip()
        turtle = media in ("text/turtle", "application/x-turtle")
        if not turtle and media not in ("application/n-triples", "text/plain", "text/ntriples"):
            raise self.nonsense(media)
        form = ox.RdfFormat.TURTLE if turtle else ox.RdfFormat.N_TRIPLES
        try:
            for quad in ox.parse(body, format=form):
                yield quad.triple
        except (SyntaxError, ValueError) as error:
            raise self.nonsense(str(error)) from None

    # --- errors ---------------------------------------------------------------------------------

    def nonsense(self, detail: str) -> StoreError:
        """Return the error for an answer that is not what was asked for."""
        said = printable(" ".join(detail.split()), 120)
        return StoreError(
            "nonsense",
            Words(
                f"サーバーの答えがSPARQLの答えとして読めません（{said}）。",
                f"The server's answer cannot be read as one of SPARQL ({said}).",
            ),
            source=self.endpoint.name,
            hint=Words(
                "アドレスがSPARQLの窓口のものか確かめてください。",
                "Is this the address of a SPARQL endpoint?",
            ),
        )

    def read_only(self) -> StoreError:
        """Return the error for a server without an address for updates."""
        return StoreError(
            "read-only",
            Words("書込み用のアドレスがありません。", "There is no address for writing."),
            source=self.endpoint.name,
            hint=Words("KONKYO_STORE_UPDATE で示してください。", "Name it by KONKYO_STORE_UPDATE."),
        )

    def _incomplete(self, found: int | None, wanted: int | None) -> StoreError:
        numbers = "" if found is None else f"{found:,} / {wanted or '?'}"
        return StoreError(
            "cut",
            Words(
                f"サーバーが答えを途中で切りました（{numbers}）。",
                f"The server cut its answer short ({numbers}).",
            ),
            source=self.endpoint.name,
            hint=Words(
                "問合せを絞るか、サーバーの行数・時間の上限を上げてください。",
                "Narrow the query, or raise the server's limits of rows and time.",
            ),
        )


@dataclass(frozen=True, slots=True)
class _Joins:
    """A server that is asked for joins over some of its graphs."""

    store: RemoteStore
    dataset: Mapping[str, Sequence[str]]

    def rows(self, join: str) -> tuple[ox.QuerySolutions, bool]:
        return self.store.solutions(join, self.dataset, pages=False)

    def all_rows(self, join: str) -> ox.QuerySolutions:
        return self.store.solutions(join, self.dataset)[0]

    def counted(self, join: str) -> int:
        return answers.counted(self.rows(join)[0], self.store.nonsense)


_LIMITED = re.compile(r"\b(?:LIMIT|OFFSET)\s+\d+\s*(?:\b(?:LIMIT|OFFSET)\s+\d+\s*)?(?:#.*)?$", re.IGNORECASE)
