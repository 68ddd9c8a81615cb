"""An evaluation sheet, transcribed in YAML, to records.

The fields are those of the form 目標管理型の政策評価書 of 2012; `sheet.schema.json` describes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from konkyo.errors import KonkyoError
from konkyo.identifiers import IRI, below, fiscal_year, key_of, measure, thing
from konkyo.records import (
    Appearance,
    Assessment,
    BudgetFigure,
    Cooperation,
    Evaluation,
    EvaluationSheet,
    Indicator,
    IndicatorValue,
    Justification,
    Measure,
    Objective,
    PanelStart,
    Person,
    Post,
    Record,
    SourceFile,
    Unit,
    Uptake,
)
from konkyo.sources.cells import Cell, Cells
from konkyo.sources.cells import Path as Place
from konkyo.sources.document import check_against, read_yaml
from konkyo.sources.registry import NotRegistered, Registry, registered
from konkyo.text import parse_count
from konkyo.words import Words

SCHEMA = Path(__file__).with_name("sheet.schema.json")

_STAGES = {
    "当初予算": "initial",
    "補正予算": "supplementary",
    "繰越し等": "carryover",
    "合計": "total",
    "執行額": "executed",
}
_MULTIPLIERS = {"円": 1, "千円": 1_000, "百万円": 1_000_000, "億円": 100_000_000}
_VERDICTS = {"達成": "achieved", "超過達成": "exceeded", "未達成": "not-achieved"}
_ROLES = {"基準": "baseline", "目標": "target", "実績": "result"}
_MANNERS = {"評価書の策定の参考": "consulted-for-evaluation", "施策に反映": "reflected"}
_COOPERATIONS = {"合意": "agreement", "会議": "meeting", "構想": "initiative"}


def read_sheet(path: Path, registry: Registry) -> tuple[str, list[Record]]:
    """Read one transcribed sheet; return its key and its records. Raises KonkyoError with line and field."""
    document = read_yaml(path)
    check_against(document, SCHEMA)
    data = document.data
    key = str(data["キー"])
    cells = Cells(document, key, thing("sheet", key), int(data["原資料"]["行数"]))
    reader = _SheetReader(cells, registry, data)
    reader.read()
    return key, cells.records


class _SheetReader:
    """Walks the form from top to bottom; each method reads one of its fields."""

    def __init__(self, cells: Cells, registry: Registry, data: Mapping[str, Any]) -> None:
        self.cells = cells
        self.registry = registry
        self.data = data
        self.key = cells.key
        self.sheet = cells.source
        self.ministry = self._registered(["府省庁", "値"], registry.ministry, data["府省庁"]["値"])
        self.measure = measure(key_of(self.ministry).split("/")[1], data["政策名"]["値"])

    def read(self) -> None:
        source = thing("source", self.key)
        origin = self.data["原資料"]
        self._add(
            SourceFile(
                iri=source, title=origin["ファイル"], sha256=origin["sha256"], line_count=int(origin["行数"])
            )
        )
        consulted, named = self._consulted()
        mentions, counterparts, said = self._cooperation()
        self._measure(counterparts, said)
        self._sheet(source, consulted, named, mentions)
        self._objectives()
        self._strategies()
        self._panels()
        self._budget()

    def _add(self, record: Record) -> None:
        self.cells.records.append(record)

    def _registered(self, path: Place, find: Any, *names: Any) -> IRI:
        try:
            return IRI(find(*names))
        except NotRegistered as error:
            raise registered(self.cells.document, path, error) from error

    def _year(self, path: Place, text: str) -> IRI:
        return fiscal_year(self.cells.fiscal_year(path, text))

    def _fact(self, field: str, key: str) -> tuple[IRI, ...]:
        """Return the evidence of a plain cell at the top of the form, or nothing if it is not filled."""
        cell = self.data.get(field)
        if not cell:
            return ()
        return self.cells.evidence([field], cell, field, key, words=cell.get("値"))

    def _sheet(
        self, source: IRI, consulted: tuple[IRI, ...], named: tuple[IRI, ...], mentions: tuple[IRI, ...]
    ) -> None:
        data = self.data
        number, title = data["番号"], data["表題"]
        self._add(
            EvaluationSheet(
                iri=self.sheet,
                ja=f"評価書 {number['値']}",
                en=f"Evaluation sheet {number['値']}",
                number=number["値"],
                title=title["値"],
                year=self._year(["評価書の年度", "値"], data["評価書の年度"]["値"]),
                author=self._author(),
                source=source,
                cites=consulted,
                mentions=mentions,
                certainty=self.cells.certainty(title),
                evidence=self._fact("番号", "number")
                + self._fact("表題", "title")
                + self._fact("評価書の年度", "year"),
            )
        )
        date = data.get("政策評価実施時期")
        self._add(
            Evaluation(
                iri=thing("evaluation", self.key),
                ja=f"{number['値']}の政策評価",
                en=f"Policy evaluation {number['値']}",
                evaluates=self.measure,
                sheet=self.sheet,
                year=self._year(["評価対象年度", "値"], data["評価対象年度"]["値"]),
                date=self.cells.date(["政策評価実施時期", "値"], date["値"]) if date else None,
                used=consulted,
                certainty=self.cells.certainty(data["評価対象年度"]),
                evidence=self._fact("評価対象年度", "evaluated-year")
                + self._fact("政策評価実施時期", "date")
                + named,
            )
        )

    def _author(self) -> IRI | None:
        cell = self.data.get("作成責任者名")
        if not cell:
            return None
        field = "作成責任者名"
        unit = self._registered([field, "部局"], self.registry.unit, self.ministry, cell["部局"])
        post = below(self.sheet, "author-post")
        self._add(Post(iri=post, ja=cell["官職"], en=cell.get("官職の英語"), unit=unit))
        if "氏名" not in cell:
            return post
        author = below(self.sheet, "author")
        evidence = self.cells.evidence([field], cell, field, "author", words=cell["氏名"])
        self._add(Person(iri=author, ja=cell["氏名"], post=post, evidence=evidence))
        return author

    def _measure(self, counterparts: tuple[IRI, ...], said: tuple[IRI, ...]) -> None:
        data, name = self.data, self.data["政策名"]
        units, evidence = [], self._fact("府省庁", "ministry") + self._fact("分野", "field")
        for number, cell in enumerate(data.get("担当部局課室名", [])):
            path: Place = ["担当部局課室名", number]
            evidence += self.cells.evidence(
                path, cell, "担当部局課室名", "unit", str(number + 1), words=cell["値"]
            )
            if unnamed := cell.get("名称不詳"):
                unit = below(self.sheet, "unnamed-units", number + 1)
                count = f"名称の記載がない{unnamed}の課室"
                self._add(
                    Unit(iri=unit, ja=cell["値"], en=cell.get("英語"), unit_of=self.ministry, note=count)
                )
            else:
                unit = self._registered([*path, "値"], self.registry.unit, self.ministry, cell["値"])
            units.append(unit)
        summary = data.get("政策の概要")
        if summary:
            evidence += self.cells.evidence(["政策の概要"], summary, "政策の概要", "summary")
        self._add(
            Measure(
                iri=self.measure,
                ja=name["値"],
                en=name.get("英語"),
                ministry=self.ministry,
                units=tuple(units),
                policy_field=data["分野"]["値"] if "分野" in data else None,
                summary=summary["要約"] if summary else None,
                counterparts=counterparts,
                evidence=evidence + said,
            )
        )
        note = data.get("様式の注")
        named = self.cells.evidence(["政策名"], name, "政策名", "name", words=name["値"])
        if note:
            named += self.cells.evidence(["様式の注"], note, "様式の注（※）", "form-note")
        self._add(
            Appearance(
                iri=thing("appearance", self.key),
                of=self.measure,
                number=name.get("番号"),
                name=name["値"],
                year=self._year(["評価書の年度", "値"], data["評価書の年度"]["値"]),
                note=note["要約"] if note else None,
                certainty=self.cells.certainty(name),
                evidence=named,
            )
        )

    def _objectives(self) -> None:
        if basic := self.data.get("基本目標"):
            self._objective(["基本目標"], basic, basic["要約"], "basic", "basic-goal", "基本目標")
        seen: set[str] = set()
        for number, cell in enumerate(self.data["施策目標"]):
            path: list[str | int] = ["施策目標", number]
            self._once([*path, "記号"], cell["記号"], seen)
            objective = self._objective(path, cell, cell["値"], cell["記号"], "measure-objective", "施策目標")
            if verdict := cell.get("目標の達成状況"):
                here = [*path, "目標の達成状況"]
                self._add(
                    Assessment(
                        iri=thing("assessment", self.key, "objective", cell["記号"]),
                        assesses=objective,
                        result=_VERDICTS[verdict["判定"]],
                        level="stated",
                        evidence=self.cells.evidence(
                            here, verdict, "目標の達成状況", "objective", cell["記号"], "assessment"
                        ),
                    )
                )
            for position, indicator in enumerate(cell["測定指標"]):
                here = [*path, "測定指標", position]
                self._once([*here, "番号"], f"indicator {indicator['番号']}", seen)
                self._indicator(here, indicator, objective)

    def _once(self, path: Place, key: str, seen: set[str]) -> None:
        if key in seen:
            raise self.cells.document.error(
                path,
                Words("同じ番号・記号が二度あります。", f"{key} stands twice: numbers and keys must differ."),
            )
        seen.add(key)

    def _objective(self, path: Place, cell: Cell, text: str, key: str, kind: str, field: str) -> IRI:
        objective = thing("objective", self.key, key)
        self._add(
            Objective(
                iri=objective,
                ja=text,
                en=cell.get("英語"),
                number=field if kind == "basic-goal" else f"{field} {key}",
                kind=kind,
                of=self.measure,
                part_of=self.measure,
                certainty=self.cells.certainty(cell),
                evidence=self.cells.evidence(path, cell, field, "objective", key),
            )
        )
        return objective

    def _indicator(self, path: list[str | int], cell: Cell, objective: IRI) -> None:
        number = str(cell["番号"])
        indicator = thing("indicator", self.key, number)
        field = f"測定指標{number}"
        evidence = self.cells.evidence(path, cell, field, "indicator", number)
        certainty = self.cells.certainty(cell)
        self._add(
            Indicator(
                iri=indicator,
                ja=cell["値"],
                en=cell.get("英語"),
                number=number,
                of=objective,
                certainty=certainty,
                evidence=evidence,
            )
        )
        self._values(path, cell, indicator, field, number)
        for position, part in enumerate(cell.get("内訳", [])):
            key = f"{number}-{part['記号']}"
            child = thing("indicator", self.key, key)
            label = f"{cell['値']}（{part['値']}）"
            english = f"{cell['英語']} ({part['英語']})" if "英語" in cell and "英語" in part else None
            self._add(
                Indicator(
                    iri=child,
                    ja=label,
                    en=english,
                    number=key,
                    part_of=indicator,
                    certainty=certainty,
                    evidence=evidence,
                )
            )
            self._values([*path, "内訳", position], part, child, f"{field}（{part['値']}）", key)

    def _values(self, path: list[str | int], cell: Cell, indicator: IRI, field: str, key: str) -> None:
        for name, role in _ROLES.items():
            if name not in cell:
                continue
            here, value = [*path, name], cell[name]
            try:
                count = parse_count(value.get("数値", value["値"]))
            except ValueError as error:
                if "数値" in value:
                    raise self.cells.document.error(
                        [*here, "数値"],
                        Words(f"「{value['数値']}」は一つの数と単位として読めません。", str(error)),
                        Words("「７カ国以上」「35回」のように書いてください。", "Write 35回 or 7カ国以上."),
                    ) from error
                count = None
            if count and not count.unit:
                raise self.cells.document.error(
                    here,
                    Words(f"「{value['値']}」に単位がありません。", f"{value['値']!r} has no unit."),
                    Words(
                        "数値: に単位まで書いてください（例: 35回）。",
                        "Write the unit too, as in 数値: 35回.",
                    ),
                )
            self._add(
                IndicatorValue(
                    iri=thing("value", self.key, key, role),
                    of=indicator,
                    role=role,
                    stated=value["値"],
                    bound=count.bound if count else "qualitative",
                    lower=count.lower if count else None,
                    upper=count.upper if count else None,
                    unit=count.unit if count else None,
                    year=self._year([*here, "年度"], value["年度"]),
                    certainty=self.cells.certainty(value),
                    evidence=self.cells.evidence(
                        here, value, f"{field} {name}", "indicator", key, role, words=value["値"]
                    ),
                )
            )

    def _strategies(self) -> None:
        field = "政策に関係する内閣の重要政策"
        for number, cell in enumerate(self.data.get(field, [])):
            path: list[str | int] = [field, number]
            edition = self._document(path, cell)
            if "関係部分" not in cell:
                self._justification(path, cell, edition, field)
            for position, part in enumerate(cell.get("関係部分", [])):
                here = [*path, "関係部分", position]
                section = self._registered([*here, "値"], self.registry.section, edition, part["値"])
                self._justification(here, part, section, f"{field} 関係部分", above=(path, cell))

    def _justification(
        self, path: Place, cell: Cell, basis: IRI, field: str, above: tuple[Place, Cell] | None = None
    ) -> None:
        key = key_of(basis).split("/", 1)[1]
        words = cell["値"][-1] if isinstance(cell.get("値"), list) else cell["名称"]
        evidence = self.cells.evidence(path, cell, field, "strategy", key, words=words)
        if above:
            named = thing("evidence", self.key, "strategy", key.rsplit("/", 1)[0])
            if not any(record.iri == named for record in self.cells.records):
                self.cells.evidence(
                    *above,
                    "施政方針演説等の名称・年月日",
                    *key_of(named).split("/")[2:],
                    words=above[1]["名称"],
                )
            evidence += (named,)
        self._add(
            Justification(
                iri=thing("link", self.key, "justification", "measure", key),
                owner=self.measure,
                basis=basis,
                level="stated",
                certainty=self.cells.certainty(cell),
                evidence=evidence,
            )
        )

    def _document(self, path: Place, cell: Cell) -> IRI:
        """Return the edition (by its date, or the date of its revision), or the strategy if no date is stated."""
        stated = "改訂" if "改訂" in cell else "年月日"
        date = self.cells.date([*path, stated], cell[stated]) if stated in cell else None
        return self._registered([*path, "名称"], self.registry.document, cell["名称"], date)

    def _consulted(self) -> tuple[tuple[IRI, ...], tuple[IRI, ...]]:
        """Return the documents that were at hand, and the evidence that they were."""
        field = "政策評価を行う過程において使用した資料"
        found: list[IRI] = []
        evidence: tuple[IRI, ...] = ()
        for number, cell in enumerate(self.data.get(field, [])):
            found.append(self._document([field, number], cell))
            evidence += self.cells.evidence(
                [field, number], cell, field, "consulted", str(number + 1), words=cell["名称"]
            )
        return tuple(found), evidence

    def _panels(self) -> None:
        field = "学識経験を有する者の知見の活用"
        for number, cell in enumerate(self.data.get(field, [])):
            path: list[str | int] = [field, number]
            panel = self._registered([*path, "会議体"], self.registry.panel, cell["会議体"])
            report = self._registered([*path, "成果物"], self.registry.document, cell["成果物"], None)
            key = key_of(panel).split("/", 1)[1]
            evidence = self.cells.evidence(path, cell, field, "panel", key, words=cell["会議体"])
            if "期間" in cell:
                start = self.cells.date([*path, "期間", "開始"], cell["期間"]["開始"])
                self._add(PanelStart(iri=panel, start=start, evidence=evidence))
            if uptake := cell.get("活用"):
                here = [*path, "活用"]
                self._add(
                    Uptake(
                        iri=thing("link", self.key, "uptake", *key_of(report).split("/")[1:]),
                        owner=self.measure,
                        basis=report,
                        level="stated",
                        manner=_MANNERS[uptake["仕方"]],
                        certainty=self.cells.certainty(uptake),
                        evidence=self.cells.evidence(
                            here, uptake, f"{field} 活用", "uptake", key, words=uptake["値"]
                        )
                        + evidence,
                    )
                )

    def _cooperation(self) -> tuple[tuple[IRI, ...], tuple[IRI, ...], tuple[IRI, ...]]:
        """Return what the result names (agreements, meetings), the measure's counterparts, and their evidence."""
        result = self.data.get("政策に関する評価結果", {})
        named: list[IRI] = []
        counterparts: list[IRI] = []
        evidence: tuple[IRI, ...] = ()
        for number, cell in enumerate(result.get("国際協力", [])):
            path: list[str | int] = ["政策に関する評価結果", "国際協力", number]
            key = cell["キー"]
            self._add(
                Cooperation(
                    iri=thing("cooperation", key),
                    ja=cell["名称"],
                    en=cell.get("英語"),
                    kind=_COOPERATIONS[cell["種別"]],
                    issued=self.cells.date([*path, "年月日"], cell["年月日"]) if "年月日" in cell else None,
                    counterparts=tuple(
                        self._registered([*path, "相手", position], self.registry.place, place)
                        for position, place in enumerate(cell.get("相手", []))
                    ),
                    certainty=self.cells.certainty(cell),
                    evidence=self.cells.evidence(
                        path, cell, cell["種別"], "cooperation", key, words=cell["名称"]
                    ),
                )
            )
            named.append(thing("cooperation", key))
        for number, cell in enumerate(result.get("相手", [])):
            path = ["政策に関する評価結果", "相手", number]
            place = self._registered([*path, "値"], self.registry.place, cell["値"])
            evidence += self.cells.evidence(
                path,
                cell,
                "政策に関する評価結果",
                "counterpart",
                *key_of(place).split("/")[1:],
                words=cell["値"],
            )
            counterparts.append(place)
        return tuple(named), tuple(counterparts), evidence

    def _budget(self) -> None:
        field = "政策の予算額・執行額等"
        budget = self.data.get(field)
        if not budget:
            return
        multiplier = _MULTIPLIERS[budget["単位"]]
        used: set[IRI] = set()
        for number, cell in enumerate(budget["欄"]):
            path: list[str | int] = [field, "欄", number]
            year = self._year([*path, "年度"], cell["年度"]) if "年度" in cell else None
            stage = _STAGES[cell["区分"]] if "区分" in cell else None
            self._budget_certainty(path, cell, placed=year is not None and stage is not None)
            first = self.cells.lines(
                [*path, "行"], cell["行"][0] if isinstance(cell["行"], list) else cell["行"]
            )[0]
            key = [key_of(year).split("/")[1], stage] if year and stage else ["unplaced", f"l-{first}"]
            figure = thing("budget", self.key, *key)
            for repeat in range(2, 100):
                if figure not in used:
                    break
                if year and stage:
                    raise self.cells.document.error(
                        path, Words("同じ年度と区分の額が二度あります。", "This year and stage stands twice.")
                    )
                figure = thing("budget", self.key, *key[:-1], f"{key[-1]}-{repeat}")
            used.add(figure)
            amount = int(cell["値"].replace(",", ""))
            name = " ".join([cell.get("年度", ""), cell.get("区分", "")]).strip() or "欄不明"
            self._add(
                BudgetFigure(
                    iri=figure,
                    of=self.measure,
                    year=year,
                    stage=stage,
                    amount=amount,
                    multiplier=multiplier,
                    yen=amount * multiplier,
                    possible_stages=tuple(_STAGES[item] for item in cell.get("区分の候補", [])),
                    possible_years=tuple(
                        self._year([*path, "年度の候補", position], item)
                        for position, item in enumerate(cell.get("年度の候補", []))
                    ),
                    certainty=self.cells.certainty(cell),
                    evidence=self.cells.evidence(
                        path,
                        cell,
                        f"{field} {name}",
                        *key_of(figure).split("/")[2:],
                        "budget",
                        words=cell["値"],
                    ),
                )
            )

    def _budget_certainty(self, path: list[str | int], cell: Cell, *, placed: bool) -> None:
        """A figure without its year or stage must say so; one with both cannot be unplaced. Raises KonkyoError."""
        partial = "年度" in cell or "区分" in cell
        wanted = ("明白", "配置", "計算") if placed else ("一部",) if partial else ("不明",)
        if cell.get("確度", "配置") not in wanted:
            fault: KonkyoError = self.cells.document.error(
                [*path, "確度"] if "確度" in cell else path,
                Words(
                    "年度と区分の分かり方と確度が合いません。",
                    "The certainty does not fit what is known of year and stage.",
                ),
                Words(
                    f"ここでは確度を{'・'.join(wanted)}にします。",
                    f"Here the certainty is one of {', '.join(wanted)}.",
                ),
            )
            raise fault
