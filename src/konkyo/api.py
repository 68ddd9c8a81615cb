"""The Python face of konkyo: the same things that the commands use."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import DEFAULT_STORE
from konkyo.common.words import Language, Words, default_language
from konkyo.graph.asked_years import AskedYear, period, year_of
from konkyo.present.answers import (
    DiffAnswer,
    GapsAnswer,
    ReportPage,
    SearchAnswer,
    TraceAnswer,
    View,
)
from konkyo.questions.subgraph import notes
from konkyo.store.carried import carried_store

if TYPE_CHECKING:
    import networkx as nx

    from konkyo.graph.lookup.things import Thing
    from konkyo.graph.stored_queries import StoredQuery
    from konkyo.present.overview import OverviewPage
    from konkyo.present.text.query_results import Table
    from konkyo.store import Answer, Store


class KnowledgeGraph:
    """A graph that can be queried, traced and viewed."""

    def __init__(self, store: Store, lang: Language | None = None) -> None:
        self.store = store
        self.lang: Language = lang or default_language()

    def query(self, query: str, **parameters: str) -> Table:
        """Run a SELECT query: SPARQL, a file, or the name of a stored query with its parameters.

        Parameters that want an IRI also take a key or a label. Raises KonkyoError.
        """
        from konkyo.graph.stored_queries import find
        from konkyo.present.text.query_results import table

        stored = find(query)
        text = self.bound(stored, parameters)
        made = table(self.store, self.store.select(text), stored.columns)
        made.title = stored.title if stored.name != "query" else None
        made.lang = self.lang
        return made

    def answer(self, query: str, **parameters: str) -> Answer:
        """Run any query and return the engine's answer (solutions, a boolean, or triples). Raises KonkyoError."""
        from konkyo.graph.stored_queries import find

        return self.store.query(self.bound(find(query), parameters))

    def bound(self, stored: StoredQuery, parameters: dict[str, str]) -> str:
        """Return a query's text with its parameters, to be run on this store.

        Raises KonkyoError for an unfit parameter, and for a store that lacks what the query reads.
        """
        from konkyo.graph.stored_queries import check_budgets

        check_budgets(self.store, stored)
        return stored.bind(self.resolve_parameters(stored, parameters))

    def resolve_parameters(self, stored: StoredQuery, parameters: dict[str, str]) -> dict[str, str]:
        """Return the parameters with labels and keys turned into IRIs where a query wants an IRI."""
        return parameters | _iris_of(self._things_of(stored, parameters))

    def _things_of(self, stored: StoredQuery, parameters: dict[str, str]) -> dict[str, Thing]:
        """Return the things that those parameters name of which a query wants the IRI."""
        from konkyo.graph.lookup.things import find

        kinds = {parameter.name: parameter.kind for parameter in stored.parameters}
        return {
            name: find(self.store, value) for name, value in parameters.items() if kinds.get(name) == "iri"
        }

    def why_empty(self, stored: StoredQuery, parameters: dict[str, str]) -> list[Words]:
        """Return what there is to say of a stored query that found nothing: the years that it has rows of, what a name was taken for, and which files are not there."""
        from konkyo.graph.empty_answers import why_empty

        things = self._things_of(stored, parameters)
        return why_empty(self.store, stored, parameters | _iris_of(things), things)

    def trace(
        self,
        thing: str,
        other: str | None = None,
        *,
        level: str | None = None,
        ministry: str | None = None,
        edition: str | None = None,
        year: AskedYear = None,
        since: str | int | None = None,
        limit: int | None = None,
        length: int | None = None,
        share: bool = False,
    ) -> TraceAnswer:
        """Trace a thing up or down, or the chains between two; the filters are those of :func:`konkyo.questions.trace.trace`.

        ``limit`` is how many things are loaded for each place, or how many chains (all, or 100 chains); ``length`` how many
        steps a chain may have. Nothing is told that is of a year before ``since``. Raises KonkyoError where a name or a filter fits nothing, or several things.
        """
        from konkyo.graph.lookup.things import find
        from konkyo.graph.network import LENGTH
        from konkyo.questions.trace import between, trace

        year = period(year, since)
        found = find(self.store, thing, year=year_of(year))
        if other is None:
            answer = trace(
                self.store,
                found,
                level=level,
                ministry=ministry,
                edition=edition,
                year=year,
                limit=limit,
                share=share,
            )
            return TraceAnswer(answer, self.lang)
        if ministry or edition or share:
            raise KonkyoError(Advice(Code.FILTERS_OF_CHAINS))
        end = find(self.store, other, year=year_of(year))
        chains = between(
            self.store,
            found,
            end,
            level=level,
            limit=limit or 100,
            length=length or LENGTH,
            year=year,
        )
        return TraceAnswer(chains, self.lang)

    def search(
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
        year: AskedYear = None,
        since: str | int | None = None,
    ) -> SearchAnswer:
        """Search names, numbers, citations as written and descriptions; of several words, what has all of them.

        ``limit`` 0 gives all. ``kinds`` are names of :data:`konkyo.graph.search.kinds.NAMES`. Raises KonkyoError.
        """
        from konkyo.graph.search import search, search_all

        asked = period(year, since)
        if limit == 0 and offset == 0:
            return SearchAnswer(search_all(self.store, text, kinds=kinds, year=asked), self.lang)
        found = search(self.store, text, kinds=kinds, limit=limit, offset=offset, year=asked)
        return SearchAnswer(found, self.lang)

    def gaps(
        self,
        *,
        ministry: str | None = None,
        year: str | int | None = None,
        since: str | int | None = None,
        kinds: Sequence[str] = (),
    ) -> GapsAnswer:
        """Find what is missing in one year's documents (by default the latest), of a ministry or of all.

        ``kinds`` are names of :data:`konkyo.questions.gaps.NAMES`; what is of a fiscal year before ``since`` is left out. Raises KonkyoError for a ministry, year or kind not there.
        """
        from konkyo.questions.gaps import gaps

        found = gaps(self.store, ministry=ministry, year=year_of(year), since=year_of(since), kinds=kinds)
        return GapsAnswer(found, self.lang)

    def diff(
        self,
        before: str | int,
        after: str | int,
        *,
        ministry: str | None = None,
        measure: str | None = None,
        project: str | None = None,
        year: str | int | None = None,
        since: str | int | None = None,
        about: Sequence[str] = (),
    ) -> DiffAnswer:
        """Find what changed between two years of this graph (2023, "令和5年度"), or between two builds: store folders,
        servers' addresses or their settings files, in ``year`` or their latest common one.

        ``measure`` compares the bases of one measure and of the projects placed under it, ``project`` one project; ``about``
        are names of :data:`konkyo.questions.diff.ASPECTS` (default: all). Amounts and results of fiscal years before ``since`` are
        left out. Raises KonkyoError.
        """
        from konkyo.questions.diff import diff

        found = diff(
            self.store,
            str(before),
            str(after),
            ministry=ministry,
            measure=measure,
            project=project,
            year=year,
            since=since,
            about=about,
        )
        return DiffAnswer(found, self.lang)

    def network(
        self,
        thing: str | None = None,
        *,
        depth: int | None = None,
        between: tuple[str, str] | None = None,
        ministry: str | None = None,
        query: str | None = None,
        limit: int | None = None,
        nodes: set[str] | None = None,
        year: AskedYear = None,
        since: str | int | None = None,
    ) -> nx.MultiDiGraph[str]:
        """Return a part of the graph for networkx, with everything that a view shows as attributes.

        By default all of it; else around a ``thing`` (its grounds and what rests on it, ``depth`` steps),
        ``between`` two things, of a ``ministry``, or the triples of a CONSTRUCT ``query`` (SPARQL, a file or a
        stored query's name). Past ``limit`` nodes (default 300, 0: no limit) only the most relevant ones are
        kept and ``graph.graph["note"]`` says so (``["notes"]`` as data); around a thing ``graph.graph["counted"]`` is the part of it that says how
        many there are. ``nodes`` keeps exactly these IRIs around a thing. It is what documents of ``year`` state, by default the
        latest review; ``graph.graph["of"]`` says so, and which other years there are; nothing in it is of a year before ``since``.
        Raises KonkyoError where a name fits nothing, or several things, or the options exclude each other.
        """
        from konkyo.graph.lookup.things import find
        from konkyo.questions.subgraph import select
        from konkyo.questions.subgraph.attributes import to_networkx
        from konkyo.questions.trace import is_ministry

        year = period(year, since)
        limit = select.LIMIT if limit is None else limit
        select.checked(depth, limit)
        if sum(option is not None for option in (thing, between, ministry, query)) > 1:
            raise KonkyoError(Advice(Code.ONE_SUBJECT))
        if depth is not None and thing is None:
            raise KonkyoError(Advice(Code.DEPTH_WITHOUT_THING))
        if query is not None:
            from konkyo.graph.stored_queries import find as find_query

            if year is not None:
                raise KonkyoError(Advice(Code.YEAR_WITH_QUERY))
            stored = find_query(query)
            return select.of_query(self.store, stored.text, title=stored.title, limit=limit)
        if between is not None:
            ends = [find(self.store, name, year=year_of(year)) for name in between]
            chosen = select.between(self.store, *ends, limit=limit, year=year)
        elif ministry is not None:
            chosen = select.of_ministry(self.store, ministry, limit=limit, year=year)
        elif thing is not None:
            focus = find(self.store, thing, year=year_of(year))
            if is_ministry(self.store, focus):  # nothing leads to it or from it: what is its own is around it
                chosen = select.of_ministry(self.store, focus.iri, limit=limit, year=year)
            else:
                chosen = select.around(
                    self.store, focus, depth=depth, limit=limit, wanted=nodes or (), year=year
                )
        else:
            chosen = select.everything(self.store, limit=limit, year=year)
        graph = to_networkx(
            chosen.network,
            chosen.nodes,
            title=notes.of_year(chosen.title, chosen.of),
            focus=chosen.focus,
            notes=[*chosen.notes, *notes.other_years(chosen.of)],
            ends=chosen.ends,
            folded=chosen.folded,
        )
        graph.graph["counted"] = chosen.counted._asdict() if chosen.counted else None
        if chosen.of:
            graph.graph["of"] = chosen.of.to_json()
        return graph

    def view(
        self,
        thing: str | None = None,
        *,
        depth: int | None = None,
        between: tuple[str, str] | None = None,
        ministry: str | None = None,
        query: str | None = None,
        limit: int | None = None,
        year: AskedYear = None,
        since: str | int | None = None,
    ) -> View:
        """Return a network view of a part of the graph; the options are those of :meth:`network`."""
        graph = self.network(
            thing,
            depth=depth,
            between=between,
            ministry=ministry,
            query=query,
            limit=limit,
            year=year,
            since=since,
        )
        return View(graph, self.lang)

    def overview(self, year: AskedYear = None, *, since: str | int | None = None) -> OverviewPage:
        """Return which projects of which ministries name which plans, and with what money, as a picture that opens.

        It is of all reviews of this graph from ``since`` on, or of ``year``. Raises KonkyoError for a year of which there is nothing.
        """
        from konkyo.present.overview import OverviewPage
        from konkyo.questions.overview_kept import told_overview

        return OverviewPage(told_overview(self.store, period(year, since)), self.lang)

    def report(
        self,
        thing: str | None = None,
        *,
        ministry: str | None = None,
        year: AskedYear = None,
        since: str | int | None = None,
    ) -> ReportPage:
        """Return the report of a thing, of a ministry, or by default of the whole government.

        It is what documents of ``year`` state, by default the latest review, and of no year before ``since``. Raises KonkyoError.
        """
        from konkyo.present.report import make

        return ReportPage(make(self.store, thing, of_ministry=ministry, year=period(year, since)), self.lang)

    def check(self) -> list[Any]:
        """Validate the graph against the shapes; return the violations (an empty list is good)."""
        from konkyo.questions.check import check_store

        return list(check_store(self.store))


def _iris_of(things: dict[str, Thing]) -> dict[str, str]:
    return {name: thing.iri for name, thing in things.items()}


def open_graph(store: str | Path | None = None, *, lang: Language | None = None) -> KnowledgeGraph:
    """Open a graph: a store folder or a SPARQL server's address, by default ``KONKYO_STORE`` or ``.konkyo``.

    Where the default is not there, the graph that the package carries is opened, and a note on stderr says so.
    Raises KonkyoError where a store is named that does not exist.
    """
    import os

    from konkyo.store import connect
    from konkyo.store.generations import exists

    named = store or os.environ.get("KONKYO_STORE")
    folder = Path(named or DEFAULT_STORE)
    if named is None and not exists(folder):
        from konkyo.present.text.advice import worded

        note = worded(Advice(Code.CARRIED_GRAPH, {"folder": str(folder)}))
        print(note.of(lang or default_language()), file=sys.stderr)
        return KnowledgeGraph(carried_store(), lang)
    return KnowledgeGraph(connect(named or folder, lang), lang)


__all__ = ["KnowledgeGraph", "KonkyoError", "open_graph"]
