"""One form being read: its cells, what its names denote, and the things that all its fields are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from konkyo.model.identifiers import IRI, fiscal_year, key_of, measure, thing
from konkyo.model.records import Record, Statement
from konkyo.sources.evidence import Cell, Cells, Path
from konkyo.sources.sheet.naming import Naming


def review_status(data: Mapping[str, Any]) -> str | None:
    """Return whether a program's transcription has been reviewed, as a code; None for one that a person wrote."""
    made = data.get("転記")
    if not isinstance(made, Mapping) or made.get("方法") != "機械":
        return None
    return "reviewed" if "確認" in made else "machine-read"


class Transcribing(Protocol):
    """What all transcribed sheets have, whatever they are of."""

    cells: Cells
    data: Mapping[str, Any]
    key: str

    @property
    def review_status(self) -> str | None:
        """The code of what is known of a program's transcription."""

    def add(self, record: Record) -> None:
        """Add a record to the sheet's graph."""


class Form:
    """A transcribed sheet; the functions of this package read its fields into ``cells.records``."""

    def __init__(self, cells: Cells, naming: Naming, data: Mapping[str, Any]) -> None:
        self.cells = cells
        self.naming = naming
        self.data = data
        self.key = cells.key
        self.sheet = cells.source
        self.ministry = naming.ministry(data["府省庁"]["値"])
        self.measure = measure(key_of(self.ministry).split("/")[1], data["政策名"]["値"])

    @property
    def machine_read(self) -> bool:
        """Whether a program wrote the transcription and nobody has reviewed it."""
        return self.review_status == "machine-read"

    @property
    def review_status(self) -> str | None:
        """The code of what is known of a program's transcription; None for one that a person wrote."""
        return review_status(self.data)

    def add(self, record: Record) -> None:
        """Add a record to the sheet's graph."""
        self.cells.records.append(record)

    def year(self, path: Path, text: str) -> IRI:
        """Return the fiscal year that a field states. Raises KonkyoError."""
        return fiscal_year(self.cells.fiscal_year(path, text))

    def statement(self, path: Path, cell: Cell, of: IRI, kind: str, field: str, *key: str) -> None:
        """Record what the sheet says of a thing in prose, as the transcription summarises it."""
        self.add(
            Statement(
                iri=thing("statement", self.key, *key),
                of=of,
                kind=kind,
                summary=cell["要約"],
                english=cell.get("英語"),
                certainty=self.cells.certainty(cell),
                evidence=self.cells.evidence(path, cell, field, *key, "statement"),
            )
        )

    def fact(self, field: str, key: str) -> tuple[IRI, ...]:
        """Return the evidence of a plain cell at the top of the form, or nothing if it is not filled."""
        cell = self.data.get(field)
        if not cell:
            return ()
        return self.cells.evidence([field], cell, field, key, words=cell.get("値"))
