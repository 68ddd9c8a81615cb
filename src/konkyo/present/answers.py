"""Answers as Python objects: what they print, how a notebook shows them, what a file or a data frame gets of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from konkyo.common.files import write_whole
from konkyo.common.text import one_line
from konkyo.common.words import Language, Words, counted
from konkyo.present.templates import framed
from konkyo.present.text.frames import Framed, as_columns, html_table

if TYPE_CHECKING:
    import networkx as nx

    from konkyo.graph.search import Results
    from konkyo.present.report import Report
    from konkyo.present.text.terminal import Branch
    from konkyo.questions.diff import Diff
    from konkyo.questions.gaps import Gaps
    from konkyo.questions.trace import Chains, Trace

_LINES = 40
"""Lines that a session shows of an answer; ``print`` shows all."""
_GAP_HEADS = (Words("種類", "kind"), Words("件数", "count"), Words("何が足りないか", "what is missing"))
_OPEN = 2
"""Levels of a tree that a notebook shows unfolded."""


class _Shown(Framed):
    """An answer in one language: ``print`` gives all of it, a session its beginning."""

    lang: Language

    def __repr__(self) -> str:
        lines = str(self).splitlines()
        left = len(lines) - _LINES
        if left <= 0:
            return "\n".join(lines)
        more = Words(f"…ほか{left:,}行（print で全て）", f"… and {counted(left, 'more line')} (print: all)")
        return "\n".join([*lines[:_LINES], more.of(self.lang)])


@dataclass(frozen=True, repr=False)
class TraceAnswer(_Shown):
    """A trace or chains; prints as a tree, shows as one that folds in a notebook."""

    answer: Trace | Chains
    lang: Language

    def __str__(self) -> str:
        return "\n".join(self._tree().lines())

    def _tree(self) -> Branch:
        from konkyo.present.text.traces import tree

        return tree(self.answer, self.lang)

    def _repr_html_(self) -> str:
        return f"<div style='line-height:1.5'>{_folding(self._tree(), 0)}</div>"

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the claims, a row for each place that states one."""
        from konkyo.present.text.claim_table import HEADINGS, claim_rows

        return as_columns([words.of(self.lang) for words in HEADINGS], claim_rows(self.answer, self.lang))

    def to_json(self) -> dict[str, Any]:
        """Return the answer as values of JSON."""
        return self.answer.to_json()

    def mermaid(self, lang: Language | None = None) -> str:
        """Return the answer as a Mermaid flow chart."""
        from konkyo.present.text.mermaid import mermaid

        return mermaid(self.answer, lang or self.lang)

    def prose(self) -> str:
        """Return the answer as paragraphs for a document, each sentence with its source."""
        from konkyo.present.prose import paragraph

        return paragraph(self.answer, self.lang)


def _folding(branch: Branch, depth: int) -> str:
    text = escape(one_line(branch.text))
    if not branch.children:
        return f"<div style='margin-left:1.2em'>{text}</div>"
    inner = "".join(_folding(child, depth + 1) for child in branch.children)
    opened = " open" if depth < _OPEN else ""
    return f"<details{opened} style='margin-left:{'1.2em' if depth else '0'}'><summary>{text}</summary>{inner}</details>"


