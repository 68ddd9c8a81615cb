"""Invented sheets in the forms of single ministries, of the plans before an evaluation, and of budget requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from support.generated_sheets import (
    Content,
    Expected,
    Table,
    _budget,
    _grounds,
    _heading,
    _wrapped,
    era,
    rates_expected,
    standard,
    told,
)
from support.invented_sheets import Cell, Invented

_IMPORTANT = "施策に関係する内閣の重要政策（施政方針演説等のうち主なもの）"


def _short(year: int) -> str:
    return "元" if year == 2019 else str(year - 2018 if year >= 2019 else year - 1988)


def _head(c: Content, title: str, number: str, ministry: str) -> Expected:
    return {
        "表題": {"値": title},
        "番号": {"値": number},
        "府省庁": {"値": ministry},
        "政策名": {"値": c.name},
        "政策の予算額・執行額等": c.money_expected(),
    }


def soumu(seed: int) -> tuple[Invented, Expected]:
    """Return 総務省's form of 2012 and 2014: objectives with their indicators, a year in each cell."""
    c = Content(seed)
    rng = c.rng
    c.year_style = "full" if c.year_style == "west" else c.year_style
    across = 9
    kind = rng.choice(["", "（モニタリング）"])
    title = f"{c.digits(era(c.year))}主要な政策に係る評価書{kind}"
    number = f"総務省{_short(c.year)}－{c.circled}"
    rows: Table = [
        ["政策名\n（※１）", (f"政策{c.digits(str(c.number))}：{c.name}", 1, 5), "分野", ("例示・管理", 1, 2)],
        ["政策の概要", (c.summary, 1, 8)],
        [rng.choice(["基本目標【達成すべき目標】", "基本目標\n【達成すべき目標】"]), (c.goal, 1, 8)],
        *_budget(c, across, words="政策"),
        *_grounds(
            c,
            across,
            head="政策に関係する内閣の重要政策（施政方針演説等のうち主なもの）",
            part="関係部分（抜粋）",
        ),
    ]
    year_head = rng.choice(["\n【年度】", "【年度】", "\n（年度）"])
    measured: Table = [
        [
            ("施策目標", 1, 2),
            ("測定指標", 1, 3),
            f"基準（値）{year_head}",
            f"目標（値）{year_head}",
            (f"実績（値）又は施策の進捗状況（実績）{year_head}", 1, 2),
        ]
    ]
    goals: list[Expected] = []
    left = list(c.indicators)
    mark = rng.choice(["【{}】", "（{}）"])
    while left:
        group, left = (left[:2], left[2:]) if rng.random() < 0.6 else (left[:1], left[1:])
        goal = f"{group[0].name.split('の')[0]}の推進により、例示社会の実現へ貢献する{len(goals) + 1}"
        made = []
        for place, one in enumerate(group):
            base, target, result = one.baseline, one.target, one.results[2]
            assert base is not None

            def cell(value: Any) -> str:
                return f"{value.stated}\n{mark.format(c.label(value.year))}"

            head: list[Cell] = [(goal, len(group), 2)] if place == 0 else []
            measured.append(
                [*head, str(one.number), (one.name, 1, 2), cell(base), cell(target), (cell(result), 1, 2)]
            )
            made.append(
                {
                    "値": one.name,
                    "番号": one.number,
                    "基準": base.expected(),
                    "目標": [target.expected()],
                    "実績": [result.expected()],
                }
            )
        goals.append({"値": goal, "測定指標": made})
    foot: Table = [
        [
            "担当部局課室名",
            (c.office, 1, 3),
            "作成責任者名",
            (f"例示局\n{c.topic}課長　架空 次郎", 1, 2),
            "政策評価実施時期",
            (f"{c.digits(era(c.year))[:-1]}８月", 1, 1),
        ]
    ]
    expected = {
        **_head(c, title, number, "総務省"),
        "評価書の年度": {"値": told(c.year)},
        "分野": {"値": "例示・管理"},
        "政策の概要": {"値": c.summary},
        "基本目標": {"値": c.goal},
        "政策に関係する内閣の重要政策": [one.expected() for one in c.bases],
        "政策名": {"値": c.name, "番号": f"政策{c.number}"},
        "施策目標": goals,
        "担当部局課室名": [{"値": c.office}],
        "政策評価実施時期": {"値": f"{era(c.year)[:-1]}8月"},
    }
    tables = [[*rows, *measured], foot] if rng.random() < 0.5 else [rows, measured, foot]
    return Invented(head=_heading(c, title, number), tables=tables), expected


