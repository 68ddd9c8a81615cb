"""A trace in one screen: what a terminal shows unless evidence is asked for."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.common.line_breaks import columns
from konkyo.graph.lookup.things import find
from konkyo.present.text.brief import _cut, brief_tree
from konkyo.present.text.terminal import print_tree
from konkyo.questions.trace import trace
from konkyo.store import EmbeddedStore


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(store: EmbeddedStore, name: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    out = Screen()
    print_tree(brief_tree(trace(store, find(store, name)), lang), out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["国際戦略の推進", "測定指標3", "objective/soumu-23-15/a", "新成長戦略"])
def test_a_trace_fits_a_screen_and_cuts_no_number(
    built_store: EmbeddedStore, name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = shown(built_store, name, lang, monkeypatch)
    assert 3 < len(lines) <= 42
    assert not [line for line in lines if re.search(r"\d…", line)]
    assert "--evidence" in lines[-1]


def test_what_is_left_out_is_counted(built_store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(shown(built_store, "国際戦略の推進", "ja", monkeypatch))
    assert "施策 ＩＣＴ分野における国際戦略の推進: 7件" in text and "活用された提言 3" in text
    assert "平成22年度: 当初予算 約39.6億円" in text and "円［" not in text
    answer = trace(built_store, find(built_store, "国際戦略の推進"))
    (group,) = [group for group in answer.groups if group.claims]
    assert text.count("［明記］") == len(group.claims) + len(answer.advice) + len(answer.laws)
    indicator = "\n".join(shown(built_store, "測定指標3", "ja", monkeypatch))
    assert "…ほか" in indicator


def test_a_pipe_and_who_asks_for_evidence_get_all(
    store_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["--store", str(store_folder), "trace", "国際戦略の推進"]
    assert main(words) == 0
    piped = capsys.readouterr().out
    assert "L100-101" in piped or "L1" in piped
    for more, whole in (([], False), (["--evidence"], True)):
        out = Screen()
        monkeypatch.setattr("sys.stdout", out)
        assert main([*words, *more]) == 0
        assert (len(out.getvalue().splitlines()) > 60) == whole


@pytest.mark.parametrize("day", ["（2024-11-22）", " (2024-11-22)"])
def test_a_name_that_is_cut_keeps_the_day_of_its_edition(day: str) -> None:
    name = "国民の安心・安全と持続的な成長に向けた総合経済対策2024年度の改訂"
    for width in range(30, 80):
        cut = _cut(name + day, width)
        assert columns(cut) <= width + 1 and cut.endswith(day)
        assert cut == name + day or not re.search(r"\d…", cut)
    assert _cut("あ" * 40, 30) == "あ" * 14 + "…"
