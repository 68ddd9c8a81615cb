"""3-2 目標のつながり: the logic model, from activity to long-term outcome.

Numbers count per kind within a project, but one number may stand for several texts, so a step is known by its
project, year, kind, number, period *and* text: no text is lost, and no two are taken for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from konkyo.identifiers import IRI, exact_digest, thing
from konkyo.records import LogicStep, Record, StepConnection
from konkyo.sources.rs.engine import Importer, Names, RowError
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.words import Words

KINDS = {"アクティビティ": "activity", "アウトプット": "output", "アウトカム": "outcome"}
PERIODS = {"短期": "short", "中期": "middle", "長期": "long"}


class StepImporter(Importer):
    """What 3-1 and 3-2 share: steps."""

    def step(
        self, row: int, cells: list[str], number: str, owner: IRI, columns: tuple[int, int, int, int]
    ) -> tuple[IRI, list[Record]]:
        """Return the IRI of the step in four columns (number, kind, period, text) and its records if it is new.

        Raises RowError for an unknown kind or period, and for a step without text.
        """
        number_at, kind_at, period_at, text_at = columns
        kind = self.code(KINDS, cells, kind_at)
        period = self.code(PERIODS, cells, period_at) if cells[period_at].strip() else None
        step_number = self.number(cells, number_at)
        text = cells[text_at]
        if not text.strip():
            raise RowError(
                self.columns[text_at],
                Words("段階の内容がありません。", "The step has no text."),
            )
        place = f"{kind}-{step_number}" + (f"-{period}" if period else "")
        iri = thing("step", self.review, number, place, exact_digest(text))
        if not self.first(iri):
            return iri, []
        evidence = self.evidence(row, text_at)
        return iri, [
            evidence,
            LogicStep(
                iri=iri,
                ja=text,
                number=step_number,
                kind=kind,
                period=period,
                project=owner,
                year=self.review_year,
                evidence=(evidence.iri,),
            ),
        ]


class Connections(StepImporter):
    """3-2: each row leads from one step to the next."""

    kind = "3-2"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, columns: Sequence[str], year: int, names: Names) -> None:
        super().__init__(columns, year, names)
        numbered = "アクティビティ・アウトプット・アウトカムの番号"
        kind = "種別（アクティビティ・アウトプット・アウトカム）"
        period = "アウトカムの期間"
        self._from = (
            self.column(f"派生元ー{numbered}"),
            self.column(f"派生元ー{kind}"),
            self.column(f"派生元ー{period}"),
            self.column("派生元ーアクティビティの内容/ 活動目標／成果目標"),
        )
        self._to = (
            self.column(f"派生先ー{numbered}"),
            self.column(f"派生先ー{kind}"),
            self.column(f"派生先ー{period}"),
            self.column("派生先ー 活動目標／成果目標"),
        )
        self._reason = self.column("後続アウトカムへのつながり")
        self._why_single = self.column("アウトカムを複数段階で設定できない理由")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield both steps where they are new, and the connection; the row of a project without a model is empty."""
        ends = [any(cells[column].strip() for column in columns) for columns in (self._from, self._to)]
        if not any(ends):
            self.counts["project-without-logic-model"] += 1
            return
        if not all(ends):
            missing = self._to if ends[0] else self._from
            raise RowError(
                self.columns[missing[1]],
                Words("つながりの片方がありません。", "One end of the connection is missing."),
            )
        source, records = self.step(row, cells, number, owner, self._from)
        target, more = self.step(row, cells, number, owner, self._to)
        yield from records
        yield from more
        said = self.fields(row, cells, [self._why_single])
        evidence = self.evidence(row, self._to[0])
        yield evidence
        yield from said
        yield StepConnection(
            iri=thing("link", self.review, number, "step", f"r{row}"),
            owner=target,
            basis=source,
            year=self.review_year,
            reason=cells[self._reason] or None,
            fields=tuple(item.iri for item in said),
            evidence=(evidence.iri,),
        )
        self.counts["logic-connections"] += 1
