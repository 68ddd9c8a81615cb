"""Sheets made up by chance from a seed: the file's content and what it says come from one invented content, never from the reader.

Each form is a function that lays the content out as ministries do, with the variations that a seed chooses, and says what a
transcription of it must hold.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from support.invented_sheets import Cell, Invented

Expected = dict[str, Any]
Table = list[list[Cell]]

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_TOPICS = ["点検", "訓練", "調査", "広報", "備蓄", "通信網", "人材育成", "地域交流", "研究開発", "情報公開"]
_PLANS = [
    "例示推進基本計画",
    "第３期架空まち創生総合戦略",
    "仮想国土強靱化年次計画",
    "架空成長戦略フォローアップ",
    "例示デジタル社会重点計画",
    "架空観光立国推進基本計画",
]
_UNITS = ["件", "%", "人", "施設", "か国", "ha", "回", "億円"]


def era(year: int, style: str = "full", near: str = "") -> str:
    """Return a fiscal year's words; ``style``: full, bare, letter, west, wide."""
    name, number = ("令和", year - 2018) if year >= 2019 else ("平成", year - 1988)
    said = "元" if number == 1 else str(number)
    match style:
        case "bare":
            return f"{said}年度"
        case "letter":
            return f"{'R' if name == '令和' else 'H'}{'1' if said == '元' else said}年度"
        case "west":
            return f"{year}年度"
        case "wide":
            return f"{name}{said}年度".translate(_WIDE)
        case _:
            return f"{name}{said}年度"


def told(year: int) -> str:
    """Return a fiscal year as a transcription writes it."""
    return era(year)


@dataclass
class Value:
    stated: str
    year: int

    def expected(self, **more: str) -> Expected:
        return {"値": self.stated, "年度": told(self.year), **more}


@dataclass
class Measured:
    number: int
    name: str
    baseline: Value | None
    results: list[Value]
    target: Value
    yearly: list[Value]
    mark: str

    def expected(self, *, yearly: bool = True, mark: bool = True, number: bool = True) -> Expected:
        made: Expected = {"値": self.name}
        if number:
            made["番号"] = self.number
        if self.baseline:
            made["基準"] = self.baseline.expected()
        made["実績"] = [one.expected() for one in self.results if one.stated not in ("-", "－", "")]
        targets = [self.target.expected()]
        if yearly:
            targets += [
                one.expected(種類="年度ごと") for one in self.yearly if one.stated not in ("-", "－", "")
            ]
        made["目標"] = targets
        if mark:
            made["達成"] = {"判定": self.mark}
        return made


@dataclass
class Basis:
    name: str
    date: str
    paths: list[list[str]] = field(default_factory=list)
    quote: str = ""

    def cell(self) -> str:
        if self.quote:
            return self.quote
        lines: list[str] = []
        before: list[str] = []
        for path in self.paths:
            for depth, heading in enumerate(path):
                if before[: depth + 1] != path[: depth + 1]:
                    lines.append(heading)
            before = path
        return "\n".join(lines)

    def expected(self) -> Expected:
        made: Expected = {"名称": self.name, "年月日": self.date}
        if self.paths:
            made["関係部分"] = [{"値": path} for path in self.paths]
        if self.quote:
            made["抜粋"] = self.quote
        return made


