"""The graph of 総務省23-⑮ holds every fact of the reading note, as surely as the note holds it, and no more.

All figures here are written from the note, not from the graph.
"""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest

from konkyo.model.namespaces import GRAPH, ID, PREFIXES, C, expand
from konkyo.store import EmbeddedStore
from support.rdflib_store import RdflibStore

HEAD = "".join(f"PREFIX {key}: <{value}>\n" for key, value in PREFIXES.items())
SHEET = ID + "sheet/soumu-23-15"
# What readers of other issues add must not change these counts: only the sheet's own graphs are asked.
DATA = [
    GRAPH + name for name in ("soumu-23-15", "interpretations/soumu-23-15", "strategies", "organizations")
]


def rows(store: EmbeddedStore | RdflibStore, text: str) -> list[tuple[str | None, ...]]:
    answer = store.select(HEAD + text)
    names = [variable.value for variable in answer.variables]
    return sorted(
        (tuple(short(row[name]) for name in names) for row in answer),
        key=lambda row: [item or "" for item in row],
    )


def short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str | None:
    if term is None:
        return None
    assert not isinstance(term, ox.BlankNode | ox.Triple)
    return term.value.removeprefix(ID).removeprefix(C)


@pytest.fixture(scope="module")
def measure(built_store: EmbeddedStore) -> str:
    ((iri,),) = rows(built_store, "SELECT ?m { ?m a kk:Measure }")
    assert iri is not None
    return iri


def lines_of(store: EmbeddedStore, iri: str) -> list[tuple[int, int]]:
    """Return the lines of the evidence of a node, sorted."""
    found = rows(
        store,
        f"""SELECT DISTINCT ?f ?l {{
            <{ID}{iri}> kk:evidence ?e . ?e oa:hasSource <{SHEET}> ; oa:hasSelector ?s .
            ?s kk:firstLine ?f ; kk:lastLine ?l }}""",
    )
    return sorted((int(first or 0), int(last or 0)) for first, last in found)


# --- the sheet, the measure, the evaluation -------------------------------------------------------------


def test_the_sheet(built_store: EmbeddedStore) -> None:
    assert rows(
        built_store,
        f"""SELECT ?n ?t ?y ?sha ?file ?lines ?author ?post ?office {{
            <{SHEET}> a kk:EvaluationSheet, kk:Edition ; dcterms:identifier ?n ; dcterms:title ?t ;
              kk:fiscalYear ?y ; dcterms:source ?f ; dcterms:creator ?a .
            ?f kk:sha256 ?sha ; dcterms:title ?file ; kk:lineCount ?lines .
            ?a a prov:Person ; skos:prefLabel ?author ; org:holds ?p .
            ?p skos:prefLabel ?post ; org:postIn ?office FILTER (LANG(?post) = "ja") }}""",
    ) == [
        (
            "総務省23-⑮",
            "平成24年度主要な政策に係る評価書",
            "fy/2012",
            "1ee926c64c42953a5155eb6c348af968ebc9500418aceda6c4f357c2f619041e",
            "soumu-h24-15.txt",
            "286",
            "仲矢 徹",
            "国際政策課長",
            "org/soumu/joho-tsushin-kokusai-senryaku/kokusai-seisaku",
        )
    ]
    assert lines_of(built_store, "sheet/soumu-23-15/author") == [(211, 213)]


def test_the_measure(built_store: EmbeddedStore, measure: str) -> None:
    assert rows(
        built_store,
        f"""SELECT ?label ?field ?ministry {{ <{ID}{measure}> a kk:Policy ; skos:prefLabel ?label ;
            kk:policyField ?field ; kk:ministry ?m . ?m skos:prefLabel ?ministry
            FILTER (LANG(?label) = "ja" && LANG(?ministry) = "ja") }}""",
    ) == [("ＩＣＴ分野における国際戦略の推進", "情報通信（ICT政策）", "総務省")]
    # Its identifier holds neither the number 15 nor a year: the same measure next year is the same thing.
    assert measure == "measure/soumu/3ac5d1655a705b21"
    assert rows(
        built_store,
        "SELECT ?n ?t ?y ?c { ?m kk:hasAppearance ?a . ?a dcterms:identifier ?n ; kk:statedText ?t ; "
        "kk:fiscalYear ?y ; kk:readingCertainty ?c }",
    ) == [("政策15", "ＩＣＴ分野における国際戦略の推進", "fy/2012", "plain")]
    assert (75, 75) in lines_of(built_store, "appearance/soumu-23-15")
    assert (208, 208) in lines_of(built_store, "appearance/soumu-23-15")
    assert (174, 176) in lines_of(built_store, measure)


def test_the_offices(built_store: EmbeddedStore, measure: str) -> None:
    found = rows(
        built_store,
        f"""SELECT ?label ?note {{ <{ID}{measure}> kk:responsibleUnit ?u . ?u skos:prefLabel ?label
            FILTER (LANG(?label) = "ja") OPTIONAL {{ ?u skos:note ?note }} }}""",
    )
    assert [label for label, _ in found] == ["他４課室", "国際政策課"]
    assert "4" in (found[0][1] or "")
    assert rows(
        built_store,
        'SELECT ?b ?m { ?d skos:prefLabel "国際政策課"@ja ; org:subOrganizationOf ?x ; org:unitOf ?y . ?x skos:prefLabel ?b ; org:unitOf ?y . '
        '?y skos:prefLabel ?m FILTER (LANG(?b) = "ja" && LANG(?m) = "ja") }',
    ) == [("情報通信国際戦略局", "総務省")]


