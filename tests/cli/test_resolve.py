"""``konkyo resolve`` at the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from konkyo.citations.judgements import COLUMNS, Judgement, append
from konkyo.citations.similarity import MeasureName, RenamedMeasure
from konkyo.cli import main
from konkyo.model.identifiers import thing


def test_one_string_is_explained(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    raw = "・骨太の方針2023（令和5年6月16日閣議決定）第2章２（１）"
    none = tmp_path / "none.csv"
    assert main(["resolve", raw, "--judgements", str(none)]) == 2, "a file that the user names must be there"
    assert str(none) in capsys.readouterr().err
    none.write_text(",".join(COLUMNS), encoding="utf-8")
    assert main(["resolve", raw, "--judgements", str(none)]) == 0
    text = capsys.readouterr().out
    for words in (
        "読み方",
        "題名: 骨太の方針2023",
        "日付: 2023-06-16",
        "候補",
        "strategy/honebuto/2023-06-16",
        "理由",
    ):
        assert words in text
    assert main(["resolve", raw, "--lang", "en"]) == 0
    assert "How it was read" in capsys.readouterr().out


def test_json_of_one_string(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "骨太の方針2023", "--format", "json"]) == 0
    (work,) = json.loads(capsys.readouterr().out)["works"]
    assert work["key"].endswith("honebuto/2023-06-16") and work["method"] == "title-edition"


def test_many_strings_keep_their_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    strings = ["骨太の方針2023", "なし", "\x1b架空計画\ud800", "計" * 5_000]
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps({"raw": raw}) + "\n" for raw in strings)))
    assert main(["resolve", "--jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(line["works"]) for line in lines] == [1, 0, 1, 0]
    assert {"key", "series", "date", "title"} <= set(lines[0]["works"][0])


@pytest.mark.parametrize("line", ["{", "[]", '{"raw": 1}', '{"text": "a"}'])
def test_good_lines_are_answered_and_wrong_ones_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    good = '{"raw": "架空計画"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{good}{line}\n\n{good}{line}\n"))
    assert main(["resolve", "--jsonl"]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(answer)["raw"] for answer in out.splitlines()] == ["架空計画", "架空計画"]
    assert "2行目" in err and "5行目" in err and "1行目" not in err


def test_one_string_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    raw = "=1+1計画、骨太の方針2023（令和5年6月16日閣議決定）"
    assert main(["resolve", raw, "--format", "csv"]) == 0
    head, *rows = csv.reader(capsys.readouterr().out.splitlines())
    assert head[:4] == ["記載", "題名", "版", "日付"] and len(rows) == 2
    assert not rows[0][0].startswith("="), "a spreadsheet takes it for a formula"
    assert rows[1][1:4] == ["骨太の方針2023", "2023", "2023-06-16"]
    assert rows[1][9].endswith("honebuto/2023-06-16") and rows[1][10]


def test_an_open_edition_is_said_to_be_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "こども大綱（令和5年12月12日閣議決定）"]) == 0
    text = capsys.readouterr().out
    assert "計画等は同じ、版は定めない 0.90" in text and "当たる版が登録簿にない" in text


def renamed() -> RenamedMeasure:
    earlier = MeasureName(thing("measure", "kou", "a"), "甲省", "架空の国際戦略の推進", 2023, 4)
    later = MeasureName(thing("measure", "kou", "b"), "甲省", "架空の国際戦略の促進\x1b", 2024, 5)
    return RenamedMeasure("甲省", earlier, later, 0.9)


def test_renamed_measures_are_listed_and_asked_about(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("konkyo.cli.alike._renamed", lambda options: [renamed()])
    (tmp_path / "judgements.csv").write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    file = ["--judgements", str(tmp_path / "judgements.csv")]
    assert main(["resolve", "--measures", "--format", "csv", *file]) == 0
    head, row = csv.reader(capsys.readouterr().out.splitlines())
    assert (
        head[0] == "近さ"
        and row[:5] == ["0.90", "甲省", "架空の国際戦略の推進", "2023", "4"]
        and row[8] == ""
    )
    answers = iter(["s", "同じ施策の改称"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    assert main(["resolve", "--measures", "--review", "--who", "甲", *file]) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert main(["resolve", "--measures", "--lang", "en", "--format", "csv", *file]) == 0
    assert ",same (甲)," in capsys.readouterr().out
    assert main(["resolve", "--measures", "--review", *file]) == 0
    assert "不確かな組: 0" in capsys.readouterr().out
    answers = iter(["d", "別の施策"])
    (tmp_path / "judgements.csv").unlink()
    assert main(["resolve", "--measures", "--review", "--who", "甲", *file]) == 0
    capsys.readouterr()
    assert main(["resolve", "--measures", *file]) == 0
    assert "組: 0" in capsys.readouterr().out


def test_nothing_to_do_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve"]) == 2
    assert "--review" in capsys.readouterr().err


def test_review_asks_and_writes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "judgements.csv"
    answers = iter(["d", "別の年のもの", "", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    common = ["--judgements", str(file), "--who", "甲"]
    assert main(["resolve", "--review", *common]) == 0
    first = capsys.readouterr().out
    (row,) = file.read_text(encoding="utf-8").splitlines()[1:]
    left, right, verdict, who = row.split(",")[:4]
    assert (verdict, who) == ("different", "甲") and left in first
    assert main(["resolve", "--review", "--list", *common]) == 0
    assert left not in capsys.readouterr().out
    assert main(["resolve", "--back", left, right, *common]) == 0
    assert main(["resolve", "--back", left, right, *common]) == 2
    capsys.readouterr()
    assert main(["resolve", "--review", "--list", *common]) == 0
    assert left in capsys.readouterr().out


def test_a_judgement_on_what_is_not_there_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    wrong = thing("strategy", "honebuto", "1999-06-16")
    append(file, Judgement("mention/0000000000000000", wrong, "same", "甲", "2026-01-01"))
    assert main(["resolve", "骨太の方針2023", "--judgements", str(file)]) == 0
    assert wrong in capsys.readouterr().err
