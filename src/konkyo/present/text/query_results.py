"""The answer of a SPARQL query: a table with labels for people, the standard formats for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any, TextIO

import pyoxigraph as ox

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Language, Words, counted, default_language
from konkyo.graph.reader import NAMES, Reader
from konkyo.model.namespaces import BASE, ID, XSD, shorten
from konkyo.model.syntax import kept_in_xml, serialized
from konkyo.present.text.csv import written
from konkyo.present.text.frames import Framed, html_table
from konkyo.present.text.grid import Grid
from konkyo.present.text.rdf import turtle
from konkyo.present.text.terminal import console
from konkyo.present.text.yen import in_a_cell

if TYPE_CHECKING:
    from konkyo.store import Answer, Store

TABULAR = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "xml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "nt", "jsonld")

ENGLISH = "english"
"""The variable of a stored query that says the one before it in English."""
_SHOWN = 20
"""Rows that a session shows of a table; more are counted."""
_MOST_DIGITS = 1000
"""Digits of a number that is reckoned with; Python takes time by their square."""
_YEN = re.compile(r"（円(?:）|、(?P<ja>.*）))| \(yen(?:\)|, (?P<en>.*\)))")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(repr=False)
class Table(Framed):
    """Rows of terms under variables, with the labels of the graph's own IRIs.

    Iterating gives one dict a row, from variable to Python value (str, int, float, bool, or None).
    """

    variables: list[str]
    rows: list[list[Term | None]]
    labels: Mapping[str, Words] = field(default_factory=dict)
    headings: Mapping[str, Words] = field(default_factory=dict)
    title: Words | None = None
    cut: bool = False
    """Whether the answer has more rows than these."""
    of: int | None = None
    """How many rows the answer has, where that is known."""
    lang: Language | None = None
    """The language of a session, for what has no other: a notebook, a data frame."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield {name: _python(term) for name, term in zip(self.variables, row, strict=True)}

    def __len__(self) -> int:
        return len(self.rows)

    def heading(self, variable: str, lang: str) -> str:
        """Return a column's heading."""
        return self.headings[variable].of(lang) if variable in self.headings else variable

    def text(self, term: Term | None, lang: str) -> str:
        """Return a cell's text for people: a label instead of an IRI where there is one."""
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            if label := self.labels.get(term.value):
                return label.of(lang)
            return term.value.removeprefix(ID) if term.value.startswith(ID) else shorten(term.value)
        if isinstance(term, ox.Literal):
            whole = _number(term)
            return f"{whole:,}" if isinstance(whole, int) and len(term.value) > 4 else term.value
        return str(term)

    def print(self, stream: TextIO, lang: str) -> None:
        """Print the table: columns aligned by display width at a terminal, tab-separated lines elsewhere."""
        numeric = {
            number
            for number in range(len(self.variables))
            if any(is_number(row[number]) for row in self.rows)
        }
        heads = [self.heading(name, lang) for name in self.variables]
        # People read 1.2兆円 at a terminal; a program gets each yen.
        money = (
            {number for number, head in enumerate(heads) if _YEN.search(head)} if stream.isatty() else set()
        )
        # The unit is in the Japanese amount itself, and short in the English heading.
        heads = [
            _YEN.sub(_short_unit, head) if number in money else head for number, head in enumerate(heads)
        ]
        grid = Grid(heads, numeric=numeric, left_out=self._other_language(lang), lang=lang)
        # Years have no comma; but where one number of a column has, all have.
        long = {
            number
            for number in numeric
            if any(isinstance(row[number], ox.Literal) and len(row[number].value) > 4 for row in self.rows)  # type: ignore[union-attr]
        }
        for row in self.rows:
            grid.add(
                *(
                    in_a_cell(whole).of(lang)
                    if number in money and isinstance(whole := _number(term), int)
                    else f"{whole:,}"
                    if number in long and isinstance(whole := _number(term), int)
                    else self.text(term, lang)
                    for number, term in enumerate(row)
                )
            )
        grid.part = self.of is not None and self.of > len(self.rows)
        if self.title and stream.isatty():
            grid.title = self.title.of(lang)
        grid.print(stream)
        if stream.isatty():
            console(stream).print(self._counted().of(lang), style="dim")

    def _counted(self) -> Words:
        """Return how many rows there are; where these are not all, how to get the others."""
        count = len(self.rows)
        if self.of is None or self.of <= count:
            return Words(f"{count:,}行", counted(count, "row"))
        return Words(
            f"{self.of:,}行のうち{count:,}行（--limit 0 で全て。--output とパイプにも全て）",
            f"{count:,} of {counted(self.of, 'row')} (--limit 0: all; a file or a pipe has all, too)",
        )

    def _other_language(self, lang: str) -> set[int]:
        """Return the column that a reader at a terminal needs not: of a name in both languages that of the other one."""
        if ENGLISH not in self.variables or self.variables.index(ENGLISH) == 0:
            return set()
        place = self.variables.index(ENGLISH)
        return {place} if lang == "ja" else {place - 1}

    def to_csv(self, lang: Language | None = None, *, iris: bool = False, tabs: bool = False) -> str:
        """Return CSV for people: headings and labels in one language, bare numbers, and no text that is a formula.

        ``iris`` puts a column of IRIs beside each of labels, ``tabs`` makes it TSV. ``--format csv`` gives the terms
        instead, as SPARQL has it.
        """
        lang = lang or default_language()
        places = self._with_iris() if iris else set()
        heads = [[self.heading(name, lang)] for name in self.variables]
        for place in places:
            heads[place].append(f"{heads[place][0]} (IRI)")
        rows = (
            [
                cell
                for place, term in enumerate(row)
                for cell in (self._bare(term, lang), *([_value(term)] if place in places else ()))
            ]
            for row in self.rows
        )
        return written([[head for pair in heads for head in pair], *rows], tabs=tabs)

    def _with_iris(self) -> set[int]:
        return {
            place for place in range(len(self.variables)) if any(_is_iri(row[place]) for row in self.rows)
        }

    def columns(self) -> Mapping[str, list[Any]]:
        """Return the values by variable: numbers as such, labels in the session's language, IRIs under ``NAME_iri``."""
        lang = self.lang or default_language()
        made: dict[str, list[Any]] = {}
        for place, name in enumerate(self.variables):
            terms = [row[place] for row in self.rows]
            labelled = any(_is_iri(term) for term in terms)
            made[name] = [self.text(term, lang) if _is_iri(term) else _python(term) for term in terms]
            if labelled:
                made[f"{name}_iri"] = [_value(term) if _is_iri(term) else None for term in terms]
        return made

    def __repr__(self) -> str:
        out = StringIO()
        shown = replace(self, rows=self.rows[:_SHOWN])
        shown.print(out, self.lang or default_language())
        return out.getvalue() + self._left(_SHOWN)

    def _left(self, shown: int) -> str:
        left = len(self.rows) - shown
        more = Words(f"…ほか{left:,}行", f"… and {counted(left, 'more row')}")
        return more.of(self.lang or default_language()) if left > 0 else ""

    def to_json(self) -> list[dict[str, Any]]:
        """Return one dict a row by variable: values as iteration gives them, and what has a label with it in both languages."""
        return [
            {name: self._plain(term) for name, term in zip(self.variables, row, strict=True)}
            for row in self.rows
        ]

    def _plain(self, term: Term | None) -> Any:
        value = _python(term)
        if isinstance(value, float) and not isfinite(value):
            return str(value)  # JSON has no such number
        if isinstance(term, ox.NamedNode) and (label := self.labels.get(term.value)):
            return {"iri": value, "label": label._asdict()}
        return value

    def _bare(self, term: Term | None, lang: str) -> str:
        return term.value if isinstance(term, ox.Literal) else self.text(term, lang)

    def _repr_html_(self) -> str:
        lang = self.lang or default_language()
        heads = [self.heading(name, lang) for name in self.variables]
        rows = ([self.text(term, lang) for term in row] for row in self.rows)
        return html_table(heads, rows, len(self.rows), lang, self.title.of(lang) if self.title else "")


