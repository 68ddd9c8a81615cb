"""What rests on a strategy through citations: each string may name several documents, each project counts once."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.graph.budgets import figures
from konkyo.graph.links import basis_links, parts
from konkyo.graph.lookup.things import describe
from konkyo.graph.reader import Reader
from konkyo.graph.stored_queries import queries_dir
from konkyo.present.text.traces import tree
from konkyo.questions.trace import between, trace
from konkyo.questions.usage import Usage, usages_of
from konkyo.store import EmbeddedStore

ID = "https://w3id.org/konkyo/id/"
DATA = """
@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <https://w3id.org/konkyo/id/> .
<strategy/a> a kk:Strategy ; skos:prefLabel "甲計画"@ja ; dcat:hasVersion <strategy/a/2020> .
<strategy/a/2020> a kk:Edition ; skos:prefLabel "甲計画（2020）"@ja .
<strategy/b> a kk:Strategy ; skos:prefLabel "乙計画"@ja ; dcat:hasVersion <strategy/b/2021> .
<strategy/b/2021> a kk:Edition ; skos:prefLabel "乙計画（2021）"@ja .
<citation/both> a kk:Citation ; kk:statedText "甲計画、乙計画"@ja ; kk:hasDenotation <d/1>, <d/2> .
<citation/one> a kk:Citation ; kk:statedText "甲計画2020"@ja ; kk:hasDenotation <d/3> .
<citation/wrong> a kk:Citation ; kk:statedText "丙"@ja ; kk:hasDenotation <d/4> .
<d/1> a kk:Denotation ; kk:denotes <strategy/a/2020> ; kk:claimLevel c:derived ; dcterms:description "一致"@ja .
<d/2> a kk:Denotation ; kk:denotes <strategy/b/2021> ; kk:claimLevel c:derived ; dcterms:description "一致"@ja .
<d/3> a kk:Denotation ; kk:denotes <strategy/a/2020> ; kk:claimLevel c:derived ; dcterms:description "一致"@ja .
<d/4> a kk:Denotation ; kk:denotes <strategy/a/2020> ; kk:claimLevel c:rejected ; dcterms:description "否"@ja .
<org/x> skos:prefLabel "甲省"@ja .
<fy/2024> a kk:FiscalYear ; skos:prefLabel "令和6年度"@ja .
<project/1> a kk:Project ; skos:prefLabel "事業一"@ja ; kk:ministry <org/x> ; kk:hasJustification <l/1>, <l/2> ;
  kk:justifiedBy <strategy/a/2020>, <strategy/a>, <strategy/b/2021>, <strategy/b> ; kk:hasBudgetFigure <f/1>, <f/2>, <f/3> ;
  kk:initialBudget <f/1>, <f/2> ; kk:executedBudget <f/3> .
<f/1> kk:evidence <source/rs-2024/2-1#col=1> ; kk:fiscalYear <fy/2024> ; kk:budgetStage c:initial ; kk:amountYen 100 .
<f/2> kk:evidence <source/rs-2024/2-1#col=1> ; kk:fiscalYear <fy/2023> ; kk:budgetStage c:initial ; kk:amountYen 7000 .
<f/3> kk:evidence <source/rs-2024/2-1#col=1> ; kk:fiscalYear <fy/2023> ; kk:budgetStage c:executed ; kk:amountYen 6000 .
<fy/2023> a kk:FiscalYear ; skos:prefLabel "令和5年度"@ja .
<project/2> a kk:Project ; skos:prefLabel "事業二"@ja ; kk:ministry <org/x> ; kk:hasJustification <l/3>, <l/4> ;
  kk:justifiedBy <strategy/a/2020>, <strategy/a> .