def test_the_evaluation_is_of_the_year_before(built_store: EmbeddedStore, measure: str) -> None:
    assert rows(
        built_store,
        "SELECT ?m ?y ?d ?s { ?e a kk:Evaluation ; kk:evaluates ?m ; kk:fiscalYear ?y ; dcterms:date ?d ; prov:generated ?s }",
    ) == [(measure, "fy/2011", "2012-09", "sheet/soumu-23-15")]
    found = rows(
        built_store,
        "SELECT ?c (DATATYPE(?d) AS ?t) { ?e a kk:Evaluation ; kk:readingCertainty ?c ; dcterms:date ?d }",
    )
    assert found == [("layout", expand("xsd:gYearMonth"))]
    assert {(31, 31), (66, 66), (210, 210)} <= set(lines_of(built_store, "evaluation/soumu-23-15"))


def test_the_fiscal_years(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        """SELECT ?y ?l ?b ?e { ?y a kk:FiscalYear ; skos:prefLabel ?l ; time:hasBeginning/time:inXSDDate ?b ;
           time:hasEnd/time:inXSDDate ?e FILTER (LANG(?l) = "ja") }""",
    )
    for number, western in ((21, 2009), (22, 2010), (23, 2011), (24, 2012)):
        assert (f"fy/{western}", f"平成{number}年度", f"{western}-04-01", f"{western + 1}-03-31") in found


# --- objectives and indicators --------------------------------------------------------------------------


def test_the_objectives(built_store: EmbeddedStore, measure: str) -> None:
    found = rows(
        built_store,
        "SELECT ?o ?k ?c ?m { ?m kk:hasObjective ?o . ?o kk:kind ?k ; kk:readingCertainty ?c }",
    )
    assert found == [
        ("objective/soumu-23-15/a", "measure-objective", "layout", measure),
        ("objective/soumu-23-15/b", "measure-objective", "layout", measure),
        ("objective/soumu-23-15/basic", "basic-goal", "layout", measure),
    ]
    assert lines_of(built_store, "objective/soumu-23-15/a") == [(4, 9)]
    assert lines_of(built_store, "objective/soumu-23-15/b") == [(148, 153)]
    assert lines_of(built_store, "objective/soumu-23-15/basic") == [(171, 172)]


def test_the_doubt_about_goal_and_summary_is_kept(built_store: EmbeddedStore) -> None:
    """The note: the two cells are 基本目標 and 概要 in some order, read by the sense."""
    notes = rows(
        built_store,
        f"""SELECT DISTINCT ?f ?n {{ ?e oa:hasSource <{SHEET}> ; oa:hasSelector/kk:firstLine ?f ; skos:note ?n
            FILTER (?f IN (171, 174)) }}""",
    )
    assert [line for line, _ in notes] == ["171", "174"] and all("順" in (note or "") for _, note in notes)


INDICATORS = {
    "1": (
        "a",
        "二国間での定期協議、政策協議、国際機関等における会議への参画及び意見交換の実施状況",
        [(49, 51)],
    ),
    "2": ("a", "ICT分野に関する途上国との協力関係構築状況", [(93, 94)]),
    "3": ("a", "ICT分野に関する人材育成セミナー等の受講者数", [(11, 12)]),
    "4": ("b", "海外におけるセミナー・シンポジウムの開催、ミッション団派遣等の実施状況", [(56, 58)]),
    "5": ("b", "ICT海外展開の推進の実施状況", [(73, 73)]),
}


def test_the_five_indicators(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        """SELECT ?n ?o ?l ?c { ?o kk:hasIndicator ?i . ?i dcterms:identifier ?n ; skos:prefLabel ?l ;
           kk:readingCertainty ?c FILTER (LANG(?l) = "ja") }""",
    )
    assert found == [
        (number, f"objective/soumu-23-15/{objective}", label, "layout")
        for number, (objective, label, _) in INDICATORS.items()
    ]
    for number, (_, _, places) in INDICATORS.items():
        assert set(places) <= set(lines_of(built_store, f"indicator/soumu-23-15/{number}"))


# indicator, role: lower, upper, bound, unit, fiscal year, first lines that the evidence must hold
VALUES = {
    ("1", "baseline"): (7, 7, "exact", "回", 2010, [53]),
    ("1", "target"): (7, 7, "approximate", "回", 2011, [24]),
    ("1", "result"): (35, 35, "exact", "回", 2011, [40]),
    ("2", "baseline"): (7, 7, "exact", "カ国", 2010, [110]),
    ("2", "target"): (7, None, "at-least", "カ国", 2011, [30]),
    ("2", "result"): (38, 38, "exact", "カ国", 2011, [46]),
    ("3", "baseline"): (100, 100, "exact", "人", 2010, [16]),
    ("3", "target"): (100, None, "at-least", "人", 2011, [100]),
    ("3", "result"): (225, 225, "exact", "人", 2011, [65]),
    ("4-seminars", "baseline"): (4, 4, "approximate", "回", 2010, [60]),
    ("4-seminars", "target"): (4, 4, "approximate", "回", 2011, [103]),
    ("4-seminars", "result"): (9, 9, "exact", "回", 2011, [68]),
    ("4-missions", "baseline"): (3, 3, "approximate", "回", 2010, [61]),
    ("4-missions", "target"): (3, 3, "approximate", "回", 2011, [104]),
    ("4-missions", "result"): (6, 6, "exact", "回", 2011, [69]),
    ("5", "baseline"): (None, None, "qualitative", None, 2009, [115, 113]),
    ("5", "target"): (None, None, "qualitative", None, 2011, [125]),
    ("5", "result"): (None, None, "qualitative", None, 2011, [120]),
}


