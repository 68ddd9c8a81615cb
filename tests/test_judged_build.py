"""A person's judgement against the machine's decision: the built graph follows it, and follows it back."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from konkyo.build import build
from konkyo.citations.judgements import Judgement, append
from konkyo.citations.resolve import resolve_all
from konkyo.identifiers import thing
from konkyo.resources import graphs_dir
from konkyo.sources.registry import Registry
from konkyo.store import open_store

CITED = "「経済財政運営と改革の基本方針2023」（令和5年6月16日閣議決定）"
EDITION = thing("strategy", "honebuto", "2023-06-16")
STRATEGY = thing("strategy", "honebuto")
SAMPLE = Path(__file__).parent / "cases" / "rs" / "1-3" / "input.csv"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """One invented file 1-3 with one citation of a registered edition."""
    rows = list(csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8-sig"), newline="")))
    head, row = rows[0], list(rows[1])
    row[head.index("番号（関係する計画・通知等）")] = "1"
    row[head.index("計画通知名")] = CITED
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
