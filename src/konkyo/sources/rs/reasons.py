"""Why a column is not imported; shown in the summary of a build and in the documentation."""

from __future__ import annotations

from konkyo.words import Words

DISPLAY_ORDER = Words("表示の順序を決める番号", "a number that only sets the order of display")
ONLY_PERSONAL = Words(
    "個人の名前。konkyoは、文書の作成者として文書自身が挙げる場合を除き、個人名を持たない。",
    "A personal name; konkyo keeps none but that of a document's author, where the document names it.",
)
SHEET_KIND = Words("1-2の同じ列から読む", "read from the same column of 1-2")
_OFFICE = Words(
    "担当部局は1-1から読む（どのファイルにも同じ列がある）",
    "offices are read from 1-1; every file repeats these columns",
)
OFFICES: dict[str, Words] = dict.fromkeys(("府省庁", "局・庁", "部", "課", "室", "班", "係"), _OFFICE)
