"""What a question about missing things is asked of: the years that a store holds, a ministry by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from konkyo.errors import KonkyoError
from konkyo.text import parse_fiscal_year
from konkyo.vocabulary import GRAPH, ID, KK
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.store import Store

_FY = f"{ID}fy/"
# The files of a review year. Importing the importers for their names would double the time of a command.
RS_FILES = (
    *("1-1", "1-2", "1-3", "1-4", "1-5", "2-1", "2-2", "3-1", "3-2", "4-1"),
    *("5-1", "5-2", "5-3", "5-4", "6-1"),
)


def year_of(text: str | int | None) -> int | None:
    """Return the year that a person means: ``2024``, ``令和6年度``, ``R6``. Raises KonkyoError."""
    if text is None or isinstance(text, int):
        return text
    try:
        return int(text) if text.isascii() and text.isdecimal() else parse_fiscal_year(text)
    except ValueError as error:
        raise KonkyoError(
            Words(f"「{text}」は年度として読めません。", f"{text!r} is no fiscal year."),
            hint=Words("例: 2024、令和6年度、R6", "As in: 2024, 令和6年度, R6"),
        ) from error


def years(store: Store) -> dict[int, tuple[str, ...]]:
    """Return the years that documents of the store are of, each with the kinds of its RS files (none: sheets only)."""
    files: dict[int, set[str]] = {}
    for name in store.graphs():
        year, _, kind = name.removeprefix(f"{GRAPH}rs-").partition("/")
        if name.startswith(f"{GRAPH}rs-") and year.isdigit() and kind:
            files.setdefault(int(year), set()).add(kind)
    for row in store.select(
        f"SELECT DISTINCT ?year WHERE {{ ?sheet a <{KK}EvaluationSheet> ; <{KK}fiscalYear> ?year }}"
    ):
        files.setdefault(int(row["year"].value.removeprefix(_FY)), set())
    return {year: tuple(sorted(kinds)) for year, kinds in sorted(files.items())}


def chosen_year(held: dict[int, tuple[str, ...]], year: int | None) -> int:
    """Return the year asked for, or the latest that is held. Raises KonkyoError where it is not there."""
    if not held:
        raise KonkyoError(
            Words("このストアには資料がありません。", "This store holds no documents."),
            hint=Words("`konkyo build` で資料を読み込めます。", "`konkyo build` reads documents."),
        )
    if year is not None and year not in held:
        listed = ", ".join(map(str, held))
        raise KonkyoError(
            Words(f"{year}年度の資料はありません。", f"There are no documents of {year}."),
            hint=Words(f"ある年度: {listed}", f"Years that are there: {listed}"),
        )
    return max(held) if year is None else year


def absent_files(files: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of RS files that a year with any of them lacks."""
    if not files:
        return ()
    return tuple(kind for kind in RS_FILES if kind not in files)


def check_built(store: Store) -> None:
    """Raise KonkyoError for a store that an older konkyo built: every element would seem to have no basis."""

    def some(pattern: str) -> bool:
        return any(True for _ in store.select(f"SELECT ?s WHERE {{ {pattern} }} LIMIT 1"))

    if some(f"?s a <{KK}Justification>") and not some(f"?s <{KK}statedIn> ?o"):
        raise KonkyoError(
            Words(
                "このストアは古い版のkonkyoで作られ、年度ごとの根拠を持ちません。",
                "An older konkyo built this store, without the years in which bases are stated.",
            ),
            hint=Words("`konkyo build` で作り直してください。", "Build it again with `konkyo build`."),
        )
