"""The plain triples beside the links: made by the CONSTRUCTs of ``queries/construct``, kept in graph/shortcut."""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.build.summaries import load_budgets
from konkyo.graph.stored_queries import queries_dir
from konkyo.model.graphs import SHORTCUT

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore


def materialise(store: EmbeddedStore) -> None:
    """Put the plain triples that follow from the link nodes into graph/shortcut. Some need the amounts of each year,
    which are put together first.

    The CONSTRUCTs are those of `queries/construct/`; property chains in OWL could not leave out rejected links.
    """
    from pyoxigraph import RdfFormat

    # What follows is made from the links alone: what an earlier build made must not count as said.
    store.drop(SHORTCUT)
    load_budgets(store)
    # Of ten years there are millions: they wait in files, and none is loaded before all are made. Two are made side by side:
    # the store answers and writes in native code, which holds up no other thread.
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:

        def make(query: Path) -> Path:
            made = Path(folder) / f"{query.stem}.nt"
            store.construct(query.read_text(encoding="utf-8")).serialize(str(made), RdfFormat.N_TRIPLES)
            return made

        # One load for all: each has the disk confirm what it wrote.
        whole = Path(folder) / "whole.nt"
        with whole.open("wb") as out:
            for made in list(pool.map(make, sorted((queries_dir() / "construct").glob("*.rq")))):
                with made.open("rb") as part:
                    shutil.copyfileobj(part, out)
                made.unlink()
        store.load_turtle(SHORTCUT, whole)
