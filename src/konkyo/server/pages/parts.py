"""The parts of a page about a thing that no trace holds: money, years, what belongs to it, payments and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.amounts import amounts, said_by, stage_rank
from konkyo.graph.budgets import figures, last_amounts
from konkyo.graph.links import LinkFilter, basis_links, parts
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.reader import EvidenceText, Reader
from konkyo.graph.sparql import PROLOGUE, select_each
from konkyo.graph.years import YearScope
from konkyo.model.kinds import ELEMENTS
from konkyo.store import Store

MOST = 100
_INSIDE = (*ELEMENTS, "Section", "Edition")


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Amounts by fiscal year in the rows and stage in the columns: figure IRI, yen and a note, or None.

    A year is as the latest review tells it, which is named where several reviews tell of the thing; a note says where another
    review tells an amount, or told it otherwise.
    """

    stages: tuple[Words, ...]
    rows: tuple[tuple[Words, Words | None, tuple[tuple[str, int, Words | None] | None, ...]], ...]


def money(reader: Reader, iri: str) -> MoneyTable | None:
    """Return the placed figures of a thing whose facts have been loaded; None where it has none."""
    told = amounts(reader, iri)
    if not told:
        return None
    last: dict[str, str] = {}
    for (year, _), several in told.items():
        last[year] = max(last.get(year, ""), *(amount.review or "" for amount in several))
    cells: dict[str, dict[str, tuple[str, int, Words | None]]] = {}
    names: dict[str, Words] = {}
    for (year, stage), several in told.items():
        code = stage.rsplit("/", 1)[-1]
        names[code] = reader.label(stage)
        amount = several[-1]
        said = said_by(reader, amount, last[year])
        cells.setdefault(year, {})[code] = amount.figure, amount.yen, said
    codes = sorted(names, key=lambda code: (stage_rank(code), code))
    reviews = {reader.review_year(figure) for figure in reader.objects(iri, "kk:hasBudgetFigure")}
    rows = tuple(
        (
            reader.label(year),
            reader.label(last[year]) if last[year] and len(reviews) > 1 else None,
            tuple(found.get(code) for code in codes),
        )
        for year, found in sorted(cells.items())
    )
    return MoneyTable(tuple(names[code] for code in codes), rows)


@dataclass(frozen=True, slots=True)
class AppearanceRow:
    """How one document of one year shows a thing."""

    iri: str
    year: Words | None
    number: str | None
    name: str
    status: str | None
    description: Words | None
    url: str | None
    evidence: tuple[EvidenceText, ...]


def appearances(reader: Reader, iri: str) -> list[AppearanceRow]:
    """Return the appearances of a thing, the latest year first: its history over the years."""
    found = reader.objects(iri, "kk:hasAppearance")
    reader.load(found)
    reader.load(value for item in found for value in reader.objects(item, "kk:fiscalYear"))
    reader.load_evidence(found)
    made = []
    for item in sorted(found, key=lambda i: (reader.one(i, "kk:fiscalYear") or "", i), reverse=True):
        year = reader.one(item, "kk:fiscalYear")
        made.append(
            AppearanceRow(
                item, reader.label(year) if year else None, reader.one(item, "dcterms:identifier"),
                reader.one(item, "kk:statedText") or "", reader.one(item, "kk:projectStatus"),
                reader.literals(item, "dcterms:description"), reader.one(item, "schema:url"), tuple(reader.evidence(item)),
            )
        )  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class PartRow:
    """Something that is part of a thing; ``initial`` is its initial budget of the last year that states one."""

    thing: Thing
    initial: int | None
    year: int | None


