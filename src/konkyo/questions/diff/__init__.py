"""What changed between two years of a store, or between two stores.

A basis is the strategy it belongs to, else the law or the citation as written. Two years are compared by strategy, so
that another edition of it is a move, and so is another section of the same edition; two builds of one year are compared
by what the source writes, so that a resolution that changed is a move as well. A project is the same by its id, whatever
its name; a step or indicator by the rules that join them over the years (:mod:`konkyo.build.over_years`). Sheets of single reviews
(2015 to 2023) have no such id: there a project is the same where links of lineage lead to it, and each change says their level; an
indicator by its name. Renamed measures are suspected and listed, never taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.asked_years import year_of
from konkyo.graph.years import check_built
from konkyo.questions.diff.answer import Diff
from konkyo.questions.diff.compare import changes_of, compared, unchanged
from konkyo.questions.diff.facts import unsure_of
from konkyo.questions.diff.model import ASPECTS, KINDS, Basis, Change, Section, Side
from konkyo.questions.diff.notes import notes_of
from konkyo.questions.diff.sides import follow, is_build, ministry_of, read, read_listed, sides, thing_of

if TYPE_CHECKING:
    from konkyo.store import Store

__all__ = ["ASPECTS", "KINDS", "Basis", "Change", "Diff", "Section", "Side", "diff", "is_build"]


def diff(
    store: Store | None,
    one: str,
    other: str,
    *,
    ministry: str | None = None,
    measure: str | None = None,
    project: str | None = None,
    year: str | int | None = None,
    since: str | int | None = None,
    about: Iterable[str] = (),
) -> Diff:
    """Compare two years of a store (``2012``, ``令和6年度``), or two builds in ``year`` or their latest common year.

    A build is a store's folder, a SPARQL server's address or its settings file; then ``store`` may be None. ``measure``
    (a name, key or IRI) compares what is stated for that measure and for the projects placed under it, taken together;
    ``project`` compares one project. Amounts and values of fiscal years before ``since`` are left out. ``about`` are names of :data:`ASPECTS`: by default all, of a measure bases and things.
    Raises KonkyoError where a side is neither a year that the store holds nor a build, or a name fits nothing.
    """
    before, after = sides(store, one, other, year=year)
    before.since = after.since = year_of(since)
    if ministry:
        ministry_of(before, after, ministry)
    if measure and project:
        raise KonkyoError(
            Words(
                "施策と予算事業は、どちらか一つを選んでください。", "Choose a measure or a project, not both."
            )
        )
    thing = thing_of(before, after, measure or project or "") if measure or project else None
    # A project is compared as one, by whichever name of the option it was given.
    of_project = thing.iri if thing and thing.kind == "Project" else None
    of_measure = thing.iri if thing and not of_project else None
    if project and thing and not of_project:
        raise KonkyoError(
            Words(
                f"「{thing.label.ja}」は{thing.kind_label.ja}で、予算事業ではありません。",
                f"{thing.label.en} is a {thing.kind_label.en}, and no project.",
            )
        )
    wanted = aspects(about) or (("bases", "things") if of_measure else tuple(ASPECTS))
    for side, other_side in ((before, after), (after, before)):
        check_built(side.store)
        read_listed(side, other_side)
    of_project = follow(before, after, of_project)
    read(before, after, of_measure, of_project, about=wanted, by_source=before.year == after.year)
    unsure = unsure_of(before, after) if "logic" in wanted else None
    apart = frozenset[str]().union(*(unsure or {}).values())
    changes = changes_of(before, after, of_measure, of_project, wanted, apart)
    notes = tuple(notes_of(before, after, of_measure, of_project, unsure))
    count = compared(before, after, of_measure)
    return Diff(before, after, of_measure or of_project, changes, unchanged(before, after), notes, count)


def aspects(names: Iterable[str]) -> tuple[str, ...]:
    """Return what to compare, each once. Raises KonkyoError for a name that is none of :data:`ASPECTS`."""
    found = tuple(dict.fromkeys(names))
    for name in found:
        if name not in ASPECTS:
            listed = ", ".join(ASPECTS)
            raise KonkyoError(
                Words(
                    f"「{name}」は比べられるものではありません。",
                    f"{name!r} is nothing that can be compared.",
                ),
                hint=Words(f"比べられるもの: {listed}", f"It may be: {listed}"),
            )
    return found
