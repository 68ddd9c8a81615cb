"""An invented graph with what people ask for by name: plans with editions and spellings, a ministry, placed projects."""

from __future__ import annotations

from konkyo.build.search_keys import search_keys
from konkyo.model.graphs import NAMES
from konkyo.model.namespaces import ID
from konkyo.store import EmbeddedStore, Store
from support.rdflib_store import RdflibStore

PREFIXES = """
@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @base <https://w3id.org/konkyo/id/> .
"""
PLANS = """
<strategy/hone> a kk:Strategy ; skos:prefLabel "運営と改革の基本方針"@ja ; skos:altLabel "骨太の方針"@ja ;
  dcat:hasVersion <strategy/hone/2016-06-02>, <strategy/hone/2022-06-07>, <strategy/hone/2023-06-16> .
<strategy/hone/2016-06-02> a kk:Edition ; skos:prefLabel "運営と改革の基本方針（2016-06-02）"@ja ;
  dcterms:title "運営と改革の基本方針"@ja ; dcat:version "2016" ; dcterms:issued "2016-06-02"^^xsd:date .
<strategy/hone/2022-06-07> a kk:Edition ; skos:prefLabel "運営と改革の基本方針（2022-06-07）"@ja ;
  dcterms:title "運営と改革の基本方針"@ja ; dcat:version "2022" ; dcterms:issued "2022-06-07"^^xsd:date .
<strategy/hone/2023-06-16> a kk:Edition ; skos:prefLabel "運営と改革の基本方針（2023-06-16）"@ja ;
  dcterms:title "運営と改革の基本方針"@ja ; dcat:version "2023" ; dcterms:issued "2023-06-16"^^xsd:date .
<strategy/josei> a kk:Strategy ; skos:prefLabel "女性版骨太の方針"@ja ; dcat:hasVersion <strategy/josei/2023-06-13> .
<strategy/josei/2023-06-13> a kk:Edition ; skos:prefLabel "女性版骨太の方針（2023-06-13）"@ja ; dcat:version "2023" ;
  dcterms:issued "2023-06-13"^^xsd:date .
<strategy/ene> a kk:Strategy ; skos:prefLabel "熱源基本計画"@ja ;
  dcat:hasVersion <strategy/ene/2018-07-03>, <strategy/ene/2021-10-22> .
<strategy/ene/2018-07-03> a kk:Edition ; skos:prefLabel "熱源基本計画（2018-07-03）"@ja ; dcat:version "第5次" ;
  dcterms:issued "2018-07-03"^^xsd:date .
<strategy/ene/2021-10-22> a kk:Edition ; skos:prefLabel "熱源基本計画（2021-10-22）"@ja ; dcat:version "第6次" ;
  dcterms:issued "2021-10-22"^^xsd:date ; dcterms:modified "2022-04-09"^^xsd:date .
<strategy/kyojin> a kk:Strategy ; skos:prefLabel "強靱化基本計画"@ja .
<strategy/once> a kk:Strategy ; skos:prefLabel "一度きりの大綱"@ja ; dcat:hasVersion <strategy/once/2020> .
<strategy/once/2020> a kk:Edition ; skos:prefLabel "一度きりの大綱"@ja ; dcterms:issued "2020"^^xsd:gYear .
"""
CITATIONS = """
<citation/1> a kk:Citation ; kk:statedText "運営と改革の基本方針2023"@ja ; kk:hasDenotation <d/1> .
<citation/2> a kk:Citation ; kk:statedText "運営と改革の基本方針２０２３"@ja ; kk:hasDenotation <d/2> .
<citation/3> a kk:Citation ; kk:statedText "女性版骨太の方針2023"@ja ; kk:hasDenotation <d/3> .
<citation/4> a kk:Citation ; kk:statedText "強靭化基本計画"@ja ; kk:hasDenotation <d/4> .
<citation/5> a kk:Citation ; kk:statedText "骨太の方針2023、熱源基本計画"@ja ; kk:hasDenotation <d/5>, <d/6> .
<citation/6> a kk:Citation ; kk:statedText "どれか分からない方針"@ja .
<citation/7> a kk:Citation ; kk:statedText "熱源の見通し"@ja ; kk:hasDenotation <d/7> .
<d/1> a kk:Denotation ; kk:denotes <strategy/hone/2023-06-16> ; kk:claimLevel c:derived ; kk:rule <rule/citation-denotes> ;
  dcterms:description "名と版が一致。"@ja, "Name and edition agree."@en .
<d/2> a kk:Denotation ; kk:denotes <strategy/hone/2023-06-16> ; kk:claimLevel c:derived ; dcterms:description "名と版が一致。"@ja .
<d/3> a kk:Denotation ; kk:denotes <strategy/josei/2023-06-13> ; kk:claimLevel c:derived ; dcterms:description "名と版が一致。"@ja .
<d/4> a kk:Denotation ; kk:denotes <strategy/kyojin> ; kk:claimLevel c:derived ; dcterms:description "名が一致。"@ja .
<d/5> a kk:Denotation ; kk:denotes <strategy/hone/2023-06-16> ; kk:claimLevel c:derived ; dcterms:description "名と版が一致。"@ja .
<d/6> a kk:Denotation ; kk:denotes <strategy/ene> ; kk:claimLevel c:derived ; dcterms:description "名が一致。"@ja .
<d/7> a kk:Denotation ; kk:denotes <strategy/ene> ; kk:claimLevel c:rejected ; prov:wasAttributedTo <agent/x> ;
  dcterms:description "別の文書。"@ja .
<rule/citation-denotes> a kk:Rule ; skos:prefLabel "引用が指すもの"@ja, "What a citation denotes"@en .
<agent/x> skos:prefLabel "甲"@ja .
c:derived skos:prefLabel "導出"@ja, "derived"@en . c:stated skos:prefLabel "明記"@ja, "stated"@en .
c:rejected skos:prefLabel "不採用"@ja, "rejected"@en .
""".replace("prov:wasAttributedTo", "<http://www.w3.org/ns/prov#wasAttributedTo>")
MINISTRY = """
<org/kou> a org:Organization ; skos:prefLabel "甲務省"@ja, "Ministry of A"@en .
<org/hojin/1> a org:Organization ; skos:prefLabel "甲務省"@ja .
<payee/1> a org:Organization ; skos:prefLabel "甲務省"@ja .
<fy/2023> a kk:FiscalYear ; skos:prefLabel "令和5年度"@ja, "FY2023"@en .
<fy/2024> a kk:FiscalYear ; skos:prefLabel "令和6年度"@ja, "FY2024"@en .
<measure/kou/a> a kk:Measure, kk:Policy ; skos:prefLabel "甲の推進"@ja, "Promotion of A"@en ; kk:ministry <org/kou> .
<measure/kou/b> a kk:Measure, kk:Policy ; skos:prefLabel "乙の推進"@ja ; kk:ministry <org/kou> .
"""


