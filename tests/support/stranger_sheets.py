"""The named forms as a stranger would make them: written from the forms themselves, after the readers and the other two generators.

Nothing here was taken from a reader or from :mod:`support.generated_sheets`. What differs most: years written in each way
there is, labels that wrap anywhere, units in a heading, wide figures, two offices in a row, empty rows, notes, two
sheets in one file, paragraphs in the cells of a Word document. A seed fixes all of it.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from support.invented_sheets import Cell, Invented, placed, spans

Said = dict[str, Any]
Rows = list[list[Cell]]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_AIMS = [
    ("地域の足の確保", "地域の交通手段を守り、住民が移動に困らないようにする。"),
    ("食べ残しの削減", "食べられるのに捨てられる食品を減らし、資源を大切に使う社会にする。"),
    ("小さな企業の承継", "後継ぎのいない企業の技術と雇用を、次の世代へ引き渡す。"),
    ("木材利用の拡大", "森を育てて使う循環を取り戻し、山村の仕事を増やす。"),
    ("消防団の充実", "団員を確保し、災害のときに地域を守る力を高める。"),
    ("電波の有効利用", "限りのある電波を分け合い、新しい無線の利用を広げる。"),
    ("若者の就業支援", "働くことに悩みのある若者を、その状況に応じて支える。"),
]
_MEASURES = [
    ("研修を修了した者の数", "人", 3000, 0),
    ("支援を受けた団体の数", "団体", 240, 0),
    ("制度を知っている人の割合", "％", 55, 1),
    ("認定を受けた計画の件数", "件", 180, 0),
    ("事故による死者の数", "人", 60, 0),
    ("整備された路線の延長", "km", 820, 1),
    ("二酸化炭素の排出の削減量", "万トン", 45, 1),
    ("相談窓口を設けた市町村の数", "市町村", 410, 0),
    ("利用者の満足度", "％", 78, 1),
    ("輸出の額", "億円", 5200, 0),
]
_BASES = [
    ("例示社会基本計画", ["第２部　めざす姿", "３　暮らしを支える基盤"]),
    ("未来例示構想実行計画", ["Ⅲ．重点的に進める分野", "（２）人づくりと仕事づくり"]),
    ("第４次架空環境保全計画", ["第３章　具体的な取組", "第２節　循環を広げる取組"]),
    ("仮想成長のための基本方針2022", ["第２章　新しい社会に向けた改革", "２．社会課題の解決に向けた取組"]),
    ("架空地方元気総合戦略（改訂版）", ["２．基本目標ごとの施策", "（１）地方に仕事をつくる"]),
]


def written(year: int) -> str:
    name, number = ("令和", year - 2018) if year > 2018 else ("平成", year - 1988)
    return f"{name}{'元' if number == 1 else number}年度"


class Tale:
    """What a sheet tells, and how its author writes years and figures."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(f"stranger {seed}")
        self.year = rng.choice([2014, 2017, 2020, 2021, 2022, 2023])
        self.aim, self.goal = rng.choice(_AIMS)
        self.name = f"{self.aim}を図る"
        self.style = rng.choice(["long", "wide", "letter", "letter only", "west", "short"])
        self.wide_figures = rng.random() < 0.25
        self.unit = rng.choice(["千円", "百万円"])
        self.number = rng.randint(1, 9)
        self.circled = _CIRCLED[self.number - 1]
        self.short = written(self.year)[2:-2].replace("元", "1")
        self.past = [self.year - 4 + n for n in range(5)]
        self.bases = [self._base(one) for one in rng.sample(_BASES, rng.randint(1, 3))]
        self.measures = [
            self._measure(n, one) for n, one in enumerate(rng.sample(_MEASURES, rng.randint(2, 4)), start=1)
        ]
        self.budget_years = [self.year - 2, self.year - 1, self.year, self.year + 1]
        self.budget = self._budget()
        self.office = rng.choice(["架空政策局振興課", "大臣官房例示企画課", "仮想部 仮想第二課"])
        self.chief = rng.choice(["振興課長　例示　一郎", "企画課長 架空 良子"])
        self.summary = f"{self.aim}のため、調査、研修及び地方公共団体への補助を行う。"
        self.analysis = f"{self.aim}に関する取組は、おおむね予定どおりに進んだと考えられる。"
        self.future = "引き続き、現在の目標の達成に向けて取り組む。"

    def say(self, year: int, first: bool = True) -> str:
        """Return a year's heading."""
        full = written(year)
        letter = ("R" if full[0] == "令" else "H") + full[2:-2].replace("元", "1")
        match self.style:
            case "wide":
                return full.translate(_WIDE)
            case "letter":
                return letter + "年度"
            case "letter only":
                return letter
            case "west":
                return f"{year}年度"
            case "short" if not first:
                return full[2:]
        return full

    def says(self, years: Sequence[int]) -> list[str]:
        return [self.say(year, n == 0 or year == 2019) for n, year in enumerate(years)]

    def figure(self, number: float, digits: int = 0) -> str:
        said = f"{number:,.{digits}f}"
        return said.translate(_WIDE) if self.wide_figures else said

    def _base(self, told: tuple[str, list[str]]) -> Said:
        rng = self.rng
        year = self.year - rng.randint(1, 3)
        date = f"{written(year)[:-2]}年{rng.randint(4, 12)}月{rng.randint(1, 28)}日"
        return {"name": told[0], "date": date, "path": told[1]}

    def _measure(self, number: int, told: tuple[str, str, int, int]) -> Said:
        rng = self.rng
        name, unit, scale, digits = told

        def value() -> str:
            return self.figure(scale * rng.uniform(0.5, 1.3), digits) + unit

        done = [value() for _ in self.past]
        if rng.random() < 0.35:
            done[-1] = rng.choice(["集計中", "調査中", "－"])
        plans = [rng.choice(["－", value(), value()]) for _ in self.past]
        aim = value() + rng.choice(["", "以上", "以下"] if "死者" not in name else ["以下"])
        return {
            "n": number,
            "name": name,
            "base": (value(), self.year - 5 - rng.randint(0, 2)),
            "done": done,
            "plans": plans,
            "aim": (aim, self.year + rng.randint(0, 3)),
            "mark": rng.choice(["○", "△", "×", "達成"]),
        }

    def _budget(self) -> dict[tuple[str, int], str]:
        rng = self.rng
        made = {}
        for year in self.budget_years:
            first, more, carried = rng.randint(9000, 990_000), rng.choice([0, rng.randint(-900, 4000)]), 0
            made["当初予算", year] = f"{first:,}"
            if year > self.year:
                continue
            carried = rng.choice([0, rng.randint(-800, 800)])
            for stage, amount in (("補正予算", more), ("繰越し等", carried)):
                made[stage, year] = f"{amount:,}".replace("-", rng.choice(["△", "▲", "-", "－"]))
            made["合計", year] = f"{first + more + carried:,}"
            made["執行額", year] = (
                rng.choice(["集計中", f"{int(0.93 * first):,}"])
                if year == self.year
                else f"{int(0.9 * (first + more + carried)):,}"
            )
        return made

    def money(self) -> Said:
        return {
            "単位": self.unit,
            "欄": [{"年度": written(y), "区分": s, "値": v} for (s, y), v in self.budget.items()],
        }

    def indicator(self, one: Said, *, plans: bool = True, mark: bool = True) -> Said:
        aims = [{"値": one["aim"][0], "年度": written(one["aim"][1])}]
        if plans:
            aims += [
                {"値": v, "年度": written(y), "種類": "年度ごと"}
                for v, y in zip(one["plans"], self.past, strict=True)
                if v != "－"
            ]
        said: Said = {
            "値": one["name"],
            "基準": {"値": one["base"][0], "年度": written(one["base"][1])},
            "実績": [
                {"値": v, "年度": written(y)}
                for v, y in zip(one["done"], self.past, strict=True)
                if v != "－"
            ],
            "目標": aims,
        }
        if one["n"]:
            said["番号"] = one["n"]
        if mark:
            said["達成"] = {"判定": one["mark"]}
        return said

    def based(self) -> list[Said]:
        return [{"名称": b["name"], "年月日": b["date"], "関係部分": [{"値": b["path"]}]} for b in self.bases]


