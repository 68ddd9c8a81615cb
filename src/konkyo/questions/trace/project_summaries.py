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
from konkyo.graph.sparql import PROLOGUE, select_each, terms, values_of
from konkyo.model.graphs import JUDGIT, year_and_kind
from konkyo.model.identifiers import fiscal_year, is_project
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
    scope = link_filter.scope

    def told(year: str) -> bool:
        return scope is None or (scope.reaches(year) and (not scope.told.asked or scope.iri == year))

    projects: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for project, year, by_sheet in _projects(store, thing):
        if told(year):
            projects[year, by_sheet].add(project)
    sheets = {(year, False): count for year, count in _sheets(store, thing) if told(year)}
    citing, cited = _cited(store, set().union(*projects.values()))
    reader = Reader(store)
    labels = reader.labels(sorted({year for year, _ in (*projects, *sheets)}))
    made = []
    for year, by_sheets in sorted({*projects, *sheets}):
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
                projects=len(projects[year, by_sheets]) + sheets.get((year, by_sheets), 0),
                citing=sum((project, year) in citing for project in projects[year, by_sheets]),
                strategies=len(counts),
                most=tuple(found),
                by_sheets=by_sheets,
            )
        )
    return tuple(made)


def _projects(store: Store, thing: Thing) -> Iterator[tuple[str, str, bool]]:
    """Yield the projects of a policy, measure or ministry, each with a year (IRI) of which a review shows it there, or a sheet.

    Those of sheets of a single review are left out: :func:`_sheets`.
    """
    if thing.kind in _PATTERNS:
        for by_sheet, said in _YEARS.items():
            pattern = (_PATTERNS[thing.kind] % terms([thing.iri])).replace("{year}", said)
            for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?project ?year WHERE {{ {pattern} }}"):
                yield row["project"].value, row["year"].value, by_sheet
        return
    shared = [name for name in store.graphs() if not _review_of_sheets(name)]
    of = f"{values_of('g', shared)} GRAPH ?g {{ ?s kk:ministry {terms([thing.iri])} }}"
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ {of} }}")
    found = sorted(iri for row in rows if is_project(iri := row["s"].value))
    for iri, row in select_each(store, found, "?year", "?s kk:hasAppearance/kk:fiscalYear ?year"):
        yield iri, row["year"].value, False


def _sheets(store: Store, thing: Thing) -> Iterator[tuple[str, int]]:
    """Yield the years (IRIs) of which a ministry has sheets of a single review, with the number of these.

    They are thousands, of which nothing but the number is told: they name no plan.
    """
    reviews = {name: year for name in store.graphs() if (year := _review_of_sheets(name))}
    if thing.kind in _PATTERNS or not reviews:
        return
    of = f"{values_of('g', reviews)} GRAPH ?g {{ ?s kk:ministry {terms([thing.iri])} }}"
    for row in store.select(f"{PROLOGUE}SELECT ?g (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {of} }} GROUP BY ?g"):
        if row["g"] is not None:  # a group of nothing
            yield reviews[row["g"].value], int(row["n"].value)


def _review_of_sheets(graph: str) -> str | None:
    """Return the year (IRI) of a graph of sheets of a single review; None for any other graph."""
    found = year_and_kind(graph)
    return fiscal_year(found[0]) if found and found[1] == JUDGIT else None


def _cited(
    store: Store, projects: Iterable[str]
) -> tuple[set[tuple[str, str]], dict[tuple[str, str], set[str]]]:
    """Return the projects that cite anything in a year, and the strategies that each cites, as (project, year)."""
    citing: set[tuple[str, str]] = set()
    cited: dict[tuple[str, str], set[str]] = defaultdict(set)
    pattern = "?s kk:statedLink ?link . ?link kk:statedIn ?year"
    for project, row in select_each(store, sorted(projects), "?year", pattern):
        citing.add((project, row["year"].value))
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
