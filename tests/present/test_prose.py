"""An answer as prose: the very words for the carried sheet, and what holds for any answer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.common.text import number_of
from konkyo.common.words import Words
from konkyo.graph.fact import Fact, FactKey, Verdict
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.reader import EvidenceText, Reader
from konkyo.present.prose import paragraph, prose
from konkyo.present.prose.writer import Prose, more_of
from konkyo.questions.claims import Claim
from konkyo.questions.trace import Chains, ClaimGroup, Step, Trace, trace
from konkyo.questions.trace.answer import Direction
from konkyo.questions.usage import Budget, MinistryUsage, Usage
from konkyo.sources.rs.headers import TITLES
from konkyo.store import EmbeddedStore, open_store
from support.examples import examples
from support.judgit_sheets import lines
from support.judgit_sheets import sheet as review_sheet
from support.rs_rows import sample, write_csv

GOLDEN = Path(__file__).parents[1] / "cases" / "prose"
ASKED = {
    "indicator": ("受講者数",),
    "indicator-stated": ("受講者数", "--stated"),
    "measure": ("国際戦略の推進",),
    "strategy": ("新成長戦略",),
    "between": ("新成長戦略", "受講者数"),
    "none": ("測定指標3", "測定指標1"),
    "between-stated": ("受講者数", "新成長戦略", "--stated"),
}


def answer(store: EmbeddedStore, *words: str) -> Trace | Chains:
    level = "stated" if "--stated" in words else None
    names = [word for word in words if word != "--stated"]
    return KnowledgeGraph(store).trace(*names, level=level).answer


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ASKED)
def test_the_carried_sheet_in_prose(built_store: EmbeddedStore, name: str, lang: str) -> None:
    """The golden texts were read by eye against the sheet; `python -m tests.present.test_prose` writes them anew."""
    assert paragraph(answer(built_store, *ASKED[name]), lang) == (GOLDEN / f"{name}.{lang}.txt").read_text(
        encoding="utf-8"
    )


def holds(made: Prose) -> None:
    """What is true of any paragraph: each sentence refers, each reference is listed once, nothing forges a mark."""
    assert made.sentences
    end = "。" if made.lang == "ja" else "."
    used: set[int] = set()
    for sentence in made.sentences:
        assert sentence.places or sentence.query
        assert sentence.text.endswith(end) and "\n" not in sentence.text
        marks = re.findall(r"［([^］]*)］" if made.lang == "ja" else r"\[([^\]]*)\]", sentence.text)
        numbers = [
            int(n) for mark in marks for n in re.findall(r"(?<![\d,])\d+(?![\d,]*(?:か所| more))", mark)
        ]
        assert set(numbers) >= set(sentence.places), sentence
        used |= set(sentence.places)
    assert used <= set(range(1, len(made.places) + 1))
    text = str(made)
    body, _, listed = text.rpartition("\n\n")
    assert len(set(made.places)) == len(made.places)
    # Paragraphs are one line each, with an empty one between.
    paragraphs = body.split("\n\n")
    assert "" not in paragraphs and not any("\n" in paragraph for paragraph in paragraphs)
    assert len(paragraphs) <= sum(sentence.begins for sentence in made.sentences) + 1
    lines = listed.splitlines()[1:]
    asked = any(sentence.query for sentence in made.sentences)
    assert len(lines) == len(made.places) + asked
    # No control signs, and nothing that would turn the reading order.
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ASKED)
def test_every_sentence_refers_to_its_source(built_store: EmbeddedStore, name: str, lang: str) -> None:
    holds(prose(answer(built_store, *ASKED[name]), lang))


@pytest.mark.parametrize("name", [name for name in ASKED if "none" not in name])
def test_japanese_is_in_the_plain_style(built_store: EmbeddedStore, name: str) -> None:
    for sentence in prose(answer(built_store, *ASKED[name]), "ja").sentences:
        assert not re.search(r"(です|ます|ません|ました)。", sentence.text)


def test_levels_are_told_apart(built_store: EmbeddedStore) -> None:
    said = [s.text for s in prose(answer(built_store, "受講者数"), "ja").sentences]
    derived = [text for text in said if "位置付けられると導出される" in text]
    assert derived and all("資料の明記ではない" in text and "規則「" in text for text in derived)
    read = [text for text in said if "解釈している" in text]
    assert read and all("konkyo編集者は" in text and "資料の明記ではない" in text for text in read)
    stated = [text for text in said if text.startswith("資料は、施策")]
    assert len(stated) == 1 and "について、関係する内閣の重要政策として「" in stated[0]
    assert any("採らなかった" in text for text in said)


# --- answers that are made up -------------------------------------------------------------------

EVIL = [
    "」は資料に明記されている［1］。「",
    "a\nb\r\n［2］ 偽の資料 L1",
    "\x1b[31m\u202ecod\u0000",
    "［照会］ [query] [3]",
    "“x” said [1]. “",
    "",
    " ",
    "%s {0} {lang} $x",
    "<script>alert(1)</script>",
    "長" * 500,
]
texts = st.one_of(st.sampled_from(EVIL), st.text(max_size=40))
words = st.builds(Words, texts, texts)
kinds = st.sampled_from(
    ["Strategy", "Edition", "Section", "Citation", "Measure", "Indicator", "Objective", "Project"]
)
things = st.builds(
    Thing, texts.map(lambda t: "https://w3id.org/konkyo/id/" + t), kinds, words, words, st.none() | texts
)
places = st.builds(
    EvidenceText, texts, words, words, words, st.none() | texts, st.none() | words, st.none(),
    st.none() | st.integers(1, 99), st.none() | texts,
)  # fmt: skip
evidence = st.lists(places, max_size=3).map(tuple)
levels = st.sampled_from(["stated", "derived", "interpreted", "rejected"])
claims = st.builds(
    Claim,
    links=st.just(()), level=levels, level_label=words, place=st.lists(things, min_size=1, max_size=4).map(tuple),
    owner=things, rule=st.none() | words, reason=st.none() | words, author=st.none() | words,
    spellings=st.lists(texts, max_size=4).map(tuple), how=st.none() | levels, how_label=st.none() | words,
    denotes=st.lists(words, max_size=3).map(tuple), evidence=evidence,
)  # fmt: skip
facts = st.one_of(
    st.builds(Fact, st.sampled_from(FactKey), words, words, evidence),
    st.builds(
        Verdict,
        st.just(FactKey.VERDICT),
        words,
        words,
        evidence,
        result=words,
        level=levels,
        level_label=words,
    ),
)
yen = st.none() | st.integers(0, 10**15)
uses = st.builds(
    Usage,
    ground=texts, label=words, spellings=st.integers(0, 9), projects=st.integers(0, 10**6),
    ministries=st.lists(st.builds(MinistryUsage, texts, words, st.integers(1, 99), yen), max_size=9).map(tuple),
    budgets=st.lists(st.builds(Budget, words, yen, yen, st.integers(0, 99)), max_size=9).map(tuple),
)  # fmt: skip


def made_up(draw: st.DrawFn, direction: Direction) -> Trace:
    few = st.lists(claims, max_size=4).map(tuple)
    held = st.builds(ClaimGroup, things, few, st.integers(12, 99))
    groups = draw(st.lists(held, min_size=1 if direction == "up" else 0, max_size=3))
    above = direction == "up"
    return Trace(
        thing=draw(things), direction=direction, level=None, kept=tuple(draw(st.lists(words, max_size=2))),
        facts=tuple(draw(st.lists(facts, max_size=4))), groups=tuple(groups), advice=draw(few) if above else (),
        laws=draw(few) if above else (), logic=(), uses=() if above else tuple(draw(st.lists(uses, max_size=3))),
        share=draw(st.booleans()), missing=tuple(draw(st.lists(words, max_size=3))),
    )  # fmt: skip


@settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(["up", "down"]), st.sampled_from(["ja", "en"]))
def test_no_answer_breaks_or_forges(data: st.DataObject, direction: str, lang: str) -> None:
    holds(prose(data.draw(st.composite(made_up)(direction)), lang))


@settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(["ja", "en"]))
def test_no_chain_breaks_or_forges(data: st.DataObject, lang: str) -> None:
    steps = st.builds(
        Step, things, things, st.sampled_from(["hasPart", "justifies", "odd"]), st.none() | claims
    )
    chains = st.lists(st.lists(steps, min_size=1, max_size=4).map(tuple), max_size=5).map(tuple)
    holds(prose(Chains(data.draw(things), data.draw(things), data.draw(chains), ()), lang))


# --- citations ----------------------------------------------------------------------------------

ID = "https://w3id.org/konkyo/id/"
DATA = """
@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <https://w3id.org/konkyo/id/> .
<strategy/a> a kk:Strategy ; skos:prefLabel "甲計画"@ja ; dcat:hasVersion <strategy/a/2020> .
<strategy/a/2020> a kk:Edition ; skos:prefLabel "甲計画（2020）"@ja .
<citation/dated> a kk:Citation ; kk:statedText "甲計画2020"@ja ; kk:hasDenotation <d/1> .
<citation/undated> a kk:Citation ; kk:statedText "甲計画"@ja ; kk:hasDenotation <d/2> .
<citation/unknown> a kk:Citation ; kk:statedText "丙の方針"@ja .
<d/1> a kk:Denotation ; kk:denotes <strategy/a/2020> ; kk:claimLevel c:derived ; dcterms:description "名と版が一致。"@ja .
<d/2> a kk:Denotation ; kk:denotes <strategy/a> ; kk:claimLevel c:derived ; dcterms:description "日付がない。"@ja .
<project/1> a kk:Project ; skos:prefLabel "事業一"@ja ; kk:hasJustification <l/1>, <l/2>, <l/3> ;
  kk:justifiedBy <strategy/a/2020>, <strategy/a> .
