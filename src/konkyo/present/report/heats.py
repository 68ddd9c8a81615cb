"""Maps of counts: strategies by ministries, editions by ministries, strategies by measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from konkyo.common.words import Words
from konkyo.present.report.data import Row, Source, asked, iri, number
from konkyo.present.report.model import Cell, Column, Heat, Question, Section, Table, text

TOP = 30
# Up to which count a cell has which shade; the last has no bound.
BINS = (2, 5, 10, 25, 50)
_MEASURES = 15
_NO_EDITION = "~"
SEVERAL = Words(
    "一つの予算事業が複数の戦略を引く場合は、それぞれの行に全て数えた。行の間で足し合わせることはできない。",
    "A project that cites several strategies counts in full under each of them: rows are not to be added up.",
)


def shade(count: int) -> int:
    """Return the shade of a count: 0 for none, then 1 to 6."""
    return 0 if count == 0 else 1 + sum(count > bound for bound in BINS)


def _map(
    key: str,
    title: Words,
    heading: Words,
    rows: Sequence[tuple[str, Words, int | None]],
    columns: Sequence[tuple[str, Words]],
    counts: Mapping[tuple[str, str], int],
    notes: Iterable[Words],
    queries: Iterable[Question],
) -> Section:
    """Return a section with the map and its table; each row has its own total, which is no sum of the table's."""
    heads = (
        Column(heading),
        Column(Words("予算事業（各一度）", "Projects (each once)"), "count"),
        *(Column(words, "count") for _, words in columns),
    )
    table = Table(
        heads,
        tuple(
            (text(label), Cell(total), *(Cell(counts.get((row, column), 0)) for column, _ in columns))
            for row, label, total in rows
        ),
    )
    plot = columns and Heat(
        tuple(label for _, label, _ in rows),
        tuple(words for _, words in columns),
        tuple(tuple(counts.get((row, column), 0) for column, _ in columns) for row, _, _ in rows),
    )
    # What tells no edition is no edition.
    label, most = max(
        ((label, total or 0) for row, label, total in rows if row != _NO_EDITION),
        key=lambda row: row[1], default=(None, 0),
    )  # fmt: skip
    finding = label and Words(
        f"最も多くの事業が挙げるのは「{label.ja}」（{most:,}事業）",
        f"Most projects name “{label.en}” ({most:,})",
    )
    return Section(key, title, table, plot or None, tuple(notes), tuple(queries), finding=finding)


def _by_size(rows: Iterable[Row], name: str) -> list[str]:
    sums: dict[str, int] = {}
    for row in rows:
        sums[iri(row, name)] = sums.get(iri(row, name), 0) + (number(row, "projects") or 0)
    return sorted(sums, key=lambda item: (-sums[item], item))


def of_government(source: Source) -> Section | None:
    """Return the thirty strategies that most projects rest on, by ministry."""
    rows = source.rows("strategies-by-ministry", **source.review)
    if not rows:
        return None
    # Each project has one ministry, so that a strategy's numbers exclude each other and may be added up.
    strategies = _by_size(rows, "strategy")[:TOP]
    shown = [row for row in rows if row["strategy"] in strategies]
    ministries = _by_size(shown, "ministry")
    counts = {(iri(r, "strategy"), iri(r, "ministry")): number(r, "projects") or 0 for r in shown}
    labels = source.labels([*strategies, *ministries])
    notes = [SEVERAL]
    if (more := len({row["strategy"] for row in rows}) - len(strategies)) > 0:
        notes.append(
            Words(
                f"引く事業の多い順に{len(strategies)}。このほか{more:,}の戦略・計画等が引かれている（下の問合せで全て）。",
                f"The {len(strategies)} that most projects cite; {more:,} more are cited (all by the query below).",
            )
        )
    return _map(
        "heat",
        Words("戦略・計画等と府省庁", "Strategies by ministries"),
        Words("戦略・計画等", "Strategy"),
        [(s, labels[s], sum(counts.get((s, m), 0) for m in ministries)) for s in strategies],
        [(m, labels[m]) for m in ministries],
        counts,
        notes,
        [asked("strategies-by-ministry", **source.review)],
    )


def of_strategy(source: Source, strategy: str) -> Section | None:
    """Return the editions of a strategy, oldest first, by ministry; what names no edition stands last."""
    rows = source.rows("editions-by-ministry", strategy=strategy, **source.review)
    if not rows:
        return None
    ministries = _by_size(rows, "ministry")
    editions = sorted({row["edition"] or _NO_EDITION for row in rows})
    counts = {
        (row["edition"] or _NO_EDITION, iri(row, "ministry")): number(row, "projects") or 0 for row in rows
    }
    labels = source.labels([*(e for e in editions if e != _NO_EDITION), *ministries])
    labels[_NO_EDITION] = Words("版を特定しない引用", "Citations that tell no edition")
    note = Words(
        "複数の版を引く予算事業は、それぞれの版に数えた。版の間で足し合わせることはできない。",
        "A project that cites several editions counts under each of them: editions are not to be added up.",
    )
    return _map(
        "heat",
        Words("版と府省庁", "Editions by ministries"),
        Words("版", "Edition"),
        [(e, labels[e], sum(counts.get((e, m), 0) for m in ministries)) for e in editions],
        [(m, labels[m]) for m in ministries],
        counts,
        [note],
        [asked("editions-by-ministry", strategy=strategy, **source.review)],
    )


def of_ministry(source: Source, ministry: str) -> Section | None:
    """Return the strategies that most projects of a ministry rest on, by its measures."""
    totals = {
        iri(row, "strategy"): number(row, "projects") or 0
        for row in source.rows("strategies-by-ministry", ministry=ministry, **source.review)
    }
    if not totals:
        return None
    rows = source.rows("strategies-by-measure", ministry=ministry, **source.review)
    strategies = sorted(totals, key=lambda item: (-totals[item], item))[:TOP]
    measures = _by_size([row for row in rows if row["strategy"] in strategies], "measure")
    counts = {(iri(r, "strategy"), iri(r, "measure")): number(r, "projects") or 0 for r in rows}
    labels = source.labels([*strategies, *measures])
    notes = [SEVERAL]
    both = Words(
        "複数の施策（施策のない府省庁では政策）に属する事業は、それぞれに数えた。どれにも属さない事業は図に現れない。",
        "A project of several measures (or policies, where there are no measures) counts under each of them; one of "
        "none is not in the map.",
    )
    notes.append(both)
    left = [
        Words(f"戦略・計画等{more:,}", f"{more:,} strategies")
        for more in [len(totals) - len(strategies)]
        if more > 0
    ] + [Words(f"施策{more:,}", f"{more:,} measures") for more in [len(measures) - _MEASURES] if more > 0]
    if left:
        notes.append(
            Words(
                f"多い順。このほか{'、'.join(w.ja for w in left)}がある（下の問合せで全て）。",
                f"The largest first; there are {' and '.join(w.en for w in left)} more (all by the queries below).",
            )
        )
    return _map(
        "heat",
        Words("戦略・計画等と施策・政策", "Strategies by measures or policies"),
        Words("戦略・計画等", "Strategy"),
        [(s, labels[s], totals[s]) for s in strategies],
        [(m, labels[m]) for m in measures[:_MEASURES]],
        counts,
        notes,
        [
            asked("strategies-by-ministry", ministry=ministry, **source.review),
            asked("strategies-by-measure", ministry=ministry, **source.review),
        ],
    )
