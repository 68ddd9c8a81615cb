from __future__ import annotations

import json
from pathlib import Path

import pytest

from konkyo.common.advice import Advice, Code
from konkyo.graph.lookup.things import describe, find
from konkyo.graph.reader import Reader
from konkyo.questions.trace import between, trace
from konkyo.store import EmbeddedStore


def iris(store: EmbeddedStore, kind: str) -> list[str]:
    text = f"SELECT ?s WHERE {{ ?s a <https://w3id.org/konkyo/ns#{kind}> }} ORDER BY ?s"
    return [row["s"].value for row in store.select(text)]


def test_up_and_down_agree(built_store: EmbeddedStore) -> None:
    """Every claim seen from its strategy is seen from its owner, and the other way round."""
    reader = Reader(built_store)
    down = {
        claim
        for thing in describe(reader, iris(built_store, "Strategy") + iris(built_store, "Panel"))
        for group in trace(built_store, thing).groups
        for claim in ((link, c.owner.iri, c.level) for c in group.claims for link in c.links)
    }
    owners = [i for kind in ("Measure", "Objective", "Indicator") for i in iris(built_store, kind)]
    up = {
        claim
        for thing in describe(reader, owners)
        for answer in [trace(built_store, thing)]
        for claim in (
            (link, c.owner.iri, c.level)
            for c in (*answer.groups[0].claims, *answer.advice)
            if c.owner == thing
            for link in c.links
        )
    }
    assert down == up and len(up) == 7 + 56 + 5 + 1 + 3


def test_the_same_by_sparql_alone(built_store: EmbeddedStore) -> None:
    found = {
        (link, claim.place[-1].iri)
        for thing in describe(Reader(built_store), iris(built_store, "Measure"))
        for group in trace(built_store, thing, level="stated").groups
        for claim in group.claims
        for link in claim.links
    }
    rows = built_store.select(
        """PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX c: <https://w3id.org/konkyo/code/>
        SELECT ?l ?b WHERE { ?m a kk:Measure ; kk:hasJustification ?l . ?l kk:basis ?b ; kk:claimLevel c:stated }"""
    )
    assert found == {(row["l"].value, row["b"].value) for row in rows}


@pytest.mark.parametrize("level", ["stated", "derived", "interpreted"])
def test_a_level_leaves_only_claims_of_that_level(built_store: EmbeddedStore, level: str) -> None:
    for name in ("新成長戦略", "測定指標3", "政策15"):
        answer = trace(built_store, find(built_store, name), level=level)
        claims = [claim for group in answer.groups for claim in group.claims] + list(answer.advice)
        assert {claim.level for claim in claims} <= {level}


def test_derived_claims_name_their_rule_and_interpreted_ones_reason_and_author(
    built_store: EmbeddedStore,
) -> None:
    for thing in describe(
        Reader(built_store), iris(built_store, "Indicator") + iris(built_store, "Objective")
    ):
        for claim in trace(built_store, thing).groups[0].claims:
            assert claim.evidence
            assert (claim.rule is not None) == (claim.level == "derived")
            assert (claim.reason is not None and claim.author is not None) == (
                claim.level in ("interpreted", "rejected")
            )


def test_what_is_missing_is_said(built_store: EmbeddedStore) -> None:
    uncited = trace(built_store, find(built_store, "日本再生戦略"))
    assert (
        uncited.groups == () and "を挙げる施策・予算事業は、このグラフにはありません" in uncited.missing[0].ja
    )
    old = trace(built_store, find(built_store, "新たな情報通信技術戦略 工程表"))
    assert any("2010-06-22" in words.ja for words in old.missing)


def test_chains_run_from_the_ground_and_never_twice_through_a_node(built_store: EmbeddedStore) -> None:
    answer = between(built_store, find(built_store, "測定指標3"), find(built_store, "新成長戦略"))
    assert answer.start.label.ja == "新成長戦略"
    for chain in answer.chains:
        nodes = [chain[0].source.iri, *(step.target.iri for step in chain)]
        assert len(nodes) == len(set(nodes))
        assert all(step.claim is None or step.claim.level != "rejected" for step in chain)


def test_a_trace_is_json(built_store: EmbeddedStore) -> None:
    data = trace(built_store, find(built_store, "測定指標3")).to_json()
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data


CYCLE = """
@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @base <https://w3id.org/konkyo/id/> .
<a> a kk:Section ; dcterms:isPartOf <b> . <b> a kk:Section ; dcterms:isPartOf <a> .
<m> a kk:Measure ; kk:hasJustification <l> . <l> a kk:Justification, kk:Link ; kk:basis <a> ; kk:claimLevel c:stated .
"""


def test_cycles_end(tmp_path: Path) -> None:
    path = tmp_path / "cycle.ttl"
    path.write_text(CYCLE, encoding="utf-8")
    store = EmbeddedStore()
    store.load_turtle("https://w3id.org/konkyo/graph/x", path)
    reader = Reader(store)
    section, measure = describe(reader, ["https://w3id.org/konkyo/id/a", "https://w3id.org/konkyo/id/m"])
    assert len(trace(store, section).groups) == 1
    assert len(trace(store, measure).groups[0].claims) == 1
    assert between(store, section, measure).chains


def test_a_project_known_only_as_related_says_who_names_it(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        """@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @base <https://w3id.org/konkyo/id/> .
        <project/1> a kk:Project ; skos:prefLabel "見本事業"@ja ; kk:ministry <org/a> ; kk:relatedProject <project/2> .
        <project/2> a kk:Project ; skos:prefLabel "名だけの事業"@ja . <org/a> skos:prefLabel "甲省"@ja .""",
        encoding="utf-8",
    )
    store = EmbeddedStore()
    store.load_turtle("https://w3id.org/konkyo/graph/x", path)
    own, other = describe(Reader(store), [f"https://w3id.org/konkyo/id/project/{n}" for n in (1, 2)])
    (note,) = trace(store, other).missing
    assert isinstance(note, Advice) and note.code is Code.ONLY_RELATED
    assert "見本事業" in str(note.values["owners"])
    (note,) = trace(store, own).missing
    assert isinstance(note, Advice) and note.code is Code.NO_STRATEGY
