"""What a view shows: parts of the graph, never more than the limit, and what was left out is said."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import konkyo
from konkyo.api import KnowledgeGraph
from konkyo.common.advice import joined
from konkyo.common.text import fold
from konkyo.model.namespaces import ID, KK, C
from konkyo.present.text.advice import worded
from konkyo.present.view import render_html
from konkyo.questions.subgraph.select import LIMIT
from konkyo.store import EmbeddedStore

MEASURE_KIND = {"Measure", "Organization"}
SHEET = "soumu-23-15"
INDICATOR = f"{ID}indicator/{SHEET}/3"
STRATEGY = ID + "strategy/shin-seicho"


@pytest.fixture(scope="module")
def graph(built_store: EmbeddedStore) -> KnowledgeGraph:
    return KnowledgeGraph(built_store, "ja")


def kinds(drawn) -> set[str]:  # type: ignore[no-untyped-def]
    return {node["kind"] for _, node in drawn.nodes(data=True)}


def at_a_terminal(drawn) -> str:  # type: ignore[no-untyped-def]
    """Return the notes of a picture as the command prints them."""
    return joined(drawn.graph["notes"], worded).ja  # type: ignore[union-attr]


def advised(drawn) -> int:  # type: ignore[no-untyped-def]
    """Return the limit that the note says shows all."""
    assert "--" not in drawn.graph["note"]["ja"]  # which pages show
    return int(re.search(r"--limit (\d+)", at_a_terminal(drawn))[1])  # type: ignore[index]


def test_depth_counts_steps_both_ways(graph: KnowledgeGraph) -> None:
    sizes = [graph.network("政策15", depth=depth).number_of_nodes() for depth in (0, 1, 2, 20)]
    assert sizes[0] == 2  # the measure and its ministry, which stands beside it always
    assert sizes == sorted(set(sizes))
    near = graph.network("測定指標3", depth=1)
    assert {node["kind"] for node in near.nodes.values()} <= {
        "Indicator",
        "Objective",
        "Section",
        "Organization",
    }


def test_between_shows_the_chains_and_nothing_else(graph: KnowledgeGraph) -> None:
    drawn = graph.network(between=("測定指標3", "新成長戦略"))  # either way round
    assert drawn.graph["ends"] == (STRATEGY, INDICATOR)
    labels = {node["label"]["ja"] for _, node in drawn.nodes(data=True)}
    assert "（３）アジア経済戦略" in labels and "新成長戦略" in labels
    assert not any("日本再生" in label for label in labels)
    assert drawn.graph["note"] is None


def test_between_keeps_whole_chains_under_a_limit(graph: KnowledgeGraph) -> None:
    import networkx as nx

    drawn = graph.network(between=("新成長戦略", "測定指標3"), limit=7)
    assert drawn.number_of_nodes() <= 7
    assert nx.has_path(drawn, STRATEGY, INDICATOR)
    assert "本の道筋のうち" in drawn.graph["note"]["ja"]
    whole = graph.network(between=("新成長戦略", "測定指標3"), limit=advised(drawn))
    assert whole.graph["note"] is None and len(whole) == advised(drawn)


def test_between_without_a_chain_says_so(graph: KnowledgeGraph) -> None:
    drawn = graph.network(between=("日本再生戦略", "測定指標3"))
    assert drawn.graph["ends"] is None and "道筋はありません" in drawn.graph["note"]["ja"]
    assert len(drawn) == 2


def test_a_ministry_by_name_part_and_key(graph: KnowledgeGraph) -> None:
    one = graph.network(ministry="総務省")
    assert set(one) == set(graph.network(ministry="総務")) == set(graph.network(ministry="soumu"))
    assert {"Organization", "Measure", "Section", "Strategy", "Indicator"} <= kinds(one)
    with pytest.raises(konkyo.KonkyoError, match="海洋省") as caught:
        graph.network(ministry="海洋省")
    assert "総務省" in caught.value.report("ja")


def test_past_the_limit_whole_chains_stay_and_the_note_says_what_is_gone(graph: KnowledgeGraph) -> None:
    import networkx as nx

    whole = graph.network("政策15")
    part = graph.network("政策15", limit=12)
    assert len(part) == 12  # with the ministry that stands beside them
    focus = part.graph["focus"]
    assert nx.is_connected(part.to_undirected())
    # Strategies come first, and each leads to the focus without a gap.
    strategies = {node for node in part if part.nodes[node]["kind"] == "Strategy"}
    assert strategies and all(nx.has_path(part, node, focus) for node in strategies)
    note = part.graph["note"]
    assert (
        f"{len(whole)}件のうち関わりの深い12件" in note["ja"]
        and "--limit" in at_a_terminal(part)
        and "left out" in note["en"]
    )
    assert note["ja"] in render_html(part)


def test_an_overview_leads_from_the_strategies_most_rests_on(graph: KnowledgeGraph) -> None:
    import networkx as nx

    whole, part = graph.network(), graph.network(limit=10)
    assert {"Strategy", "Edition", "Section", "Measure"} <= kinds(part)
    assert len(part) == 10 and nx.is_connected(part.to_undirected())
    assert kinds(graph.network(limit=30)) >= {"Objective", "Indicator"}
    assert f"{len(whole)}件のうち関わりの深い10件" in part.graph["note"]["ja"]
    assert set(graph.network(limit=0)) == set(whole) and whole.graph["note"] is None


def test_the_same_graph_gives_the_same_page(graph: KnowledgeGraph) -> None:
    for options in (
        {"limit": 9},
        {"ministry": "soumu", "limit": 20},
        {"between": ("新成長戦略", "測定指標3")},
    ):
        assert render_html(graph.network(**options)) == render_html(graph.network(**options))


def test_any_construct_query(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        f"""# title-ja: 予算   | x
        PREFIX kk: <{KK}>
        CONSTRUCT {{ ?m kk:justifiedBy ?b ; kk:hasBudgetFigure ?f ; a ?k . ?f kk:amountYen ?yen .
          <urn:new> <urn:p> ?m ; <http://www.w3.org/2000/01/rdf-schema#label> "新しいもの"@ja . }}
        WHERE {{ ?m a kk:Measure, ?k ; kk:justifiedBy ?b ; kk:hasBudgetFigure ?f . ?f kk:amountYen ?yen }}""",
        encoding="utf-8",
    )
    drawn = graph.network(query=str(path))
    assert {"Measure", "Section", "BudgetFigure", "Thing"} <= kinds(drawn)
    assert drawn.nodes["urn:new"]["label"]["ja"] == "新しいもの"
    relations = {edge["relation"] for _, _, edge in drawn.edges(data=True)}
    assert relations == {"justifies", "kk:hasBudgetFigure", "urn:p"}
    ends = {drawn.nodes[b]["kind"] for _, b, e in drawn.edges(data=True) if e["relation"] == "justifies"}
    assert ends == {"Measure"}  # from the ground to what rests on it, as everywhere
    few = graph.network(query=str(path), limit=3)
    assert len(few) == 3 and "--limit" in at_a_terminal(few)
    render_html(drawn)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"thing": "政策15", "ministry": "soumu"}, "一つだけ"),
        ({"depth": 2}, "depth は thing と一緒に"),
        ({"thing": "政策15", "depth": -1}, "depth は0以上"),
        ({"limit": -1}, "limit は0以上"),
        ({"query": "SELECT * WHERE { ?s ?p ?o }"}, "CONSTRUCT"),
        ({"query": "CONSTRUCT {"}, "SPARQL"),
        ({"between": ("新成長戦略", "ない名前")}, "当てはまる"),
    ],
)
def test_options_that_mean_nothing(graph: KnowledgeGraph, options: dict[str, object], words: str) -> None:
    with pytest.raises(konkyo.KonkyoError) as caught:
        graph.network(**options)  # type: ignore[arg-type]
    said = caught.value.report("ja")
    assert words in said and "--" not in said
    if words.isascii() or "一つだけ" in words or "当てはまる" in words:
        return
    assert "--" in caught.value.report("ja", worded)  # the terminal names the option


def test_an_empty_answer_says_so(graph: KnowledgeGraph) -> None:
    drawn = graph.network(query="CONSTRUCT WHERE { <urn:none> ?p ?o }")
    assert len(drawn) == 0 and drawn.graph["note"]["ja"] == "問合せの答えは空でした。"
    render_html(drawn)


def test_a_thing_brings_the_other_names_that_it_is_found_by(graph: KnowledgeGraph) -> None:
    drawn = graph.network("測定指標3")
    assert "測定指標3" in drawn.nodes[INDICATOR]["names"]
    for node in drawn.nodes.values():  # nothing that the label says anyway
        assert not any(name in fold(node["label"]["ja"]) for name in node["names"])
    assert not drawn.nodes[STRATEGY]["names"]


def test_values_and_figures_come_as_numbers(graph: KnowledgeGraph) -> None:
    drawn = graph.network()
    values = drawn.nodes[INDICATOR]["values"]
    assert [(v["role"], v["lower"], v["bound"]) for v in values] == [
        ("baseline", 100.0, "exact"),
        ("target", 100.0, "at-least"),
        ("result", 225.0, "exact"),
    ]
    measure = next(node for _, node in drawn.nodes(data=True) if node["kind"] == "Measure")
    placed = {(f["order"], f["stage"]): f["yen"] for f in measure["figures"]}
    assert placed["2010", "initial"] == 3955984000


HEAD = """@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/konkyo/id/> ."""
UMI = "kk:ministry <org/umi>"


def turtle(lines: list[str]) -> EmbeddedStore:
    store = EmbeddedStore()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.ttl"
        path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
        store.load_turtle("https://w3id.org/konkyo/graph/made", path)
    return store


# --- a government in small: policies, projects and their logic models, as the RS files give them -----------------


def government(projects: int) -> EmbeddedStore:
    lines: list[str] = []
    g = f"<{ID}g>"

    def put(s: str, p: str, o: str) -> None:
        lines.append(f"<{ID}{s}> <{p}> {o} {g} .\n")

    kind, label = (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
    )
    part = "http://purl.org/dc/terms/isPartOf"
    put("org/umi", kind, "<http://www.w3.org/ns/org#Organization>")
    put("org/umi", label, '"海の省"@ja')
    for thing, name in (("policy/1", "Policy"), ("measure/1", "Measure")):
        put(thing, kind, f"<{KK}{name}>")
        put(thing, KK + "ministry", f"<{ID}org/umi>")
    put("measure/1", part, f"<{ID}policy/1>")
    for n in range(projects):
        project, link = f"project/{n}", f"link/{n}"
        put(project, kind, f"<{KK}Project>")
        put(project, KK + "ministry", f"<{ID}org/umi>")
        put(project, KK + "hasLink", f"<{ID}{link}>")
        put(link, kind, f"<{KK}Placement>")
        put(link, KK + "basis", f"<{ID}measure/1>")
        put(link, KK + "claimLevel", f"<{C}stated>")
        put(project, KK + "initialBudget", f"<{ID}budget/{n}>")
        put(f"budget/{n}", KK + "fiscalYear", f"<{ID}fy/2024>")
        put(f"budget/{n}", KK + "amountYen", f'"{n * 1000}"^^<http://www.w3.org/2001/XMLSchema#integer>')
        for step in ("a", "b"):
            put(f"step/{n}/{step}", kind, f"<{KK}LogicStep>")
            put(f"step/{n}/{step}", part, f"<{ID}{project}>")
    store = EmbeddedStore()
    store.load(ID + "g", lines)
    return store


def test_a_ministry_of_many_projects_shows_the_ones_with_most_money() -> None:
    graph = KnowledgeGraph(government(LIMIT), "ja")
    drawn = graph.network(ministry="海の省", limit=53)
    assert len(drawn) == 53
    projects = {node for node in drawn if "/project/" in node}
    assert projects == {f"{ID}project/{n}" for n in range(LIMIT - 50, LIMIT)}
    # Through the placements they hang on the measure, and that on its policy.
    relations = {edge["relation"] for _, _, edge in drawn.edges(data=True)}
    assert {"hasPart", "responsible", "placed"} <= relations
    assert "予算の大きい順" in drawn.graph["note"]["ja"]
    assert ID + "org/umi" in drawn


def test_what_one_sheet_says_does_not_crowd_out_the_projects() -> None:
    lines = [
        f'<org/umi> a org:Organization ; skos:prefLabel "海の省"@ja . <measure/1> a kk:Measure ; {UMI} .'
    ]
    lines += [f"<project/{n}> a kk:Project ; {UMI} ." for n in range(40)]
    lines += [
        f"<measure/1> kk:hasObjective <objective/{n}> . <objective/{n}> a kk:Objective ; kk:hasIndicator <indicator/{n}> . "
        f"<indicator/{n}> a kk:Indicator ."
        for n in range(20)
    ]
    drawn = KnowledgeGraph(turtle(lines), "ja").network(ministry="海の省", limit=30)
    kinds = Counter(node.removeprefix(ID).split("/")[0] for node in drawn)
    # A tenth of the picture is for the sheet, and the rest for the projects.
    assert kinds == {"org": 1, "measure": 1, "project": 25, "objective": 3}


@pytest.mark.parametrize("limit", [10, 25, 60, 70])
def test_a_ministry_is_counted_whole_and_the_limit_that_the_note_names_shows_all(limit: int) -> None:
    # Each project rests on a strategy of its own: who looks at some projects only does not see the others' grounds.
    lines = [
        f'<org/umi> a org:Organization ; skos:prefLabel "海の省"@ja . <measure/1> a kk:Measure ; {UMI} .'
    ]
    lines += [
        f"<project/{n}> a kk:Project ; {UMI} ; kk:hasJustification <l/{n}> ; kk:initialBudget <f/{n}> . "
        f"<f/{n}> kk:fiscalYear <fy/2024> ; kk:amountYen {n} . <l/{n}> a kk:Justification ; kk:basis <strategy/{n}> ; kk:claimLevel c:stated . "
        f"<strategy/{n}> a kk:Strategy ."
        for n in range(40)
    ]
    graph = KnowledgeGraph(turtle(lines), "ja")
    total = 1 + 1 + 40 + 40
    part, whole = graph.network(ministry="海の省", limit=limit), graph.network(ministry="海の省", limit=0)
    assert len(whole) == total and whole.graph["note"] is None
    assert f"{total}件のうち関わりの深い{limit}件" in part.graph["note"]["ja"] and len(part) == limit
    assert f"{limit} most relevant of {total} things" in part.graph["counted"]["en"]
    assert "--limit" not in part.graph["counted"]["ja"] + part.graph["counted"]["en"]
    shown = graph.network(ministry="海の省", limit=advised(part))
    assert set(shown) == set(whole) and shown.graph["note"] is None


@pytest.mark.parametrize("thing", [None, "strategy/x"])
@pytest.mark.parametrize("limit", [5, 9, 20])
def test_ministries_that_stand_beside_things_are_counted(thing: str | None, limit: int) -> None:
    """What the note, the limit and the picture say is the same number."""
    lines = ["<strategy/x> a kk:Strategy ."]
    lines += [
        f"<org/{n}> a org:Organization . <project/{n}> a kk:Project ; kk:ministry <org/{n}> ; "
        f"kk:hasJustification <l/{n}> ; kk:justifiedBy <strategy/x> . <l/{n}> a kk:Justification ; kk:basis <strategy/x> ; "
        "kk:claimLevel c:stated ."
        for n in range(12)
    ]
    graph = KnowledgeGraph(turtle(lines), "ja")
    drawn, whole = graph.network(thing, limit=limit), graph.network(thing, limit=0)
    assert len(whole) == 25 and len(drawn) <= limit
    # A project that comes with a ministry of its own may not fit where there is room for one only.
    assert (
        f"25件{'（うち予算事業12件）' if thing else ''}のうち関わりの深い{len(drawn)}件"
        in drawn.graph["note"]["ja"]
    )
    assert len(drawn) >= limit - 1
    assert graph.network(thing, limit=25).graph["note"] is None
    assert graph.network(thing, limit=24).graph["note"] is not None


def cited(projects: int) -> EmbeddedStore:
    """A strategy that many projects rest on, each by a citation of its own that a rule makes out."""
    lines: list[str] = []
    rdf, skos = (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
    )

    def put(s: str, p: str, o: str) -> None:
        lines.append(f"<{ID}{s}> <{p}> {o} <{ID}g> .\n")

    put("strategy/x", rdf, f"<{KK}Strategy>")
    put("strategy/x", "http://www.w3.org/ns/dcat#hasVersion", f"<{ID}strategy/x/2023>")
    put("strategy/x/2023", rdf, f"<{KK}Edition>")
    for n in range(projects):
        for thing, kind in (
            ("project", "Project"),
            ("citation", "Citation"),
            ("link", "Justification"),
            ("means", "Denotation"),
        ):
            put(f"{thing}/{n}", rdf, f"<{KK}{kind}>")
        put(f"citation/{n}", skos, f'"X二〇二三その{n}"@ja')
        put(f"citation/{n}", KK + "hasDenotation", f"<{ID}means/{n}>")
        put(f"means/{n}", KK + "denotes", f"<{ID}strategy/x/2023>")
        put(f"means/{n}", KK + "claimLevel", f"<{C}{'rejected' if n == 5 else 'derived'}>")
        put(f"project/{n}", KK + "hasJustification", f"<{ID}link/{n}>")
        put(f"project/{n}", KK + "justifiedBy", f"<{ID}strategy/x>")
        put(f"link/{n}", KK + "basis", f"<{ID}citation/{n}>")
        put(f"link/{n}", KK + "claimLevel", f"<{C}stated>")
        put(f"project/{n}", KK + "initialBudget", f"<{ID}budget/{n}>")
        put(f"budget/{n}", KK + "fiscalYear", f"<{ID}fy/2024>")
        put(f"budget/{n}", KK + "amountYen", f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>')
    store = EmbeddedStore()
    store.load(ID + "g", lines)
    return store


@pytest.mark.parametrize("thing", [None, ID + "strategy/x"])
def test_past_the_limit_citations_become_part_of_the_links(thing: str | None) -> None:
    drawn = KnowledgeGraph(cited(60), "ja").network(thing, limit=12)
    projects = {node for node in drawn if "/project/" in node}
    assert projects == {f"{ID}project/{n}" for n in range(50, 60)}  # those with most money
    assert kinds(drawn) == {"Strategy", "Edition", "Project"}
    edge = drawn.edges[ID + "strategy/x/2023", ID + "project/55", 0]
    assert edge["level"] == "derived" and "「X二〇二三その55」" in edge["reason"]["ja"]
    assert f"{ID}project/5" not in KnowledgeGraph(cited(8), "ja").network(thing, limit=9)


def test_citations_are_drawn_where_there_is_room() -> None:
    assert "Citation" in kinds(KnowledgeGraph(cited(6), "ja").network(ID + "strategy/x"))


def test_a_picture_of_thousands_leaves_figures_out_and_says_so() -> None:
    graph = KnowledgeGraph(government(1010), "ja")
    drawn = graph.network(ministry="海の省", limit=0)
    assert len(drawn) > 1000 and not drawn.nodes[ID + "project/9"]["evidence"]
    assert "省いています" in drawn.graph["note"]["ja"] and "konkyo view 事業の名称" in at_a_terminal(drawn)


# How many projects cite each edition of a plan, and how many the plan without any; those have most money.
CITED = {"s/2024": 24, "s/2023": 12, "s/2022": 4, "s/2021": 0, "s": 10}


@pytest.fixture(scope="module")
def plan() -> KnowledgeGraph:
    lines = ['<strategy/s> a kk:Strategy ; skos:prefLabel "計画"@ja .']
    number = 0
    for document, count in CITED.items():
        if document != "s":
            lines.append(f"<strategy/s> dcat:hasVersion <strategy/{document}> .")
            lines.append(f'<strategy/{document}> a kk:Edition ; skos:prefLabel "計画（{document[2:]}）"@ja .')
        for _ in range(count):
            number += 1
            words = f"<citation/{document.replace('/', '-')}-{number % 3}>"
            lines.append(
                f'{words} a kk:Citation ; kk:statedText "{document}{number % 3}"@ja ; kk:hasDenotation <d/{document}> . '
                f"<d/{document}> a kk:Denotation ; kk:denotes <strategy/{document}> ; kk:claimLevel c:derived ."
                f"<project/{number}> a kk:Project ; skos:prefLabel '事業{number}'@ja ; kk:hasJustification <l/{number}> ; "
                f"kk:initialBudget <f/{number}> . <f/{number}> kk:fiscalYear <fy/2024> ; kk:amountYen {number * (1000 if document == 's' else 1)} . "
                f"<l/{number}> a kk:Justification, kk:Link ; kk:basis {words} ; kk:claimLevel c:stated ."
            )
    return KnowledgeGraph(turtle(lines), "ja")


def test_a_citation_is_no_step_of_its_own(plan: KnowledgeGraph) -> None:
    """Two steps from a plan lead over its editions to what rests on them, however it is written there."""
    near = plan.network("strategy/s", depth=1, limit=0)
    assert sum(node["kind"] == "Project" for node in near.nodes.values()) == CITED["s"]
    far = plan.network("strategy/s", depth=2, limit=0)
    assert sum(node["kind"] == "Project" for node in far.nodes.values()) == sum(CITED.values())
    up = plan.network("project/1", depth=2, limit=0)
    assert {f"{ID}strategy/s", f"{ID}strategy/s/2024"} <= set(up)


@pytest.mark.parametrize("limit", [12, 20, 30])
def test_of_a_plan_that_much_rests_on_each_edition_is_shown_by_its_weight(
    plan: KnowledgeGraph, limit: int
) -> None:
    drawn = plan.network("strategy/s", depth=2, limit=limit)
    assert drawn.number_of_nodes() <= limit
    shown = {
        name: drawn.out_degree(f"{ID}strategy/{name}") for name in CITED if f"{ID}strategy/{name}" in drawn
    }
    assert shown["s/2024"] > shown["s/2023"] >= shown["s/2022"] > 0
    own = {target for _, target in drawn.out_edges(f"{ID}strategy/s") if "/project/" in target}
    assert 0 < len(own) < shown["s/2024"]
    # The biggest of an edition come first.
    assert drawn.has_edge(f"{ID}strategy/s/2024", f"{ID}project/24")
    # Things are counted without the citations, that are no boxes, and projects for themselves.
    total, projects = 1 + 4 + sum(CITED.values()), sum(CITED.values())
    note = drawn.graph["note"]["ja"]
    assert (
        f"{total}件（うち予算事業{projects}件）のうち関わりの深い{limit}件" in note
        and f"--limit {total}" in at_a_terminal(drawn)
    )
    assert (
        "--limit" not in drawn.graph["counted"]["ja"]
        and "50 of them projects" in drawn.graph["counted"]["en"]
    )


def test_the_limit_that_the_note_names_shows_all(plan: KnowledgeGraph) -> None:
    total = 1 + 4 + sum(CITED.values())
    drawn = plan.network("strategy/s", depth=2, limit=total)
    assert drawn.graph["note"] is None and drawn.graph["counted"] is None
    assert drawn.number_of_nodes() == total


def test_a_ministry_is_drawn_as_one_however_it_is_named(graph: KnowledgeGraph) -> None:
    assert set(graph.network("総務省")) == set(graph.network(ministry="総務省"))
