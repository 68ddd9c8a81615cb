"""3-2 目標のつながり: the logic model, from activity to long-term outcome.

Numbers count per kind within a project, but one number may stand for several texts, so a step is known by its
project, year, kind, number, period *and* text: no text is lost, and no two are taken for one. Line ends within a
text are left aside: one of the files has them where the other has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, exact_digest, thing
from konkyo.model.records import (
    Cell,
    FieldCell,
    LogicStep,
    Record,
    StepConnection,
    StepMeasurement,
)
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Importer, Names, RowError
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.sources.rs.wording import choices, digits, normal, one_line, says_nothing

KINDS = choices({"アクティビティ": "activity", "アウトプット": "output", "アウトカム": "outcome"})
PERIODS = choices({"短期": "short", "中期": "middle", "長期": "long"})


class StepColumns(NamedTuple):
    """Where a step stands in a row."""

    number: int
    kind: int
    period: int
    text: int


class Step(NamedTuple):
    """A step of a row: its IRI, what tells it from others of the project in IRIs, and its text in one line."""

    iri: IRI
    place: str
    text: str
    number: str | None


class StepImporter(Importer):
    """What 3-1 and 3-2 share: steps."""

    # Whether another file tells of the same steps, and says itself where they stand there.
    several_places: ClassVar[bool] = False

    def step(
        self, row: int, cells: list[str], number: str, owner: IRI, columns: StepColumns
    ) -> tuple[Step | None, list[Record]]:
        """Return the step in four columns, and its records if it is new; None where all four are empty."""
        if self.nothing(cells, *columns):
            return None, []
        kept: list[FieldCell] = []
        kind = self.code(KINDS, row, cells, columns.kind, kept)
        period = self.code(PERIODS, row, cells, columns.period, kept)
        stated = cells[columns.number].strip()
        running = digits(stated)
        if running is None and not says_nothing(stated):
            self.keep(row, cells, columns.number, kept)
        text = one_line(cells[columns.text])
        if not text:
            self.counts["step-without-text"] += 1
        # What is no word or number of the form stands in IRIs by its digest.
        place = "-".join(
            [
                kind or _key(cells[columns.kind]),
                running or _key(stated),
                *([period or _key(cells[columns.period])] if not says_nothing(cells[columns.period]) else []),
            ]
        )
        step = Step(
            thing("step", self.review, number, place, exact_digest(text)),
            place,
            text,
            running or stated or None,
        )
        if not self.first(step.iri):
            return step, []
        written = cells[columns.text]
        evidence, cell = self._place_of(row, columns.text, written, text)
        records: list[Record] = [
            *cell,
            LogicStep(
                iri=step.iri,
                ja=text
                or "・".join(filter(None, (cells[columns.kind].strip(), stated))) + "（内容の記載なし）",
                number=step.number,
                kind=kind,
                period=period,
                of=owner,
                year=self.review_year,
                evidence=(evidence,),
                row=None if cell else row,
            ),
        ]
        return step, [*records, *self.beside(step.iri, kept)]

    def _place_of(self, row: int, column: int, written: str, text: str) -> tuple[IRI, list[Cell]]:
        """Return where a text stands: its column, or its cell where the words there are not the text in one line.

        What another file or row may name, too, needs a cell: rows of two places would run together.
        """
        words = None if written.strip() == text else written or None
        if words is None and not self.several_places:
            return self.place(column), []
        cell = self.cell(row, column, words)
        return cell.iri, [cell]


def _key(text: str) -> str:
    return f"x{exact_digest(normal(text))}" if text.strip() else "none"


class Connections(StepImporter):
    """3-2: each row leads from one step to the next, and names the indicators that both are measured by."""

    kind = "3-2"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._from = self._step("派生元ー", "派生元ーアクティビティの内容/ 活動目標／成果目標")
        self._to = self._step("派生先ー", "派生先ー 活動目標／成果目標")
        self._from_indicator = self.column("派生元ー活動指標／成果指標")
        self._to_indicator = self.column("派生先ー活動指標／成果指標")
        self._reason = self.column("後続アウトカムへのつながり")
        self._why_single = self.column("アウトカムを複数段階で設定できない理由")

    def _step(self, side: str, text: str) -> StepColumns:
        return StepColumns(
            self.column(f"{side}アクティビティ・アウトプット・アウトカムの番号"),
            self.column(f"{side}種別（アクティビティ・アウトプット・アウトカム）"),
            self.column(f"{side}アウトカムの期間"),
            self.column(text),
        )

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield both steps where they are new, and the connection; the row of a project without a model is empty."""
        ends = [not self.nothing(cells, *columns) for columns in (self._from, self._to)]
        if not any(ends):
            self.counts["project-without-logic-model"] += 1
            return
        if not all(ends):
            missing = self._to if ends[0] else self._from
            raise RowError(
                self.heading(missing.kind),
                Words("つながりの片方がありません。", "One end of the connection is missing."),
            )
        source, records = self.step(row, cells, number, owner, self._from)
        target, more = self.step(row, cells, number, owner, self._to)
        assert source and target
        yield from (*records, *more)
        said = self.fields(row, cells, [self._why_single])
        yield from said
        yield StepConnection(
            iri=thing("link", self.review, number, "step", f"r{row}"),
            owner=target.iri,
            basis=source.iri,
            reason=cells[self._reason] or None,
            fields=tuple(item.iri for item in said),
            evidence=self.place(self._to.number),
            row=row,
        )
        self.counts["logic-connections"] += 1
        yield from self._measured(row, cells, number, source, self._from_indicator)
        yield from self._measured(row, cells, number, target, self._to_indicator)

    def _measured(self, row: int, cells: list[str], number: str, step: Step, column: int) -> Iterator[Record]:
        """Yield that a step is measured by an indicator: once, in however many rows the step stands."""
        if says_nothing(cells[column]):
            return
        name = one_line(cells[column])
        link = thing("link", self.review, number, "measured", step.place, exact_digest(step.text, name))
        if not self.first(link):
            return
        evidence, cell = self._place_of(row, column, cells[column], name)
        yield from cell
        yield StepMeasurement(
            iri=link, owner=step.iri, stated=name, evidence=evidence, row=None if cell else row
        )
        self.counts["steps-measured-by-an-indicator"] += 1
