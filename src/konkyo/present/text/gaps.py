"""Gaps as tables for people, as CSV, and as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase
from typing import TextIO

import pyoxigraph as ox

from konkyo.common.text import one_line
from konkyo.common.words import Words, counted
from konkyo.graph.gaps import gap_iri
from konkyo.model.identifiers import fiscal_year
from konkyo.model.namespaces import DCTERMS, ID, KK, RDF, C
from konkyo.present.text.csv import written
from konkyo.present.text.grid import Grid
from konkyo.present.text.naming import numbered
from konkyo.present.text.rdf import evidence_triples, turtle
from konkyo.questions.gaps import Gap, Gaps, GapsOfKind

COLUMNS = (
    *("kind", "year", "ministry", "ministry_label", "element", "element_label", "finding"),
    *("related", "source", "place", "row", "column", "words"),
)
# Columns of a query that say where a gap stands, or are no things of their own.
_FRAME = ("ministry", "element", "review", "evidence", "fact", "by", "period")


def print_summary(answer: Gaps, stream: TextIO, lang: str) -> None:
    """Print how many gaps of each kind each ministry has, what is claimed, and what the claims rest on."""
    counts = {found.kind.name: found.by_ministry() for found in answer.found}
    ministries = {iri for table in counts.values() for iri in table if iri}
    if answer.ministry:
        ministries.add(answer.ministry)
    answer.words.update(answer.reader.labels(sorted(ministries)))
    year = Words(f"{answer.year}年度の不足", f"Gaps of {answer.year}")
    if answer.ministry:
        name = answer.label(answer.ministry)
        grid = Grid([Words("種類", "kind").of(lang), "--kind", Words("件数", "count").of(lang)], numeric={2})
        grid.title = Words(f"{name.ja}: {year.ja}", f"{name.en}: {year.en}").of(lang)
        for found in answer.found:
            grid.add(found.kind.short.of(lang), found.kind.name, _count(found))
    else:
        # Eight headings do not fit beside the names of ministries at a terminal: letters, told below the table.
        names = [
            letter if stream.isatty() else found.kind.short.of(lang)
            for letter, found in zip(ascii_lowercase, answer.found, strict=False)
        ]
        heads = [Words("府省庁", "ministry").of(lang), *names]
        grid = Grid(heads, numeric=set(range(1, len(heads))))
        grid.title = year.of(lang)
        totals = {iri: sum(table.get(iri, 0) for table in counts.values()) for iri in ministries}
        for iri in sorted(ministries, key=lambda iri: (-totals[iri], iri)):
            row = [_of(found, counts[found.kind.name].get(iri, 0)) for found in answer.found]
            grid.add(answer.label(iri).of(lang), *row)
        grid.add(Words("計", "total").of(lang), *(_count(found) for found in answer.found))
    grid.print(stream)
    _others(answer, stream, lang)
    _print_claims(answer, stream, lang)
    stream.write(one_line(answer.caution().of(lang)) + "\n")


def _print_claims(answer: Gaps, stream: TextIO, lang: str) -> None:
    """Print what is claimed of each kind; at a terminal what the letters stand for, and how to see more."""
    for found in answer.found:
        if not stream.isatty() or found.unanswered:
            claim = _claim(answer, found, lang)
            stream.write(one_line(f"{found.kind.short.of(lang)} (--kind {found.kind.name}): {claim}") + "\n")
    if not stream.isatty():
        return
    if not answer.ministry:
        grid = Grid(["", Words("種類", "kind").of(lang), "--kind"], whole={0, 2})
        for letter, found in zip(ascii_lowercase, answer.found, strict=False):
            grid.add(letter, found.kind.short.of(lang), found.kind.name)
        grid.print(stream)
    words = Words(
        "一覧と、何をどう数えたか: `--kind 種類`（`--kind all` で全て）",
        "The list, and what is counted how: `--kind KIND` (`--kind all`: every one)",
    )
    stream.write(words.of(lang) + "\n")


def _count(found: GapsOfKind) -> str:
    return "?" if found.unanswered else f"{found.count:,}"


def _of(found: GapsOfKind, count: int) -> str:
    return "?" if found.unanswered else "-" if not found.kind.by_ministry else f"{count:,}"


def _others(answer: Gaps, stream: TextIO, lang: str) -> None:
    """Say which other years could be asked for."""
    if answer.others:
        listed = [str(year) for year in answer.others]
        words = Words(
            f"{answer.year}年度の資料による。ほかに{'・'.join(listed)}年度（--year で選べる）。",
            f"By documents of {answer.year}; others: {', '.join(listed)} (--year chooses).",
        )
        stream.write(words.of(lang) + "\n")


def _claim(answer: Gaps, found: GapsOfKind, lang: str) -> str:
    return (answer.unanswered(found) or found.kind.claim).of(lang)


def print_lists(answer: Gaps, stream: TextIO, lang: str, limit: int, *, evidence: bool = False) -> None:
    """Print the lines of each kind, at most ``limit`` of each (0: all), and how many are left out.

    At a terminal a gap is one line, without its place, unless ``evidence`` is asked for.
    """
    answer.read()
    places = evidence or not stream.isatty()
    for found in answer.found:
        lines = found.lines[: limit or None]
        answer.prepare(lines)
        heads = [
            Words("府省庁", "ministry"),
            Words("対象", "about"),
            Words("不足", "what is missing"),
            Words("箇所", "place"),
        ]
        left_out = set() if places else {len(heads) - 1}
        grid = Grid([words.of(lang) for words in heads], folded=places, left_out=left_out, lang=lang)
        grid.part = len(lines) < len(found.lines)
        title = Words(f"{found.kind.short.ja} {_count(found)}件", f"{found.kind.short.en}: {_count(found)}")
        if places:
            grid.title = f"{title.of(lang)} — {_claim(answer, found, lang)}"
        else:
            stream.write(one_line(f"{title.of(lang)}: {_claim(answer, found, lang)}") + "\n")
        for line in lines:
            place = answer.evidence(line)
            grid.add(
                answer.label(line.ministry).of(lang) if line.ministry else "-",
                numbered(line.element, answer.label(line.element), lang),
                answer.finding(line).of(lang),
                place.short(lang) if place else "-",
            )
        grid.print(stream)
        if len(lines) < len(found.lines):
            left = len(found.lines) - len(lines)
            more = Words(
                f"…ほか{left:,}行（--limit 0 で全て）", f"… and {counted(left, 'more row')} (--limit 0: all)"
            )
            stream.write(more.of(lang) + "\n")
    if not places:
        stream.write(Words("箇所: --evidence", "Places: --evidence").of(lang) + "\n")
    stream.write(one_line(answer.caution().of(lang)) + "\n")


def to_csv(answer: Gaps, lang: str, limit: int = 0) -> str:
    """Return one row for each line; ``related`` holds the other things it concerns, with a space between."""
    return written([COLUMNS, *rows(answer, lang, limit)])


def rows(answer: Gaps, lang: str, limit: int = 0) -> list[list[str | int | None]]:
    """Return the cells of each line under :data:`COLUMNS`, at most ``limit`` of each kind (0: all)."""
    return [_row(answer, line, lang) for line in _some(answer, limit)]


def _row(answer: Gaps, line: Gap, lang: str) -> list[str | int | None]:
    place = answer.evidence(line)
    return [
        line.kind,
        answer.year,
        line.ministry,
        answer.label(line.ministry).of(lang) if line.ministry else "",
        line.element,
        answer.label(line.element).of(lang),
        answer.finding(line).of(lang),
        " ".join(_related(line)),
        *((place.source.of(lang), place.place.of(lang)) if place else (None, None)),
        *((place.row, place.column, place.words) if place else (None, None, None)),
    ]


def _related(line: Gap) -> list[str]:
    return [value for name, value in line.cells.items() if name not in _FRAME and value.startswith(ID)]


def _some(answer: Gaps, limit: int) -> Sequence[Gap]:
    answer.read()
    lines = [line for found in answer.found for line in found.lines[: limit or None]]
    answer.prepare(lines)
    return lines


def to_turtle(answer: Gaps, limit: int = 0) -> bytes:
    """Return each gap as a kk:Gap in Turtle, after a comment that says what the claims rest on."""
    triples = as_triples(answer, _some(answer, limit))
    head = f"# {answer.caution().en}\n# {answer.caution().ja}\n"
    return head.encode() + turtle(triples)


def as_triples(answer: Gaps, lines: Iterable[Gap]) -> list[ox.Triple]:
    """Return prepared gaps as RDF: each a kk:Gap with its kind, target, year, what else it concerns and evidence."""

    def node(iri: str) -> ox.NamedNode:
        return ox.NamedNode(iri)

    made: dict[str, list[Gap]] = {}
    for line in lines:
        made.setdefault(gap_iri(line.kind, answer.year, line.key), []).append(line)
    triples: set[ox.Triple] = set()
    for iri, several in made.items():
        first, subject = several[0], node(iri)

        def add(predicate: str, value: ox.NamedNode | ox.Literal, subject: ox.NamedNode = subject) -> None:
            triples.add(ox.Triple(subject, node(predicate), value))

        add(RDF + "type", node(KK + "Gap"))
        add(KK + "kind", node(C + first.kind))
        add(KK + "fiscalYear", node(fiscal_year(answer.year)))
        add(KK + "about", node(first.element))
        if first.ministry:
            add(KK + "ministry", node(first.ministry))
        for lang in ("ja", "en"):
            said = dict.fromkeys(answer.finding(line).of(lang) for line in several)
            add(DCTERMS + "description", ox.Literal("\n".join(said), language=lang))
        for line in several:
            if place := answer.place(line):
                triples.update(evidence_triples(subject, place))
            for value in _related(line):
                add(DCTERMS + "relation", node(value))
    return sorted(triples, key=str)
