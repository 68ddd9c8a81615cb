"""The graph for other tools: RDF in its formats, networks for Gephi, tables for Neo4j and data frames.

Every file is the same, byte for byte, for the same graph, and is written as it is read: what has to be sorted is
sorted in pieces on the disk, so that memory does not grow with the graph.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, cast

from konkyo.common.errors import KonkyoError
from konkyo.common.files import replacing, unwritable
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.store import Store


class Progress(Protocol):
    """Who wants to know how far an export is."""

    def __call__(self, label: str, done: int, total: int | None) -> object:
        """Take what is done now, how many triples, things or edges are done, and how many there are, if known."""


Writer = Callable[["Store", "list[str]", IO[bytes], bool, "Progress | None"], None]

# Formats that are one file, with its suffix; and those that are a folder of files.
FILES = {
    "nquads": ".nq",
    "trig": ".trig",
    "turtle": ".ttl",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
    "graphml": ".graphml",
    "gexf": ".gexf",
}
FOLDERS = ("csv", "parquet")
FORMATS = (*FILES, *FOLDERS)


def format_of(path: Path) -> str | None:
    """Return the format that a file's name stands for, be it compressed or not."""
    name = path.name.lower().removesuffix(".gz")
    return next((key for key, suffix in FILES.items() if name.endswith(suffix)), None)


def export_stream(
    store: Store,
    form: str,
    out: IO[bytes],
    *,
    graphs: Iterable[str] | None = None,
    compress: bool = False,
    evidence: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the graph in one of the formats ``FILES`` to a binary stream, compressed by gzip if asked for.

    ``graphs`` are the named graphs to write (default: all). Networks leave evidence out unless ``evidence`` is set.
    Raises KonkyoError for a graph that is not there.
    """
    chosen = _chosen(store, graphs)
    with _compressed(out, compress) as stream:
        if form in ("graphml", "gexf"):
            from konkyo.present.export.networks import write_network

            write_network(store, chosen, stream, form, evidence, progress)
        else:
            from konkyo.present.export.rdf import write_rdf

            write_rdf(store, chosen, stream, form, progress)


def export_file(
    store: Store,
    form: str,
    path: Path,
    *,
    graphs: Iterable[str] | None = None,
    compress: bool = False,
    evidence: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the graph to a file, whole or not at all. Raises KonkyoError where it cannot be written."""
    try:
        with replacing(path) as part, part.open("wb") as out:
            export_stream(
                store,
                form,
                out,
                graphs=graphs,
                compress=compress or path.suffix.lower() == ".gz",
                evidence=evidence,
                progress=progress,
            )
    except OSError as error:
        raise unwritable(path, error) from error


def export_folder(
    store: Store,
    form: str,
    folder: Path,
    *,
    graphs: Iterable[str] | None = None,
    compress: bool = False,
    evidence: bool = False,
    progress: Progress | None = None,
    excel: bool = False,
) -> list[Path]:
    """Write the tables of ``csv`` (``excel``: for a spreadsheet) or ``parquet`` into a folder; return the files.

    Raises KonkyoError.
    """
    chosen = _chosen(store, graphs)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == "csv":
            from konkyo.present.export.networks import write_csv

            return write_csv(store, chosen, folder, compress, evidence, progress, excel)
        from konkyo.present.export.parquet import write_parquet

        return write_parquet(store, chosen, folder, evidence, progress)
    except OSError as error:
        raise unwritable(folder, error) from error


def _chosen(store: Store, graphs: Iterable[str] | None) -> list[str]:
    from konkyo.model.namespaces import GRAPH

    held = store.graphs()
    if graphs is None:
        return held
    chosen = set()
    for name in graphs:
        iri = name if name in held else GRAPH + name
        if iri not in held:
            listed = ", ".join(item.removeprefix(GRAPH) for item in held)
            raise KonkyoError(
                Words(f"「{name}」というグラフはありません。", f"There is no graph {name!r}."),
                hint=Words(f"あるもの: {listed}", f"There are: {listed}"),
            )
        chosen.add(iri)
    return sorted(chosen)


@contextmanager
def _compressed(out: IO[bytes], compress: bool) -> Iterator[IO[bytes]]:
    if not compress:
        yield out
        return
    # Neither name nor time, so that the same graph gives the same bytes.
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=6) as stream:
        yield cast("IO[bytes]", stream)