@pytest.mark.parametrize(("indicator", "role"), VALUES)
def test_each_value(built_store: EmbeddedStore, indicator: str, role: str) -> None:
    lower, upper, bound, unit, year, first = VALUES[indicator, role]
    ((low, up, kind, said_unit, in_year, certainty, value),) = rows(
        built_store,
        f"""SELECT ?low ?up ?kind ?unit ?year ?certainty ?v {{
            ?i dcterms:identifier "{indicator}" ; a kk:Indicator ; kk:hasValue ?v .
            ?v kk:valueRole c:{role} ; kk:boundType ?kind ; kk:fiscalYear ?year ; kk:readingCertainty ?certainty ;
               kk:statedText ?text
            OPTIONAL {{ ?v kk:lowerBound ?low }} OPTIONAL {{ ?v kk:upperBound ?up }}
            OPTIONAL {{ ?v schema:unitText ?unit }} }}""",
    )
    assert (low and Decimal(low), up and Decimal(up)) == (lower, upper)
    assert (kind, said_unit, in_year, certainty) == (bound, unit, f"fy/{year}", "layout")
    assert value == f"value/soumu-23-15/{indicator}/{role}"
    assert set(first) <= {start for start, _ in lines_of(built_store, value)}


def test_there_are_no_other_values(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        "SELECT ?n ?r { ?i dcterms:identifier ?n ; kk:hasValue ?v . ?v kk:valueRole ?r }",
    )
    assert found == sorted(VALUES)
    assert rows(built_store, "SELECT (COUNT(DISTINCT ?v) AS ?n) { ?v a kk:IndicatorValue }") == [("18",)]


def test_the_values_as_they_are_written(built_store: EmbeddedStore) -> None:
    said = {
        (number, role): text
        for number, role, text in rows(
            built_store,
            "SELECT ?n ?r ?t { ?i dcterms:identifier ?n ; kk:hasValue ?v . ?v kk:valueRole ?r ; kk:statedText ?t }",
        )
    }
    assert (
        said["3", "baseline"] == "100人"
        and said["3", "target"] == "100人以上"
        and said["3", "result"] == "225人"
    )
    assert said["2", "target"] == "７カ国以上" and said["1", "baseline"] == "７回"
    assert "７回程度" in (said["1", "target"] or "") and "計35回実施" in (said["1", "result"] or "")
    assert "ICT先進事業国際展開プロジェクト" in (said["5", "baseline"] or "")


def test_the_parts_of_indicator_4_hang_on_it(built_store: EmbeddedStore) -> None:
    whole = "indicator/soumu-23-15/4"
    assert rows(built_store, "SELECT ?p ?i { ?p a kk:Indicator ; dcterms:isPartOf ?i }") == [
        (f"{whole}-missions", whole),
        (f"{whole}-seminars", whole),
    ]
    assert rows(built_store, f"SELECT ?v {{ <{ID}{whole}> kk:hasValue ?v }}") == []
    assert rows(built_store, f"SELECT ?o {{ ?o kk:hasIndicator <{ID}{whole}-missions> }}") == []


def test_stated_and_derived_verdicts_are_apart(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        """SELECT ?of ?result ?level ?rule { ?a kk:assesses ?of ; kk:result ?result ; kk:claimLevel ?level
           OPTIONAL { ?a kk:rule ?rule } }""",
    )
    rule = "rule/result-against-target"
    assert found == [
        *((f"indicator/soumu-23-15/{n}", "exceeded", "derived", rule) for n in (1, 2, 3, 4)),
        ("indicator/soumu-23-15/5", "not-comparable", "derived", rule),
        ("objective/soumu-23-15/a", "achieved", "stated", None),
        ("objective/soumu-23-15/b", "achieved", "stated", None),
    ]
    assert lines_of(built_store, "assessment/soumu-23-15/objective/a") == [(269, 271)]
    assert lines_of(built_store, "assessment/soumu-23-15/objective/b") == [(272, 274)]


# --- strategies -----------------------------------------------------------------------------------------

