"""Networks as files: GraphML and GEXF for Gephi and networkx, CSV of nodes and edges for Neo4j."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast
from xml.sax.saxutils import escape, quoteattr

from konkyo.common.csv_lines import write_lines
from konkyo.common.files import replacing
from konkyo.common.temporary import temporary_folder
from konkyo.common.text import in_xml
from konkyo.present.export.property_graph import Column, PropertyGraph, Thing, property_graph
from konkyo.present.text.csv import BOM, guarded

if TYPE_CHECKING:
    from konkyo.present.export import Progress
    from konkyo.store import Store

_SEPARATOR = "\x1f"  # between the values of one cell: a text may hold any sign that is printed
_TOLD_EVERY = 50_000


def write_network(
    store: Store,
    graphs: list[str],
    out: IO[bytes],
    form: str,
    evidence: bool,
    progress: Progress | None,
) -> None:
    """Write things and edges as ``graphml`` or ``gexf``, as they are read: networkx would hold them all."""
    with temporary_folder() as temporary:
        made = property_graph(store, graphs, temporary, evidence=evidence, progress=progress)
        lines = _graphml(made) if form == "graphml" else _gexf(made)
        total = made.things + made.edges
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=False)
        for number, line in enumerate(lines):
            text.write(line)
            if progress and number % _TOLD_EVERY == 0:
                progress(form, min(number, total), None)
        if progress:
            progress(form, total, total)
        text.flush()
        text.detach()


def _text(value: str) -> str:
    # XML would read a carriage return as a line feed.
    return escape(in_xml(value), {"\r": "&#13;"})


def _attribute(value: str) -> str:
    return quoteattr(in_xml(value))


_GRAPHML_TYPES = {"integer": "long", "decimal": "double", "text": "string"}


def _joined(column: Column, values: list[str]) -> str:
    return " ; ".join(values) if column.many else values[0]


def _type(column: Column) -> str:
    return _GRAPHML_TYPES["text" if column.many else column.kind]


def _graphml(made: PropertyGraph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    keys = {name: f"d{number}" for number, name in enumerate(made.columns)}
    for name in ("kind", "label"):
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    for name, key in keys.items():
        kind = _type(made.columns[name])
        yield f'<key id="{key}" for="node" attr.name={_attribute(name)} attr.type="{kind}"/>\n'
    yield '<key id="relation" for="edge" attr.name="relation" attr.type="string"/>\n'
    yield '<graph id="konkyo" edgedefault="directed">\n'
    for thing in made.nodes():
        data = [f'<data key="kind">{_text(thing.kind)}</data><data key="label">{_text(thing.label)}</data>']
        data += [
            f'<data key="{keys[name]}">{_text(_joined(made.columns[name], values))}</data>'
            for name, values in sorted(thing.values.items())
        ]
        yield f"<node id={_attribute(thing.iri)}>{''.join(data)}</node>\n"
    for number, (source, name, target) in enumerate(made.links()):
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        yield f'<edge id="e{number}" {ends}><data key="relation">{_text(name)}</data></edge>\n'
    yield "</graph>\n</graphml>\n"


def _gexf(made: PropertyGraph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n<attributes class="node" mode="static">\n'
    keys = {name: number for number, name in enumerate(made.columns, 1)}
    yield '<attribute id="0" title="kind" type="string"/>\n'
    for name, key in keys.items():
        yield f'<attribute id="{key}" title={_attribute(name)} type="{_type(made.columns[name])}"/>\n'
    yield '</attributes>\n<attributes class="edge" mode="static">\n'
    yield '<attribute id="0" title="relation" type="string"/>\n</attributes>\n'
    yield f'<nodes count="{made.things}">\n'
    for thing in made.nodes():
        data = [f'<attvalue for="0" value={_attribute(thing.kind)}/>']
        data += [
            f'<attvalue for="{keys[name]}" value={_attribute(_joined(made.columns[name], values))}/>'
            for name, values in sorted(thing.values.items())
        ]
        ends = f"id={_attribute(thing.iri)} label={_attribute(thing.label)}"
        yield f"<node {ends}><attvalues>{''.join(data)}</attvalues></node>\n"
    yield f'</nodes>\n<edges count="{made.edges}">\n'
    for number, (source, name, target) in enumerate(made.links()):
        ends = f"source={_attribute(source)} target={_attribute(target)} label={_attribute(name)}"
        data_ = f'<attvalues><attvalue for="0" value={_attribute(name)}/></attvalues>'
        yield f'<edge id="{number}" {ends}>{data_}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


_NEO4J_TYPES = {"integer": "long", "decimal": "double", "text": "string"}


def write_csv(
    store: Store,
    graphs: list[str],
    folder: Path,
    compress: bool,
    evidence: bool,
    progress: Progress | None,
    excel: bool = False,
) -> list[Path]:
    """Write ``nodes.csv`` and ``edges.csv`` as ``neo4j-admin database import`` takes them; return the files.

    Several values of one cell are parted by U+001F (``--array-delimiter=U+001F``). ``excel``: with a BOM, and no cell is
    a formula (see :func:`konkyo.present.text.csv.guarded`), for spreadsheets instead.
    """
    with temporary_folder() as temporary:
        made = property_graph(store, graphs, temporary, evidence=evidence, progress=progress)
        tail = ".csv.gz" if compress else ".csv"
        nodes, edges = folder / f"nodes{tail}", folder / f"edges{tail}"
        columns = list(made.columns.items())
        head = ["iri:ID", ":LABEL", "label"]
        head += [f"{name}:{_NEO4J_TYPES[column.kind]}{'[]' * column.many}" for name, column in columns]
        _table(nodes, compress, excel, head, (_row(thing, columns) for thing in made.nodes()))
        rows = ([source, target, name] for source, name, target in made.links())
        _table(edges, compress, excel, [":START_ID", ":END_ID", ":TYPE"], rows)
        if progress:
            progress("csv", made.things + made.edges, made.things + made.edges)
        return [nodes, edges]


def _row(thing: Thing, columns: list[tuple[str, Column]]) -> list[str]:
    values = (_SEPARATOR.join(thing.values.get(name, ())) for name, _ in columns)
    return [thing.iri, thing.kind, thing.label, *values]


def _table(path: Path, compress: bool, excel: bool, head: list[str], rows: Iterable[list[str]]) -> None:
    with replacing(path) as part, _opened(part, compress) as out:
        if excel:
            out.write(BOM)
            rows = ([guarded(cell) for cell in row] for row in rows)
        write_lines(out, [head])
        write_lines(out, rows)


@contextmanager
def _opened(path: Path, compress: bool) -> Iterator[IO[str]]:
    with path.open("wb") as raw:
        if not compress:
            with io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
                yield out
            return
        with (
            gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as stream,
            io.TextIOWrapper(cast("IO[bytes]", stream), encoding="utf-8", newline="") as out,
        ):
            yield out
