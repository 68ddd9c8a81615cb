"""Broken and hostile files: each gives a message with its file, row and column, and nothing else happens."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.sources.rs import IMPORTERS, FileReport, recognise
from konkyo.sources.rs.engine import LIMIT, Importer, convert
from support.rs_rows import NAMES, row, sample, text, write_csv, write_zip


def run(path: Path, written: list[str] | None = None, limit: float = LIMIT) -> FileReport:
    (file,) = recognise(path)
    lines: list[str] = [] if written is None else written
    return convert(file, IMPORTERS[file.kind], NAMES, lines.append, lambda _: None, limit)


def put(folder: Path, data: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path: Path) -> KonkyoError:
    with pytest.raises(KonkyoError) as caught:
        run(path)
    assert caught.value.source and path.name in caught.value.source
    for lang in ("ja", "en"):
        assert caught.value.report(lang)
    return caught.value


# --- the file as a whole ------------------------------------------------------------------------


def test_another_table_is_no_rs_file(tmp_path: Path) -> None:
    assert "no RS file" in refused(put(tmp_path, b"a,b\r\n1,2\r\n")).message.en
    assert "empty" in refused(put(tmp_path, b"")).message.en


def test_a_wrong_encoding_far_inside(tmp_path: Path) -> None:
    rows = [row("6-1", str(n), **{"備考": "x" * 100}) for n in range(1, 400)]
    error = refused(put(tmp_path, text("6-1", rows) + b"\xff\xfe\r\n"))
    assert "UTF-8" in error.message.en and error.row and error.row > 100


def test_an_open_quotation_mark(tmp_path: Path) -> None:
    data = text("6-1", [row("6-1", **{"備考": '"a"'})])
    assert "CSV" in refused(put(tmp_path, data[:-3])).message.en


def test_a_broken_zip(tmp_path: Path) -> None:
    whole = write_zip(tmp_path, "3-2", sample("3-2") * 50).read_bytes()
    for name, data in {
        "cut.zip": whole[: len(whole) // 2],
        "none.zip": b"PK no",
        "flipped.zip": whole[:300] + bytes(255 - b for b in whole[300:340]) + whole[340:],
    }.items():
        assert "broken" in refused(put(tmp_path, data, name)).message.en, name
    assert "empty" in refused(put(tmp_path, b"", "empty.zip")).message.en


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def test_zip_bombs_are_not_read(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.zip", {"a.csv": b"0" * (64 << 20)})
    assert "ordinary" in refused(bomb).message.en
    many = archive(tmp_path / "many.zip", {f"{n}.csv": b"" for n in range(260)})
    assert "260 files" in refused(many).message.en


def test_a_zip_without_a_csv(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("a.csv", "x")
    nested = archive(
        tmp_path / "nested.zip", {"inner.zip": inner.getvalue(), "__MACOSX/a.csv": b"", "readme.txt": b""}
    )
    assert "no CSV" in refused(nested).message.en


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("gone.zip", "gone.csv"):
        assert "cannot be read" in refused(tmp_path / name).message.en


def test_a_zip_and_its_csv_say_the_same(tmp_path: Path) -> None:
    lines: list[list[str]] = [[], []]
    reports = [
        run(write(tmp_path, "1-3", sample("1-3")), lines[n]) for n, write in enumerate((write_csv, write_zip))
    ]
    assert reports[0].rows == reports[1].rows == 5
    facts = [
        {line for line in "".join(part).splitlines() if "/source/rs-2024/1-3> <" not in line}
        for part in lines
    ]
    assert facts[0] == facts[1]


def test_years_do_not_mix(tmp_path: Path) -> None:
    error = refused(write_csv(tmp_path, "6-1", [*sample("6-1"), row("6-1", "9009", 2025)]))
    assert error.row == 4 and error.column == "事業年度" and "2025" in error.message.ja
    nothing = refused(write_csv(tmp_path, "6-1", [row("6-1", **{"事業年度": "令和6"})]))
    assert nothing.column == "事業年度"
    assert refused(write_csv(tmp_path, "6-1", [])).row == 2


# --- rows ---------------------------------------------------------------------------------------

BAD = {
    ("2-1", "当初予算（合計）"): "12a",
    ("2-1", "執行額（合計）"): "1.5",
    ("2-1", "予算年度"): "令和5",
    ("2-2", "予算額（歳出予算項目ごと）"): "１２３",
    ("1-1", "所管府省庁"): "",
    ("1-2", "予算事業ID"): "9001a",
    ("1-3", "番号（政策・施策）"): "一",
    ("1-5", "関連事業の事業ID"): "X-1",
    ("5-1", "ブロックの合計支出額"): "不明",
    ("5-2", "国自らが支出する間接経費の金額"): "x",
    ("5-3", "金額"): "千円",
    ("5-4", "契約額（国庫債務負担行為等による契約）"): "1e6",
}


@pytest.mark.parametrize(("kind", "column"), BAD, ids=lambda value: value)
def test_a_bad_cell_refuses_its_row_and_only_that(tmp_path: Path, kind: str, column: str) -> None:
    rows = sample(kind)
    at = next((n for n, item in enumerate(rows) if item[column].strip()), 0)
    bad = {**rows[at], column: BAD[kind, column]}
    report = run(write_csv(tmp_path, kind, [*rows[:at], bad, *rows[at + 1 :]]), limit=1)
    assert (report.rows, report.refused) == (len(rows), 1)
    (reason,) = report.reasons
    assert (reason.row, reason.column) == (at + 2, column)
    assert reason.ja and reason.en and (not BAD[kind, column] or BAD[kind, column] in reason.ja)


def test_a_refused_row_leaves_nothing_behind(tmp_path: Path) -> None:
    """What it names first is written for the next row that names it."""
    good = sample("1-3")
    lines: list[list[str]] = [[], []]
    bad = {**good[0], "番号（関係する計画・通知等）": "x"}
    run(write_csv(tmp_path, "1-3", [bad, *good]), lines[0], limit=1)
    run(write_csv(tmp_path, "1-3", [{**row("1-3"), "番号（政策・施策）": ""}, *good]), lines[1])
    without = [{line for line in "".join(part).splitlines() if "sha256" not in line} for part in lines]
    assert without[0] == without[1]


def test_a_row_of_another_width(tmp_path: Path) -> None:
    rows = sample("6-1")
    data = text("6-1", rows).decode("utf-8-sig").splitlines()
    data[2] = data[2].rsplit(",", 3)[0]
    report = run(put(tmp_path, ("\r\n".join(data) + "\r\n").encode("utf-8-sig")), limit=1)
    assert report.refused == 1 and report.reasons[0].row == 3 and "14" in report.reasons[0].ja


def test_too_many_bad_rows_stop(tmp_path: Path) -> None:
    bad = row("6-1", "x")
    good = [row("6-1", str(number)) for number in range(1, 1000)]
    # One of a thousand is a tenth of a percent, and passes; one of fewer does not, however small the file.
    report = run(write_csv(tmp_path, "6-1", [*good, bad]))
    assert (report.rows, report.refused) == (1000, 1)
    error = refused(write_csv(tmp_path, "6-1", [*good[1:], bad]))
    assert "1 of 999" in error.message.en and error.row == 1000 and error.column == "予算事業ID"
    error = refused(write_csv(tmp_path, "6-1", [*good[:45], *[bad] * 5]))
    assert "5 of 50" in error.message.en and error.hint and "row 47" in error.hint.en
    # A file that is wrong throughout stops long before its end.
    error = refused(write_csv(tmp_path, "6-1", [bad] * 5000))
    assert "of 5" not in error.message.en


def test_numbers_come_in_several_ways(tmp_path: Path) -> None:
    lines: list[str] = []
    run(write_csv(tmp_path, "2-1", sample("2-1")), lines)
    amounts = {
        line.split("/budget/rs-2024/9001/")[1].split(">")[0]: int(line.split('"')[1])
        for line in "".join(lines).splitlines()
        if "ns#amountYen>" in line
    }
    total = {
        key.split("/", 1)[1]: value
        for key, value in amounts.items()
        if key.startswith("2023/") and key.count("/") == 1
    }
    assert total == {
        "initial": 1000,
        "supplementary": 0,
        "carryover": 200,
        "reserve": -100,
        "total": 1100,
        "executed": 900,
        "carried-forward": 0,
        "requested": 1300,
    }
    # The running year is not over: its execution is absent, not 0.
    assert "2024/executed" not in amounts and amounts["2024/initial"] == 1300


def test_importers_declare_what_they_use() -> None:
    for importer in IMPORTERS.values():
        assert issubclass(importer, Importer) and importer.__doc__


# --- bytes that mean nothing --------------------------------------------------------------------


def repacked(folder: Path, name: bytes = b"AAAA", flags: int = 0, **fields: tuple[int, bytes]) -> Path:
    """Write a zip whose member has these bytes as its name; ``local`` and ``central`` overwrite bytes of its two heads."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AAAA.csv", text("1-2", [row("1-2")]))
    made = bytearray(out.getvalue().replace(b"AAAA", name))
    local, central = made.index(b"PK\x03\x04"), made.index(b"PK\x01\x02")
    made[local + 6 : local + 8] = made[central + 8 : central + 10] = flags.to_bytes(2, "little")
    for head, start in (("local", local), ("central", central)):
        if head in fields:
            at, data = fields[head]
            made[start + at : start + at + len(data)] = data
    return put(folder, bytes(made), "a.zip")


