"""The sums of reports on the published files of 2024, against counts made straight from the CSVs.

What a citation denotes is konkyo's own decision and is taken from the graph, as the strings that are taken for a
document; which projects cite these strings, of which ministry they are and what money they state is counted from
the files alone, each project once. Without the files these tests are skipped.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from konkyo.common.words import Words
from konkyo.graph.lookup.things import describe
from konkyo.graph.reader import Reader
from konkyo.present.prose import paragraph
from konkyo.present.report import Report, make
from konkyo.present.report.model import Section
from konkyo.questions.trace import trace
from konkyo.store import EmbeddedStore, open_store

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "rs2024"
ID = "https://w3id.org/konkyo/id/"
COLUMNS = {2: "当初予算（合計）", 4: "計（歳出予算現額合計）", 6: "執行額（合計）"}
LABELS = {"令和3年度": "2021", "令和4年度": "2022", "令和5年度": "2023", "令和6年度": "2024"}


@cache
def rows(kind: str) -> list[dict[str, str]]:
    (path,) = DATA.glob(f"{kind}_RS_2024_*.zip")
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
        return list(csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", newline="")))


@pytest.fixture(scope="module")
def store(real_folder: Path) -> Iterator[EmbeddedStore]:
    yield open_store(real_folder)
    rows.cache_clear()


@pytest.fixture(scope="module")
def made(store: EmbeddedStore) -> Callable[..., Report]:
    """Make a report, each once."""
    return cache(lambda *thing, **of: make(store, *thing, **of))


def section(report: Report, key: str) -> Section:
    return next(part for part in report.sections if part.key == key)


def values(part: Section) -> list[list[object]]:
    return [[c.value.ja if isinstance(c.value, Words) else c.value for c in row] for row in part.table.rows]


def strings(store: EmbeddedStore, grounds: str) -> set[str]:
    """Return the citations, as written, that are taken for one of some documents (a SPARQL pattern for ?ground)."""
    answer = store.select(
        f"""PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX c: <https://w3id.org/konkyo/code/>
        PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT DISTINCT ?text WHERE {{ {grounds}
        ?citation kk:statedText ?text ; kk:hasDenotation ?d . ?d kk:denotes ?ground ; kk:claimLevel ?how
        FILTER(?how != c:rejected) }}"""
    )
    return {row["text"].value for row in answer}


def of_strategy(store: EmbeddedStore, name: str) -> set[str]:
    strategy = f"<{ID}strategy/{name}>"
    return strings(store, f"{{ {strategy} dcat:hasVersion ?ground }} UNION {{ BIND({strategy} AS ?ground) }}")


def citing(texts: set[str]) -> set[str]:
    return {row["予算事業ID"] for row in rows("1-3") if row["計画通知名"] in texts}


@cache
def ministries() -> dict[str, str]:
    return {row["予算事業ID"]: row["政策所管府省庁"] for row in rows("1-2")}


@cache
def money() -> dict[str, dict[str, dict[str, int | None]]]:
    """Amounts by column, year and project; the rows of single accounts have no totals."""
    found: dict[str, dict[str, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows("2-1"):
        if row["当初予算（合計）"]:
            for column in COLUMNS.values():
                text = row[column].strip()
                # A project stands once for a year.
                assert row["予算事業ID"] not in found[column][row["予算年度"]]
                found[column][row["予算年度"]][row["予算事業ID"]] = int(float(text)) if text else None
    return found


def by_year(projects: set[str]) -> dict[str, list[int | None]]:
    """Return the sums of the three stages for each year, None where no project states any."""
    sums: dict[str, list[int | None]] = {}
    for year in LABELS.values():
        line: list[int | None] = []
        for column in COLUMNS.values():
            stated = [a for p, a in money()[column][year].items() if p in projects and a is not None]
            line.append(sum(stated) if stated else None)
        if any(amount is not None for amount in line):
            sums[year] = line
    # The review year's execution is left empty in the file or is 0 in it: the year was not over.
    if "2024" in sums:
        sums["2024"][2] = None
    return sums


def told(part: Section) -> dict[str, list[object]]:
    return {LABELS[str(line[0])]: [line[position] for position in COLUMNS] for line in values(part)}


@pytest.mark.parametrize("name", ["honebuto", "boeiryoku-seibi", "digital-juten"])
def test_a_strategy(store: EmbeddedStore, name: str, made: Callable[..., Report]) -> None:
    report = made(f"strategy/{name}")
    projects = citing(of_strategy(store, name))
    assert len(projects) > 200
    assert told(section(report, "money")) == by_year(projects)
    part = section(report, "ministries")
    wanted = Counter(ministries()[project] for project in projects)
    assert {line[0]: line[1] for line in values(part)} == wanted
    initial = money()["当初予算（合計）"]["2024"]
    sums: Counter[str] = Counter()
    for project in projects:
        sums[ministries()[project]] += initial.get(project) or 0
    assert {line[0]: line[2] for line in values(part)} == sums
    assert part.table.total is not None
    assert [cell.value for cell in part.table.total][1:3] == [len(projects), sum(sums.values())]


def test_years_are_compared_over_the_same_projects(made: Callable[..., Report]) -> None:
    """Of the government: the projects whose file states each of four years (and what was executed in the three that are over)."""
    initial, executed = money()["当初予算（合計）"], money()["執行額（合計）"]
    years = list(LABELS.values())
    stated = [{p for p, a in initial[y].items() if a is not None} for y in years]
    stated += [{p for p, a in executed[y].items() if a is not None} for y in years[:-1]]
    whole = set.intersection(*stated)
    part = section(made(), "same")
    assert {LABELS[str(line[0])]: line[1] for line in values(part)} == {
        y: sum(initial[y][p] or 0 for p in whole) for y in years
    }
    assert {LABELS[str(line[0])]: line[2] for line in values(part)} == {
        y: sum(executed[y][p] or 0 for p in whole) if y != "2024" else None for y in years
    }
    assert part.finding and f"同じ{len(whole):,}事業" in part.finding.ja


@pytest.mark.parametrize(
    "name", ["strategy/honebuto", "strategy/honebuto/2023-06-16", "strategy/digital-juten"]
)
def test_a_report_agrees_with_the_trace(store: EmbeddedStore, name: str, made: Callable[..., Report]) -> None:
    (thing,) = describe(Reader(store), [ID + name])
    use = trace(store, thing, limit=1).uses[0]
    report = made(name)
    part = section(report, "ministries")
    assert part.table.total is not None
    assert [cell.value for cell in part.table.total][1] == use.projects
    assert {line[0]: line[1] for line in values(part)} == {m.name.ja: m.projects for m in use.ministries}
    found = {line[0]: (line[2], line[6]) for line in values(section(report, "money"))}
    assert found == {budget.year.ja: (budget.initial, budget.executed) for budget in use.budgets}


def test_prose_tells_the_same_numbers(store: EmbeddedStore) -> None:
    (strategy, project) = describe(Reader(store), [ID + "strategy/honebuto", ID + "project/820"])
    projects = citing(of_strategy(store, "honebuto"))
    text = paragraph(trace(store, strategy, limit=20), "ja")
    initial, _, executed = by_year(projects)["2023"]
    assert f"、{len(projects):,}事業（{len({ministries()[p] for p in projects})}府省庁。" in text
    assert f"兆円（{initial:,}円）（記載のある" in text and f"兆円（{executed:,}円）" in text
    said = paragraph(trace(store, project), "ja")
    cited = [row["計画通知名"] for row in rows("1-3") if row["予算事業ID"] == "820" and row["計画通知名"]]
    assert len(cited) == 6
    for name in cited:
        inner = name.replace("「", "『").replace("」", "』").replace("　", " ")
        assert f"「{inner}」" in said
    # Each place is listed once, and every line is a row that there is.
    listed = [
        line.split(" ", 1)[1] for line in said.splitlines() if line.startswith("［") and ".zip " in line
    ]
    places = [" ".join(line.split(" ")[:2]) for line in listed]
    assert places and len(places) == len(set(places))


def test_the_editions_of_a_strategy(store: EmbeddedStore, made: Callable[..., Report]) -> None:
    report = made("strategy/honebuto")
    lines = {line[0]: line for line in values(section(report, "editions"))}
    heat = {line[0]: line for line in values(section(report, "heat"))}
    initial = money()["当初予算（合計）"]["2024"]
    for day in ("2021-06-18", "2022-06-07", "2023-06-16", "2024-06-21"):
        label = f"経済財政運営と改革の基本方針（{day}）"
        projects = citing(strings(store, f"BIND(<{ID}strategy/honebuto/{day}> AS ?ground)"))
        assert lines[label][3:] == [
            len(projects),
            len({ministries()[p] for p in projects}),
            sum(initial.get(p) or 0 for p in projects),
        ]
        assert heat[label][1] == len(projects)
        wanted = Counter(ministries()[p] for p in projects)
        assert sorted(n for n in heat[label][2:] if n) == sorted(wanted.values())
    # Projects that cite several editions count under each: the whole is less than the sum.
    whole = citing(of_strategy(store, "honebuto"))
    assert len(whole) < sum(int(str(line[3])) for line in lines.values())


def test_the_government(store: EmbeddedStore, made: Callable[..., Report]) -> None:
    report = made()
    everything = set(ministries())
    assert told(section(report, "money")) == by_year(everything)
    part = section(report, "ministries")
    assert {line[0]: line[1] for line in values(part)} == Counter(ministries().values())
    heat = section(report, "heat")
    head = [column.heading.ja for column in heat.table.columns]
    (line,) = [line for line in values(heat) if line[0] == "経済財政運営と改革の基本方針"]
    projects = citing(of_strategy(store, "honebuto"))
    wanted = Counter(ministries()[project] for project in projects)
    assert line[1] == len(projects)
    assert {name: n for name, n in zip(head[2:], line[2:], strict=True) if n} == wanted
    counts = [int(str(line[1])) for line in values(heat)]
    assert len(counts) == 30 and counts == sorted(counts, reverse=True)


def test_a_ministry(store: EmbeddedStore, made: Callable[..., Report]) -> None:
    report = made(of_ministry="総務省")
    own = {project for project, ministry in ministries().items() if ministry == "総務省"}
    assert told(section(report, "money")) == by_year(own)
    (line,) = [line for line in values(section(report, "heat")) if line[0] == "経済財政運営と改革の基本方針"]
    assert line[1] == len(citing(of_strategy(store, "honebuto")) & own)


def test_a_measure(store: EmbeddedStore, made: Callable[..., Report]) -> None:
    report = made("国際戦略の推進")
    projects = {r["予算事業ID"] for r in rows("1-3") if "ＩＣＴ分野における国際戦略の推進" in r["施策"]}
    assert told(section(report, "money")) == by_year(projects) and len(projects) == 14
    # The amounts of the sheet of 2012 stand apart from them.
    assert values(section(report, "own"))[0][:2] == ["平成22年度", 3_955_984_000]


def test_the_largest_projects_come_first_with_their_rows(
    store: EmbeddedStore, made: Callable[..., Report]
) -> None:
    report = made("strategy/honebuto")
    part = section(report, "projects")
    amounts = [int(str(line[2])) for line in values(part)]
    assert len(amounts) == 50 and amounts == sorted(amounts, reverse=True)
    initial = money()["当初予算（合計）"]["2024"]
    projects = citing(of_strategy(store, "honebuto"))
    assert amounts == sorted((initial.get(p) or 0 for p in projects), reverse=True)[:50]
    texts = of_strategy(store, "honebuto")
    for row in part.table.rows:
        assert row[3].references
        for number in row[3].references:
            place = report.references[number - 1].ja
            file, line = place.split(" ")[:2]
            assert file.startswith("1-3_RS_2024")
            # The header is row 1, so the first data row is row 2.
            assert rows("1-3")[int(line.removesuffix("行目")) - 2]["計画通知名"] in texts
