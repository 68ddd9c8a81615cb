"""An invented policy as a network in the shape that ``konkyo.graph.network`` hands over: no real ministry, no real plan."""

from __future__ import annotations

import networkx as nx

ID = "https://w3id.org/konkyo/id/"
MEASURE = ID + "measure/kaiyou/kansoku"
HOSTILE = "</script><img src=x onerror=alert(1)>"
SURE = {
    "plain": {"ja": "明文", "en": "plain"},
    "layout": {"ja": "表の配置からの読み取り", "en": "read from the layout"},
}
RULE = {
    "ja": "施策を経る根拠：節が施策の根拠であれば、その目標と指標の根拠でもある",
    "en": "Through the measure: what justifies a measure justifies its objectives and indicators",
}


def proof(first: int, last: int, words: str | None, sure: str = "layout") -> dict[str, object]:
    return {
        "source": "海洋省24-⑦ 評価書",
        "place": f"L{first}-{last}" if last > first else f"L{first}",
        "words": words,
        "certainty": SURE[sure],
    }


class _Builder:
    def __init__(self) -> None:
        self.graph = nx.MultiDiGraph(
            title={
                "ja": "施策「海洋観測分野における国際連携の推進」の根拠",
                "en": "What justifies “International cooperation in ocean observation”",
            },
            focus=None,
            note={
                "ja": "導出のつながりははじめ隠しています。",
                "en": "Derived links are hidden at the start.",
            },
        )

    def node(self, slug, kind, layer, ja, en=None, *, facts=(), evidence=(), url=None) -> str:
        key = ID + slug
        self.graph.add_node(
            key,
            kind=kind,
            label={"ja": ja, "en": en},
            layer=layer,
            facts=[{"name": {"ja": a, "en": b}, "text": {"ja": c, "en": d}} for a, b, c, d in facts],
            evidence=list(evidence),
            url=url,
        )
        return key

    def edge(self, start, end, relation, ja, en, level=None, **more) -> None:
        self.graph.add_edge(
            start,
            end,
            relation=relation,
            label={"ja": ja, "en": en},
            level=level,
            rule=more.get("rule"),
            reason=more.get("reason"),
            author=more.get("author"),
            evidence=more.get("evidence", []),
        )


# Strategy, editions, and sections as (number, title, sections below it).
_STRATEGIES = [
    ("shin-kaiyou", "新海洋立国戦略", "New Maritime Nation Strategy", ["2019-06-18"],
     [("3", "第3章　強みを生かす海の成長分野", [("3.2", "（２）太平洋島しょ国との経済連携")]),
      ("4", "成長を支える観測の基盤", [("4.5", "（５）科学・技術・海洋情報立国")])]),
    ("kansoku", "新たな海洋観測技術戦略", "Ocean Observation Technology Strategy", ["2019-05-11"],
     [("2", "Ⅱ．三つの柱と目標", [("2.3", "３．新しい市場の創出と国際展開")])]),
    ("kansoku-koutei", "新たな海洋観測技術戦略　工程表", "Ocean Observation Technology Strategy: Roadmap",
     ["2019-06-22", "2020-08-03"],
     [("3", "３．新しい市場の創出と国際展開",
       [("3.1", "（１）環境技術と観測技術の融合による低炭素な海上輸送の実現、研究開発等の推進"),
        ("3.5", "（５）官民一体の体制整備による国際標準の獲得・展開及び輸出・投資の促進")])]),
    ("saisei", "海洋再生の基本方針", "Basic Policy for Reviving the Seas", ["2020-12-24"],
     [("4", "４．戦略の実行加速と強化・再設計",
       [("4.1", "（１）更なる成長力強化のための取組（海洋フロンティアの開拓）"),
        ("4.3", "（３）世界における日本の存在感の強化")])]),
]  # fmt: skip

_INDICATORS = [
    ("1", "a", "二国間での定期協議、政策協議、国際機関等における会議への参画及び意見交換の実施状況",
     "Bilateral and multilateral meetings held", "7回", "7回程度", "35回"),
    ("2", "a", "海洋観測に関する途上国との協力関係の構築状況", "Countries with which cooperation was built",
     "7カ国", "7カ国以上", "38カ国"),
    ("3", "a", "海洋観測に関する人材育成セミナー等の受講者数", "People trained in seminars", "100人", "100人以上", "225人"),
    ("4", "b", "海外におけるセミナー・シンポジウムの開催、調査団派遣等の実施状況", "Seminars and missions abroad", None, None, None),
    ("5", "b", "観測機器の海外展開の実施状況", "Export of observation instruments", "―", "案件を決定し実施", "8件実施"),
]  # fmt: skip


