"""Short lists that several pages need."""

from __future__ import annotations

from collections import Counter

from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.years import YearScope
from konkyo.model.namespaces import KK
from konkyo.store import Store

_KINDS = {
    "Project": (Words("予算事業{:,}件", "{:,} budget projects"), Words("", "1 budget project")),
    "Policy": (Words("政策{:,}件", "{:,} policies"), Words("", "1 policy")),
    "Measure": (Words("施策{:,}件", "{:,} measures"), Words("", "1 measure")),
}


def ministry_counts(store: Store, scope: YearScope | None = None) -> dict[str, Counter[str]]:
    """Return how many projects, policies and measures each ministry has, told apart; of one year those that documents of it show."""
    kinds: dict[str, str] = {}
    owners: dict[str, set[str]] = {}
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s ?o ?k WHERE {{ ?s kk:ministry ?o ; a ?k FILTER(?k IN (kk:Project, kk:Policy, kk:Measure)) }}"
    )
    for row in rows:
        thing, kind = row["s"].value, row["k"].value.removeprefix(KK)
        owners.setdefault(row["o"].value, set()).add(thing)
        if kinds.get(thing) != "Measure":  # a measure is typed as a policy too
            kinds[thing] = kind
    absent = scope.absent(kinds) if scope is not None and scope.iri else set()
    return {
        iri: Counter(kinds[thing] for thing in things if thing not in absent)
        for iri, things in owners.items()
    }


def ministries(store: Store, scope: YearScope | None = None) -> list[tuple[str, Words, Words]]:
    """Return the ministries with how many projects, policies and measures each has, in words, the most projects first."""
    counts = ministry_counts(store, scope)
    labels = Reader(store).labels(counts)
    most = sorted(counts, key=lambda iri: (-counts[iri]["Project"], -counts[iri].total(), iri))
    return [(iri, labels.get(iri, Words(iri, iri)), _told(counts[iri])) for iri in most]


def _told(counts: Counter[str]) -> Words:
    """Return how many there are of each kind; what there is none of is left out."""
    told = [
        (many.ja.format(counts[kind]), one.en if counts[kind] == 1 else many.en.format(counts[kind]))
        for kind, (many, one) in _KINDS.items()
        if counts[kind]
    ]
    return Words("、".join(ja for ja, _ in told), ", ".join(en for _, en in told))


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
