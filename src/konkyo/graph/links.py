"""What rests on a document, as plain rows: every link to it, and every citation that denotes it.

A strategy may have hundreds of projects behind it. The rows are enough to count, to filter and to rank them;
only what is shown is then loaded with its labels and its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.graph.reader import Reader
from konkyo.graph.sparql import select_each
from konkyo.model.kinds import DOCUMENTS
from konkyo.model.levels import weakest
from konkyo.model.namespaces import KK

if TYPE_CHECKING:
    from konkyo.graph.years import YearScope
    from konkyo.store import Store

# How a link hangs on its owner, and what the step is called in the network.
_PROPERTIES = {"hasJustification": "justifies", "hasUptake": "takenUp", "hasLink": "legalBasis"}
# What a document consists of, and who produced it.
_PARTS = ("dcterms:isPartOf", "dcterms:creator")


@dataclass(frozen=True, slots=True)
class BasisLink:
    """One way in which ``owner`` rests on ``ground``: a link at its level; by a ``citation`` where it has one.

    ``level`` and ``how`` (the level of the denotation) are codes: stated, derived, interpreted, rejected.
    """

    ground: str
    owner: str
    link: str
    relation: str
    level: str
    citation: str | None = None
    denotation: str | None = None
    how: str | None = None


def merge_key(basis_link: BasisLink) -> tuple[str, ...]:
    """Return the merge key: links that differ only in how a citation is spelled are one claim."""
    spelled = basis_link.level == "stated" and basis_link.citation
    return (
        basis_link.ground,
        basis_link.owner,
        basis_link.relation,
        basis_link.level,
        basis_link.how or "",
        *(() if spelled else (basis_link.link,)),
    )


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """Which basis links count. ``level`` is that of the whole chain, so ``stated`` follows no denotation.

    ``ministry`` is the IRI of an organization; ``scope`` says what documents of which year state (None: of all years).
    """

    level: str | None = None
    ministry: str | None = None
    scope: YearScope | None = None

    def allows(self, level: str | None, how: str | None = None) -> bool:
        """Return whether a chain of these levels is kept."""
        if "rejected" in (level, how):
            return how != "rejected" and self.level is None
        return self.level is None or weakest(level, how) == self.level


def parts(reader: Reader, start: str) -> list[str]:
    """Return a document and all its parts (editions, sections; a panel's reports), each after what it is part of."""
    children: dict[str, list[str]] = {}
    frontier = [start]
    while frontier:
        reader.load(frontier)
        reader.load_incoming(frontier, _PARTS)
        found = {
            node: [
                *reader.objects(node, "dcat:hasVersion"),
                *(item for name in _PARTS for item in reader.subjects(node, name)),
            ]
            for node in frontier
        }
        reader.load(item for items in found.values() for item in items)
        for node, items in found.items():
            children[node] = [item for item in items if reader.kind(item) in DOCUMENTS]
        frontier = [item for node in frontier for item in children[node] if item not in children]
    ordered: dict[str, None] = {}
    stack = [start]
    while stack:
        node = stack.pop()
        if node not in ordered:
            ordered[node] = None
            stack += reversed(children[node])
    return list(ordered)


def basis_links(
    store: Store, grounds: Iterable[str], link_filter: LinkFilter | None = None
) -> list[BasisLink]:
    """Return what rests on these grounds, each by itself, in a fixed order. Whose denotation is rejected does not."""
    link_filter = link_filter or LinkFilter()
    found = [
        basis_link
        for basis_link in _rows(store, list(grounds), link_filter)
        if link_filter.allows(basis_link.level, basis_link.how)
    ]
    if link_filter.ministry:
        theirs = {
            owner
            for owner, ministry in ministries(store, {r.owner for r in found})
            if ministry == link_filter.ministry
        }
        found = [basis_link for basis_link in found if basis_link.owner in theirs]
    return sorted(set(found), key=lambda r: (r.ground, r.owner, r.link, r.denotation or ""))


def _rows(store: Store, grounds: Sequence[str], link_filter: LinkFilter) -> Iterator[BasisLink]:
    for ground, owner, link, relation, level in _links(store, grounds, link_filter.scope):
        yield BasisLink(ground, owner, link, relation, level)
    if link_filter.level == "stated":
        return
    # The citations first: hundreds stand for thousands of links, which name nothing then but themselves and their owner.
    meant: dict[str, list[tuple[str, str, str]]] = {}
    pattern = "?denotation kk:denotes ?s ; kk:claimLevel ?how . ?citation kk:hasDenotation ?denotation"
    for ground, row in select_each(store, grounds, "?citation ?denotation ?how", pattern):
        meaning = (ground, row["denotation"].value, _code(row["how"]))
        meant.setdefault(row["citation"].value, []).append(meaning)
    for citation, owner, link, relation, level in _links(store, sorted(meant), link_filter.scope):
        for ground, denotation, how in meant[citation]:
            yield BasisLink(ground, owner, link, relation, level, citation, denotation, how)


def _links(
    store: Store, bases: Sequence[str], scope: YearScope | None
) -> list[tuple[str, str, str, str, str]]:
    """Return basis, owner, link, relation and level of each link to one of these bases that is of the scope."""
    found = []
    names = ", ".join(f"kk:{name}" for name in _PROPERTIES)
    pattern = f"?link kk:basis ?s ; kk:claimLevel ?level . ?owner ?p ?link FILTER(?p IN ({names}))"
    for base, row in select_each(store, bases, "?owner ?link ?p ?level", pattern):
        relation = _PROPERTIES[row["p"].value.removeprefix(KK)]
        found.append((base, row["owner"].value, row["link"].value, relation, _code(row["level"])))
    if scope is None or scope.iri is None:
        return found
    # Asked of the links found: beside the rest of the query, an engine may begin with all that there is of the year.
    kept = scope.links(link for _, _, link, _, _ in found)
    absent = scope.absent(owner for _, owner, _, _, _ in found)
    return [item for item in found if item[2] in kept and item[1] not in absent]


def ministries(store: Store, owners: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each owner with its ministry or ministries; those without one are left out."""
    for owner, row in select_each(store, sorted(owners), "?ministry", "?s kk:ministry ?ministry"):
        yield owner, row["ministry"].value


def of_kind(store: Store, owners: Iterable[str], kind: str) -> set[str]:
    """Return those owners that are of a class (local name)."""
    return {owner for owner, _ in select_each(store, sorted(owners), "", f"?s a kk:{kind}")}


def _code(term: ox.NamedNode) -> str:
    return term.value.rsplit("/", 1)[-1]