def sample_graph() -> nx.MultiDiGraph:
    """42 nodes; 56 derived and 4 interpreted edges among them."""
    b = _Builder()
    b.node("org/kaiyou", "Organization", 4, "海洋省", "Ministry of the Sea")
    b.node(
        "org/kaiyou/kokusai",
        "Organization",
        4,
        "海洋省 国際観測局 国際政策課",
        "International Policy Division",
    )
    b.edge(ID + "org/kaiyou", ID + "org/kaiyou/kokusai", "hasUnit", "部局", "has unit")

    b.node(
        "measure/kaiyou/kansoku", "Measure", 5, "海洋観測分野における国際連携の推進",
        "Promotion of international cooperation in ocean observation",
        facts=[("番号", "Number", "政策7", "政策7"), ("評価年度", "Fiscal year", "平成32年度", "FY2020"),
               ("当初予算", "Initial budget", "2,880,489,000円（平成32年度）", "2,880,489,000 yen (FY2020)"),
               ("分野", "Field", "海洋観測", "Ocean observation")],
        evidence=[proof(75, 75, "政策7：海洋観測分野における国際連携の推進", "plain")],
    )  # fmt: skip
    b.edge(
        ID + "org/kaiyou",
        MEASURE,
        "responsible",
        "所管",
        "responsible for",
        evidence=[proof(3, 3, "海洋省", "plain")],
    )
    b.edge(ID + "org/kaiyou/kokusai", MEASURE, "responsible", "担当", "responsible for")

    sections: list[str] = []
    for slug, ja, en, dates, chapters in _STRATEGIES:
        strategy = b.node(f"strategy/{slug}", "Strategy", 0, ja, en)
        for date in dates:
            edition = b.node(
                f"strategy/{slug}/{date}", "Edition", 1, f"{ja}（{date}）", f"{en} ({date})",
                facts=[("決定日", "Issued", date, date)], evidence=[proof(134, 146, ja)],
                url=f"https://www.example.go.jp/{slug}/{date}.pdf",
            )  # fmt: skip
            b.edge(strategy, edition, "hasVersion", "版", "edition")
        for number, title, parts in chapters:
            chapter = b.node(f"strategy/{slug}/{dates[-1]}/s-{number}", "Section", 2, title)
            b.edge(edition, chapter, "hasPart", "部分", "part")
            for part, words in parts:
                section = b.node(
                    f"strategy/{slug}/{dates[-1]}/s-{part}", "Section", 3, words,
                    facts=[("番号", "Number", part, part)], evidence=[proof(138, 144, words)],
                )  # fmt: skip
                b.edge(chapter, section, "hasPart", "部分", "part")
                b.edge(section, MEASURE, "justifies", "根拠づける", "justifies", "stated",
                       evidence=[proof(138, 144, words)])  # fmt: skip
                sections.append(section)
    # The older edition of the roadmap has parts of its own, which the sheet does not cite.
    old = ID + "strategy/kansoku-koutei/2019-06-22"
    for number in (1, 2):
        b.edge(old, b.node(f"strategy/kansoku-koutei/2019-06-22/s-{number}", "Section", 2,
                           f"{'１２'[number - 1]}．{'観測網の整備' if number == 1 else '人材の育成'}"),
               "hasPart", "部分", "part")  # fmt: skip

    goals = []
    for slug, ja, en in (
        ("basic", "海の観測を通じて、国際社会の安全と繁栄に貢献する", "Contribute to safety and prosperity through ocean observation"),
        ("a", "二国間・多国間等の枠組みによる国際的な課題を解決するための協調及び貢献の推進により、"
         "地球規模の高度な海洋観測網をもつ社会の実現へ貢献する", "Objective A: cooperate and contribute in bilateral and multilateral frameworks"),
        ("b", "海洋観測分野における国際競争力強化に向けた海外展開支援等の推進により、"
         "地球規模の高度な海洋観測網をもつ社会の実現へ貢献する", "Objective B: support going abroad for competitiveness in ocean observation"),
    ):  # fmt: skip
        goal = b.node(f"objective/kaiyou-24-07/{slug}", "Objective", 6, ja, en, evidence=[proof(4, 9, ja)],
                      facts=[("結果", "Result", "目標を達成", "achieved")])  # fmt: skip
        b.edge(MEASURE, goal, "hasObjective", "目標", "objective")
        goals.append(goal)
    indicators = []
    for number, goal, ja, en, base, target, result in _INDICATORS:
        facts = [("番号", "Number", number, number)]
        if base:
            facts += [
                ("基準値", "Baseline", base, base),
                ("目標値", "Target", target, target),
                ("実績値", "Result", result, result),
            ]
        key = b.node(f"indicator/kaiyou-24-07/{number}", "Indicator", 7, ja, en, facts=facts,
                     evidence=[proof(11, 17, ja), proof(100, 101, target)])  # fmt: skip
        b.edge(ID + f"objective/kaiyou-24-07/{goal}", key, "hasIndicator", "指標", "indicator")
        indicators.append(key)
    for slug, ja, en in (
        ("seminars", "セミナー等の開催回数", "Seminars held"),
        ("missions", "調査団の派遣回数", "Missions sent"),
    ):
        part = b.node(f"indicator/kaiyou-24-07/4-{slug}", "Indicator", 8, ja, en,
                      facts=[("目標値", "Target", "4回程度", "about 4")], evidence=[proof(103, 106, "4回程度")])  # fmt: skip
        b.edge(ID + "indicator/kaiyou-24-07/4", part, "hasPart", "部分", "part")

    for slug, name, report in (
        ("tenkai", "海洋観測の国際展開の在り方に関する懇談会", "国際展開の在り方に関する懇談会　報告書（2020-07）"),
        ("shingikai", "海洋情報審議会　基本戦略ボード", "諮問第7号　答申　～開かれた海の戦略～（2021-07-25）"),
        ("machi", "海を活かした街づくりに関する懇談会", "海を活かした街づくりに関する懇談会　報告書（2021-07-04）"),
    ):  # fmt: skip
        panel = b.node(f"panel/{slug}", "Panel", 0, name)
        edition = b.node(f"report/{slug}/1", "Edition", 1, report, url=f"https://www.example.go.jp/{slug}.html",
                         evidence=[proof(224, 233, report, "plain")])  # fmt: skip
        b.edge(panel, edition, "produced", "作成", "produced", evidence=[proof(235, 239, None, "plain")])
        b.edge(edition, MEASURE, "takenUp", "活用", "taken up", "stated",
               evidence=[proof(250, 250, "提言を評価書の作成に当たり参考とした", "plain")])  # fmt: skip

    for section in sections:
        for end in (*goals, *indicators):
            b.edge(
                section,
                end,
                "justifies",
                "根拠づける",
                "justifies",
                "derived",
                rule=RULE,
                evidence=[proof(138, 144, None)],
            )
    for section, end, ja, en in (
        (sections[0], indicators[1], "島しょ国との連携を掲げており、協力国の数を直接に測る指標と対応する。",
         "It calls for partnership with island states, which the number of countries measures."),
        (sections[1], indicators[2], "人材の育成を掲げており、受講者数と対応する。", "It calls for training, which the number of people trained measures."),
        (sections[4], indicators[4], "輸出の促進を掲げており、機器の海外展開と対応する。", "It calls for exports of instruments."),
        (sections[6], goals[1], "世界における存在感の強化は、国際的な協調と貢献を通じて図られる。", "Presence in the world grows by cooperation."),
    ):  # fmt: skip
        b.edge(section, end, "justifies", "根拠づける", "justifies", "interpreted",
               reason={"ja": ja, "en": en}, author="konkyo編集者", evidence=[proof(138, 144, None)])  # fmt: skip
    return b.graph


