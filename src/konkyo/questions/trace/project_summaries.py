"""The budget projects of a policy, a measure or a ministry, year by year, and what they rest on in sum."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code
from konkyo.common.words import Words
from konkyo.graph.fact import Fact, FactKey
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE, select_each, terms
from konkyo.model.identifiers import fiscal_year, is_project, review_of_project
from konkyo.model.namespaces import ID

if TYPE_CHECKING:
    from konkyo.graph.links import LinkFilter
    from konkyo.graph.years import YearScope
    from konkyo.store import Store

_NAMED = 5
# Of a placement that a review states the year stands there; of one that a sheet states it is made by the build.
_UNDER = "?put a kk:Placement ; kk:basis %s ; {year} ?year . ?project kk:hasLink ?put"
_YEARS = {False: "kk:reviewYear", True: "kk:statedIn"}
# Also what hangs on the measures of a policy.
_WITHIN = f"?place dcterms:isPartOf? %s . {_UNDER % '?place'}"
_NAMES = {
    "Organization": Words("予算事業", "Its projects"),
    "Policy": Words("この政策とその施策に置かれた予算事業", "Projects placed under it and its measures"),
    "Measure": Words("この施策に置かれた予算事業", "Projects placed under it"),
}
_PATTERNS = {"Policy": _WITHIN, "Measure": _UNDER}


_BY_REVIEWS = Words("のレビュー", "reviews of")
_BY_SHEETS = Words("の評価書などの達成手段", "means listed in sheets of")


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """The projects of one review year, or of the means that the sheets of one year list, and the plans that their own reviews cite.

    ``citing`` of the ``projects`` cite a plan or a law at all. ``strategies`` counts the plans that their words were
    taken for (which is derived); ``most`` are those that most projects cite, with the number of projects.
    """

    year: str
    label: Words
    name: Words
    projects: int
    citing: int
    strategies: int
    most: tuple[tuple[Thing, int], ...]
    by_sheets: bool = False

    def told(self) -> Words:
        """Return one sentence of the numbers."""
        plans = Words("", "")
        if self.strategies:
            plans = Words(
                f"、引かれる戦略・計画は{self.strategies:,}件",
                f"; strategies and plans cited: {self.strategies:,}",
            )
        year = self.label
        if self.by_sheets and not self.citing:
            # What their own review sheets cite is told by those, which may not be here.
            return Words(
                f"{self.name.ja}（{year.ja}の評価書などの達成手段）は{self.projects:,}件",
                f"{self.name.en} (means listed in sheets of {year.en}): {self.projects:,}",
            )
        said = _BY_SHEETS if self.by_sheets else _BY_REVIEWS
        return Words(
            f"{self.name.ja}（{year.ja}{said.ja}）は{self.projects:,}件、うち計画又は法令を引くものは{self.citing:,}件{plans.ja}",
            f"{self.name.en} ({said.en} {year.en}): {self.projects:,}, citing a plan or law: {self.citing:,}{plans.en}",
        )


def project_summaries(store: Store, thing: Thing, link_filter: LinkFilter) -> tuple[ProjectSummary, ...]:
    """Return the projects under a policy or measure, or of a ministry by review year, oldest first; of one year if it was asked for.

    Where only what is stated is kept nothing is said of strategies: what the words mean is derived.
    """
    name = _NAMES[thing.kind]
    projects: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for project, year, by_sheet in _projects(store, thing):
        scope = link_filter.scope
        if scope is None or (scope.reaches(year) and (not scope.told.asked or scope.iri == year)):
            projects[year, by_sheet].add(project)
    citing, cited = _cited(store, thing, set().union(*projects.values()))
    reader = Reader(store)
    labels = reader.labels(sorted({year for year, _ in projects}))
    made = []
    for year, by_sheets in sorted(projects):
        counts: Counter[str] = Counter()
        if link_filter.level in (None, "derived"):
            for project in projects[year, by_sheets]:
                counts.update(cited.get((project, year), ()))
        first = sorted(counts, key=lambda iri: (-counts[iri], iri))[:_NAMED]
        found = [(known, counts[known.iri]) for known in describe(reader, first)]
        number = year.removeprefix(f"{ID}fy/")
        made.append(
            ProjectSummary(
                year=number,
                label=labels.get(year, Words(f"{number}年度", f"FY{number}")),
                name=name,
                projects=len(projects[year, by_sheets]),
                citing=sum((project, year) in citing for project in projects[year, by_sheets]),
                strategies=len(counts),
                most=tuple(found),
                by_sheets=by_sheets,
            )
        )
    return tuple(made)


def _projects(store: Store, thing: Thing) -> Iterator[tuple[str, str, bool]]:
    """Yield the projects of a policy, measure or ministry, each with a year (IRI) of which a review shows it there, or a sheet."""
    if thing.kind in _PATTERNS:
        for by_sheet, said in _YEARS.items():
            pattern = (_PATTERNS[thing.kind] % terms([thing.iri])).replace("{year}", said)
            for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?project ?year WHERE {{ {pattern} }}"):
                yield row["project"].value, row["year"].value, by_sheet
        return
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ ?s kk:ministry {terms([thing.iri])} }}")
    found = [iri for row in rows if is_project(iri := row["s"].value)]
    # The sheet of one review shows its project in that review alone, so only the others are asked for.
    reviews = {iri: fiscal_year(of[0]) for iri in found if (of := review_of_project(iri))}
    yield from ((iri, year, False) for iri, year in reviews.items())
    over_years = sorted(iri for iri in found if iri not in reviews)
    for iri, row in select_each(store, over_years, "?year", "?s kk:hasAppearance/kk:fiscalYear ?year"):
        yield iri, row["year"].value, False


def _cited(
    store: Store, thing: Thing, projects: Iterable[str]
) -> tuple[set[tuple[str, str]], dict[tuple[str, str], set[str]]]:
    """Return the projects that cite anything in a year, and the strategies that each cites, as (project, year)."""
    citing: set[tuple[str, str]] = set()
    cited: dict[tuple[str, str], set[str]] = defaultdict(set)
    pattern = "?s kk:statedLink ?link . ?link kk:statedIn ?year"
    if thing.kind in _PATTERNS:
        for project, row in select_each(store, sorted(projects), "?year", pattern):
            citing.add((project, row["year"].value))
    else:
        # Of the thousands of projects of a ministry a few hundred cite: those are not asked for one by one.
        own = f"?s kk:ministry {terms([thing.iri])} . {pattern}"
        for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?s ?year WHERE {{ {own} }}"):
            citing.add((row["s"].value, row["year"].value))
    # A second question, of the few that cite: an OPTIONAL would have an engine find all that there is for each batch.
    pattern += " ; kk:basisStrategy ?plan"
    for project, row in select_each(
        store, sorted({project for project, _ in citing}), "?year ?plan", pattern
    ):
        cited[project, row["year"].value].add(row["plan"].value)
    return citing, cited


_OF_MINISTRY = (
    Code.REPORT_OF_MINISTRY,
    Code.GAPS_OF_MINISTRY,
    Code.VIEW_OF_MINISTRY,
    Code.STRATEGY_OF_MINISTRY,
)


def see(thing: Thing) -> tuple[Advice, ...]:
    """Return where more is told of a ministry, or of the projects under a policy or measure."""
    if thing.kind == "Measure":
        return (Advice(Code.PROJECTS_OF_MEASURE, {"key": thing.iri.removeprefix(ID)}),)
    if thing.kind == "Policy":
        return ()
    return tuple(Advice(code, {"name": thing.label.ja.replace("'", "’")}) for code in _OF_MINISTRY)


def owned(store: Store, ministry: str, scope: YearScope) -> tuple[Fact, ...]:
    """Return how many policies and measures a ministry has, as documents of the year show them."""
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s ?kind WHERE {{ ?s kk:ministry {terms([ministry])} . "
        "{ SELECT ?s ?kind WHERE { VALUES ?kind { kk:Policy kk:Measure } ?s a ?kind } } }"
    )
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        kinds[row["s"].value].add(row["kind"].value.rsplit("#", 1)[-1])
    for iri in scope.absent(kinds):
        del kinds[iri]
    measures = sum("Measure" in own for own in kinds.values())
    named = (
        (FactKey.POLICIES, Words("政策", "Policies"), len(kinds) - measures),
        (FactKey.MEASURES, Words("施策", "Measures"), measures),
    )
    return tuple(Fact(key, name, Words(f"{count:,}件", f"{count:,}")) for key, name, count in named if count)


def is_ministry(store: Store, thing: Thing) -> bool:
    """Return whether an organization is the ministry of anything."""
    if thing.kind != "Organization":
        return False
    rows = store.select(f"{PROLOGUE}SELECT ?x WHERE {{ ?x kk:ministry {terms([thing.iri])} }} LIMIT 1")
    return any(True for _ in rows)
