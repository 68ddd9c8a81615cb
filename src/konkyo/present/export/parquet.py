"""Parquet tables for data frames: one for each kind of thing, and one of the edges. Needs polars (extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.common.errors import KonkyoError
from konkyo.common.files import replacing
from konkyo.common.temporary import temporary_folder
from konkyo.common.words import Words
from konkyo.present.export.property_graph import Column, Thing, property_graph

if TYPE_CHECKING:
    import polars as pl

    from konkyo.present.export import Progress
    from konkyo.store import Store

_ROWS = 50_000


def write_parquet(
    store: Store, graphs: list[str], folder: Path, evidence: bool, progress: Progress | None
) -> list[Path]:
    """Write ``Project.parquet``, ``Measure.parquet`` … and ``edges.parquet``; return the files. Raises KonkyoError.

    A property is a column, a list where a thing of that kind may have several; numbers are numbers.
    """
    pl = _polars()
    with temporary_folder() as temporary:
        work = temporary
        made = property_graph(store, graphs, work, evidence=evidence, progress=progress)
        tables = {kind: _Table(pl, work, kind, columns) for kind, columns in sorted(made.by_kind.items())}
        for number, thing in enumerate(made.nodes(), 1):
            tables[thing.kind].add(thing)
            if progress and number % _ROWS == 0:
                progress("parquet", number, made.things)
        edges = _Parts(pl, work, "edges", dict.fromkeys(("source", "relation", "target"), pl.String))
        for link in made.links():
            edges.add(link)
        written = [table.parts.write(folder / f"{kind}.parquet") for kind, table in tables.items()]
        written.append(edges.write(folder / "edges.parquet"))
        if progress:
            progress("parquet", made.things, made.things)
    return written


def _polars() -> Any:
    try:
        import polars
    except ImportError:
        raise KonkyoError(
            Words("Parquetにはpolarsが要ります。", "Parquet needs polars."),
            hint=Words(
                "`pip install 'konkyo[parquet]'` で入ります。", "`pip install 'konkyo[parquet]'` installs it."
            ),
        ) from None
    return polars


class _Parts:
    """Rows that are put by in pieces and become one file at the end."""

    def __init__(self, pl: Any, work: Path, name: str, schema: dict[str, Any]) -> None:
        self._pl, self._work, self._name, self._schema = pl, work, name, schema
        self._rows: list[tuple[Any, ...]] = []
        self._files: list[Path] = []

    def add(self, row: tuple[Any, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROWS:
            self._files.append(self._work / f"{self._name}-{len(self._files):05d}.parquet")
            self._frame().write_parquet(self._files[-1])
            self._rows = []

    def _frame(self) -> pl.DataFrame:
        frame: pl.DataFrame = self._pl.DataFrame(self._rows, schema=self._schema, orient="row")
        return frame

    def write(self, path: Path) -> Path:
        frames = [self._pl.scan_parquet(file) for file in self._files]
        if self._rows or not frames:
            frames.append(self._frame().lazy())
        with replacing(path) as part:
            self._pl.concat(frames).sink_parquet(part, maintain_order=True)
        return path


class _Table:
    """The things of one kind as rows."""

    def __init__(self, pl: Any, work: Path, kind: str, columns: dict[str, Column]) -> None:
        self._columns = sorted(columns.items())
        types = {"integer": pl.Int64, "decimal": pl.Float64, "text": pl.String}
        schema: dict[str, Any] = {"iri": pl.String, "label": pl.String}
        for name, column in self._columns:
            schema[name] = pl.List(types[column.kind]) if column.many else types[column.kind]
        self._makers: list[Callable[[Iterable[str]], list[Any]]] = [
            _MAKERS[column.kind] for _, column in self._columns
        ]
        self.parts = _Parts(pl, work, kind, schema)

    def add(self, thing: Thing) -> None:
        row: list[Any] = [thing.iri, thing.label]
        for (name, column), make in zip(self._columns, self._makers, strict=True):
            values = thing.values.get(name)
            if values is None:
                row.append(None)
            else:
                made = make(values)
                row.append(made if column.many else made[0])
        self.parts.add(tuple(row))


_MAKERS: dict[str, Callable[[Iterable[str]], list[Any]]] = {
    "integer": lambda values: [int(value) for value in values],
    "decimal": lambda values: [float(Decimal(value)) for value in values],
    "text": list,
}
