"""What names a law as its legal basis: the projects as rows of money, and the other things in a table."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.graph.budgets import figures
from konkyo.graph.lookup.things import Thing
from konkyo.model.identifiers import fiscal_year, year_number
from konkyo.present.report.data import Row, Source, asked, iri
from konkyo.present.report.model import Column, Question, Section, Table, text


def naming(source: Source, law: Thing) -> dict[str, set[str]]:
    """Return what names a law or an article of it in the report's year, each with the places that it names."""
    reader = source.reader
    reader.load_incoming([law.iri], ["dcterms:isPartOf"])
    named: dict[str, set[str]] = {}
    for place in (law.iri, *sorted(reader.subjects(law.iri, "dcterms:isPartOf"))):
        for row in source.rows("legal-basis", law=place):
            named.setdefault(iri(row, "element"), set()).add(place)
    absent = source.scope.absent(named) if source.scope.iri else set()
    reader.load(named)
    return {element: named[element] for element in sorted(named) if element not in absent}


def project_rows(source: Source, named: dict[str, set[str]]) -> list[Row]:
    """Return the projects among them with ministry, year and initial budget, as ``projects-by-budget`` answers for a plan."""
    reader = source.reader
    projects = [one for one in named if reader.kind(one) == "Project"]
    initial = figures(source.store, projects, "initial", source.scope)
    year = year_number(source.scope.iri) if source.scope.iri else max(initial, default=None)
    review = fiscal_year(year) if year is not None else None
    amounts = initial.get(year, {}) if year is not None else {}
    rows: list[Row] = []
    for project in projects:
        for ministry in reader.objects(project, "kk:ministry"):
            yen = amounts.get(project)
            rows.append(
                {
                    "project": project,
                    "ministry": ministry,
                    "review": review,
                    "initial": None if yen is None else str(yen),
                }
            )
    return rows


def others(source: Source, named: dict[str, set[str]], query: Question) -> Section | None:
    """Return the measures and other things that name it; None where all are projects."""
    reader = source.reader
    rest = [one for one in named if reader.kind(one) != "Project"]
    if not rest:
        return None
    labels = source.labels({*rest, *(place for one in rest for place in named[one])})
    rows = tuple(
        (
            text(labels[one]),
            text(
                Words(
                    "、".join(labels[place].ja for place in sorted(named[one])),
                    ", ".join(labels[place].en for place in sorted(named[one])),
                )
            ),
        )
        for one in rest
    )
    columns = (
        Column(Words("施策等", "Measure")),
        Column(Words("法令・条項", "Law or article")),
    )
    title = Words("これを根拠法令とする施策等", "Measures whose legal basis it is")
    return Section("resting", title, Table(columns, rows), None, (), (query,))


def by_basis(law: Thing) -> Question:
    """Return the question whose answer says what names a law."""
    return asked("legal-basis", law=law.iri)