def mhlw(seed: int) -> tuple[Invented, Expected]:
    """Return 厚生労働省's form: 達成目標 with their indicators, 執行率, 主要な指標."""
    c = Content(seed)
    rng = c.rng
    across = 11
    number = f"厚生労働省{_short(c.year)}（Ⅰ－{c.number}－2）"
    place = f"施策目標Ⅰ－{c.number}－２"
    rows: Table = [
        [
            "施策目標名",
            (
                f"{c.name}（{place}）\n基本目標Ⅰ　安心して暮らせる例示社会をつくること\n施策大目標{c.number}　例示の増進を図ること",
                1,
                6,
            ),
            "担当部局名",
            (c.office, 1, 1),
            "作成責任者名",
            (f"{c.topic}課長　架空 三郎", 1, 1),
        ],
        ["施策の概要", (c.summary, 1, 10)],
        [("施策を取り巻く現状", 1, 1), ("例示が減っている。", 1, 10)],
        [("施策実現のための課題", 1, 1), ("１", 1, 1), ("担い手が足りない。", 1, 9)],
        [
            ("各課題に対応した達成目標", 2, 1),
            ("達成目標／課題との対応関係", 1, 4),
            ("達成目標の設定理由", 1, 6),
        ],
        [("目標１（課題１）", 1, 1), (c.goal, 1, 3), ("担い手を増やすため。", 1, 6)],
        *_budget(c, across, rate=True),
        *_grounds(c, across, head=_IMPORTANT, part="関係部分（概要・記載箇所）"),
    ]
    measured: Table = [[("達成目標１について", 1, 2), (c.goal, 1, 9)]]
    extra = across - 3 - 5 - 1
    for one in c.indicators:
        kind = "アウトカム" if one.number % 2 else "アウトプット"
        name = (
            f"指標{c.digits(str(one.number))}\n{one.name}\n（{kind}）"
            if rng.random() < 0.5
            else f"指標{c.digits(str(one.number))}　{one.name}（{kind}）"
        )
        name = name if rng.random() < 0.5 else _wrapped(name, 12)
        assert one.baseline
        measured += [
            [(name, 6, 1), ("指標の選定理由", 1, 2), ("例示の状況が分かるため。", 1, 8)],
            [("目標値（水準・目標年度）の設定の根拠", 1, 2), ("過去の実績を踏まえた。", 1, 8)],
            ["基準値", ("年度ごとの実績値", 1, 5), "目標値", ("主要な指標", 1, 1), ("達成", 1, extra)],
            [
                c.label(one.baseline.year, True),
                *c.labels([v.year for v in one.results]),
                c.label(one.target.year, True),
                ("○", 3, 1),
                (one.mark, 3, extra),
            ],
            [one.baseline.stated, *(v.stated for v in one.results), one.target.stated],
            ["年度ごとの目標値", *(v.stated for v in one.yearly), ""],
        ]
    rest: Table = [
        [
            ("評価結果と今後の方向性", 4, 1),
            ("目標達成度合いの測定結果", 1, 2),
            ("（各行政機関共通区分）", 1, 2),
            (c.verdict, 1, 6),
        ],
        [("総合判定", 1, 2), ("【Ａ】（判定結果）例示は進んでいる。", 1, 8)],
        [("施策の分析", 1, 2), (c.analysis, 1, 8)],
        [("次期目標等への反映の方向性", 1, 2), (c.next, 1, 8)],
    ]
    title = "実績評価書"
    expected = {
        **_head(c, title, number, "厚生労働省"),
        "政策の概要": {"値": c.summary},
        "政策に関係する内閣の重要政策": [one.expected() for one in c.bases],
        "施策目標": [
            {
                "値": c.goal,
                "測定指標": [
                    {**one.expected(), "種別": "アウトカム" if one.number % 2 else "アウトプット"}
                    for one in c.indicators
                ],
            }
        ],
        "目標達成度合いの測定結果": {"判定": c.verdict},
        "施策の分析": {"値": c.analysis},
        "次期目標等への反映の方向性": {"値": c.next},
        "担当部局課室名": [{"値": c.office}],
    }
    expected["政策名"] = {"値": c.name, "番号": place}
    expected["政策の予算額・執行額等"]["執行率"] = rates_expected(c)
    tables = [rows, measured, rest] if rng.random() < 0.5 else [[*rows, *measured, *rest]]
    return Invented(head=[title, f"（{number}）"], tables=tables), expected


