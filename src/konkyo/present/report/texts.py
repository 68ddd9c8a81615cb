"""The words of a report's page."""

from __future__ import annotations

from konkyo.common.words import Words

TEXTS = {
    "report": Words("報告", "Report"),
    "contents": Words("目次", "Contents"),
    "plot": Words("図。同じ数は下の表にある。", "Picture; the same numbers are in the table below it."),
    "table": Words("表", "Table"),
    "counts": Words("予算事業の数", "Projects"),
    "from": Words("この表の数を出す問合せ", "The queries that give these numbers"),
    "csv": Words("この表をCSVで保存", "Save this table as CSV"),
    "embed": Words("図と表をほかの頁に埋め込む", "Embed picture and table in another page"),
    "whole": Words("報告の全体（konkyo）", "The whole report (konkyo)"),
    "references": Words("出典", "Sources"),
    "files": Words("データの版", "Version of the data"),
    "file": Words("ファイル", "File"),
    "rules": Words("数え方", "How it was counted"),
    "skip": Words("本文へ", "To the contents"),
    "made": Words(
        "konkyo が、下の版のデータから作成した。同じデータからは同じページができる。",
        "Made by konkyo from the data below; the same data give the same page.",
    ),
}
RULES = (
    Words(
        "金額を二重に数えていない。一つの予算事業が複数の戦略や版を引く場合、それぞれの行には全額を示し、合計では一度だけ数えた。",
        "Money is never counted twice: a project that cites several strategies or editions is shown in full under each "
        "of them, and counted once in totals.",
    ),
    Words(
        "記載のない額は空欄とし、0とは扱わない。図では「記載なし」と示す。",
        "An amount that is not stated is left empty and is not taken for 0; pictures say “not stated”.",
    ),
    Words(
        "番号の付いた数は、末尾の出典の箇所に記載されている。その他の数は、各表の下に示す問合せの答えである。",
        "Numbers with a mark are stated at the place listed under Sources; the others are the answers of the queries "
        "named below each table.",
    ),
)
