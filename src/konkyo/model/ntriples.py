"""Records to RDF, as N-Triples text: making term objects in Python costs more than the store's whole load.

The annotations of a record class are compiled once into one list of writers, so that a record is written
without looking at its types again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from konkyo.model.identifiers import code
from konkyo.model.namespaces import RDF, XSD, expand
from konkyo.model.records import Record, To

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')


def literal(text: str, suffix: str = "") -> str:
    """Return a quoted literal; ``suffix`` is ``@ja`` or ``^^<datatype>``. Raises UnicodeEncodeError for half a surrogate."""
    text.encode()
    return f'"{_TO_ESCAPE.sub(_escape, text)}"{suffix}' if _TO_ESCAPE.search(text) else f'"{text}"{suffix}'


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04X}"


# One function for each kind of `To`: the value of a field to the object of a triple.
_OBJECTS: dict[str, Callable[[Any], str]] = {
    "iri": lambda value: f"<{value}>",
    "code": lambda value: f"<{code(value)}>",
    "ja": lambda value: literal(value, "@ja"),
    "en": lambda value: literal(value, "@en"),
    "plain": literal,
    "integer": lambda value: f'"{value:d}"^^<{XSD}integer>',
    "decimal": lambda value: f'"{value:f}"^^<{XSD}decimal>',
    "date": lambda value: f'"{value.iso}"^^<{XSD}{value.datatype}>',
    "uri": lambda value: literal(value, f"^^<{XSD}anyURI>"),
}


Compiled = Callable[[Any, str], tuple[str, int]]


@cache
def compiled(cls: Any) -> Compiled:
    """Return a function that writes a record of this class as lines, each ending in ``tail``, and counts them.

    For the millions of records of a big source: nothing about the class is looked up twice.
    """
    types = tuple(f" {name}" for name in _types(cls))
    plan = tuple((name, f" {predicate} ", inverse, make) for name, predicate, inverse, make in _writers(cls))

    def write(record: Any, tail: str) -> tuple[str, int]:
        subject = f"<{record.iri}>"
        lines = [subject + name for name in types]
        add = lines.append
        for field, predicate, inverse, make in plan:
            value = getattr(record, field)
            if value is None or value == ():
                continue
            if make is None:
                add(f"{subject}{predicate}{literal(value.ja, '@ja')}")
                add(f"{subject}{predicate}{literal(value.en, '@en')}")
            elif type(value) is not tuple:
                add(f"{make(value)}{predicate}{subject}" if inverse else f"{subject}{predicate}{make(value)}")
            else:
                for item in value:
                    add(
                        f"{make(item)}{predicate}{subject}"
                        if inverse
                        else f"{subject}{predicate}{make(item)}"
                    )
        lines.append("")
        return tail.join(lines), len(lines) - 1

    return write


@cache
def _writers(cls: Any) -> tuple[tuple[str, str, bool, Callable[[Any], str] | None], ...]:
    hints = get_type_hints(cls, include_extras=True)
    writers = []
    for field in fields(cls):
        for mark in getattr(hints[field.name], "__metadata__", ()):
            if isinstance(mark, To):
                make = (
                    _OBJECTS["iri" if mark.kind == "inverse" else mark.kind] if mark.kind != "words" else None
                )
                writers.append((field.name, f"<{expand(mark.property)}>", mark.kind == "inverse", make))
    return tuple(writers)


@cache
def _types(cls: Any) -> tuple[str, ...]:
    return tuple(f"<{RDF}type> <{expand(name)}>" for name in cls.types)


def triples(record: Record) -> Iterator[str]:
    """Yield the triples of one record, each as N-Triples text without its final dot."""
    cls: Any = type(record)  # a class is hashable, whatever a frozen dataclass lets mypy think of it
    subject = f"<{record.iri}>"
    for name in _types(cls):
        yield f"{subject} {name}"
    for field, predicate, inverse, make in _writers(cls):
        value = getattr(record, field)
        if value is None or value == ():
            continue
        if make is None:
            yield f"{subject} {predicate} {literal(value.ja, '@ja')}"
            yield f"{subject} {predicate} {literal(value.en, '@en')}"
            continue
        for item in value if isinstance(value, tuple) else (value,):
            yield f"{make(item)} {predicate} {subject}" if inverse else f"{subject} {predicate} {make(item)}"


def n_quads(records: Iterable[Record], graph: str) -> Iterator[str]:
    """Yield the records' triples as lines of N-Quads in one named graph, in the order of the records."""
    tail = f" <{graph}> .\n"
    for record in records:
        for triple in triples(record):
            yield triple + tail