def mod(seed: int) -> tuple[Invented, Expected]:
    """Return 防衛省's form: bases as a list, progress in words by year."""
    c = Content(seed)
    across = 8
    c.money_unit = "百万円"
    title = f"{c.digits(era(c.year))}実施施策に係る政策評価書（モニタリング）"
    number = f"防衛省{_short(c.year)}－{c.circled}"
    bases = [(one.name, one.date) for one in c.bases]
    lines = [f"{name}（{c.digits(date)}閣議決定）" for name, date in bases]
    years = [c.year - 1, c.year]
    measured: Table = []
    first = True
    wanted = []
    for one in c.indicators:
        said = [f"●{one.name}のための整備を実施した。（{n}年目）" for n in (1, 2)]
        target = f"{one.name}の体制を整える。"
        head: list[Cell] = [("測定指標", 3 * len(c.indicators), 1)] if first else []
        first = False
        measured += [
            [
                *head,
                (f"{chr(0x2460 + one.number - 1)}{one.name}", 3, 2),
                ("施策の進捗状況", 1, 3),
                ("目標", 1, 2),
            ],
            [c.label(years[0], True), (said[0], 1, 2), (c.label(c.year + 2, True), 1, 2)],
            [c.label(years[1], True), (said[1], 1, 2), (target, 1, 2)],
        ]
        wanted.append(
            {
                "値": one.name,
                "番号": one.number,
                "実績": [{"値": words, "年度": told(year)} for year, words in zip(years, said, strict=True)],
                "目標": [{"値": target, "年度": told(c.year + 2)}],
            }
        )
    rows: Table = [
        ["施策名", (c.name, 1, 7)],
        ["施策の概要", (c.summary, 1, 7)],
        ["達成すべき目標", (f"①{c.goal}\n②例示の体制を強化する。", 1, 7)],
        *_budget(c, across),
        ["施策に関係する内閣の重要政策（施政方針演説等のうち主なもの）", ("\n".join(lines), 1, 7)],
        *measured,
        ["担当部局名", (c.office, 1, 3), "政策評価実施時期", (f"{c.digits(era(c.year + 1))[:-1]}７月", 1, 3)],
    ]
    expected = {
        **_head(c, title, number, "防衛省"),
        "評価対象年度": {"値": told(c.year)},
        "政策の概要": {"値": c.summary},
        "達成すべき目標": {"値": f"①{c.goal}②例示の体制を強化する。"},
        "政策に関係する内閣の重要政策": [{"名称": name, "年月日": date} for name, date in bases],
        "測定指標": wanted,
        "担当部局課室名": [{"値": c.office}],
    }
    return Invented(head=_heading(c, title, number), tables=[rows]), expected


def mlit(seed: int) -> tuple[Invented, Expected]:
    """Return 国土交通省's 個票: one heading over all indicators, marks A to C."""
    c = Content(seed)
    rng = c.rng
    across = 10
    number = f"国土交通省{_short(c.year)}－{c.circled}"
    title = "施策目標個票"
    words = rng.choice(["「おおむね順調である」", "「順調である」"])
    head: Table = [
        ["施策目標", (c.name, 1, 9)],
        ["施策目標の概要及び達成すべき目標", (c.goal, 1, 9)],
        [("施策目標の評価、達成状況及び今後の方向性", 2, 1), ("施策目標の評価", 1, 2), (words, 1, 7)],
        [("施策目標の達成状況及び今後の方向性", 1, 2), (c.next, 1, 7)],
    ]
    years = [v.year for v in c.indicators[0].results]
    base, target = c.year - 5, c.year + 2
    one_head = rng.random() < 0.5
    measured: Table = []
    wanted = []
    group = rng.random() < 0.5
    for place, one in enumerate(c.indicators):
        one.target.year = target
        one.mark = rng.choice(["A", "B", "A－2", "C", "N"])
        assert one.baseline
        one.baseline.year = base
        if place == 0 or not one_head:
            measured += [
                [
                    (rng.choice(["業績指標", "業　績　指　標"]), 2, 2),
                    "初期値",
                    ("実績値", 1, 5),
                    ("評価", 2, 1),
                    "目標値",
                ],
                [c.label(base, True), *c.labels(years), c.label(target, True)],
            ]
        name = f"{chr(0x2460 + place)}{one.name}"
        yearly = rng.random() < 0.5
        measured.append(
            [
                (name, 1 + yearly, 2),
                one.baseline.stated,
                *(v.stated for v in one.results),
                (one.mark, 1 + yearly, 1),
                one.target.stated,
            ]
        )
        if yearly:
            measured.append(["年度ごとの目標値", *(v.stated for v in one.yearly), "-"])
        one.number = place + 1
        wanted.append(one.expected(yearly=yearly))
    expected = {
        "表題": {"値": title},
        "番号": {"値": number},
        "府省庁": {"値": "国土交通省"},
        "政策名": {"値": c.name},
        "達成すべき目標": {"値": c.goal},
        "次期目標等への反映の方向性": {"値": c.next},
        "目標達成度合いの測定結果": {"判定": words},
        "測定指標": wanted,
    }
    money: Table = []
    if group:
        money = _budget(c, across)
        expected["政策の予算額・執行額等"] = c.money_expected()
    return Invented(
        head=[title, f"（{number}）"], tables=[head, measured, *([money] if money else [])]
    ), expected


