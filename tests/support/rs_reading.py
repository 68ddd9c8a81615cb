"""Reading invented rows in tests: the report, and the triples with evidence as what it says and not by its IRI."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from konkyo.model.namespaces import shorten
from konkyo.sources.rs import IMPORTERS, FileReport, recognise
from konkyo.sources.rs.engine import LIMIT, convert
from support.rs_rows import NAMES

Triples = set[tuple[str, str, str]]


def run(path: Path, written: list[str] | None = None, limit: float = LIMIT) -> FileReport:
    """Convert one file; return its report, and put its lines into ``written``."""
    (file,) = recognise(path)
    lines: list[str] = [] if written is None else written
    return convert(file, IMPORTERS[file.kind], NAMES, lines.append, lambda _: None, limit)


def read(path: Path, limit: float = LIMIT) -> tuple[Triples, FileReport]:
    """Return the triples of one file in short form, and its report; ``limit`` is the part of rows that may be refused."""
    lines: list[str] = []
    report = run(path, lines, limit)
    triples: Triples = set()
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS):
        triples.add((_short(quad.subject), _short(quad.predicate), _short(quad.object)))
    return triples, report


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return shorten(term.value) if isinstance(term, ox.NamedNode) else str(getattr(term, "value", term))


def said(triples: Triples) -> Triples:
    """Return triples in which a column stands as its heading: where it lies in the file does not matter."""
    headings = {subject: value for subject, predicate, value in triples if predicate == "kk:column"}
    cells = {subject for subject, _, _ in triples if "#cell=" in subject}
    cells |= {value for _, _, value in triples if "#cell=" in value}
    names = dict(headings)
    for cell in cells:
        found = dict.fromkeys(("kk:inColumn", "kk:statedText"), "")
        found.update({p: o for s, p, o in triples if s == cell})
        row = cell.partition("#cell=")[2].partition(",")[0]
        names[cell] = "|".join((row, headings[found["kk:inColumn"]], found["kk:statedText"]))
    return {
        (names.get(subject, subject), predicate, names.get(value, value))
        for subject, predicate, value in triples
        if predicate not in ("kk:sha256", "dcterms:title")
    }


def values(triples: Triples, predicate: str, subject: str = "") -> list[str]:
    """Return the sorted objects of a property, of one subject or of all."""
    return sorted(o for s, p, o in triples if p == predicate and subject in ("", s))


def subjects(triples: Triples, kind: str) -> list[str]:
    """Return the sorted IRIs of a class."""
    return sorted(s for s, p, o in triples if p == "rdf:type" and o == kind)


def fields(triples: Triples, subject: str) -> set[tuple[str, str]]:
    """Return the headings and words of the cells that hang on a thing."""
    held = values(triples, "kk:hasField", subject)
    headings = {subject: value for subject, predicate, value in triples if predicate == "kk:column"}
    return {
        (headings[values(triples, "kk:inColumn", item)[0]], *values(triples, "kk:statedText", item))
        for item in held
    }
