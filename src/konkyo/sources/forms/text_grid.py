"""The budget table of a text without its table, where its rows run one after the other: sums tell its columns.

Which year a column is of is told where some columns are not complete: of the latest years only the initial budget or the
request is known. Where all are complete the years may run either way, and nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from konkyo.common.amounts import signed_amount
from konkyo.sources.documents import Box
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.years import written

STAGES = ("当初予算", "補正予算", "繰越し等", "合計", "執行額")
Figure = tuple[str, Box, str | None]
Told = tuple[dict[str, Any], Figure]


def labelled_rows(sheet: Sheet, runs: Mapping[str, Sequence[Figure]], years: Sequence[int]) -> list[Told]:
    """Return the cells of rows whose stages are known: ``runs`` are the figures of each, in their order."""
    initial, total = runs.get("当初予算", ()), runs.get("合計", ())
    if len(initial) != len(years) or not 1 < len(total) < len(years) or not _comes_out(runs, len(total)):
        return []
    made: list[Told] = []
    for stage, run in runs.items():
        if len(run) < len(total) or len(run) > len(years):
            continue
        for place, figure in enumerate(run):
            proven = place < len(total) and stage != "執行額"
            made.append(_cell(sheet, figure, years[place], stage, "計算" if proven else "配置"))
    return made


def bare_rows(
    sheet: Sheet, figures: Sequence[Figure], years: Sequence[int], request: int | None
) -> list[Told]:
    """Return the cells of rows that bear no label, in the order of the form: five rows of some columns, then what is left.

    ``request`` is the year that is requested, if one is.
    """
    for start in range(len(figures)):
        for count in range(len(years) - 1, 1, -1):
            rows = [figures[start + count * n : start + count * (n + 1)] for n in range(len(STAGES))]
            left = figures[start + 5 * count : start + 4 * count + len(years)]
            runs = dict(zip(STAGES, rows, strict=True))
            here = {figure[1].place for row in (*rows, left) for figure in row}
            if len(left) != len(years) - count or len(here) != 1 or not _comes_out(runs, count):
                continue
            runs["当初予算"] = [*rows[0], *left]
            return [
                _cell(
                    sheet,
                    figure,
                    years[place],
                    "要求額" if years[place] == request else stage,
                    "配置",
                )
                for stage, run in runs.items()
                for place, figure in enumerate(run)
            ]
    return []


def _comes_out(runs: Mapping[str, Sequence[Figure]], count: int) -> bool:
    """Return whether the first columns sum up, each to a total that is not nothing, and no more was spent than there was."""
    rows = [[signed_amount(figure[0]) for figure in runs.get(stage, ())[:count]] for stage in STAGES]
    if any(len(row) != count or None in row for row in rows[:4]):
        return False
    columns = list(zip(*rows[:4], strict=True))
    spent = zip((one or 0 for one in rows[4]), (column[3] or 0 for column in columns), strict=False)
    return all(column[3] and sum(one or 0 for one in column[:3]) == column[3] for column in columns) and all(
        one <= most for one, most in spent
    )


def _cell(sheet: Sheet, figure: Figure, year: int, stage: str, certainty: str) -> Told:
    cell = sheet.cell(figure[0], figure[1], certainty=certainty)
    return {"年度": written(year), "区分": stage, **cell}, figure