<l/1> a kk:Justification ; kk:basis <citation/both> ; kk:claimLevel c:stated .
<l/2> a kk:Justification ; kk:basis <citation/one> ; kk:claimLevel c:stated .
<l/3> a kk:Justification ; kk:basis <citation/one> ; kk:claimLevel c:stated .
<l/4> a kk:Justification ; kk:basis <citation/wrong> ; kk:claimLevel c:stated .
"""


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    path = tmp_path / "data.ttl"
    path.write_text(DATA, encoding="utf-8")
    made = EmbeddedStore()
    made.load_turtle("https://w3id.org/konkyo/graph/x", path)
    return made


def usages(store: EmbeddedStore, grounds: list[str], *, share: bool = False) -> list[Usage]:
    """Return the use of documents with their parts, as a trace reads it."""
    reader = Reader(store)
    documents = {ground: parts(reader, ground) for ground in grounds}
    rows = basis_links(store, [part for inside in documents.values() for part in inside])
    return usages_of(store, reader, documents, rows, share=share)


def test_a_project_that_cites_twice_is_counted_once(store: EmbeddedStore) -> None:
    (found,) = usages(store, [ID + "strategy/a/2020"])
    assert (found.projects, found.spellings) == (2, 2)  # what a citation was found not to mean is no spelling
    (ministry,) = found.ministries
    assert (ministry.name.ja, ministry.projects, ministry.initial) == ("甲省", 2, 100)
    assert [(b.year.ja, b.initial, b.executed, b.projects) for b in found.budgets] == [
        ("令和5年度", 7000, 6000, 1),
        ("令和6年度", 100, None, 1),
    ]


def test_of_two_reviews_the_later_one_tells_a_year(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "later.ttl"
    path.write_text(
        """@prefix kk: <https://w3id.org/konkyo/ns#> . @base <https://w3id.org/konkyo/id/> .
        <project/1> kk:initialBudget <f/9> . <f/9> kk:evidence <source/rs-2025/2-1#col=1> ; kk:fiscalYear <fy/2024> ; kk:amountYen 1 .
        <source/rs-2025/2-1#col=1> kk:reviewYear <fy/2025> .""",
        encoding="utf-8",
    )
    store.load_turtle("https://w3id.org/konkyo/graph/y", path)
    (found,) = usages(store, [ID + "strategy/a/2020"])
    assert [b.initial for b in found.budgets] == [7000, 1]


# Six figures of one year beside the initial 100 of review 2024: the last review wins, in it the greater amount; a sheet comes first.
MORE = """
@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> . @base <https://w3id.org/konkyo/id/> .
<project/1> kk:hasBudgetFigure <m/1>, <m/2>, <m/3>, <m/4>, <m/5>, <m/6> .
<m/1> kk:fiscalYear <fy/2024> ; kk:budgetStage c:initial ; kk:amountYen 999999 .
<m/2> kk:fiscalYear <fy/2024> ; kk:budgetStage c:initial ; kk:amountYen 888 ; kk:evidence <source/rs-2025/2-1#col=1> .
<m/3> kk:fiscalYear <fy/2024> ; kk:budgetStage c:initial ; kk:amountYen 20 ; kk:evidence <source/rs-2026/2-1#col=1> .
<m/4> kk:fiscalYear <fy/2024> ; kk:budgetStage c:initial ; kk:amountYen 3 ; kk:evidence <source/rs-2026/2-1#col=1> .
<m/5> kk:fiscalYear <fy/2024> ; kk:budgetStage c:total ; kk:amountYen 77777 ; kk:evidence <source/rs-2026/2-1#col=1> .
<m/6> kk:fiscalYear <fy/2024> ; kk:budgetStage c:initial ; kk:evidence <source/rs-2027/2-1#col=1> .
<source/rs-2025/2-1#col=1> kk:reviewYear <fy/2025> .
<source/rs-2026/2-1#col=1> kk:reviewYear <fy/2026> .
<source/rs-2027/2-1#col=1> kk:reviewYear <fy/2027> .
"""