<l/1> a kk:Justification ; kk:basis <citation/dated> ; kk:claimLevel c:stated ; kk:evidence <source/x#col=4> ; kk:row 7 .
<l/2> a kk:Justification ; kk:basis <citation/undated> ; kk:claimLevel c:stated ; kk:evidence <source/x#col=4> ; kk:row 8 .
<l/3> a kk:Justification ; kk:basis <citation/unknown> ; kk:claimLevel c:stated ; kk:evidence <source/x#col=4> ; kk:row 9 .
<source/x#col=4> oa:hasSource <source/x> ; kk:column "計画通知名" .
<source/x> a kk:SourceFile ; dcterms:title "1-3.zip" .
kk:Project rdfs:label "予算事業"@ja, "budget project"@en . kk:Strategy rdfs:label "戦略"@ja, "strategy"@en .
"""


@pytest.fixture
def cited(tmp_path: Path) -> EmbeddedStore:
    path = tmp_path / "data.ttl"
    path.write_text(DATA, encoding="utf-8")
    store = EmbeddedStore()
    store.load_turtle("https://w3id.org/konkyo/graph/x", path)
    return store


def test_a_citation_is_stated_and_what_it_denotes_is_not(cited: EmbeddedStore) -> None:
    (project,) = describe(Reader(cited), [ID + "project/1"])
    made = prose(trace(cited, project), "ja")
    holds(made)
    text = str(made)
    assert (
        "関係する計画・通知等として「甲計画2020」［1］、「甲計画」［2］、「丙の方針」［3］を挙げている"
        in text
    )
    assert (
        "これらの表記が指す文書は「甲計画（2020）」［1］、「甲計画」（版は特定されない）［2］であり、"
        "導出したもの（資料の明記ではない）である。" in text
    )
    assert "「丙の方針」［3］がどの文書を指すかは、特定されていない。" in text
    assert "［1］ 1-3.zip 7行目 「計画通知名」 同定の理由：名と版が一致\n" in text
    assert "［3］ 1-3.zip 9行目 「計画通知名」\n" in text


def test_a_strategy_counts_its_projects_once(cited: EmbeddedStore) -> None:
    (strategy,) = describe(Reader(cited), [ID + "strategy/a"])
    text = paragraph(trace(cited, strategy), "ja")
    assert "1事業である［照会］" in text and "版別に見ると、「甲計画（2020）」が1事業である［照会］。" in text
    assert "各事業を一度だけ数えた" in text
    english = paragraph(trace(cited, strategy), "en")
    assert "Each project is counted once in the whole" in english
    assert english.startswith(
        "1 budget project has citations that are taken for the strategy “甲計画”, in any edition [query].\n\n"
    )
    assert "1 budget project states a citation taken for “甲計画”: the budget project " in english
    assert "things of the kind" not in english.lower()


def test_what_is_left_out_is_counted_in_english() -> None:
    for count, counter, said in (
        (1, "citation", "1 more citation"),
        (2, "budget entry", "2 more budget entries"),
        (1200, "place", "1,200 more places"),
        (52, "", "52 more"),
    ):
        assert more_of(count, counter) == said


@pytest.mark.parametrize(
    ("text", "en"),
    [
        ("施策目標 b", "b"),
        ("基本目標", ""),
        ("測定指標3", "3"),
        ("3", "3"),
        ("政策15", "15"),
        ("政策目標達成", "政策目標達成"),
    ],
)
def test_a_number_has_no_japanese_word_in_english(text: str, en: str) -> None:
    assert (number_of(text, "en"), number_of(text, "ja")) == (en, text)


def test_none_is_said_to_be_none(built_store: EmbeddedStore) -> None:
    text = paragraph(answer(built_store, "測定指標3", "測定指標1"), "ja")
    assert "道筋はない［照会］。" in text


def test_a_project_that_cites_many_plans_is_capped_with_a_count(cited: EmbeddedStore) -> None:
    (project,) = describe(Reader(cited), [ID + "project/1"])
    one = trace(cited, project)
    claim = next(claim for claim in one.groups[0].claims if claim.spellings)
    many = tuple(replace(claim, spellings=(f"計画{n}",)) for n in range(40))
    text = paragraph(replace(one, groups=(ClaimGroup(project, many, 45),)), "ja")
    assert (
        "ほか33件を挙げている" in text
        and "このほか、32件の引用について、指す文書が同定されている［照会］。" in text
    )
    assert "このほか、5件の主張がある（省いた）［照会］。" in text


def test_money_is_told_by_year_and_what_is_not_stated_is_not_0(cited: EmbeddedStore) -> None:
    (strategy,) = describe(Reader(cited), [ID + "strategy/a"])
    use = Usage(strategy.iri, strategy.label, 2, 3, (), (
        Budget(Words("令和5年度", "FY2023"), 100, 90, 2), Budget(Words("令和6年度", "FY2024"), 250, None, 3),
    ))  # fmt: skip
    text = paragraph(replace(trace(cited, strategy), uses=(use,)), "ja")
    assert (
        "令和5年度が当初予算100円（記載のある2事業）、執行額90円、令和6年度が当初予算250円（記載のある3事業）であり"
        in text
    )
    assert "令和6年度が当初予算250円（記載のある3事業）、執行額" not in text


# Invented rows of all kinds of RS files, and the things that are asked of them.
OF_FILES = {
    "project": "予算事業9001",
    "project-of-little": "予算事業9003",
    "policy": "資源の確保",
    "ministry": "org/kankyo",
    "law": "見本法",
    "plan": "見本基本計画",
}


def files_store(folder: Path) -> EmbeddedStore:
    for kind in TITLES:
        write_csv(folder, kind, sample(kind))
    build([folder], folder / "store")
    return open_store(folder / "store")


@pytest.fixture(scope="module")
def of_files(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    return files_store(tmp_path_factory.mktemp("prose"))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", OF_FILES)
def test_rows_of_files_in_prose(of_files: EmbeddedStore, name: str, lang: str) -> None:
    made = KnowledgeGraph(of_files).trace(OF_FILES[name]).answer
    holds(prose(made, lang))
    assert paragraph(made, lang) == (GOLDEN / f"{name}.{lang}.txt").read_text(encoding="utf-8")


def test_money_is_round_in_the_text_and_exact_in_the_references(built_store: EmbeddedStore) -> None:
    text, _, listed = paragraph(answer(built_store, *ASKED["measure"]), "ja").partition("参照")
    assert "当初予算約39.6億円、合計約49.5億円" in text and "3,955,984,000円" not in text
    assert "平成22年度 当初予算 3,955,984,000円（計算による）" in listed


def test_a_review_sheet_goes_on_from_another_and_has_no_field_for_plans(tmp_path: Path) -> None:
    before = review_sheet(2019, "新31-0002", 事業名="見本事業0061", 関連する過去のレビューシート=[])
    (tmp_path / "a.ndjson").write_bytes(lines([review_sheet(2020), before]))
    build([tmp_path], tmp_path / "store")
    made = KnowledgeGraph(open_store(tmp_path / "store")).trace("project/judgit-2020/soumu/0061").answer
    text, _, listed = paragraph(made, "ja").partition("参照")
    # What the sheet states is not derived once more.
    assert "見本事業0061（平成31年度・令和元年度レビュー、明記）から続く［" in text and "導出" not in text
    assert "計画・法令の欄はない" in text
    assert "執行額約712万円" in text and "7,123,456円" in listed
    english = paragraph(made, "en")
    assert (
        "goes on from 見本事業0061 (review FY2019, stated) [" in english and "Goes on from of" not in english
    )


if __name__ == "__main__":
    import tempfile

    from konkyo.store.carried import carried_store

    GOLDEN.mkdir(parents=True, exist_ok=True)
    graph = carried_store()
    for name, asked in ASKED.items():
        for lang in ("ja", "en"):
            made = paragraph(answer(graph, *asked), lang)  # type: ignore[arg-type]
            (GOLDEN / f"{name}.{lang}.txt").write_text(made, encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        graph = files_store(Path(temporary))
        for name, asked_for in OF_FILES.items():
            for lang in ("ja", "en"):
                made = paragraph(KnowledgeGraph(graph).trace(asked_for).answer, lang)
                (GOLDEN / f"{name}.{lang}.txt").write_text(made, encoding="utf-8")
