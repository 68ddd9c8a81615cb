"""No fact of 0.1.0 was lost: from the graph of 0.2.0 that of 0.1.0 can be built, and the updates lead the other way.

`before-0.2.nq` is what the version 0.1.0 made of the same invented rows, written by that version.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.common.paths import ontology_dir
from konkyo.model.namespaces import PREFIXES
from konkyo.sources.rs import IMPORTERS

CASES = Path(__file__).resolve().parents[1] / "cases" / "rs"
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
# The IRI that a cell had, from its column and row.
OLD = """BIND(IRI(CONCAT("https://w3id.org/konkyo/id/evidence/", STRAFTER(STRBEFORE(STR(?column), "#col="), "/id/source/"),
    "/r", STR(?row), "/", STRAFTER(STR(?column), "#col="))) AS ?old)"""
CELL = "?old a kk:Evidence ; oa:hasSource ?source ; kk:row ?row ; kk:column ?heading ; kk:statedText ?words ."
OF_COLUMN = "?column a kk:Column ; oa:hasSource ?source ; kk:column ?heading ."
LINKS = "kk:Responsibility kk:Placement kk:LegalCitation kk:Justification kk:ProjectRelation kk:StepConnection kk:StepMeasurement"
DATED = (
    "kk:Responsibility kk:ProjectRelation kk:StepConnection kk:StepMeasurement kk:SubsidyRule kk:Assessment kk:ProjectReview "
    "kk:BudgetItem kk:Payment kk:MoneyFlow kk:IndirectCost kk:MoneyUse kk:Contract"
)
OWNED = "kk:hasBudgetItem kk:hasSubsidyRule kk:hasReview kk:hasPaymentBlock kk:hasIndirectCost"

CONSTRUCTS = {
    "what is said as before": """CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o
        FILTER(?p NOT IN (kk:evidence, kk:row, kk:inColumn, kk:column, kk:hasField, kk:hasLogicStep, kk:hasBudgetItem,
            kk:hasSubsidyRule, kk:hasReview, kk:hasPaymentBlock, kk:hasIndirectCost, kk:hasMoneyUse, kk:hasContract, kk:writtenName, eli:id_local, eli:number,
            org:unitOf, org:subOrganizationOf, kk:kind))
        FILTER NOT EXISTS { ?s a kk:Project FILTER(?p = dcterms:identifier) }
        FILTER(!CONTAINS(STR(?s), "#col=") && !CONTAINS(STR(?s), "#cell="))
        FILTER NOT EXISTS { ?s a kk:Justification FILTER(?p = kk:statedText) } }""",
    "a fact in a cell": f"""CONSTRUCT {{ ?fact kk:evidence ?old . {CELL} }} WHERE {{
        ?fact kk:evidence ?column ; kk:row ?row . {OF_COLUMN} {OLD}
        OPTIONAL {{ ?fact a kk:Justification ; kk:statedText ?words }} }}""",
    "a cell as evidence": f"""CONSTRUCT {{ ?fact kk:evidence ?old . {CELL} }} WHERE {{
        ?fact kk:evidence ?cell . ?cell kk:inColumn ?column ; kk:row ?row . {OF_COLUMN} {OLD}
        OPTIONAL {{ ?cell kk:statedText ?words }} }}""",
    "a field": f"""CONSTRUCT {{ ?thing kk:hasField ?old . {CELL} }} WHERE {{
        ?thing kk:hasField ?cell . ?cell kk:inColumn ?column ; kk:statedText ?words . {OF_COLUMN}
        OPTIONAL {{ ?cell kk:row ?own }} OPTIONAL {{ ?thing kk:row ?its }} BIND(COALESCE(?own, ?its) AS ?row) {OLD} }}""",
    "certainty and class of links": f"""CONSTRUCT {{ ?l kk:readingCertainty c:plain ; a kk:Link }} WHERE {{
        VALUES ?kind {{ {LINKS} }} ?l a ?kind }}""",
    "certainty of values": """CONSTRUCT { ?l kk:readingCertainty c:plain } WHERE {
        VALUES ?kind { kk:BudgetFigure kk:Indicator kk:IndicatorValue } ?l a ?kind }""",
    "the review": f"""CONSTRUCT {{ ?fact kk:reviewYear ?year }} WHERE {{
        {{ VALUES ?kind {{ {DATED} }} ?fact a ?kind }} UNION {{ ?owner kk:hasBudgetFigure ?fact }}
        ?fact kk:evidence/kk:inColumn?/kk:reviewYear ?year }}""",
    "an amount in yen": """CONSTRUCT { ?figure kk:statedAmount ?yen ; kk:multiplier 1 } WHERE {
        ?figure a kk:BudgetFigure ; kk:amountYen ?yen }""",
    "a part of a figure": """CONSTRUCT { ?part kk:fiscalYear ?year ; kk:budgetStage ?stage } WHERE {
        ?part kk:account ?account ; dcterms:isPartOf ?whole . ?whole kk:fiscalYear ?year ; kk:budgetStage ?stage }""",
    "what hangs on a project": f"""CONSTRUCT {{ ?thing kk:ofProject ?project }} WHERE {{
        VALUES ?owned {{ {OWNED} }} ?project ?owned ?thing }}""",
    "what hangs on a block": """CONSTRUCT { ?thing kk:ofProject ?project ; kk:block ?block } WHERE {
        VALUES ?owned { kk:hasMoneyUse kk:hasContract } ?owner ?owned ?thing
        OPTIONAL { ?of kk:hasPaymentBlock ?owner BIND(?owner AS ?block) } BIND(COALESCE(?of, ?owner) AS ?project) }""",
    "a flow of money": """CONSTRUCT { ?flow kk:ofProject ?project } WHERE {
        ?flow kk:toBlock ?block . ?project kk:hasPaymentBlock ?block }""",
    "a kind": "CONSTRUCT { ?thing dcterms:type ?code } WHERE { ?thing kk:kind ?code }",
    "a name": "CONSTRUCT { ?thing skos:altLabel ?name } WHERE { ?thing kk:writtenName ?name }",
    "a law's number": "CONSTRUCT { ?law kk:lawNumber ?number } WHERE { ?law eli:number ?number }",
    "a unit": """CONSTRUCT { ?unit org:unitOf ?above } WHERE { ?unit org:unitOf ?ministry
        OPTIONAL { ?unit org:subOrganizationOf ?within } BIND(COALESCE(?within, ?ministry) AS ?above) }""",
    "a step": "CONSTRUCT { ?step dcterms:isPartOf ?project } WHERE { ?project kk:hasLogicStep ?step }",
}  # fmt: skip


def loaded(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.N_QUADS)
    return store


def triples(store: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in store}


@pytest.mark.parametrize("kind", sorted(IMPORTERS))
def test_the_facts_of_0_1_follow_from_the_graph(kind: str) -> None:
    before, now = (loaded(CASES / kind / name) for name in ("before-0.2.nq", "expected.nq"))
    made: set[ox.Triple] = set()
    for text in CONSTRUCTS.values():
        found = now.query(PROLOGUE + text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        made.update(found)
    assert made == triples(before)


@pytest.mark.parametrize("kind", sorted(IMPORTERS))
def test_the_updates_rewrite_a_graph_of_0_1(kind: str) -> None:
    before, now = (loaded(CASES / kind / name) for name in ("before-0.2.nq", "expected.nq"))
    before.update((ontology_dir() / "updates" / "from-0.1.ru").read_text(encoding="utf-8"))
    assert set(before) == set(now)
