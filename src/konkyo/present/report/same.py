"""The money of several fiscal years, compared over the projects that state all of them: a growing set of projects says nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from konkyo.common.words import Words
from konkyo.graph.budgets import figures, stating_all
from konkyo.model.codes import heading_of
from konkyo.model.identifiers import fiscal_year, year_number
from konkyo.present.report.data import Row, Source, asked, iri
from konkyo.present.report.model import Cell, Column, Money, Section, Series, Table, text
from konkyo.present.report.money import YEAR, latest
from konkyo.present.text.yen import in_words

_STAGES = ("initial", "executed")
_TITLE = Words("同じ事業で比べた予算と執行", "Budget and execution of the same projects")


def same(source: Source, projects: Collection[str], rows: list[Row] | None = None) -> Section | None:
    """Return the sums of the projects that state every year; None where there is one year only, or no such project.

    ``rows`` are the answer of a query of money by year, whose latest review says which years there are; without them these are
    the last four, which a review tells of.
    """
    told_of = {stage: figures(source.store, projects, stage, source.scope) for stage in _STAGES}
    years = (
        _years(told_of["initial"])
        if rows is None
        else {year_number(iri(row, "year")) for row in latest(rows or [])}
    )
    stated = [{year: told for year, told in told_of[stage].items() if year in years} for stage in _STAGES]
    whole, sums = stating_all(*stated)
    initial, executed = sums
    if len(initial) < 2:
        return None
    shown = sorted({*initial, *executed})
    labels = source.labels(fiscal_year(year) for year in shown)
    columns = (YEAR, *(Column(heading_of(stage), "yen") for stage in _STAGES))
    table = Table(
        columns,
        tuple((text(labels[fiscal_year(year)]), *(Cell(told.get(year)) for told in sums)) for year in shown),
    )
    plot = Money(
        tuple(labels[fiscal_year(year)] for year in shown),
        tuple(
            Series(stage, heading_of(stage), tuple(told.get(year) for year in shown))
            for stage, told in zip(_STAGES, sums, strict=True)
        ),
    )
    several = len({one for stage in stated for told in stage.values() for one in told})
    note = Words(
        f"年度を比べられるように、{_span(initial).ja}の当初予算{_and(executed).ja}を全て記載する{len(whole):,}事業（{several:,}事業のうち）だけを足した。",
        f"So that years can be compared, only the {len(whole):,} projects (of {several:,}) that state {_span(initial).en} of the initial budget"
        f"{_and(executed).en} are summed.",
    )
    return Section(
        "same", _TITLE, table, plot, (note,), (asked("budget-by-year"),), finding=_finding(initial, len(whole))
    )  # fmt: skip


def _years(told: Collection[int]) -> set[int]:
    return {year for year in told if year > max(told) - 4}


def _span(told: Mapping[int, object]) -> Words:
    first, last = min(told), max(told)
    return (
        Words(f"{first}～{last}年度", f"FY{first} to {last}")
        if first < last
        else Words(f"{first}年度", f"FY{first}")
    )


def _and(executed: Mapping[int, object]) -> Words:
    if not executed:
        return Words("", "")
    span = _span(executed)
    return Words(f"と{span.ja}の執行額", f" and {span.en} of what was executed")


def _finding(initial: Mapping[int, int], projects: int) -> Words:
    first, last = min(initial), max(initial)
    before, after = initial[first], initial[last]
    some = Words(f"同じ{projects:,}事業", f"the same {projects:,} projects")
    old, new = in_words(before), in_words(after)
    if not before:
        return Words(
            f"当初予算は{first}年度の0円から{last}年度の{new.ja}へ（{some.ja}）",
            f"Initial budgets went from 0 in FY{first} to {new.en} in FY{last} ({some.en})",
        )
    change = 100 * (after - before) / before
    if abs(change) < 0.05:
        return Words(
            f"当初予算は{first}年度と{last}年度でほぼ同じ{new.ja}（{some.ja}）",
            f"Initial budgets stayed at {new.en} from FY{first} to FY{last} ({some.en})",
        )
    went = Words("増", "rose") if change > 0 else Words("減", "fell")
    return Words(
        f"当初予算は{first}年度の{old.ja}から{last}年度の{new.ja}へ{abs(change):.1f}％{went.ja}（{some.ja}）",
        f"Initial budgets {went.en} by {abs(change):.1f} %, from {old.en} in FY{first} to {new.en} in FY{last} ({some.en})",
    )
