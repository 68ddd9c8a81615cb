"""1-1 組織情報, 1-2 事業概要等, 1-4 補助率等, 1-5 関連事業, 6-1 その他備考."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, digest, project, project_number, thing
from konkyo.model.records import (
    ExpenseCategory,
    NamedProject,
    ProjectAppearance,
    ProjectRelation,
    Record,
    Responsibility,
    SubsidyRule,
)
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Importer, Names
from konkyo.sources.rs.offices import REMARK, OfficeImporter
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, ONLY_PERSONAL, SHEET_KIND

OFFICE_LEVELS = ("局・庁", "部", "課", "室", "班", "係")


class Organization(OfficeImporter):
    """1-1: the office in charge of each project, and other offices, as a path of units below the ministry."""

    kind = "1-1"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "建制順": DISPLAY_ORDER,
        "その他担当組織_作成責任者_no": Words("表の中の通し番号", "a running number within the table"),
        "作成責任者": ONLY_PERSONAL,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._ministry = self.column("所管府省庁")
        self._main = [self.column(name) for name in ("府省庁", *OFFICE_LEVELS)]
        self._other = [self.column(f"{name}（その他担当組織）") for name in ("府省庁", *OFFICE_LEVELS)]

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the units, and who is in charge."""
        ministry = self.ministry(cells, self._ministry)
        for columns in (self._main, self._other):
            filled = [(column, cells[column].strip()) for column in columns if cells[column].strip()]
            path = [(column, office) for column, name in filled if (office := REMARK.sub("", name).strip())]
            if not path:
                continue
            unit = yield from self.unit(ministry, [name for _, name in path])
            link = thing("link", self.review, number, "office", digest(unit))
            # A remark such as （課長以外） is no office: it is kept as it stands.
            for column, remark in filled:
                if REMARK.search(remark) and self.first(f"{link} {remark}"):
                    yield from self.beside(link, self.fields(row, cells, [column]))
            # Every row of a project repeats its own office: one statement is enough.
            if not self.first(f"{number} {unit}"):
                continue
            yield Responsibility(
                iri=link,
                owner=owner,
                basis=unit,
                evidence=self.place(path[-1][0]),
                row=row,
            )


class Outline(Importer):
    """1-2: what a project is for, when it began and ends, and how it is carried out. A row for each 主要経費."""

    kind = "1-2"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
        "整理表表示順": DISPLAY_ORDER,
    }
    _METHODS = ("直接実施", "補助", "負担", "交付", "分担金・拠出金", "その他")

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._sheet = self.column("シート種別")
        self._name = self.column("事業名")
        self._summary = self.column("事業の概要")
        self._url = self.column("事業概要URL")
        self._status = self.column("事業区分")
        self._start = self.column("事業開始年度")
        self._end = self.column("事業終了（予定）年度")
        self._category = self.column("主要経費")
        self._methods = [(name, self.column(f"実施方法ー{name}")) for name in self._METHODS]
        self._words = [self.column(name) for name in ("事業の目的", "現状・課題", "備考", "旧事業番号")]
        self._flags = [self.column(name) for name in ("開始年度不明", "終了予定なし")]

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the project's appearance in this year, once, and its 主要経費."""
        appearance = thing("appearance", self.review, "project", number)
        if self.first(appearance):
            self.counts["projects"] += 1
            said = self.fields(row, cells, self._words)
            # FALSE says nothing that the year beside it does not say.
            for column in self._flags:
                if self.flag(row, cells, column, said):
                    said += self.fields(row, cells, [column])
            start = self.some_year(row, cells, self._start, said)
            end = self.some_year(row, cells, self._end, said)
            methods = tuple(name for name, column in self._methods if self.flag(row, cells, column, said))
            yield from said
            yield ProjectAppearance(
                iri=appearance,
                of=owner,
                name=cells[self._name],
                year=self.review_year,
                sheet_kind=cells[self._sheet] or None,
                status=cells[self._status] or None,
                summary=cells[self._summary] or None,
                start=self.fiscal(start) if start else None,
                end=self.fiscal(end) if end else None,
                methods=methods,
                url=cells[self._url] or None,
                fields=tuple(item.iri for item in said),
                evidence=self.place(self._name),
                row=row,
            )
        if cells[self._category]:
            yield ExpenseCategory(iri=appearance, category=cells[self._category])


class Subsidies(Importer):
    """1-4: who is subsidised, at which rate and up to which limit."""

    kind = "1-4"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._number = self.column("番号（補助率等）")
        self._target = self.column("補助対象")
        self._rate = self.column("補助率")
        self._limit = self.column("補助上限等")
        self._url = self.column("補助率URL")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield a subsidy rule; the row of a project that has none is empty."""
        if not cells[self._number].strip():
            return
        key = self.number(cells, self._number)
        target, rate, limit, url = (
            self._unguarded(cells[column]) for column in (self._target, self._rate, self._limit, self._url)
        )
        yield SubsidyRule(
            iri=self.unique(row, "subsidy", number, key),
            of=owner,
            target=target,
            rate=rate,
            limit=limit,
            url=url,
            evidence=self.place(self._rate),
            row=row,
        )

    def _unguarded(self, text: str) -> str | None:
        """Return a cell without the apostrophe that keeps spreadsheets from making a date of 1/2."""
        if text.startswith("'"):
            self.counts["apostrophes-dropped"] += 1
        return text.removeprefix("'") or None


class RelatedProjects(Importer):
    """1-5: other projects that a sheet names; where their id is missing only the name is kept."""

    kind = "1-5"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._number = self.column("番号（関連事業）")
        self._id = self.column("関連事業の事業ID")
        self._name = self.column("関連事業の事業名")
        self._relation = self.column("関連性")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the relation, and the other project by the name that it has here."""
        if not cells[self._number].strip():
            return
        key = self.number(cells, self._number)
        other = project(self.number(cells, self._id)) if cells[self._id].strip() else None
        name = cells[self._name] or None
        if other is None:
            self.counts["related-project-without-id"] += 1
        elif self.first(f"named {other}"):
            yield NamedProject(iri=other, number=project_number(other) or "", names=(name,) if name else ())
        yield ProjectRelation(
            iri=self.unique(row, "link", number, "related", key),
            owner=owner,
            basis=other,
            stated=name,
            relation=cells[self._relation] or None,
            evidence=self.place(self._id if other else self._name),
            row=row,
        )


class Remarks(Importer):
    """6-1: further remarks, as cells of the project's appearance."""

    kind = "6-1"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._remark = self.column("備考")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the remark, if there is one."""
        appearance = thing("appearance", self.review, "project", number)
        yield from self.beside(appearance, self.fields(row, cells, [self._remark]))
