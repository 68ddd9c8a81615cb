"""What rests on a strategy through citations: each string may name several documents, each project counts once."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.output.traces import tree
from konkyo.reader import Reader
from konkyo.store import EmbeddedStore
from konkyo.things import describe
from konkyo.trace import trace
from konkyo.uses import uses

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
  kk:justifiedBy <strategy/a/2020>, <strategy/a>, <strategy/b/2021> ; kk:hasBudgetFigure <f/1>, <f/2> .
<f/1> kk:reviewYear <fy/2024> ; kk:fiscalYear <fy/2024> ; kk:budgetStage c:initial ; kk:amountYen 100 .
<f/2> kk:reviewYear <fy/2024> ; kk:fiscalYear <fy/2023> ; kk:budgetStage c:initial ; kk:amountYen 7000 .
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


def test_a_project_that_cites_twice_is_counted_once(store: EmbeddedStore) -> None:
    (found,) = uses(store, Reader(store), [ID + "strategy/a/2020"])
    assert (found.projects, found.spellings) == (2, 3)
    assert found.ministries == ((("甲省", "甲省"), 2),)
    assert [(year.ja, yen) for year, yen in found.budgets] == [("令和6年度", 100)]


def test_nothing_rests_on_what_nobody_cites(store: EmbeddedStore) -> None:
    assert uses(store, Reader(store), [ID + "strategy/none"]) == [] == uses(store, Reader(store), [])


def test_a_string_that_names_two_documents_has_two_places(store: EmbeddedStore) -> None:
    (project,) = describe(Reader(store), [ID + "project/1"])
    claims = trace(store, project).groups[0].claims
    places = sorted([thing.label.ja for thing in claim.place] for claim in claims)
    assert places == [
        ["乙計画", "乙計画（2021）", "甲計画、乙計画"],
        ["甲計画", "甲計画（2020）", "甲計画2020"],
        ["甲計画", "甲計画（2020）", "甲計画、乙計画"],
    ]
    assert all(claim.level == "stated" and claim.denotes for claim in claims)


def test_a_rejected_denotation_leaves_the_citation_by_itself(store: EmbeddedStore) -> None:
    (project,) = describe(Reader(store), [ID + "project/2"])
    claims = {claim.place[-1].label.ja: claim for claim in trace(store, project).groups[0].claims}
    assert len(claims["丙"].place) == 1 and claims["丙"].denotes is None
    assert len(claims["甲計画2020"].place) == 3


def test_down_from_a_strategy_only_its_own_places(store: EmbeddedStore) -> None:
    (strategy,) = describe(Reader(store), [ID + "strategy/b"])
    answer = trace(store, strategy)
    assert [[t.label.ja for t in c.place] for g in answer.groups for c in g.claims] == [
        ["乙計画", "乙計画（2021）", "甲計画、乙計画"]
    ]
    text = "\n".join(tree(answer, "ja").lines())
    assert "乙計画（2021）: 1事業（引用の表記1）、当初予算（令和6年度）100円" in text


def test_what_is_left_out_is_counted(store: EmbeddedStore) -> None:
    (strategy,) = describe(Reader(store), [ID + "strategy/a"])
    short = "\n".join(tree(trace(store, strategy), "ja", limit=1).lines())
    assert "…ほか1の箇所・表記" in short
    assert "ほか" not in "\n".join(tree(trace(store, strategy), "ja", limit=0).lines())