# strategy, edition, path of headings, lines of the section and of its strategy's name and date
SECTIONS = [
    ("shin-seicho", "2010-06-18", ["第3章", "強みを活かす成長分野", "（３）アジア経済戦略"], [143, 134]),
    (
        "shin-seicho",
        "2010-06-18",
        ["第3章", "成長を支えるプラットフォーム", "（５）科学・技術・情報通信立国戦略"],
        [144, 134],
    ),
    ("aratana-ict", "2010-05-11", ["Ⅱ. 3つの柱と目標", "3. 新市場の創出と国際展開"], [138, 146]),
    (
        "aratana-ict-koteihyo",
        "2011-08-03",
        [
            "3. 新市場の創出と国際展開",
            "（1）環境技術と情報通信技術の融合による低炭素社会の実現研究開発等の推進",
        ],
        [200, 191],
    ),
    (
        "aratana-ict-koteihyo",
        "2011-08-03",
        [
            "3. 新市場の創出と国際展開",
            "（5）オールジャパンの体制整備による国際標準の獲得・展開及び輸出・投資の促進",
        ],
        [202, 191],
    ),
    (
        "nihon-saisei-kihon",
        "2011-12-24",
        [
            "4. 新成長戦略の実行加速と強化・再設計",
            "（1）更なる成長力強化のための取組（経済のフロンティアの開拓）",
        ],
        [86, 19, 85],
    ),
    (
        "nihon-saisei-kihon",
        "2011-12-24",
        ["4. 新成長戦略の実行加速と強化・再設計", "（3）世界における日本のプレゼンス（存在感）の強化"],
        [88, 19, 85],
    ),
]


def test_the_seven_sections_are_a_tree_under_editions_and_strategies(built_store: EmbeddedStore) -> None:
    parents = dict(rows(built_store, "SELECT ?s ?p { ?s a kk:Section ; dcterms:isPartOf ?p }"))
    assert len(parents) == len(rows(built_store, "SELECT DISTINCT ?s { ?s a kk:Section }"))  # one parent each
    labels = dict(rows(built_store, "SELECT ?s ?l { ?s a kk:Section ; skos:prefLabel ?l }"))
    strategies = dict(rows(built_store, "SELECT ?e ?s { ?s a kk:Strategy ; dcat:hasVersion ?e }"))
    cited = rows(
        built_store,
        "SELECT ?b ?l { ?m a kk:Measure ; kk:hasJustification ?l . ?l a kk:Justification ; kk:basis ?b ; kk:claimLevel c:stated }",
    )
    found = []
    for section, link in cited:
        path, node = [labels[section]], parents[section]
        while node in labels:
            path.insert(0, labels[node])
            node = parents[node]
        strategy, edition = (node or "").split("/")[1:]
        assert strategies[node] == f"strategy/{strategy}"
        found.append((strategy, edition, path))
        (places,) = (lines for s, e, p, lines in SECTIONS if (s, e, p) == (strategy, edition, path))
        assert set(places) <= {first for first, _ in lines_of(built_store, link or "")}
    assert sorted(found) == sorted((strategy, edition, path) for strategy, edition, path, _ in SECTIONS)
    # Only lowest sections are cited: none of the seven has a part of its own.
    assert not {section for section, _ in cited} & set(parents.values())


@pytest.mark.parametrize(
    ("strategy", "name", "editions", "kind"),
    [
        ("shin-seicho", "新成長戦略", ["2010-06-18"], "cabinet-strategy"),
        ("aratana-ict", "新たな情報通信技術戦略", ["2010-05-11"], "cabinet-strategy"),
        ("aratana-ict-koteihyo", "新たな情報通信技術戦略 工程表", ["2010-06-22", "2011-08-03"], "roadmap"),
        ("nihon-saisei-kihon", "日本再生の基本戦略", ["2011-12-24"], "cabinet-strategy"),
        ("nihon-saisei", "日本再生戦略", ["2012-07-31"], "cabinet-strategy"),
    ],
)
def test_strategies_and_editions(
    built_store: EmbeddedStore, strategy: str, name: str, editions: list[str], kind: str
) -> None:
    iri = f"strategy/{strategy}"
    assert rows(
        built_store,
        f"""SELECT ?l ?k ?e ?d {{ <{ID}{iri}> a kk:Strategy ; skos:prefLabel ?l ; kk:kind ?k ; dcat:hasVersion ?e .
            ?e a kk:Edition ; dcterms:issued ?d FILTER (LANG(?l) = "ja") }}""",
    ) == [(name, kind, f"{iri}/{date}", date) for date in editions]


def test_the_sheet_names_four_strategies_and_consults_a_fifth(built_store: EmbeddedStore) -> None:
    named = rows(
        built_store,
        """SELECT DISTINCT ?s { ?m a kk:Measure ; kk:hasJustification/kk:basis ?b .
           ?b dcterms:isPartOf+ ?e . ?s a kk:Strategy ; dcat:hasVersion ?e }""",
    )
    assert named == [
        (f"strategy/{name}",)
        for name in ("aratana-ict", "aratana-ict-koteihyo", "nihon-saisei-kihon", "shin-seicho")
    ]
    assert len(rows(built_store, "SELECT ?s { ?s a kk:Strategy }")) == 5


def test_the_roadmap_belongs_to_its_strategy_and_has_a_revised_edition(built_store: EmbeddedStore) -> None:
    roadmap = "strategy/aratana-ict-koteihyo"
    assert rows(built_store, "SELECT ?a ?b { ?a a kk:Strategy ; dcterms:isPartOf ?b }") == [
        (roadmap, "strategy/aratana-ict")
    ]
    assert rows(built_store, "SELECT ?a ?b { ?a dcat:previousVersion ?b }") == [
        (f"{roadmap}/2011-08-03", f"{roadmap}/2010-06-22")
    ]