def _short_unit(head: re.Match[str]) -> str:
    ja, en = head["ja"], head["en"]
    if head[0].startswith("（"):
        return f"（{ja}" if ja else ""
    return f" (¥, {en}" if en else " (¥)"


def _is_iri(term: Term | None) -> bool:
    return isinstance(term, ox.NamedNode)


def _value(term: Term | None) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def _python(term: Term | None) -> Any:
    if isinstance(term, ox.Literal):
        number = _number(term)
        if number is not None:
            return number
        return term.value in ("true", "1") if term.datatype.value == XSD + "boolean" else term.value
    return None if term is None else getattr(term, "value", str(term))


def _number(term: Term | None) -> int | float | None:
    """Return the value of a number; None for anything else, as a text that says it is one: ``"abc"^^xsd:integer``."""
    if not isinstance(term, ox.Literal) or len(term.value) > _MOST_DIGITS:
        return None
    kind = term.datatype.value.removeprefix(XSD)
    try:
        if kind == "integer":
            return int(term.value)
        return float(term.value) if kind in ("decimal", "double", "float") else None
    except ValueError:
        return None


def is_number(term: Term | None) -> bool:
    """Return whether a term is a number."""
    return _number(term) is not None


def table(
    store: Store,
    answer: ox.QuerySolutions,
    headings: Mapping[str, Words] | None = None,
    *,
    skip: int = 0,
    most: int | None = None,
) -> Table:
    """Read an answer into a table, at most so many rows after the first ``skip``, and look up the labels of the IRIs in it."""
    variables = [variable.value for variable in answer.variables]
    places = range(len(variables))
    solutions = iter(answer)
    rows: list[list[Term | None]] = [
        [solution[place] for place in places]
        for solution in islice(solutions, skip, skip + most if most is not None else None)
    ]
    cut = most is not None and next(solutions, None) is not None
    iris = {
        term.value
        for row in rows
        for term in row
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
    }
    reader = Reader(store)
    reader.load_only(sorted(iris), NAMES)
    labels = {iri: reader.label(iri) for iri in iris if reader.known(iri)}
    return Table(variables, rows, labels, headings or {}, cut=cut)


