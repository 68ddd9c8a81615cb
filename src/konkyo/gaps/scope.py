"""What a question about missing things is asked of: the years that a store holds, a ministry by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.namespaces import KK
from konkyo.years import chosen_year, year_of, years

if TYPE_CHECKING:
    from konkyo.store import Store

__all__ = ["absent_files", "check_built", "chosen_year", "year_of", "years"]

# The files of a review year. Importing the importers for their names would double the time of a command.
RS_FILES = (
    *("1-1", "1-2", "1-3", "1-4", "1-5", "2-1", "2-2", "3-1", "3-2", "4-1"),
    *("5-1", "5-2", "5-3", "5-4", "6-1"),
)


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