def npa(seed: int) -> tuple[Invented, Expected]:
    """Return 警察庁's form: 基本目標, 業績目標, 業績指標 with ◎○△."""
    c = Content(seed)
    rng = c.rng
    across = 9
    title = f"{c.digits(era(c.year))}実績評価書"
    number = f"警察庁{_short(c.year)}－{c.circled}"
    measured: Table = []
    wanted = []
    years = [v.year for v in c.indicators[0].results]
    for one in c.indicators:
        one.mark = rng.choice(["◎", "○", "△"])
        goal = f"過去５年間の平均値（{one.target.stated}）以上とする。"
        measured += [
            [(f"業績指標{chr(0x2460 + one.number - 1)}", 4, 1), ("指標", 1, 2), (one.name, 1, 6)],
            [("達成目標", 1, 2), (goal, 1, 6)],
            [("実績", 2, 2), *c.labels(years), ("達成状況", 1, 1)],
            [*(v.stated for v in one.results), one.mark],
        ]
        wanted.append(
            {
                "値": one.name,
                "番号": one.number,
                "実績": [v.expected() for v in one.results if v.stated != "-"],
                "目標": [{"値": goal}],
                "達成": {"判定": one.mark},
            }
        )
    rows: Table = [
        ["基本目標", ("例示の安全と平穏の確保", 1, 8)],
        ["業績目標", (c.name, 1, 8)],
        ["業績目標の説明", (c.summary, 1, 8)],
        *_grounds(c, across, head="業績目標に関係する内閣の重要政策", part="関係部分（抜粋）"),
        *measured,
        [("評価の結果", 3, 1), ("目標達成度合いの測定結果", 1, 2), (c.verdict, 1, 6)],
        [("判断根拠", 1, 2), ("全ての指標を達成した。", 1, 6)],
        [("今後の方向性", 1, 2), (c.next, 1, 6)],
        ["政策所管課", (c.office, 1, 3), "評価実施時期", (f"{c.digits(era(c.year + 1))[:-1]}７月", 1, 4)],
    ]
    expected = {
        "表題": {"値": title},
        "番号": {"値": number},
        "府省庁": {"値": "警察庁"},
        "基本目標": {"値": "例示の安全と平穏の確保"},
        "政策名": {"値": c.name},
        "政策の概要": {"値": c.summary},
        "政策に関係する内閣の重要政策": [one.expected() for one in c.bases],
        "測定指標": wanted,
        "目標達成度合いの測定結果": {"判定": c.verdict},
        "次期目標等への反映の方向性": {"値": c.next},
        "担当部局課室名": [{"値": c.office}],
    }
    return Invented(head=_heading(c, title, number), tables=[rows]), expected


