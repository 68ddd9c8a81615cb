"""The graph that the package carries, as a store in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konkyo.common.paths import graphs_dir, ontology_dir

if TYPE_CHECKING:
    from konkyo.store import Store


def carried_store() -> Store:
    """Return a store in memory with the graph that the package carries."""
    from konkyo.model.graphs import ONTOLOGY
    from konkyo.model.namespaces import GRAPH
    from konkyo.store import EmbeddedStore

    store = EmbeddedStore()
    for path in (ontology_dir() / "konkyo.ttl", ontology_dir() / "codes.ttl"):
        store.load_turtle(ONTOLOGY, path)
    built = graphs_dir() / "built"
    for path in sorted(built.rglob("*.ttl")):
        store.load_turtle(GRAPH + path.relative_to(built).with_suffix("").as_posix(), path)
    return store