@dataclass(frozen=True, repr=False)
class GapsAnswer(_Shown):
    """What is missing: the kinds with their counts, and each line of them."""

    answer: Gaps
    lang: Language

    def __str__(self) -> str:
        from konkyo.present.text.grid import Grid

        grid = Grid(
            [head.of(self.lang) for head in (*_GAP_HEADS[:1], Words("名前", "name"), *_GAP_HEADS[1:])]
        )
        for found, row in zip(self.answer.found, self._rows(), strict=True):
            grid.add(row[0], found.kind.name, *row[1:])
        return _drawn(grid.print) + self.answer.caution().of(self.lang) + "\n"

    def _rows(self) -> list[tuple[str, str, str]]:
        return [
            (
                found.kind.short.of(self.lang),
                "-" if found.unanswered else f"{found.count:,}",
                found.kind.claim.of(self.lang),
            )
            for found in self.answer.found
        ]

    def _repr_html_(self) -> str:
        rows = self._rows()
        table = html_table([head.of(self.lang) for head in _GAP_HEADS], rows, len(rows), self.lang)
        return f"{table}<p>{escape(self.answer.caution().of(self.lang))}</p>"

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return every line of every kind."""
        from konkyo.present.text.gaps import COLUMNS, rows

        return as_columns(COLUMNS, rows(self.answer, self.lang))

    def to_json(self) -> dict[str, Any]:
        """Return the answer as values of JSON."""
        return self.answer.to_json()


@dataclass(frozen=True, repr=False)
class DiffAnswer(_Shown):
    """What changed between two years or two stores."""

    answer: Diff
    lang: Language

    def __str__(self) -> str:
        from konkyo.present.text.diffs import print_diff

        return _drawn(lambda out: print_diff(self.answer, out, self.lang, 0))

    def _repr_html_(self) -> str:
        from konkyo.present.text.diffs import in_words, rows

        heads = (Words("変化", "change"), Words("対象", "about"), Words("言葉で", "in words"))
        shown = [(row[0] or "", row[4] or "", row[11] or "") for row in rows(self.answer, self.lang, _LINES)]
        total = len(self.answer.changes)
        table = html_table([head.of(self.lang) for head in heads], shown, total, self.lang)
        told = "".join(f"<p>{escape(line.of(self.lang))}</p>" for line in in_words(self.answer))
        return told + table

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return every change."""
        from konkyo.present.text.diffs import COLUMNS, rows

        return as_columns(COLUMNS, rows(self.answer, self.lang))

    def to_json(self) -> dict[str, Any]:
        """Return the answer as values of JSON."""
        return self.answer.to_json()


@dataclass(frozen=True, repr=False)
class SearchAnswer(_Shown):
    """What a search found."""

    answer: Results
    lang: Language

    def __str__(self) -> str:
        from konkyo.present.text.grid import Grid
        from konkyo.present.text.search_results import summary

        heads, rows = self._rows()
        grid = Grid(heads)
        for row in rows:
            grid.add(*row)
        return _drawn(grid.print) + summary(self.answer).of(self.lang) + "\n"

    def _rows(self) -> tuple[list[str], list[list[str]]]:
        from konkyo.present.text.search_results import HEADINGS, row

        heads = [heading.of(self.lang) for heading in HEADINGS]
        return heads, [row(hit, self.answer.of, self.lang) for hit in self.answer.hits]

    def _repr_html_(self) -> str:
        from konkyo.present.text.search_results import summary

        return html_table(*self._rows(), self.answer.total, self.lang, summary(self.answer).of(self.lang))

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return what was found, with IRIs."""
        made = as_columns(*self._rows())
        return {**made, "iri": [hit.iri for hit in self.answer.hits]}

    def to_json(self) -> dict[str, Any]:
        """Return the answer as values of JSON."""
        return self.answer.to_json()


def _drawn(draw: Callable[[TextIO], object]) -> str:
    out = StringIO()
    draw(out)
    return out.getvalue()


@dataclass(frozen=True)
class View:
    """A network view; shows in a notebook, and is saved as one offline HTML file."""

    graph: nx.MultiDiGraph[str]
    lang: Language

    def __repr__(self) -> str:
        nodes, edges = self.graph.number_of_nodes(), self.graph.number_of_edges()
        return Words(
            f"<ネットワーク {nodes:,}個 {edges:,}本。save(パス) で書く>",
            f"<network of {nodes:,} things and {edges:,} links; save(path) writes it>",
        ).of(self.lang)

    def html(self) -> str:
        """Return the page."""
        from konkyo.present.view import render_html

        return render_html(self.graph, lang=self.lang)

    def save(self, path: str | Path) -> Path:
        """Write the page and return its path."""
        from konkyo.present.view import write_html

        return write_html(self.graph, Path(path), lang=self.lang)

    def _repr_html_(self) -> str:
        return framed(self.html())


@dataclass(frozen=True)
class ReportPage:
    """A report: one offline page, or all its numbers as CSV."""

    report: Report
    lang: Language

    def __repr__(self) -> str:
        return Words("<報告。save(パス) で書く>", "<report; save(path) writes it>").of(self.lang)

    def html(self) -> str:
        """Return the page."""
        from konkyo.present.report import render_html

        return render_html(self.report, self.lang)

    def csv(self) -> str:
        """Return every number of the report, one a line."""
        from konkyo.present.report import report_csv

        return report_csv(self.report, self.lang)

    def save(self, path: str | Path) -> Path:
        """Write the page and return its path."""
        target = Path(path)
        write_whole(target, self.html())
        return target

    def _repr_html_(self) -> str:
        return framed(self.html())
