"""The part of the graph that is asked in the browser: what as many of the stored queries need as there is room for.

Which triples a query needs is told by its fetch plan (:mod:`konkyo.store.remote.fetch_plan`): its answer on these, or on more
of the same graph, is that on the whole. Here each of its patterns is taken with the one that narrows it down most, which gives
a little more and costs little. So a query is offered where all that it needs is in the part, and no other is. Beside that, the
part has the smaller predicates and classes whole, for questions of one's own.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.stored_queries import StoredQuery, names, stored
from konkyo.model.namespaces import expand
from konkyo.store.remote.fetch_plan import fetch_plan_of

if TYPE_CHECKING:
    from konkyo.store import Store
    from konkyo.store.remote.patterns import Block, Closure, FetchPlan, Pattern

MOST_BYTES = 15_000_000
"""How much the part may take, compressed."""
# More triples than that a browser does not load in a second or two.
_MOST_OF_A_QUERY = 250_000
_MOST_OF_A_SOURCE = 100_000
_MOST_OF_A_WHOLE = 9_000
_TYPE = expand("rdf:type")
# By these a thing is called in a table, a citation by its words.
LABELS = tuple(map(expand, ("skos:prefLabel", "rdfs:label", "dcterms:title", "kk:statedText")))
_CITED = f"?s <{_TYPE}> <{expand('kk:Citation')}> . ?s <{LABELS[-1]}> ?o"


@dataclass(frozen=True, slots=True)
class Module:
    """A piece of the part: the triples of a predicate, or the instances of a class; ``content`` is N-Triples, compressed.

    ``whole``: the part has all of them that the graph has.
    """

    iri: str
    is_class: bool
    count: int
    whole: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class BrowserGraph:
    """The modules, the queries that they answer with the modules of each (places in ``modules``), and all others.

    ``missing`` are the predicates and classes of the graph of which the part has not all.
    """

    modules: tuple[Module, ...]
    answered: tuple[tuple[StoredQuery, tuple[int, ...]], ...]
    others: tuple[StoredQuery, ...]
    missing: tuple[str, ...]


def browser_graph(store: Store, most_bytes: int = MOST_BYTES) -> BrowserGraph:
    """Return the part of a graph: of all stored queries, those that need most are left out until it is small enough."""
    gathered = _Gathered(store)
    queries = {name: stored(name) for name in names()}
    needs = {
        name: sources
        for name, query in queries.items()
        if (sources := gathered.needs_of(query.text)) is not None
    }
    small = gathered.small()
    modules = gathered.modules([small, *needs.values()])
    while needs and sum(len(module.content) for module in modules.values()) > most_bytes:
        del needs[gathered.dearest(needs, small)]
        modules = gathered.modules([small, *needs.values()])
    place_of = {key: place for place, key in enumerate(modules)}
    answered = tuple(
        (queries[name], tuple(sorted({place_of[one.key] for one in own if one.key in place_of})))
        for name, own in needs.items()
    )
    whole = {key for key, module in modules.items() if module.whole}
    missing = sorted({iri for iri, _ in gathered.counts.keys() - whole if iri != _TYPE})
    others = tuple(query for name, query in queries.items() if name not in needs)
    return BrowserGraph(tuple(modules.values()), answered, others, tuple(missing))


# A predicate, or a class for what says that something is of it; and whether it is a class.
_Key = tuple[str, bool]


@dataclass(frozen=True, order=True, slots=True)
class _Source:
    """Triples of one key: those that a query (the body of a WHERE) finds."""

    key: _Key
    where: str


class _Gathered:
    """What queries need of a graph: the triples of each source, read once; and how many of each key the whole graph has."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.counts: dict[_Key, int] = {}
        self.lines: dict[_Source, frozenset[str] | None] = {}
        self.lengths: dict[_Source, int] = {}
        self.made: dict[frozenset[_Source], Module] = {}
        for pattern, is_class in (("?s ?k ?o", False), ("?s a ?k", True)):
            text = f"{PROLOGUE}SELECT ?k (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?k"
            for row in store.select(text):
                if isinstance(row["k"], ox.NamedNode):
                    self.counts[row["k"].value, is_class] = int(row["n"].value)

    def small(self) -> set[_Source]:
        """Return each smaller predicate and class, and the names of things."""
        return {_Source((LABELS[-1], False), _CITED)} | {
            _whole(key)
            for key, count in self.counts.items()
            if key[0] != _TYPE and count <= (_MOST_OF_A_SOURCE if key[0] in LABELS[:-1] else _MOST_OF_A_WHOLE)
        }

    def needs_of(self, text: str) -> set[_Source] | None:
        """Return what a query needs; None where that cannot be said, or where it is too much."""
        plan = _plan(text)
        if plan is None:
            return None
        found: set[_Source] = set()
        for (block, _), own in plan.joins.items():
            for pattern in own:
                if (key := _key(pattern)) is None:
                    return None
                found.add(self._narrowed(pattern, key, block))
        for closure in plan.closures:
            found.update(self._walked(closure))
        if self.size_of(found) > _MOST_OF_A_QUERY:
            return None
        return found

    def _narrowed(self, pattern: Pattern, key: _Key, block: Block) -> _Source:
        """Return the triples of a pattern with the one beside it that narrows it down most; all, if they are few."""
        if self.counts.get(key, 0) <= _MOST_OF_A_WHOLE:
            return _whole(key)
        ends = {term for term in (pattern[0], pattern[2]) if term[0] == "?"}
        beside = [
            (self.counts.get(other_key, 0), _beside(pattern, other))
            for other in block.patterns - {pattern}
            if ends.intersection((other[0], other[2])) and (other_key := _key(other))
        ]
        count, where = min(beside, default=(self.counts[key], ""))
        return _Source(key, where) if count < self.counts[key] else _whole(key)

    def _walked(self, closure: Closure) -> set[_Source]:
        """Return what a path of any length walks over: from where it can start, or all of it."""
        start, predicates = closure.start, closure.predicates
        at_start = [
            (self.counts.get(key, 0), _renamed(pattern, {start: "?b"}))
            for pattern in closure.block.patterns
            if start in (pattern[0], pattern[2]) and (key := _key(pattern))
        ]
        if start[0] != "?" or not at_start or not closure.simple or len(predicates) > 1:
            return {_whole((predicate[1:-1], False)) for predicate in predicates}
        (step,) = predicates
        where = f"{{ SELECT DISTINCT ?b WHERE {{ {min(at_start)[1]} }} }} ?b {step}* ?s . ?s {step} ?o"
        return {_Source((step[1:-1], False), where)}

    def size_of(self, sources: Iterable[_Source]) -> int:
        """Return how many triples some sources have together; more than any query may need where one has too many."""
        found: dict[_Key, set[str]] = {}
        for source in sorted(sources):
            lines = self._read(source)
            if lines is None:
                return _MOST_OF_A_QUERY + 1
            found.setdefault(source.key, set()).update(lines)
        return sum(map(len, found.values()))

    def dearest(self, needs: Mapping[str, set[_Source]], small: set[_Source]) -> str:
        """Return the query that needs most which nothing else does."""
        used = Counter(source for some in (small, *needs.values()) for source in some)
        own = {
            name: sum(self._length(source) for source in some if used[source] == 1)
            for name, some in needs.items()
        }
        return max(own, key=lambda name: (own[name], name))

    def _length(self, source: _Source) -> int:
        if source not in self.lengths:
            self.lengths[source] = sum(map(len, self._read(source) or ()))
        return self.lengths[source]

    def _read(self, source: _Source) -> frozenset[str] | None:
        """Return the triples of a source as N-Triples; None where they are too many."""
        if source not in self.lines:
            iri, is_class = source.key
            pattern = f"?s <{_TYPE}> <{iri}>" if is_class else f"?s <{iri}> ?o"
            found: set[str] = set()
            for triple in self.store.construct(f"CONSTRUCT {{ {pattern} }} WHERE {{ {source.where} }}"):
                found.add(f"{triple} .\n")
                if len(found) > _MOST_OF_A_SOURCE:
                    break
            self.lines[source] = frozenset(found) if len(found) <= _MOST_OF_A_SOURCE else None
        return self.lines[source]

    def modules(self, wanted: Iterable[Iterable[_Source]]) -> dict[_Key, Module]:
        """Return the modules of what is wanted, sorted."""
        sources: dict[_Key, set[_Source]] = {}
        for some in wanted:
            for source in some:
                sources.setdefault(source.key, set()).add(source)
        made = {key: self._module(key, frozenset(some)) for key, some in sorted(sources.items())}
        return {key: module for key, module in made.items() if module.count}

    def _module(self, key: _Key, sources: frozenset[_Source]) -> Module:
        if (known := self.made.get(sources)) is None:
            lines = set().union(*(self._read(source) or () for source in sources))
            content = gzip.compress("".join(sorted(lines)).encode(), 6, mtime=0)
            known = self.made[sources] = Module(
                *key, len(lines), len(lines) == self.counts.get(key, 0), content
            )
        return known