def test_the_figures_that_count_are_the_same_with_their_shortcuts_and_without(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(MORE, encoding="utf-8")
    store.load_turtle("https://w3id.org/konkyo/graph/z", path)
    construct = queries_dir() / "construct"
    wanted = {
        "initial": {2023: {ID + "project/1": 7000}, 2024: {ID + "project/1": 20}},
        "executed": {2023: {ID + "project/1": 6000}},
    }
    for name in ("budgets.rq", "latest-budgets.rq"):
        made = store.construct((construct / name).read_text(encoding="utf-8"))
        graph = f"https://w3id.org/konkyo/graph/{name}"
        store.load(graph, [f"{triple} <{graph}> .\n" for triple in made])
        assert {
            stage: figures(store, [ID + "project/1", ID + "project/2"], stage) for stage in wanted
        } == wanted
    rows = store.select("SELECT ?o { ?s <https://w3id.org/konkyo/ns#latestInitialBudget> ?o } ORDER BY ?o")
    assert [row["o"].value.removeprefix(ID) for row in rows] == ["f/2", "m/3"]


def test_money_is_whole_under_each_strategy_and_divided_only_when_asked(store: EmbeddedStore) -> None:
    grounds = [ID + "strategy/a", ID + "strategy/b"]
    whole, shared = (usages(store, grounds, share=share) for share in (False, True))
    assert [use.latest.initial for use in whole if use.latest] == [100, 100]
    assert [use.latest.initial for use in shared if use.latest] == [50, 50]


def test_nothing_rests_on_what_nobody_cites(store: EmbeddedStore) -> None:
    assert usages(store, [ID + "strategy/none"]) == [] == usages(store, [])


def test_a_string_that_names_two_documents_has_two_places(store: EmbeddedStore) -> None:
    (project,) = describe(Reader(store), [ID + "project/1"])
    claims = trace(store, project).groups[0].claims
    places = {tuple(thing.label.ja for thing in claim.place): claim.spellings for claim in claims}
    # Two strings for one document are one claim with both.
    assert places == {
        ("乙計画", "乙計画（2021）"): ("甲計画、乙計画",),
        ("甲計画", "甲計画（2020）"): ("甲計画、乙計画", "甲計画2020"),
    }
    assert all(
        (claim.level, claim.how, claim.chain_level) == ("stated", "derived", "derived") for claim in claims
    )
    assert all(claim.denotes for claim in claims)


def test_what_is_stated_alone_is_the_citation_and_no_more(store: EmbeddedStore) -> None:
    (project, strategy) = describe(Reader(store), [ID + "project/1", ID + "strategy/a"])
    claims = trace(store, project, level="stated").groups[0].claims
    assert sorted(claim.place[-1].label.ja for claim in claims) == ["甲計画2020", "甲計画、乙計画"]
    assert all(len(claim.place) == 1 and claim.how is None for claim in claims)
    answer = trace(store, strategy, level="stated")
    assert answer.groups == () and "ほかに2件" in answer.missing[1].ja


def test_a_rejected_denotation_leaves_the_citation_by_itself(store: EmbeddedStore) -> None:
    (project,) = describe(Reader(store), [ID + "project/2"])
    claims = {claim.place[-1].label.ja: claim for claim in trace(store, project).groups[0].claims}
    assert claims["丙"].how is None and not claims["丙"].denotes
    assert claims["甲計画（2020）"].spellings == ("甲計画2020",)


def test_down_from_a_strategy_only_its_own_places(store: EmbeddedStore) -> None:
    (strategy,) = describe(Reader(store), [ID + "strategy/b"])
    answer = trace(store, strategy)
    assert [[t.label.ja for t in c.place] for g in answer.groups for c in g.claims] == [
        ["乙計画", "乙計画（2021）"]
    ]
    text = "\n".join(tree(answer, "ja").lines())
    assert "乙計画（2021）: 1事業（引用の表記1）" in text and "令和6年度: 当初予算 100円" in text


def test_what_is_left_out_is_counted(store: EmbeddedStore) -> None:
    (strategy,) = describe(Reader(store), [ID + "strategy/a"])
    short = "\n".join(tree(trace(store, strategy, limit=1), "ja").lines())
    assert "…ほか1件（--limit 0 で全て）" in short
    assert "ほか" not in "\n".join(tree(trace(store, strategy), "ja").lines())


def test_a_part_can_be_kept(store: EmbeddedStore) -> None:
    (strategy,) = describe(Reader(store), [ID + "strategy/a"])
    assert len(trace(store, strategy, edition="2020").groups[0].claims) == 2
    with pytest.raises(KonkyoError, match="2019"):
        trace(store, strategy, edition="2019")
    with pytest.raises(KonkyoError):
        trace(store, describe(Reader(store), [ID + "project/1"])[0], ministry="甲省")
    file = "https://w3id.org/konkyo/graph/rs-2023/1-3"
    store.load(file, [f'<{file}> <http://purl.org/dc/terms/title> "1-3" <{file}> .\n'])
    assert trace(store, strategy, year="2023").groups == ()


def test_two_grounds_without_a_chain_have_what_rests_on_both(store: EmbeddedStore) -> None:
    (one, other) = describe(Reader(store), [ID + "strategy/a", ID + "strategy/b"])
    answer = between(store, one, other)
    assert (
        answer.chains == ()
        and "どちらも挙げるものが1件" in answer.missing[1].ja
        and "事業一" in answer.missing[1].ja
    )
    (project,) = describe(Reader(store), [ID + "project/2"])
    answer = between(store, other, project)
    assert "挙げるもののうち近いもの: " in answer.missing[-1].ja and "甲計画" in answer.missing[-1].ja


def test_five_hundred_projects_of_one_name_are_told_apart_and_capped() -> None:
    store = EmbeddedStore()
    kk, fan = "https://w3id.org/konkyo/ns#", "https://w3id.org/konkyo/graph/fan"
    lines = [f"<{ID}strategy/f> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{kk}Strategy> <{fan}> .\n"]
    for n in range(500):
        project, link = f"{ID}project/{n}", f"{ID}link/{n}"
        lines += [
            f"<{project}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{kk}Project> <{fan}> .\n",
            f'<{project}> <http://www.w3.org/2004/02/skos/core#prefLabel> "同じ名の事業"@ja <{fan}> .\n',
            f"<{project}> <{kk}hasJustification> <{link}> <{fan}> .\n",
            f"<{link}> <{kk}basis> <{ID}strategy/f> <{fan}> .\n",
            f"<{link}> <{kk}claimLevel> <https://w3id.org/konkyo/code/stated> <{fan}> .\n",
            f"<{project}> <{kk}relatedProject> <{ID}project/{(n + 1) % 500}> <{fan}> .\n",
        ]
    store.load(fan, lines)
    (strategy,) = describe(Reader(store), [ID + "strategy/f"])
    answer = trace(store, strategy, limit=20)
    text = tree(answer, "ja").lines()
    assert answer.groups[0].total == 500 and answer.uses[0].projects == 500
    assert len(text) < 40 and "…ほか480件（--limit 0 で全て）" in text[-1]
    assert len({line for line in text if "同じ名の事業" in line}) == 20


SEVERAL = """
@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <https://w3id.org/konkyo/id/> .
<strategy/a> dcat:hasVersion <strategy/a/2022> .
<strategy/a/2022> a kk:Edition ; skos:prefLabel "甲計画（2022）"@ja .
<strategy/a/2022/s-1> a kk:Section ; skos:prefLabel "第一章"@ja ; dcterms:isPartOf <strategy/a/2022> .
<project/1> kk:hasJustification <l/5>, <l/6>, <l/7> .
<l/5> a kk:Justification ; kk:basis <strategy/a/2022> ; kk:claimLevel c:stated .
<l/6> a kk:Justification ; kk:basis <strategy/a/2022/s-1> ; kk:claimLevel c:stated .
<l/7> a kk:Justification ; kk:basis <strategy/a> ; kk:claimLevel c:stated .
"""


def test_shares_of_editions_add_up_to_that_of_their_strategy(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "several.ttl"
    path.write_text(SEVERAL, encoding="utf-8")
    store.load_turtle("https://w3id.org/konkyo/graph/y", path)
    (thing,) = describe(Reader(store), [ID + "strategy/a"])
    used = trace(store, thing, share=True).uses
    amounts = {use.ground.removeprefix(ID): use.latest.initial for use in used if use.latest}
    # Two strategies; of this one two editions, and once without any: 100 / 2, and of that a third.
    assert amounts == {"strategy/a": 50, "strategy/a/2020": 17, "strategy/a/2022": 17}
    alone = trace(store, thing, share=True, edition="2022").uses
    assert [use.latest.initial for use in alone if use.latest] == [17]
