"""``konkyo help``: the list of topics, a page, and what is no topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.present.topics import topics
from support.command import good, run


def test_the_list_names_each_topic_in_either_language(tmp_path: Path) -> None:
    japanese = good("help", cwd=tmp_path).splitlines()
    english = good("--lang", "en", "help", cwd=tmp_path).splitlines()
    assert len(japanese) == len(english) == len(topics()) >= 15
    assert any(line.startswith("trace ") and line.endswith("根拠をたどる") for line in japanese)
    assert any(line.startswith("trace ") and line.endswith("what rests on what") for line in english)


@pytest.mark.parametrize("name", [topic.name for topic in topics()])
def test_a_piped_page_is_its_text(name: str, tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "src/konkyo/docs" / f"{name}.md"
    assert good("help", name, cwd=tmp_path) == page.read_text(encoding="utf-8")


def test_an_unknown_topic_names_the_nearest(tmp_path: Path) -> None:
    done = run("help", "trase", cwd=tmp_path)
    assert done.returncode == 2 and "trace" in done.stderr and not done.stdout