def test_two_documents_with_near_equal_names_are_two(built_store: EmbeddedStore) -> None:
    assert rows(built_store, "SELECT ?a ?b { ?a owl:differentFrom ?b }") == [
        ("strategy/nihon-saisei", "strategy/nihon-saisei-kihon"),
        ("strategy/nihon-saisei-kihon", "strategy/nihon-saisei"),
    ]
    assert rows(built_store, "SELECT ?l { ?l kk:basis ?b FILTER CONTAINS(STR(?b), '/nihon-saisei/') }") == []


# --- panels and documents -------------------------------------------------------------------------------


def test_three_panels_their_reports_and_their_uptake(built_store: EmbeddedStore, measure: str) -> None:
    found = rows(
        built_store,
        """SELECT ?p ?start ?r ?d ?manner ?level ?owner { ?p a kk:Panel ; schema:startDate ?start .
           ?r dcterms:creator ?p ; dcterms:issued ?d .
           ?owner kk:hasUptake ?u . ?u a kk:Uptake ; kk:basis ?r ; kk:uptakeManner ?manner ; kk:claimLevel ?level }""",
    )
    rest = ("consulted-for-evaluation", "stated", measure)
    assert found == [
        ("panel/ict-global-tenkai", "2011-01", "report/ict-global-tenkai/2011-07", "2011-07", *rest),
        ("panel/ict-machizukuri", "2011-12", "report/ict-smart-town/2012-07-04", "2012-07-04", *rest),
        ("panel/kihon-senryaku-board", "2011-11", "report/active-japan-ict/2012-07-25", "2012-07-25", *rest),
    ]
    assert rows(built_store, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a kk:Panel }") == [("3",)]


def test_the_board_stands_within_council_and_subcommittee(built_store: EmbeddedStore) -> None:
    assert rows(
        built_store,
        """SELECT ?p ?a ?b { ?p a kk:Panel ; org:subOrganizationOf ?x . ?x skos:prefLabel ?a ; org:subOrganizationOf ?y .
           ?y skos:prefLabel ?b FILTER (LANG(?a) = "ja" && LANG(?b) = "ja") }""",
    ) == [("panel/kihon-senryaku-board", "情報通信政策部会", "情報通信審議会")]


def test_uptake_is_shown_with_the_lines_of_the_panel_and_of_the_sentence(built_store: EmbeddedStore) -> None:
    links = rows(built_store, "SELECT ?u ?r { ?m kk:hasUptake ?u . ?u kk:basis ?r }")
    places = {(report or "").split("/")[1]: lines_of(built_store, link or "") for link, report in links}
    assert places == {
        "ict-global-tenkai": [(235, 239), (250, 250)],
        "active-japan-ict": [(240, 245), (250, 250)],
        "ict-smart-town": [(246, 250), (250, 250)],
    }


CONSULTED = {
    "strategy/aratana-ict/2010-05-11": "http://www.kantei.go.jp/jp/singi/it2/100511honbun.pdf",
    "strategy/shin-seicho/2010-06-18": "http://www.kantei.go.jp/jp/sinseichousenryaku/sinseichou01.pdf",
    "report/ict-global-tenkai/2011-07": "http://www.soumu.go.jp/main_content/000122599.pdf",
    "strategy/aratana-ict-koteihyo/2011-08-03": "http://www.kantei.go.jp/jp/singi/it2/pdf/110803_koutei.pdf",
    "strategy/nihon-saisei/2012-07-31": "http://www.npu.go.jp/policy/pdf/20120731/20120731.pdf",
    "report/active-japan-ict/2012-07-25": "http://www.soumu.go.jp/main_content/000169616.pdf",
    "report/ict-smart-town/2012-07-04": "http://www.soumu.go.jp/main_content/000166764.pdf",
}


def test_seven_documents_were_consulted_each_with_its_url(built_store: EmbeddedStore) -> None:
    wanted = sorted(CONSULTED.items())
    assert rows(built_store, f"SELECT ?d ?u {{ <{SHEET}> kk:cites ?d . ?d schema:url ?u }}") == wanted
    assert (
        rows(built_store, f"SELECT ?d ?u {{ ?e prov:generated <{SHEET}> ; prov:used ?d . ?d schema:url ?u }}")
        == wanted
    )
    kinds = rows(built_store, f"SELECT DISTINCT (DATATYPE(?u) AS ?t) {{ <{SHEET}> kk:cites/schema:url ?u }}")
    assert kinds == [(expand("xsd:anyURI"),)]
    assert {(224, 224), (225, 225), (226, 226), (227, 228), (229, 229), (230, 231), (232, 233)} <= set(
        lines_of(built_store, "evaluation/soumu-23-15")
    )


