"""SHACL shapes as SPARQL: one query answers for all focus nodes of a shape at once, where the data lie.

Known are the parts of SHACL Core that ``_OF_VALUES`` and ``_OF_FOCUS`` list, and ``sh:sparql``. Anything else is
refused, so that no rule is left out in silence. A SPARQL constraint runs as it is written and is joined with the
focus nodes of its shape; so it must bind ``$this`` by a triple pattern of its own.
The tests compare the findings with pySHACL's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, count
from typing import TypeAlias

import pyoxigraph as ox

from konkyo.graph.sparql import declared
from konkyo.model.namespaces import RDF, RDFS, XSD

SH = "http://www.w3.org/ns/shacl#"

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# Numbers are told by their signs: Oxigraph reads 64 bits, and would call a greater integer none.
_WRITTEN_AS = {XSD + "integer": "^[+-]?[0-9]+$", XSD + "decimal": r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$"}
_CAST = {XSD + name for name in ("date", "gYear", "gYearMonth")}
_NODE_KINDS = {SH + "IRI": "isIRI", SH + "Literal": "isLiteral", SH + "BlankNode": "isBlank"}
_TARGETS = {SH + "targetClass", SH + "targetSubjectsOf"}
_THIS = "?this"


class UnknownShape(ValueError):
    """A shape says something that this module does not know; it is a fault of the shapes or of konkyo."""


@dataclass(frozen=True, slots=True)
class ShapeQuery:
    """A SELECT query for what one shape refuses: ``?this`` the focus node, ``?value`` the value to blame, if any."""

    shape: str
    text: str


class ShapesGraph:
    """A graph of shapes in memory."""

    def __init__(self, triples: Iterable[ox.Triple | ox.Quad]) -> None:
        self._said: dict[Node, dict[str, list[Term]]] = {}
        for triple in triples:
            if isinstance(triple.subject, Node):
                said = self._said.setdefault(triple.subject, {})
                said.setdefault(triple.predicate.value, []).append(triple.object)

    def said(self, node: Term) -> Mapping[str, list[Term]]:
        """Return what is said of a node: by predicate, in the order of the file."""
        return self._said.get(node, {}) if isinstance(node, Node) else {}

    def value(self, node: Term, predicate: str) -> Term | None:
        """Return the one object, or None."""
        return next(iter(self.said(node).get(predicate, ())), None)

    def members(self, head: Term) -> Iterator[Term]:
        """Yield the members of an RDF list."""
        while (first := self.value(head, RDF + "first")) is not None:
            yield first
            head = self.said(head)[RDF + "rest"][0]

    def owner(self, shape: Term) -> Term:
        """Return the shape that a property shape belongs to, or itself."""
        owners = (node for node, said in self._said.items() if shape in said.get(SH + "property", ()))
        return next(owners, shape)

    def subjects(self) -> Iterator[tuple[Node, Mapping[str, list[Term]]]]:
        """Yield every node with what is said of it."""
        yield from self._said.items()


def queries(shapes: ShapesGraph, subclasses: Mapping[str, frozenset[str]]) -> list[ShapeQuery]:
    """Return the queries of all shapes that have a target.

    ``subclasses`` holds, for a class that has any, itself and all classes below it. Raises UnknownShape.
    """
    compiler = _Compiler(shapes, subclasses)
    return [
        query
        for shape, said in shapes.subjects()
        if _is_targeted(said)
        for query in compiler.refused(shape, compiler.targets(said))
    ]


def _is_targeted(said: Mapping[str, list[Term]]) -> bool:
    targets = {name for name in said if name.startswith(SH + "target")}
    kinds = {str(kind) for kind in said.get(RDF + "type", ())}
    if targets - _TARGETS or {f"<{RDFS}Class>", f"<{SH}NodeShape>"} <= kinds:
        raise UnknownShape(f"konkyo knows no targets but {sorted(_TARGETS)}")
    return bool(targets)


def path_text(shapes: ShapesGraph, path: Term, name: Callable[[str], str] = "<{}>".format) -> str:
    """Return a SHACL path as SPARQL writes it: ``^kk:hasValue``, ``time:hasEnd/time:inXSDDate``. Raises UnknownShape."""
    if isinstance(path, ox.NamedNode):
        return name(path.value)
    said = shapes.said(path)

    def steps(head: Term, sign: str) -> str:
        return sign.join(path_text(shapes, step, name) for step in shapes.members(head))

    if RDF + "first" in said:
        return steps(path, "/")
    for kind, (inner, *_) in said.items():
        if kind == SH + "alternativePath":
            return f"({steps(inner, '|')})"
        if kind == SH + "inversePath":
            return f"^{path_text(shapes, inner, name)}"
        if kind == SH + "oneOrMorePath":
            return f"({path_text(shapes, inner, name)})+"
    raise UnknownShape(f"a path says {sorted(said)}, which konkyo does not know")


class _Compiler:
    """Writes the conditions of one graph of shapes as SPARQL expressions, each of which is true or false, never an error."""

    def __init__(self, shapes: ShapesGraph, subclasses: Mapping[str, frozenset[str]]) -> None:
        self._shapes = shapes
        self._subclasses = subclasses
        self._numbers = count()

    def targets(self, said: Mapping[str, list[Term]]) -> str:
        """Return a group that binds the focus nodes, each once or, where it has several of the classes, a few times."""
        classes = sorted({name for kind in said.get(SH + "targetClass", ()) for name in self._classes(kind)})
        owners = said.get(SH + "targetSubjectsOf", ())
        return " UNION ".join(
            [
                *(f"{{ {_THIS} a <{name}> }}" for name in classes),
                # An owner of many values is one focus node, so it must not be joined with its values once a value.
                *(f"{{ SELECT DISTINCT {_THIS} {{ {_THIS} {owner} ?owned }} }}" for owner in owners),
            ]
        )

    def refused(self, shape: Node, targets: str) -> Iterator[ShapeQuery]:
        """Yield the queries of a shape, and those of its property shapes, over given focus nodes."""
        said = self._shapes.said(shape)
        of_values, of_focus = self._conditions(said, _THIS, "?value")
        path = said.get(SH + "path")
        wheres = []
        if of_values and path:
            wheres.append(f"{_THIS} {path_text(self._shapes, path[0])} ?value . FILTER({_not(of_values)})")
        elif of_values:
            wheres.append(f"BIND({_THIS} AS ?value) FILTER({_not(of_values)})")
        if of_focus:
            wheres.append(f"FILTER({_not(of_focus)})")
        wheres += [f"{{ {self._constraint(node)} }}" for node in said.get(SH + "sparql", ())]
        if wheres and not isinstance(shape, ox.NamedNode):
            raise UnknownShape("a shape that can refuse something has no name")
        prefixes = self._prefixes(said)
        for where in wheres:
            yield ShapeQuery(
                str(shape.value),
                f"{prefixes}SELECT DISTINCT {_THIS} ?value WHERE {{ {targets} {where} }}",
            )
        for inner in said.get(SH + "property", ()):
            if path or not isinstance(inner, Node):
                raise UnknownShape(f"{shape} has property shapes of its values")
            yield from self.refused(inner, targets)

    def conforms(self, shape: Term, node: str) -> str:
        """Return the expression that a node (a variable) conforms to a shape."""
        said = self._shapes.said(shape)
        path = said.get(SH + "path")
        if SH + "sparql" in said or not said:
            raise UnknownShape(f"{shape} says nothing, or a SPARQL constraint, inside another shape")
        value = self._variable() if path else node
        of_values, of_focus = self._conditions(said, node, value)
        if of_values and path:
            reached = f"{node} {path_text(self._shapes, path[0])} {value}"
            of_values = [f"NOT EXISTS {{ {reached} FILTER({_not(of_values)}) }}"]
        inner = [self.conforms(part, node) for part in said.get(SH + "property", ())]
        return _all([*of_values, *of_focus, *inner])

    def _conditions(
        self, said: Mapping[str, list[Term]], node: str, value: str
    ) -> tuple[list[str], list[str]]:
        """Return what must hold of each value node, and of the focus node with all of them."""
        path = said.get(SH + "path")
        reach = f"{node} {path_text(self._shapes, path[0])} {{}}" if path else ""
        of_values: list[str] = []
        of_focus: list[str] = []
        for name, parameters in said.items():
            if not name.startswith(SH) or name in _SAYS_NO_CONDITION:
                continue
            for parameter in parameters:
                if name in _OF_VALUES:
                    of_values.append(_OF_VALUES[name](self, parameter, node, value))
                elif reach and name in _OF_FOCUS:
                    of_focus.append(_OF_FOCUS[name](self, parameter, said, reach))
                else:
                    raise UnknownShape(f"konkyo does not know {name} here")
        return of_values, of_focus

    def _constraint(self, node: Term) -> str:
        unknown = self._shapes.said(node).keys() - {RDF + "type", SH + "prefixes", SH + "select"}
        select = self._shapes.value(node, SH + "select")
        if unknown or not isinstance(select, ox.Literal):
            raise UnknownShape(f"a SPARQL constraint has no sh:select, or says {sorted(unknown)}")
        return select.value

    def _prefixes(self, said: Mapping[str, list[Term]]) -> str:
        found: dict[str, str] = {}
        for node in said.get(SH + "sparql", ()):
            for owner in self._shapes.said(node).get(SH + "prefixes", ()):
                for item in self._shapes.said(owner).get(SH + "declare", ()):
                    prefix = self._shapes.value(item, SH + "prefix")
                    namespace = self._shapes.value(item, SH + "namespace")
                    if isinstance(prefix, ox.Literal) and isinstance(namespace, ox.Literal):
                        found[prefix.value] = namespace.value
        return declared(found)

    def _variable(self) -> str:
        return f"?v{next(self._numbers)}"

    def _classes(self, kind: Term) -> frozenset[str]:
        if not isinstance(kind, ox.NamedNode):
            raise UnknownShape(f"{kind} is no class with a name")
        return self._subclasses.get(kind.value, frozenset({kind.value}))

    def _at_least(self, number: int, reach: str, shape: Term | None = None) -> str:
        """Return the expression that there are so many different values, all of them of a shape if one is given."""
        if number <= 0:
            return "true"
        values = [self._variable() for _ in range(number)]
        tests = [f"!sameTerm({one}, {other})" for one, other in combinations(values, 2)]
        tests += [self.conforms(shape, value) for value in values if shape is not None]
        reached = " . ".join(reach.format(value) for value in values)
        return f"EXISTS {{ {reached} FILTER({_all(tests)}) }}"

    # ---- Conditions of one value node ----

    def _class(self, kind: Term, _node: str, value: str) -> str:
        classes = sorted(self._classes(kind))
        if len(classes) == 1:
            return f"EXISTS {{ {value} a <{classes[0]}> }}"
        found = self._variable()
        return f"EXISTS {{ {value} a {found} FILTER({found} IN ({', '.join(map('<{}>'.format, classes))})) }}"

    def _datatype(self, datatype: Term, _node: str, value: str) -> str:
        is_of_it = f"COALESCE(DATATYPE({value}) = {datatype}, false)"
        name = str(getattr(datatype, "value", ""))
        if name in _WRITTEN_AS:
            return f'({is_of_it} && REGEX(STR({value}), "{_WRITTEN_AS[name]}"))'
        if name in _CAST:
            return f"({is_of_it} && COALESCE(DATATYPE({datatype}(STR({value}))) = {datatype}, false))"
        raise UnknownShape(f"konkyo does not know how {datatype} is written")

    def _node_kind(self, kind: Term, _node: str, value: str) -> str:
        if str(getattr(kind, "value", "")) not in _NODE_KINDS:
            raise UnknownShape(f"konkyo does not know the kind of node {kind}")
        return f"{_NODE_KINDS[str(getattr(kind, 'value', ''))]}({value})"

    def _pattern(self, pattern: Term, _node: str, value: str) -> str:
        return f"(!isBlank({value}) && REGEX(STR({value}), {pattern}))"

    def _min_length(self, length: Term, _node: str, value: str) -> str:
        return f"(!isBlank({value}) && STRLEN(STR({value})) >= {length})"

    def _min_inclusive(self, bound: Term, _node: str, value: str) -> str:
        return f"COALESCE({value} >= {bound}, false)"

    def _max_inclusive(self, bound: Term, _node: str, value: str) -> str:
        return f"COALESCE({value} <= {bound}, false)"

    def _less_than_or_equals(self, predicate: Term, node: str, value: str) -> str:
        other = self._variable()
        return f"NOT EXISTS {{ {node} {predicate} {other} FILTER(!COALESCE({value} <= {other}, false)) }}"

    def _language_in(self, tags: Term, _node: str, value: str) -> str:
        matches = [f"LANGMATCHES(LANG({value}), {tag})" for tag in self._shapes.members(tags)]
        return f"COALESCE({_any(matches)}, false)"

    def _in(self, terms: Term, _node: str, value: str) -> str:
        return _any(f"sameTerm({value}, {term})" for term in self._shapes.members(terms))

    def _of_shape(self, shape: Term, _node: str, value: str) -> str:
        return self.conforms(shape, value)

    def _not_of_shape(self, shape: Term, _node: str, value: str) -> str:
        return _not([self.conforms(shape, value)])

    def _any_of(self, shapes: Term, _node: str, value: str) -> str:
        return _any(self.conforms(shape, value) for shape in self._shapes.members(shapes))

    def _one_of(self, shapes: Term, _node: str, value: str) -> str:
        ones = (f"IF({self.conforms(shape, value)}, 1, 0)" for shape in self._shapes.members(shapes))
        return f"({' + '.join(ones)} = 1)"

    # ---- Conditions of a focus node with all its values ----

    def _min_count(self, number: Term, _said: Mapping[str, list[Term]], reach: str) -> str:
        return self._at_least(_integer(number), reach)

    def _max_count(self, number: Term, _said: Mapping[str, list[Term]], reach: str) -> str:
        return _not([self._at_least(_integer(number) + 1, reach)])

    def _qualified_min(self, number: Term, said: Mapping[str, list[Term]], reach: str) -> str:
        return self._at_least(_integer(number), reach, said[SH + "qualifiedValueShape"][0])

    def _qualified_max(self, number: Term, said: Mapping[str, list[Term]], reach: str) -> str:
        return _not([self._at_least(_integer(number) + 1, reach, said[SH + "qualifiedValueShape"][0])])

    def _has_value(self, term: Term, _said: Mapping[str, list[Term]], reach: str) -> str:
        return f"EXISTS {{ {reach.format(term)} }}"

    def _unique_lang(self, _true: Term, _said: Mapping[str, list[Term]], reach: str) -> str:
        one, other = self._variable(), self._variable()
        same = f'LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({other})) && !sameTerm({one}, {other})'
        return f"NOT EXISTS {{ {reach.format(one)} . {reach.format(other)} FILTER({same}) }}"


def _all(conditions: Iterable[str]) -> str:
    return f"({' && '.join(conditions) or 'true'})"


def _any(conditions: Iterable[str]) -> str:
    return f"({' || '.join(conditions) or 'false'})"


def _not(conditions: Iterable[str]) -> str:
    return f"!{_all(conditions)}"


def _integer(number: Term) -> int:
    if not isinstance(number, ox.Literal):
        raise UnknownShape(f"{number} is no number")
    return int(number.value)


_OF_VALUES: dict[str, Callable[[_Compiler, Term, str, str], str]] = {
    SH + "class": _Compiler._class,
    SH + "datatype": _Compiler._datatype,
    SH + "nodeKind": _Compiler._node_kind,
    SH + "pattern": _Compiler._pattern,
    SH + "minLength": _Compiler._min_length,
    SH + "minInclusive": _Compiler._min_inclusive,
    SH + "maxInclusive": _Compiler._max_inclusive,
    SH + "lessThanOrEquals": _Compiler._less_than_or_equals,
    SH + "languageIn": _Compiler._language_in,
    SH + "in": _Compiler._in,
    SH + "node": _Compiler._of_shape,
    SH + "not": _Compiler._not_of_shape,
    SH + "or": _Compiler._any_of,
    SH + "xone": _Compiler._one_of,
}
_OF_FOCUS: dict[str, Callable[[_Compiler, Term, Mapping[str, list[Term]], str], str]] = {
    SH + "minCount": _Compiler._min_count,
    SH + "maxCount": _Compiler._max_count,
    SH + "qualifiedMinCount": _Compiler._qualified_min,
    SH + "qualifiedMaxCount": _Compiler._qualified_max,
    SH + "hasValue": _Compiler._has_value,
    SH + "uniqueLang": _Compiler._unique_lang,
}
_SAYS_NO_CONDITION = {
    SH + name
    for name in (
        "path", "property", "sparql", "qualifiedValueShape", "targetClass", "targetSubjectsOf",
        "message", "description", "severity",
    )
}  # fmt: skip
