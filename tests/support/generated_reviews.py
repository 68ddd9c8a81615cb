"""Invented 行政事業レビューシート of 2012 to 2023, and 政策評価調書 of budget requests."""

from __future__ import annotations

from typing import Any

from support.generated_sheets import Content, Expected, Table, era, told
from support.invented_sheets import Cell, Invented

_MODERN = 2014


def review(seed: int) -> tuple[Invented, Expected]:
    """Return a review sheet; what changed in 2014 (rows of carry-overs and of targets) goes by its year."""
    c = Content(seed)
    rng = c.rng
    c.year = rng.choice([2012, 2013, 2015, 2017, 2018, 2020, 2021, 2022])
    c.year_style = rng.choice(["bare", "first"])
    c.wide = False
    modern = c.year >= _MODERN
    number = f"{rng.randint(1, 400):04}" if c.year < 2021 else f"{c.year} 例示 22 {rng.randint(1, 400):04}"
    name = f"{c.topic}推進事業"
    title = f"{era(c.year)[:-1]}行政事業レビューシート"
    plans = [(one.name, one.date) for one in c.bases]
    plan_cell = "\n".join(f"{plan}（{date}閣議決定）" for plan, date in plans)
    across = 12
    years = list(range(c.year - 3, c.year + 2))
    labels = [era(year, "bare") for year in years]
    labels[-1] += rng.choice(["要求", "概算要求", "要求"])
    rows: Table = [
        ["事業名", (name, 1, 5), "担当部局庁", ("例示局", 1, 2), ("作成責任者", 1, 3)],
        [
            rng.choice(["事業開始年度", "事業開始・\n終了(予定)年度"]),
            ("平成20年度" if modern else "平成20年度～平成30年度", 1, 5),
            "担当課室",
            (f"{c.topic}課", 1, 2),
            (f"{c.topic}課長　架空 四郎", 1, 3),
        ],
        ["会計区分", ("一般会計", 1, 5), rng.choice(["政策・施策名", "施策名"]), (c.name, 1, 5)],
        [
            rng.choice(["根拠法令\n（具体的な条項も記載）", "根拠法令（具体的な\n条項も記載）"]),
            ("例示基本法第３条第１項", 1, 5),
            "関係する計画、\n通知等",
            (plan_cell, 1, 5),
        ],
    ]
    if modern:
        rows.append(["主要政策・施策", ("例示地方創生", 1, 5), "主要経費", ("その他の事項経費", 1, 5)])
    rows += [
        ["事業の目的\n（目指す姿を簡潔に。3行程度以内）", (c.goal, 1, 11)],
        ["事業概要\n（5行程度以内。別添可）", (c.summary, 1, 11)],
        ["実施方法", ("委託・請負、補助", 1, 11)],
    ]
    if rng.random() < 0.5:
        rows[-1] = ["実施方法", ("□直接実施　■委託・請負　■補助　□負担　□交付", 1, 11)]
    money: list[Expected] = []
    stages = (
        ["当初予算", "補正予算"]
        + (["前年度から繰越し", "翌年度へ繰越し", "予備費等"] if modern else ["繰越し等"])
        + ["計"]
    )
    grid: dict[tuple[str, int], str] = {}
    for year in years:
        initial = rng.randint(50, 4000)
        parts = {"当初予算": initial}
        if year < years[-1]:
            for stage in stages[1:-1]:
                parts[stage] = rng.choice(
                    [0, 0, rng.randint(-40, 0) if stage == "翌年度へ繰越し" else rng.randint(0, 90)]
                )
        total = sum(parts.values())
        for stage in stages[:-1]:
            value = parts.get(stage)
            grid[stage, year] = (
                "" if value is None else rng.choice(["-", "0"]) if value == 0 else c._amount(value)
            )
        grid["計", year] = c._amount(total)
        if year < c.year:
            done = int(total * rng.uniform(0.5, 1))
            grid["執行額", year] = f"{done:,}"
            grid["執行率", year] = f"{done / total:.0%}"
    wide = across - 3 - 4
    head: list[Cell] = [("予算額・\n執行額\n（単位：百万円）", len(stages) + 3, 1), ("", 1, 2)]
    rows.append([*head, *labels[:-1], (labels[-1], 1, wide)])
    for place, stage in enumerate(stages):
        first: list[Cell] = [("予算の状況", len(stages), 1)] if place == 0 else []
        rows.append([*first, stage, *(grid[stage, y] for y in years[:-1]), (grid[stage, years[-1]], 1, wide)])
    rows.append([("執行額", 1, 2), *(grid.get(("執行額", y), "") for y in years[:-1]), ("", 1, wide)])
    rows.append([("執行率（％）", 1, 2), *(grid.get(("執行率", y), "") for y in years[:-1]), ("", 1, wide)])
    for year in years:
        for stage in [*stages, "執行額"]:
            value = grid.get((stage, year), "")
            if value in ("", "-"):
                continue
            if year == years[-1]:
                if stage == "当初予算":
                    money.append({"年度": told(year), "区分": "要求額", "値": value})
                continue
            money.append({"年度": told(year), "区分": {"計": "合計"}.get(stage, stage), "値": value})
    outcomes, outputs = [], []
    result_years = years[:3]
    head_years = [era(year, "bare") for year in result_years]
    for one in c.indicators[:2]:
        unit = rng.choice(["人", "件", "％", "施設"])
        name_of = f"{one.name}"
        values = [f"{rng.randint(10, 900):,}" for _ in result_years]
        targets = [f"{rng.randint(10, 900):,}" for _ in result_years]
        final, final_year = f"{rng.randint(900, 1200):,}", c.year + 2
        degrees = [f"{rng.randint(50, 120)}" for _ in result_years]
        if modern:
            goal = f"{one.name}を{final_year}年度までに{final}とする"
            rows += [
                [
                    (
                        rng.choice(
                            ["成果目標及び成果実績\n（アウトカム）", "成果目標及び\n成果実績（アウトカム）"]
                        ),
                        4,
                        1,
                    ),
                    ("定量的な成果目標", 1, 2),
                    ("成果指標", 1, 2),
                    "",
                    "単位",
                    *head_years,
                    ("中間目標\n-年度", 1, 1),
                    (f"目標最終年度\n{era(final_year, 'bare')}", 1, 1),
                ],
                [(goal, 3, 2), (name_of, 3, 2), "成果実績", unit, *values, "-", "-"],
                ["目標値", unit, *targets, "-", final],
                ["達成度", "％", *degrees, "-", "-"],
            ]
            outcomes.append(
                {
                    "値": name_of,
                    "成果目標": {"値": goal},
                    "単位": {"値": unit},
                    "実績": [{"値": v, "年度": told(y)} for v, y in zip(values, result_years, strict=True)],
                    "目標": [
                        {"値": v, "年度": told(y)}
                        for v, y in zip([*targets, final], [*result_years, final_year], strict=True)
                    ],
                    "達成度": [
                        {"値": v, "年度": told(y)} for v, y in zip(degrees, result_years, strict=True)
                    ],
                }
            )
        else:
            rows += [
                [
                    ("成果目標及び成果実績\n（アウトカム）", 3, 1),
                    ("成果指標", 1, 4),
                    "",
                    "単位",
                    *head_years,
                    (f"目標値\n（{era(final_year, 'bare')}）", 1, 2),
                ],
                [(name_of, 2, 4), "成果実績", unit, *values, (final, 1, 2)],
                ["達成度", "％", *degrees, ("", 1, 2)],
            ]
            outcomes.append(
                {
                    "値": name_of,
                    "単位": {"値": unit},
                    "実績": [{"値": v, "年度": told(y)} for v, y in zip(values, result_years, strict=True)],
                    "目標": [{"値": final, "年度": told(final_year)}],
                    "達成度": [
                        {"値": v, "年度": told(y)} for v, y in zip(degrees, result_years, strict=True)
                    ],
                }
            )
    unit = rng.choice(["回", "件"])
    done = [f"{rng.randint(10, 900):,}" for _ in result_years]
    planned = [f"{rng.randint(10, 900):,}" for _ in [*result_years, c.year]]
    output = f"{c.topic}の実施{unit}数"
    # Since 2021 the sheets say what an activity aims at, too.
    aimed = f"{c.topic}を計画どおりに行う。" if c.year >= 2021 else ""
    future = f"{era(c.year, 'bare')}{rng.choice(['活動見込', '活動見込み'])}"
    rows += [
        [
            (
                rng.choice(
                    [
                        "活動指標及び活動実績\n（アウトプット）",
                        f"活動{'目標' if aimed else '指標'}及び\n活動実績（アウトプット）",
                    ]
                ),
                3,
                1,
            ),
            *([("活動目標", 1, 2), ("活動指標", 1, 2)] if aimed else [("活動指標", 1, 4)]),
            "",
            "単位",
            *head_years,
            (future, 1, 2),
        ],
        [
            *([(aimed, 2, 2), (output, 2, 2)] if aimed else [(output, 2, 4)]),
            "活動実績",
            unit,
            *done,
            ("-", 1, 2),
        ],
        ["当初見込み", unit, *planned[:-1], (planned[-1], 1, 2)],
    ]
    outputs.append(
        {
            "値": output,
            **({"活動目標": {"値": aimed}} if aimed else {}),
            "単位": {"値": unit},
            "実績": [{"値": v, "年度": told(y)} for v, y in zip(done, result_years, strict=True)],
            "当初見込み": [
                {"値": v, "年度": told(y)} for v, y in zip(planned, [*result_years, c.year], strict=True)
            ],
        }
    )
    opinion, team, answer = (
        f"{c.topic}の効果を検証すること。",
        "事業内容の一部改善",
        f"{c.topic}の効果を検証する。",
    )
    rows += [
        ["単位当たりコスト", ("1,234（円／件）", 1, 5), "算出根拠", ("執行額／件数", 1, 5)],
        [("外部有識者の所見", 1, 2), (opinion, 1, 10)],
        [("行政事業レビュー推進チームの所見", 1, 2), (team, 1, 2), ("一層の効率化を図ること。", 1, 8)],
        [("所見を踏まえた改善点／概算要求における反映状況", 1, 2), ("執行等改善", 1, 2), (answer, 1, 8)],
        ["備考", ("", 1, 11)],
        [("関連する過去のレビューシートの事業番号", 1, 12)],
        ["平成22年", ("0100", 1, 3), "平成23年", ("0110", 1, 3), "平成24年度", ("0120", 1, 3)],
    ]
    flow_rows, flow = _money_flow(c.topic)
    rows += flow_rows
    payees: list[Expected] = []
    spent: Table = []
    firms = ["例示工業株式会社", "架空大学", "株式会社仮想通信", "一般社団法人例示協会"]
    with_number = c.year >= 2016
    for block in ("A", "B"):
        spent.append([(f"{block}.", 1, 12)])
        spent.append(
            [
                "",
                ("支出先", 1, 3),
                *([("法人番号", 1, 2)] if with_number else []),
                ("業務概要", 1, 3 if with_number else 5),
                ("支出額\n（百万円）", 1, 1),
                ("入札者数", 1, 1),
                ("落札率", 1, 1),
            ]
        )
        for place, firm in enumerate(rng.sample(firms, 2), start=1):
            amount = (
                f"{rng.randint(1, 300)}.{rng.randint(0, 9)}"
                if rng.random() < 0.5
                else str(rng.randint(1, 300))
            )
            corporate = str(rng.randint(10**12, 10**13 - 1))
            rate = rng.choice(["98.5％", "-"])
            spent.append(
                [
                    str(place),
                    (firm, 1, 3),
                    *([(corporate, 1, 2)] if with_number else []),
                    (f"{c.topic}の実施", 1, 3 if with_number else 5),
                    amount,
                    "2",
                    rate,
                ]
            )
            row: Expected = {
                "支出先": firm,
                "ブロック": block,
                "業務概要": {"値": f"{c.topic}の実施"},
                "支出額": {"値": amount, "単位": "百万円"},
                "入札者数": {"値": "2"},
            }
            if with_number:
                row["法人番号"] = {"値": corporate}
            if rate != "-":
                row["落札率"] = {"値": rate}
            payees.append(row)
    costs: Table = [
        [("A.例示工業株式会社", 1, 6), ("B.架空大学", 1, 6)],
        ["費目", ("使途", 1, 4), "金額\n（百万円）", "費目", ("使途", 1, 4), "金額\n（百万円）"],
        ["人件費", ("調査員の給与", 1, 4), "30", "物品費", ("機材の購入", 1, 4), "12"],
        ["旅費", ("現地調査", 1, 4), "5", "その他", ("会場費", 1, 4), "3"],
        ["計", ("", 1, 4), "35", "計", ("", 1, 4), "15"],
    ]
    uses = [
        {
            "値": "人件費",
            "ブロック": "A",
            "使途": {"値": "調査員の給与"},
            "金額": {"値": "30", "単位": "百万円"},
        },
        {"値": "旅費", "ブロック": "A", "使途": {"値": "現地調査"}, "金額": {"値": "5", "単位": "百万円"}},
        {
            "値": "物品費",
            "ブロック": "B",
            "使途": {"値": "機材の購入"},
            "金額": {"値": "12", "単位": "百万円"},
        },
        {"値": "その他", "ブロック": "B", "使途": {"値": "会場費"}, "金額": {"値": "3", "単位": "百万円"}},
    ]
    expected: Expected = {
        "表題": {"値": title},
        "事業番号": {"値": number},
        "府省庁": {"値": "例示省"},
        "公開年度": {"値": told(c.year)},
        "事業名": {"値": name},
        "担当部局庁": {"値": "例示局"},
        "担当課室": {"値": f"{c.topic}課"},
        "作成責任者": {"値": f"{c.topic}課長　架空 四郎"},
        "会計区分": {"値": "一般会計"},
        "政策・施策名": {"値": c.name},
        "根拠法令": {"値": "例示基本法第３条第１項"},
        "関係する計画、通知等": [{"名称": plan, "年月日": date} for plan, date in plans],
        "事業の目的": {"値": c.goal},
        "事業概要": {"値": c.summary},
        "予算額・執行額": {
            "単位": "百万円",
            "欄": money,
            "執行率": [{"値": grid["執行率", y], "年度": told(y)} for y in years if ("執行率", y) in grid],
        },
        "資金の流れ": flow,
        "成果目標及び成果実績（アウトカム）": outcomes,
        "活動指標及び活動実績（アウトプット）": outputs,
        "外部有識者の所見": {"値": opinion},
        "行政事業レビュー推進チームの所見": {"判定": team, "値": "一層の効率化を図ること。"},
        "所見を踏まえた改善点／概算要求における反映状況": {"判定": "執行等改善", "値": answer},
        "費目・使途": uses,
        "支出先上位10者リスト": payees,
    }
    if modern:
        expected["主要政策・施策"] = {"値": "例示地方創生"}
    top: Table = [["事業番号", (number, 1, 11)]]
    heading = [f"{title}（例示省）"] if rng.random() < 0.5 else [title, "（例示省）"]
    return Invented(head=heading, tables=[[*top, *rows], costs, spent]), expected


