"""Interpretations: data of their own, each with a reason, an author and lines of the sheet it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.build.resolve import titles_of
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import graphs_dir
from konkyo.model.records import Agent, Evidence, Justification, LineSelector, Record
from konkyo.sources.interpretations import read_interpretations
from konkyo.sources.registry import Registry
from konkyo.sources.sheet import read_sheet

TEXT = (graphs_dir() / "interpretations" / "soumu-23-15.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(graphs_dir())


@pytest.fixture(scope="module")
def sheets(registry: Registry) -> dict[str, list[Record]]:
    return dict([read_sheet(graphs_dir() / "sheets" / "soumu-23-15.yaml", registry, titles_of(registry))])


def test_each_has_a_reason_an_author_and_evidence(
    registry: Registry, sheets: dict[str, list[Record]]
) -> None:
    name, records = read_interpretations(
        graphs_dir() / "interpretations" / "soumu-23-15.yaml", registry, sheets
    )
    assert name == "interpretations/soumu-23-15"
    links = [record for record in records if isinstance(record, Justification)]
    agents = {record.iri for record in records if isinstance(record, Agent)}
    evidence = {record.iri: record for record in records if isinstance(record, Evidence)}
    selectors = {record.iri for record in records if isinstance(record, LineSelector)}
    assert [link.level for link in links].count("interpreted") == 5
    assert [link.level for link in links].count("rejected") == 1
    for link in links:
        assert link.reason and link.reason.ja and link.reason.en and link.reason.ja != link.reason.en
        assert link.author in agents and link.rule is None and link.derived_from == ()
        assert link.evidence and all(evidence[item].selector in selectors for item in link.evidence)
    assert {type(record) for record in records} == {Justification, Agent, Evidence, LineSelector}


BROKEN = [
    ("対象の評価書: soumu-23-15", "対象の評価書: soumu-23-16", "対象の評価書"),
    ("対象: 測定指標 2", "対象: 測定指標 9", "解釈[1].対象"),
    ("対象: 測定指標 2", "対象: 指標 2", "解釈[1].対象"),
    ("対象: 施策目標 a", "対象: 施策目標 -", "解釈[5].対象"),
    ("対象: 施策目標 a", "対象: |\n      施策目標 a", "解釈[5].対象"),
    ("戦略: 新成長戦略", "戦略: 新成長戦略2", "解釈[1].戦略"),
    ("関係部分: （３）アジア経済戦略", "関係部分: （３）欧州経済戦略", "解釈[1].関係部分"),
    ("判断: 対応する", "判断: たぶん", "解釈[1].判断"),
    ("行: [143, 93-94]", "行: [9143]", "解釈[1].行"),
    ("行: [143, 93-94]", "行: 94-93", "解釈[1].行"),
    ("行: [143, 93-94]", "行: []", "解釈[1].行"),
    ("    行: [143, 93-94]\n", "", "解釈[1]"),
    ("    理由: アジアとの", "    訳: アジアとの", "解釈[1]"),
    ("キー: soumu-23-15", "キー: a-", "キー"),
    ("キー: soumu-23-15", "キー: ../x", "キー"),
    ("著者: {キー: konkyo-editors,", "著者: {キー: Konkyo,", "著者.キー"),
    (
        "対象: 測定指標 2\n    戦略: 新成長戦略\n    関係部分: （３）アジア経済戦略",
        "対象: 測定指標 3\n    戦略: 新たな情報通信技術戦略　工程表\n    関係部分: "
        "（1）環境技術と情報通信技術の融合による低炭素社会の実現研究開発等の推進",
        "解釈[6]",
    ),
]


@pytest.mark.parametrize(("old", "new", "field"), BROKEN, ids=[new[:30] for _, new, _ in BROKEN])
def test_a_broken_file_is_told(
    tmp_path: Path, registry: Registry, sheets: dict[str, list[Record]], old: str, new: str, field: str
) -> None:
    assert old in TEXT
    path = tmp_path / "i.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KonkyoError) as caught:
        read_interpretations(path, registry, sheets)
    errors = getattr(caught.value, "errors", [caught.value])
    assert any((error.field or "").startswith(field) for error in errors)
    assert all(error.source == str(path) and error.line for error in errors)


def test_without_its_sheet_it_is_refused(registry: Registry) -> None:
    with pytest.raises(KonkyoError, match="No sheet"):
        read_interpretations(graphs_dir() / "interpretations" / "soumu-23-15.yaml", registry, {})