class Content:
    """What one invented sheet says."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.year = rng.choice([2015, 2016, 2018, 2019, 2020, 2021, 2022, 2023])
        self.topic = rng.choice(_TOPICS)
        self.number = rng.randint(1, 19)
        self.circled = chr(0x2460 + self.number - 1)
        self.money_unit = rng.choice(["千円", "百万円"])
        self.wide = rng.random() < 0.4
        self.year_style = rng.choice(["full", "first", "letter", "west", "first"])
        self.minus = rng.choice(["△", "▲", "-", "△ "])
        self.name = f"例示の{self.topic}を推進すること"
        self.summary = f"例示における{self.topic}を、関係者と共に支援する。" * rng.randint(1, 3)
        self.goal = f"{self.topic}を通じて、だれもが例示を安心して使えるようにする。"
        self.analysis = f"（有効性）{self.topic}が計画どおりに進んだ。"
        self.next = f"{self.topic}を引き続き進める。"
        self.years = list(range(self.year - 2, self.year + 2))
        self.money = self._money()
        self.bases = self._bases(rng.randint(1, 3))
        self.indicators = [self._indicator(n) for n in range(1, rng.randint(2, 4) + 1)]
        self.verdict = rng.choice(["目標達成", "相当程度進展あり", "進展が大きくない", "目標超過達成"])

    def label(self, year: int, first: bool = False) -> str:
        style = self.year_style
        if style == "first":
            style = "full" if first else "bare"
        words = era(year, style)
        return words.translate(_WIDE) if self.wide and style != "letter" else words

    def labels(self, years: list[int]) -> list[str]:
        made = []
        for place, year in enumerate(years):
            # Where the era begins anew within a row of bare years, ministries write it whole.
            made.append(self.label(year, first=place == 0 or year == 2019))
        return made

    def digits(self, text: str) -> str:
        return text.translate(_WIDE) if self.wide else text

    def _amount(self, value: int) -> str:
        return f"{self.minus}{-value:,}" if value < 0 else f"{value:,}"

    def _money(self) -> dict[tuple[int, str], str]:
        made: dict[tuple[int, str], str] = {}
        rng = self.rng
        for year in self.years:
            last, current = year == self.years[-1], year == self.years[-2]
            initial = rng.randint(800, 90_000) * 10
            made[year, "当初予算"] = self._amount(initial)
            if last:
                for stage in ("補正予算", "繰越し等", "合計", "執行額"):
                    made[year, stage] = ""
                continue
            extra = rng.choice([0, 0, rng.randint(-500, 2000)])
            carried = rng.choice([0, rng.randint(-300, 300)])
            made[year, "補正予算"] = self._amount(extra)
            made[year, "繰越し等"] = "-" if carried == 0 and rng.random() < 0.3 else self._amount(carried)
            made[year, "合計"] = self._amount(initial + extra + carried)
            done = int((initial + extra + carried) * rng.uniform(0.7, 0.99))
            made[year, "執行額"] = "集計中" if current and rng.random() < 0.3 else self._amount(done)
        return made

    def money_expected(self) -> Expected:
        cells = [
            {"年度": told(year), "区分": stage, "値": value}
            for (year, stage), value in self.money.items()
            if value not in ("", "-")
        ]
        return {"単位": self.money_unit, "欄": cells}

    def _bases(self, count: int) -> list[Basis]:
        rng = self.rng
        made = []
        for name in rng.sample(_PLANS, count):
            year = self.year - rng.randint(0, 3)
            era_name, number = ("令和", year - 2018) if year > 2019 else ("平成", min(year, 2018) - 1988)
            date = f"{era_name}{number}年{rng.randint(4, 12)}月{rng.randint(1, 28)}日"
            how = rng.random()
            if how < 0.6:
                chapter = f"第{rng.randint(1, 6)}章　{rng.choice(_TOPICS)}の基盤"
                paths = [
                    [chapter, f"（{n}）{topic}の強化"]
                    for n, topic in enumerate(rng.sample(_TOPICS, 2), start=1)
                ]
                made.append(Basis(name, date, paths))
            elif how < 0.75:
                made.append(
                    Basis(name, date, [["Ⅱ．例示の柱", "３．具体の施策", f"①{rng.choice(_TOPICS)}の推進"]])
                )
            else:
                made.append(
                    Basis(name, date, quote=f"例示の{rng.choice(_TOPICS)}に向けた取組を着実に進める。")
                )
        return made

    def _value(self, unit: str, scale: float) -> str:
        number = self.rng.uniform(0.6, 1.4) * scale
        text = f"{number:.1f}" if unit == "%" else f"{int(number):,}"
        return self.digits(text) + unit

    def _indicator(self, number: int) -> Measured:
        rng = self.rng
        unit = rng.choice(_UNITS)
        scale = 60 if unit == "%" else rng.choice([40, 900, 12_000])
        kinds = {"%": "割合", "人": "人数", "回": "開催回数", "施設": "施設数", "か国": "参加国数"}
        name = f"{rng.choice(_TOPICS)}{'を行った者' if unit == '人' else ''}の{kinds.get(unit, '実施状況')}その{number}"
        result_years = list(range(self.year - 4, self.year + 1))
        results = [Value(self._value(unit, scale), year) for year in result_years]
        if rng.random() < 0.4:
            results[-1] = Value("集計中", result_years[-1])
        if rng.random() < 0.3:
            results[0] = Value("-", result_years[0])
        if rng.random() < 0.2:
            results[-2] = Value(results[-2].stated + "（速報値）", result_years[-2])
        yearly = [
            Value(rng.choice(["-", self._value(unit, scale), self._value(unit, scale)]), year)
            for year in result_years
        ]
        bound = rng.choice(["", "以上", "以上", "以下"])
        target = Value(self._value(unit, scale) + bound, self.year + rng.randint(0, 3))
        baseline = Value(self._value(unit, scale), self.year - 5)
        return Measured(number, name, baseline, results, target, yearly, rng.choice(["○", "×", "○"]))

    @property
    def office(self) -> str:
        return f"例示局 {self.topic}課"


def _wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _budget(c: Content, across: int, *, rate: bool = False, words: str = "施策") -> Table:
    """Return the rows of the budget table over a number of columns, of which the first is the field's label."""
    years, labels = c.years, c.labels(c.years)
    rng = c.rng
    wide = across - 3 - (len(years) - 1)

    def spread(cells: list[str]) -> list[Cell]:
        return [*cells[:-1], (cells[-1], 1, wide)] if wide > 1 else list(cells)

    def row(stage: str) -> list[Cell]:
        return spread([c.money[year, stage] for year in years])

    signs = rng.choice([("(a)", "(b)", "(c)", "(a+b+c)"), ("（ａ）", "（ｂ）", "（ｃ）", "（ａ＋ｂ＋ｃ）")])
    unit = rng.choice([f"（{c.money_unit}）", f"({c.money_unit})", f"\n（{c.money_unit}）"])
    space = rng.choice(["", "　"])
    names = [f"当初予算{signs[0]}", f"補正予算{signs[1]}", f"繰越し等{signs[2]}", f"合計{space}{signs[3]}"]
    rows: Table = [
        [
            (rng.choice([f"{words}の予算額・執行額等", f"{words}の予算額\n・執行額等"]), 6 + rate, 1),
            (f"区{space}分", 1, 2),
            *spread(labels),
        ]
    ]
    for place, (stage, name) in enumerate(
        zip(("当初予算", "補正予算", "繰越し等", "合計"), names, strict=True)
    ):
        head: list[Cell] = [(f"予算の状況{unit}", 4, 1)] if place == 0 else []
        rows.append([*head, name, *row(stage)])
    rows.append([(f"執行額{'（' + c.money_unit + '、ｄ）' if rate else unit}", 1, 2), *row("執行額")])
    if rate:
        rates = [_rate(c, year) for year in years]
        rows.append([("執行率（%、d/(a+b+c)）", 1, 2), *spread(rates)])
    return rows