def _money_flow(topic: str) -> tuple[Table, list[Expected]]:
    """Return the drawing of where the money goes, as cells between empty ones, and what it says."""
    work = f"（{topic}の実施）"
    rows: Table = [
        [
            ("資金の流れ\n（資金の受け取り先が何を行っているかについて補足する）\n（単位：百万円）", 5, 1),
            ("", 1, 3),
            ("例示省\n1,234百万円", 1, 3),
            ("", 1, 5),
        ],
        [("", 1, 3), ("↓", 1, 3), ("", 1, 5)],
        [("【委託・総合評価】", 1, 4), ("", 1, 1), ("【補助】", 1, 4), ("", 1, 2)],
        [
            ("A. 例示工業株式会社\n300.5百万円", 1, 4),
            ("", 1, 1),
            ("Ｂ．架空大学ほか\n（３機関）\n12百万円", 1, 4),
            ("", 1, 2),
        ],
        [(work, 1, 4), ("", 1, 1), ("［会場の設営］", 1, 4), ("", 1, 2)],
    ]
    blocks = [
        {"値": "例示省", "額": {"値": "1,234", "単位": "百万円"}},
        {
            "値": "例示工業株式会社",
            "ブロック": "A",
            "額": {"値": "300.5", "単位": "百万円"},
            "方式": {"値": "委託・総合評価"},
            "業務": {"値": work},
        },
        {
            "値": "架空大学ほか（３機関）",
            "ブロック": "B",
            "額": {"値": "12", "単位": "百万円"},
            "方式": {"値": "補助"},
            "業務": {"値": "［会場の設営］"},
        },
    ]
    return rows, blocks


