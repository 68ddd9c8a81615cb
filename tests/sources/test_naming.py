"""A sheet may name what no registry holds: it becomes a thing of its own, one for two sheets that name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.build.pipeline import build
from konkyo.common.paths import graphs_dir
from konkyo.model.namespaces import ID, PREFIXES
from konkyo.questions.check import check_store
from konkyo.store import open_store
from konkyo.store.embedded import EmbeddedStore

HEAD = "".join(f"PREFIX {key}: <{value}>\n" for key, value in PREFIXES.items())

SHEET = """キー: {key}
原資料: {{ファイル: {key}.txt, sha256: "{hash}", 行数: 40}}
番号: {{値: {ministry}99-①, 行: 1, 確度: 明白}}
表題: {{値: 平成25年度主要な政策に係る評価書, 行: 1, 確度: 明白}}
評価書の年度: {{値: 平成25年度, 行: 1, 確度: 明白}}
評価対象年度: {{値: 平成24年度, 行: 2}}
府省庁: {{値: {ministry}, 行: 1, 確度: 明白}}
担当部局課室名: [{{値: 例示局 例示課, 行: 2}}]
政策名: {{番号: 政策1, 値: {key}の施策, 行: 3, 確度: 明白}}
施策目標:
  - 記号: a
    値: 例としての目標
    行: 5-6
    測定指標:
      - 番号: 1
        値: 例としての件数
        行: 8
        実績: {{値: 15件, 年度: 平成24年度, 行: 11}}
学識経験を有する者の知見の活用:
  - {{会議体: 例示検討会, 成果物: 例示検討会 報告書, 行: 20, 活用: {{仕方: 施策に反映, 値: 反映した, 行: 21}}}}
政策評価を行う過程において使用した資料:
  - {{名称: 例示検討会 報告書, 行: 22}}
政策に関する評価結果:
  相手: [{{値: 例示国, 行: 23}}]