def _rate(c: Content, year: int) -> str:
    plain = [c.money[year, stage].replace(",", "") for stage in ("合計", "執行額")]
    return f"{100 * int(plain[1]) / int(plain[0]):.2f}%" if all(part.isdigit() for part in plain) else ""


def rates_expected(c: Content) -> list[Expected]:
    """Return the shares that were spent, as the budget table tells them."""
    return [{"値": rate, "年度": told(year)} for year in c.years if (rate := _rate(c, year))]


def _grounds(c: Content, across: int, *, head: str, part: str) -> Table:
    """Return the rows of the cabinet's important policies."""
    first = across - 1
    widths = [first // 3 + first % 3, first // 3, first // 3]
    rows: Table = [
        [
            (head, len(c.bases) + 1, 1),
            (c.rng.choice(["施政方針演説等の名称", "施政方針演説等\nの名称"]), 1, widths[0]),
            ("年月日", 1, widths[1]),
            (part, 1, widths[2]),
        ]
    ]
    for basis in c.bases:
        rows.append(
            [(basis.name, 1, widths[0]), (c.digits(basis.date), 1, widths[1]), (basis.cell(), 1, widths[2])]
        )
    return rows


def _head(c: Content, title: str, number: str, ministry: str) -> Expected:
    return {
        "表題": {"値": title},
        "番号": {"値": number},
        "府省庁": {"値": ministry},
    }


def standard(seed: int) -> tuple[Invented, Expected]:
    """Return the government's standard form since 2013."""
    c = Content(seed)
    rng = c.rng
    title = f"{c.digits(era(c.year))}実施施策に係る政策評価書"
    short = "元" if c.year == 2019 else str(c.year - 2018 if c.year >= 2019 else c.year - 1988)
    number = f"例示省{short}－{c.circled}"
    across = 10
    rows: Table = [
        [rng.choice(["施策名", "施　策　名", "施策\n名"]), (c.name, 1, across - 1)],
        ["施策の概要", (c.summary, 1, across - 1)],
        ["達成すべき目標", (c.goal, 1, across - 1)],
        *_budget(c, across),
        *_grounds(
            c,
            across,
            head="施策に関係する内閣の重要政策（施政方針演説等のうち主なもの）",
            part=rng.choice(["関係部分（抜粋）", "関係部分\n（抜粋）"]),
        ),
    ]
    rows += _measured(c, across)
    words = rng.choice(
        [f"（各行政機関共通区分）{c.verdict}", c.verdict, f"（各行政機関共通区分）\n{c.verdict}"]
    )
    rows += [
        [
            ("評価結果", 3, 1),
            ("目標達成度合いの測定結果", 1, 2),
            (words, 1, 2),
            (f"（判断根拠）{c.topic}が進んだため。", 1, across - 5),
        ],
        [("施策の分析", 1, 2), (c.analysis, 1, across - 3)],
        [("次期目標等への反映の方向性", 1, 2), (c.next, 1, across - 3)],
        ["学識経験を有する者の知見の活用", ("架空研究会の意見を聴いた。", 1, across - 1)],
        ["政策評価を行う過程において使用した資料その他の情報", ("架空統計調査", 1, across - 1)],
        [
            "担当部局名",
            (c.office, 1, 2),
            "作成責任者名",
            (f"{c.topic}課長　架空 花子", 1, 2),
            "政策評価実施時期",
            (f"{c.digits(era(c.year + 1))[:-1]}８月", 1, across - 7),
        ],
    ]
    expected = {
        **_head(c, title, number, "例示省"),
        "評価対象年度": {"値": told(c.year)},
        "評価書の年度": {"値": told(c.year + 1)},
        "政策名": {"値": c.name},
        "政策の概要": {"値": c.summary},
        "達成すべき目標": {"値": c.goal},
        "政策の予算額・執行額等": c.money_expected(),
        "政策に関係する内閣の重要政策": [one.expected() for one in c.bases],
        "測定指標": [one.expected() for one in c.indicators],
        "目標達成度合いの測定結果": {"判定": c.verdict},
        "施策の分析": {"値": c.analysis},
        "次期目標等への反映の方向性": {"値": c.next},
        "担当部局課室名": [{"値": c.office}],
        "作成責任者": {"値": f"{c.topic}課長　架空 花子"},
        "政策評価実施時期": {"値": f"{era(c.year + 1)[:-1]}8月"},
    }
    return Invented(head=_heading(c, title, number), tables=[rows]), expected


def _heading(c: Content, title: str, number: str) -> list[str]:
    return [title, f"（{number}）"] if c.rng.random() < 0.7 else [f"{title}（{number}）"]


def _measured(c: Content, across: int, *, results: str = "実績値", mark: str = "達成") -> Table:
    """Return the indicators in one of the ways that ministries lay them out: each with its own heading, or one for all."""
    rng = c.rng
    rows: Table = []
    first = True
    vertical = rng.random() < 0.3
    label = "測\n定\n指\n標" if vertical else "測定指標"
    numbered = rng.choice(["{n} {name}", "{n}．{name}", "（{n}）{name}", "{n}　{name}"])
    wrap = rng.random() < 0.5
    extra = across - 2 - 5 - 2 - 1  # what is left of the columns: the first year's cell is wider
    for one in c.indicators:
        name = numbered.format(n=c.digits(str(one.number)), name=one.name)
        name = _wrapped(name, 9) if wrap else name
        years = [value.year for value in one.results]
        labels = c.labels(years)
        head: list[Cell] = [(label, 4 * len(c.indicators), 1)] if first else []
        first = False
        mark_cell: Cell = (one.mark, 3, 1 + extra)
        rows += [
            [*head, (name, 4, 1), "基準値", (results, 1, 5), "目標値", (mark, 1, 1 + extra)],
            [
                c.label(one.baseline.year, first=True) if one.baseline else "-",
                *labels,
                c.label(one.target.year, first=True),
                mark_cell,
            ],
            [
                one.baseline.stated if one.baseline else "-",
                *(v.stated for v in one.results),
                one.target.stated,
            ],
            [rng.choice(["年度ごとの目標値", "年度ごとの\n目標値"]), *(v.stated for v in one.yearly), ""],
        ]
    return rows
