"""Claims: who rests on what, at which level, by what rule or on whose reading, with the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from konkyo.common.words import Words
from konkyo.graph.links import BasisLink, merge_key
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.network import Network
from konkyo.graph.reader import NAMES, OF_PLACES, EvidenceText
from konkyo.model.levels import LEVELS, weakest
from konkyo.model.namespaces import C


@dataclass(frozen=True, slots=True)
class Claim:
    """That a thing rests on something: ``place`` is what it rests on, outermost first; ``owner`` is who rests on it.

    ``level`` is that of the link: ``rule`` stands for derived ones, ``reason`` and ``author`` for interpreted ones; an
    uptake's ``reason`` is the manner in which the advice was used. Where the source cites a document in its own
    spelling, ``spellings`` holds the words, ``denotes`` why they were taken for that document, and ``how`` at
    which level (``how_label`` in words). ``articles`` are those of a law that the source cites, as it writes them. ``stated_as`` is what the source calls it (関係する計画・通知等): no reader may say more.
    Links that differ only in spelling are one claim, with the evidence of all.
    """

    links: tuple[str, ...]
    level: str
    level_label: Words
    place: tuple[Thing, ...]
    owner: Thing
    rule: Words | None
    reason: Words | None
    author: Words | None
    spellings: tuple[str, ...]
    how: str | None
    how_label: Words | None
    denotes: tuple[Words, ...]
    evidence: tuple[EvidenceText, ...]
    stated_as: Words | None = None
    articles: tuple[str, ...] = ()

    @property
    def articles_label(self) -> Words:
        """Return the articles side by side; nothing where none are cited."""
        return Words("、".join(self.articles), ", ".join(self.articles))

    @property
    def chain_level(self) -> str:
        """Return the level of the whole chain: that of its least certain step."""
        return weakest(self.level, self.how)


# What a link names beside its basis.
_ARTICLES = ("kk:article", "kk:paragraph", "kk:item")
_CODES = ("kk:rule", "prov:wasAttributedTo", "kk:uptakeManner", "kk:statedAs")


class Claims:
    """Turns basis links into claims, loading what they need in one go."""

    def __init__(self, network: Network, found: Iterable[BasisLink]) -> None:
        self.network = network
        found = list(found)
        reader = network.reader
        # A rejected link is not followed, though it is shown: what it names must be placed in its document too.
        network.grow({basis_link.ground for basis_link in found}, "up")
        links = [basis_link.link for basis_link in found]
        # A link says again what the basis link knows, and more that nobody is shown.
        reader.load_only(links, (*_CODES, "dcterms:description", *OF_PLACES))
        laws = [basis_link.link for basis_link in found if basis_link.relation == "legalBasis"]
        reader.load_only(laws, _ARTICLES)
        reader.load_only(
            (basis_link.denotation for basis_link in found if basis_link.denotation), ("dcterms:description",)
        )
        reader.load_only((basis_link.citation for basis_link in found if basis_link.citation), NAMES)
        reader.load(
            C + level for basis_link in found for level in (basis_link.level, basis_link.how) if level
        )
        reader.load(value for link in links for name in _CODES for value in reader.objects(link, name))
        reader.load_evidence(links)
        # Hundreds of basis links name a few places.
        self._places: dict[tuple[str, str], list[str]] = {}
        places = {node for basis_link in found for node in self._place(basis_link)}
        self.things = {
            thing.iri: thing
            for thing in describe(reader, sorted(places | {basis_link.owner for basis_link in found}))
        }
        groups: dict[tuple[str, ...], list[BasisLink]] = {}
        for basis_link in found:
            groups.setdefault(merge_key(basis_link), []).append(basis_link)
        self.claims = sorted((self._claim(group) for group in groups.values()), key=rank)

    def _place(self, basis_link: BasisLink) -> list[str]:
        """Return the nodes from the strategy or panel down to what the claim rests on."""
        key = basis_link.ground, basis_link.relation
        if key not in self._places:
            self._places[key] = self._placed(basis_link)
        return self._places[key]

    def _placed(self, basis_link: BasisLink) -> list[str]:
        path = self.network.place_of(basis_link.ground)
        if basis_link.relation == "takenUp":
            makers = [
                e.source for e in self.network.edges(basis_link.ground, "up") if e.relation == "produced"
            ]
            return [*makers[:1], *path]
        return path

    def _claim(self, group: list[BasisLink]) -> Claim:
        reader, first = self.network.reader, group[0]
        link = first.link
        rule, author = reader.one(link, "kk:rule"), reader.one(link, "prov:wasAttributedTo")
        manner = reader.one(link, "kk:uptakeManner")
        called = dict.fromkeys(code for r in group if (code := reader.one(r.link, "kk:statedAs")))
        evidence = {item.iri: item for basis_link in group for item in reader.evidence(basis_link.link)}
        reasons = [reader.literals(r.denotation, "dcterms:description") for r in group if r.denotation]
        return Claim(
            links=tuple(dict.fromkeys(basis_link.link for basis_link in group)),
            level=first.level,
            level_label=reader.label(C + first.level),
            place=tuple(self.things[node] for node in self._place(first)),
            owner=self.things[first.owner],
            rule=reader.label(rule) if rule else None,
            reason=reader.literals(link, "dcterms:description") or (reader.label(manner) if manner else None),
            author=reader.label(author) if author else None,
            spellings=tuple(dict.fromkeys(reader.label(r.citation).ja for r in group if r.citation)),
            how=first.how,
            how_label=reader.label(C + first.how) if first.how else None,
            denotes=tuple(dict.fromkeys(reason for reason in reasons if reason)),
            evidence=tuple(evidence.values()),
            stated_as=_joined([reader.label(code) for code in called]) if called else None,
            articles=tuple(dict.fromkeys(found for r in group if (found := self._articles(r)))),
        )

    def _articles(self, basis_link: BasisLink) -> str:
        """Return article, paragraph and item that a source cites of a law, by their cells or behind its name."""
        if basis_link.relation != "legalBasis":
            return ""
        reader, link = self.network.reader, basis_link.link
        article, paragraph, item = (
            (reader.literals(link, name) or Words("", "")).ja.strip() for name in _ARTICLES
        )
        if article or item:
            return article + _counted(paragraph, "項") + _counted(item, "号")
        # 総務省設置法第４条第１項第19号 in the cell of the name: the law's label is its name alone.
        stated, law = reader.literals(link, "kk:statedText"), self.things[basis_link.ground].label.ja
        for name in (law, reader.label(basis_link.citation).ja if basis_link.citation else ""):
            if stated and name and stated.ja.startswith(name) and _ARTICLE.search(stated.ja, len(name)):
                rest = stated.ja.removeprefix(name).strip()
                return rest[1:-1] if _IN_BRACKETS.fullmatch(rest) else rest
        return ""


_NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百]+")
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_ARTICLE = re.compile(r"(?:第?[0-9０-９一二三四五六七八九十百]+ ?[条章項]|附則|別表)")


def _counted(cell: str, unit: str) -> str:
    """Return a number of a column with what it counts: 2 under 項 is 第2項. What says more stays as it is written."""
    return f"第{cell}{unit}" if _NUMERAL.fullmatch(cell) else cell


def _joined(words: list[Words]) -> Words:
    return Words("・".join(w.ja for w in words), " or ".join(w.en for w in words))


# An edition is more exact than the strategy, a citation that could not be resolved is the least.
_EXACTNESS = {"Strategy": 1, "Citation": 2}


def rank(claim: Claim) -> tuple[int, int, int, int, list[str], str]:
    """Return what claims are sorted by, best first.

    Stated before derived before interpreted (the link, and then what its words were taken for), an exact edition or
    section before a strategy, shorter places before longer ones; then in the order of the documents.
    """
    ground = claim.place[-1]
    return (
        LEVELS.index(claim.level),
        _EXACTNESS.get(ground.kind, 0),
        LEVELS.index(claim.how) if claim.how else 0,
        len(claim.place),
        [thing.iri for thing in claim.place],
        claim.owner.iri,
    )
