"""`konkyo gaps` against plain counts of the rows: each kind and ministry, on invented files and on the published ones."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.store import open_store
from support.counting import Year
from support.review_pair import UNSURE
from support.rs_rows import ACTIVITY, LONG, OUTPUT, SHORT, connection, row, write_csv

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "rs2024"
MINISTRIES = ("総務省", "環境省", "厚生労働省")
MIDDLE = ("2", "アウトカム", "中期", "見本が続く")
LAW = {"法令名": "見本法", "法令番号": "平成十一年法律第九十一号", "法令ID": "411AC0000000091"}
# What plans mean, in the order of their editions: the last is the newest that there is.
EDITIONS = {
    "経済財政運営と改革の基本方針": [
        "2022（令和４年６月７日",
        "2023（令和５年６月16日",
        "2025（令和７年６月13日",
    ],
    "デジタル社会の実現に向けた重点計画": ["（令和４年６月７日", "（令和５年６月９日", "（令和７年６月13日"],
}
PLANS = {f"{name}{date}閣議決定）": (name, date) for name, dates in EDITIONS.items() for date in dates}
UNDATED = {name: (name, "") for name in EDITIONS}
# The strategies that the carried sheet of 2012 names, the one that is told apart from them, and those that came before.
OTHERS = {
    *(
        "新成長戦略",
        "新たな情報通信技術戦略",
        "新たな情報通信技術戦略 工程表",
        "日本再生の基本戦略",
        "日本再生戦略",
    ),
    *("世界最先端IT国家創造宣言", "世界最先端デジタル国家創造宣言・官民データ活用推進基本計画"),
}


# The earliest edition of each that the carried registry knows, or of what it follows.
FIRST = {"経済財政運営と改革の基本方針": "2001-06-26", "デジタル社会の実現に向けた重点計画": "2013-06-14"}
STARTS = ("", "2012", "2000", "2013", "2001")


def is_old(plan: str) -> bool:
    return plan in PLANS and EDITIONS[PLANS[plan][0]][-1] != PLANS[plan][1]


def write_random_year(folder: Path, year: int, chance: random.Random) -> None:
    """Write files of a year in which each kind of gap comes about by chance."""
    basic, policy, money, logic = [], [], [], []
    citable = [*PLANS, *UNDATED, UNSURE]
    for number in range(9001, 9041):
        ministry = MINISTRIES[number % 3]  # the same in every year

        def made(
            kind: str, *, project: str = str(number), owner: str = ministry, **cells: str
        ) -> dict[str, str]:
            return row(kind, project, year, owner, **cells)

        begun = STARTS[number % len(STARTS)]
        basic.append(made("1-2", **{"事業区分": "前年度事業", "事業開始年度": begun}))
        for place in chance.sample(range(12), chance.choice((1, 1, 2))):
            cells = {"番号（政策・施策）": "1", "政策所管府省庁_P": ministry, "政策": "Ⅰ 見本の政策"}
            policy.append(made("1-3", **cells, **{"施策": f"見本の施策第{place}"}))
        plans = chance.sample(citable, chance.choice((0, 0, 1, 1, 2)))
        for place, plan in enumerate(plans, 1):
            cells = {"番号（関係する計画・通知等）": str(place), "計画通知名": plan}
            policy.append(made("1-3", **cells))
        if chance.random() < 0.3:
            policy.append(made("1-3", **{"番号（根拠法令）": "1", **LAW}))
        for budget in (year - 1, year):
            money += random_money(made, budget, chance)
        chain = [
            ACTIVITY,
            OUTPUT,
            *chance.choice(((SHORT,), (SHORT, MIDDLE), (SHORT, LONG), (SHORT, MIDDLE, LONG))),
        ]
        logic += [made("3-2", **connection(*pair)) for pair in itertools.pairwise(chain)]
        if chance.random() < 0.2:  # a second outcome that the output leads to, and from there nothing
            aside = ("3", "アウトカム", "短期", "別の見本が広まる")
            logic.append(made("3-2", **connection(OUTPUT, aside)))
    # Every edition is there, so that the store knows which is the newest.
    for place, plan in enumerate([*PLANS, *UNDATED], 1):
        cells = {"番号（関係する計画・通知等）": str(90 + place), "計画通知名": plan}
        policy.append(row("1-3", "9001", year, basic[0]["政策所管府省庁"], **cells))
    for kind, rows in (("1-2", basic), ("1-3", policy), ("2-1", money), ("3-2", logic)):
        write_csv(folder, kind, rows, year)


def random_money(made: Any, budget: int, chance: random.Random) -> list[dict[str, str]]:
    """Return a row of totals and those of its accounts: now and then they do not come to the total."""
    parts = [chance.choice((0, 100, 250)) for _ in range(3)]
    initial, total = 500, 500 + sum(parts) + chance.choice((0, 0, 0, 7))
    names = ("補正予算（合計）", "前年度からの繰越し（合計）", "予備費等（合計）")
    cells = {name: str(part) for name, part in zip(names, parts, strict=True)}
    cells |= {"予算年度": str(budget), "当初予算（合計）": str(initial), "計（歳出予算現額合計）": str(total)}
    rows = [made("2-1", **cells)]
    if chance.random() < 0.5:
        share = chance.choice((200, 200, 199))
        for name, own, all_ in (("一般会計", 300, total - 200), ("特別会計", share, 200)):
            account = {"予算年度": str(budget), "会計区分": name, "会計": name}
            rows.append(made("2-1", **account, **{"当初予算": str(own), "歳出予算現額": str(all_)}))
    return rows


def counted(graph: KnowledgeGraph, year: int) -> dict[str, Counter[str]]:
    """Return the gaps of each kind by the names of ministries."""
    data = graph.gaps(year=year).to_json()
    assert all(kind["count"] is not None for kind in data["kinds"])
    made = {
        kind["kind"]: Counter(
            {
                (line["ministry"] or {"label": {"ja": ""}})["label"]["ja"]: line["count"]
                for line in kind["by_ministry"]
            }
        )
        for kind in data["kinds"]
    }
    for kind in data["kinds"]:
        assert kind["count"] == sum(made[kind["kind"]].values())
    return made


@pytest.mark.parametrize("seed", [1, 2])
def test_invented_files(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for year in (2023, 2024):
        write_random_year(tmp_path, year, chance)
    build([tmp_path], tmp_path / "store")
    graph = KnowledgeGraph(open_store(tmp_path / "store"))
    for year in (2023, 2024):
        rows = Year(tmp_path, year)
        cited = {
            (PLANS | UNDATED)[plan][0] for plans in rows.plans().values() for plan in plans if plan != UNSURE
        }
        wanted = {
            "projects-without-basis": rows.projects_without_basis(),
            "measures-without-basis": rows.measures_without_basis(),
            "superseded-only": rows.superseded_only(is_old),
            "unresolved-citations": rows.citations_of(UNSURE.__eq__),
            "uncited-strategies": [""] * len((OTHERS | set(EDITIONS)) - cited),
            "outcomes-without-next": rows.outcomes_without_next(),
            "mixed-editions": rows.mixed_editions(PLANS.get),
            "sums-that-differ": rows.sums_that_differ()[0],
            "older-than-basis": rows.older_than_basis(
                {plan: (name, FIRST[name]) for plan, (name, _) in (PLANS | UNDATED).items()}
            ),
        }
        assert counted(graph, year) == {kind: Counter(found) for kind, found in wanted.items()}
        assert all(wanted.values()), "a kind of gap has not come about"


def test_published_files(real_folder: Path) -> None:
    found = counted(KnowledgeGraph(open_store(real_folder)), 2024)
    rows = Year(DATA, 2024)
    for kind, wanted in (
        ("projects-without-basis", rows.projects_without_basis()),
        ("measures-without-basis", rows.measures_without_basis()),
        ("outcomes-without-next", rows.outcomes_without_next()),
    ):
        assert found[kind] == Counter(wanted) and wanted, kind
    differing, compared = rows.sums_that_differ()
    assert found["sums-that-differ"] == Counter(differing) and compared == 18_524
