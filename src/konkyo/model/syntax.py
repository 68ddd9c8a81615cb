"""Triples as text in each syntax of RDF that konkyo hands out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, TypeVar

import pyoxigraph as ox

from konkyo.common.errors import KonkyoError
from konkyo.common.text import NOT_IN_XML
from konkyo.common.words import Words
from konkyo.model.jsonld import write_jsonld

Statement = TypeVar("Statement", bound=ox.Triple | ox.Quad)


def serialized(
    triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    """Return triples in a format of RDF; JSON-LD with the context of the vocabulary.

    Raises KonkyoError for RDF/XML of a text that XML cannot hold.
    """
    if form == ox.RdfFormat.JSON_LD:
        out = io.BytesIO()
        write_jsonld(sorted(triples, key=lambda triple: str(triple.subject)), out)
        return out.getvalue()
    if form == ox.RdfFormat.RDF_XML:
        triples = for_xml(triples)
    made = ox.serialize(list(triples), format=form, prefixes=prefixes) or b""
    return kept_in_xml(made) if form == ox.RdfFormat.RDF_XML else made


class XmlFile:
    """A file of XML that is written to: a reader would take a bare carriage return for a line feed."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        """Write bytes of XML; return how many were given."""
        self._out.write(kept_in_xml(data))
        return len(data)

    def flush(self) -> None:
        """Flush what is written to."""
        self._out.flush()


def kept_in_xml(data: bytes) -> bytes:
    """Return XML in which carriage returns stay what they are."""
    return data.replace(b"\r", b"&#13;")


def for_xml(triples: Iterable[Statement]) -> Iterator[Statement]:
    """Yield triples unchanged. Raises KonkyoError for a text that XML cannot hold: the file would be none of XML."""
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and NOT_IN_XML.search(triple.object.value):
            raise KonkyoError(
                Words(
                    f"RDF/XMLには制御文字を書けませんが、{triple.subject} の {triple.predicate} にあります。",
                    f"RDF/XML cannot hold control characters, and {triple.predicate} of {triple.subject} has one.",
                ),
                hint=Words(
                    "Turtle、N-Triples、JSON-LDなど、ほかの形式を使ってください。",
                    "Use another format, such as Turtle, N-Triples or JSON-LD.",
                ),
            )
        yield triple