def _split(rng: random.Random, text: str) -> str:
    """Return a label that wraps somewhere in its middle, or not."""
    if len(text) < 6 or rng.random() < 0.5:
        return text
    cut = rng.randint(2, len(text) - 2)
    return f"{text[:cut]}\n{text[cut:]}"


def _budget_rows(t: Tale, across: int, label: str) -> Rows:
    rng = t.rng
    rest = across - 3 - 3
    rows: Rows = [
        [
            (_split(rng, label), 6, 1),
            (rng.choice(["区分", "区　　分"]), 1, 2),
            *t.says(t.budget_years)[:-1],
            (t.say(t.budget_years[-1], False), 1, rest),
        ]
    ]

    def line(stage: str) -> list[Cell]:
        cells: list[Cell] = [t.budget.get((stage, y), "") for y in t.budget_years]
        return [*cells[:-1], (str(cells[-1]), 1, rest)]

    style = rng.choice(["（{}）", "({})"])
    for n, (stage, mark) in enumerate(
        (("当初予算", "a"), ("補正予算", "b"), ("繰越し等", "c"), ("合計", "a+b+c"))
    ):
        rows.append(
            [
                *([(f"予算の\n状況\n（{t.unit}）", 4, 1)] if n == 0 else []),
                stage + rng.choice(["", "\n"]) + style.format(mark),
                *line(stage),
            ]
        )
    rows.append([(f"執行額（{t.unit}）", 1, 2), *line("執行額")])
    return rows


def _base_rows(t: Tale, across: int, label: str, last: str) -> Rows:
    a = (across - 1) // 2
    b = 1 if across < 8 else 2
    c = across - 1 - a - b
    rows: Rows = [
        [
            (_split(t.rng, label), len(t.bases) + 1, 1),
            ("施政方針演説等の名称", 1, a),
            ("年月日", 1, b),
            (last, 1, c),
        ]
    ]
    for one in t.bases:
        rows.append([(one["name"], 1, a), (one["date"], 1, b), ("\n".join(one["path"]), 1, c)])
    return rows


def _top(t: Tale, title: str, number: str, ministry: str) -> Said:
    return {
        "表題": {"値": title},
        "番号": {"値": number},
        "府省庁": {"値": ministry},
        "政策名": {"値": t.name},
    }


def _title(t: Tale, title: str, number: str) -> list[str]:
    return t.rng.choice([[title, f"（{number}）"], [f"{title}　（{number}）"], [f"（{number}）", title]])


def _notes(t: Tale) -> list[str]:
    return t.rng.choice(
        [
            [],
            ["※　実績値は、各年度末の値である。"],
            ["（注１）速報値を含む。", "（注２）四捨五入のため、合計が合わないことがある。"],
        ]
    )


def _block(t: Tale, across: int, done: str, marks: str) -> Rows:
    """Return the indicators, each with headings of its own."""
    rows: Rows = []
    rest = across - 1 - 1 - 5 - 1 - 1
    for n, one in enumerate(t.measures):
        head: list[Cell] = (
            [(t.rng.choice(["測定指標", "測\n定\n指\n標"]), 4 * len(t.measures), 1)] if n == 0 else []
        )
        name = t.rng.choice(["{}　{}", "{}．{}", "({}) {}"]).format(one["n"], one["name"])
        wide = 1 + rest - 1
        rows += [
            [*head, (_split(t.rng, name), 4, wide), "基準値", (done, 1, 5), "目標値", (marks, 1, 1)],
            [t.say(one["base"][1]), *t.says(t.past), t.say(one["aim"][1]), (one["mark"], 3, 1)],
            [one["base"][0], *one["done"], one["aim"][0]],
            [_split(t.rng, "年度ごとの目標値"), *one["plans"], t.rng.choice(["", "／", "－"])],
        ]
    return rows


