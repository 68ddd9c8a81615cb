"""3-1 目標・実績: the indicators of logic steps, four rows each, with the years as columns.

Written from the description of the file and tested on invented rows; no published file has been read with it.
The cabinet decision that sets the KPI, and the place in it, is a stated justification of the indicator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from konkyo.identifiers import IRI, exact_digest, key_of, thing
from konkyo.records import CellEvidence, Citation, CitedPlan, Record, StepIndicator, StepValue
from konkyo.sources.rs.engine import Names
from konkyo.sources.rs.logic import StepImporter
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.text import parse_count
from konkyo.words import Words

_ROLES = {"1.目標年度": "year", "2.目標値": "target", "3.実績値": "result", "4.達成率": "rate"}
_DIRECTIONS = {"上向き": "up", "下向き": "down"}


@dataclass(slots=True)
class _Group:
    """The rows of one indicator so far."""

    key: tuple[str, ...]
    row: int
    cells: list[str]
    number: str
    step: IRI
    direction: str | None
    records: list[Record]
    values: list[tuple[str, str, int, int, str]] = field(
        default_factory=list
    )  # role, year, row, column, text
    notes: list[CellEvidence] = field(default_factory=list)


class Indicators(StepImporter):
    """3-1: indicators, their targets and results by year, and the decision that sets them."""

    kind = "3-1"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, columns: Sequence[str], year: int, names: Names) -> None:
        super().__init__(columns, year, names)
        at = self.column
        kpi = "事業に関連するKPIが定められている閣議決定等の"
        self._decision, self._place, self._url = at(kpi + "名称"), at(kpi + "該当箇所"), at(kpi + "URL")
        self._step = (
            at("アクティビティ・アウトプット・アウトカムの番号"),
            at("種別（アクティビティ・アウトプット・アウトカム）"),
            at("アウトカムの期間"),
            at("アクティビティ／活動目標／成果目標"),
        )
        self._goal_kind = at("成果目標の種類")
        self._name, self._unit = at("活動指標／成果指標"), at("単位")
        self._direction = at("改善の上向き／下向き")
        self._source = at("成果実績及び目標値の根拠として用いた統計・データ名（出典）")
        self._why_words, self._in_words = (
            at("定性的なアウトカム目標を設定している理由"),
            at("定性的なアウトカムに関する成果実績"),
        )
        self._role = at("目標年度／目標値／実績値／達成率")
        self._years = [(name, at(name)) for name in columns if name.isdigit()]
        self._same = [*self._step, self._goal_kind, self._name, self._unit, self._decision, self._place]
        self._group: _Group | None = None

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Add a row to its indicator; yield the one before when another begins."""
        if not any(cells[column].strip() for column in self._step):
            self.counts["project-without-indicators"] += 1
            return
        role = self.code(_ROLES, cells, self._role) if cells[self._role].strip() else None
        direction = self.code(_DIRECTIONS, cells, self._direction) if cells[self._direction].strip() else None
        step, records = self.step(row, cells, number, owner, self._step)
        key = (number, *(cells[column] for column in self._same))
        group = self._group
        # The four rows stand together; a role seen before begins the next indicator of the same words.
        if group is None or group.key != key or (role and any(value[0] == role for value in group.values)):
            if group:
                yield from self._flush(group)
            group = _Group(key, row, cells, number, step, direction, records)
            self._group = group
        if role is None:
            return
        for year, column in self._years:
            if not cells[column].strip():
                continue
            if role in ("target", "result"):
                group.values.append((role, year, row, column, cells[column].strip()))
            else:
                group.notes.append(self.evidence(row, column, cells[column]))

    def end(self) -> Iterator[Record]:
        """Yield the last indicator."""
        if self._group:
            yield from self._flush(self._group)

    def _flush(self, group: _Group) -> Iterator[Record]:
        cells = group.cells
        yield from group.records
        in_words = cells[self._in_words].strip()
        if not cells[self._name].strip() and not group.values and not in_words:
            self.counts["step-without-indicator"] += 1
            return
        place = key_of(group.step).split("/")[3]
        iri = self.unique(group.row, "indicator", group.number, place, exact_digest(*group.key))
        evidence = self.evidence(group.row, self._name)
        said = [
            *self.fields(group.row, cells, [self._goal_kind, self._source, self._why_words]),
            *group.notes,
        ]
        yield from (evidence, *said)
        yield StepIndicator(
            iri=iri,
            ja=cells[self._name].strip() or cells[self._step[3]].strip(),
            number=self.number(cells, self._step[0]),
            of=group.step,
            direction=group.direction,
            year=self.review_year,
            fields=tuple(item.iri for item in said),
            evidence=(evidence.iri,),
        )
        key = key_of(iri).split("/", 2)[2]
        for role, year, row, column, text in group.values:
            unit = cells[self._unit].strip() or None
            yield from self._value(iri, key, role, int(year), self.evidence(row, column), text, unit)
        if in_words:
            item = self.evidence(group.row, self._in_words)
            yield item
            yield StepValue(
                iri=thing("value", self.review, key, "result-in-words"),
                of=iri,
                role="result",
                stated=in_words,
                bound="qualitative",
                year=self.review_year,
                evidence=(item.iri,),
            )
        elif not group.values:
            self.counts["indicator-without-value"] += 1
        if decision := cells[self._decision].strip():
            yield from self._justification(group, iri, key, decision)

    def _value(
        self, of: IRI, key: str, role: str, year: int, evidence: CellEvidence, text: str, unit: str | None
    ) -> Iterator[Record]:
        lower: Decimal | None = None
        upper: Decimal | None = None
        bound = "qualitative"
        try:
            count = parse_count(text)
            if not count.unit:
                lower, upper, bound = count.lower, count.upper, count.bound
        except ValueError:
            pass
        yield evidence
        yield StepValue(
            iri=thing("value", self.review, key, role, year),
            of=of,
            role=role,
            stated=text,
            bound=bound,
            lower=lower,
            upper=upper,
            unit=None if bound == "qualitative" else unit,
            year=self.fiscal(year),
            evidence=(evidence.iri,),
        )

    def _justification(self, group: _Group, of: IRI, key: str, decision: str) -> Iterator[Record]:
        place = group.cells[self._place].strip()
        whole = thing("citation", exact_digest(decision))
        if self.first(whole):
            yield Citation(iri=whole, text=decision)
        basis = whole
        if place:
            basis = thing("citation", exact_digest(decision), "p-" + exact_digest(place))
            if self.first(basis):
                yield Citation(iri=basis, text=decision, place=place, part_of=whole)
        column = self._place if place else self._decision
        evidence = self.evidence(group.row, column, place or decision)
        yield evidence
        yield CitedPlan(
            iri=thing("link", self.review, "kpi", key),
            owner=of,
            basis=basis,
            year=self.review_year,
            url=group.cells[self._url] or None,
            evidence=(evidence.iri,),
        )
        self.counts["kpi-decisions"] += 1
