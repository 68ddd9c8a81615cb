"""Invented reviews in one store: sheets of 2017 to 2019 and 2023, and RS files of 2024, with projects that go on, change and divide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from konkyo.build.pipeline import build
from support.judgit_sheets import budget, lines, sheet
from support.rs_rows import row, write_zip


def told(
    year: int, number: str, name: str, *initial: float, executed: float = 0, **changes: Any
) -> dict[str, Any]:
    """A sheet that tells initial budgets of the fiscal years up to its own, and what the one before spent."""
    made = [budget(year - len(initial) + 1 + place, amount) for place, amount in enumerate(initial)]
    if executed:
        made[-2]["執行額"] = executed
    if year > 2018:  # from here on no sheet has an output
        changes.setdefault("アウトプット", [])
    return sheet(
        year, number, **{"事業名": name, "関連する過去のレビューシート": [], "予算": made, **changes}
    )


def outcome(name: str, **results: Any) -> dict[str, Any]:
    values = [{"年度": int(year[1:]), "成果実績": value, "目標値": None} for year, value in results.items()]
    return {
        **{"成果目標": "広める", "成果指標": name, "単位": "％", "目標値": None, "目標最終年度": None},
        "成果実績": values,
    }


def output(name: str) -> dict[str, Any]:
    return {"活動指標": name, "単位": "回", "活動実績": [{"年度": 2016, "活動実績": 3.0, "当初見込み": None}]}


def build_reviews(folder: Path) -> Path:
    """Build a store of all of them; return its folder."""
    folder.mkdir(exist_ok=True)
    rows = [row("1-2", "9001", 事業名="見本事業"), row("1-2", "9002", 事業名="今年からの事業")]
    write_zip(folder, "1-2", rows)
    write_zip(
        folder, "1-3", [row("1-3", "9001", **{"番号（関係する計画・通知等）": "1", "計画通知名": "見本計画"})]
    )
    money = {"当初予算（合計）": "7000400"}
    write_zip(folder, "2-1", [row("2-1", "9001", **{"予算年度": "2023", **money})])
    sheets = [
        told(
            2017, "0001", "見本事業", 3.0, 4.0, 5.0, executed=3.5,
            アウトカム=[outcome("認知度", y2015=40.0, y2016=50.0), outcome("消える指標", y2016=1.0)],
            アウトプット=[output("配った数")],
        ),
        told(2018, "0011", "見本事業", 4.0, 5.0, 6.0, executed=4.5, アウトカム=[outcome("認知度", y2017=55.0)]),
        told(
            2019, "0021", "見本事業（旧：見本事業）", 5.5, 6.0, 7.0, executed=5.9,
            アウトカム=[outcome("認知度", y2016=50, y2018=60.0), outcome("新しい指標", y2018=2.0)],
            アウトプット=[],
        ),
        told(2017, "0002", "終わる事業", 1.0), told(2018, "0012", "終わる事業", 1.0),
        told(2019, "0023", "始まる事業", 2.0),
        told(2018, "0014", "移る事業", 5.0, 6.5), told(2017, "0004", "移る事業", 5.0),
        told(2019, "0024", "移る事業", 5.0, 6.5, 8.0, 府省庁="環境省"),
        told(2017, "0005", "河川とダムの維持", 1679.0, 1781.0, 1645.0),
        told(2018, "0015", "河川とダムの維持", 1679.0, 1781.0, 1645.0),
        told(2019, "0025", "河川の維持", 1012.0, 1028.0, 1100.0), told(2019, "0026", "ダムの維持", 769.0, 617.0, 600.0),
        told(2023, "2023-総務-22-0001", "見本事業", 7.0, アウトカム=[], アウトプット=[]),
        told(2023, "2023-総務-22-0002", "昨年までの事業", 1.0, アウトカム=[], アウトプット=[]),
    ]  # fmt: skip
    # Splits are told by the amounts of all years that the sheets tell: the whole's of the years before.
    sheets[9]["予算"] = [budget(2016, 1781.0), budget(2017, 1645.0)]
    sheets[10]["予算"] = [budget(2016, 1781.0), budget(2017, 1645.0), budget(2018, 1645.0)]
    for place, amounts in ((11, (1012.0, 1028.0, 1000.0)), (12, (769.0, 617.0, 645.0))):
        sheets[place]["予算"] = [budget(2016 + n, amount) for n, amount in enumerate(amounts)]
    (folder / "a.ndjson").write_bytes(lines(sheets))
    build([folder], folder / "store")
    return folder / "store"
