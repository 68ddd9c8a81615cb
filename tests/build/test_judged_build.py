"""A person's judgement against the machine's decision: the built graph follows it, and follows it back."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from konkyo.build.pipeline import build
from konkyo.build.turtle import write_turtle
from konkyo.citations.judgements import Judgement, append
from konkyo.citations.resolve import resolve_all
from konkyo.common.paths import graphs_dir
from konkyo.graph.lookup.things import find
from konkyo.model.identifiers import thing
from konkyo.model.namespaces import PREFIXES
from konkyo.present.prose import paragraph
from konkyo.questions.check import check
from konkyo.questions.gaps import gaps
from konkyo.questions.trace import trace
from konkyo.sources.registry import Registry
from konkyo.store import open_store

CITED = "「経済財政運営と改革の基本方針2023」（令和5年6月16日閣議決定）"
EDITION = thing("strategy", "honebuto", "2023-06-16")
STRATEGY = thing("strategy", "honebuto")
SAMPLE = Path(__file__).parents[1] / "cases" / "rs" / "1-3" / "input.csv"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """One invented file 1-3 with one citation of a registered edition."""
    return cited(tmp_path, CITED)


def cited(tmp_path: Path, words: str) -> Path:
    rows = list(csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8-sig"), newline="")))
    head, row = rows[0], list(rows[1])
    row[head.index("番号（関係する計画・通知等）")] = "1"
    row[head.index("計画通知名")] = words
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([head, row])
    path = tmp_path / "rs" / "1-3.csv"
    path.parent.mkdir()
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    return path


def grounds(files: Path, registry: Path, store: Path) -> set[str]:
    build([files], store, registry=registry)
    text = "SELECT ?g WHERE { ?p a <https://w3id.org/konkyo/ns#Project> ; <https://w3id.org/konkyo/ns#justifiedBy> ?g }"
    return {row["g"].value for row in open_store(store).select(text)}


def test_the_graph_follows_a_judgement_and_its_taking_back(files: Path, tmp_path: Path) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    for name in ("organizations.yaml", "strategies.yaml", "editions-seen.csv"):
        shutil.copy(graphs_dir() / name, registry / name)
    store = tmp_path / "store"
    assert {EDITION, STRATEGY} <= grounds(files, registry, store)

    (found,) = resolve_all([CITED], Registry(registry))[CITED]
    judgements = registry / "judgements.csv"
    append(judgements, Judgement(found.mention, STRATEGY, "different", "甲", "2026-01-01", "別の文書である"))
    after = grounds(files, registry, store)
    assert EDITION not in after and STRATEGY not in after
    (who,) = open_store(store).select(
        "SELECT ?who WHERE { ?d <http://www.w3.org/ns/prov#wasAttributedTo> ?who ; a <https://w3id.org/konkyo/ns#Denotation> }"
    )
    assert who["who"].value.startswith("https://w3id.org/konkyo/id/agent/u-")

    append(judgements, Judgement(found.mention, STRATEGY, "back", "甲", "2026-01-02", "取り消す"))
    assert {EDITION, STRATEGY} <= grounds(files, registry, store)


def test_a_build_that_keeps_follows_a_judgement_too(files: Path, tmp_path: Path) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    for name in ("organizations.yaml", "strategies.yaml", "editions-seen.csv"):
        shutil.copy(graphs_dir() / name, registry / name)
    store = tmp_path / "store"
    assert EDITION in grounds(files, registry, store)
    (found,) = resolve_all([CITED], Registry(registry))[CITED]
    append(
        registry / "judgements.csv", Judgement(found.mention, STRATEGY, "different", "甲", "2026-01-01", "別")
    )
    build([], store, registry=registry, keep=True)
    text = "SELECT ?g WHERE { ?p a <https://w3id.org/konkyo/ns#Project> ; <https://w3id.org/konkyo/ns#justifiedBy> ?g }"
    assert EDITION not in {row["g"].value for row in open_store(store).select(text)}


def test_a_cited_strategy_is_written_with_its_deciders_and_predecessor_once(tmp_path: Path) -> None:
    words = "国家防衛戦略、新成長戦略（平成22年6月18日閣議決定）第3章、骨太の方針2013"
    build([cited(tmp_path, words)], tmp_path / "store")
    store = open_store(tmp_path / "store")
    twice = "SELECT ?s ?p ?o WHERE { GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(STR(?a) < STR(?b)) }"
    assert [str(row) for row in store.select(twice)] == []
    kk = "https://w3id.org/konkyo/ns#"
    found = {
        (row["s"].value.rpartition("/")[2], row["o"].value.rpartition("/")[2])
        for row in store.select(f"SELECT ?s ?o WHERE {{ ?s <{kk}decidedBy> ?o . ?o a ?kind }}")
    }
    assert {
        ("kokka-boei", "kakugi"),
        ("kokka-boei", "kokka-anzen-hosho-kaigi"),
        ("boei-taiko", "kakugi"),
    } <= found
    (unconfirmed,) = store.select(
        f"SELECT (COUNT(*) AS ?n) WHERE {{ ?e <{kk}readingCertainty> <https://w3id.org/konkyo/code/unconfirmed> }}"
    )
    assert int(unconfirmed["n"].value) > 0
    # The section that is cited, and through it edition and strategy, justify the project.
    section = thing("strategy", "shin-seicho", "2010-06-18", "s-3")
    text = f"SELECT ?g WHERE {{ ?p a <{kk}Project> ; <{kk}justifiedBy> ?g }}"
    grounds = {row["g"].value for row in store.select(text)}
    assert {section, section.removesuffix("/s-3"), thing("strategy", "shin-seicho")} <= grounds
    assert check(write_turtle(store, tmp_path / "turtle", PREFIXES)) == []


def test_a_document_of_a_list_that_nobody_knows_is_told_and_a_numbered_edition_needs_no_date(
    tmp_path: Path,
) -> None:
    words = (
        "「経済財政運営と改革の基本方針2022」（令和４年６月７日閣議決定）、"
        # Of the day of 成長戦略フォローアップ2022 it would be that; on this day nothing of the kind was decided.
        "「フォローアップ」（令和４年６月８日閣議決定）、第９期例示保険事業計画"
    )
    build([cited(tmp_path, words)], tmp_path / "store")
    store = open_store(tmp_path / "store")
    kk = "https://w3id.org/konkyo/ns#"
    texts = list(store.select(f"SELECT ?t WHERE {{ ?c a <{kk}Citation> ; <{kk}unidentifiedText> ?t }}"))
    assert [row["t"].value for row in texts] == ["フォローアップ"]
    (label,) = store.select(f"SELECT ?l WHERE {{ ?e a <{kk}Edition> ; <{kk}editionLabel> ?l }}")
    assert label["l"].value == "第9期"
    assert check(write_turtle(store, tmp_path / "turtle", PREFIXES)) == []

    (project,) = store.select(f"SELECT ?p WHERE {{ ?p a <{kk}Project> }}")
    (citation,) = store.select(f"SELECT ?c WHERE {{ ?c a <{kk}Citation> }}")
    said = "ほかに「フォローアップ」を引くが、どの文書かは分かっていません。"
    for iri in (project["p"].value, citation["c"].value):
        answer = trace(store, find(store, iri))
        assert said in [words.ja for words in answer.missing]
        assert "「フォローアップ」を引くが、どの文書かは分かっていない" in paragraph(answer, "ja")
    found = gaps(store, kinds=["unresolved-citations", "superseded-only"]).found
    assert [len(kind.lines) for kind in found] == [1, 0]


def registry_with(folder: Path, *rows: Judgement) -> Path:
    folder.mkdir()
    for name in ("organizations.yaml", "strategies.yaml", "editions-seen.csv"):
        shutil.copy(graphs_dir() / name, folder / name)
    for row in rows:
        append(folder / "judgements.csv", row)
    return folder


@pytest.mark.parametrize("kind", ["registered", "named by citations"])
def test_strategies_that_are_judged_the_same_leave_no_end_open(kind: str, tmp_path: Path) -> None:
    words = "例示甲計画（令和3年4月1日決定）"
    (one,) = resolve_all([words], Registry(graphs_dir()))[words]
    if kind == "registered":
        other, kept = STRATEGY, STRATEGY
    else:
        (two,) = resolve_all(["例示乙計画（令和5年4月1日決定）"], Registry(graphs_dir())).popitem()[1]
        other, kept = two.strategy, min(one.strategy, two.strategy)
        words += "、例示乙計画（令和5年4月1日決定）"
    folder = registry_with(tmp_path / "r", Judgement(one.strategy, other, "same", "甲", "2026-01-01"))
    build([cited(tmp_path, words)], tmp_path / "store", registry=folder)
    store = open_store(tmp_path / "store")
    kk = "https://w3id.org/konkyo/ns#"
    denoted = {row["d"].value for row in store.select(f"SELECT ?d WHERE {{ ?x <{kk}denotes> ?d }}")}
    assert denoted and all(iri.startswith(kept) for iri in denoted)
    names = {row["s"].value for row in store.select(f"SELECT ?s WHERE {{ ?p <{kk}justifiedBy> ?s }}")}
    assert kept in names
    assert check(write_turtle(store, tmp_path / "turtle", PREFIXES)) == []


def test_another_edition_of_a_registered_strategy_is_left_open(files: Path, tmp_path: Path) -> None:
    (found,) = resolve_all([CITED], Registry(graphs_dir()))[CITED]
    folder = registry_with(tmp_path / "r", Judgement(found.mention, EDITION, "different", "甲", "2026-01-01"))
    made = grounds(files, folder, tmp_path / "store")
    assert STRATEGY in made and EDITION not in made
    store = open_store(tmp_path / "store")
    assert check(write_turtle(store, tmp_path / "turtle", PREFIXES)) == []


@pytest.mark.parametrize(
    "targets",
    [
        ("honebuto/1999-06-16",),
        ("no-such-strategy",),
        ("honebuto/2023-06-16", "honebuto/2022-06-07"),
        ("nihon-saisei", "nihon-saisei-kihon"),
    ],
)
def test_a_judgement_that_cannot_hold_is_told_and_not_used(targets: tuple[str, ...], tmp_path: Path) -> None:
    words = "例示甲計画（令和3年4月1日決定）"
    (found,) = resolve_all([words], Registry(graphs_dir()))[words]
    rows = [
        Judgement(found.mention, thing("strategy", *target.split("/")), "same", "甲", "2026-01-01")
        for target in targets
    ]
    folder = registry_with(tmp_path / "r", *rows)
    report = build([cited(tmp_path, words)], tmp_path / "store", registry=folder)
    assert len(report.notes) == 1 and all(
        target.rpartition("/")[2] in report.notes[0].ja for target in targets
    )
    store = open_store(tmp_path / "store")
    kk = "https://w3id.org/konkyo/ns#"
    (denoted,) = store.select(f"SELECT ?d WHERE {{ ?x <{kk}denotes> ?d }}")
    assert denoted["d"].value == found.edition
