"""Short lists that several pages need."""

from __future__ import annotations

from collections import Counter

from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.years import YearScope
from konkyo.store import Store


def ministries(store: Store, scope: YearScope | None = None) -> list[tuple[str, Words, int]]:
    """Return the ministries with the number of their policies, measures and projects, the most first; of one year those that
    documents of it show.
    """
    if scope is not None and scope.iri:
        rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?s ?o WHERE {{ ?s kk:ministry ?o }}")
        pairs = {(row["s"].value, row["o"].value) for row in rows}
        absent = scope.absent(thing for thing, _ in pairs)
        counts: dict[str, int] = {ministry: 0 for _, ministry in pairs}
        counts.update(Counter(ministry for thing, ministry in pairs if thing not in absent))
    else:
        rows = store.select(
            f"{PROLOGUE}SELECT ?o (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s kk:ministry ?o }} GROUP BY ?o"
        )
        counts = {row["o"].value: int(row["n"].value) for row in rows if row["o"] is not None}
    labels = Reader(store).labels(counts)
    return sorted(
        ((iri, labels.get(iri, Words(iri, iri)), count) for iri, count in counts.items()),
        key=lambda found: (-found[2], found[0]),
    )


def resting(store: Store, scope: YearScope | None = None) -> dict[str, int]:
    """Return for each strategy how many things rest on it, on an edition, or on a section of one."""
    found: dict[str, set[str]] = {
        row["s"].value: set() for row in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ ?s a kk:Strategy }}")
    }
    if scope is not None and scope.iri:
        rows = store.select(
            f"{PROLOGUE}SELECT ?s ?owner ?link ?review WHERE {{ ?link kk:basisStrategy ?s . ?owner kk:hasJustification ?link . "
            "OPTIONAL { ?link kk:reviewYear ?review } }"
        )
        told = [(r["s"].value, r["owner"].value, r["link"].value, r["review"]) for r in rows]
        # Few links are of no review, and only of these is the year of a sheet asked.
        kept = scope.links(link for _, _, link, review in told if review is None)
        for strategy, owner, link, review in told:
            if link in kept or (review is not None and review.value == scope.iri):
                found.setdefault(strategy, set()).add(owner)
        return {iri: len(owners) for iri, owners in found.items()}
    for way in (
        "?owner kk:justifiedBy ?s . ?s a kk:Strategy",
        "?s dcat:hasVersion ?edition . ?owner kk:justifiedBy ?edition",
        "?section a kk:Section ; dcterms:isPartOf+ ?edition . ?s dcat:hasVersion ?edition . ?owner kk:justifiedBy ?section",
    ):
        for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?s ?owner WHERE {{ {way} }}"):
            found.setdefault(row["s"].value, set()).add(row["owner"].value)
    return {iri: len(owners) for iri, owners in found.items()}
