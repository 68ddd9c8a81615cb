"""Sections about money: by year, by ministry, and of one thing as its sources state it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from konkyo.common.words import Words
from konkyo.graph.amounts import amounts, placed, stage_rank
from konkyo.graph.facts import load_facts
from konkyo.model.codes import heading_of
from konkyo.present.report.data import Row, Source, asked, iri, number
from konkyo.present.report.model import (
    Cell,
    Column,
    Money,
    Question,
    References,
    Section,
    Series,
    Table,
    text,
    totals,
)
from konkyo.present.text.yen import in_words

YEAR = Column(Words("年度", "Year"))
PROJECTS = Column(Words("予算事業", "Projects"), "count")
_STAGES = {
    "initial": heading_of("initial"),
    "total": Words("合計（歳出予算現額）", "Total budget"),  # 合計 alone would look like a total of the table
    "executed": heading_of("executed"),
}
_STATED = Words("記載のある事業", "projects that state it")
ONCE = Words(
    "一つの予算事業は、何通りに引用していても一度だけ数えた。",
    "A project is counted once, in however many ways it cites.",
)
ABSENT = Words(
    "空欄は記載がないことを示し、0ではない。", "An empty cell means that nothing is stated, which is not 0."
)


def latest(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of the latest review: another one tells of the same years again."""
    reviews = [iri(row, "review") for row in rows]
    return [row for row in rows if iri(row, "review") == max(reviews)]


