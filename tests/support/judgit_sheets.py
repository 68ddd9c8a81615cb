"""Invented review sheets in the form in which JUDGIT publishes those of 2015 to 2023."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Sheet = dict[str, Any]
_STAGES = ("当初予算", "補正予算", "前年度から繰越し", "翌年度へ繰越し", "予備費等", "予算計", "執行額")

_PARTS = tuple(f"事業番号{part}" for part in range(1, 6))


def budget(year: int, *amounts: float) -> Sheet:
    """Amounts of a fiscal year in 百万円, in the order of the form; what is left out is not told."""
    return {"年度": year, **dict(zip(_STAGES, amounts, strict=False))}


def payee(name: str, amount: float, number: str | None = None, *, at: str = "A1", year: int = 2019) -> Sheet:
    """One payee of a block."""
    return {
        "年度": year,
        "グループ": at[0],
        "番号": int(at[1:]),
        "支出先名": name,
        "法人番号": number,
        "業務概要": "見本の運搬",
        "支出額": amount,
    }


def sheet(year: int = 2020, number: str = "0061", **changes: Any) -> Sheet:
    """A sheet with every field, as those of 2018 to 2020 have them."""
    parts = number.split("-")
    own = dict(zip(_PARTS, parts if len(parts) > 1 else (None, number), strict=False))
    made = {
        "ID": 7,
        "事業ID": 4711,
        "公開年度": year,
        "事業名": f"見本事業{number}",
        "開始年度": 2010,
        "終了年度": None,
        "府省庁": "総務省",
        **dict.fromkeys(_PARTS),
        **own,
        "事業番号": number,
        "担当部局庁": "情報流通行政局",
        "担当課室": "見本課",
        "作成責任者": "課長　見本　太郎",
        "会計区分": ["一般会計"],
        "事業目的": "見本を\n広める。",
        "事業概要": "見本を作り、配る。",
        "実施方法": ["委託・請負", "補助"],
        "主要施策": ["ＩＴ戦略", "地方創生"],
        "予算": [
            budget(year - 3, 10.0, 0.0, 0.0, -2.5, 0.0, 7.5, 7.123456),
            budget(year - 2, 11.0, 1.0, 2.5, 0.0, -0.5, 14.0, 13.0),
            budget(year - 1, 12.0, 0.0, 0.0, 0.0, 0.0, 12.0, 11.999),
            budget(year, 13.2, 0.0, 0.0, 0.0, 0.0, 13.2),
            {"年度": year + 1, "要求額": 14.0},
        ],
        "支出先": [
            payee("見本株式会社", 5.0, "7000012050002", year=year - 1),
            payee("見本協会", 0.37, at="A2", year=year - 1),
            payee("個人A", 5e-06, at="B1", year=year - 1),
        ],
        "アウトカム": [
            {
                "成果目標": "見本を\n知る人を増やす。",
                "成果指標": "認知度",
                "単位": "％",
                "目標値": "80",
                "目標最終年度": year + 2,
                "成果実績": [
                    {"年度": year - 3, "成果実績": None, "目標値": None},
                    {"年度": year - 2, "成果実績": 51.5, "目標値": 50.0},
                    {"年度": year - 1, "成果実績": 60.0, "目標値": 65.0},
                ],
            }
        ],
        "定量的な目標が設定できない理由": None,
        "アウトプット": [
            {
                "活動指標": "配った数",
                "単位": "部",
                "活動実績": [
                    {"年度": year - 2, "活動実績": 100.0, "当初見込み": 120.0},
                    {"年度": year - 1, "活動実績": 130.0, "当初見込み": None},
                ],
            }
        ],
        "url": "https://example.org/sheet.pdf",
        "関連する過去のレビューシート": [
            {
                "年度": year - 1,
                "府省庁": "総務省",
                "事業番号1": "新31",
                "事業番号2": "0002",
                "事業番号3": None,
            }
        ],
        "ファイル": f"{year}/総務省/{number}.json",
    }
    return {**made, **changes}


def samples() -> list[Sheet]:
    """Sheets as the years differ: before there were corporate numbers, with all fields, and without outcomes and themes."""
    return [
        sheet(
            2015,
            "新27-0001",
            府省庁="見本庁",
            予算=[
                budget(2014, 3.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.30000000000000004),
                {"年度": 2016, "要求額": None},
            ],
            主要施策=["国土強靭化", "見本の推進"],
            関連する過去のレビューシート=[],
            支出先=[
                payee("見本株式会社", 3.0, year=2014),
                payee("見本株式会社", 0.30000000000000004, at="A2", year=2014),
            ],
        ),
        sheet(2020),
        sheet(
            2020,
            "0062",
            会計区分=["一般会計", "エネルギー対策特別会計エネルギー需給勘定"],
            開始年度=2309,
            予算=[],
            実施方法=["見本の手法"],
            アウトカム=[
                {
                    "成果目標": "",
                    "成果指標": None,
                    "単位": None,
                    "目標値": "±10％以内",
                    "目標最終年度": 4013,
                    "成果実績": [],
                }
            ],
            支出先=[
                payee("見本大学", 1.5, "1234567890123"),
                payee("見本大学", 2.0, "9999999999999", at="A1"),
            ],
            url="https://example.org/a b.xlsx ",
        ),
        sheet(
            2023,
            "2023-総務-22-0061",
            **dict.fromkeys(("ID", "事業ID", "url", "主要施策")),
            予算=[budget(2022, 1.0)],
            アウトカム=[],
            アウトプット=[],
            関連する過去のレビューシート=[],
        ),
    ]


def line(made: Sheet) -> bytes:
    """A sheet as a line of JSON."""
    return json.dumps(made, ensure_ascii=False).encode() + b"\n"


def lines(sheets: Iterable[Sheet]) -> bytes:
    """Sheets as JSON lines."""
    return b"".join(map(line, sheets))


def write_folder(top: Path, sheets: Iterable[Sheet]) -> Path:
    """Write sheets as the public repository has them: year/ministry/number.json, over several lines each."""
    for made in sheets:
        path = top / str(made["公開年度"]) / made["府省庁"] / f"{made['事業番号']}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    return top