def request(seed: int) -> tuple[Invented, Expected]:
    """Return a 政策評価調書（個別票１）: amounts by year, the request, and how the evaluation is reflected."""
    c = Content(seed)
    rng = c.rng
    years = [c.year - 3, c.year - 2, c.year - 1, c.year, c.year + 1]
    labels = [era(y, "bare") if rng.random() < 2 else "" for y in years]
    labels[0] = era(years[0])
    if 2019 in years[1:]:
        labels[years.index(2019)] = era(2019)
    labels[-1] += "概算要求額"
    rows: Table = [
        ["政策名", (c.name, 1, 5), "番号", (c.circled, 1, 1)],
        [
            "評価方式",
            ("総合・実績・事業", 1, 2),
            ("政策目標の達成度合い", 1, 2),
            ("モニタリングのみのため記載できない", 1, 3),
        ],
        [("", 1, 3), *labels],
    ]
    money = []
    wanted = {
        "当初予算": "当 初 予 算 （千円）",
        "補正予算": "補 正 予 算 （千円）",
        "繰越し等": "繰 越 し 等 （千円）",
        "合計": "計（千円）",
    }
    grid: dict[tuple[str, int], str] = {}
    for year in years:
        initial, extra, carried = (
            rng.randint(1000, 900_000),
            rng.choice([0, rng.randint(-900, 900)]),
            rng.choice([0, rng.randint(-900, 900)]),
        )
        grid["当初予算", year] = c._amount(initial)
        if year < c.year:
            grid["補正予算", year], grid["繰越し等", year] = c._amount(extra), c._amount(carried)
            grid["合計", year] = c._amount(initial + extra + carried)
            grid["執行額", year] = c._amount(int(initial * 0.9))
    for place, (stage, label) in enumerate(wanted.items()):
        first: list[Cell] = [("予\n算\nの\n状\n況", 4, 1)] if place == 0 else []
        rows.append([*first, (label, 1, 2), *(grid.get((stage, y), "") for y in years)])
    rows.append([("執 行 額（千円）", 1, 3), *(grid.get(("執行額", y), "") for y in years)])
    rows.append([("政策評価結果の概算要求への反映状況", 1, 3), (c.next, 1, 5)])
    for (stage, year), value in grid.items():
        money.append({"年度": told(year), "区分": "要求額" if year == years[-1] else stage, "値": value})
    expected = {
        "表題": {"値": "政策評価調書(個別票1)"},
        "政策名": {"値": c.name, "番号": c.circled},
        "評価方式": {"値": "総合・実績・事業"},
        "政策目標の達成度合い": {"値": "モニタリングのみのため記載できない"},
        "政策の予算額・執行額等": {"単位": "千円", "欄": money},
        "政策評価結果の概算要求への反映状況": {"値": c.next},
    }
    return Invented(
        head=["別紙10-3", "政策評価調書（個別票１）", "【政策ごとの予算額等】"], tables=[rows]
    ), expected


