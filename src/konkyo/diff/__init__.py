"""What changed between two years of a store, or between two stores.

A basis is the strategy it belongs to, else the law or the citation as written. Two years are compared by strategy, so
that another edition of it is a move, and so is another section of the same edition; two builds of one year are compared
by what the source writes, so that a resolution that changed is a move as well. Renamed measures are suspected and listed,
never taken for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konkyo.diff.answer import Diff
from konkyo.diff.compare import changes_of, compared, unchanged
from konkyo.diff.model import KINDS, Basis, Change, Section, Side
from konkyo.diff.notes import notes_of
from konkyo.diff.sides import is_build, measure_of, ministry_of, read, sides
from konkyo.gaps.scope import check_built

if TYPE_CHECKING:
    from konkyo.store import Store

__all__ = ["KINDS", "Basis", "Change", "Diff", "Section", "Side", "diff", "is_build"]


def diff(
    store: Store | None,
    one: str,
    other: str,
    *,
    ministry: str | None = None,
    measure: str | None = None,
    year: str | int | None = None,
) -> Diff:
    """Compare two years of a store (``2012``, ``令和6年度``), or two builds in ``year`` or their latest common year.

    A build is a store's folder, a SPARQL server's address or its settings file; then ``store`` may be None. ``measure``
    (a name, key or IRI) compares what is stated for that measure and for the projects placed under it, taken together.
    Raises KonkyoError where a side is neither a year that the store holds nor a build.
    """
    before, after = sides(store, one, other, year=year)
    if ministry:
        ministry_of(before, after, ministry)
    iri = measure_of(before, after, measure) if measure else None
    for side in (before, after):
        check_built(side.store)
        read(side, iri, by_source=before.year == after.year)
    changes, notes = changes_of(before, after, iri), tuple(notes_of(before, after, iri))
    count = compared(before, after, iri)
    return Diff(before, after, iri, changes, unchanged(before, after), notes, count)
