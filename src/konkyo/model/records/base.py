"""What all record classes share: how a field is written, and the field types that many classes have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, NamedTuple, TypeVar, dataclass_transform

from konkyo.model.identifiers import IRI

Kind = Literal["iri", "inverse", "code", "ja", "en", "plain", "integer", "decimal", "date", "uri", "words"]


class To(NamedTuple):
    """How a field is written: the property (prefixed name), and as what kind of term.

    ``inverse`` writes *value property record*; ``code`` a notation of a code list; ``ja`` and ``en`` a
    text of that language; ``words`` a text in both languages; ``plain`` a string; ``date`` a date as precise as stated.
    A tuple gives one triple an item, None and the empty tuple give none.
    """

    property: str
    kind: Kind = "iri"


Iri = IRI | None
Iris = tuple[IRI, ...]
Text = str | None
T = TypeVar("T")

# A place in a text or several places; of a table's cell, see Column.
EvidenceIris = Annotated[Iris, To("kk:evidence")]
Column = Annotated[IRI, To("kk:evidence")]
"""The column of a table file in which a fact stands; the row stands at the fact."""
Row = Annotated[int, To("kk:row", "integer")]
"""The row of a table file in which a fact stands, the header being row 1."""
Certainty = Annotated[Text, To("kk:readingCertainty", "code")]
# An amount as stated and its unit in yen, only where that is not yen.
Stated = Annotated[Decimal | None, To("kk:statedAmount", "decimal")]
Multiplier = Annotated[int | None, To("kk:multiplier", "integer")]
Ja = Annotated[str, To("skos:prefLabel", "ja")]
En = Annotated[Text, To("skos:prefLabel", "en")]


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(*types: str) -> Callable[[type[T]], type[T]]:
    """Make a frozen dataclass whose instances are written with these ``rdf:type`` values."""

    def make(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        made.types = types  # type: ignore[attr-defined]
        return made

    return make


class Record:
    """What all records have: their own IRI."""

    __slots__ = ()
    types: ClassVar[tuple[str, ...]] = ()
    iri: IRI
