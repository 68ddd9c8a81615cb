"""Two invented review years with all that may change between them: names, ids, steps' numbers, indicators, money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from konkyo.build.pipeline import build
from support.rs_rows import connection, indicator, row, write_csv

OLD_PLAN = "経済財政運営と改革の基本方針2023（令和５年６月16日閣議決定）"
NEW_PLAN = "経済財政運営と改革の基本方針2024（令和６年６月21日閣議決定）"
SAME, RENAMED, ENDED, NEW, WIDE, TWICE = "9101", "9102", "9103", "9104", "9105", "9106"
NAMES: Mapping[int, Mapping[str, str]] = {
    2024: {
        SAME: "見本の配布",
        RENAMED: "見本の普及",
        ENDED: "終わる見本",
        WIDE: "ＰＢＦ（見本）拠出金",
        TWICE: "見本の研究",
    },
    2025: {
        SAME: "見本の配布",
        RENAMED: "見本の普及促進",
        NEW: "始まる見本",
        WIDE: "PBF(見本)拠出金",
        TWICE: "見本の研究",
    },
}
Step = tuple[str, str, str, str]
Chain = tuple[Step, ...]
CHAINS: Mapping[int, Mapping[str, tuple[Chain, ...]]] = {
    2024: {
        SAME: (
            (
                ("1", "アクティビティ", "", "見本を配る"),
                ("10", "アウトプット", "", "配布の件数を増やす（ＡＢＣ）"),
                ("11", "アウトカム", "短期", "使う人が増える"),
                ("12", "アウトカム", "長期", "見本が根付く"),
            ),
        ),
        # The words of output and outcome stand twice, and each once more in 2025, under other numbers.
        TWICE: (
            (
                ("1", "アクティビティ", "", "設計を委託する"),
                ("3", "アウトプット", "", "採択する"),
                ("4", "アウトカム", "短期", "目標を達成する"),
            ),
            (
                ("2", "アクティビティ", "", "製造を委託する"),
                ("6", "アウトプット", "", "採択する"),
                ("7", "アウトカム", "短期", "目標を達成する"),
            ),
        ),
        # Two of the same words against one: nobody can say which.
        WIDE: (
            (("1", "アクティビティ", "", "拠出する"), ("1", "アウトプット", "", "拠出の回数")),
            (("2", "アクティビティ", "", "招待する"), ("2", "アウトプット", "", "拠出の回数")),
        ),
    },
    2025: {
        SAME: (
            (
                ("101", "アクティビティ", "", "見本を配る"),
                ("201", "アウトプット", "", "配布の件数を増やす（ABC）"),
                ("301", "アウトカム", "短期", "使う人が増える"),
                ("501", "アウトカム", "長期", "見本が広く根付く"),
            ),
        ),
        TWICE: (
            (
                ("101", "アクティビティ", "", "設計を委託する"),
                ("201", "アウトプット", "", "採択する"),
                ("301", "アウトカム", "短期", "目標を達成する"),
            ),
            (
                ("102", "アクティビティ", "", "製造を委託する"),
                ("202", "アウトプット", "", "採択する"),
                ("302", "アウトカム", "短期", "目標を達成する"),
            ),
        ),
        WIDE: ((("101", "アクティビティ", "", "拠出する"), ("201", "アウトプット", "", "拠出の回数")),),
    },
}
# Of one step: the indicator's name, its targets and results by year.
Values = Mapping[str, str]
INDICATORS: Mapping[int, tuple[tuple[str, Step, str, Values, Values], ...]] = {
    2024: (
        (SAME, CHAINS[2024][SAME][0][1], "配布の件数", {"2024": "100", "2025": "110"}, {"2023": "90"}),
        (SAME, CHAINS[2024][SAME][0][2], "使う人の数", {"2024": "10"}, {"2023": "8"}),
        (TWICE, CHAINS[2024][TWICE][0][1], "採択の数", {"2024": "5"}, {"2023": "4"}),
        (TWICE, CHAINS[2024][TWICE][1][1], "採択の数", {"2024": "7"}, {"2023": "6"}),
    ),
    2025: (
        (
            SAME,
            CHAINS[2025][SAME][0][1],
            "配布の件数",
            {"2024": "100", "2025": "120"},
            {"2023": "90", "2024": "95"},
        ),
        (SAME, CHAINS[2025][SAME][0][2], "使う人の割合", {"2025": "50"}, {"2024": "40"}),
        (TWICE, CHAINS[2025][TWICE][0][1], "採択の数", {"2024": "5"}, {"2023": "4", "2024": "5"}),
        (TWICE, CHAINS[2025][TWICE][1][1], "採択の数", {"2024": "7"}, {"2023": "6", "2024": "9"}),
    ),
}
# Of each review: budget year -> initial, total, executed (None: not known yet).
Money = Mapping[int, tuple[int, int, int | None]]
MONEY: Mapping[int, Money] = {
    2024: {2023: (1000, 1100, 900), 2024: (1300, 1300, None)},
    2025: {2023: (1000, 1100, 900), 2024: (1250, 1400, 1200), 2025: (1500, 1500, None)},
}
PLANS: Mapping[int, Mapping[str, str]] = {
    2024: {SAME: OLD_PLAN, RENAMED: OLD_PLAN, ENDED: OLD_PLAN, WIDE: OLD_PLAN},
    2025: {SAME: NEW_PLAN, RENAMED: OLD_PLAN, NEW: NEW_PLAN, TWICE: NEW_PLAN},
}
MEASURES = {2024: "見本の推進", 2025: "見本の総合的な推進"}
VERDICTS = {2024: "現状通り", 2025: "事業内容の一部改善"}
PAYEES = {2024: ("先の協会", "800"), 2025: ("後の協会", "1100")}
OFFICES = {2024: "先の課", 2025: "後の課"}
ALL = ("1-1", "1-2", "1-3", "2-1", "3-1", "3-2", "4-1", "5-1")


def rows_of(kind: str, year: int, projects: Iterable[str] | None = None) -> list[dict[str, str]]:
    """Return the rows of one kind in a year, of all its projects or of some."""
    made: list[dict[str, str]] = []
    for number, name in NAMES[year].items():
        if projects is None or number in projects:
            made += [
                row(kind, number, year, **{"事業名": name, **cells}) for cells in _cells(kind, number, year)
            ]
    return made


def _cells(kind: str, number: str, year: int) -> Iterable[dict[str, str]]:
    match kind:
        case "1-1":
            yield {"課": OFFICES[year], "その他担当組織_作成責任者_no": "1"}
        case "1-2":
            yield {
                "事業区分": "新規開始事業" if number == NEW else "前年度事業",
                "事業の概要": f"{year}年度の概要である。",
            }
        case "1-3":
            yield {
                "番号（政策・施策）": "1",
                "政策所管府省庁_P": "総務省",
                "政策": "Ⅰ 見本の政策",
                "施策": f"１ {MEASURES[year]}",
            }
            if number in PLANS[year]:
                yield {"番号（関係する計画・通知等）": "1", "計画通知名": PLANS[year][number]}
        case "2-1":
            for budget, (initial, total, executed) in MONEY[year].items() if number == SAME else ():
                yield {
                    "予算年度": str(budget),
                    "当初予算（合計）": str(initial),
                    "補正予算（合計）": str(total - initial),
                    "前年度からの繰越し（合計）": "0",
                    "予備費等（合計）": "0",
                    "計（歳出予算現額合計）": str(total),
                    "執行額（合計）": "" if executed is None else str(executed),
                }
        case "3-1":
            for own, step, name, targets, results in INDICATORS[year]:
                if own == number:
                    yield from _indicator(step, name, targets, results)
        case "3-2":
            for chain in CHAINS[year].get(number, ()):
                for one, other in pairwise(chain):
                    yield connection(one, other)
        case "4-1":
            yield {"行政事業レビュー推進チームの所見": VERDICTS[year]}
        case "5-1" if number == SAME:
            name, yen = PAYEES[year]
            yield {"支出先ブロック番号": "A", "支出先ブロック名": name, "ブロックの合計支出額": yen}
            yield {"支出先ブロック番号": "A", "支出先名": name, "支出先の合計支出額": yen}


def _indicator(step: Step, name: str, targets: Values, results: Values) -> Iterable[dict[str, str]]:
    number, kind, period, text = step
    same = {
        "アクティビティ・アウトプット・アウトカムの番号": number,
        "種別（アクティビティ・アウトプット・アウトカム）": kind,
        "アウトカムの期間": period,
        "アクティビティ／活動目標／成果目標": text,
        "活動指標／成果指標": name,
        "事業に関連するKPIが定められている閣議決定等の名称": "",
        "事業に関連するKPIが定められている閣議決定等の該当箇所": "",
    }
    # The files of this module have the columns of some years only.
    for role, values in (("1.目標年度", {}), ("2.目標値", targets), ("3.実績値", results), ("4.達成率", {})):
        yield indicator(role, **{**same, **values})


def write_years(
    folder: Path,
    years: Iterable[int] = (2024, 2025),
    kinds: Iterable[str] = ALL,
    projects: Mapping[int, Iterable[str]] | None = None,
) -> list[Path]:
    """Write files of these kinds and years; ``projects`` are those of a year whose files are excerpts."""
    made = []
    for year in years:
        for kind in kinds:
            rows = rows_of(kind, year, (projects or {}).get(year))
            if rows:
                (folder / str(year)).mkdir(parents=True, exist_ok=True)
                made.append(write_csv(folder / str(year), kind, rows, year))
    return made


def build_years(folder: Path, years: Iterable[int] = (2024, 2025)) -> Path:
    """Build a store of these years; return its folder."""
    build(write_years(folder / "in", years), folder / "store")
    return folder / "store"