def added(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of groups that exclude each other, such as ministries, added up by year."""
    years: dict[tuple[str, str], dict[str, int | None]] = {}
    for row in rows:
        sums = years.setdefault((iri(row, "review"), iri(row, "year")), {})
        for name in ("projects", *_STAGES, *(f"{stage}Of" for stage in _STAGES)):
            value = number(row, name)
            if value is not None:
                sums[name] = (sums.get(name) or 0) + value
            else:
                sums.setdefault(name, None)
    return [
        {"review": review, "year": year, **{k: None if v is None else str(v) for k, v in sums.items()}}
        for (review, year), sums in sorted(years.items())
    ]


def by_year(
    source: Source, rows: Sequence[Row], title: Words, queries: Iterable[Question], *notes: Words
) -> Section | None:
    """Return the section of the answer of ``money-of-projects`` or ``money-of-ministries`` for one group."""
    rows = latest(rows) if rows else []
    if not rows:
        return None
    labels = source.labels([*(row["year"] for row in rows), *(row["review"] for row in rows)])
    columns = [YEAR, PROJECTS]
    for name in _STAGES.values():
        columns += [Column(name, "yen"), Column(_STATED, "count")]
    made = tuple(
        (
            text(labels[iri(row, "year")]),
            Cell(number(row, "projects")),
            *(Cell(number(row, name)) for stage in _STAGES for name in (stage, f"{stage}Of")),
        )
        for row in rows
    )
    review = labels[iri(rows[0], "review")]
    told = Words(
        f"{review.ja}のレビューの対象事業が記載する額。新しい事業は先の年度の額を記載せず、それより前に終わった事業は含まないので、年度の間では比べられない。",
        f"As stated by the projects of the review of {review.en}: new ones state nothing of earlier years, and those that ended before "
        "are not in it, so these sums do not compare years.",
    )
    return Section("money", title, Table(tuple(columns), made), None, (told, *notes, ABSENT), tuple(queries))


def by_ministry(
    source: Source, rows: Sequence[Row], title: Words, query: Question, *notes: Words
) -> Section | None:
    """Return projects and initial budgets by ministry, from the answer of ``projects-by-budget``."""
    if not rows:
        return None
    reviews = [row["review"] for row in rows if row["review"]]
    review = max(reviews) if reviews else None
    ministries: dict[str, set[str]] = {}
    sums: dict[str, int] = {}
    stating: dict[str, int] = {}
    for row in rows:
        ministry, initial = iri(row, "ministry"), number(row, "initial")
        ministries.setdefault(ministry, set()).add(iri(row, "project"))
        if initial is not None and row["review"] == review:
            sums[ministry] = sums.get(ministry, 0) + initial
            stating[ministry] = stating.get(ministry, 0) + 1
    labels = source.labels([*ministries, review])
    year = labels[review] if review else Words("", "")
    columns = (
        Column(Words("府省庁", "Ministry")),
        PROJECTS,
        Column(Words(f"{year.ja}当初予算", f"Initial budget {year.en}"), "yen"),
        Column(_STATED, "count"),
    )
    made = tuple(
        (
            text(labels[ministry]),
            Cell(len(ministries[ministry])),
            Cell(sums.get(ministry)),
            Cell(stating.get(ministry, 0)),
        )
        for ministry in sorted(ministries, key=lambda m: (-len(ministries[m]), m))
    )
    return Section(
        "ministries",
        title,
        Table(columns, made, totals(made, columns)),
        None,
        notes,
        (query,),
        finding=most_projects(made),
    )


def most_projects(rows: Sequence[tuple[Cell, ...]]) -> Words | None:
    """Return which ministry (first cell) has most projects (second cell), as a finding; None where two have as many."""
    counts = sorted((row[1].value for row in rows if isinstance(row[1].value, int)), reverse=True)
    if len(counts) < 2 or counts[0] == counts[1]:
        return None
    first = next(row[0].value for row in rows if row[1].value == counts[0])
    if not isinstance(first, Words):
        return None
    return Words(
        f"{first.ja}の事業が最も多い（{sum(counts):,}事業のうち{counts[0]:,}事業）",
        f"{first.en} has most of the projects ({counts[0]:,} of {sum(counts):,})",
    )


def projects(
    source: Source,
    rows: Sequence[Row],
    title: Words,
    query: Question,
    limit: int,
    cited: dict[str, Cell] | None = None,
) -> Section | None:
    """Return the projects with the largest initial budgets; ``cited`` is what each of them cites."""
    reviews = [row["review"] for row in rows if row["review"]]
    review = max(reviews) if reviews else None
    amounts: dict[str, Row] = {}
    for row in rows:
        if iri(row, "project") not in amounts or row["review"] == review:
            amounts[iri(row, "project")] = row
    if not amounts:
        return None
    ranked = sorted(
        amounts.values(),
        key=lambda row: (-(_amount(row, review) or 0), _amount(row, review) is None, iri(row, "project")),
    )
    shown = ranked[:limit]
    labels = source.labels([review, *(row[name] for row in shown for name in ("project", "ministry"))])
    year = labels[review] if review else Words("", "")
    columns = [
        Column(Words("予算事業", "Project")),
        Column(Words("府省庁", "Ministry")),
        Column(Words(f"{year.ja}当初予算", f"Initial budget {year.en}"), "yen"),
    ]
    if cited is not None:
        columns.append(Column(Words("引用（表記のまま）", "Cited as (as written)")))
    made = []
    for row in shown:
        cells = [
            text(labels[iri(row, "project")]),
            text(labels[iri(row, "ministry")]),
            Cell(_amount(row, review)),
        ]
        if cited is not None:
            cells.append(cited.get(iri(row, "project"), Cell(None)))
        made.append(tuple(cells))
    notes = [Words("当初予算の大きい順。", "The largest initial budgets first.")]
    if (more := len(ranked) - limit) > 0:
        notes.append(
            Words(
                f"このほか{more:,}事業（下の問合せで全て）。",
                f"{more:,} more projects: all of them by the query below.",
            )
        )
    return Section(
        "projects",
        title,
        Table(tuple(columns), tuple(made)),
        None,
        tuple(notes),
        (query,),
        finding=_largest(made[0]),
    )


def _largest(row: tuple[Cell, ...]) -> Words | None:
    name, _, yen, *_ = (cell.value for cell in row)
    if not isinstance(yen, int) or not isinstance(name, Words):
        return None
    amount = in_words(yen)
    return Words(
        f"当初予算が最も大きいのは「{name.ja}」（{amount.ja}）",
        f"“{name.en}” has the largest initial budget ({amount.en})",
    )


def _amount(row: Row, review: str | None) -> int | None:
    return number(row, "initial") if row["review"] == review else None


def shown_projects(rows: Sequence[Row], limit: int) -> list[str]:
    """Return the projects that :func:`projects` will show, so that only they are read."""
    reviews = [row["review"] for row in rows if row["review"]]
    review = max(reviews) if reviews else None
    best: dict[str, int] = {}
    for row in rows:
        best[iri(row, "project")] = max(best.get(iri(row, "project"), -1), _amount(row, review) or 0)
    return sorted(best, key=lambda project: (-best[project], project))[: limit * 2]


def own(source: Source, thing: str, references: References) -> Section | None:
    """Return the budget that sources state of one thing, each amount with its place.

    Each fiscal year is as the latest review tells it. Where an older one tells other amounts, these stand in a line of their own.
    """
    reader = source.reader
    load_facts(reader, [thing], source.scope, over_reviews=True)
    lines: dict[tuple[str, str], dict[str, Cell]] = {}
    latest: dict[str, str] = {}
    told = amounts(reader, thing)
    for (year, _), several in told.items():
        latest[year] = max(latest.get(year, ""), *(amount.review or "" for amount in several))
    for (year, stage), several in told.items():
        for amount in (each for one in several for each in (one, *one.older)):
            cell = Cell(amount.yen, references.numbers(reader.evidence(amount.figure)))
            lines.setdefault((year, amount.review or ""), {})[stage] = cell
    unplaced = sum(not placed(reader, figure) for figure in reader.objects(thing, "kk:hasBudgetFigure"))
    stages = sorted(
        {stage for line in lines.values() for stage in line}, key=lambda stage: (stage_rank(stage), stage)
    )
    if not lines:
        return None
    years = source.labels([*(y for y, _ in lines), *(r for _, r in lines), *stages])
    columns = (
        YEAR,
        *([Column(Words("レビュー", "Review"))] if any(review for _, review in lines) else []),
        *(Column(years[s], "yen") for s in stages),
    )
    made = tuple(
        (
            text(years[year]),
            *([text(years[review]) if review else Cell(None)] if len(columns) > len(stages) + 1 else []),
            *(line.get(stage, Cell(None)) for stage in stages),
        )
        for (year, review), line in sorted(lines.items())
    )
    notes = [ABSENT]
    if any(review < latest[year] for year, review in lines):
        notes.append(
            Words(
                "同じ年度の行が二つあるものは、後のレビューの記載が新しい。先のレビューの行には、それと違う額と、先のレビューだけにある額を示した。",
                "Of two lines of one year the later review's is the newer one; that of the earlier review has the amounts that "
                "differ, and those that only it states.",
            )
        )
    queries = [asked("budget-by-year", owner=thing, **source.since)]
    if unplaced:
        notes.append(
            Words(
                f"このほか、年度か区分を特定できない金額が{unplaced}件ある。",
                f"There are {unplaced} more amounts whose year or stage cannot be told.",
            )
        )
        queries.append(asked("unplaced-figures", owner=thing))
    title = Words(
        "この施策・事業について資料が記載する予算と執行",
        "Budget and execution as the sources state them of it",
    )
    return Section("own", title, Table(columns, made), _drawn(lines, years), tuple(notes), tuple(queries))


def _drawn(lines: dict[tuple[str, str], dict[str, Cell]], labels: dict[str, Words]) -> Money | None:
    """Return the three stages that are drawn; each year as the latest review tells of it."""
    last: dict[str, dict[str, Cell]] = {}
    for (year, _), line in sorted(lines.items()):
        # What only an earlier review states of the year stays.
        last[year] = last.get(year, {}) | line
    series = []
    for stage, name in _STAGES.items():
        drawn_amounts = tuple(
            next(
                (c.value for s, c in line.items() if s.endswith("/" + stage) and isinstance(c.value, int)),
                None,
            )
            for line in last.values()
        )
        series.append(Series(stage, name, drawn_amounts))
    drawn = [
        position for position in range(len(last)) if any(s.amounts[position] is not None for s in series)
    ]
    if not drawn:
        return None
    years = list(last)
    return Money(
        tuple(labels[years[p]] for p in drawn),
        tuple(Series(s.stage, s.name, tuple(s.amounts[p] for p in drawn)) for s in series),
    )