def _project(number: int, years: dict[int, list[tuple[str, str | None]]]) -> str:
    """Return a project of measure a: by review year what it cites, as (citation, edition)."""
    lines = [
        f'<project/{number}> a kk:Project ; skos:prefLabel "事業{number}"@ja ; kk:ministry <org/kou> ; '
        f"dcterms:isPartOf <measure/kou/a> ."
    ]
    lines += [
        f"<project/{number}> kk:hasAppearance <appearance/{year}/{number}> . <appearance/{year}/{number}> a kk:Appearance ; "
        f"kk:fiscalYear <fy/{year}> ."
        for year in years
    ]
    for year, cited in years.items():
        put = f"<link/rs-{year}/{number}/policy/1>"
        lines.append(
            f"<project/{number}> kk:hasLink {put} . {put} a kk:Placement, kk:Link ; kk:basis <measure/kou/a> ; "
            f"kk:reviewYear <fy/{year}> ; kk:claimLevel c:stated ."
        )
        for position, (citation, edition) in enumerate(cited, 1):
            link = f"<link/rs-{year}/{number}/plan/{position}>"
            lines.append(
                f"<project/{number}> kk:hasJustification {link} ; kk:statedLink {link} . {link} a kk:Justification, kk:Link ; "
                f"kk:basis <{citation}> ; kk:claimLevel c:stated ; kk:reviewYear <fy/{year}> ; kk:statedIn <fy/{year}> ."
            )
            if edition:
                strategy = "/".join(edition.split("/")[:2])
                lines.append(
                    f"{link} kk:basisStrategy <{strategy}> . <project/{number}> kk:justifiedBy <{strategy}>, <{edition}> ."
                )
    return "\n".join(lines)


HONE = ("citation/1", "strategy/hone/2023-06-16")
WIDE = ("citation/2", "strategy/hone/2023-06-16")
JOSEI = ("citation/3", "strategy/josei/2023-06-13")
UNKNOWN = ("citation/6", None)
PROJECTS = "\n".join(
    (
        _project(101, {2023: [HONE], 2024: [HONE, WIDE, JOSEI]}),
        _project(102, {2024: [WIDE, UNKNOWN]}),
        _project(103, {2024: [UNKNOWN]}),
        _project(104, {2024: []}),
    )
)
GRAPH = "https://w3id.org/konkyo/graph/asked"


def embedded() -> EmbeddedStore:
    """Return the graph in Oxigraph, with its search keys."""
    import tempfile
    from pathlib import Path

    store = EmbeddedStore()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "asked.ttl"
        path.write_text(PREFIXES + PLANS + CITATIONS + MINISTRY + PROJECTS, encoding="utf-8")
        store.load_turtle(GRAPH, path)
    store.load(NAMES, list(search_keys(store, NAMES)))
    return store


def by_sparql() -> Store:
    """Return the same behind another engine, that knows nothing but SPARQL."""
    store, own = RdflibStore(), embedded()
    for graph in own.graphs():
        store.load(graph, (f"{triple} <{graph}> .\n" for triple in own.triples(graph)))
    return store


def key(iri: str) -> str:
    """Return the part of an IRI that tells."""
    return iri.removeprefix(ID)