def test_the_cooperation_that_is_named(built_store: EmbeddedStore, measure: str) -> None:
    found = rows(
        built_store,
        f"""SELECT ?l ?k ?d ?w {{ <{SHEET}> schema:mentions ?x . ?x a kk:Cooperation ; skos:prefLabel ?l ; kk:kind ?k
            OPTIONAL {{ ?x dcterms:issued ?d }} OPTIONAL {{ ?x kk:counterpart ?w }} FILTER (LANG(?l) = "ja") }}""",
    )
    assert found == sorted(
        [
            ("日米ICT通商原則", "agreement", "2012-01-27", "place/us"),
            ("インターネットエコノミーに関する日米の政策合意", "agreement", "2012-03-23", "place/us"),
            ("日ASEAN情報通信大臣会合", "meeting", None, "place/asean"),
            ("ASEANスマートネットワーク構想", "initiative", None, "place/asean"),
            ("第３回日印ICT成長戦略委員会", "meeting", None, "place/india"),
        ]
    )
    assert rows(built_store, f"SELECT ?p {{ <{ID}{measure}> kk:counterpart ?p }}") == [
        (f"place/{name}",) for name in ("asean", "china", "europe", "south-america", "us")
    ]
    assert {(254, 254), (255, 255)} <= set(lines_of(built_store, measure))


# --- money ----------------------------------------------------------------------------------------------


def test_the_placed_figures(built_store: EmbeddedStore, measure: str) -> None:
    found = rows(
        built_store,
        f"""SELECT ?y ?s ?yen ?said ?by ?c {{ <{ID}{measure}> kk:hasBudgetFigure ?f . ?f kk:fiscalYear ?y ; kk:budgetStage ?s ;
            kk:amountYen ?yen ; kk:statedAmount ?said ; kk:multiplier ?by ; kk:readingCertainty ?c }}""",
    )
    assert found == [
        ("fy/2010", "initial", "3955984000", "3955984", "1000", "arithmetic"),
        ("fy/2010", "total", "4953860000", "4953860", "1000", "arithmetic"),
        ("fy/2011", "initial", "2880489000", "2880489", "1000", "layout"),
        ("fy/2012", "initial", "2868287000", "2868287", "1000", "layout"),
    ]


def test_the_figure_whose_year_alone_is_known(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        """SELECT ?f ?y ?yen ?p { ?f a kk:BudgetFigure ; kk:readingCertainty c:partial ; kk:fiscalYear ?y ;
           kk:amountYen ?yen ; kk:possibleStage ?p FILTER NOT EXISTS { ?f kk:budgetStage ?s } }""",
    )
    assert [row[1:] for row in found] == [
        ("fy/2010", "997876000", "carryover"),
        ("fy/2010", "997876000", "supplementary"),
    ]
    assert lines_of(built_store, found[0][0] or "") == [(180, 180)]


def test_figures_whose_cell_cannot_be_told_are_kept_with_their_lines(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        """SELECT ?yen ?f { ?f a kk:BudgetFigure ; kk:readingCertainty c:unplaced ; kk:amountYen ?yen
           FILTER NOT EXISTS { ?f kk:fiscalYear|kk:budgetStage ?x } }""",
    )
    places = sorted((int(yen or 0), lines_of(built_store, figure or "")[0][0]) for yen, figure in found)
    assert places == [
        (0, 79),
        (0, 79),
        (0, 79),
        (0, 196),
        (2839283000, 83),
        (3623613000, 81),
        (4705443000, 178),
        (5148860000, 194),
        (6462896000, 198),
    ]


def test_no_zero_and_no_execution_is_claimed(built_store: EmbeddedStore) -> None:
    """An execution of 0 where it is unknown would be a lie; a zero stays one of two stages, of no year."""
    assert rows(built_store, "SELECT ?f { ?f kk:budgetStage c:executed }") == []
    assert rows(built_store, "SELECT ?f { ?f kk:amountYen 0 ; kk:fiscalYear|kk:budgetStage ?x }") == []
    stages = rows(built_store, "SELECT DISTINCT ?s { ?f kk:amountYen 0 ; kk:possibleStage ?s }")
    assert stages == [("carryover",), ("supplementary",)]


def test_the_arithmetic_of_2010(built_store: EmbeddedStore) -> None:
    assert 3_955_984 + 997_876 == 4_953_860
    amounts = {
        int(yen or 0)
        for (yen,) in rows(built_store, "SELECT ?y { ?f kk:fiscalYear id:fy\\/2010 ; kk:amountYen ?y }")
    }
    assert amounts == {3_955_984_000, 997_876_000, 4_953_860_000}
    assert len(rows(built_store, "SELECT ?f { ?f a kk:BudgetFigure }")) == 14


# --- claims ---------------------------------------------------------------------------------------------


def test_claim_levels_are_apart(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        "SELECT ?level (COUNT(DISTINCT ?l) AS ?n) { ?l a kk:Justification ; kk:claimLevel ?level } GROUP BY ?level",
    )
    assert found == [("derived", "56"), ("interpreted", "5"), ("rejected", "1"), ("stated", "7")]
    many = rows(built_store, "SELECT ?l { ?l kk:claimLevel ?a, ?b FILTER (?a != ?b) }")
    assert many == []


def test_stated_claims_are_the_policys_alone(built_store: EmbeddedStore, measure: str) -> None:
    """The sheet names sections beside the policy; it never says which section speaks to which indicator."""
    owners = rows(built_store, "SELECT DISTINCT ?o { ?o kk:hasJustification/kk:claimLevel c:stated }")
    assert owners == [(measure,)]


