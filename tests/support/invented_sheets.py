"""Invented evaluation sheets in the forms of ministries, as Excel workbooks and as PDF files printed by Chromium.

A table is a list of rows; a cell is a text, or a text with the rows and columns that it spans.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Cell = str | tuple[str, int, int]


@dataclass(frozen=True)
class Invented:
    """Lines above the tables, the tables, and lines below them."""

    head: Sequence[str]
    tables: Sequence[Sequence[Sequence[Cell]]]
    foot: Sequence[str] = ()
    width: int = 8
    style: str = ""
    name: str = "sheet"
    notes: Sequence[str] = field(default=())


def spans(cell: Cell) -> tuple[str, int, int]:
    return (cell, 1, 1) if isinstance(cell, str) else cell


def placed(table: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, str, int, int]]:
    """Yield row, column, text and spans of each cell, as HTML places them."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            text, down, across = spans(cell)
            while (row, column) in taken:
                column += 1
            taken.update((row + r, column + c) for r in range(down) for c in range(across))
            yield row, column, text, down, across
            column += across


def workbook(sheet: Invented, path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet.name
    row = 1
    for line in sheet.head:
        page.cell(row, 1, line)
        row += 1
    for table in sheet.tables:
        for r, c, text, down, across in placed(table):
            page.cell(row + r, c + 1, text or None)
            if down > 1 or across > 1:
                page.merge_cells(
                    start_row=row + r, start_column=c + 1, end_row=row + r + down - 1, end_column=c + across
                )
        row += len(table) + 1
    for line in sheet.foot:
        page.cell(row, 1, line)
        row += 1
    book.save(path)
    return path


def page_html(sheet: Invented) -> str:
    def line(text: str) -> str:
        return f"<p>{html.escape(text)}</p>"

    tables = "".join(
        "<table>"
        + "".join(
            "<tr>"
            + "".join(
                f'<td rowspan="{down}" colspan="{across}">{html.escape(text).replace(chr(10), "<br>")}</td>'
                for text, down, across in map(spans, row)
            )
            + "</tr>"
            for row in table
        )
        + "</table>"
        for table in sheet.tables
    )
    return (
        "<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:12mm} body{font:9pt 'Noto Sans CJK JP'}"
        "table{border-collapse:collapse;width:100%;margin-bottom:4mm} td{border:1px solid #000;padding:1mm;vertical-align:middle}"
        f"{sheet.style}</style>" + "".join(map(line, sheet.head)) + tables + "".join(map(line, sheet.foot))
    )


def pdf(sheet: Invented, path: Path) -> Path:
    """Print a sheet to PDF by Chromium."""
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sheet.html"
        source.write_text(page_html(sheet), encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={folder}/profile",
                "--no-pdf-header-footer",
                f"--print-to-pdf={path}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return path


STANDARD = Invented(
    head=["令和５年度実施施策に係る政策評価書", "（例示省５－③）"],
    tables=[
        [
            ["施策名", ("施策目標２－１ 例示の安全を確保すること", 1, 8)],
            ["施策の概要", ("例示の安全のため、点検と訓練を支援する。", 1, 8)],
            ["達成すべき目標", ("例示の事故を減らし、例示を安心して使えるようにする。", 1, 8)],
            [
                ("施策の予算額・執行額等", 6, 1),
                ("区分", 1, 2),
                "令和３年度",
                "４年度",
                "５年度",
                ("６年度", 1, 3),
            ],
            [("予算の状況（百万円）", 4, 1), "当初予算（a）", "1,200", "1,300", "1,450", ("1,500", 1, 3)],
            ["補正予算（b）", "-50", "0", "△ 20", ("", 1, 3)],
            ["繰越し等（c）", "10", "0", "-", ("", 1, 3)],
            ["合計（a＋b＋c）", "1,160", "1,300", "1,430", ("", 1, 3)],
            [("執行額（百万円）", 1, 2), "1,101", "1,255", "集計中", ("", 1, 3)],
            [
                ("施策に関係する内閣の重要政策（施政方針演説等のうち主なもの）", 3, 1),
                ("施政方針演説等の名称", 1, 3),
                ("年月日", 1, 2),
                ("関係部分（抜粋）", 1, 3),
            ],
            [
                ("例示推進基本計画", 1, 3),
                ("令和３年４月１日", 1, 2),
                ("第２章　例示の柱\n（１）点検の推進\n（２）訓練の支援", 1, 3),
            ],
            [
                ("経済財政運営と改革の基本方針2023", 1, 3),
                ("令和５年６月16日", 1, 2),
                ("例示の安全に向けた取組を着実に進める。", 1, 3),
            ],
            [
                ("測定指標", 8, 1),
                ("１ 例示の点検を受けた施設の数", 4, 1),
                "基準値",
                ("実績値", 1, 4),
                "目標値",
                "達成",
            ],
            ["令和２年度", "３年度", "４年度", "５年度", "６年度", "７年度", ("○", 3, 1)],
            ["120施設", "150施設", "180施設", "210施設", "集計中", "250施設以上"],
            ["年度ごとの目標値", "140施設", "170施設", "200施設", "-", ""],
            [("２ 例示の事故の件数", 4, 1), "基準値", ("実績値", 1, 4), "目標値", "達成"],
            ["元年度", "３年度", "４年度", "５年度", "６年度", "５年度", ("×", 3, 1)],
            ["30件", "28件", "27件", "25件", "-", "20件以下"],
            ["年度ごとの目標値", "26件", "24件", "20件", "-", ""],
            [
                ("評価結果", 3, 1),
                ("目標達成度合いの測定結果", 1, 2),
                ("（各行政機関共通区分）相当程度進展あり", 1, 2),
                ("（判断根拠）指標１は目標に向けて進んでいる。", 1, 4),
            ],
            [("施策の分析", 1, 2), ("点検が進んだ。", 1, 6)],
            [("次期目標等への反映の方向性", 1, 2), ("訓練を増やす。", 1, 6)],
            ["学識経験を有する者の知見の活用", ("例示安全研究会（令和６年７月３日）の意見を聴いた。", 1, 8)],
            ["政策評価を行う過程において使用した資料その他の情報", ("例示統計調査（令和６年３月）", 1, 8)],
            [
                "担当部局名",
                ("例示局 安全課", 1, 2),
                "作成責任者名",
                ("安全課長　例示 太郎", 1, 2),
                "政策評価実施時期",
                ("令和６年８月", 1, 2),
            ],
        ]
    ],
)


# 国土交通省の個票: one heading over several indicators, marks of the ministry's own.
KOHYO = Invented(
    head=["施策目標個票", "（国土交通省99－③）"],
    tables=[
        [
            ["施策目標", ("総合的な例示化を推進する", 1, 8)],
            ["施策目標の概要及び達成すべき目標", ("すべての人が例示を使えるようにする。", 1, 8)],
            [("施策目標の評価、達成状況及び今後の方向性", 2, 1), ("施策目標の評価", 1, 2), ("「おおむね順調である」", 1, 6)],
            [("施策目標の達成状況及び今後の方向性", 1, 2), ("支援を続ける。", 1, 6)],
        ],
        [
            [("業績指標", 2, 1), "初期値", ("実績値", 1, 5), ("評価", 2, 1), "目標値"],
            ["平成25年度", "24年度", "25年度", "26年度", "27年度", "28年度", "30年度"],
            [("例示地区の総面積", 2, 1), "50,997ha", "48,663ha", "50,997ha", "55,412ha", "64,105ha", "65,111ha", ("A－２", 2, 1), "約70,000ha"],
            ["年度ごとの目標値", "－", "－", "－", "－", "－", ""],
            ["①例示施設の例示化率", "51%", "－", "51%", "60%", "68%", "77%（暫定値）", "A－２", "約75%"],
            ["②例示車両の例示化率", "20%", "18%", "20%", "22%", "集計中", "集計中", "B－１", "30%"],
        ],
    ],
)  # fmt: skip

# 総務省の2014年の様式: objectives with their indicators; a cell bears its year below its value.
SOUMU = Invented(
    head=["平成26年度主要な政策に係る評価書（モニタリング）", "（総務省99－②）"],
    tables=[
        [
            ["政策名（※１）", ("政策２：適正な例示管理の実施", 1, 4), "分野", ("例示・管理", 1, 2)],
            ["政策の概要", ("例示の管理を行う。", 1, 7)],
            ["基本目標【達成すべき目標】", ("例示の管理を適正にする。", 1, 7)],
            [("政策の予算額・執行額等", 6, 1), ("区　分", 1, 2), "23年度", "24年度", "25年度", ("26年度", 1, 2)],
            [("予算の状況（千円）", 4, 1), "当初予算（a）", "217,306", "285,731", "287,349", ("288,180", 1, 2)],
            ["補正予算（b）", "0", "0", "23,940", ("0", 1, 2)],
            ["繰越し等（c）", "0", "0", "-23,940", ("", 1, 2)],
            ["合計（a＋b＋c）", "217,306", "285,731", "287,349", ("", 1, 2)],
            [("執行額（千円）", 1, 2), "124,913", "237,189", "250,000", ("", 1, 2)],
            [("政策に関係する内閣の重要政策（施政方針演説等のうち主なもの）", 3, 1), ("施政方針演説等の名称", 1, 2), ("年月日", 1, 2), ("関係部分（抜粋）", 1, 3)],
            [("世界最先端IT国家創造宣言", 1, 2), ("平成25年６月14日", 1, 2), ("３．公共サービスの実現\n（１）利便性の向上\n（２）例示の改革", 1, 3)],
            [("第186回国会 総務委員会における総務大臣所信表明", 1, 2), ("平成26年２月18日", 1, 2), ("例示の見直しを行います。", 1, 3)],
        ],
        [
            ["施策目標", ("測定指標", 1, 2), "基準（値）\n【年度】", ("目標（値）\n【年度】", 1, 2), ("実績（値）\n【年度】", 1, 2)],
            [("例示の審査を適正に行うこと", 2, 1), "１", "例示の審査の件数", "100件\n【24年度】", ("120件以上\n【26年度】", 1, 2), ("125件\n【26年度】", 1, 2)],
            ["２", "例示の説明会の開催の実施状況", "説明会の準備\n【25年度】", ("説明会の開催\n【26年度】", 1, 2), ("説明会を開催した。\n【26年度】", 1, 2)],
            ["例示の公開を進めること", "３", "例示の公開の割合", "50%\n【25年度】", ("60%\n【26年度】", 1, 2), ("58%\n【26年度】", 1, 2)],
        ],
        [["担当部局課室名", ("例示局 例示課", 1, 3), "政策評価実施時期", ("平成27年８月", 1, 3)]],
    ],
)  # fmt: skip


def word(sheet: Invented, path: Path) -> Path:
    """Write a sheet as a Word document."""
    from docx import Document

    document = Document()
    for line in sheet.head:
        document.add_paragraph(line)
    for table in sheet.tables:
        cells = list(placed(table))
        width = max(column + across for _, column, _, _, across in cells)
        made = document.add_table(rows=len(table), cols=width)
        made.autofit = False
        grid = [row.cells for row in made.rows]
        for row, column, text, down, across in cells:
            cell = grid[row][column]
            if down > 1 or across > 1:
                cell = cell.merge(grid[row + down - 1][column + across - 1])
            cell.text = text
        document.add_paragraph()
    for line in sheet.foot:
        document.add_paragraph(line)
    document.save(str(path))
    return path
