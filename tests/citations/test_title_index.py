"""The carried table and the registry against the official file that they were made from, where it is at hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from konkyo.citations.resolve import resolve_all
from konkyo.citations.title_index import SEEN, citations_of, learn_titles, write_observations
from konkyo.common.paths import graphs_dir
from konkyo.model.identifiers import digest, thing
from konkyo.sources.registry import Registry
from support.absent import NOT_HERE

FILES = Path(__file__).resolve().parents[3] / "shared" / "data" / "rs2024"
ARCHIVE = next(FILES.glob("1-3_RS_2024_*.zip"), None) if FILES.is_dir() else None

pytestmark = pytest.mark.skipif(
    ARCHIVE is None, reason=f"{NOT_HERE}the official file 1-3 of RS 2024 in ../shared/data/rs2024"
)

# 成長戦略 alone may be 成長戦略実行計画 or 成長戦略フォローアップ: no one plan owns the name.
NOBODY_S = {thing("strategy", digest("成長戦略"))}


@pytest.fixture(scope="module")
def citations() -> Counter[str]:
    assert ARCHIVE is not None
    return citations_of(ARCHIVE)


def test_the_carried_table_is_what_the_file_states(citations: Counter[str], tmp_path: Path) -> None:
    write_observations(tmp_path / SEEN, learn_titles(citations, Registry(graphs_dir()).known))
    fresh = (tmp_path / SEEN).read_bytes()
    assert fresh == (graphs_dir() / SEEN).read_bytes(), (
        "graphs/editions-seen.csv is stale: python -m konkyo.citations.title_index 1-3_RS_2024_….zip graphs/editions-seen.csv"
    )


def test_what_is_cited_often_is_registered(citations: Counter[str]) -> None:
    often: Counter[str] = Counter()
    for raw, made in resolve_all(citations, Registry(graphs_dir())).items():
        for strategy in {
            one.strategy for one in made if not one.registered and one.method != "generic-title"
        }:
            often[strategy] += citations[raw]
    assert {strategy for strategy, number in often.items() if number >= 10} <= NOBODY_S