def page_of(
    store: Store, text: str, headings: Mapping[str, Words], *, skip: int, most: int
) -> tuple[Table, int]:
    """Run a SELECT; return at most so many rows after the first ``skip``, and how many there are in all."""
    answer = store.select(text)
    made = table(store, answer, headings, skip=skip, most=most)
    if not made and skip:
        return made, sum(1 for _ in store.select(text))
    # Reading the table took one row more, to see whether there is one.
    return made, skip + len(made) + (1 + sum(1 for _ in answer) if made.cut else 0)


def serialize(answer: Answer | Iterable[ox.Triple], format_name: str) -> bytes:
    """Return an answer in a standard format. Raises KonkyoError where the format does not fit the answer."""
    if not isinstance(answer, ox.QuerySolutions | ox.QueryBoolean):
        if format_name not in GRAPHS:
            raise _unfit(format_name, GRAPHS)
        triples = sorted(set(answer), key=str)
        if format_name == "turtle":
            return turtle(triples)
        return serialized(triples, GRAPHS[format_name])
    rows = isinstance(answer, ox.QuerySolutions)
    check_rows_format(format_name, boolean=not rows)
    made = answer.serialize(format=TABULAR[format_name]) or b""
    return kept_in_xml(made) if format_name == "xml" else made


def check_rows_format(format_name: str, *, boolean: bool = False) -> None:
    """Raise KonkyoError for a format in which rows, or yes and no, cannot be written."""
    if format_name not in TABULAR or (boolean and format_name not in ("json", "xml")):
        raise _unfit(format_name, ("json", "xml") if boolean else TABULAR)


def _unfit(format_name: str, fitting: Any) -> KonkyoError:
    listed = ", ".join(fitting)
    return KonkyoError(
        Words(
            f"この問合せの答えは{format_name}にできません。",
            f"The answer of this query cannot be written as {format_name}.",
        ),
        hint=Words(f"使える形式: {listed}", f"Formats that fit: {listed}"),
    )