def jizen(seed: int) -> tuple[Invented, Expected]:
    """Return the government's 事前分析表: targets and what they rest on, before results; 達成手段 with their amounts."""
    c = Content(seed)
    title = f"{c.digits(era(c.year))}実施施策に係る政策評価の事前分析表"
    number = f"例示省{_short(c.year)}－{c.circled}"
    rows: Table = [
        ["施策名", (c.name, 1, 4), "担当部局名", (c.office, 1, 2), "作成責任者名", (f"{c.topic}課長", 1, 1)],
        ["施策の概要", (c.summary, 1, 4), "政策体系上の位置付け", (f"政策目標{c.number}", 1, 3)],
        [
            "達成すべき目標",
            (c.goal, 1, 4),
            "目標設定の考え方・根拠",
            ("例示基本法に基づく。", 1, 1),
            "政策評価実施予定時期",
            (f"{c.digits(era(c.year + 1))[:-1]}８月", 1, 1),
        ],
    ]
    rows[1][3] = (f"政策目標{c.number}", 1, 4)
    rows[0][5:] = [(f"{c.topic}課長", 1, 1)]
    measured: Table = [
        [
            ("測定指標", 2, 1),
            ("基準値", 1, 2),
            ("目標値", 1, 2),
            ("年度ごとの目標値", 1, 3),
            ("測定指標の選定理由及び目標値（水準・目標年度）の設定の根拠", 2, 2),
        ],
        ["", "基準年度", "", "目標年度", *c.labels([c.year - 1, c.year, c.year + 1])],
    ]
    wanted = []
    for one in c.indicators:
        assert one.baseline
        yearly = [
            (c._value("件", 50) if "件" in one.target.stated else one.yearly[n].stated, year)
            for n, year in enumerate((c.year - 1, c.year, c.year + 1))
        ]
        said = [text if text != "-" else "－" for text, _ in yearly]
        measured += [
            [
                (f"{c.digits(str(one.number))} {one.name}", 2, 1),
                (one.baseline.stated, 2, 1),
                (c.label(one.baseline.year, True), 2, 1),
                (one.target.stated, 2, 1),
                (c.label(one.target.year, True), 2, 1),
                *said,
                (f"例示計画の目標に合わせた。{one.number}", 2, 2),
            ],
            ["－", "－", "－"],
        ]
        targets = [{"値": one.target.stated, "年度": told(one.target.year)}]
        targets += [
            {"値": text, "年度": told(year), "種類": "年度ごと"}
            for text, (_, year) in zip(said, yearly, strict=True)
            if text != "－"
        ]
        wanted.append({"値": one.name, "番号": one.number, "基準": one.baseline.expected(), "目標": targets})
    expected = {
        "表題": {"値": title},
        "番号": {"値": number},
        "府省庁": {"値": "例示省"},
        "政策名": {"値": c.name},
        "政策の概要": {"値": c.summary},
        "達成すべき目標": {"値": c.goal},
        "測定指標": wanted,
        "担当部局課室名": [{"値": c.office}],
    }
    means_wanted = {
        "番号": "(1)",
        "値": f"{c.topic}事業",
        "開始年度": "平成20年度",
        "額": [
            {"値": value, "年度": told(c.year + back), "区分": stage, "単位": "百万円"}
            for back, stage, value in (
                (-3, "合計", "1,200"),
                (-3, "執行額", "1,100"),
                (-2, "合計", "1,300"),
                (-2, "執行額", "1,250"),
                (-1, "合計", "1,250"),
                (0, "当初予算", "1,400"),
            )
        ],
        "関連する指標": {"値": "1"},
        "概要": {"値": "例示への補助。"},
        "事業番号": {"値": "0123"},
    }
    expected["達成手段"] = [means_wanted]
    means: Table = [
        [
            ("達成手段", 2, 1),
            ("予算額計（執行額）", 1, 3),
            (f"{_short(c.year)}年度\n当初予算額", 2, 1),
            ("関連する指標", 2, 1),
            ("達成手段の概要等", 2, 3),
            ("行政事業レビュー事業番号", 2, 1),
        ],
        [*(c.label(year, True) for year in (c.year - 3, c.year - 2, c.year - 1))],
        [
            f"(1) {c.topic}事業\n（平成20年度）",
            "1,200百万円\n（1,100百万円）",
            "1,300百万円\n（1,250百万円）",
            "1,250百万円",
            "1,400百万円",
            "1",
            ("例示への補助。", 1, 3),
            "0123",
        ],
    ]
    return Invented(head=_heading(c, title, number), tables=[rows, measured, means]), expected


FORMS: dict[str, Callable[[int], tuple[Invented, Expected]]] = {
    "standard": standard,
    "soumu": soumu,
    "mhlw": mhlw,
    "mod": mod,
    "mlit": mlit,
    "npa": npa,
    "jizen": jizen,
}
