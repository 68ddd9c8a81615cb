"""The file of judgements: appended to, read back, contradictions reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from konkyo.citations.judgements import Judgement, Judgements, append, read_judgements
from konkyo.common.errors import KonkyoError


def row(left: str, right: str, verdict: str, who: str = "甲") -> Judgement:
    return Judgement(left, right, verdict, who, "2026-01-01")  # type: ignore[arg-type]


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    rows = [
        Judgement("a", "b", "same", "甲", "2026-01-01", '理由, "引用"\n二行目', "左", "右"),
        row("a", "b", "back"),
    ]
    for one in rows:
        append(file, one)
    assert read_judgements(file).rows == rows
    assert not read_judgements(tmp_path / "absent.csv").rows


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("left,right\na,b\n", None),
        ("left,right,judgement,who,when,why,left_text,right_text\na,b,maybe,甲,,,,\n", 2),
        ("left,right,judgement,who,when,why,left_text,right_text\na,,same,甲,,,,\n", 2),
    ],
)
def test_a_wrong_file_is_named_with_its_row(tmp_path: Path, text: str, where: int | None) -> None:
    file = tmp_path / "judgements.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KonkyoError) as caught:
        read_judgements(file)
    assert caught.value.row == where and caught.value.source == str(file)


def test_a_cell_that_is_too_long_is_called_that(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    append(file, Judgement("a", "b", "same", "甲", "", "x" * 140_000))
    with pytest.raises(KonkyoError, match="131,072") as caught:
        read_judgements(file)
    assert caught.value.line == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "judgements.csv")
    with pytest.raises(KonkyoError, match="no regular file"):
        read_judgements(tmp_path / "judgements.csv")


def test_people_who_disagree_cancel_each_other_out() -> None:
    found = Judgements([row("a", "b", "same"), row("b", "a", "different", "乙")])
    assert found.of("a", "b") is None
    assert not found.same_as("a")
    assert len(found.believed([], ())[1]) == 1


def test_a_person_may_change_their_mind() -> None:
    found = Judgements([row("a", "b", "same"), row("a", "b", "different")])
    judgement = found.of("b", "a")
    assert judgement and judgement.verdict == "different"
    assert not found.believed([], ())[1]


def test_a_chain_of_sames_against_a_different_is_reported() -> None:
    found = Judgements([row("a", "b", "same"), row("b", "c", "same"), row("a", "c", "different")])
    kept, wrong = found.believed([], ())
    assert len(wrong) == 1 and "a と c" in wrong[0].ja
    assert kept.same_as("a") == [] and (row_of := kept.of("a", "c")) and row_of.verdict == "different"


def test_taking_back_leaves_others_judgements() -> None:
    found = Judgements([row("a", "b", "same"), row("a", "b", "same", "乙"), row("a", "b", "back")])
    assert found.same_as("a") == ["b"]
