"""3-1 目標・実績: the indicators of logic steps, four rows each, with the years as columns.

* A row of a step without an indicator (an activity) says what the step is. The cabinet decision that sets the project's
  KPI stands on such a row, and is the project's; on an indicator's own row it is that indicator's.
* 「1.目標年度」 marks the year in which the target is to be reached by a 1 under it. 「2.目標値」 gives a target for each
  year, 「3.実績値」 what was reached, 「4.達成率」 how much of the target that is.
* A value in words stays a value in words. An indicator without any value states none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, exact_digest, key_of, thing
from konkyo.model.records import (
    Citation,
    CitedPlace,
    CitedPlan,
    FieldCell,
    Record,
    StepIndicator,
    StepValue,
)
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Names
from konkyo.sources.rs.logic import Step, StepColumns, StepImporter
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.sources.rs.wording import choices, measured, one_line, says_nothing, yes

_ROLES = choices(
    {"1.目標年度": "year", "2.目標値": "target", "3.実績値": "result", "4.達成率": "achievement-rate"}
)
_DIRECTIONS = choices(
    {
        **dict.fromkeys(("上がると良い指標", "上がるとよい指標", "上がると良い", "上向き"), "up"),
        **dict.fromkeys(("下がると良い指標", "下がるとよい指標", "下がると良い", "下向き"), "down"),
    }
)
_KPI = "事業に関連するKPIが定められている閣議決定等の"


@dataclass(slots=True)
class _Value:
    """A filled cell under a year: of which role, of which year, where it stands, and what it says."""

    role: str
    year: int
    row: int
    column: int
    text: str


@dataclass(slots=True)
class _Group:
    """The rows of one indicator so far; ``about`` are the cells that they repeat, each as it is first filled."""

    row: int
    number: str
    owner: IRI
    step: Step | None
    name: str
    direction: str | None = None
    about: dict[int, tuple[int, str]] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    values: list[_Value] = field(default_factory=list)
    target_years: list[int] = field(default_factory=list)
    notes: list[FieldCell] = field(default_factory=list)
    decisions: list[tuple[int, list[str]]] = field(default_factory=list)


class Indicators(StepImporter):
    """3-1: indicators, their targets and results by year, and the decisions that set them."""

    kind = "3-1"
    several_places = True
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        at = self.column
        self._decision, self._place, self._url = (at(_KPI + name) for name in ("名称", "該当箇所", "URL"))
        self._step = StepColumns(
            at("アクティビティ・アウトプット・アウトカムの番号"),
            at("種別（アクティビティ・アウトプット・アウトカム）"),
            at("アウトカムの期間"),
            at("アクティビティ／活動目標／成果目標"),
        )
        self._goal_kind = at("成果目標の種類")
        self._name, self._unit = at("活動指標／成果指標"), at("単位")
        self._direction = at("改善の上向き／下向き")
        self._source = at("成果実績及び目標値の根拠として用いた統計・データ名（出典）")
        self._why_words = at("定性的なアウトカム目標を設定している理由")
        self._in_words = at("定性的なアウトカムに関する成果実績")
        self._role = at("目標年度／目標値／実績値／達成率")
        self._years = sorted((int(name), column) for name, column in layout.years.items())
        self.used.update(layout.columns[column] for _, column in self._years)
        self._said = (self._goal_kind, self._source, self._why_words)
        self._about = (*self._said, self._unit, self._direction, self._in_words)
        # The indicators of the project that is being read, by what all rows of one repeat.
        self._groups: dict[tuple[str, str], list[_Group]] = {}
        self._last: tuple[str, str] | None = None
        self._project = ""

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Add a row to its indicator; yield the indicators of the project before when another begins."""
        if number != self._project:
            yield from self.end()
            self._project = number
        step, records = self.step(row, cells, number, owner, self._step)
        yield from records
        filled = [(year, column) for year, column in self._years if cells[column].strip()]
        marks = (self._name, self._in_words, self._role)
        if filled or not self.nothing(cells, *marks):
            self._add(row, cells, number, owner, step, filled)
            return
        self.counts["step-without-indicator" if step else "row-without-step"] += 1
        where = step.iri if step else thing("appearance", self.review, "project", number)
        yield from self.beside(where, self.fields(row, cells, self._about))
        yield from self._decided(row, cells, owner, where, (number, "kpi"))

    def end(self) -> Iterator[Record]:
        """Yield the indicators that are complete."""
        groups = [group for several in self._groups.values() for group in several]
        for group in sorted(groups, key=lambda group: group.row):
            yield from self._flush(group)
        self._groups.clear()
        self._last = None

    # --- the rows of an indicator ---------------------------------------------------------------

    def _add(
        self,
        row: int,
        cells: list[str],
        number: str,
        owner: IRI,
        step: Step | None,
        filled: list[tuple[int, int]],
    ) -> None:
        kept: list[FieldCell] = []
        role = self.code(_ROLES, row, cells, self._role, kept)
        group = self._group(row, cells, number, owner, step, role or cells[self._role].strip())
        group.notes += kept
        for column in self._about:
            if column not in group.about and cells[column].strip():
                group.about[column] = row, cells[column]
                if column == self._direction:
                    group.direction = self.code(_DIRECTIONS, row, cells, column, group.notes)
        if not self.nothing(cells, self._decision, self._place, self._url):
            group.decisions.append((row, cells))
        for year, column in filled:
            if role == "year":
                self._target_year(group, row, cells, year, column)
            elif role is None:
                self.counts["values-of-no-known-role"] += 1
                group.notes.append(self.field(row, column, cells[column]))
            else:
                group.values.append(_Value(role, year, row, column, cells[column].strip()))

    def _group(
        self, row: int, cells: list[str], number: str, owner: IRI, step: Step | None, role: str
    ) -> _Group:
        """Return the indicator of a row. Its four rows stand together; a role seen before begins the next of the name."""
        name = "" if says_nothing(cells[self._name]) else one_line(cells[self._name])
        key = (step.iri if step else "", name)
        several = self._groups.setdefault(key, [])
        open_ones = [group for group in several if role not in group.roles and self._agrees(group, cells)]
        together = key == self._last and bool(open_ones) and open_ones[-1] is several[-1]
        self._last = key
        if not open_ones:
            several.append(_Group(row, number, owner, step, name))
            open_ones = several[-1:]
        group = open_ones[-1 if together else 0]
        group.roles.add(role)
        return group

    def _agrees(self, group: _Group, cells: list[str]) -> bool:
        """Return whether a row has the unit and kind of goal of an indicator, as far as both say."""
        return all(
            column not in group.about or not cells[column].strip() or cells[column] == group.about[column][1]
            for column in (self._unit, self._goal_kind)
        )

    def _target_year(self, group: _Group, row: int, cells: list[str], year: int, column: int) -> None:
        marked = yes(cells[column])
        if marked is None:
            self.keep(row, cells, column, group.notes)
        elif marked:
            group.target_years.append(year)
            group.notes.append(self.field(row, column, cells[column]))

    # --- what an indicator becomes --------------------------------------------------------------

    def _flush(self, group: _Group) -> Iterator[Record]:
        row, in_words = group.about.get(self._in_words, (0, ""))
        result = None if says_nothing(in_words) else (row, in_words.strip())
        said = [
            self.field(at, column, text)
            for column, (at, text) in group.about.items()
            if column in self._said and not says_nothing(text)
        ]
        place = group.step.place if group.step else "none"
        if not (group.name or group.values or group.target_years or group.notes or result):
            self.counts["step-without-indicator"] += 1
            where = (
                group.step.iri if group.step else thing("appearance", self.review, "project", group.number)
            )
            yield from self.beside(where, said)
            for at, cells in group.decisions:
                yield from self._decided(at, cells, group.owner, where, (group.number, "kpi"))
            return
        text = group.step.text if group.step else ""
        iri = self.unique(group.row, "indicator", group.number, place, exact_digest(text, group.name))
        key = key_of(iri).split("/", 2)[2]
        fields = [self.placed(field) for field in (*said, *group.notes)]
        yield from fields
        yield StepIndicator(
            iri=iri,
            ja=group.name or text or "（指標名の記載なし）",
            number=group.step.number if group.step else None,
            of=group.step.iri if group.step else group.owner,
            direction=group.direction,
            target_years=tuple(self.fiscal(year) for year in sorted(set(group.target_years))),
            year=self.review_year,
            fields=tuple(item.iri for item in fields),
            evidence=self.place(self._name),
            row=group.row,
        )
        self.counts["indicators"] += 1
        for value in group.values:
            yield from self._value(iri, key, value, group)
        if result:
            yield StepValue(
                iri=thing("value", self.review, key, "result-in-words"),
                of=iri,
                role="result",
                stated=result[1],
                bound="qualitative",
                evidence=self.place(self._in_words),
                row=result[0],
            )
            self.counts["results-in-words"] += 1
        elif not group.values:
            self.counts["indicator-without-value"] += 1
        for at, cells in group.decisions:
            yield from self._decided(at, cells, iri, iri, ("kpi", key))

    def _value(self, of: IRI, key: str, value: _Value, group: _Group) -> Iterator[Record]:
        """Yield one value; what is no number in the indicator's unit stays words."""
        unit = None
        if value.role != "achievement-rate":
            _, stated = group.about.get(self._unit, (0, ""))
            unit = None if says_nothing(stated) else stated.strip()
        made = StepValue(
            iri=thing("value", self.review, key, value.role, value.year),
            of=of,
            role=value.role,
            stated=value.text,
            bound="qualitative",
            year=self.fiscal(value.year),
            evidence=self.place(value.column),
            row=value.row,
        )
        try:
            count = measured(value.text, unit)
        except ValueError:
            self.counts["values-in-words"] += 1
        else:
            made = replace(
                made, lower=count.lower, upper=count.upper, bound=count.bound, unit=count.unit or None
            )
        yield made
        self.counts[f"values-{value.role}"] += 1

    # --- the decision that sets a KPI -----------------------------------------------------------

    def _decided(
        self, row: int, cells: list[str], owner: IRI, where: IRI, key: tuple[str, ...]
    ) -> Iterator[Record]:
        """Yield that a decision is behind a project or indicator: once for each decision, with all places named.

        ``key`` begins the link's IRI. ``where`` takes a place or address that stands there without a decision.
        """
        decision = cells[self._decision].strip()
        if says_nothing(decision):
            loose = [column for column in (self._place, self._url) if not says_nothing(cells[column])]
            if loose:
                self.counts["kpi-places-without-decision"] += 1
            yield from self.beside(where, self.fields(row, cells, loose))
            return
        link = thing("link", self.review, *key, exact_digest(decision))
        if self.first(link):
            citation = thing("citation", exact_digest(decision))
            if self.first(citation):
                yield Citation(iri=citation, text=decision)
            yield CitedPlan(
                iri=link,
                owner=owner,
                basis=citation,
                stated=decision,
                stated_as="kpi-decision",
                year=self.review_year,
                evidence=self.place(self._decision),
                row=row,
            )
            self.counts["kpi-decisions"] += 1
        place, url = cells[self._place].strip(), cells[self._url].strip()
        if not says_nothing(place) and self.first(f"{link} place {place}"):
            cell = self.cell(row, self._place, place)
            yield cell
            yield CitedPlace(iri=link, place=place, evidence=(cell.iri,))
        if not says_nothing(url) and self.first(f"{link} url {url}"):
            cell = self.cell(row, self._url)
            yield cell
            yield CitedPlace(iri=link, url=url, evidence=(cell.iri,))
