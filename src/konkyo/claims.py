"""Claims: who rests on what, at which level, by what rule or on whose reading, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from konkyo.network import Edge, Network
from konkyo.reader import EvidenceText
from konkyo.things import Thing, describe
from konkyo.words import Words

LEVELS = ("stated", "derived", "interpreted", "rejected")


@dataclass(frozen=True, slots=True)
class Claim:
    """One link: what it rests on (``place``, outermost first), who rests on it, at which level, and why.

    ``rule`` stands for derived ones, ``reason`` and ``author`` for interpreted ones; an uptake's
    ``reason`` is the manner in which the advice was used. Where the basis is a citation as written, ``denotes``
    says by what it was taken for the document above it in ``place``.
    """

    link: str
    level: str
    level_label: Words
    place: tuple[Thing, ...]
    owner: Thing
    rule: Words | None
    reason: Words | None
    author: Words | None
    denotes: Words | None
    evidence: tuple[EvidenceText, ...]


class Claims:
    """Turns link edges into claims, loading what they need in one go."""

    def __init__(self, network: Network, edges: Iterable[Edge]) -> None:
        self.network = network
        self.edges = [edge for edge in edges if edge.link]
        reader = network.reader
        links = [edge.link for edge in self.edges if edge.link]
        reader.load(links)
        names = ("kk:rule", "prov:wasAttributedTo", "kk:claimLevel", "kk:uptakeManner")
        reader.load(value for link in links for name in names for value in reader.objects(link, name))
        reader.load_evidence(links)
        reader.load(e.link for edge in self.edges for e in self.meanings(edge.source) if e.link)
        places = {
            node for edge in self.edges for meaning in self._meant(edge) for node in self.place(edge, meaning)
        }
        self.things = {
            thing.iri: thing
            for thing in describe(reader, sorted(places | {edge.target for edge in self.edges}))
        }

    def meanings(self, basis: str) -> list[Edge]:
        """Return what a citation is taken to denote, one edge for each document; none for what is no citation."""
        return [
            e for e in self.network.edges(basis, "up") if e.relation == "denotes" and e.level != "rejected"
        ]

    def _meant(self, edge: Edge) -> list[Edge | None]:
        return [*self.meanings(edge.source)] or [None]

    def place(self, edge: Edge, meaning: Edge | None = None) -> list[str]:
        """Return the nodes from the strategy or panel down to the basis of a link."""
        if meaning:
            return [*self.network.place_of(meaning.source), edge.source]
        path = self.network.place_of(edge.source)
        if edge.relation == "takenUp":
            makers = [e.source for e in self.network.edges(edge.source, "up") if e.relation == "produced"]
            return [*makers[:1], *path]
        return path

    def claims(self, edge: Edge) -> list[Claim]:
        """Return the claims of a link: one, or one for each document that a cited string names."""
        return [self.claim(edge, meaning) for meaning in self._meant(edge)]

    def claim(self, edge: Edge, meaning: Edge | None = None) -> Claim:
        """Return one claim."""
        reader, link = self.network.reader, edge.link or ""
        rule, author = reader.one(link, "kk:rule"), reader.one(link, "prov:wasAttributedTo")
        manner, level = reader.one(link, "kk:uptakeManner"), reader.one(link, "kk:claimLevel")
        return Claim(
            link=link,
            level=edge.level or "",
            level_label=reader.label(level) if level else Words("", ""),
            place=tuple(self.things[node] for node in self.place(edge, meaning)),
            owner=self.things[edge.target],
            rule=reader.label(rule) if rule else None,
            reason=reader.literals(link, "dcterms:description") or (reader.label(manner) if manner else None),
            author=reader.label(author) if author else None,
            denotes=reader.literals(meaning.link, "dcterms:description")
            if meaning and meaning.link
            else None,
            evidence=tuple(reader.evidence(link)),
        )


def rank(claim: Claim) -> tuple[int, list[str], str]:
    """Return what claims are sorted by: level, then place, then owner."""
    # Best first: what is stated before what is derived before what is interpreted; then in the document's order.
    return LEVELS.index(claim.level), [thing.iri for thing in claim.place], claim.owner.iri


def jsonable(value: Any) -> Any:
    """Return dataclasses made dictionaries as values of JSON; texts become objects with ``ja`` and ``en``."""
    if isinstance(value, Words):
        return value._asdict()
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value
