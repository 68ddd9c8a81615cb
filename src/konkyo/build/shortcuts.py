"""The plain triples that follow from the link nodes, which the CONSTRUCTs of `graph/queries/construct` make."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, cast

from konkyo.build.summaries import load_budgets
from konkyo.build.waiting import load_in_pieces
from konkyo.common.heap import give_back
from konkyo.graph.stored_queries import queries_dir
from konkyo.model.graphs import SHORTCUT

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore

# A line of a query that needs nothing but what one document says: of all graphs at once, ten years of amounts would be held.
BY_GRAPH = "\n# by-graph:"


def materialise(store: EmbeddedStore) -> None:
    """Put the plain triples that follow from the link nodes into graph/shortcut. Some need the amounts of each year, which are put
    together first.

    Some of the CONSTRUCTs are asked of each graph alone. Property chains in OWL could not leave out rejected links.
    """
    from pyoxigraph import QueryTriples, RdfFormat

    # What follows is made from the links alone: what an earlier build made must not count as said.
    store.drop(SHORTCUT)
    load_budgets(store)
    give_back()
    # Of ten years there are millions: they wait in files, and none is loaded before all are made. Two are made side by side:
    # the store answers and writes in native code, which holds up no other thread.
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:

        def make(query: Path, number: int, graph: str | None) -> Path:
            made = Path(folder) / f"{query.stem}-{number}.nt"
            answer = store.query(query.read_text(encoding="utf-8"), default=[graph] if graph else None)
            cast("QueryTriples", answer).serialize(str(made), RdfFormat.N_TRIPLES)
            give_back()
            return made

        asked = [
            pool.submit(make, query, number, graph)
            for query in sorted((queries_dir() / "construct").glob("*.rq"))
            for number, graph in enumerate(
                store.graphs() if BY_GRAPH in query.read_text(encoding="utf-8") else [None]
            )
        ]
        load_in_pieces(store, _quads([one.result() for one in asked]))


def _quads(files: Iterable[Path]) -> Iterator[bytes]:
    """Yield the lines of files of N-Triples as facts of graph/shortcut; each file is removed behind its last line."""
    end = f"<{SHORTCUT}> .\n".encode()
    for file in files:
        with file.open("rb") as lines:
            yield from (line.removesuffix(b".\n") + end for line in lines)
        file.unlink()