def test_derived_claims_follow_from_each_stated_one_for_each_element(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        """SELECT ?o ?b ?r { ?o kk:hasJustification ?l . ?l kk:claimLevel c:derived ; kk:basis ?b ; kk:rule ?r ;
           prov:wasDerivedFrom ?from . ?from kk:claimLevel c:stated ; kk:basis ?b }""",
    )
    owners = {f"objective/soumu-23-15/{key}" for key in ("a", "b", "basic")}
    owners |= {f"indicator/soumu-23-15/{number}" for number in range(1, 6)}
    assert {owner for owner, _, _ in found} == owners and len(found) == len(owners) * 7 == 56
    assert {rule for _, _, rule in found} == {"rule/through-measure"}


def test_interpreted_claims_have_reason_author_and_a_graph_of_their_own(built_store: EmbeddedStore) -> None:
    found = rows(
        built_store,
        """SELECT ?g ?level ?author (COUNT(DISTINCT ?l) AS ?n) (COUNT(DISTINCT ?d) AS ?reasons) {
             GRAPH ?g { ?l kk:claimLevel ?level ; prov:wasAttributedTo ?author ; dcterms:description ?d } }
           GROUP BY ?g ?level ?author""",
    )
    own = GRAPH + "interpretations/soumu-23-15"
    author = "agent/konkyo-editors"
    assert found == [(own, "interpreted", author, "5", "10"), (own, "rejected", author, "1", "2")]
    # And nothing interpreted stands in the sheet's own graph.
    sheet = f"SELECT ?l {{ GRAPH <{GRAPH}soumu-23-15> {{ ?l kk:claimLevel c:interpreted }} }}"
    assert rows(built_store, sheet) == []


def test_no_claim_is_without_evidence_that_reaches_lines(built_store: EmbeddedStore) -> None:
    for kind in (
        "Justification", "Uptake", "Assessment", "Objective", "Indicator", "IndicatorValue", "BudgetFigure",
        "Appearance", "Evaluation", "EvaluationSheet", "Measure", "Cooperation",
    ):  # fmt: skip
        without = rows(
            built_store,
            f"""SELECT ?x {{ ?x a kk:{kind} FILTER NOT EXISTS {{
                ?x kk:evidence ?e . ?e oa:hasSource <{SHEET}> ; kk:readingCertainty ?c ; oa:hasSelector ?s .
                ?s kk:firstLine ?f ; kk:lastLine ?l ; rdf:value ?v ; dcterms:conformsTo ?scheme }} }}""",
        )
        assert without == [], kind


def test_no_evidence_proves_nothing(built_store: EmbeddedStore) -> None:
    assert rows(built_store, "SELECT ?e { ?e a kk:Evidence FILTER NOT EXISTS { ?x kk:evidence ?e } }") == []
    unused = "SELECT ?s { ?s a oa:FragmentSelector FILTER NOT EXISTS { ?e oa:hasSelector ?s } }"
    assert rows(built_store, unused) == []


def test_the_fragment_says_what_the_lines_say(built_store: EmbeddedStore) -> None:
    for first, last, text in rows(
        built_store, "SELECT DISTINCT ?f ?l ?v { ?s kk:firstLine ?f ; kk:lastLine ?l ; rdf:value ?v }"
    ):
        assert text == f"line={int(first or 0) - 1},{last}"  # RFC 5147 counts the gaps between lines


# --- shortcuts ------------------------------------------------------------------------------------------

SHORTCUT = f"GRAPH <{GRAPH}shortcut>"


def test_shortcuts_are_what_the_links_say(built_store: EmbeddedStore) -> None:
    link = "?o {has} ?l . ?l kk:basis ?b ; kk:claimLevel ?level FILTER ({which})"
    for shortcut, has, which in (
        ("kk:justifiedBy", "kk:hasJustification", "?level != c:rejected"),
        ("kk:statedBasis", "kk:hasJustification", "?level = c:stated"),
    ):
        plain = rows(built_store, f"SELECT ?o ?b {{ {SHORTCUT} {{ ?o {shortcut} ?b }} }}")
        assert plain == rows(built_store, f"SELECT DISTINCT ?o ?b {{ {link.format(has=has, which=which)} }}")
        assert plain
    assert len(rows(built_store, f"SELECT * {{ {SHORTCUT} {{ ?o kk:statedBasis ?b }} }}")) == 7
    # It is the sheet that was drawn up with the advice; the measure has the uptakes.
    informed = rows(built_store, f"SELECT ?o ?b {{ {SHORTCUT} {{ ?o kk:informedBy ?b }} }}")
    used = rows(
        built_store, "SELECT ?b { ?measure kk:hasUptake ?l . ?l kk:basis ?b ; kk:claimLevel c:stated }"
    )
    assert informed == [("sheet/soumu-23-15", report) for (report,) in used] and len(used) == 3