def hostile_graph() -> nx.MultiDiGraph:
    """The sample with text that would like to be code, in every place that text can stand."""
    graph = sample_graph()
    graph.graph["title"] = {"ja": f"題 {HOSTILE}", "en": f"title {HOSTILE}"}
    graph.graph["note"] = {"ja": f"注 {HOSTILE}", "en": f"note {HOSTILE}"}
    both = {"ja": HOSTILE, "en": HOSTILE}
    proofs = [{"source": HOSTILE, "place": HOSTILE, "words": HOSTILE, "certainty": both}]
    graph.add_node(
        "javascript:alert(1)//</script><script>alert(1)</script>", kind="<b>Kind</b>", label=both, layer=4,
        facts=[{"name": both, "text": both}], evidence=proofs, url="javascript:alert(document.domain)",
    )  # fmt: skip
    graph.add_node("__proto__", kind="constructor", label={"ja": "\u2028<!--<script>", "en": None}, layer=4,
                   facts=[], evidence=[], url="data:text/html,<script>alert(1)</script>")  # fmt: skip
    graph.add_edge(
        "javascript:alert(1)//</script><script>alert(1)</script>", MEASURE, relation=HOSTILE, label=both,
        level="interpreted", rule=both, reason=both, author=HOSTILE, evidence=proofs,
    )  # fmt: skip
    return graph
