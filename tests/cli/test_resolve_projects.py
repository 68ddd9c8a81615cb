"""``konkyo resolve --projects``: what no rule joins is listed, asked about with both sheets side by side, and then built."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.common.paths import graphs_dir
from konkyo.model.namespaces import KK
from konkyo.store import open_store
from support.judgit_sheets import budget, lines, sheet


def test_open_pairs_are_judged_and_the_judgement_is_built(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def one(year: int, number: str, name: str, *initial: float) -> dict[str, object]:
        told = [budget(year - 1 + place, amount) for place, amount in enumerate(initial)]
        return sheet(year, number, 事業名=name, 予算=told, 関連する過去のレビューシート=[])

    source = tmp_path / "a.ndjson"
    source.write_bytes(
        lines(
            [
                one(2018, "0001", "口腔保健推進運動事業", 9.0, 251.5),
                one(2019, "0002", "口腔保健推進\x1b[2J事業", 87.0, 109.0),
                one(2018, "0003", "続く事業", 5.0, 5.0),
                one(2019, "0004", "続く事業", 5.0, 5.0),
            ]
        )
    )
    registry = tmp_path / "registry"
    shutil.copytree(graphs_dir(), registry, ignore=shutil.ignore_patterns("built", "examples"))
    store = tmp_path / "store"

    def run(*words: str) -> str:
        assert main([words[0], "--store", str(store), *words[1:]]) == 0
        return capsys.readouterr().out

    def links() -> set[tuple[str, str]]:
        rows = open_store(store).select(f"SELECT ?s ?b WHERE {{ ?s <{KK}continues> ?b }}")
        return {(row["s"].value[-4:], row["b"].value[-4:]) for row in rows}

    built = ("build", str(source), "--registry", str(registry))
    asked = ("resolve", "--projects", "--judgements", str(registry / "judgements.csv"))
    run(*built)
    assert links() == {("0004", "0003")}
    _, row = csv.reader(run(*asked, "--format", "csv").splitlines())
    assert row[1] == "2018 0001 口腔保健推進運動事業" and row[3] == "" and "相違" in row[4]
    assert row[5].endswith("judgit-2018/soumu/0001") and row[6].endswith("judgit-2019/soumu/0002")
    answers = iter(["s", "運動が終わり、事業は続く"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    shown = run(*asked, "--review", "--who", "甲")
    assert "251.5" in shown and "87" in shown and "見本を作り、配る。" in shown and "\x1b" not in shown
    assert "不確かな組: 0" in run(*asked, "--review")
    run(*built)
    assert links() == {("0004", "0003"), ("0002", "0001")}
    assert "組: 0" in run(*asked)
    text = f"SELECT ?who ?why WHERE {{ ?l a <{KK}Lineage> ; <http://www.w3.org/ns/prov#wasAttributedTo>/<http://www.w3.org/2004/02/skos/core#prefLabel> ?who ; <http://purl.org/dc/terms/description> ?why }}"
    assert {(row["who"].value, row["why"].value) for row in open_store(store).select(text)} == {
        ("甲", "運動が終わり、事業は続く")
    }