def items(seed: int) -> tuple[Invented, Expected]:
    """Return a 政策評価調書（個別票２）: the budget items of a policy."""
    c = Content(seed)
    rng = c.rng
    before, after = era(c.year, "bare") + "\n当初予算額", era(c.year + 1, "bare") + "\n概算要求額"
    rows: Table = [
        ["政策名", (c.name, 1, 5), "番号", c.circled],
        [("", 2, 1), ("予算科目", 1, 5), ("予算額（千円）", 1, 2)],
        ["整理番号", "会計", "組織／勘定", "項", "事項", before, after],
    ]
    wanted = []
    count = rng.randint(2, 3)
    for place in range(1, count + 1):
        organ, item = rng.choice(["例示本省", "在外例示所"]), f"{rng.choice(['例示推進費', '例示振興費'])}"
        matter = f"{c.topic}に必要な経費その{place}"
        values = [f"{rng.randint(1000, 90000):,}" for _ in range(2)]
        first: list[Cell] = [("対応表において●となっているもの", count, 1)] if place == 1 else []
        rows.append([*first, f"●{place}", "一般", organ, item, matter, *values])
        wanted.append(
            {
                "値": matter,
                "整理番号": {"値": f"●{place}"},
                "会計": {"値": "一般"},
                "組織／勘定": {"値": organ},
                "項": {"値": item},
                "額": [
                    {"値": values[0], "年度": told(c.year), "区分": "当初予算", "単位": "千円"},
                    {"値": values[1], "年度": told(c.year + 1), "区分": "要求額", "単位": "千円"},
                ],
            }
        )
    rows.append(["", ("小計", 1, 5), "99,999", "88,888"])
    expected = {
        "表題": {"値": "政策評価調書(個別票2)"},
        "政策名": {"値": c.name, "番号": c.circled},
        "予算科目": wanted,
    }
    return Invented(head=["別紙10-3", "政策評価調書（個別票２）"], tables=[rows]), expected


FORMS: dict[str, Any] = {"review": review, "request": request, "items": items}