政策に関係する内閣の重要政策:
{bases}
"""


def sheet(folder: Path, key: str, bases: str, ministry: str = "総務省") -> Path:
    path = folder / f"{key}.yaml"
    path.write_text(SHEET.format(key=key, hash="0" * 64, ministry=ministry, bases=bases), encoding="utf-8")
    return path


def built(tmp_path: Path, *sheets: Path) -> EmbeddedStore:
    build([*sheets], tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert isinstance(store, EmbeddedStore)
    assert check_store(store) == []
    return store


def bases(store: EmbeddedStore, key: str) -> list[str]:
    rows = store.select(
        f"{HEAD} SELECT ?b WHERE {{ GRAPH <https://w3id.org/konkyo/graph/{key}> {{ ?l a kk:Justification ; kk:claimLevel c:stated ; kk:basis ?b }} }}"
    )
    return sorted(row["b"].value.removeprefix(ID) for row in rows)


def names(store: EmbeddedStore, iri: str) -> list[str]:
    rows = store.select(f"SELECT ?n WHERE {{ GRAPH ?g {{ <{ID}{iri}> <{PREFIXES['skos']}prefLabel> ?n }} }}")
    return sorted(row["n"].value for row in rows)


def test_what_no_registry_holds_becomes_its_own(tmp_path: Path) -> None:
    cited = "  - {名称: 例示推進プラン, 年月日: 平成25年4月1日, 行: 14, 関係部分: [{値: [第２章　柱, （１）例示の項], 行: 15}]}"
    store = built(tmp_path, sheet(tmp_path, "one", cited, "例示省"))
    (section,) = bases(store, "one")
    edition = section.rpartition("/")[0]
    assert edition.endswith("/2013-04-01")
    assert names(store, section) == ["（１）例示の項"]
    assert names(store, edition) == ["例示推進プラン（2013-04-01）"]
    assert names(store, edition.rpartition("/")[0]) == ["例示推進プラン"]


def test_two_sheets_that_cite_one_section_mean_one(tmp_path: Path) -> None:
    one = "  - {名称: 例示推進プラン, 年月日: 平成25年4月1日, 行: 14, 関係部分: [{値: [第２章　柱, （１）例示の項], 行: 15}]}"
    two = "  - {名称: 例示推進ﾌﾟﾗﾝ, 年月日: 2013年4月1日, 行: 14, 関係部分: [{値: [第2章 柱, (1)　例示の項], 行: 15}, {値: [第2章 柱, (2) 他の項], 行: 16}]}"
    store = built(tmp_path, sheet(tmp_path, "one", one), sheet(tmp_path, "two", two, "法務省"))
    (section,) = bases(store, "one")
    assert section in bases(store, "two") and len(bases(store, "two")) == 2
    assert len(names(store, section)) == 1 and len(names(store, section.rpartition("/")[0])) == 1


def test_a_plan_that_citations_know_is_recognised(tmp_path: Path) -> None:
    cited = "  - {名称: 経済財政運営と改革の基本方針2014, 行: 14}\n  - {名称: 世界最先端ＩＴ国家創造宣言, 年月日: 平成25年6月14日, 行: 15}"
    store = built(tmp_path, sheet(tmp_path, "one", cited))
    assert bases(store, "one") == ["strategy/honebuto/2014-06-24", "strategy/it-kokka-sengen/2013-06-14"]


def test_a_day_that_the_registry_lacks_is_an_edition_of_the_plan_it_knows(tmp_path: Path) -> None:
    store = built(tmp_path, sheet(tmp_path, "one", "  - {名称: 新成長戦略, 年月日: 平成22年6月19日, 行: 14}"))
    assert bases(store, "one") == ["strategy/shin-seicho/2010-06-19"]


@pytest.mark.parametrize("cited", ["例示推進プラン", "第２次例示大綱", "第186回国会施政方針演説"])
def test_an_undated_citation_has_its_section_below_the_plan_or_its_labelled_edition(
    tmp_path: Path, cited: str
) -> None:
    text = f"  - {{名称: {cited}, 行: 14, 関係部分: [{{値: [３．例示], 行: 15}}]}}"
    store = built(tmp_path, sheet(tmp_path, "one", text))
    (section,) = bases(store, "one")
    assert section.startswith("strategy/") and names(store, section) == ["３．例示"]


def test_a_known_section_stays_the_registered_one_and_a_new_one_hangs_below_it(tmp_path: Path) -> None:
    text = """  - 名称: 新成長戦略
    年月日: 平成22年6月18日
    行: 14
    関係部分:
      - {値: [第3章, 強みを活かす成長分野, （３）アジア経済戦略], 行: 15}
      - {値: [第3章, 例示の分野], 行: 16}"""
    store = built(tmp_path, sheet(tmp_path, "one", text))
    known = "strategy/shin-seicho/2010-06-18/s-3.3"
    (new,) = (one for one in bases(store, "one") if one != known)
    assert known in bases(store, "one")
    (parent,) = store.select(
        f"SELECT ?p WHERE {{ GRAPH ?g {{ <{ID}{new}> <{PREFIXES['dcterms']}isPartOf> ?p }} }}"
    )
    assert parent["p"].value == f"{ID}strategy/shin-seicho/2010-06-18/s-3"


def test_the_report_of_a_panel_is_one_with_the_document_at_hand(tmp_path: Path) -> None:
    store = built(tmp_path, sheet(tmp_path, "one", "  - {名称: 新成長戦略, 行: 14}"))
    rows = store.select(
        f"{HEAD} SELECT ?r WHERE {{ GRAPH ?g {{ ?l a kk:Uptake ; kk:basis ?r . ?s a kk:EvaluationSheet ; kk:cites ?r }} }}"
    )
    (report,) = rows
    assert names(store, report["r"].value.removeprefix(ID)) == ["例示検討会 報告書"]


def test_a_kept_sheet_keeps_its_names(tmp_path: Path) -> None:
    first = sheet(tmp_path, "one", "  - {名称: 例示推進プラン, 行: 14}")
    built(tmp_path, first)
    build([sheet(tmp_path, "two", "  - {名称: 新成長戦略, 行: 14}", "法務省")], tmp_path / "store", keep=True)
    store = open_store(tmp_path / "store")
    assert isinstance(store, EmbeddedStore)
    (plan,) = bases(store, "one")
    assert names(store, plan) == ["例示推進プラン"] and bases(store, "two") == ["strategy/shin-seicho"]


def test_a_kept_sheet_keeps_the_registered_plan_that_it_alone_cites(tmp_path: Path) -> None:
    """The registry holds hundreds of plans, and a graph those that something cites."""
    cited = "  - {名称: 経済財政運営と改革の基本方針2023, 年月日: 令和5年6月16日, 行: 14}"
    built(tmp_path, sheet(tmp_path, "one", cited))
    build([sheet(tmp_path, "two", "  - {名称: 新成長戦略, 行: 14}", "法務省")], tmp_path / "store", keep=True)
    store = open_store(tmp_path / "store")
    assert isinstance(store, EmbeddedStore) and check_store(store) == []
    (plan,) = bases(store, "one")
    assert plan == "strategy/honebuto/2023-06-16"
    assert "経済財政運営と改革の基本方針（2023-06-16）" in names(store, plan)


def test_the_carried_registry_is_not_asked_for_every_name() -> None:
    # The carried sheet names registered things alone: its graph holds no thing of its own (see test_turtle for its bytes).
    text = (graphs_dir() / "built" / "soumu-23-15.ttl").read_text(encoding="utf-8")
    assert "writtenName" not in text


def test_a_speech_is_one_however_two_sheets_write_it(tmp_path: Path) -> None:
    def bases(name: str, date: str) -> str:
        return f"  - {{名称: {name}, 年月日: {date}, 行: 30}}"

    store = built(
        tmp_path,
        sheet(
            tmp_path, "one", bases("第186回国会 総務委員会における総務大臣（衆）所信表明", "平成26年2月18日")
        ),
        sheet(
            tmp_path,
            "two",
            bases("第１８６回国会衆議院総務委員会における総務大臣所信表明", "平成26年２月18日"),
        ),
        sheet(tmp_path, "other", bases("第187回国会 総務大臣所信表明", "平成26年10月")),
    )
    rows = store.select(
        HEAD
        + """SELECT ?speech ?session ?house ?office ?date (COUNT(DISTINCT ?measure) AS ?measures) (COUNT(DISTINCT ?of) AS ?series) WHERE {
  GRAPH ?g { ?speech a kk:Speech ; kk:dietSession ?session ; kk:speakerOffice ?office ; dcterms:issued ?date OPTIONAL { ?speech kk:dietHouse ?house } }
  GRAPH ?h { ?measure kk:hasJustification/kk:basis ?speech } GRAPH ?i { ?of dcat:hasVersion ?speech }
  FILTER(STRSTARTS(STR(?measure), "https://w3id.org/konkyo/id/measure/"))
} GROUP BY ?speech ?session ?house ?office ?date ORDER BY ?session"""
    )
    found = [
        (
            row["session"].value,
            row["house"] and row["house"].value,
            row["office"].value,
            row["measures"].value,
        )
        for row in rows
    ]
    assert found == [("186", "衆議院総務委員会", "総務大臣", "2"), ("187", None, "総務大臣", "1")]


def test_indicators_of_two_years_of_one_measure_are_one(tmp_path: Path) -> None:
    def of_year(key: str, year: int, value: str, name: str = "例としての件数") -> Path:
        path = sheet(tmp_path, key, "  - {名称: 新成長戦略, 年月日: 平成22年6月18日, 行: 30}")
        text = (
            path.read_text(encoding="utf-8")
            .replace(f"{key}の施策", "続く施策")
            .replace("平成25年度", f"平成{year}年度")
        )
        text = (
            text.replace("平成24年度", f"平成{year - 1}年度")
            .replace("15件", value)
            .replace("例としての件数", name)
        )
        path.write_text(text, encoding="utf-8")
        return path

    store = built(
        tmp_path,
        of_year("first", 25, "15件"),
        of_year("second", 26, "18件", "例としての 件数"),
        of_year("third", 27, "20件", "別の件数"),
    )
    rows = store.select(
        HEAD
        + """SELECT ?one ?year ?text WHERE { ?i dcterms:isVersionOf ?one ; kk:hasValue ?v .
  ?v kk:valueRole c:result ; kk:fiscalYear ?year ; kk:statedText ?text } ORDER BY ?year"""
    )
    found = [(row["one"].value, row["year"].value.rsplit("/", 1)[1], row["text"].value) for row in rows]
    assert [one[1:] for one in found] == [("2012", "15件"), ("2013", "18件")] and len(
        {one[0] for one in found}
    ) == 1