def standard(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    across = 12
    title = f"{written(t.year)}実施施策に係る政策評価書"
    number = f"架空省{t.short}－{t.circled}"
    verdict = t.rng.choice(["目標達成", "相当程度進展あり", "進展が大きくない"])
    rows: Rows = [
        ["施策名", (t.name, 1, 11)],
        ["施策の概要", (t.summary, 1, 11)],
        ["達成すべき目標", (t.goal, 1, 11)],
        *_budget_rows(t, across, "施策の予算額・執行額等"),
        *_base_rows(
            t, across, "施策に関係する内閣の重要政策（施政方針演説等のうち主なもの）", "関係部分（抜粋）"
        ),
        *_block(t, across, "実績値", "達成"),
        [
            ("評価結果", 3, 1),
            (_split(t.rng, "目標達成度合いの測定結果"), 1, 2),
            (t.rng.choice(["（各行政機関共通区分）\n", ""]) + verdict, 1, 4),
            (f"（判断根拠）\n{t.analysis}", 1, 5),
        ],
        [("施策の分析", 1, 2), (t.analysis, 1, 9)],
        [(_split(t.rng, "次期目標等への反映の方向性"), 1, 2), (t.future, 1, 9)],
        [
            (_split(t.rng, "学識経験を有する者の知見の活用"), 1, 1),
            ("架空政策評価会議の意見を聴取した。", 1, 11),
        ],
        [
            (_split(t.rng, "政策評価を行う過程において使用した資料その他の情報"), 1, 1),
            ("架空白書（架空省）", 1, 11),
        ],
        [
            "担当部局名",
            (t.office, 1, 3),
            "作成責任者名",
            (t.chief, 1, 3),
            "政策評価実施時期",
            (f"{written(t.year + 1)[:-1]}８月", 1, 3),
        ],
    ]
    said = {
        **_top(t, title, number, "架空省"),
        "評価対象年度": {"値": written(t.year)},
        "政策の概要": {"値": t.summary},
        "達成すべき目標": {"値": t.goal},
        "政策の予算額・執行額等": t.money(),
        "政策に関係する内閣の重要政策": t.based(),
        "測定指標": [t.indicator(one) for one in t.measures],
        "目標達成度合いの測定結果": {"判定": verdict},
        "施策の分析": {"値": t.analysis},
        "次期目標等への反映の方向性": {"値": t.future},
        "担当部局課室名": [{"値": t.office}],
        "作成責任者": {"値": t.chief},
    }
    return Invented(head=_title(t, title, number), tables=[rows], foot=_notes(t)), said


def soumu(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    t.style = "short" if t.style in ("west", "letter only") else t.style
    title = f"{written(t.year)}主要な政策に係る評価書{t.rng.choice(['', '（モニタリング）'])}"
    number = f"総務省{t.short}－{t.circled}"
    rows: Rows = [
        ["政策名\n（※１）", (f"政策{t.number}：{t.name}", 1, 6), "分野", ("仮想行政", 1, 2)],
        ["政策の概要", (t.summary, 1, 9)],
        ["基本目標\n【達成すべき目標】", (t.goal, 1, 9)],
        *_budget_rows(t, 10, "政策の予算額・執行額等"),
        *_base_rows(
            t, 10, "政策に関係する内閣の重要政策（施政方針演説等のうち主なもの）", "関係部分（抜粋）"
        ),
    ]
    table: Rows = [
        [
            ("施策目標", 1, 2),
            ("測定指標", 1, 4),
            "基準（値）\n【年度】",
            "目標（値）\n【年度】",
            ("実績（値）又は施策の進捗状況（実績）\n【年度】", 1, 2),
        ]
    ]
    cut = 1 + len(t.measures) // 2
    goals: list[Said] = []
    for part in (t.measures[:cut], t.measures[cut:]):
        goal = f"{part[0]['name'] if part else ''}の改善を進めること"
        told = []
        for n, one in enumerate(part):
            cells = [
                f"{v}\n【{t.say(y, False) if t.style != 'long' else written(y)[2:]}】"
                for v, y in (one["base"], one["aim"], (one["done"][2], t.past[2]))
            ]
            table.append(
                [
                    *([(goal, len(part), 2)] if n == 0 else []),
                    f"{one['n']}".translate(_WIDE),
                    (one["name"], 1, 3),
                    cells[0],
                    cells[1],
                    (cells[2], 1, 2),
                ]
            )
            told.append(
                {
                    "値": one["name"],
                    "番号": one["n"],
                    "基準": {"値": one["base"][0], "年度": written(one["base"][1])},
                    "目標": [{"値": one["aim"][0], "年度": written(one["aim"][1])}],
                    "実績": [{"値": one["done"][2], "年度": written(t.past[2])}],
                }
            )
        if part:
            goals.append({"値": goal, "測定指標": told})
    foot: Rows = [
        [
            "担当部局課室名",
            (t.office, 1, 3),
            "作成責任者名",
            (t.chief, 1, 2),
            "政策評価実施時期",
            (f"{written(t.year)[:-1]}８月", 1, 2),
        ]
    ]
    said = {
        **_top(t, title, number, "総務省"),
        "政策名": {"値": t.name, "番号": f"政策{t.number}"},
        "分野": {"値": "仮想行政"},
        "政策の概要": {"値": t.summary},
        "基本目標": {"値": t.goal},
        "政策の予算額・執行額等": t.money(),
        "政策に関係する内閣の重要政策": t.based(),
        "施策目標": goals,
        "担当部局課室名": [{"値": t.office}],
    }
    tables = t.rng.choice([[[*rows, *table, *foot]], [rows, table, foot]])
    return Invented(
        head=_title(t, title, number), tables=tables, foot=["※１　「政策」は、別紙２の「施策」に当たる。"]
    ), said


def mhlw(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    place = f"施策目標Ⅱ－{t.number}－１"
    number = f"厚生労働省{t.short}（Ⅱ－{t.number}－１）"
    rows: Rows = [
        [
            _split(t.rng, "施策目標名（政策体系上の位置付け）"),
            (f"{t.name}（{place}）\n基本目標Ⅱ　だれもが働ける社会をつくること", 1, 6),
            "担当部局名",
            (t.office, 1, 2),
            "作成責任者名",
            (t.chief, 1, 1),
        ],
        ["施策の概要", (t.summary, 1, 11)],
        ["施策を取り巻く現状", ("担い手が高齢になっている。", 1, 11)],
        ["施策実現のための課題", "１", ("担い手が足りない。", 1, 10)],
        [
            ("各課題に対応した達成目標", 2, 1),
            (_split(t.rng, "達成目標／課題との対応関係"), 1, 5),
            ("達成目標の設定理由", 1, 6),
        ],
        ["目標１\n（課題１）", (t.goal, 1, 4), ("担い手の確保が欠かせないため。", 1, 6)],
        *_budget_rows(t, 12, "施策の予算額・執行額等"),
        *_base_rows(
            t,
            12,
            "施策に関係する内閣の重要政策（施政方針演説等のうち主なもの）",
            "関係部分（概要・記載箇所）",
        ),
    ]
    table: Rows = [[("達成目標１について", 1, 2), (t.goal, 1, 10)]]
    told = []
    for one in t.measures:
        kind = t.rng.choice(["アウトカム", "アウトプット"])
        wide = str(one["n"]).translate(_WIDE)
        table += [
            [
                (
                    t.rng.choice(
                        [f"指標{wide}　{one['name']}（{kind}）", f"指標{wide}\n{one['name']}\n（{kind}）"]
                    ),
                    6,
                    2,
                ),
                ("指標の選定理由", 1, 2),
                ("取組の効果を測るため。", 1, 8),
            ],
            [(_split(t.rng, "目標値（水準・目標年度）の設定の根拠"), 1, 2), ("直近の実績から定めた。", 1, 8)],
            [
                "基準値",
                ("年度ごとの実績値", 1, 5),
                "目標値",
                (t.rng.choice(["主要な指標", "主要な\n指標"]), 1, 1),
                ("達成", 1, 2),
            ],
            [t.say(one["base"][1]), *t.says(t.past), t.say(one["aim"][1]), ("○", 3, 1), (one["mark"], 3, 2)],
            [one["base"][0], *one["done"], one["aim"][0]],
            ["年度ごとの目標値", *one["plans"], ""],
        ]
        told.append({**t.indicator(one), "種別": kind})
    end: Rows = [
        [
            ("評価結果と今後の方向性", 4, 1),
            (_split(t.rng, "目標達成度合いの測定結果"), 1, 2),
            ("（各行政機関共通区分）", 1, 3),
            ("目標達成", 1, 6),
        ],
        [("総合判定", 1, 2), ("【Ａ】\n（判定理由）全ての指標が目標に達した。", 1, 9)],
        [("施策の分析", 1, 2), (t.analysis, 1, 9)],
        [("次期目標等への反映の方向性", 1, 2), (t.future, 1, 9)],
    ]
    said = {
        **_top(t, "実績評価書", number, "厚生労働省"),
        "政策名": {"値": t.name, "番号": place},
        "政策の概要": {"値": t.summary},
        "政策の予算額・執行額等": t.money(),
        "政策に関係する内閣の重要政策": t.based(),
        "施策目標": [{"値": t.goal, "測定指標": told}],
        "目標達成度合いの測定結果": {"判定": "目標達成"},
        "施策の分析": {"値": t.analysis},
        "次期目標等への反映の方向性": {"値": t.future},
        "担当部局課室名": [{"値": t.office}],
    }
    tables = [rows, table, end] if t.rng.random() < 0.5 else [[*rows, *table, *end]]
    return Invented(head=_title(t, "実績評価書", number), tables=tables), said


def mod(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    t.unit = "百万円"
    title = f"{written(t.year)}実施施策に係る政策評価書（モニタリング）"
    number = f"防衛省{t.short}－{t.circled}"
    rows: Rows = [
        ["施策名", (t.name, 1, 8)],
        ["施策の概要", (t.summary, 1, 8)],
        ["達成すべき目標", (f"①{t.goal}\n②体制を整える。", 1, 8)],
        *_budget_rows(t, 9, "施策の予算額・執行額等"),
        [
            _split(t.rng, "施策に関係する内閣の重要政策（施政方針演説等のうち主なもの）"),
            ("\n".join(f"{b['name']}（{b['date']}閣議決定）" for b in t.bases), 1, 8),
        ],
    ]
    told = []
    for n, one in enumerate(t.measures):
        words = [f"●{one['name']}の改善に必要な整備を行った。", f"●{one['name']}に係る教育を充実した。"]
        rows += [
            [
                *([("測定指標", 3 * len(t.measures), 1)] if n == 0 else []),
                (f"{_CIRCLED[n]}{one['name']}", 3, 2),
                ("施策の進捗状況", 1, 4),
                ("目標", 1, 2),
            ],
            [t.say(t.year - 1), (words[0], 1, 3), (t.say(t.year + 1), 1, 2)],
            [t.say(t.year), (words[1], 1, 3), ("体制を整備する。", 1, 2)],
        ]
        told.append(
            {
                "値": one["name"],
                "番号": one["n"],
                "実績": [
                    {"値": w, "年度": written(y)} for w, y in zip(words, (t.year - 1, t.year), strict=True)
                ],
                "目標": [{"値": "体制を整備する。", "年度": written(t.year + 1)}],
            }
        )
    rows.append(
        ["担当部局名", (t.office, 1, 4), "政策評価実施時期", (f"{written(t.year + 1)[:-1]}８月", 1, 3)]
    )
    said = {
        **_top(t, title, number, "防衛省"),
        "政策の概要": {"値": t.summary},
        "達成すべき目標": {"値": f"①{t.goal}②体制を整える。"},
        "政策の予算額・執行額等": t.money(),
        "政策に関係する内閣の重要政策": [{"名称": b["name"], "年月日": b["date"]} for b in t.bases],
        "測定指標": told,
        "担当部局課室名": [{"値": t.office}],
    }
    return Invented(head=_title(t, title, number), tables=[rows], foot=_notes(t)), said


def mlit(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    number = f"国土交通省{t.short}－{t.circled}"
    base, aim = t.year - 6, t.year + 2
    rows: Rows = [
        ["施策目標", (t.name, 1, 10)],
        [_split(t.rng, "施策目標の概要及び達成すべき目標"), (t.goal, 1, 10)],
        [
            (_split(t.rng, "施策目標の評価、達成状況及び今後の方向性"), 2, 1),
            ("施策目標の評価", 1, 2),
            ("「順調である」", 1, 8),
        ],
        [(_split(t.rng, "施策目標の達成状況及び今後の方向性"), 1, 2), (t.future, 1, 8)],
    ]
    table: Rows = []
    told = []
    single = t.rng.random() < 0.5
    for n, one in enumerate(t.measures):
        one["base"], one["aim"] = (one["base"][0], base), (one["aim"][0], aim)
        one["mark"] = t.rng.choice(["A", "B", "A－1", "B－2"])
        if n == 0 or single:
            table += [
                [("業績指標", 2, 3), "初期値", ("実績値", 1, 5), ("評価", 2, 1), "目標値"],
                [t.say(base), *t.says(t.past), t.say(aim)],
            ]
        plans = t.rng.random() < 0.6
        table.append(
            [
                (f"{_CIRCLED[n]}{one['name']}", 1 + plans, 3),
                one["base"][0],
                *one["done"],
                (one["mark"], 1 + plans, 1),
                one["aim"][0],
            ]
        )
        if plans:
            table.append(["年度ごとの目標値", *one["plans"], "－"])
        told.append(t.indicator(one, plans=plans))
    said = {
        **_top(t, "施策目標個票", number, "国土交通省"),
        "達成すべき目標": {"値": t.goal},
        "測定指標": told,
        "目標達成度合いの測定結果": {"判定": "「順調である」"},
        "次期目標等への反映の方向性": {"値": t.future},
        "政策の予算額・執行額等": t.money(),
    }
    return Invented(
        head=["施策目標個票", f"（{number}）"],
        tables=[rows, table, _budget_rows(t, 11, "施策の予算額・執行額等")],
        foot=_notes(t),
    ), said


def npa(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    title, number = f"{written(t.year)}実績評価書", f"警察庁{t.short}－{t.circled}"
    rows: Rows = [
        ["基本目標", ("安全な暮らしの確保", 1, 9)],
        ["業績目標", (t.name, 1, 9)],
        [_split(t.rng, "業績目標の説明"), (t.summary, 1, 9)],
        *_base_rows(t, 10, "業績目標に関係する内閣の重要政策", "関係部分（抜粋）"),
    ]
    told = []
    for n, one in enumerate(t.measures):
        mark = t.rng.choice(["◎", "○", "△"])
        aim = f"前年（{one['base'][0]}）より改善させる。"
        rows += [
            [(f"業績指標{_CIRCLED[n]}", 4, 1), ("指標", 1, 2), (one["name"], 1, 7)],
            [("達成目標", 1, 2), (aim, 1, 7)],
            [("実績", 2, 2), *t.says(t.past), ("達成状況", 1, 2)],
            [*one["done"], (mark, 1, 2)],
        ]
        told.append(
            {
                "値": one["name"],
                "番号": n + 1,
                "実績": [
                    {"値": v, "年度": written(y)}
                    for v, y in zip(one["done"], t.past, strict=True)
                    if v != "－"
                ],
                "目標": [{"値": aim}],
                "達成": {"判定": mark},
            }
        )
    rows += [
        [("評価の結果", 3, 1), (_split(t.rng, "目標達成度合いの測定結果"), 1, 2), ("目標達成", 1, 7)],
        [("判断根拠", 1, 2), ("全ての指標が目標に達した。", 1, 7)],
        [("今後の方向性", 1, 2), (t.future, 1, 7)],
        ["政策所管課", (t.office, 1, 4), "評価実施時期", (f"{written(t.year + 1)[:-1]}７月", 1, 4)],
    ]
    said = {
        **_top(t, title, number, "警察庁"),
        "基本目標": {"値": "安全な暮らしの確保"},
        "政策の概要": {"値": t.summary},
        "政策に関係する内閣の重要政策": t.based(),
        "測定指標": told,
        "目標達成度合いの測定結果": {"判定": "目標達成"},
        "次期目標等への反映の方向性": {"値": t.future},
        "担当部局課室名": [{"値": t.office}],
    }
    return Invented(head=_title(t, title, number), tables=[rows], foot=_notes(t)), said


def jizen(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    title, number = f"{written(t.year)}実施施策に係る政策評価の事前分析表", f"架空省{t.short}－{t.circled}"
    years = [t.year - 1, t.year, t.year + 1, t.year + 2]
    rows: Rows = [
        ["施策名", (t.name, 1, 5), "担当部局名", (t.office, 1, 2), "作成責任者名", (t.chief, 1, 1)],
        [
            "施策の概要",
            (t.summary, 1, 5),
            _split(t.rng, "政策体系上の位置付け"),
            ("政策目標３　暮らしの安定", 1, 4),
        ],
        [
            "達成すべき目標",
            (t.goal, 1, 5),
            _split(t.rng, "目標設定の考え方・根拠"),
            ("架空基本法", 1, 2),
            _split(t.rng, "政策評価実施予定時期"),
            (f"{written(t.year + 1)[:-1]}８月", 1, 1),
        ],
    ]
    table: Rows = [
        [
            ("測定指標", 2, 2),
            ("基準値", 1, 2),
            ("目標値", 1, 2),
            ("年度ごとの目標値", 1, 4),
            (_split(t.rng, "測定指標の選定理由及び目標値（水準・目標年度）の設定の根拠"), 2, 1),
        ],
        ["", "基準年度", "", "目標年度", *t.says(years)],
    ]
    told = []
    for one in t.measures:
        plans = one["plans"][:4]
        table.append(
            [
                str(one["n"]),
                one["name"],
                one["base"][0],
                t.say(one["base"][1]),
                one["aim"][0],
                t.say(one["aim"][1]),
                *plans,
                f"取組の効果を測るため（{one['n']}）。",
            ]
        )
        told.append(
            {
                "値": one["name"],
                "番号": one["n"],
                "基準": {"値": one["base"][0], "年度": written(one["base"][1])},
                "目標": [
                    {"値": one["aim"][0], "年度": written(one["aim"][1])},
                    *(
                        {"値": v, "年度": written(y), "種類": "年度ごと"}
                        for v, y in zip(plans, years, strict=True)
                        if v != "－"
                    ),
                ],
            }
        )
    said = {
        **_top(t, title, number, "架空省"),
        "政策の概要": {"値": t.summary},
        "達成すべき目標": {"値": t.goal},
        "測定指標": told,
        "担当部局課室名": [{"値": t.office}],
    }
    return Invented(head=_title(t, title, number), tables=[rows, table], foot=_notes(t)), said


def review(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    rng = t.rng
    t.year = rng.choice([2013, 2014, 2016, 2018, 2019, 2021, 2022])
    new = t.year >= 2014
    number = f"{rng.randint(1, 300):04}" if t.year < 2021 else f"{t.year} 架空 21 {rng.randint(1, 300):04}"
    title = f"{written(t.year)[:-1]}{rng.choice(['度', ''])}行政事業レビューシート"
    years = [t.year - 3 + n for n in range(5)]
    tail = [written(y)[rng.choice([0, 2]) :] for y in years]
    tail[0] = written(years[0])
    tail = [written(y) if y == 2019 else one for y, one in zip(years, tail, strict=True)]
    heads = [*tail[:-1], tail[-1] + "要求"]
    plans = "\n".join(f"{b['name']}（{b['date']}閣議決定）" for b in t.bases)
    name = f"{t.aim}事業"
    rows: Rows = [
        ["事業番号", (number, 1, 12)],
        ["事業名", (name, 1, 6), "担当部局庁", (t.office.split("局")[0] + "局", 1, 2), ("作成責任者", 1, 3)],
        [
            _split(rng, "事業開始年度"),
            ("平成22年度", 1, 2),
            _split(rng, "事業終了（予定）年度"),
            ("終了予定なし", 1, 3),
            "担当課室",
            ("仮想課", 1, 2),
            (t.chief, 1, 3),
        ],
        ["会計区分", ("一般会計", 1, 6), "政策・施策名", (t.name, 1, 5)],
        [
            "根拠法令\n（具体的な条項も記載）",
            ("架空振興法第10条", 1, 6),
            _split(rng, "関係する計画、通知等"),
            (plans, 1, 5),
        ],
        ["事業の目的\n（目指す姿を簡潔に。3行程度以内）", (t.goal, 1, 12)],
        ["事業概要\n（5行程度以内。別添可）", (t.summary, 1, 12)],
        ["実施方法", (rng.choice(["補助", "委託・請負", "直接実施、委託・請負"]), 1, 12)],
    ]
    stages = [
        "当初予算",
        "補正予算",
        *(["前年度から繰越し", "翌年度へ繰越し", "予備費等"] if new else ["繰越し等"]),
        "計",
    ]
    grid: dict[tuple[str, int], str] = {}
    for y in years:
        parts = {s: rng.choice([0, rng.randint(1, 60)]) for s in stages[1:-1]}
        if "翌年度へ繰越し" in parts:
            parts["翌年度へ繰越し"] *= -1
        first = rng.randint(100, 9000)
        grid["当初予算", y] = f"{first:,}"
        total = first
        if y < years[-1]:
            total += sum(parts.values())
            grid |= {(s, y): "-" if v == 0 else f"{v:,}".replace("-", "▲") for s, v in parts.items()}
        grid["計", y] = f"{total:,}"
        if y < t.year:
            spent = int(total * rng.uniform(0.6, 0.99))
            grid["執行額", y], grid["執行率", y] = f"{spent:,}", f"{100 * spent / total:.0f}%"
    rows.append(
        [("予算額・\n執行額\n（単位:百万円）", len(stages) + 3, 1), ("", 1, 2), *((h, 1, 2) for h in heads)]
    )
    for n, stage in enumerate(stages):
        rows.append(
            [
                *([("予算の状況", len(stages), 1)] if n == 0 else []),
                stage,
                *((grid.get((stage, y), ""), 1, 2) for y in years),
            ]
        )
    for label in ("執行額", "執行率（％）"):
        rows.append([(label, 1, 2), *((grid.get((label[:3], y), ""), 1, 2) for y in years)])
    money: list[Said] = []
    for (stage, y), value in grid.items():
        if stage == "執行率" or value == "-" or (y == years[-1] and stage != "当初予算"):
            continue
        kind = "要求額" if y == years[-1] else {"計": "合計"}.get(stage, stage)
        money.append({"年度": written(y), "区分": kind, "値": value})
    three = years[:3]
    outcomes, outputs = [], []
    for one in t.measures[: rng.randint(1, 2)]:
        unit = re.sub(r"[\d０-９,.]", "", one["base"][0])
        done, aims = ([re.sub(r"[^\d,.]", "", f"{rng.randint(50, 4000):,}") for _ in three] for _ in range(2))
        rate = [str(rng.randint(60, 130)) for _ in three]
        last_year, last = t.year + 1, f"{rng.randint(4000, 9000):,}"
        if new:
            goal = f"{one['name']}を増やす。"
            rows += [
                [
                    ("成果目標及び成果実績\n（アウトカム）", 4, 1),
                    ("定量的な成果目標", 1, 2),
                    ("成果指標", 1, 2),
                    ("", 1, 1),
                    "単位",
                    *tail[:3],
                    "中間目標\n-年度",
                    (f"目標最終年度\n{written(last_year)[2:-2]}年度", 1, 2),
                ],
                [(goal, 3, 2), (one["name"], 3, 2), "成果実績", unit, *done, "-", ("-", 1, 2)],
                ["目標値", unit, *aims, "-", (last, 1, 2)],
                ["達成度", "％", *rate, "-", ("-", 1, 2)],
            ]
        else:
            rows += [
                [
                    ("成果目標及び成果実績\n（アウトカム）", 3, 1),
                    ("成果指標", 1, 4),
                    "",
                    "単位",
                    *tail[:3],
                    (f"目標値\n（{written(last_year)[2:-2]}年度）", 1, 3),
                ],
                [(one["name"], 2, 4), "成果実績", unit, *done, (last, 1, 3)],
                ["達成度", "％", *rate, ("", 1, 3)],
            ]
        told: Said = {
            "値": one["name"],
            "単位": {"値": unit},
            "実績": [{"値": v, "年度": written(y)} for v, y in zip(done, three, strict=True)],
            "目標": [
                {"値": v, "年度": written(y)} for v, y in ([*zip(aims, three, strict=True)] if new else [])
            ]
            + [{"値": last, "年度": written(last_year)}],
            "達成度": [{"値": v, "年度": written(y)} for v, y in zip(rate, three, strict=True)],
        }
        if new:
            told["成果目標"] = {"値": goal}
        outcomes.append(told)
    done, aims = [f"{rng.randint(5, 900)}" for _ in three], [f"{rng.randint(5, 900)}" for _ in range(4)]
    rows += [
        [
            ("活動指標及び活動実績\n（アウトプット）", 3, 1),
            ("活動指標", 1, 4),
            "",
            "単位",
            *tail[:3],
            (f"{written(t.year)[2:]}活動見込", 1, 3),
        ],
        [("説明会の開催回数", 2, 4), "活動実績", "回", *done, ("-", 1, 3)],
        ["当初見込み", "回", *aims[:3], (aims[3], 1, 3)],
    ]
    outputs.append(
        {
            "値": "説明会の開催回数",
            "単位": {"値": "回"},
            "実績": [{"値": v, "年度": written(y)} for v, y in zip(done, three, strict=True)],
            "当初見込み": [
                {"値": v, "年度": written(y)} for v, y in zip(aims, [*three, t.year], strict=True)
            ],
        }
    )
    rows += [
        ["単位当たりコスト", ("12,300（円／回）", 1, 5), "算出根拠", ("執行額／回数", 1, 6)],
        [
            (f"{written(t.year)[2:-2]}・{written(t.year + 1)[2:-2]}年度予算内訳", 4, 1),
            ("費　目", 1, 3),
            (f"{written(t.year)[2:]}当初予算", 1, 3),
            (f"{written(t.year + 1)[2:]}要求", 1, 3),
            ("主な増減理由", 1, 3),
        ],
        [("謝金", 1, 3), ("12", 1, 3), ("13", 1, 3), ("単価の見直しによる増", 3, 3)],
        [("庁費", 1, 3), ("88", 1, 3), ("77", 1, 3)],
        [("計", 1, 3), ("100", 1, 3), ("90", 1, 3)],
        [("外部有識者の所見", 1, 2), ("効果の測り方を工夫すること。", 1, 11)],
        [
            ("行政事業レビュー推進チームの所見", 1, 2),
            ("現状通り", 1, 2),
            ("引き続き効率的に実施すること。", 1, 9),
        ],
        [
            ("所見を踏まえた改善点／概算要求における反映状況", 1, 2),
            ("現状通り", 1, 2),
            ("効率的な実施に努める。", 1, 9),
        ],
        ["備考", ("", 1, 12)],
    ]
    spent: Rows = []
    payees: list[Said] = []
    modern = t.year >= 2016
    for block, work in (("A", "研修の実施"), ("B", "資材の購入")):
        spent.append([(f"{block}.", 1, 13)])
        spent.append(
            [
                "",
                ("支　出　先", 1, 3),
                *([("法　人　番　号", 1, 2)] if modern else []),
                ("業　務　概　要", 1, 3 if modern else 5),
                ("支　出　額\n（百万円）", 1, 1),
                ("契約方式等", 1, 1),
                (_split(rng, "入札者数（応募者数）"), 1, 1),
                ("落札率", 1, 1),
            ]
        )
        for n, firm in enumerate(
            rng.sample(["有限会社架空商会", "国立大学法人仮想大学", "例示県", "財団法人架空協会"], 3), start=1
        ):
            amount, code = f"{rng.uniform(0.3, 400):,.1f}", str(rng.randint(10**12, 10**13 - 1))
            way, bids, rate = rng.choice(
                [
                    ("一般競争契約（最低価格）", "3", "88.2％"),
                    ("随意契約（少額）", "-", "-"),
                    ("補助金等交付", "-", "-"),
                ]
            )
            spent.append(
                [
                    str(n),
                    (firm, 1, 3),
                    *([(code, 1, 2)] if modern else []),
                    (work, 1, 3 if modern else 5),
                    amount,
                    way,
                    bids,
                    rate,
                ]
            )
            payees.append(
                {
                    "支出先": firm,
                    "ブロック": block,
                    **({"法人番号": {"値": code}} if modern else {}),
                    "業務概要": {"値": work},
                    "支出額": {"値": amount, "単位": "百万円"},
                    "契約方式等": {"値": way},
                    **({"入札者数": {"値": bids}, "落札率": {"値": rate}} if bids != "-" else {}),
                }
            )
    said = {
        "表題": {"値": title},
        "事業番号": {"値": number},
        "府省庁": {"値": "架空省"},
        "事業名": {"値": name},
        "担当課室": {"値": "仮想課"},
        "作成責任者": {"値": t.chief},
        "会計区分": {"値": "一般会計"},
        "政策・施策名": {"値": t.name},
        "根拠法令": {"値": "架空振興法第10条"},
        "関係する計画、通知等": [{"名称": b["name"], "年月日": b["date"]} for b in t.bases],
        "事業の目的": {"値": t.goal},
        "事業概要": {"値": t.summary},
        "予算額・執行額": {
            "単位": "百万円",
            "欄": money,
            "執行率": [{"値": grid["執行率", y], "年度": written(y)} for y in three],
        },
        "成果目標及び成果実績（アウトカム）": outcomes,
        "活動指標及び活動実績（アウトプット）": outputs,
        "外部有識者の所見": {"値": "効果の測り方を工夫すること。"},
        "行政事業レビュー推進チームの所見": {"判定": "現状通り", "値": "引き続き効率的に実施すること。"},
        "支出先上位10者リスト": payees,
    }
    return Invented(head=[f"{title}　（架空省）"], tables=[rows, spent]), said


def request(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    rng = t.rng
    years = [t.year - 2, t.year - 1, t.year, t.year + 1, t.year + 2]
    grid: dict[tuple[str, int], str] = {}
    for y in years:
        first, more, carried = rng.randint(10_000, 900_000), rng.choice([0, 350]), rng.choice([0, -120])
        grid["当初予算", y] = f"{first:,}"
        if y <= t.year:
            grid["補正予算", y], grid["繰越し等", y] = f"{more:,}", f"{carried:,}".replace("-", "△ ")
            grid["合計", y], grid["執行額", y] = f"{first + more + carried:,}", f"{int(first * 0.8):,}"
    heads = t.says(years)
    heads[-1] += rng.choice(["概算要求額", "\n概算要求額"])
    rows: Rows = [
        ["政策名", (t.name, 1, 6), "番号", t.circled],
        ["評価方式", ("実績評価方式", 1, 3), _split(rng, "政策目標の達成度合い"), ("目標達成", 1, 4)],
        [("", 1, 4), *heads],
    ]
    for n, (stage, label) in enumerate(
        (("当初予算", "当初予算"), ("補正予算", "補正予算"), ("繰越し等", "繰越し等"), ("合計", "計"))
    ):
        rows.append(
            [
                *([("予算の状況", 4, 1)] if n == 0 else []),
                (f"{'　'.join(label) if rng.random() < 0.3 else label}（千円）", 1, 3),
                *(grid.get((stage, y), "") for y in years),
            ]
        )
    rows.append([("執行額（千円）", 1, 4), *(grid.get(("執行額", y), "") for y in years)])
    rows.append([(_split(rng, "政策評価結果の概算要求への反映状況"), 1, 4), (t.future, 1, 5)])
    said = {
        "政策名": {"値": t.name, "番号": t.circled},
        "評価方式": {"値": "実績評価方式"},
        "政策目標の達成度合い": {"値": "目標達成"},
        "政策の予算額・執行額等": {
            "単位": "千円",
            "欄": [
                {"年度": written(y), "区分": "要求額" if y == years[-1] else s, "値": v}
                for (s, y), v in grid.items()
            ],
        },
        "政策評価結果の概算要求への反映状況": {"値": t.future},
    }
    return Invented(head=["政策評価調書（個別票１）", "【政策ごとの予算額等】"], tables=[rows]), said


def items(seed: int) -> tuple[Invented, Said]:
    t = Tale(seed)
    rng = t.rng
    rows: Rows = [
        [("政策名", 1, 2), (t.name, 1, 4), "番号", t.circled],
        [("", 2, 1), ("予　算　科　目", 1, 5), ("予算額（千円）", 1, 2)],
        [
            "整理番号",
            "会計",
            "組織／勘定",
            "項",
            "事項",
            f"{t.say(t.year)}\n当初予算額",
            f"{t.say(t.year + 1)}\n概算要求額",
        ],
    ]
    told = []
    for n, item in enumerate(rng.sample(["架空振興費", "仮想推進費", "例示助成費"], 2), start=1):
        values = [f"{rng.randint(900, 800_000):,}" for _ in range(2)]
        matter = f"{item[:-1]}に必要な経費"
        rows.append(
            [
                *([("対応表において●となっているもの", 2, 1)] if n == 1 else []),
                f"● {n}",
                "一般",
                "架空本省",
                item,
                matter,
                *values,
            ]
        )
        told.append(
            {
                "値": matter,
                "整理番号": {"値": f"●{n}"},
                "会計": {"値": "一般"},
                "組織／勘定": {"値": "架空本省"},
                "項": {"値": item},
                "額": [
                    {"値": values[0], "年度": written(t.year), "区分": "当初予算", "単位": "千円"},
                    {"値": values[1], "年度": written(t.year + 1), "区分": "要求額", "単位": "千円"},
                ],
            }
        )
    said = {"政策名": {"値": t.name, "番号": t.circled}, "予算科目": told}
    return Invented(head=["政策評価調書（個別票２）"], tables=[rows]), said


STRANGERS: dict[str, Callable[[int], tuple[Invented, Said]]] = {
    f"stranger {form.__name__}": form
    for form in (standard, soumu, mhlw, mod, mlit, npa, jizen, review, request, items)
}

_PRINT = "@page{size:A4 %s;margin:12mm 11mm} body{font:%spt/1.45 'Noto Sans CJK JP'} table{width:100%%;border-collapse:collapse;margin:3mm 0}"
_LINES = "td{border:1px solid #222;padding:1.5px 4px}"
STRANGE_PRINTS: dict[str, str] = {
    "ruled, upright, many pages": _PRINT % ("portrait", 9.5) + _LINES,
    "ruled, landscape, coloured": _PRINT % ("landscape", 8)
    + _LINES
    + "td{vertical-align:top} td:first-child{background:#1f3864;color:#fff;font-weight:bold} tr:nth-child(even) td:not(:first-child){background:#eef4fb}",
    "ruled, narrow labels, fixed widths": _PRINT % ("landscape", 7.5)
    + _LINES
    + "table{table-layout:fixed} td{text-align:center;word-break:break-all} td.long{text-align:left}",
    "unruled, roomy": _PRINT % ("landscape", 8) + "td{padding:6px 9px;vertical-align:top}",
    "unruled, close": _PRINT % ("landscape", 8) + "td{padding:2px 6px;vertical-align:middle}",
    "unruled, striped": _PRINT % ("landscape", 8)
    + "td{padding:4px 7px;vertical-align:top} tr:nth-child(odd) td{background:#f2f2f2}",
}


def page(sheets: Sequence[Invented], css: str) -> str:
    made = []
    for sheet in sheets:
        made.append("".join(f"<h3 style='text-align:center'>{html.escape(line)}</h3>" for line in sheet.head))
        for table in sheet.tables:
            # The first row is repeated on each page where nothing of it reaches further down.
            first = all(spans(cell)[1] == 1 for cell in table[0])
            body = []
            for row in table:
                cells = "".join(
                    f"<td class='{'long' if len(text) > 14 else 'brief'}' rowspan={down} colspan={across}>"
                    + html.escape(text).replace("\n", "<br>")
                    + "</td>"
                    for text, down, across in map(spans, row)
                )
                body.append(f"<tr>{cells}</tr>")
            head = f"<thead>{body.pop(0)}</thead>" if first else ""
            made.append(f"<table>{head}<tbody>{''.join(body)}</tbody></table>")
        made.append("".join(f"<div style='font-size:80%'>{html.escape(line)}</div>" for line in sheet.foot))
        made.append("<div style='break-after:page'></div>")
    return f"<!doctype html><html lang=ja><meta charset=utf-8><style>{css}</style>{''.join(made[:-1])}"


def workbook(sheets: Sequence[Invented], path: Path, *, ruled: bool = True) -> Path:
    """Write sheets as worksheets from B2, with empty rows between the parts, colours, and figures as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Workbook()
    book.remove(book.worksheets[0])
    side = Side(style="thin") if ruled else None
    for n, sheet in enumerate(sheets, start=1):
        page = book.create_sheet(f"個票{n}")
        y = 2
        for line in sheet.head:
            page.cell(y, 2, line).font = Font(bold=True, size=14)
            y += 1
        for table in sheet.tables:
            y += 1
            for r, c, text, down, across in placed(table):
                cell = page.cell(y + r, 2 + c)
                plain = re.fullmatch(r"-?\d{1,3}(?:,\d{3})*", text)
                cell.value = int(text.replace(",", "")) if plain and "," in text else text or None
                if plain:
                    cell.number_format = "#,##0"
                upright = down > 2 and 2 < len(text) < 6 and across == 1
                cell.alignment = Alignment(
                    wrap_text=True, vertical="center", textRotation=255 if upright else 0
                )
                if c == 0:
                    cell.fill = PatternFill("solid", fgColor="FFF2CC")
                for yy in range(down) if side else ():
                    for xx in range(across):
                        page.cell(y + r + yy, 2 + c + xx).border = Border(
                            left=side, right=side, top=side, bottom=side
                        )
                if down > 1 or across > 1:
                    page.merge_cells(
                        start_row=y + r,
                        start_column=2 + c,
                        end_row=y + r + down - 1,
                        end_column=1 + c + across,
                    )
            y += len(table) + 1
        for line in sheet.foot:
            page.cell(y, 2, line)
            y += 1
    book.save(path)
    return path


def word(sheets: Sequence[Invented], path: Path, style: str | None) -> Path:
    """Write sheets as a Word document: a paragraph a line in each cell, a page break between sheets."""
    from docx import Document
    from docx.shared import Mm, Pt

    made = Document()
    made.styles["Normal"].font.size = Pt(8)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    for n, sheet in enumerate(sheets):
        if n:
            made.add_page_break()
        for line in sheet.head:
            made.add_heading(line, level=1)
        for table in sheet.tables:
            cells = list(placed(table))
            grid = made.add_table(rows=len(table), cols=max(c + across for _, c, _, _, across in cells))
            if style:
                grid.style = style
            rows = [row.cells for row in grid.rows]
            for r, c, text, down, across in cells:
                cell = rows[r][c]
                if down > 1 or across > 1:
                    cell = cell.merge(rows[r + down - 1][c + across - 1])
                lines = text.split("\n")
                cell.paragraphs[0].add_run(lines[0])
                for line in lines[1:]:
                    cell.add_paragraph(line)
            made.add_paragraph("")
        for line in sheet.foot:
            made.add_paragraph(line)
    made.save(str(path))
    return path
