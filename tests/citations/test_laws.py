"""Laws that are named without an id: the one of the same name, or nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.build.pipeline import build
from konkyo.citations.judgements import Judgement, Judgements
from konkyo.citations.laws import NamedLaw, law_denotations, laws_in, match_laws, name_and_place, title_of_law
from konkyo.cli import main
from konkyo.model.identifiers import IRI, digest, law, thing
from konkyo.model.records import Agent, Denotation
from konkyo.store import open_store

SAMPLE = Path(__file__).parents[1] / "cases" / "rs" / "1-3" / "input.csv"
NAMED = thing("law", "named", digest("見本法"))


def with_id(name: str, law_id: str) -> NamedLaw:
    return NamedLaw(law(law_id), name, law_id)


def without(name: str, number: str = "") -> NamedLaw:
    return NamedLaw(thing("law", "named", digest(name)), name, number=number)


READINGS = [
    ("見本法（2025年夏頃施行予定）", ("見本法", None)),
    ("見本条約（ＰＯＰｓ条約）第５条、第７条", ("見本条約", "第5条、第7条")),
    ("見本法（見本別法第26条において準用する場合を含む）", ("見本法", None)),
    ("見本法　等", ("見本法", None)),
    ("見本法附則", ("見本法", "附則")),
    # The supplement of an amending law is not the law's own.
    ("見本法（昭和６０年改正附則）", ("見本法(昭和60年改正附則)", None)),
    ("見本法https://example.org/見本", ("見本法", None)),
    ("見本規則第41・42条", ("見本規則", "第41・42条")),
    ("見本法第４～５条", ("見本法", "第4~5条")),
    ("見本法第四条第二項および七項", ("見本法", "第四条第二項および七項")),
    ("見本法（平11法89）第４条", ("見本法", "第4条")),
    (
        "「日本国と見本国との間の協定」附属書十第一編第六節",
        ("日本国と見本国との間の協定", "附属書十第一編第六節"),
    ),
    ("見本協定_第７章 見本の移動（第９２条～第９６条）", ("見本協定", "第7章見本の移動(第92条~第96条)")),
    ("昭和二十二年法律第五十四号（見本法）（昭和57年見本委員会告示第15号）", ("見本法", None)),
    ("平成23年８月10日法律第95号「見本の推進に関する法律」", ("見本の推進に関する法律", None)),
    ("見本法", ("見本法", None)),
    ("見本法（平成11年法律第94号）", ("見本法", None)),
    ("見本法（平成11年法律第94号）第４条第１項", ("見本法", "第4条第1項")),
    ("見本法_第7条の３及び第9条から第12条まで等", ("見本法", "第7条の3及び第9条から第12条まで等")),
    ("見本法（第20条ほか）", ("見本法", "第20条ほか")),
    ("・「見本法」（平成11年法律第94号）", ("見本法", None)),
    ("見本法第3条、別見本法", ("見本法第3条、別見本法", None)),
    ("見本法第8条の規定に基づく基本方針", ("見本法第8条の規定に基づく基本方針", None)),
    ("第33条第3項", ("", "第33条第3項")),
    ("「見本法（法改正も含め検討中）」", ("見本法", None)),
    ("見本法（昭和60年改正）", ("見本法(昭和60年改正)", None)),
    ("「見本条約（第3条、第15条）」", ("見本条約", "第3条、第15条")),
    ("見本法第15条第2項(施行日（令和元年12月11日）以降)", ("見本法", "第15条第2項")),
    ("見本省令（令和2年3月27日 見本省令第44号）ほか", ("見本省令", None)),
]


@pytest.mark.parametrize(("name", "wanted"), READINGS, ids=[name for name, _ in READINGS])
def test_the_articles_and_the_number_are_no_part_of_a_name(name: str, wanted: tuple[str, str | None]) -> None:
    assert name_and_place(name) == wanted


LISTS = [
    ("見本法4条", [("見本法", "4条")]),
    ("●見本法_２条", [("見本法", "2条")]),
    ("見本法第195条第3項(昭和39年法律第158号）", [("見本法", "第195条第3項")]),
    ("見本法第１５条（見本の環境の整備）、第16条（その他）", [("見本法", "第15条(見本の環境の整備)、第16条(その他)")]),
    ("見本法（第4条第1項第52号）", [("見本法", "第4条第1項第52号")]),
    ("見本法、別見本法　等", [("見本法", None), ("別見本法", None)]),
    ("見本法第3条、別見本法", [("見本法", "第3条"), ("別見本法", None)]),
    ("見本法第6条及び第16条第4項、別見本法第4条", [("見本法", "第6条及び第16条第4項"), ("別見本法", "第4条")]),
    ("見本法_第22条、第25条別見本に関する法律_第9条～第19条", [("見本法", "第22条、第25条"), ("別見本に関する法律", "第9条~第19条")]),
    ("見本、例示等の活性化に関する法律第6条、第9条", [("見本、例示等の活性化に関する法律", "第6条、第9条")]),
    ("見本法第4条及び第7条、お見本の振興に関する法律第4条、がん見本法(平成18年法律第112号）第8条、見本の振興に関する法律第3章の2", [
        ("見本法", "第4条及び第7条"), ("お見本の振興に関する法律", "第4条"), ("がん見本法", "第8条"), ("見本の振興に関する法律", "第3章の2"),
    ]),
    ("見本法第36条及び見本法及び別見本に関する法律の一部を改正する法律（平成27年法律第59号）附則第24条第3項", [
        ("見本法", "第36条"), ("見本法及び別見本に関する法律の一部を改正する法律", "附則第24条第3項"),
    ]),
    ("見本法第36条、別見本法の一部を改正する法律第2条", [("見本法第36条、別見本法の一部を改正する法律", "第2条")]),
    ("見本法（昭和52年法律第40号）及び同法施行令（昭和52年政令第260号）", [("見本法", None), ("見本法施行令", None)]),
    ("見本法並びに同法施行規則第3条", [("見本法", None), ("見本法施行規則", "第3条")]),
    ("見本法（平成15年法律第112号）第35条において準用する別見本法（平成11年法律第103号）第46条", [("見本法", "第35条"), ("別見本法", "第46条")]),
    ("見本法第4条、見本組織例第30条第2項、別見本法第6条", [("見本法", "第4条"), ("見本組織例", "第30条第2項"), ("別見本法", "第6条")]),
    ("見本組織令第21条　見本課は、次に掲げる事務をつかさどる。二　見本に関すること。", [("見本組織令", "第21条")]),
    ("見本条約第6条、見本条約第六条に基づく地位に関する協定第2条", [("見本条約", "第6条"), ("見本条約第六条に基づく地位に関する協定", "第2条")]),
    ("見本法第4条に基づく見本条例第3条、見本法第5条", [("見本法第4条に基づく見本条例第3条、見本法", "第5条")]),
    ("見本法第七条第一項の基準を定める省令", [("見本法第七条第一項の基準を定める省令", None)]),
    ("見本条約第六条に基づく地位に関する協定第2条", [("見本条約第六条に基づく地位に関する協定", "第2条")]),
    ("見本法、別見本法の一部を改正する法律", [("見本法、別見本法の一部を改正する法律", None)]),
    ("見本法及び別見本法", [("見本法及び別見本法", None)]),
    ("平成13年改正前の見本法第40条、第45条並びに平成13年改正附則第2条", [("見本法", "第40条、第45条")]),
    ("別見本等の一部を改正する法律（平成25年法律第63号）附則第５条及び同法による改正前の見本法（昭和29年法律第115号）第３０条", [("別見本等の一部を改正する法律", "附則第5条"), ("見本法", "第30条")]),
    ("別見本法附則第5条の規定によりなおその効力を有する同法第1条の規定による改正前の見本法第106条", [("見本法", "第106条")]),
    ("「別見本法の一部を改正する法律」（令和６年法律第23号）による改正後の見本に関する法律", [("見本に関する法律", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted"), LISTS, ids=[name for name, _ in LISTS])
def test_each_law_of_a_cell_has_its_articles(name: str, wanted: list[tuple[str, str | None]]) -> None:
    assert [(one.key, one.place) for one in laws_in(name)] == wanted


def test_a_cell_of_several_laws_leads_to_each() -> None:
    cell = without("見本法4条、未知法、二重法第2条、第三見本法（令和元年法律第5号）第2条")
    found = match_laws([cell, *LAWS, with_id("第三見本法", "501AC0000000005")])
    made = [one for one in law_denotations(found) if isinstance(one, Denotation)]
    assert [(one.denotes, one.place) for one in made] == [
        (law("411AC0000000091"), "4条"),
        (law("501AC0000000005"), "第2条"),
    ]
    assert len({one.iri for one in made}) == 2


@given(st.text(max_size=600))
def test_any_name_is_read(name: str) -> None:
    key, _ = name_and_place(name)
    assert isinstance(key, str) and laws_in(name)


LAWS = [
    with_id("見本法", "411AC0000000091"),
    with_id("見本法第2条", "411AC0000000091"),
    with_id("二重法", "325AC0000000002"),
    with_id("二重法", "325AC0000000003"),
]


@pytest.mark.parametrize(
    ("named", "law_id", "possible"),
    [
        (without("見本法"), "411AC0000000091", 1),
        (without("見本法第4条", "平成十一年法律第九十一号"), "411AC0000000091", 1),
        (without("見本法", "第91号"), "411AC0000000091", 1),
        (without("見本法", "令和3年法律第94号"), None, 1),
        (without("見本法（平成12年法律第1号）"), None, 1),
        (without("二重法"), None, 2),
        (without("（平成11年法律第91号）"), "411AC0000000091", 1),
        (without("_(平成11年6月19日法律第91号)"), "411AC0000000091", 1),
    ],
)
def test_only_what_is_exact_is_claimed(named: NamedLaw, law_id: str | None, possible: int) -> None:
    (found,) = match_laws([named, *LAWS])
    assert (found.law_id, len(found.possible)) == (law_id, possible)
    made = [one for one in law_denotations([found]) if isinstance(one, Denotation)]
    assert [one.denotes for one in made] == ([law(law_id)] if law_id else [])
    assert found.reason.ja and found.reason.en


def test_a_number_alone_is_that_of_one_law_or_of_none() -> None:
    """No year, another kind, or two laws of the number: nothing is claimed."""
    double = [with_id("甲法", "411AC0000000091"), with_id("乙法", "411AC1000000091")]
    (found,) = match_laws([without("（平成11年法律第91号）"), *double])
    assert found.law_id is None and len(found.possible) == 2
    for cell in (
        "（第91号）",
        "（平成11年政令第91号）",
        "（平成11年法律第92号）",
        "（平成11年見本省令第91号）",
    ):
        assert not match_laws([without(cell), *LAWS])


@pytest.mark.parametrize(
    ("name", "changed"),
    [("平成13年改正前の見本法第4条", "before"), ("別見本法による改正後の見本法", "after")],
)
def test_a_law_as_it_stood_is_that_law_and_says_so(name: str, changed: str) -> None:
    (found,) = match_laws([without(name), *LAWS])
    assert found.law_id == "411AC0000000091" and changed in found.reason.en
    assert found.reason.ja.startswith(f"改正{'前' if changed == 'before' else '後'}の条文")


@pytest.mark.parametrize("name", ["見本法施行令", "第33条第3項", "", "見本", "新見本法"])
def test_another_name_is_another_law(name: str) -> None:
    assert match_laws([without(name), *LAWS]) == []


def test_people_decide() -> None:
    def judged(named: IRI, law_id: str, verdict: str) -> Judgements:
        return Judgements([Judgement(named, law(law_id), verdict, "甲", "2026-01-01", "理由")])  # type: ignore[arg-type]

    (found,) = match_laws([without("見本法"), *LAWS], judged(NAMED, "411AC0000000091", "different"))
    assert found.law_id is None and found.possible == ()
    two = without("二重法")
    (found,) = match_laws([two, *LAWS], judged(two.iri, "325AC0000000003", "same"))
    assert found.law_id == "325AC0000000003"
    agent, claim = law_denotations([found])
    assert isinstance(agent, Agent) and isinstance(claim, Denotation)
    assert (claim.level, claim.author, claim.rule) == ("interpreted", agent.iri, None)
    (found,) = match_laws([two, *LAWS], judged(two.iri, "325AC0000000003", "different"))
    assert found.law_id == "325AC0000000002"


def test_the_graph_reaches_the_law_with_an_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8-sig"), newline="")))
    head, made = rows[0], []
    for number, (name, law_id) in enumerate((("見本法", "411AC0000000091"), ("見本法第4条", "")), start=1):
        row = list(rows[1])
        row[head.index("番号（根拠法令）")] = str(number)
        row[head.index("法令名")], row[head.index("法令ID")] = name, law_id
        row[head.index("予算事業ID")] = str(number)
        made.append(row)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([head, *made])
    path = tmp_path / "1-3.csv"
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    build([path], tmp_path / "store")
    store = open_store(tmp_path / "store")
    text = "SELECT ?p ?l WHERE { ?p <https://w3id.org/konkyo/ns#legalBasis> ?l } ORDER BY ?p ?l"
    found = [(row["p"].value.split("/")[-1], row["l"].value) for row in store.select(text)]
    with_number = law("411AC0000000091")
    assert found == [
        ("1", with_number),
        ("2", with_number),
        ("2", thing("law", "named", digest("見本法第4条"))),
    ]
    claims = list(
        store.select(
            "SELECT ?level ?rule ?place WHERE { ?d a <https://w3id.org/konkyo/ns#Denotation> ; "
            f"<https://w3id.org/konkyo/ns#denotes> <{with_number}> ; <https://w3id.org/konkyo/ns#claimLevel> ?level ; "
            "<https://w3id.org/konkyo/ns#rule> ?rule ; <https://w3id.org/konkyo/ns#statedPlace> ?place }"
        )
    )
    assert [(row["level"].value.split("/")[-1], row["place"].value) for row in claims] == [
        ("derived", "第4条")
    ]
    # The command lists the same from the store.
    assert main(["resolve", "--laws", "--store", str(tmp_path / "store"), "--format", "csv"]) == 0
    _, *rows = csv.reader(capsys.readouterr().out.splitlines())
    assert [row[:4] for row in rows] == [["見本法第4条", "第4条", "411AC0000000091", "同じ"]]


# Names as the published 1-3 of 2024 writes them beside an id.
TITLES = {
    "・「日本私立学校振興・共済事業団法」（平成９年法律第４８号）": "日本私立学校振興・共済事業団法",
    "昭和二十二年法律第五十四号（私的独占の禁止及び公正取引の確保に関する法律）": "私的独占の禁止及び公正取引の確保に関する法律",
    "障害者の雇用の促進等に関する法律施行規則　附則第１条の２": "障害者の雇用の促進等に関する法律施行規則",
    "特定多目的ダム法_第1条、第7条、第8条、第33条": "特定多目的ダム法",
    "漁業法第159条": "漁業法",
    "(国立研究開発法人建築研究所法)": "国立研究開発法人建築研究所法",
    "指定自動車整備事業規則第１条_等": "指定自動車整備事業規則",
    "関税法（67条等）": "関税法",
    "踏切道改良促進法（踏切保安施設整備事業のみ）": "踏切道改良促進法",
    "国際的な子の奪取の民事上の側面に関する条約の実施に関する法律第３条から第２５条及び第１４２条": (
        "国際的な子の奪取の民事上の側面に関する条約の実施に関する法律"
    ),
    "・部落差別の解消の推進に関する法律": "部落差別の解消の推進に関する法律",
}
# Names that hold an article or a bracket of their own, or end as few laws do.
WHOLE = (
    "金融商品取引法第六章の二の規定による課徴金に関する内閣府令",
    "子ども・子育て支援法附則第十条第四項の規定に基づく保育緊急確保事業に要する費用の補助に関する政令",
    "道路運送車両の保安基準",
    "犯罪捜査規範",
    "外国軍用艦船等に関する検疫法特例",
)


@pytest.mark.parametrize(("written", "title"), [*TITLES.items(), *((name, name) for name in WHOLE)])
def test_a_law_is_called_by_its_name_alone(written: str, title: str) -> None:
    assert title_of_law(written) == title
    assert title_of_law(title) == title


@given(st.text(max_size=60))
def test_a_title_is_a_part_of_what_is_written(written: str) -> None:
    assert title_of_law(written) in written
