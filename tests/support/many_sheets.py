"""Invented evaluation sheets of several ministries and years that name the same strategies, as Excel workbooks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from konkyo.sources.documents import Document, Kind
from konkyo.sources.documents.workbook import read_workbook
from konkyo.sources.forms.fill import Filled, fill
from konkyo.sources.forms.write import as_yaml, key_of_sheet, transcription
from support.invented_sheets import Cell, Invented, workbook

MINISTRIES = ("環境省", "総務省", "厚生労働省", "国土交通省", "農林水産省")
SLUGS = dict(zip(MINISTRIES, ("kankyo", "soumu", "kourou", "kokko", "nousui"), strict=True))
YEARS = (2020, 2021, 2022)
HONEBUTO = {
    2020: ("経済財政運営と改革の基本方針2020", "令和２年７月17日"),
    2021: ("経済財政運営と改革の基本方針2021", "令和３年６月18日"),
    2022: ("経済財政運営と改革の基本方針2022", "令和４年６月７日"),
}
PLAN = ("見本デジタル推進基本計画", "令和２年４月１日")


def measure_of(place: int, other: bool = False) -> str:
    """Return the name of the measure of a ministry; each has one that goes on over the years, and another one."""
    return f"見本の{'広報' if other else '点検'}を進めること（{'甲乙丙丁戊'[place]}）"


def indicator_of(place: int) -> str:
    """Return the name of the indicator that goes on over the years."""
    return f"見本の点検を受けた{('施設', '車両', '病院', '橋', '農地')[place]}の数"


def result(place: int, year: int) -> str:
    """Return what the indicator came to in a year."""
    return f"{100 + 10 * place + 7 * (year - YEARS[0])}件"


def write_sheets(folder: Path, ministries: int = 5, years: tuple[int, ...] = YEARS) -> list[Path]:
    """Write the sheets: of each ministry one a year of its measure, and one of another measure in the last year."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for place in range(ministries):
        for year in years:
            sheet = _sheet(place, year, "①", measure_of(place), indicator_of(place), [HONEBUTO[year], PLAN])
            made.append(workbook(sheet, folder / f"{place}-{year}.xlsx"))
        sheet = _sheet(
            place, years[-1], "②", measure_of(place, True), "見本の広報の回数", [HONEBUTO[years[-1]]]
        )
        made.append(workbook(sheet, folder / f"{place}-{years[-1]}-other.xlsx"))
    return made


def _sheet(
    place: int, year: int, mark: str, measure: str, indicator: str, bases: list[tuple[str, str]]
) -> Invented:
    era = year - 2018
    grounds: list[list[Cell]] = [
        [
            ("施策に関係する内閣の重要政策", len(bases) + 1, 1),
            ("施政方針演説等の名称", 1, 2),
            "年月日",
            ("関係部分", 1, 2),
        ]
    ]
    grounds += [[(name, 1, 2), date, ("第２章　見本の柱", 1, 2)] for name, date in bases]
    return Invented(
        head=[f"令和{era}年度実施施策に係る政策評価書", f"（{MINISTRIES[place]}{era}－{mark}）"],
        tables=[
            [
                ["施策名", (measure, 1, 5)],
                ["施策の概要", ("見本の取組を支援する。", 1, 5)],
                ["達成すべき目標", ("見本を安心して使えるようにする。", 1, 5)],
                *grounds,
                [("測定指標", 3, 1), (f"１ {indicator}", 3, 1), "基準値", ("実績値", 1, 2), "目標値"],
                [
                    "令和元年度",
                    f"令和{era - 1}年度" if era > 2 else "令和元年度",
                    f"令和{era}年度",
                    "令和７年度",
                ],
                ["90件", result(place, year - 1), result(place, year), f"{200 + era}件以上"],
                [("評価結果", 1, 1), "目標達成度合いの測定結果", ("相当程度進展あり", 1, 4)],
                ["担当部局名", ("見本局", 1, 5)],
            ]
        ],
    )


def document_of(path: Path, reader: Callable[[bytes], Any]) -> Document:
    """Read a file in this process: that another one reads it is tested elsewhere."""
    data, kind = path.read_bytes(), cast(Kind, path.suffix[1:])
    boxes, names, notes = reader(data)
    digest = hashlib.sha256(data).hexdigest()
    return Document(path.name, digest, kind, tuple(boxes), tuple(names), tuple(notes))


def filled(path: Path, reader: Callable[[bytes], Any]) -> list[Filled]:
    """Return the sheets of a file."""
    return fill(document_of(path, reader))


def transcribed(path: Path, folder: Path, slugs: Mapping[str, str] | None = None) -> Path:
    """Write the transcription of a workbook of one sheet; ``slugs`` are those of ministries."""
    document = document_of(path, read_workbook)
    (sheet,) = fill(document)
    key = key_of_sheet(document, sheet.data, (slugs or {}).get(sheet.data["府省庁"]["値"]), 1)
    made = folder / f"{path.stem}.yaml"
    made.write_text(as_yaml(transcription(document, sheet, key)), encoding="utf-8")
    return made
