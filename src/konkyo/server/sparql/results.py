"""Answers of queries as bytes, within limits.

Oxigraph writes an answer whole or not at all; the rows of a SELECT are written here, so that an answer can end at a limit and
say so.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypedDict
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from konkyo.common.text import in_xml
from konkyo.model.namespaces import PREFIXES, XSD
from konkyo.model.syntax import serialized
from konkyo.server.http.negotiation import GRAPH_FORMS

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Row = Iterable[Term]

_EDGES = re.compile(r"^[ \t\n]+|[ \t\n]+\Z")


class QueryHead(TypedDict, total=False):
    """What stands before an answer, or in its place."""

    media: str
    count: int  # rows or triples
    cut: str | None  # the limit at which it was cut
    unfit: list[str]  # the forms on offer
    over: str  # the limit that it exceeds
    policy: str  # of a page of its own


@dataclass(frozen=True, slots=True)
class SerializedResult:
    """An answer, how many rows or triples are in it, and what cut it short (``rows`` or ``bytes``), if anything."""

    body: bytes
    count: int
    cut: str | None = None


class ResultLimiter:
    """Takes parts of an answer until a limit is reached."""

    def __init__(self, max_rows: int, max_bytes: int) -> None:
        self.max_rows = max_rows
        self.max_bytes = max_bytes
        self.parts: list[str] = []
        self.rows = 0
        self.size = 0
        self.cut: str | None = None

    def take(self, rows: Iterable[str]) -> None:
        """Take rows in order, until there are no more or a limit is reached."""
        for row in rows:
            if self.rows >= self.max_rows:
                self.cut = "rows"
                return
            # Japanese has three bytes a letter.
            size = len(row) if row.isascii() else len(row.encode("utf-8", "replace"))
            if self.size + size > self.max_bytes:
                self.cut = "bytes"
                return
            self.rows += 1
            self.size += size
            self.parts.append(row)


def write_rows(answer: ox.QuerySolutions, form: str, max_rows: int, max_bytes: int) -> SerializedResult:
    """Return the rows of a SELECT as ``json``, ``xml``, ``csv`` or ``tsv``."""
    names = [variable.value for variable in answer.variables]
    head, line, between, tail = _FORMS[form](names)
    cutter = ResultLimiter(max_rows, max_bytes)
    cutter.take(line(row) for row in _values(answer, len(names)))
    return SerializedResult(
        (head + between.join(cutter.parts) + tail).encode("utf-8", "replace"), cutter.rows, cutter.cut
    )


def _values(answer: ox.QuerySolutions, width: int) -> Iterator[list[Term]]:
    columns = range(width)
    for solution in answer:
        yield [solution[column] for column in columns]


def write_triples(triples: Iterable[ox.Triple], form: str, max_rows: int, max_bytes: int) -> SerializedResult:
    """Return the triples of a CONSTRUCT, each once, as ``turtle``, ``nt``, ``jsonld`` or ``rdf``."""
    found: dict[ox.Triple, None] = {}
    size = 0
    cut = None
    for triple in triples:
        if triple in found:
            continue
        if len(found) >= max_rows:
            cut = "rows"
            break
        # An object's text is what can be long; RDF/XML and JSON-LD write more around it than N-Triples do.
        size += 300 + 2 * len(triple.object.value if isinstance(triple.object, ox.Literal) else "")
        if size > max_bytes:
            cut = "bytes"
            break
        found[triple] = None
    chosen = GRAPH_FORMS[form]
    prefixes = PREFIXES if chosen == ox.RdfFormat.TURTLE else None
    return SerializedResult(serialized(found, chosen, prefixes), len(found), cut)


BOOLEAN_FORMS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}

_Form = tuple[str, Callable[[Row], str], str, str]


def _json(names: list[str]) -> _Form:
    keys = [json.dumps(name, ensure_ascii=False) for name in names]
    seen: dict[Term, str] = {}

    def term(value: Term) -> str:
        made = seen.get(value)
        if made is None:
            made = json.dumps(json_term(value), ensure_ascii=False, separators=(",", ":"))
            if len(seen) < 10_000:
                seen[value] = made
        return made

    def line(row: Row) -> str:
        cells = [f"{key}:{term(value)}" for key, value in zip(keys, row, strict=True) if value is not None]
        return "{" + ",".join(cells) + "}"

    head = f'{{"head":{{"vars":[{",".join(keys)}]}},"results":{{"bindings":[\n'
    return head, line, ",\n", "\n]}}"


def json_term(term: Term) -> dict[str, object]:
    """Return a term as SPARQL 1.1 Query Results JSON has it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype.value == XSD + "string":
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    assert isinstance(term, ox.Triple)
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}


def _xml(names: list[str]) -> _Form:
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    quoted = [quoteattr(name) for name in names]

    def line(row: Row) -> str:
        cells = [
            f"<binding name={name}>{_xml_term(value)}</binding>"
            for name, value in zip(quoted, row, strict=True)
            if value is not None
        ]
        return "<result>" + "".join(cells) + "</result>"

    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{variables}</head><results>\n"
    )
    return head, line, "\n", "\n</results></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Literal):
        kind = ""
        if term.language:
            kind = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype.value != XSD + "string":
            kind = f" datatype={quoteattr(term.datatype.value)}"
        return f"<literal{kind}>{_xml_text(term.value)}</literal>"
    assert isinstance(term, ox.Triple)
    parts = (
        f"<{name}>{_xml_term(part)}</{name}>"
        for name, part in (
            ("subject", term.subject),
            ("predicate", term.predicate),
            ("object", term.object),
        )
    )
    return "<triple>" + "".join(parts) + "</triple>"


def _xml_text(text: str) -> str:
    """Return a text for XML: with what XML cannot hold replaced, and with white space that readers would trim or turn kept."""
    made = escape(in_xml(text), {"\r": "&#13;"})
    if made[:1].isspace() or made[-1:].isspace():
        made = _EDGES.sub(lambda edge: "".join(f"&#{ord(sign)};" for sign in edge[0]), made)
    return made


def _csv(names: list[str]) -> _Form:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")

    def line(row: Row) -> str:
        out.seek(0)
        out.truncate()
        writer.writerow([_csv_term(value) for value in row])
        return out.getvalue()

    # An empty line would be no row for a reader: a table without columns still has its head and its rows.
    return ",".join(names) + "\r\n", line, "", ""


def _csv_term(term: Term) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _tsv(names: list[str]) -> _Form:
    def line(row: Row) -> str:
        return "\t".join("" if value is None else str(value) for value in row) + "\n"

    return "\t".join(f"?{name}" for name in names) + "\n", line, "", ""


_FORMS: dict[str, Callable[[list[str]], _Form]] = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
