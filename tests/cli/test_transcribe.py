"""`konkyo transcribe`, then `konkyo build` and `konkyo trace`, on files that are made here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.questions.check import check_store
from konkyo.store import open_store
from support import absent
from support.invented_sheets import STANDARD, pdf, workbook


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_sheet_goes_into_the_graph_and_is_traced(
    folder: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if kind == "pdf" and not shutil.which("chromium"):
        absent.not_here("a chromium to print with")
    (pdf if kind == "pdf" else workbook)(STANDARD, folder / f"sheet.{kind}")
    assert main(["transcribe", f"sheet.{kind}"]) == 0
    assert "例示の安全を確保すること" in capsys.readouterr().out
    assert main(["--store", "store", "build", "sheet.yaml", "--keep"]) == 0
    assert check_store(open_store(folder / "store")) == []
    capsys.readouterr()
    assert main(["--store", "store", "trace", "例示の安全を確保すること"]) == 0
    said = capsys.readouterr().out
    # The bases with their sections, and that nobody has checked what the machine read.
    for words in (
        "例示推進基本計画",
        "（１）点検の推進",
        "経済財政運営と改革の基本方針",
        "〔機械読取り・未確認〕",
    ):
        assert words in said, said
    assert ("p.1" if kind == "pdf" else "sheet1!") in said and "p.1, p.1" not in said


def test_what_nobody_has_checked_is_left_out_on_request(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook(STANDARD, folder / "sheet.xlsx")
    assert main(["transcribe", "sheet.xlsx"]) == 0
    assert main(["--store", "store", "build", "sheet.yaml", "--reviewed"]) == 2
    assert not (folder / "store").exists()
    path = folder / "sheet.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{方法: 機械,", "{方法: 機械, 確認: {者: 例示室長, 日: 令和6年9月1日},"),
        encoding="utf-8",
    )
    assert main(["--store", "store", "build", "sheet.yaml", "--reviewed"]) == 0
    capsys.readouterr()
    assert main(["--store", "store", "trace", "例示の安全を確保すること"]) == 0
    assert "未確認" not in capsys.readouterr().out
    assert check_store(open_store(folder / "store")) == []


@pytest.mark.parametrize("change", ["reviewed", "corrected", "written by hand"])
def test_a_persons_file_is_not_overwritten(
    folder: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook(STANDARD, folder / "sheet.xlsx")
    assert main(["transcribe", "sheet.xlsx"]) == 0
    assert main(["transcribe", "sheet.xlsx"]) == 0  # what nobody touched is written anew
    path = folder / "sheet.yaml"
    text = path.read_text(encoding="utf-8")
    changes = {
        "reviewed": text.replace("{方法: 機械,", "{方法: 機械, 確認: {者: 例示室長, 日: 令和6年9月1日},"),
        "corrected": text.replace("120施設", "121施設"),
        "written by hand": "キー: mine\n",
    }
    path.write_text(changes[change], encoding="utf-8")
    assert main(["transcribe", "sheet.xlsx"]) == 4
    assert path.read_text(encoding="utf-8") == changes[change]
    assert "上書きしません" in capsys.readouterr().out


UNREADABLE = {
    "old.xls": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "古いOffice"),
    "text.docx": (b"PK\x03\x04" + b"word/document.xml" * 9, "壊れている"),
    "scan.png": (b"\x89PNG\r\n" + b"\x00" * 50, "画像"),
    "broken.pdf": (b"%PDF-1.7\n" + b"nonsense" * 40, "壊れている"),
    "broken.xlsx": (b"PK\x03\x04" + b"xl/workbook.xml" * 9, "壊れている"),
    "other.txt": ("買い物の一覧\n牛乳\n".encode(), "様式に当てはまりません"),
    "empty.txt": (b"\n\n", "文字がありません"),
    "binary.txt": (b"\x00\x01\x02" * 99, "壊れている"),
    "sjis.txt": ("評価書".encode("cp932"), "壊れている"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_told_with_what_to_do(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content, words = UNREADABLE[name]
    (folder / name).write_bytes(content)
    assert main(["transcribe", name]) == 4
    said = capsys.readouterr().out
    assert words in said and name in said and "→" in said
    assert not list(folder.glob("*.yaml"))


def test_one_file_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    workbook(STANDARD, folder / "b.xlsx")
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\n")
    assert main(["transcribe", ".", "-o", "made"]) == 4
    assert [path.name for path in (folder / "made").iterdir()] == ["b.yaml"]


def test_a_bomb_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import zipfile

    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
    assert main(["transcribe", "bomb.xlsx"]) == 4
    assert "大きすぎる" in capsys.readouterr().out


def test_a_build_that_replaces_other_sheets_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook(STANDARD, folder / "sheet.xlsx")
    assert main(["transcribe", "sheet.xlsx"]) == 0

    def told(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["--store", "store", "build", *arguments]) == 0
        return capsys.readouterr().err

    assert "置き換えました" not in told(), "there was nothing before"
    assert "置き換えました" not in told("sheet.yaml", "--keep")
    said = told()
    assert "前の中身を置き換えました。前にあったグラフ2個は、もうありません" in said and "--keep" in said
    assert "置き換えました" not in told(), "the same sources once more"