def children(store: Store, reader: Reader, thing: Thing, scope: YearScope) -> tuple[list[PartRow], int]:
    """Return what is part of a thing, at most :data:`MOST`, the most money first, and how many there are."""
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ ?s dcterms:isPartOf {ox.NamedNode(thing.iri)} }}"
    )
    inside = sorted(row["s"].value for row in rows)
    if scope.iri:
        absent = scope.absent(inside)
        placed = scope.stated(((item, thing.iri) for item in inside if item not in absent), "kk:Placement")
        inside = [item for item in inside if (item, thing.iri) in placed]
    latest = last_amounts(figures(store, inside, "initial", scope))
    ranked = sorted(inside, key=lambda item: (-latest.get(item, (0, 0))[1], item))[:MOST]
    made = [
        PartRow(
            item,
            latest[item.iri][1] if item.iri in latest else None,
            latest[item.iri][0] if item.iri in latest else None,
        )
        for item in describe(reader, ranked)
        if item.kind in _INSIDE
    ]
    return made, len(inside)


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment, contract or use of money: who was paid by which project, for what, how much."""

    iri: str
    kind: Words
    other: Thing
    what: str | None
    yen: int | None


def payments(store: Store, reader: Reader, thing: Thing, scope: YearScope) -> tuple[list[PaymentRow], int]:
    """Return what a project paid, or a body was paid, the greatest first, at most 30; and how many there are."""
    if thing.kind not in ("Project", "Organization"):
        return [], 0
    node = ox.NamedNode(thing.iri)
    if thing.kind == "Project":
        found_by = f"{node} kk:hasPaymentBlock?/(kk:hasMoneyUse|kk:hasContract) ?u . ?u kk:payee ?other"
    else:
        found_by = (
            f"?u kk:payee {node} . ?holder kk:hasMoneyUse|kk:hasContract ?u . "
            "?other kk:hasPaymentBlock? ?holder ; a kk:Project"
        )
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?u ?class ?other ?yen ?review WHERE {{ {found_by} . ?u a ?class . "
        "OPTIONAL { ?u kk:amountYen ?yen } OPTIONAL { ?u kk:evidence/kk:reviewYear ?review } }"
    )
    found = [
        (
            row["u"].value,
            row["class"].value,
            row["other"].value,
            int(row["yen"].value) if row["yen"] is not None else None,
        )
        for row in rows
        if scope.counts(row["review"].value if row["review"] is not None else None)
    ]
    found.sort(key=lambda item: (-(item[3] or 0), item[0]))
    shown = found[:30]
    labels = reader.labels({item[1] for item in shown})
    things = {item.iri: item for item in describe(reader, sorted({item[2] for item in shown}))}
    reader.load(item[0] for item in shown)
    none = Words("", "")
    made = [
        PaymentRow(iri, labels.get(kind, none), things[other_iri], _purpose(reader, iri), yen)
        for iri, kind, other_iri, yen in shown
    ]
    return made, len(found)


def _purpose(reader: Reader, iri: str) -> str | None:
    said = (reader.one(iri, name) for name in ("kk:contractSummary", "kk:expenseItem", "kk:use"))
    return " / ".join(dict.fromkeys(text for text in said if text)) or None


def related(reader: Reader, thing: Thing, scope: YearScope) -> list[Thing]:
    """Return the projects that a project names as related, or that name it."""
    if thing.kind != "Project":
        return []
    reader.load_incoming([thing.iri], ["kk:relatedProject"])
    pairs = [
        *((thing.iri, other) for other in reader.objects(thing.iri, "kk:relatedProject")),
        *((other, thing.iri) for other in reader.subjects(thing.iri, "kk:relatedProject")),
    ]
    found = {iri for pair in scope.stated(pairs, "kk:ProjectRelation") for iri in pair}
    return describe(reader, sorted(found - {thing.iri}))


def reviews(reader: Reader, thing: Thing, scope: YearScope) -> list[dict[str, Any]]:
    """Return what the reviews say of a project: the field of the form and its text, by review."""
    if thing.kind != "Project":
        return []
    reader.load([thing.iri])
    about = reader.objects(thing.iri, "kk:hasReview")
    reader.load(about)
    made = []
    for iri in about:
        year = reader.review_year(iri)
        if not scope.counts(year):
            continue
        fields = reader.objects(iri, "kk:hasField")
        reader.load_places(fields)
        reader.load([year] if year else [])
        told = [reader.evidence_text(item) for item in fields]
        said = [
            (item.column or "", item.words or "", item.iri)
            for item in sorted(told, key=lambda item: (item.row or 0, int(item.iri.rpartition(",")[2])))
        ]
        made.append(
            {"iri": iri, "year": reader.label(year) if year else None, "fields": [s for s in said if s[1]]}
        )
    return made


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition of a strategy with its date, the edition before it, and how many things rest on it or its parts."""

    thing: Thing
    issued: str | None
    previous: Thing | None
    resting: int


def editions(store: Store, reader: Reader, thing: Thing, scope: YearScope) -> list[EditionRow]:
    """Return the editions of a strategy, the oldest first."""
    if thing.kind != "Strategy":
        return []
    found = reader.objects(thing.iri, "dcat:hasVersion")
    things = {item.iri: item for item in describe(reader, found)}
    reader.load(found)
    earlier = {iri: reader.one(iri, "dcat:previousVersion") for iri in found}
    known = {item.iri: item for item in describe(reader, sorted({iri for iri in earlier.values() if iri}))}
    resting = owners(store, {iri: parts(reader, iri) for iri in found}, scope)
    rows = [
        EditionRow(
            things[iri], reader.one(iri, "dcterms:issued"), known.get(earlier[iri] or ""), len(resting[iri])
        )
        for iri in found
    ]
    return sorted(rows, key=lambda row: (row.issued or "~", row.thing.iri))


def owners(store: Store, documents: dict[str, list[str]], scope: YearScope) -> dict[str, set[str]]:
    """Return who rests on each document or on a part of it, by whatever is not rejected."""
    inside = {part: document for document, some in documents.items() for part in some}
    found: dict[str, set[str]] = {document: set() for document in documents}
    if not scope.is_plain:
        for basis_link in basis_links(store, sorted(inside), LinkFilter(scope=scope)):
            if basis_link.relation == "justifies" and "rejected" not in (basis_link.level, basis_link.how):
                found[inside[basis_link.ground]].add(basis_link.owner)
        return found
    for part, row in select_each(store, sorted(inside), "?owner", "?owner kk:justifiedBy ?s"):
        found[inside[part]].add(row["owner"].value)
    return found


# By what a thing hangs below another: the property, and whether it is the thing's own.
_ABOVE = (
    ("dcterms:isPartOf", True), ("dcat:hasVersion", False), ("kk:hasObjective", False), ("kk:hasIndicator", False),
    ("kk:hasLogicStep", False),
    ("org:subOrganizationOf", True), ("org:unitOf", True), ("kk:ministry", True),
)  # fmt: skip


def above(reader: Reader, thing: Thing, scope: YearScope) -> list[Thing]:
    """Return what a thing is part of in the year, outermost first: one way, where there are several."""
    path: list[str] = []
    node = thing.iri
    for _ in range(8):
        reader.load([node])
        reader.load_incoming([node], [name for name, own in _ABOVE if not own])
        found = [
            item
            for name, own in _ABOVE
            for item in (reader.objects(node, name) if own else reader.subjects(node, name))
            if item not in path and item != thing.iri
        ]
        kept = scope.stated(((node, item) for item in found), "kk:Placement") if scope.iri else ()
        found = [item for item in found if not scope.iri or (node, item) in kept]
        if not found:
            break
        node = found[0]
        path.insert(0, node)
    return describe(reader, path)