@pytest.mark.parametrize(
    ("name", "flags", "fields"),
    [
        (b"\xff\xfe\xfa\x81", 0x800, {}),  # said to be UTF-8
        (b"AAAA", 0, {"local": (6, b"\x00\x08" + b"\0" * 22 + b"\xff")}),  # another name in the other head
        (b"AAAA", 0, {"central": (42, b"\xff\xff\xff\x7f")}),  # lies behind the end
        (b"AAAA", 0, {"central": (24, b"\x01\0\0\0")}),  # is larger than it says
        *(
            (b"AAAA", 0, {"local": (8, bytes([n])), "central": (10, bytes([n]))})
            for n in (1, 9, 12, 14, 93, 99)
        ),
    ],
)
def test_a_zip_that_says_what_cannot_be(
    tmp_path: Path, name: bytes, flags: int, fields: dict[str, tuple[int, bytes]]
) -> None:
    refused(repacked(tmp_path, name, flags, **fields))


def test_names_of_any_bytes_are_read(tmp_path: Path) -> None:
    assert run(repacked(tmp_path, b"\xff\xfe\xfa\x81")).rows == 1
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.csv"))
    path.write_bytes(text("1-2", [row("1-2")]))
    lines: list[str] = []
    assert run(path, lines).rows == 1
    assert "\ufffd\ufffd.csv" in "".join(lines).encode().decode()


def test_a_cell_that_is_too_long_is_called_that(tmp_path: Path) -> None:
    long = row("1-2")
    long["局・庁"] = "あ" * 140_000
    error = refused(put(tmp_path, text("1-2", [row("1-2"), long])))
    assert error.row == 3 and "131,072" in error.report("ja") and "引用符" not in error.report("ja")
