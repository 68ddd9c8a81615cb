"""Which project of one review is which of another: where the links of lineage lead, with the weakest level on the way.

What leads from one project to one is taken for one project. Where one was split, or several were merged, what is told of the whole is
nothing that its parts tell: such projects are named together, and nothing of them is compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.graph.sparql import PROLOGUE, select_each, values_of
from konkyo.model.identifiers import review_of_project, year_number
from konkyo.model.levels import LEVELS, weakest
from konkyo.model.namespaces import C

if TYPE_CHECKING:
    from konkyo.store import Store

_LINKS = """SELECT ?later ?before ?level WHERE {
  %s ?link a kk:Lineage ; kk:basis ?before ; kk:claimLevel ?level . ?later kk:hasLink ?link
}"""
# What one project has to do with: all that it goes on from, and all that goes on from it.
_NEAR = "%s ?start (kk:continues|^kk:continues)* ?later ."


@dataclass(frozen=True, slots=True)
class Apart:
    """Projects of the earlier review (``olds``) that were split or merged into those of the later one; ``level`` as for one."""

    olds: tuple[str, ...]
    news: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True)
class GoesOn:
    """What goes on from the earlier of two reviews to the later one.

    ``same`` leads from projects of the earlier review to those of the later that they are, ``levels`` has the level (a code) of each
    of these later ones. ``apart`` are splits and mergers. ``unknown`` are the years between of which the store has no review: no link
    leads over them, so that nothing can be called new or gone.
    """

    same: Mapping[str, str]
    levels: Mapping[str, str]
    apart: tuple[Apart, ...]
    unknown: tuple[int, ...] = ()

    @property
    def divided(self) -> frozenset[str]:
        """Return the projects that were split or merged, of both reviews."""
        return frozenset(iri for one in self.apart for iri in (*one.olds, *one.news))


def links_of(store: Store, near: Collection[str] = ()) -> dict[str, dict[str, tuple[str, int]]]:
    """Return of each project those that it goes on from, with the strongest level of such a link and the review's year.

    ``near`` keeps what has to do with these projects.
    """
    within = _NEAR % values_of("start", sorted(near)) if near else ""
    rows = [
        (row["later"].value, row["before"].value, row["level"].value.removeprefix(C))
        for row in store.select(PROLOGUE + _LINKS % within)
    ]
    # The identifier tells the review of most: to ask for it, an engine reads whatever has one.
    told = {before: review_of_project(before) for _, before, _ in rows}
    years = {before: review[0] for before, review in told.items() if review}
    for iri, row in select_each(
        store, sorted(told.keys() - years.keys()), "?review", "?s kk:reviewYear ?review"
    ):
        years[iri] = year_number(row["review"].value)
    found: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for later, before, level in rows:
        if level != "rejected" and before in years:
            known, _ = found[later].get(before, (level, 0))
            found[later][before] = min(known, level, key=LEVELS.index), years[before]
    return found


def goes_on(store: Store, earlier: int, projects: Collection[str], near: Collection[str] = ()) -> GoesOn:
    """Follow ``projects`` of a review back to the review of the year ``earlier``; with ``near`` only what has to do with these."""
    links = links_of(store, near)
    levels: dict[tuple[str, str], str] = {}  # by the later project and the earlier one
    for project in projects:
        for before, level in _back(links, project, earlier):
            known = levels.get((project, before), level)
            levels[project, before] = min(known, level, key=LEVELS.index)
    olds: dict[str, set[str]] = defaultdict(set)
    news: dict[str, set[str]] = defaultdict(set)
    for project, before in levels:
        olds[project].add(before)
        news[before].add(project)
    same: dict[str, str] = {}
    own: dict[str, str] = {}
    apart: dict[tuple[str, ...], Apart] = {}
    for (project, before), level in sorted(levels.items()):
        if len(olds[project]) == len(news[before]) == 1:
            same[before], own[project] = project, level
        else:
            group = _together(project, olds, news)
            links_within = [levels[new, old] for new in group.news for old in olds[new]]
            apart[group.news] = Apart(group.olds, group.news, weakest(*links_within))
    return GoesOn(same, own, tuple(apart.values()))


def near_to(store: Store, project: str) -> set[str]:
    """Return all projects that a project goes on from, and that go on from it, over any number of reviews, and itself."""
    text = f"SELECT DISTINCT ?later WHERE {{ {_NEAR % values_of('start', [project])} }}"
    return {row["later"].value for row in store.select(PROLOGUE + text)}


def _back(
    links: Mapping[str, Mapping[str, tuple[str, int]]], project: str, earlier: int
) -> Iterator[tuple[str, str]]:
    """Yield what a project was in an earlier review, with the weakest level of the way there."""
    open_ones = [(project, "stated", 9999)]
    while open_ones:
        here, level, last = open_ones.pop()
        for before, (own, year) in links.get(here, {}).items():
            if year == earlier:
                yield before, weakest(level, own)
            elif earlier < year < last:
                open_ones.append((before, weakest(level, own), year))


def _together(project: str, olds: Mapping[str, set[str]], news: Mapping[str, set[str]]) -> Apart:
    """Return a project with all that it shares an earlier project with, and so on, and these earlier ones."""
    several, before = {project}, set[str]()
    while more := {one for new in several for one in olds[new]} - before:
        before |= more
        several |= {one for old in more for one in news[old]}
    return Apart(tuple(sorted(before)), tuple(sorted(several)), "stated")