def test_what_the_sheet_says_besides_its_figures(built_store: EmbeddedStore) -> None:
    words = "?x a kk:Statement ; kk:kind ?kind ; kk:evidence/oa:hasSelector/kk:firstLine ?line . ?of kk:hasStatement ?x"
    assert rows(built_store, f"SELECT ?of ?kind ?line {{ {words} }} ORDER BY ?line") == sorted([
        ("report/ict-global-tenkai/2011-07", "advised", "237"),
        ("report/active-japan-ict/2012-07-25", "advised", "242"),
        ("report/ict-smart-town/2012-07-04", "advised", "248"),
        ("objective/soumu-23-15/a", "judged", "252"),
        ("objective/soumu-23-15/a", "outlook", "259"),
        ("objective/soumu-23-15/b", "judged", "263"),
        ("objective/soumu-23-15/b", "outlook", "266"),
    ])  # fmt: skip
    counted = "?value kk:mentionsCount ?x . ?x schema:value ?n ; schema:unitText ?unit"
    assert rows(built_store, f"SELECT ?value ?n ?unit {{ {counted} }}") == [
        ("value/soumu-23-15/1/result", "10", "カ国"),
        ("value/soumu-23-15/5/result", "8", "件"),
    ]
    asked = "?report kk:answersInquiry ?x . ?x dcterms:identifier ?number ; dcterms:issued ?day"
    assert rows(built_store, f"SELECT ?report ?number ?day {{ {asked} }}") == [
        ("report/active-japan-ict/2012-07-25", "諮問第17号", "2011-02-10")
    ]
    for side, places in (
        ("developed", ["europe", "us"]),
        ("developing", ["asean", "china", "south-america"]),
    ):
        found = rows(built_store, f"SELECT ?p {{ ?measure kk:{side}Counterpart ?p ; kk:counterpart ?p }}")
        assert found == [(f"place/{place}",) for place in places]
    own = "?x kk:claimLevel c:stated ; kk:assesses ?of ; kk:statedText ?words"
    assert {row[1] for row in rows(built_store, f"SELECT ?of ?words {{ {own} }}")} == {
        "目標を達成することができた"
    }


def test_a_pair_that_is_only_rejected_has_no_shortcut() -> None:
    """In the sheet the rejected pair is a derived one too; alone, it must give nothing."""
    from konkyo.build.shortcuts import materialise

    store = EmbeddedStore()
    graph = GRAPH + "trial"
    for level in ("rejected", "stated"):
        owner, link, basis = (f"<{ID}{name}/{level}>" for name in ("measure", "link", "strategy"))
        triples = [
            f"{owner} <{expand('kk:hasJustification')}> {link}",
            f"{link} <{expand('kk:basis')}> {basis}",
            f"{link} <{expand('kk:claimLevel')}> <{C}{level}>",
        ]
        store.load(f"{graph}/{level}", [f"{triple} <{graph}/{level}> .\n" for triple in triples])
    materialise(store)
    assert rows(store, f"SELECT ?o ?p ?b {{ {SHORTCUT} {{ ?o ?p ?b }} }}") == [
        ("measure/stated", expand("kk:justifiedBy"), "strategy/stated"),
        ("measure/stated", expand("kk:statedBasis"), "strategy/stated"),
    ]


# --- the graph as a whole -------------------------------------------------------------------------------


def test_every_graph_says_what_it_was_made_from(built_store: EmbeddedStore) -> None:
    for graph in built_store.graphs():
        # What konkyo makes from the other graphs has no source of its own.
        if graph.removeprefix(GRAPH) not in ("ontology", "shortcut", "names", "summaries"):
            found = rows(
                built_store,
                f"SELECT ?t {{ GRAPH <{graph}> {{ <{graph}> a prov:Entity ; dcterms:title ?t }} }}",
            )
            assert len(found) == 2, graph


def test_no_fact_stands_in_two_graphs(built_store: EmbeddedStore) -> None:
    """Oxigraph's union would count it twice."""
    assert (
        rows(
            built_store,
            "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER (STR(?g) < STR(?h)) }",
        )
        == []
    )


def test_nothing_that_is_named_is_missing(built_store: EmbeddedStore) -> None:
    """Every identifier of konkyo's own that a fact points to is described somewhere; examples of the vocabulary are elsewhere."""
    loose = rows(
        built_store,
        f"""SELECT DISTINCT ?o {{ ?s ?p ?o FILTER (isIRI(?o) && STRSTARTS(STR(?o), "{ID}"))
            FILTER(?p != <http://purl.org/vocab/vann/example>) FILTER NOT EXISTS {{ ?o a ?class }} }}""",
    )
    assert loose == []


def test_all_texts_are_tagged_and_none_is_blank(built_store: EmbeddedStore) -> None:
    for graph in DATA:
        for triple in built_store.triples(graph):
            if isinstance(triple.object, ox.Literal):
                assert triple.object.value.strip() == triple.object.value != ""


def test_rdflib_counts_the_same(built_store: EmbeddedStore, rdflib_store: RdflibStore) -> None:
    for text in (
        "SELECT ?level (COUNT(DISTINCT ?l) AS ?n) { ?l kk:claimLevel ?level } GROUP BY ?level",
        "SELECT ?s ?b { ?m kk:statedBasis ?b . ?b dcterms:isPartOf+ ?e . ?s dcat:hasVersion ?e }",
        "SELECT ?y ?s ?yen { ?f kk:fiscalYear ?y ; kk:budgetStage ?s ; kk:amountYen ?yen }",
        "SELECT ?n ?o { ?o kk:hasIndicator ?i . ?i dcterms:identifier ?n }",
    ):
        assert rows(rdflib_store, text) == rows(built_store, text) != []
