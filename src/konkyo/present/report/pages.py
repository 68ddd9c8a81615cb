"""Which sections the report of a thing has: the government, a ministry, a strategy, a measure or project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear
from konkyo.graph.budgets import projects_under
from konkyo.graph.fact import BUDGETS, ROLES_OF_A_SCALE, FactKey
from konkyo.graph.facts import facts, load_facts
from konkyo.graph.lookup.things import Thing
from konkyo.graph.reader import Reader
from konkyo.graph.years import YearTold, year_scope
from konkyo.model.kinds import ELEMENTS
from konkyo.present.report.data import Row, Source, asked, iri, key, number
from konkyo.present.report.grounds import bases, cited, resting
from konkyo.present.report.heats import of_government as heat_of_government
from konkyo.present.report.heats import of_ministry as heat_of_ministry
from konkyo.present.report.heats import of_strategy as heat_of_strategy
from konkyo.present.report.indicators import section as indicators_of
from konkyo.present.report.laws import by_basis, naming, others, project_rows
from konkyo.present.report.leads import of_ministry, of_owner, of_projects
from konkyo.present.report.long_run import section as over_reviews
from konkyo.present.report.model import (
    Cell,
    Column,
    Lead,
    Question,
    References,
    Report,
    Section,
    Table,
    text,
    totals,
)
from konkyo.present.report.money import ABSENT, ONCE, PROJECTS, added, latest, most_projects, shown_projects
from konkyo.present.report.money import by_ministry as money_by_ministry
from konkyo.present.report.money import by_year as money_by_year
from konkyo.present.report.money import own as own_money
from konkyo.present.report.money import projects as projects_of
from konkyo.present.report.same import same
from konkyo.present.report.starts import started
from konkyo.present.report.statements import section as statements_of
from konkyo.questions.trace import trace
from konkyo.questions.trace.filters import scope_of

if TYPE_CHECKING:
    from konkyo.store import Store

_PROJECTS = 50
_BY_MINISTRY = Words("府省庁別の予算事業", "Projects by ministry")
_NOT_A_FACT = (*BUDGETS, FactKey.VERDICT, *ROLES_OF_A_SCALE)


def government(store: Store, year: AskedYear = None) -> Report:
    """Return the report of all ministries: strategies by ministries, and the money by year."""
    source, references = _source(store, year), References()
    rows = source.rows("money-of-ministries", **source.review)
    query = asked("money-of-ministries", **source.review)
    sections = [
        same(source, projects_under(store), rows),
        heat_of_government(source),
        _ministries(source, rows, query),
        money_by_year(
            source,
            added(rows),
            Words("各年度に記載のある額（全府省庁）", "What is stated of each year, all ministries"),
            [query],
            Words(
                "府省庁ごとの答えを足し合わせた。予算事業の府省庁は一つである。",
                "Summed over the ministries; each project has one.",
            ),
        ),
    ]
    return _report(
        source,
        references,
        Words("政府全体", "The whole government"),
        Words("府省庁", "Ministries"),
        (),
        sections,
        lead=of_projects(sections, Words("が予算を記載する", " state their budgets")),
    )


def ministry(store: Store, thing: Thing, year: AskedYear = None) -> Report:
    """Return the report of one ministry: its money by year, and which strategies its measures rest on."""
    source, references = _source(store, year, thing), References()
    rows = source.rows("money-of-ministries", ministry=thing.iri, **source.review)
    sections = [
        same(source, projects_under(store, thing.iri), rows),
        heat_of_ministry(source, thing.iri),
        money_by_year(
            source,
            rows,
            Words("各年度に記載のある額", "What is stated of each year"),
            [asked("money-of-ministries", ministry=thing.iri, **source.review)],
            ONCE,
        ),
    ]
    kind = Words("府省庁", "Ministry")
    return _report(source, references, thing.label, kind, (), sections, lead=of_ministry(sections))


def strategy(store: Store, thing: Thing, year: AskedYear = None) -> Report:
    """Return the report of a strategy or edition: its editions, who rests on it, and with what money."""
    source, references = _source(store, year, thing), References()
    by_budget = source.rows("projects-by-budget", group=thing.iri, **source.review)
    query = asked("projects-by-budget", group=thing.iri, **source.review)
    whole = thing.kind == "Strategy"
    editions = _editions(source, thing) if whole else None
    documents = [thing.iri]
    if whole:
        documents += [iri(row, "edition") for row in source.rows("editions", strategy=thing.iri)]
    shown = shown_projects(by_budget, _PROJECTS)[:_PROJECTS]
    rows = source.rows("money-of-projects", group=thing.iri, **source.review)
    sections = [
        money_by_ministry(source, by_budget, _BY_MINISTRY, query, ONCE),
        same(source, {iri(row, "project") for row in by_budget}, rows),
        editions,
        heat_of_strategy(source, thing.iri) if whole else None,
        money_by_year(
            source,
            rows,
            Words(
                "これを挙げる予算事業が各年度に記載する額",
                "What the projects that name it state of each year",
            ),
            [asked("money-of-projects", group=thing.iri, **source.review)],
            ONCE,
        ),
        resting(source, thing.iri, references) if whole else None,
        started(source, thing.iri) if whole else None,
        projects_of(
            source,
            by_budget,
            Words("これを挙げる予算事業", "Projects that name it"),
            query,
            _PROJECTS,
            cited(source, shown, documents, references),
        ),
    ]
    note = Words(
        "予算事業がこの文書を「挙げる」とは、事業のレビューシートが挙げる計画等の表記が、規則又は人の判断によりこの文書を指すと"
        "同定されたことをいう。表記は資料の明記であり、同定は資料の明記ではない。",
        "A project “names” this document where its review sheet names a plan in words that a rule, or a person, "
        "took for it. The words are stated by the source; what they denote is not.",
    )
    return _report(
        source, references, thing.label, thing.kind_label, _facts(source, thing), sections, note,
        lead=of_projects(sections, Words("がこれを挙げる", " name it")),
    )  # fmt: skip


def law(store: Store, thing: Thing, year: AskedYear = None) -> Report:
    """Return the report of a law: which projects and measures name it or an article of it as their legal basis."""
    source, references = _source(store, year, thing), References()
    named = naming(source, thing)
    rows, query = project_rows(source, named), by_basis(thing)
    title = Words("これを根拠法令とする予算事業", "Projects whose legal basis it is")
    sections = [
        money_by_ministry(source, rows, _BY_MINISTRY, query, ONCE),
        same(source, {iri(row, "project") for row in rows}),
        others(source, named, query),
        projects_of(source, rows, title, query, _PROJECTS),
    ]
    said = Words("がこれを根拠法令とする", " name it as their legal basis")
    lead = of_projects(sections, said)
    return _report(
        source, references, thing.label, thing.kind_label, _facts(source, thing), sections, lead=lead
    )


def owner(store: Store, thing: Thing, year: AskedYear = None) -> Report:
    """Return the report of a measure, project, objective or indicator: grounds, indicators and money."""
    source, references = _source(store, year, thing), References()
    found = _facts(source, thing)
    answer = trace(store, thing, year=year)
    sections = [
        bases(answer, references),
        indicators_of(source, thing.iri, references),
        statements_of(source, answer, references),
    ]
    if thing.kind == "Project":
        sections.append(over_reviews(source, thing.iri, references))
    if thing.kind in ("Measure", "Project", "Policy"):
        sections.append(own_money(source, thing.iri, references))
    if thing.kind in ("Measure", "Policy"):
        by_budget = source.rows("projects-by-budget", group=thing.iri, **source.review)
        rows = source.rows("money-of-projects", group=thing.iri, **source.review)
        sections += [
            same(source, {iri(row, "project") for row in by_budget}, rows),
            money_by_year(
                source,
                rows,
                Words("属する予算事業が各年度に記載する額", "What its projects state of each year"),
                [asked("money-of-projects", group=thing.iri, **source.review)],
                Words(
                    "上の、資料が施策について記載する額とは別の資料の額であり、足し合わせることはできない。",
                    "Of other sources than the amounts stated of the measure itself: not to be added to them.",
                ),
            ),
            projects_of(
                source,
                by_budget,
                Words("属する予算事業", "Its projects"),
                asked("projects-by-budget", group=thing.iri, **source.review),
                _PROJECTS,
            ),
        ]
    lead = of_owner(source, answer, sections)
    return _report(source, references, thing.label, thing.kind_label, found, sections, lead=lead)


def of_thing(store: Store, thing: Thing, year: AskedYear = None) -> Report:
    """Return the report of a thing. Raises KonkyoError for a kind that has none."""
    if thing.kind in ("Strategy", "Edition"):
        return strategy(store, thing, year)
    if thing.kind in ELEMENTS:
        return owner(store, thing, year)
    if thing.kind == "Organization":
        return ministry(store, thing, year)
    if thing.kind == "LegalResource":
        return law(store, thing, year)
    raise KonkyoError(
        Words(
            f"「{thing.label.ja}」（{thing.kind_label.ja}）の報告はありません。",
            f"There is no report of {thing.label.en} ({thing.kind_label.en}).",
        ),
        hint=Advice(Code.NO_REPORT, {"key": key(thing.iri)}),
    )


def _source(store: Store, year: AskedYear, thing: Thing | None = None) -> Source:
    return Source(store, Reader(store), scope_of(store, thing, year) if thing else year_scope(store, year))


def _facts(source: Source, thing: Thing) -> tuple[tuple[Words, Note], ...]:
    load_facts(source.reader, [thing.iri], source.scope, over_reviews=True)
    return tuple(
        (fact.name, fact.text)
        for fact in facts(source.reader, thing.iri, source.scope)
        if fact.key not in _NOT_A_FACT
    )


def _editions(source: Source, thing: Thing) -> Section | None:
    """Return the editions of a strategy with the projects that cite each, and their initial budgets."""
    rows = source.rows("editions", strategy=thing.iri)
    if not rows:
        return None
    counts: dict[str, list[int]] = {}
    for row in source.rows("editions-by-ministry", strategy=thing.iri, **source.review):
        counts.setdefault(row["edition"] or "", []).append(number(row, "projects") or 0)
    editions = {iri(row, "edition"): row for row in rows}
    labels = source.labels([*editions, *(row["previous"] for row in rows)])
    money_of: dict[str, int | None] = {}
    years: set[str] = set()
    queries = [
        asked("editions", strategy=thing.iri),
        asked("editions-by-ministry", strategy=thing.iri, **source.review),
    ]
    for edition in counts.keys() & editions.keys():
        # Of one edition this answers far sooner than money-of-projects, which walks all amounts there are.
        answer = source.rows("projects-by-budget", group=edition, **source.review)
        review = max((row["review"] or "" for row in answer), default="")
        if review:
            years.add(review)
        # A project that went to another ministry has a row for each of the two.
        stated = {(row["project"], number(row, "initial")) for row in answer if row["review"] == review}
        known = [amount for _, amount in stated if amount is not None]
        money_of[edition] = sum(known) if known else None
    year = source.labels(years)[max(years)] if years else Words("", "")
    if years:
        queries.append(asked("projects-by-budget", **source.review))
    columns = (
        Column(Words("版", "Edition")),
        Column(Words("決定・公表", "Issued")),
        Column(Words("前の版", "Previous edition")),
        Column(Words("引く予算事業", "Projects that cite it"), "count"),
        Column(Words("府省庁", "Ministries"), "count"),
        Column(Words(f"その{year.ja}当初予算", f"Their initial budget {year.en}"), "yen"),
    )
    made = [
        (
            text(labels[edition]),
            text(row["issued"]) if row["issued"] else Cell(None),
            text(labels[row["previous"]]) if row["previous"] else Cell(None),
            Cell(sum(counts.get(edition, []))),
            Cell(len(counts.get(edition, []))),
            Cell(money_of.get(edition)),
        )
        for edition, row in editions.items()
    ]
    if undated := counts.get(""):
        words = Words("版を特定しない引用", "Citations that tell no edition")
        made.append((text(words), Cell(None), Cell(None), Cell(sum(undated)), Cell(len(undated)), Cell(None)))
    note = Words(
        "複数の版を引く予算事業は、それぞれの版に全額を示した。版の間で足し合わせることはできない。",
        "A project that cites several editions is shown in full under each of them: editions are not to be added up.",
    )
    return Section(
        "editions",
        Words("版", "Editions"),
        Table(columns, tuple(made)),
        None,
        (note, ABSENT),
        tuple(queries),
    )


def _ministries(source: Source, rows: list[Row], query: Question) -> Section | None:
    """Return the ministries with their projects and money of the latest review year."""
    rows = [row for row in latest(rows) if row["year"] == row["review"]] if rows else []
    if not rows:
        return None
    labels = source.labels([*(row["ministry"] for row in rows), rows[0]["review"]])
    year = labels[iri(rows[0], "review")]
    columns = (
        Column(Words("府省庁", "Ministry")),
        PROJECTS,
        Column(Words(f"{year.ja}当初予算", f"Initial budget {year.en}"), "yen"),
        Column(Words(f"{year.ja}合計", f"Total budget {year.en}"), "yen"),
    )
    made = tuple(
        (
            text(labels[iri(row, "ministry")]),
            Cell(number(row, "projects")),
            Cell(number(row, "initial")),
            Cell(number(row, "total")),
        )
        for row in sorted(rows, key=lambda row: (-(number(row, "initial") or 0), iri(row, "ministry")))
    )
    return Section(
        "ministries", _BY_MINISTRY, Table(columns, made, totals(made, columns)), None, (ABSENT,), (query,),
        finding=most_projects(made),
    )  # fmt: skip


def _report(
    source: Source,
    references: References,
    title: Words,
    kind: Words,
    found: tuple[tuple[Words, Note], ...],
    sections: list[Section | None],
    *notes: Words,
    lead: Lead | None,
) -> Report:
    made = tuple(section for section in sections if section is not None)
    if not made:
        notes = (
            *notes,
            Words(
                "このグラフには、これについて数えるものがない。行政事業レビューのファイルを読み込むと、予算事業と金額が加わる。",
                "This graph holds nothing to count of it. Reading the review files adds projects and money.",
            ),
        )
    files = tuple((iri(row, "file"), iri(row, "sha256")) for row in source.rows("source-files"))
    found = (*_year(source.scope.told), *found)
    return Report(title, kind, found, notes, made, tuple(references.words), files, lead)


def _year(told: YearTold) -> tuple[tuple[Words, Note], ...]:
    """Return of which year the report speaks, and which others there are, as a fact."""
    words = told.words()
    if words is None:
        return ()
    said: Note = words
    if told.others:
        listed = [str(year) for year in told.others]
        said = Advice(Code.YEARS_TOLD, {"told": words, "years": Words("・".join(listed), ", ".join(listed))})
    return ((Words("年度", "Year"), said),)