@cache
def _plan(text: str) -> FetchPlan | None:
    # It takes some seconds to read all stored queries.
    return fetch_plan_of(text)


def _whole(key: _Key) -> _Source:
    return _Source(key, f"?s <{_TYPE}> <{key[0]}>" if key[1] else f"?s <{key[0]}> ?o")


def _key(pattern: Pattern) -> _Key | None:
    """Return what a pattern's triples are of; None where that is open: any predicate, any class."""
    _, predicate, value = pattern
    if predicate[0] == "?" or (predicate == f"<{_TYPE}>" and value[0] == "?"):
        return None
    return (value[1:-1], True) if predicate == f"<{_TYPE}>" else (predicate[1:-1], False)


def _beside(pattern: Pattern, other: Pattern) -> str:
    """Return two patterns as a join that finds at least what they find: variables by their places, values left open."""
    subject, predicate, value = pattern
    of_class = predicate == f"<{_TYPE}>"
    names = {subject: "?s"} if of_class else {value: "?o", subject: "?s"}
    return f"{_renamed(other, names)} . ?s {predicate} {value if of_class else '?o'}"


def _renamed(pattern: Pattern, names: Mapping[str, str]) -> str:
    """Return a pattern with terms renamed, and all others but a class left open."""
    subject, predicate, value = pattern
    kept = value if predicate == f"<{_TYPE}>" and value[0] != "?" else "?y"
    return f"{names.get(subject, '?x')} {predicate} {names.get(value, kept)}"
