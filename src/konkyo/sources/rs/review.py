"""4-1 点検・評価: the office's own check, experts' opinions, the review team's verdict and how it was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from konkyo.common.amounts import parse_yen
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, thing
from konkyo.model.records import FieldCell, ProjectReview, Record, Verdict
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Importer, Names
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.sources.rs.wording import choices, says_nothing

VERDICTS = choices(
    {
        "現状通り": "as-is",
        "事業内容の一部改善": "partly-improved",
        "事業全体の抜本的な改善": "fundamentally-improved",
        "終了予定": "to-end",
        "廃止": "abolished",
    }
)
_WORDS = (
    "事業所管部局による点検・改善ー点検結果",
    "事業所管部局による点検・改善ー改善の方向性",
    "事業所管部局による点検・改善－目標年度における効果測定に関する評価",
    "外部有識者による点検ー最終実施年度",
    "外部有識者による点検ー点検対象",
    "外部有識者による点検ー対象の理由",
    "外部有識者による点検ー所見",
    "公開プロセス結果概要",
    "所見を踏まえた改善点／概算要求における反映状況の詳細",
    "反映額（一般会計）",
    "反映額（特別会計）－会計",
    "反映額（特別会計）－勘定",
    "反映額（特別会計）－反映額",
    "過去に受けた指摘事項－区分",
    "過去に受けた指摘事項－取りまとめ年度",
    "過去に受けた指摘事項－取りまとめ内容",
    "過去に受けた指摘事項－対応状況",
    "その他の指摘事項－調査等の名称",
    "その他の指摘事項－指摘年度",
    "その他の指摘事項－指摘内容",
    "その他の指摘事項－対応状況",
)


class Reviews(Importer):
    """4-1: one review of a project in a year; further rows repeat it with further remarks of the past."""

    kind = "4-1"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._verdict = self.column("行政事業レビュー推進チームの所見")
        self._detail = self.column("行政事業レビュー推進チームの所見の詳細")
        self._response = self.column("所見を踏まえた改善点／概算要求における反映状況")
        self._words = [self.column(name) for name in _WORDS]
        self._amounts = [self.column(name) for name in _WORDS if "－反映額" in name or "反映額（一般" in name]

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the review once, the verdict where there is one, and what a further row adds."""
        kept: list[FieldCell] = []
        verdict = self.code(VERDICTS, row, cells, self._verdict, kept)
        review = thing("review", self.review, number)
        # A further row of the project repeats most cells: only other words are further words.
        said = [
            item
            for item in (*self.fields(row, cells, self._words), *kept)
            if self.first(f"{number} {item.column} {item.words}")
        ]
        for column in self._amounts:
            self._look_at_amount(cells, column)
        if self.first(review):
            yield from said
            yield ProjectReview(
                iri=review,
                of=owner,
                response=cells[self._response] or None,
                fields=tuple(item.iri for item in said),
                evidence=self.place(self._response),
                row=row,
            )
            if verdict is None and not kept:
                self.counts["review-without-verdict"] += 1
        else:
            yield from self.beside(review, said)
        if verdict and self.first(f"{number} {verdict}"):
            yield Verdict(
                iri=self.unique(row, "assessment", "project", number),
                assesses=owner,
                result=verdict,
                detail=cells[self._detail] or None,
                part_of=review,
                evidence=self.place(self._verdict),
                row=row,
            )
        elif verdict is None and cells[self._detail].strip() and self.first(f"{number} detail"):
            yield from self.beside(review, [self.field(row, self._detail, cells[self._detail])])

    def _look_at_amount(self, cells: list[str], column: int) -> None:
        """Count an amount that is no number; it is kept in words like all others, since its sign has no fixed meaning."""
        if not says_nothing(cells[column]):
            try:
                parse_yen(cells[column])
            except ValueError:
                self.wonder(column, cells[column])
