"""Patterns of triples, joined and filled with values: what a query needs of a server."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

# A term as SPARQL writes it: ``?name``, ``<iri>`` or a literal.
Pattern = tuple[str, str, str]
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(frozen=True, slots=True)
class Values:
    """What variables may be: rows of terms, none of them missing."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        rows = " ".join(f"({' '.join(row)})" for row in self.rows)
        return f"VALUES ({' '.join(self.names)}) {{ {rows} }}"


@dataclass(frozen=True, slots=True)
class Block:
    """Patterns that all have to match, and what some of their variables may be."""

    patterns: frozenset[Pattern] = frozenset()
    values: frozenset[Values] = frozenset()

    def select(self, names: Iterable[str], *, distinct: bool = False) -> str:
        """Return the query that gives what these variables of the block may be. There must be at least one."""
        lines = [
            *sorted(map(str, self.values)),
            *(f"{' '.join(pattern)} ." for pattern in sorted(self.patterns)),
        ]
        return f"SELECT {'DISTINCT ' * distinct}{' '.join(names)} WHERE {{ {' '.join(lines)} }}"

    def __or__(self, other: Block) -> Block:
        return Block(self.patterns | other.patterns, self.values | other.values)

    @property
    def names(self) -> set[str]:
        """Return the variables of the patterns."""
        return {term for pattern in self.patterns for term in pattern if term[0] == "?"}

    def seen_from(self, names: Container[str], mark: int) -> Block:
        """Return the block with all variables but these made others, which ``mark`` tells from those of the same name."""

        def renamed(term: str) -> str:
            return term if term[0] != "?" or term in names else f"{term}_{mark}"

        return Block(
            frozenset((renamed(s), renamed(p), renamed(o)) for s, p, o in self.patterns),
            frozenset(Values(tuple(map(renamed, v.names)), v.rows) for v in self.values),
        )

    def connected(self, some: Iterable[Pattern]) -> Block:
        """Return some patterns and all that shared variables connect them with."""
        kept = frozenset(some)
        names = Block(kept).names
        while True:
            values = frozenset(v for v in self.values if names.intersection(v.names))
            more = {p for p in self.patterns - kept if names.intersection(p)}
            kept |= more
            grown = Block(kept).names.union(*(v.names for v in values))
            if not more and grown == names:
                return Block(kept, values)
            names = grown

    def selective_part(self, some: Iterable[Pattern]) -> Block:
        """Return some patterns and what narrows them down: the shortest way to each term and VALUES that they hang on.

        All else would only multiply the rows.
        """
        own = frozenset(some)
        given = {name for v in self.values for name in v.names}
        # A class narrows little down, and there is no way on from it.
        others = sorted(p for p in self.patterns - own if p[1] != _TYPE or _open(p[2]))
        ways: dict[str, tuple[Pattern, ...]] = dict.fromkeys(Block(own).names, ())
        frontier = set(ways)
        while frontier:
            found: dict[str, tuple[Pattern, ...]] = {}
            for name in sorted(frontier):
                for pattern in others:
                    if name in pattern:
                        for term in pattern:
                            if _open(term) and term not in ways:
                                found.setdefault(term, (*ways[name], pattern))
            ways |= found
            frontier = set(found)
        kept = set(own)
        for pattern in others:
            near = [ways[term] for term in pattern if term in ways]
            if near and _fixed(pattern, given):
                kept |= {pattern, *min(near, key=len)}
        names = Block(frozenset(kept)).names
        kept |= {p for p in self.patterns if p[1] == _TYPE and not _open(p[2]) and p[0] in names}
        return Block(frozenset(kept), frozenset(v for v in self.values if names.intersection(v.names)))


def _open(term: str) -> bool:
    return term[0] == "?"


def _fixed(pattern: Pattern, given: set[str]) -> bool:
    """Return whether a pattern says of itself what it is about: by a subject or object, or by a variable of VALUES."""
    subject, _, object_ = pattern
    return not (_open(subject) and _open(object_)) or not given.isdisjoint(pattern)


@dataclass(frozen=True, slots=True)
class Closure:
    """A path of any length from ``start`` to ``end``; ``block`` says what these may be.

    ``simple``: it is ``predicate|predicate …`` repeated, so that whoever follows these from the start finds all of it.
    """

    start: str
    predicates: tuple[str, ...]
    end: str
    simple: bool
    block: Block


@dataclass(slots=True)
class FetchPlan:
    """What a query needs: blocks of patterns that stand together, each with those whose triples are to be kept.

    A block is what is asked for; beside it stands all that it is connected with, which may tell what to begin with.
    """

    joins: dict[tuple[Block, Block], set[Pattern]] = field(default_factory=dict)
    closures: list[Closure] = field(default_factory=list)

    def want(self, own: Iterable[Pattern], context: Block) -> None:
        """Note that the triples of these patterns are needed, as far as they fit the context."""
        left = set(own)
        while left:
            part = {left.pop()}
            while more := {p for p in left if any(term[0] == "?" and term in q for q in part for term in p)}:
                part |= more
                left -= more
            whole = context | Block(frozenset(part))
            self.joins.setdefault((whole.selective_part(part), whole.connected(part)), set()).update(part)
