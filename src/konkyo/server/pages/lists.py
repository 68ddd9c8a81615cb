"""Short lists that several pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konkyo.reader import Reader
from konkyo.server.pages.parts import HEAD
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.store import Store


def ministries(store: Store) -> list[tuple[str, Words, int]]:
    """Return the ministries with the number of their policies, measures and projects, the most first."""
    rows = store.select(
        f"{HEAD}SELECT ?o (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s kk:ministry ?o }} GROUP BY ?o"
    )
    counts = {row["o"].value: int(row["n"].value) for row in rows if row["o"] is not None}
    labels = Reader(store).labels(counts)
    return sorted(
        ((iri, labels.get(iri, Words(iri, iri)), count) for iri, count in counts.items()),
        key=lambda found: (-found[2], found[0]),
    )


def resting(store: Store) -> dict[str, int]:
    """Return for each strategy how many things rest on it, on an edition, or on a section of one."""
    found: dict[str, set[str]] = {
        row["s"].value: set() for row in store.select(f"{HEAD}SELECT ?s WHERE {{ ?s a kk:Strategy }}")
    }
    for way in (
        "?owner kk:justifiedBy ?s . ?s a kk:Strategy",
        "?s dcat:hasVersion ?edition . ?owner kk:justifiedBy ?edition",
        "?section a kk:Section ; dcterms:isPartOf+ ?edition . ?s dcat:hasVersion ?edition . ?owner kk:justifiedBy ?section",
    ):
        for row in store.select(f"{HEAD}SELECT DISTINCT ?s ?owner WHERE {{ {way} }}"):
            found.setdefault(row["s"].value, set()).add(row["owner"].value)
    return {iri: len(owners) for iri, owners in found.items()}
