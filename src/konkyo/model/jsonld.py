"""JSON-LD under the names of ``ontology/context.jsonld``: one object a thing, on a line of its own, written as it is read.

pyoxigraph writes JSON-LD without a context, rdflib and PyLD hold the whole graph. The context stands in the document itself, so
that who reads it needs no network; without its parts for single properties, which make Oxigraph read nine times as long.
They let people write a code by its notation alone; here it has its prefix, so that a document means the same under either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import IO, Any

import pyoxigraph as ox

from konkyo.common.paths import ontology_dir
from konkyo.model.namespaces import PREFIXES, RDF, XSD, shorten

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Statement = ox.Triple | ox.Quad

_EXACT = 2**53
"""Whole numbers beyond it lose digits in programs that read every number as a float."""


def write_jsonld(statements: Iterable[Statement], out: IO[bytes], context: str | None = None) -> None:
    """Write triples and quads; those of one graph, and in it those of one subject, stand together.

    ``context`` is the address of the context, for small documents that lie beside it; without one the document carries it.
    """
    named = {"@context": context or _plain_context()}
    head = json.dumps(named, ensure_ascii=False, separators=(",", ":"))
    out.write(f'{head[:-1]},"graph":['.encode())
    between = "\n"
    for graph, members in groupby(statements, key=_graph_of):
        if graph is not None:
            out.write(f'{between}{{"iri":{json.dumps(_name(graph), ensure_ascii=False)},"graph":['.encode())
            between = "\n"
        for subject, own in groupby(members, key=lambda statement: statement.subject):
            node = json.dumps(_node(subject, own), ensure_ascii=False, separators=(",", ":"))
            out.write((between + node).encode())
            between = ",\n"
        if graph is not None:
            out.write(b"\n]}")
    out.write(b"\n]}\n")


@cache
def _context() -> dict[str, Any]:
    text = (ontology_dir() / "context.jsonld").read_text(encoding="utf-8")
    return dict(json.loads(text)["@context"])


def _plain_context() -> dict[str, Any]:
    """Return the context without the contexts that hold for the values of one property."""
    return {
        name: {key: value for key, value in entry.items() if key != "@context"}
        if isinstance(entry, dict)
        else entry
        for name, entry in _context().items()
    }


@cache
def _terms() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return for each property with a name of its own this name and how its values are written."""
    found = {}
    for name, entry in _context().items():
        definition = {"@id": entry} if isinstance(entry, str) else entry
        of = definition.get("@id", "") if isinstance(definition, dict) else ""
        if ":" in of and not of.startswith("http"):
            prefix, _, local = of.partition(":")
            found[PREFIXES[prefix] + local] = (name, definition)
    return found


def _graph_of(statement: Statement) -> ox.NamedNode | ox.BlankNode | None:
    graph = statement.graph_name if isinstance(statement, ox.Quad) else None
    return None if graph is None or isinstance(graph, ox.DefaultGraph) else graph


def _node(subject: Subject, statements: Iterable[Statement]) -> dict[str, Any]:
    """Return one thing with all that is said of it."""
    values: dict[str, list[Value]] = {}
    for statement in statements:
        values.setdefault(statement.predicate.value, []).append(statement.object)
    node: dict[str, Any] = {"iri": _name(subject)}
    for predicate, objects in values.items():
        if predicate == RDF + "type" and not any(isinstance(value, ox.Literal) for value in objects):
            node["type"] = _one_or_list([_class(value) for value in objects])
            continue
        name, definition = _terms().get(predicate, (_name(ox.NamedNode(predicate)), {}))
        if definition.get("@container") == "@language":
            _by_language(node, name, predicate, objects)
        else:
            node[name] = _one_or_list([_value(value, definition) for value in objects])
    return node


def _by_language(node: dict[str, Any], name: str, predicate: str, objects: list[Value]) -> None:
    """Write texts by language; what has none stands under the name with a prefix, which has no container."""
    texts: dict[str, list[str]] = {}
    others = []
    for value in objects:
        if isinstance(value, ox.Literal) and value.language:
            texts.setdefault(value.language, []).append(value.value)
        else:
            others.append(_value(value, {}))
    if texts:
        node[name] = {language: _one_or_list(found) for language, found in texts.items()}
    if others:
        node[_name(ox.NamedNode(predicate))] = _one_or_list(others)


def _value(value: Value, definition: Mapping[str, Any]) -> Any:
    """Return a value as a term's definition lets it be written."""
    wanted = definition.get("@type")
    if not isinstance(value, ox.Literal):
        return _name(value) if wanted in ("@id", "@vocab") else {"iri": _name(value)}
    if value.language:
        return value.value if value.language == definition.get("@language") else _tagged(value)
    datatype = value.datatype.value
    if wanted is not None and datatype == _expanded(wanted):
        return _number(value.value) if datatype == XSD + "integer" else value.value
    if datatype == XSD + "string":
        plain = "@language" not in definition and wanted is None
        return value.value if plain else {"@value": value.value}
    return {"@value": value.value, "@type": _name(value.datatype)}


def _tagged(value: ox.Literal) -> dict[str, str]:
    return {"@value": value.value, "@language": value.language or ""}


def _number(text: str) -> int | str:
    """Return a whole number that comes back with the same digits as a number, any other text as it is."""
    try:
        number = int(text)
    except ValueError:
        return text
    return number if str(number) == text and abs(number) < _EXACT else text


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES.get(prefix, "") + local


def _class(value: Value) -> str:
    """Return a class by its name alone where the context has it."""
    short = _name(value)
    local = short.partition(":")[2]
    return local if _context().get(local) == short else short


def _name(node: Subject | Value) -> str:
    """Return an IRI with a prefix of the context where there is one, a blank node by its name."""
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    if not isinstance(node, ox.NamedNode):
        raise TypeError("JSON-LD has no triples as terms")
    short = shorten(node.value)
    prefix, _, local = short.partition(":")
    return short if prefix in _context() and local and not local.startswith("//") else node.value


def _one_or_list(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
