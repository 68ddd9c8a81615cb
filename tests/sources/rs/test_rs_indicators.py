"""3-1 and 3-2: what the four rows of an indicator become, whose decision it is, and what a step is measured by."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.rs_reading import fields, read, subjects, values
from support.rs_rows import OUTPUT, ROLES, SHORT, activity, connection, decision, indicator, row, write_csv

PLAN = "見本基本計画（令和５年６月閣議決定）"
NAME = "活動指標／成果指標"


def rows_of(project: str = "9001", **cells: str) -> list[dict[str, str]]:
    """Return the four rows of an indicator: values under years are given as ``target_2024="5"``."""
    common = {name: value for name, value in cells.items() if "_" not in name}
    made = []
    for role, key in zip(ROLES, ("year", "target", "result", "rate"), strict=True):
        own = {name.split("_")[1]: value for name, value in cells.items() if name.startswith(key + "_")}
        made.append(row("3-1", project, **indicator(role, **common, **own)))
    return made


def test_the_target_year_is_the_one_that_is_marked(tmp_path: Path) -> None:
    cells = {
        "year_2025": "1.0",
        "target_2024": "5",
        "target_2025": "9",
        "result_2023": "4",
        "rate_2023": "80",
    }
    triples, report = read(write_csv(tmp_path, "3-1", rows_of(**cells)))
    (found,) = subjects(triples, "kk:Indicator")
    assert values(triples, "kk:targetYear", found) == ["id:fy/2025"]
    seen = {
        (
            values(triples, "kk:valueRole", item)[0],
            values(triples, "kk:fiscalYear", item)[0],
            values(triples, "kk:statedText", item)[0],
            *values(triples, "schema:unitText", item),
        )
        for item in values(triples, "kk:hasValue", found)
    }
    assert seen == {
        ("c:target", "id:fy/2024", "5", "件"),
        ("c:target", "id:fy/2025", "9", "件"),
        ("c:result", "id:fy/2023", "4", "件"),
        ("c:achievement-rate", "id:fy/2023", "80"),
    }
    assert report.counts["values-target"] == 2 and report.counts["values-achievement-rate"] == 1
    # A mark of 0 marks nothing.
    triples, report = read(write_csv(tmp_path, "3-1", rows_of(year_2025="0", target_2025="9")))
    assert values(triples, "kk:targetYear") == [] and report.strange == {}


def test_an_indicator_without_values_states_none(tmp_path: Path) -> None:
    triples, report = read(write_csv(tmp_path, "3-1", rows_of()))
    (found,) = subjects(triples, "kk:Indicator")
    assert values(triples, "kk:hasValue", found) == []
    assert report.counts["indicator-without-value"] == report.counts["indicators"] == 1


def test_a_step_alone_is_no_indicator(tmp_path: Path) -> None:
    empty = [row("3-1", **indicator(role, **{NAME: "－", "単位": ""})) for role in ROLES]
    rows = [row("3-1", **activity("見本を作る")), *empty, row("3-1", "9002")]
    triples, report = read(write_csv(tmp_path, "3-1", rows))
    assert subjects(triples, "kk:Indicator") == [] and len(subjects(triples, "kk:LogicStep")) == 2
    assert report.counts == {"step-without-indicator": 2, "row-without-step": 1}
    # What is told beside it stays with the step.
    (step,) = (s for s in values(triples, "kk:hasLogicStep", "id:project/9001") if "outcome" in s)
    assert ("成果目標の種類", "定量的") in fields(triples, step)


def test_an_indicator_without_a_name_goes_by_its_step(tmp_path: Path) -> None:
    rows = rows_of(**{NAME: "", "target_2024": "5"})
    triples, _ = read(write_csv(tmp_path, "3-1", rows))
    (found,) = subjects(triples, "kk:Indicator")
    assert values(triples, "skos:prefLabel", found) == ["見本が広まる"]


def test_an_indicator_without_a_step_hangs_on_the_project(tmp_path: Path) -> None:
    common = dict.fromkeys(
        ("アクティビティ・アウトプット・アウトカムの番号", "種別（アクティビティ・アウトプット・アウトカム）",
         "アウトカムの期間", "アクティビティ／活動目標／成果目標"), "")  # fmt: skip
    rows = [row("3-1", **{**indicator("2.目標値"), **common, "2024": "5"})]
    triples, report = read(write_csv(tmp_path, "3-1", rows))
    assert report.refused == 0
    assert values(triples, "kk:hasIndicator", "id:project/9001") == subjects(triples, "kk:Indicator")


def test_a_step_without_text_keeps_its_values(tmp_path: Path) -> None:
    rows = rows_of(**{"アクティビティ／活動目標／成果目標": "", "target_2024": "5"})
    triples, report = read(write_csv(tmp_path, "3-1", rows))
    assert report.refused == 0 and report.counts["step-without-text"] == 4
    (step,) = subjects(triples, "kk:LogicStep")
    assert values(triples, "skos:prefLabel", step) == ["アウトカム・1（内容の記載なし）"]
    assert len(subjects(triples, "kk:IndicatorValue")) == 1


def test_two_indicators_of_one_name_stay_two(tmp_path: Path) -> None:
    rows = [*rows_of(target_2024="5"), *rows_of(target_2024="6")]
    triples, _ = read(write_csv(tmp_path, "3-1", rows))
    assert len(subjects(triples, "kk:Indicator")) == 2
    assert values(triples, "kk:lowerBound") == ["5", "6"]
    other = [*rows_of(target_2024="5")[:2], *rows_of(**{"単位": "人", "result_2024": "6"})[2:]]
    triples, _ = read(write_csv(tmp_path, "3-1", other))
    assert len(subjects(triples, "kk:Indicator")) == 2, "in two units they are two"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(
        st.tuples(
            st.sampled_from(["9001", "9002"]),
            st.sampled_from(["甲の数", "乙の数", ""]),
            st.sets(st.integers(1, 3), min_size=1),
            st.integers(0, 99),
        ),
        max_size=6,
    )
)
def test_each_group_of_four_rows_is_one_indicator(
    tmp_path: Path, made: list[tuple[str, str, set[int], int]]
) -> None:
    """An oracle that reads by position: four rows each, whatever names repeat."""
    made = sorted(made, key=lambda item: item[0])
    keys = {1: "target", 2: "result", 3: "rate"}
    rows = [
        one
        for project, name, roles, value in made
        for one in rows_of(project, **{NAME: name, **{f"{keys[n]}_2024": str(value) for n in roles}})
    ]
    triples, report = read(write_csv(tmp_path, "3-1", [*rows, row("3-1", "9003")]))
    assert report.refused == 0 and report.counts.get("indicators", 0) == len(made)
    found = sorted(
        sorted(
            (
                values(triples, "kk:valueRole", item)[0].removeprefix("c:").removeprefix("achievement-"),
                values(triples, "kk:statedText", item)[0],
            )
            for item in values(triples, "kk:hasValue", one)
        )
        for one in subjects(triples, "kk:Indicator")
    )
    assert found == sorted(sorted((keys[n], str(value)) for n in roles) for _, _, roles, value in made)


def test_rows_that_are_sorted_by_role_are_read_too(tmp_path: Path) -> None:
    groups = [rows_of(**{NAME: name, "target_2024": "5", "result_2024": "4"}) for name in ("甲", "乙")]
    rows = [group[role] for role in range(4) for group in groups]
    triples, _ = read(write_csv(tmp_path, "3-1", rows))
    assert [len(values(triples, "kk:hasValue", one)) for one in subjects(triples, "kk:Indicator")] == [2, 2]


# --- decisions ----------------------------------------------------------------------------------


def links(triples: set[tuple[str, str, str]], owner: str) -> list[str]:
    return values(triples, "kk:hasJustification", owner)


def test_the_decision_on_an_activity_is_the_projects(tmp_path: Path) -> None:
    told = decision(PLAN, "第２章", "https://example.org/p.pdf")
    rows = [row("3-1", **activity("見本を作る", **told)), *rows_of(target_2024="5")]
    triples, report = read(write_csv(tmp_path, "3-1", rows))
    (link,) = links(triples, "id:project/9001")
    assert subjects(triples, "kk:Justification") == [link]
    assert values(triples, "kk:claimLevel", link) == ["c:stated"]
    assert values(triples, "kk:statedAs", link) == ["c:kpi-decision"]
    assert values(triples, "kk:statedPlace", link) == ["第２章"]
    assert values(triples, "schema:url", link) == ["https://example.org/p.pdf"]
    # The decision stands in the link's own row; each further place is a cell.
    places = values(triples, "kk:evidence", link)
    assert values(triples, "kk:row", link) == ["2"]
    cells = [place for place in places if values(triples, "kk:inColumn", place)]
    assert [values(triples, "kk:row", place) for place in cells] == [["2"]] * 2
    columns = [*(set(places) - set(cells)), *(values(triples, "kk:inColumn", cell)[0] for cell in cells)]
    headings = {values(triples, "kk:column", column)[0].removeprefix("事業に関連する") for column in columns}
    assert headings == {f"KPIが定められている閣議決定等の{name}" for name in ("名称", "該当箇所", "URL")}
    (basis,) = values(triples, "kk:basis", link)
    assert basis in subjects(triples, "kk:Citation") and values(triples, "kk:statedText", basis) == [PLAN]
    assert report.counts["kpi-decisions"] == 1


def test_a_citation_of_3_1_and_of_1_3_is_one(tmp_path: Path) -> None:
    plan = {"番号（関係する計画・通知等）": "1", "計画通知名": PLAN}
    one, _ = read(write_csv(tmp_path, "1-3", [row("1-3", **plan)]))
    two, _ = read(
        write_csv(tmp_path, "3-1", [row("3-1", **activity("見本を作る", **decision(PLAN, "第１章")))])
    )
    assert subjects(one, "kk:Citation") == subjects(two, "kk:Citation")
    assert values(one, "kk:statedAs") == ["c:related-plan"]


def test_a_decision_that_is_repeated_counts_once_with_all_its_places(tmp_path: Path) -> None:
    rows = [
        row("3-1", **activity("見本を作る", **decision(PLAN, "第１章"))),
        row("3-1", **activity("見本を配る", "2", **decision(PLAN, "第２章"))),
        row("3-1", **activity("見本を直す", "3", **decision(f" {PLAN} ", "第１章"))),
        row("3-1", **activity("見本を捨てる", "4", **decision("別の計画"))),
        row("3-1", "9002", **activity("見本を作る", **decision(PLAN))),
    ]
    triples, report = read(write_csv(tmp_path, "3-1", rows))
    assert report.counts["kpi-decisions"] == 3
    assert len(links(triples, "id:project/9001")) == 2 and len(links(triples, "id:project/9002")) == 1
    assert values(triples, "kk:statedPlace") == ["第１章", "第２章"]


@pytest.mark.parametrize("first", range(4))
def test_the_decision_on_an_indicators_row_is_the_indicators(tmp_path: Path, first: int) -> None:
    rows = rows_of(target_2024="5")
    rows = [{**item, **decision(PLAN, "第３章")} if n >= first else item for n, item in enumerate(rows)]
    triples, report = read(write_csv(tmp_path, "3-1", [row("3-1", **activity("見本を作る")), *rows]))
    (found,) = subjects(triples, "kk:Indicator")
    (link,) = links(triples, found)
    assert links(triples, "id:project/9001") == [] and report.counts["kpi-decisions"] == 1
    assert values(triples, "kk:statedPlace", link) == ["第３章"]


def test_a_place_without_a_decision_is_kept(tmp_path: Path) -> None:
    rows = [
        row("3-1", **activity("見本を作る", **decision("－", "第１章"))),
        *({**item, **decision("", "", "https://example.org")} for item in rows_of(target_2024="5")[1:2]),
    ]
    triples, report = read(write_csv(tmp_path, "3-1", rows))
    assert subjects(triples, "kk:Justification") == []
    assert report.counts["kpi-places-without-decision"] == 2
    (step,) = (s for s in subjects(triples, "kk:LogicStep") if "activity" in s)
    (found,) = subjects(triples, "kk:Indicator")
    assert "第１章" in {words for _, words in fields(triples, step)}
    assert "https://example.org" in {words for _, words in fields(triples, found)}


# --- steps over both files ----------------------------------------------------------------------


def test_a_step_is_one_whatever_its_line_ends(tmp_path: Path) -> None:
    texts = ("見本を\n広める。\r\n（１）見本", "見本を広める。（１）見本", " 見本を広める。\n\n（１）見本\n")
    found = set()
    for text in texts:
        triples, _ = read(write_csv(tmp_path, "3-2", [row("3-2", **connection(OUTPUT, (*SHORT[:3], text)))]))
        found |= {s for s in subjects(triples, "kk:LogicStep") if "outcome" in s}
        (step,) = (s for s in subjects(triples, "kk:LogicStep") if "outcome" in s)
        assert values(triples, "skos:prefLabel", step) == ["見本を広める。（１）見本"]
        (place,) = values(triples, "kk:evidence", step)
        # The cell keeps its words where the name does not show them.
        assert values(triples, "kk:statedText", place) == ([text] if "\n" in text else [])
    assert len(found) == 1
    other, _ = read(write_csv(tmp_path, "3-1", rows_of(**{"アクティビティ／活動目標／成果目標": texts[1]})))
    assert set(subjects(other, "kk:LogicStep")) == found


def test_what_a_step_is_measured_by_is_said_once(tmp_path: Path) -> None:
    both = {"派生元ー活動指標／成果指標": "配った数", "派生先ー活動指標／成果指標": "見本の数"}
    rows = [
        row("3-2", **connection(OUTPUT, SHORT, **both)),
        row("3-2", **connection(OUTPUT, (*SHORT[:3], "別の成果"), **both)),
        row("3-2", **connection(OUTPUT, SHORT, **{**both, "派生先ー活動指標／成果指標": "－"})),
    ]
    triples, report = read(write_csv(tmp_path, "3-2", rows))
    measured = subjects(triples, "kk:StepMeasurement")
    assert len(measured) == report.counts["steps-measured-by-an-indicator"] == 3
    assert sorted(values(triples, "kk:statedText", link)[0] for link in measured) == [
        "見本の数",
        "見本の数",
        "配った数",
    ]
    for link in measured:
        assert values(triples, "kk:claimLevel", link) == ["c:stated"]
        assert values(triples, "kk:basis", link) == [], "which indicator it is, this file does not say"
