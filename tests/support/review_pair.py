"""Two invented review years: what is missing in them, and what changed, is known from the rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from konkyo.build.pipeline import build
from support.rs_rows import ACTIVITY, LONG, OUTPUT, SHORT, connection, row, write_csv

OLD = "経済財政運営と改革の基本方針2022（令和４年６月７日閣議決定）"
MIDDLE = "経済財政運営と改革の基本方針2023（令和５年６月16日閣議決定）"
NEW = "経済財政運営と改革の基本方針2025（令和７年６月13日閣議決定）"
UNSURE = "令和４年７月15日付閣議了解"
LAW = {"法令名": "見本法", "法令番号": "平成十一年法律第九十一号", "法令ID": "411AC0000000091"}
HOSTILE = "=見本\x1b[31m\u202e<b>事業</b>"

# Project -> ministry, name, measure, plans cited, whether a law is cited.
Project = tuple[str, str, str, list[str], bool]
Year = Mapping[str, Project]
FIRST: Year = {
    "9001": ("総務省", "見本事業一", "電波の利用の推進", [OLD], False),
    "9002": ("総務省", "見本事業二", "電波の利用の推進", [MIDDLE], True),
    "9003": ("総務省", "終わる事業", "通信の振興", [], False),
    "9004": ("環境省", "見本事業四", "水環境の保全", [UNSURE], False),
    "9005": ("環境省", "見本事業五", "水環境の保全", [], True),
}
SECOND: Year = {
    "9001": ("総務省", "見本事業一", "電波の利用の推進", [MIDDLE], False),
    "9002": ("総務省", "見本事業二", "電波の利用の推進", [NEW], True),
    "9004": ("環境省", "見本事業四", "水循環の保全", [], False),
    "9005": ("環境省", "見本事業五", "水循環の保全", [UNSURE], True),
    "9006": ("環境省", HOSTILE, "資源の循環", [], False),
}


def write_year(folder: Path, year: int, projects: Year) -> Path:
    """Write the files 1-2, 1-3, 2-1 and 3-2 of a year."""
    made = folder / str(year)
    made.mkdir(parents=True, exist_ok=True)
    basic, policy, money, logic = [], [], [], []
    for number, (ministry, name, measure, plans, law) in projects.items():
        common = {"事業名": name}
        basic.append(row("1-2", number, year, ministry, **common, **{"事業区分": "前年度事業"}))
        placed = {
            "番号（政策・施策）": "1",
            "政策所管府省庁_P": ministry,
            "政策": "Ⅰ 見本の政策",
            "施策": f"１ {measure}",
        }
        cited = {"番号（根拠法令）": "1", **LAW} if law else {}
        policy.append(row("1-3", number, year, ministry, **common, **placed, **cited))
        for place, plan in enumerate(plans, 1):
            cells = {"番号（関係する計画・通知等）": str(place), "計画通知名": plan}
            policy.append(row("1-3", number, year, ministry, **common, **cells))
        # The total of 9002 is ten yen more than its parts, in every year.
        total = 110 if number == "9002" else 100
        money.append(
            row(
                "2-1",
                number,
                year,
                ministry,
                **common,
                **{
                    "予算年度": str(year),
                    "当初予算（合計）": "100",
                    "補正予算（合計）": "0",
                    "前年度からの繰越し（合計）": "0",
                    "予備費等（合計）": "0",
                    "計（歳出予算現額合計）": str(total),
                },
            )
        )
        # 9001 and 9004 end in a short-term outcome; the others in a long-term one.
        logic.append(row("3-2", number, year, ministry, **common, **connection(ACTIVITY, OUTPUT)))
        logic.append(row("3-2", number, year, ministry, **common, **connection(OUTPUT, SHORT)))
        if number not in ("9001", "9004"):
            logic.append(row("3-2", number, year, ministry, **common, **connection(SHORT, LONG)))
    for kind, rows in (("1-2", basic), ("1-3", policy), ("2-1", money), ("3-2", logic)):
        write_csv(made, kind, rows, year)
    return made


def build_pair(folder: Path) -> Path:
    """Build a store of both years, and the carried sheet; return its folder."""
    files = [write_year(folder / "in", 2023, FIRST), write_year(folder / "in", 2024, SECOND)]
    build(files, folder / "store")
    return folder / "store"
